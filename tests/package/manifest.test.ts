import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { packageJson, project } from './support/run.ts';

interface Named {
  readonly name: string;
  readonly description?: string;
}
interface ElementDoc extends Named {
  readonly tagName: string;
  readonly attributes: readonly Named[];
  readonly members: readonly (Named & { readonly kind: string })[];
  readonly events: readonly (Named & { readonly type: { readonly text: string } })[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}
interface Manifest {
  readonly modules: readonly { readonly path: string; readonly declarations: readonly ElementDoc[] }[];
}

const dist = join(inject('packed'), 'dist');
const read = (name: string): unknown => JSON.parse(readFileSync(join(dist, name), 'utf8'));
const { modules } = read('custom-elements.json') as Manifest;
const elements = modules.flatMap(({ path, declarations }) => declarations.map((element) => ({ ...element, path })));
const lists = ['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'] as const;

/** The source of an element's folder; its helpers render for it. */
function source(folder: string): string {
  const path = join(project, 'elements', folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.ts'));
  return files.map((name) => readFileSync(join(path, name), 'utf8')).join('\n');
}

const folderOf = (path: string): string => path.split('/').at(-2) ?? '';
const names = (items: readonly Named[] = []): string[] => items.map(({ name }) => name);
function matches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found]) => found ?? ''))];
}

describe('custom-elements.json', () => {
  test('has every element that is registered', () => {
    const entries = Object.keys(packageJson.exports).filter((entry) => /\/[\w-]+\/define$/.test(entry));
    const defined = entries.flatMap((entry) => matches(source(entry.slice(2, -7)), /^define\('([\w-]+)'/gm));
    expect(elements.map(({ tagName }) => tagName).sort()).toEqual(defined.sort());
  });

  test.each(elements.map(({ tagName }) => tagName))('says of all that <%s> has what it is', (tag) => {
    const element = elements.find(({ tagName }) => tagName === tag);
    const silent = lists.flatMap((list) => {
      const items = element?.[list] ?? [];
      return items.flatMap(({ name, description }) => (description?.trim() ? [] : [`${list}: ${name || 'default'}`]));
    });
    expect(element?.description).toBeTruthy();
    expect(silent).toEqual([]);
  });

  const folders = [...new Set(elements.map(({ path }) => folderOf(path)))];
  test.each(folders)('leaves out nothing of what elements/%s renders', (folder) => {
    const here = elements.filter(({ path }) => folderOf(path) === folder);
    const code = source(folder);
    const missing = (list: (typeof lists)[number], used: string[]): string[] => {
      const known = new Set(here.flatMap((element) => names(element[list])));
      return used.filter((name) => !known.has(name));
    };
    const parts = matches(code, /\spart="([\w\s-]+)"/g).flatMap((value) => value.split(/\s+/));
    expect(missing('cssParts', parts)).toEqual([]);
    expect(missing('slots', matches(code, /<slot name="([\w-]+)"/g))).toEqual([]);
    expect(missing('cssStates', matches(code, /:state\(([\w-]+)\)/g))).toEqual([]);
  });

  test('has every custom property that a style reads', () => {
    const known = new Set(elements.flatMap(({ cssProperties }) => names(cssProperties)));
    const all = readdirSync(join(project, 'elements'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const used = all.flatMap(({ name }) => matches(source(name), /var\(\s*(--[a-z][\w-]*)/g));
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  test('names the class of every event', () => {
    for (const folder of folders) {
      const events = elements.flatMap((element) => (folderOf(element.path) === folder ? element.events : []));
      expect(new Set(names(events))).toEqual(new Set(matches(source(folder), /@fires (?:\{\w+\} )?([\w-]+)/g)));
      for (const { type } of events) expect(type.text).toMatch(/^([A-Z]\w+)?Event$/);
    }
  });

  test('points at modules that are there', () => {
    for (const { path } of modules) expect(readFileSync(join(inject('packed'), path), 'utf8')).toContain('export class');
  });
});

describe('what editors read', () => {
  test('VS Code completes each element with its attributes', () => {
    const { tags } = read('vscode.html-custom-data.json') as { tags: { name: string; attributes: Named[] }[] };
    expect(tags.map(({ name, attributes }) => [name, names(attributes)])).toEqual(
      elements.map(({ tagName, attributes }) => [tagName, names(attributes)]),
    );
  });

  test('VS Code completes custom properties and parts', () => {
    const data = read('vscode.css-custom-data.json') as { properties: Named[]; pseudoElements: Named[] };
    expect(names(data.properties)).toContain('--roomtone-accent');
    expect(names(data.pseudoElements)).toContain('::part(composer)');
  });

  test('JetBrains knows properties and events', () => {
    const { contributions } = read('web-types.json') as {
      contributions: { html: { elements: (Named & { js: { properties: Named[]; events: Named[] } })[] } };
    };
    const player = contributions.html.elements.find(({ name }) => name === 'room-player');
    expect(names(player?.js.properties)).toEqual(expect.arrayContaining(['clientId', 'getToken', 'snapshot']));
    expect(names(player?.js.events)).toContain('player-state-change');
  });
});
