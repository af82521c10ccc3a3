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
  /** Lit's own build for servers keeps its versions and a shim in globals, and supabase-js's tslib its helpers. */
  let ofDependencies: readonly string[];

  beforeAll(async () => {
    writeFileSync(probe, source);
    ofDependencies = await touched(...Object.keys(packageJson.dependencies).filter((name) => !name.startsWith('@types/')));
    expect(ofDependencies).not.toEqual([]);
  });

  const entries = Object.keys(packageJson.exports).map(specifier);
  test.concurrent.each(entries)('%s touches nothing and does not throw', async (name) => {
    const own = (await touched(name)).filter((key) => !ofDependencies.includes(key));
    expect(own).toEqual([]);
  });

  test('neither does the loader for script tags', async () => {
    const loader = pathToFileURL(join(consumer, 'node_modules/roomtone/dist/cdn/roomtone-lazy.js')).href;
    expect(await touched(loader)).toEqual([]);
  });
});
