// Lit tells its versions in three globals of the page, for a warning while one develops. A page's script adds none (I7).
const versions = /\(\w+\.(?:litHtmlVersions|litElementVersions|reactiveElementVersions)\s*\?\?=\s*\[\]\)\.push\((?:"[^"]*"|'[^']*')\)/g;

/** @param {string} code of a module of Lit's */
export const withoutVersions = (code) => code.replace(versions, 'void 0');

/** Takes them out of what is built for a script tag. */
export function noGlobals() {
  return {
    name: 'roomtone:no-globals',
    apply: 'build',
    transform: {
      filter: { id: /[\\/]node_modules[\\/](lit-html|lit-element|@lit[\\/]reactive-element)[\\/]/ },
      handler: (code) => ({ code: withoutVersions(code), map: null }),
    },
  };
}
