/*
 * Lit leaves four globals in a page: its versions, for a warning while one develops, and a table for standard decorators,
 * which these sources have none of. A page's script leaves none (I7).
 */
const versions = /\(\w+\.(?:litHtmlVersions|litElementVersions|reactiveElementVersions)\s*\?\?=\s*\[\]\)\.push\((?:"[^"]*"|'[^']*')\)/g;
const table = /\w+\.litPropertyMetadata\s*\?\?=\s*new WeakMap(?:\(\))?/g;
const look = /(?<!\.)\blitPropertyMetadata\.get\(/g;

/** @param {string} code of a module of Lit's */
const withoutGlobals = (code) => code.replace(versions, 'void 0').replace(table, 'void 0').replace(look, '(new WeakMap).get(');

/** Takes them out of what is built for a script tag. */
export function noGlobals() {
  return {
    name: 'roomtone:no-globals',
    apply: 'build',
    transform: {
      filter: { id: /[\\/]node_modules[\\/](lit-html|lit-element|@lit[\\/]reactive-element)[\\/]/ },
      handler: (code) => ({ code: withoutGlobals(code), map: null }),
    },
  };
}
