import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { vsCodeCss, vsCodeHtml, webTypes } from './editors.mjs';
import { elementTypes, reactTypes, svelteTypes, vueTypes } from './frameworks.mjs';
import { createManifest } from './manifest.mjs';

/**
 * `npm run build [folder]`: what is published, into `dist` or the folder that is named.
 *
 *   elements/, src/    unbundled ES modules with types and maps
 *   cdn/               for a script tag: `roomtone.js` with its pieces beside it, `roomtone-lazy.js` that takes the two
 *                      elements apart as well, and `roomtone.bundle.js`, which is everything in one file
 *   types/             what frameworks know of the elements
 *   *.json             the manifest of the elements, and what editors read
 */
// A test that builds has another one, and Lit's development build would be what is published.
process.env.NODE_ENV = 'production';

const project = resolve(import.meta.dirname, '../../..');
const dist = resolve(process.argv[2] ?? join(project, 'dist'));

const tsc = join(project, 'node_modules/typescript/bin/tsc');
const config = join(import.meta.dirname, 'tsconfig.json');

rmSync(dist, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [tsc, '-p', config, '--outDir', dist], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

for (const mode of ['production', 'lazy', 'bundle']) {
  await build({
    configFile: join(project, 'vite.config.ts'),
    mode,
    logLevel: 'warn',
    build: { outDir: join(dist, 'cdn'), emptyOutDir: false },
  });
}

const manifest = createManifest(project);
const files = {
  'custom-elements.json': manifest,
  'vscode.html-custom-data.json': vsCodeHtml(manifest),
  'vscode.css-custom-data.json': vsCodeCss(manifest),
  'web-types.json': webTypes(manifest, JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))),
  'types/elements.d.ts': elementTypes(manifest),
  'types/react.d.ts': reactTypes(manifest),
  'types/vue.d.ts': vueTypes(manifest),
  'types/svelte.d.ts': svelteTypes(manifest),
  // A page may write `import 'roomtone/react'` as well as `import type {}`: there has to be a module.
  ...Object.fromEntries(['react', 'vue', 'svelte'].map((name) => [`types/${name}.js`, 'export {};\n'])),
};
mkdirSync(join(dist, 'types'), { recursive: true });
for (const [name, content] of Object.entries(files)) {
  writeFileSync(join(dist, name), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
}
