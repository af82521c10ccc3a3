/** `docs/reference/`: a page for each element, from the manifest. */

const cell = (text = '') => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
const code = (text) => (text ? `\`${cell(text)}\`` : '');

function table(title, heads, rows) {
  if (!rows.length) return [];
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n')];
}

function plain(title, head, items = []) {
  const rows = items.map(({ name, description }) => [name ? code(name) : '(default)', cell(description)]);
  return table(title, [head, 'meaning'], rows);
}

function signature({ name, parameters = [], return: result }) {
  const taken = parameters.map((one) => `${one.name}${one.optional ? '?' : ''}: ${one.type?.text ?? 'unknown'}`);
  return `${name}(${taken.join(', ')})${result?.type?.text ? `: ${result.type.text}` : ''}`;
}

function explained({ description, parameters = [], return: result }) {
  const known = parameters.filter((one) => one.description).map((one) => `\`${one.name}\`: ${one.description}.`);
  return cell([description, ...known, ...(result?.description ? [`Returns ${result.description}.`] : [])].join(' '));
}

function page(element, path, themed) {
  const { tagName, name, description, attributes, members, events, slots, cssParts, cssProperties, cssStates } = element;
  // What has an attribute is explained there, and once.
  const fields = members.filter(({ kind, attribute }) => kind === 'field' && !attribute);
  const methods = members.filter(({ kind }) => kind === 'method');
  const folder = path.split('/').at(-2);
  const own = themed ? cssProperties : cssProperties.filter((property) => !property['x-theme']);
  return [
    `# \`<${tagName}>\``,
    description,
    `\`import 'roomtone/${folder}/define'\` registers it. Its class is \`${name}\`, from \`roomtone\`.`,
    ...table(
      'Attributes',
      ['attribute', 'property', 'type', 'meaning'],
      attributes.map((attribute) => [
        code(attribute.name),
        code(attribute.fieldName),
        code(attribute.type?.text),
        cell(attribute.description),
      ]),
    ),
    ...table(
      'Properties',
      ['property', 'type', 'meaning'],
      fields.map((field) => [
        code(field.name) + (field.readonly ? ' (read only)' : ''),
        code(field.type?.text),
        cell(field.description),
      ]),
    ),
    ...table(
      'Methods',
      ['method', 'what it does'],
      methods.map((method) => [code(signature(method)), explained(method)]),
    ),
    ...table(
      'Events',
      ['event', 'class', 'when'],
      events.map((event) => [code(event.name), code(event.type.text), cell(event.description)]),
    ),
    ...plain('Slots', 'slot', slots),
    ...plain('Parts', 'part', cssParts),
    ...plain('States', 'state', cssStates),
    ...table(
      'Custom properties',
      ['property', 'default', 'meaning'],
      own.map((property) => [code(property.name), code(property.default), cell(property.description)]),
    ),
    ...(themed ? [] : ['Colours, sizes and typefaces are those of [`<room-player>`](room-player.md#custom-properties).']),
  ].join('\n\n');
}

/** @returns each page by the name of its file */
export function referencePages(manifest) {
  const elements = manifest.modules.flatMap(({ path, declarations }) => declarations.map((element) => ({ element, path })));
  const pages = elements.map(({ element, path }) => {
    const { tagName } = element;
    return [`${tagName}.md`, page(element, path, tagName === 'room-player')];
  });
  const list = elements.map(({ element: { tagName, description } }) => {
    const [first = ''] = description.split(/(?<=\.)\s/);
    return `- [\`<${tagName}>\`](${tagName}.md): ${cell(first)}`;
  });
  const index = ['# The elements', 'Made by `npm run docs` from the comments in `elements/`.', list.join('\n')].join('\n\n');
  return new Map([['README.md', index], ...pages].map(([name, text]) => [name, `${text}\n`]));
}
