import { transformSync } from 'esbuild';
import MagicString from 'magic-string';

/**
 * Takes out of html`` and css`` what only their author reads: comments and indentation. Whitespace in markup becomes one
 * space and never none, so that what stood apart on a line stands apart still, and a template keeps all of its nodes.
 *
 * Not by a library: those that there are hand the styles to a minifier that knows no nesting and no container queries, or
 * take whitespace away where it shows.
 */
const languages = { css: shorterStyles, html: shorterMarkup, svg: shorterMarkup };

/** @returns {import('vite').Plugin} */
export function shorterTemplates() {
  return {
    name: 'roomtone:shorter-templates',
    apply: 'build',
    // Types are gone by then, so that any parser reads it.
    enforce: 'post',
    transform: {
      filter: { id: /\/elements\/.*\.ts$/, code: /\b(css|html|svg)`/ },
      handler(code) {
        const shorter = new MagicString(code);
        for (const { tag, quasi } of taggedTemplates(this.parse(code))) {
          const parts = languages[tag.name](quasi.quasis.map(({ value }) => value.raw));
          quasi.quasis.forEach(({ start, end }, index) => {
            if (start < end) shorter.update(start, end, parts[index]);
          });
        }
        return shorter.hasChanged() ? { code: shorter.toString(), map: shorter.generateMap({ hires: true }) } : null;
      },
    },
  };
}

function* taggedTemplates(node) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) yield* taggedTemplates(item);
    return;
  }
  if (node.type === 'TaggedTemplateExpression' && node.tag.type === 'Identifier' && Object.hasOwn(languages, node.tag.name)) yield node;
  for (const value of Object.values(node)) yield* taggedTemplates(value);
}

/** What stands for an expression: a name in CSS, wherever one may be, and nothing that a style sheet says itself. */
const hole = (index) => `roomtone-hole-${index}-`;

/** @param {readonly string[]} parts what is between the expressions, raw */
export function shorterStyles(parts) {
  // A piece of a style sheet, a selector say, is not for a parser.
  if (!parts.some((part) => part.includes('{'))) return parts;
  const joined = parts.reduce((styles, part, index) => styles + hole(index) + part);
  const { code, warnings } = transformSync(joined, { loader: 'css', minifyWhitespace: true });
  if (warnings.length) throw new Error(`css\`\`: ${warnings.map(({ text }) => text).join('; ')}\n${joined}`);
  const shorter = code.trimEnd().split(/roomtone-hole-\d+-/);
  if (shorter.length !== parts.length) throw new Error(`css\`\` lost an expression:\n${joined}`);
  return shorter;
}

/** @param {readonly string[]} parts what is between the expressions, raw */
export function shorterMarkup(parts) {
  /** @type {'text' | 'comment' | 'tag' | '"' | "'"} */
  let within = 'text';
  return parts.map((part) => {
    let shorter = '';
    for (let at = 0; at < part.length; at++) {
      const char = part[at];
      if (within === 'comment') {
        if (!part.startsWith('-->', at)) continue;
        at += 2;
        within = 'text';
      } else if (within === 'text' && part.startsWith('<!--', at)) {
        at += 3;
        within = 'comment';
      } else if (within === '"' || within === "'") {
        if (char === within) within = 'tag';
        shorter += char;
      } else if (/\s/.test(char)) {
        if (!shorter.endsWith(' ')) shorter += ' ';
      } else {
        if (within === 'text' && char === '<') within = 'tag';
        else if (within === 'tag' && (char === '"' || char === "'")) within = char;
        else if (within === 'tag' && char === '>') {
          within = 'text';
          shorter = shorter.trimEnd();
        }
        shorter += char;
      }
    }
    return shorter;
  });
}
