import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { project, run } from './support/run.ts';

const kept = join(project, 'docs/reference');
const fresh = mkdtempSync(join(tmpdir(), 'roomtone-reference-'));
const pages = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe('docs/reference', () => {
  beforeAll(async () => void (await run(process.execPath, [join(project, 'tests/package/build/docs.mjs'), fresh])));
  afterAll(() => rmSync(fresh, { recursive: true, force: true }));

  test('says what the sources say: "npm run docs" writes it anew', () => {
    expect(pages(kept)).toEqual(pages(fresh));
  });

  test('no link of it leads nowhere', () => {
    const links = Object.values(pages(fresh)).flatMap((text) => [...text.matchAll(/\]\(([\w-]+\.md)/g)].map(([, name]) => name));
    expect(new Set(links)).toEqual(new Set(Object.keys(pages(fresh)).filter((name) => name !== 'README.md')));
  });
});
