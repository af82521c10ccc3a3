/** Types for JSX and templates: properties, attributes and listeners of each element, taken from its class. */

const generated = '// Made from custom-elements.json.\n';
const elements = (manifest) =>
  manifest.modules.flatMap(({ path, declarations }) => declarations.map((element) => ({ ...element, path })));

const props = ({ name }) => `${name}Props`;
const from = (path) => path.replace(/^dist\//, '../');
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const line = (text) => text.replaceAll('*/', '*\\/').replace(/\s*\n\s*/g, ' ');
const doc = (text, indent = '  ') => (text ? `${indent}/** ${line(text)} */\n` : '');

/** What an attribute may be set to, where the property of another name does not say it. */
function attributeType({ type }) {
  if (type?.text === 'boolean') return "boolean | ''";
  return type?.text?.includes('number') ? 'number | string' : 'string';
}

/** `types/elements.d.ts`: an interface for each element, which the three frameworks share. */
export function elementTypes(manifest) {
  const imports = new Map();
  const use = (module, name) => imports.set(module, (imports.get(module) ?? new Set()).add(name));
  const interfaces = elements(manifest).map((element) => {
    use(element.path, element.name);
    const fields = element.members.filter(({ kind, readonly }) => kind === 'field' && !readonly);
    const known = new Set(fields.map(({ name }) => name));
    const lines = [
      ...fields.map(({ name, description }) => `${doc(description)}  ${name}?: ${element.name}['${name}'];\n`),
      ...element.attributes
        .filter(({ name, fieldName }) => fieldName && !known.has(name))
        .map((attribute) => `${doc(attribute.description)}  '${attribute.name}'?: ${attributeType(attribute)};\n`),
    ];
    const head = `${doc(element.description, '')}export interface ${props(element)}`;
    return `${head} {\n${lines.join('')}}\n\n${listeners(element, use)}`;
  });
  const types = [...imports].map(([module, names]) => {
    return `import type { ${[...names].sort().join(', ')} } from '${from(module)}';\n`;
  });
  return `${generated}${types.join('')}\n${interfaces.join('\n')}`;
}

/** React 19 and Svelte 5 take a listener as `on` and the event's name as it is; Vue turns it into camel case. */
function listeners({ name, events }, use) {
  const handlers = (key) =>
    events.map((event) => {
      if (event['x-module']) use(event['x-module'], event['x-class']);
      return `${doc(event.description)}  '${key(event.name)}'?: (event: ${event.type.text}) => void;\n`;
    });
  const plain = handlers((event) => `on${event}`);
  const cased = handlers((event) => camel(`on-${event}`));
  const block = (kind, lines) => `export interface ${name}${kind} {\n${lines.join('')}}\n`;
  return `${block('Listeners', plain)}\n${block('VueListeners', cased)}`;
}

function augmentation(manifest, { head = '', open, lineOf, close }) {
  const all = elements(manifest);
  const names = (kind) => all.map(({ name }) => `${name}${kind}`);
  const imports = [...names('Props'), ...names(open.includes("'vue'") ? 'VueListeners' : 'Listeners')].sort();
  const imported = `import type {\n  ${imports.join(',\n  ')},\n} from './elements.js';\n`;
  return `${generated}${head}${imported}\n${open}${all.map(lineOf).join('')}${close}`;
}

/** `import type {} from 'roomtone/react'`: the elements in JSX, from React 19 on. */
export function reactTypes(manifest) {
  return augmentation(manifest, {
    head: "import type { HTMLAttributes, RefAttributes } from 'react';\n",
    open: [
      'type Host<Element, Props> = Omit<HTMLAttributes<Element>, keyof Props> & RefAttributes<Element> & Props;',
      '',
      "declare module 'react' {\n  namespace JSX {\n    interface IntrinsicElements {\n",
    ].join('\n'),
    lineOf: ({ tagName, name }) =>
      `      '${tagName}': Host<HTMLElementTagNameMap['${tagName}'], ${name}Props & ${name}Listeners>;\n`,
    close: '    }\n  }\n}\n',
  });
}

/** `import type {} from 'roomtone/vue'`: the elements in templates, as Vue's language tools read them. */
export function vueTypes(manifest) {
  return augmentation(manifest, {
    head: "import type { HTMLAttributes } from 'vue';\n",
    open: [
      'type Host<Props> = new () => { $props: Omit<HTMLAttributes, keyof Props> & Props };',
      '',
      "declare module 'vue' {\n  interface GlobalComponents {\n",
    ].join('\n'),
    lineOf: ({ tagName, name }) => `    '${tagName}': Host<${name}Props & ${name}VueListeners>;\n`,
    close: '  }\n}\n',
  });
}

/** `import type {} from 'roomtone/svelte'`: the elements in Svelte 5 components. */
export function svelteTypes(manifest) {
  return augmentation(manifest, {
    head: "import type { HTMLAttributes } from 'svelte/elements';\n",
    open: [
      'type Host<Element extends EventTarget, Props> = Omit<HTMLAttributes<Element>, keyof Props> & Props;',
      '',
      "declare module 'svelte/elements' {\n  interface SvelteHTMLElements {\n",
    ].join('\n'),
    lineOf: ({ tagName, name }) =>
      `    '${tagName}': Host<HTMLElementTagNameMap['${tagName}'], ${name}Props & ${name}Listeners>;\n`,
    close: '  }\n}\n',
  });
}
