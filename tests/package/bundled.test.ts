import { copyFileSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, inject, test } from 'vitest';
import { project, run } from './support/run.ts';

// A test that builds has another one, and Lit's development build would be in the page.
process.env.NODE_ENV = 'production';

const consumer = inject('consumer');

/** Beside the end-to-end tests, which have ports of their own. */
const port = '5399';

test('a page in React, built by Vite from the package as npm installs it, chats and plays', async () => {
  for (const name of ['react', 'react-dom']) symlinkSync(join(project, 'node_modules', name), join(consumer, 'node_modules', name));
  const [site, built] = ['site', 'built'].map((name) => join(consumer, name)) as [string, string];
  mkdirSync(site);
  copyFileSync(join(project, 'demo/hosts/react/main.tsx'), join(site, 'main.tsx'));
  // The demo serves the entry under an address of its own: nothing may import it back by another one.
  writeFileSync(join(site, 'entry.js'), "void import('./main.tsx');\n");
  // The neighbour in the room has the demo's own page.
  cpSync(join(inject('packed'), 'dist/cdn'), built, { recursive: true });
  await build({
    configFile: false,
    root: site,
    logLevel: 'error',
    build: {
      outDir: built,
      emptyOutDir: false,
      rolldownOptions: {
        input: join(site, 'entry.js'),
        output: { entryFileNames: 'page-react.js', chunkFileNames: 'page-react-[name]-[hash].js' },
      },
    },
  });
  // The elements' parts, languages and what is rare stay on demand.
  const pieces = readdirSync(built).join();
  for (const name of ['parts', 'de', 'emoji-table']) expect(pieces).toContain(`page-react-${name}-`);
  await run(process.execPath, [join(project, 'node_modules/playwright/cli.js'), 'test', '--workers', '1', 'hosts-frameworks.spec.ts', '-g', 'react'], {
    env: { ROOMTONE_BUILT: built, ROOMTONE_E2E_PORT: port },
  });
});
