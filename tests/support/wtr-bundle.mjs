import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const folder = 'tests/elements';
/** What tests load by its address, into a window of its own or by a script of its own. */
const loadedByAddress = ['elements/chat-room/define.ts', 'elements/chat-room/parts.ts', 'demo/services/spotify/client/iframe-api.ts'];

/** Files that stand beside a module are found beside it, wherever its code went. */
const ownAddress = {
  name: 'own-address',
  setup({ onLoad }) {
    onLoad({ filter: /\/(?:tests|demo)\/.*\.ts$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8');
      const address = `/${relative(root, path).split(sep).join('/')}`;
      return { loader: 'ts', contents: code.replaceAll('import.meta.url', `(location.origin + ${JSON.stringify(address)})`) };
    });
  },
};

/** All test files at once: what several of them import becomes a file that each of their pages asks for. */
async function buildTests() {
  const tests = readdirSync(join(root, folder)).filter((name) => name.endsWith('.test.ts'));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [...tests.map((name) => `${folder}/${name}`), ...loadedByAddress],
    outbase: '.',
    outdir: '.',
    chunkNames: 'built/[name]-[hash]',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: 'tsconfig.json',
    conditions: ['production', 'default'],
    sourcemap: 'linked',
    // What only defines elements counts: package.json speaks of the files as they are published.
    ignoreAnnotations: true,
    external: ['/__web-*'],
    plugins: [ownAddress],
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, text }) => [`/${relative(root, path).split(sep).join('/')}`, text]));
}

/**
 * Serves the test files bundled: a page asks for forty files in place of hundreds of modules, and there are 44 pages for each of
 * three engines. Of six files in Chromium that is a quarter of the processor's time.
 */
export function bundledTests() {
  let files;
  return {
    name: 'roomtone:bundled-tests',
    async serverStart() {
      files = await buildTests();
    },
    serve({ path }) {
      const body = files.get(path.replace(/\.ts$/, '.js'));
      return body === undefined ? undefined : { body, type: path.endsWith('.map') ? 'json' : 'js' };
    },
  };
}
