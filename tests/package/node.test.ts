import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { packageJson, run, specifier } from './support/run.ts';

const consumer = inject('consumer');
const probe = join(consumer, 'probe.mjs');

/** Prints which globals are new or other ones after a fresh process imported what it is told. */
const source = `
const described = (key) => [String(key), Object.getOwnPropertyDescriptor(globalThis, key)];
const read = () => new Map(Reflect.ownKeys(globalThis).map(described));
const same = (a, b) => a && Object.is(a.value, b.value) && a.get === b.get && a.set === b.set;
const before = read();
for (const name of process.argv.slice(2)) await import(name, name.endsWith('.json') ? { with: { type: 'json' } } : undefined);
const touched = [...read()].filter(([key, value]) => !same(before.get(key), value));
console.log(JSON.stringify(touched.map(([key]) => key)));
`;

async function touched(...modules: string[]): Promise<string[]> {
  return JSON.parse(await run(process.execPath, ['--no-warnings', probe, ...modules], { cwd: consumer })) as string[];
}

describe('imported in Node', () => {
  /** Lit's own build for servers keeps its versions and a shim in globals, as docs/embedding.md says. */
  const ofLit = ['customElements', 'litElementVersions', 'litHtmlVersions', 'litPropertyMetadata', 'litServerRoot', 'reactiveElementVersions'];
  /** The helpers of tslib, which the parts of supabase-js bring: `__awaiter` and its like. */
  const ofTslib = /^__[a-zA-Z]+$/;
  /** Node makes these when somebody first reads them. */
  const ofNode = ['atob', 'btoa', 'TextDecoder', 'TextEncoder'];
  const isOfDependencies = (key: string): boolean => [...ofLit, ...ofNode].includes(key) || ofTslib.test(key);

  beforeAll(() => writeFileSync(probe, source));

  test('the dependencies alone leave what is listed here, and nothing else', async () => {
    const left = await touched(...Object.keys(packageJson.dependencies).filter((name) => !name.startsWith('@types/')));
    expect(left.filter((key) => !isOfDependencies(key))).toEqual([]);
    expect(left).toEqual(expect.arrayContaining(ofLit));
  });

  test('nothing is registered, not even where Lit brings a registry', async () => {
    const ask = "await import('roomtone/define'); console.log(globalThis.customElements?.get('chat-room') === undefined)";
    expect((await run(process.execPath, ['--no-warnings', '--input-type=module', '-e', ask], { cwd: consumer })).trim()).toBe('true');
  });

  const entries = Object.keys(packageJson.exports).map(specifier);
  test.concurrent.each(entries)('%s touches nothing and does not throw', async (name) => {
    const own = (await touched(name)).filter((key) => !isOfDependencies(key));
    expect(own).toEqual([]);
  });

  test('neither does the loader for script tags', async () => {
    const loader = pathToFileURL(join(consumer, 'node_modules/roomtone/dist/cdn/roomtone-lazy.js')).href;
    expect(await touched(loader)).toEqual([]);
  });
});
