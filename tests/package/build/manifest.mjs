import { create, ts } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { handedOn } from './parts.mjs';

/** Elements, their events, and where they are registered: the analyzer takes seconds for all the rest. */
const says = /extends \w*(LitElement|Event)\b|^define\(/m;

/** The elements as the package holds them: `custom-elements.json`, from the sources and their JSDoc. */
export function createManifest(project) {
  const tags = new Map();
  const events = new Map();
  const paths = [...sources(project, 'elements'), ...sources(project, 'src')].sort();
  const modules = paths.flatMap((path) => {
    const text = readFileSync(join(project, path), 'utf8');
    return says.test(text) ? [ts.createSourceFile(path, text, ts.ScriptTarget.ES2015, true)] : [];
  });
  const manifest = create({ modules, plugins: [...litPlugin(), definitions(tags), eventTypes(events), results()], context: {} });
  manifest.modules = manifest.modules.flatMap((module) => published(module, tags, events));
  handOnParts(project, manifest);
  shareTheme(manifest.modules.flatMap(({ declarations }) => declarations));
  return manifest;
}

function sources(project, folder) {
  const names = readdirSync(join(project, folder), { recursive: true });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

/** Which class is registered under which name: `define('chat-room', ChatRoom)` in a `define.ts`. */
function definitions(tags) {
  return {
    name: 'roomtone-definitions',
    collectPhase({ node }) {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'define') return;
      const [tag, element] = node.arguments;
      if (tag && element && ts.isStringLiteral(tag)) {
        tags.set(element.getText(), { tag: tag.text, module: js(node.getSourceFile().fileName) });
      }
    },
  };
}

/** Which class is fired under which name: each says it in its `static readonly type`. */
function eventTypes(events) {
  return {
    name: 'roomtone-event-types',
    collectPhase({ node }) {
      if (!ts.isPropertyDeclaration(node) || node.name.getText() !== 'type' || !ts.isClassLike(node.parent)) return;
      if (node.initializer && ts.isStringLiteral(node.initializer) && node.parent.name) {
        events.set(node.initializer.text, { name: node.parent.name.text, module: js(node.getSourceFile().fileName) });
      }
    },
  };
}

/** The analyzer takes what is said of a result for its type, and knows no type of a parameter that has a default. */
function results() {
  return {
    name: 'roomtone-results',
    analyzePhase({ node, moduleDoc }) {
      if (!ts.isMethodDeclaration(node) || !ts.isClassLike(node.parent)) return;
      const owner = moduleDoc.declarations.find(({ name }) => name === node.parent.name?.text);
      const method = owner?.members?.find(({ kind, name }) => kind === 'method' && name === node.name.getText());
      if (!method) return;
      const description = ts.getTextOfJSDocComment(ts.getJSDocReturnTag(node)?.comment);
      if (node.type) method.return = { type: { text: node.type.getText() }, ...(description && { description }) };
      for (const parameter of method.parameters ?? []) {
        if (/^(true|false)$/.test(parameter.default)) parameter.type ??= { text: 'boolean' };
        if (parameter.default !== undefined) parameter.optional = true;
      }
    },
  };
}

/** Every element starts from the same look: its custom properties, documented at `<room-player>`, belong to each. */
function shareTheme(elements) {
  const theme = elements.find(({ tagName }) => tagName === 'room-player')?.cssProperties ?? [];
  for (const element of elements) {
    const own = element.cssProperties ?? [];
    const names = new Set(own.map(({ name }) => name));
    const shared = theme.filter(({ name }) => name.startsWith('--roomtone-') && !names.has(name));
    element.cssProperties = [...own, ...shared.map((property) => ({ ...property, 'x-theme': true }))];
  }
}

/** A page reaches the parts of what an element is made of through that element: they are parts of it as well. */
function handOnParts(project, { modules }) {
  const elements = new Map(modules.flatMap(({ path, declarations }) => declarations.map((element) => [element.tagName, { element, path }])));
  const done = new Map();
  const partsOf = (tag) => {
    if (done.has(tag)) return done.get(tag);
    const { element, path } = elements.get(tag);
    const all = new Map((element.cssParts ?? []).map((part) => [part.name, part]));
    done.set(tag, all);
    for (const { tag: inner, own, name } of handedOn(project, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'))) {
      const part = partsOf(inner).get(own);
      if (part && !all.has(name)) all.set(name, { ...part, name, 'x-of': part['x-of'] ?? inner });
    }
    return all;
  };
  for (const [tag, { element }] of elements) {
    const parts = [...partsOf(tag).values()];
    if (parts.length) element.cssParts = parts;
  }
}

const js = (path) => `dist/${path.replace(/\.ts$/, '.js')}`;
const isPublic = ({ name, privacy, static: isStatic }) => !privacy && !isStatic && !/^[#_]/.test(name);
/** What events that everybody knows are. */
const known = { close: { name: 'Event' } };

/** Elements only, with what a page may use. A list of modules, so that nothing or one can be given. */
function published({ path, declarations }, tags, events) {
  const elements = declarations.flatMap((declaration) => {
    const registered = tags.get(declaration.name);
    return registered ? [element(declaration, registered, events)] : [];
  });
  if (!elements.length) return [];
  const module = js(path);
  const exports = elements.flatMap(({ name, tagName }) => [
    { kind: 'js', name, declaration: { name, module } },
    { kind: 'custom-element-definition', name: tagName, declaration: { name, module } },
  ]);
  return [{ kind: 'javascript-module', path: module, declarations: elements, exports }];
}

function element(declaration, { tag }, events) {
  const { members = [], events: fired = [], attributes = [], ...rest } = declaration;
  const shown = members.filter(isPublic);
  const fields = new Map(members.map((member) => [member.name, member]));
  return {
    ...rest,
    tagName: tag,
    customElement: true,
    attributes: attributes.filter(({ fieldName }) => !fieldName || isPublic(fields.get(fieldName) ?? { name: fieldName })),
    members: shown,
    // The analyzer also guesses events from `dispatchEvent(new …)`, without a name: only what is documented counts.
    events: fired.flatMap(({ name, description }) => {
      const type = events.get(name) ?? known[name];
      return name && type ? [{ name, description, type: { text: type.name }, ...reference(type) }] : [];
    }),
  };
}

function reference({ name, module }) {
  return module ? { 'x-module': module, 'x-class': name } : {};
}
