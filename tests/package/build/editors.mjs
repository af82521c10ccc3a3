/** What editors read to complete and explain the elements: VS Code's custom data and JetBrains' web-types. */

const elements = (manifest) => manifest.modules.flatMap(({ declarations }) => declarations);
const list = (items) => items.map(({ name, description }) => `- \`${name || 'default'}\`: ${description}`).join('\n');

/** One text, for editors show no more than that. */
function explained({ description, events = [], slots = [], cssParts = [], cssStates = [] }) {
  const sections = [
    ['Events', events],
    ['Slots', slots],
    ['Parts', cssParts],
    ['States', cssStates],
  ];
  const shown = sections.filter(([, items]) => items.length);
  return [description, ...shown.map(([title, items]) => `**${title}**\n${list(items)}`)].join('\n\n');
}

/** The words of a type that is a choice of words: `'default' | 'none'`. */
function choices(type) {
  return [...(type?.text ?? '').matchAll(/'([^']+)'/g)].map(([, word]) => word);
}

const isSwitch = ({ type }) => type?.text === 'boolean';
const markdown = (value) => ({ kind: 'markdown', value });

export function vsCodeHtml(manifest) {
  return {
    version: 1.1,
    tags: elements(manifest).map((element) => ({
      name: element.tagName,
      description: markdown(explained(element)),
      attributes: element.attributes.map((attribute) => ({
        name: attribute.name,
        description: markdown(attribute.description),
        ...(isSwitch(attribute) ? { valueSet: 'v' } : {}),
        ...(choices(attribute.type).length ? { values: choices(attribute.type).map((name) => ({ name })) } : {}),
      })),
    })),
  };
}

export function vsCodeCss(manifest) {
  const properties = new Map(
    elements(manifest).flatMap(({ cssProperties = [] }) => cssProperties.map((property) => [property.name, property])),
  );
  const pseudoElements = new Map(
    elements(manifest).flatMap(({ tagName, cssParts = [] }) =>
      cssParts.map(({ name, description }) => [`::part(${name})`, `\`<${tagName}>\`: ${description}`]),
    ),
  );
  return {
    version: 1.1,
    properties: [...properties.values()].map(({ name, description }) => ({ name, description: markdown(description) })),
    pseudoElements: [...pseudoElements].map(([name, description]) => ({ name, description: markdown(description) })),
  };
}

export function webTypes(manifest, { name, version }) {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: { html: { elements: elements(manifest).map(webType) } },
  };
}

function webType({ tagName, description, attributes, members, events, slots = [], cssParts = [], cssProperties = [] }) {
  const plain = ({ name, description: text }) => ({ name, description: text });
  return {
    name: tagName,
    description,
    attributes: attributes.map((attribute) => ({
      ...plain(attribute),
      value: isSwitch(attribute) ? { kind: 'no-value' } : { type: attribute.type?.text ?? 'string' },
    })),
    slots: slots.map(plain),
    js: {
      properties: members
        .filter(({ kind }) => kind === 'field')
        .map((member) => ({ ...plain(member), type: member.type?.text ?? 'unknown', 'read-only': Boolean(member.readonly) })),
      events: events.map(plain),
    },
    css: { parts: cssParts.map(plain), properties: cssProperties.map(plain) },
  };
}
