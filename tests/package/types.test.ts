import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
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

/** Runs a compiler. @returns what it says of errors, a line for each, without what follows indented */
async function said(program: string, files: readonly string[], more: object, args = (config: string): string[] => ['-p', config]): Promise<string[]> {
  const config = join(consumer, `tsconfig.${files.join('-')}.json`);
  const compilerOptions = { ...options, types: ['node'], ...more };
  writeFileSync(config, JSON.stringify({ compilerOptions, files, vueCompilerOptions: { strictTemplates: true } }));
  const output = await run(process.execPath, [join(project, 'node_modules', program), ...args(config)], { cwd: consumer, mayFail: true });
  return output.split('\n').filter((line) => /^\S/.test(line));
}

const errors = (files: readonly string[], more: object): Promise<string[]> => said('typescript/bin/tsc', files, more);

beforeAll(() => {
  const write = (name: string, content: string): void => writeFileSync(join(consumer, name), content);
  write('entries.ts', everyEntry());
  write('page.ts', code.page);
  write('react.tsx', code.react);
  write('react-page.tsx', readFileSync(join(project, 'demo/hosts/react/main.tsx'), 'utf8'));
  write('templates.ts', code.templates);
  for (const name of ['vue', 'svelte']) {
    symlinkSync(join(project, 'node_modules', name), join(consumer, 'node_modules', name));
    // The page of the demo, and the same with a fault that the checker has to find.
    const page = readFileSync(join(project, `demo/hosts/${name}/App.${name}`), 'utf8');
    write(`App.${name}`, page);
    write(`Wrong.${name}`, page.replace('room="lobby"', name === 'vue' ? ':room="5"' : 'room={5}'));
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

  test('the elements in JSX', async () => {
    expect(await errors(['react.tsx', 'react-page.tsx'], { ...bundler, jsx: 'react-jsx', skipLibCheck: false })).toEqual([]);
  });

  // To check the frameworks' own declarations takes longer than all the rest of this file.
  test('the elements in the templates of Vue and Svelte', async () => {
    expect(await errors(['templates.ts'], { ...bundler, skipLibCheck: true })).toEqual([]);
  });

  test('a page in Vue, as its language tools check it', async () => {
    expect(await said('vue-tsc/bin/vue-tsc.js', ['App.vue', 'Wrong.vue'], { ...bundler, skipLibCheck: true })).toEqual([
      expect.stringMatching(/^Wrong\.vue.*'number' is not assignable to type 'string'/),
    ]);
  });

  test('a page in Svelte, as its language tools check it', async () => {
    const lines = await said('svelte-check/bin/svelte-check', ['App.svelte', 'Wrong.svelte'], { ...bundler, skipLibCheck: true }, (config) => [
      ...['--workspace', consumer, '--tsconfig', config, '--output', 'machine'],
    ]);
    expect(lines.filter((line) => / (ERROR|WARNING|FAILURE) /.test(line))).toEqual([
      expect.stringMatching(/"Wrong\.svelte".*'number' is not assignable to type 'string'/),
    ]);
    expect(lines.at(-1)).toContain('1 ERRORS');
  });
});
