import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import * as code from './support/consumers.ts';
import { packageJson, project, run, specifier } from './support/run.ts';

const consumer = inject('consumer');

/** Imports each entry in the way that is its own. */
function everyEntry(): string {
  const lines = Object.keys(packageJson.exports).map((entry, index) => {
    const name = `'${specifier(entry)}'`;
    if (/\/(react|vue|svelte)$/.test(entry)) return '';
    if (entry.endsWith('/define')) return `import ${name};`;
    if (entry.endsWith('.json')) return `import data${index} from ${name} with { type: 'json' };\nvoid data${index};`;
    return `import * as module${index} from ${name};\nvoid module${index};`;
  });
  return `${lines.join('\n')}\n`;
}

const options = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  resolveJsonModule: true,
};
const bundler = { module: 'ESNext', moduleResolution: 'bundler' };
const nodeNext = { module: 'NodeNext', moduleResolution: 'NodeNext' };

/** What the compiler says, a line for each error, without what follows indented. */
async function errors(files: readonly string[], more: object): Promise<string[]> {
  const config = join(consumer, `tsconfig.${files.join('-')}.json`);
  const compilerOptions = { ...options, types: ['node'], ...more };
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  const said = await run(process.execPath, [tsc, '-p', config], { cwd: consumer, mayFail: true });
  return said.split('\n').filter((line) => /^\S/.test(line));
}

beforeAll(() => {
  const write = (name: string, content: string): void => writeFileSync(join(consumer, name), content);
  write('entries.ts', everyEntry());
  write('page.ts', code.page);
  write('react.tsx', code.react);
  write('react-page.tsx', readFileSync(join(project, 'demo/hosts/react/main.tsx'), 'utf8'));
  write('templates.ts', code.templates);
  for (const [name, declarations] of Object.entries(code.frameworks)) {
    mkdirSync(join(consumer, 'node_modules', name), { recursive: true });
    write(join('node_modules', name, 'index.d.ts'), declarations);
  }
});

describe('in a strict project', () => {
  test('every entry and what a page does with it, libraries not checked', async () => {
    // Nothing of the consumer's own: not even Node's types.
    const plain = { ...bundler, skipLibCheck: true, types: [], exactOptionalPropertyTypes: true };
    expect(await errors(['entries.ts', 'page.ts'], plain)).toEqual([]);
  });

  test('the same as Node resolves it, with every declaration checked', async () => {
    expect(await errors(['entries.ts', 'page.ts'], { ...nodeNext, types: [], skipLibCheck: false })).toEqual([]);
  });

  test('the elements in JSX, and in the templates of Vue and Svelte', async () => {
    const withJsx = { ...bundler, jsx: 'react-jsx', skipLibCheck: false };
    expect(await errors(['react.tsx', 'react-page.tsx', 'templates.ts'], withJsx)).toEqual([]);
  });
});
