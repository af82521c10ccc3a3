import { ts } from '@custom-elements-manifest/analyzer';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** What stands where an expression was, so that a template can be read as markup: a tag's attributes hold no `<`. */
const hole = (index) => `\u0001${index}\u0001`;
const holes = /\u0001(\d+)\u0001/g;
const tags = /<([a-z][\w-]*)((?:\s+[^\s"'>=/]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|\s*\u0001\d+\u0001)*)\s*\/?>/g;

/**
 * What an element renders: the tags of its templates, and of those of the helpers that it imports.
 *
 * @param project the folder of the project
 * @param path of the file with the element's class, below `project`
 * @returns {{ tag: string, file: string, attributes: Map<string, string>, hidden: boolean }[]}
 */
export function rendered(project, path) {
  return reach(project, path).flatMap((file) => templates(project, file));
}

/** The parts of the elements that `path` renders, as it hands them on: which tag, its own name, the name that it goes on with. */
export function handedOn(project, path) {
  return rendered(project, path).flatMap(({ tag, attributes }) => exported(attributes.get('exportparts')).map(([own, name]) => ({ tag, own, name })));
}

/** Names in the value of `part`. What an expression gives is left out: each such name is written elsewhere too, or tested. */
export const partNames = (value = '') => value.replace(holes, ' ').split(/\s+/).filter(Boolean);

const exported = (value = '') =>
  value
    .split(',')
    .map((pair) => pair.split(':').map((name) => name.trim()))
    .filter(([own]) => own)
    .map(([own, name = own]) => [own, name]);

/** The file and the helpers that it leads to, without other elements: those render for themselves. */
export function reach(project, start) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    const file = source(project, path);
    if (path !== start && isElement(file.text)) return;
    found.add(path);
    for (const statement of file.statements) {
      // `import {}` and `export {} from`; an import for what it does only registers other elements.
      const clause = ts.isImportDeclaration(statement) ? statement.importClause : ts.isExportDeclaration(statement) ? statement : null;
      const specifier = statement.moduleSpecifier?.text ?? '';
      const target = normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts');
      if (clause && !clause.isTypeOnly && specifier.startsWith('.') && target.startsWith('elements/')) visit(target);
    }
    // What is loaded when it is first needed renders for the same element.
    for (const [, specifier] of file.text.matchAll(/import\('(\.[^']+)'\)/g)) {
      const target = normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts');
      if (existsSync(join(project, target))) visit(target);
    }
  };
  visit(start);
  return [...found];
}

const isElement = (text) => /extends \w*LitElement\b/.test(text);

const files = new Map();
function source(project, path) {
  const full = join(project, path);
  if (!files.has(full)) files.set(full, ts.createSourceFile(path, readFileSync(full, 'utf8'), ts.ScriptTarget.ES2022, true));
  return files.get(full);
}

function templates(project, path) {
  const file = source(project, path);
  const all = [];
  const walk = (node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html') all.push(...tagsOf(project, path, node.template));
    ts.forEachChild(node, walk);
  };
  walk(file);
  // A row that is made by hand.
  const [, made] = /createElement\('([a-z]+-[\w-]+)'\)/.exec(file.text) ?? [];
  const [, value] = /setAttribute\('exportparts', (\w+)\)/.exec(file.text) ?? [];
  if (made && value) all.push({ tag: made, file: path, attributes: new Map([['exportparts', constant(project, path, value)]]), hidden: false });
  return all;
}

function tagsOf(project, path, template) {
  const spans = ts.isNoSubstitutionTemplateLiteral(template) ? [] : template.templateSpans;
  const text = [(template.head ?? template).text, ...spans.flatMap(({ literal }, index) => [hole(index), literal.text])].join('');
  const value = (raw) => raw.replace(holes, (kept, index) => {
    const { expression } = spans[Number(index)];
    return ts.isIdentifier(expression) && /Parts$/.test(expression.text) ? constant(project, path, expression.text) : kept;
  });
  return [...text.matchAll(tags)].map(([, tag, rest]) => {
    const pairs = [...rest.matchAll(/([^\s"'>=/]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)];
    const attributes = new Map(pairs.map(([, name, ...values]) => [name, value(values.find((one) => one !== undefined) ?? '')]));
    return { tag, file: path, attributes, hidden: /visually-hidden/.test(attributes.get('class') ?? '') };
  });
}

/** A list of parts by its name: a string, a template of such lists, or an array of them that is joined. */
function constant(project, path, name) {
  const file = source(project, path);
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) && statement.importClause?.namedBindings?.elements?.some((one) => one.name.text === name)) {
      return constant(project, normalize(join(dirname(path), statement.moduleSpecifier.text)).replace(/\.js$/, '.ts'), name);
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (declaration.name.getText() === name) return listed(project, path, declaration.initializer);
    }
  }
  throw new Error(`${path}: no list of parts ${name}`);
}

function listed(project, path, node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) return constant(project, path, node.text);
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ expression, literal }) => listed(project, path, expression) + literal.text).join('');
  }
  if (ts.isCallExpression(node) && ts.isArrayLiteralExpression(node.expression.expression)) {
    return node.expression.expression.elements.map((one) => listed(project, path, one)).join(', ');
  }
  throw new Error(`${path}: ${node.getText()} is no list of parts`);
}
