import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { handedOn, partNames, reach, rendered, type Rendered } from './build/parts.mjs';
import { packageJson, project } from './support/run.ts';

interface Named {
  readonly name: string;
  readonly description?: string;
}
interface Typed {
  readonly type?: { readonly text: string };
}
interface Member extends Named {
  readonly kind: string;
  readonly parameters?: readonly (Named & Typed)[];
  readonly return?: Typed & { readonly description?: string };
}
interface ElementDoc extends Named {
  readonly tagName: string;
  readonly attributes: readonly Named[];
  readonly members: readonly Member[];
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

  test.each(elements.map(({ tagName }) => tagName))('says of each method of <%s> what it takes and what it gives', (tag) => {
    const methods = elements.find(({ tagName }) => tagName === tag)?.members.filter(({ kind }) => kind === 'method') ?? [];
    const silent = methods.flatMap(({ name, parameters = [], return: result }) => [
      // Taken apart in its place, one has no name that a sentence could use.
      ...parameters.filter((one) => !/^\w+$/.test(one.name) || !one.description?.trim() || !one.type?.text).map((one) => `${name}(${one.name})`),
      ...(result?.type?.text ? [] : [`${name}: no type`]),
      ...(/^(void|Promise<void>)$/.test(result?.type?.text ?? '') || result?.description?.trim() ? [] : [`${name}: what it returns`]),
    ]);
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

describe('parts', () => {
  /** What somebody sees by itself, and would style by itself. A picture is reached by the box around it, which keeps it whole. */
  const visible = /^(a|blockquote|button|dialog|form|h[1-6]|input|label|p|select|textarea)$/;
  /** Spotify asks that its mark stays as it is and where it is (spotify.md), and the cover with its link. */
  const isSpotifys = ({ file, tag, attributes }: Rendered): boolean =>
    file.endsWith('spotify-mark.ts') || attributes.get('class') === 'source' || (tag === 'a' && attributes.get('tabindex') === '-1');
  const of = (tag: string): { all: Rendered[]; path: string; parts: readonly (Named & { 'x-of'?: string })[] } => {
    const element = elements.find(({ tagName }) => tagName === tag);
    const path = element?.path.replace(/^dist\//, '').replace(/\.js$/, '.ts') ?? '';
    return { all: rendered(project, path), path, parts: element?.cssParts ?? [] };
  };
  const known = elements.map(({ tagName }) => tagName);

  test.each(known)('<%s> has one for all that is seen, and documents it', (tag) => {
    const { all, parts } = of(tag);
    const bare = all.filter((one) => visible.test(one.tag) && !one.hidden && !isSpotifys(one) && !one.attributes.has('part'));
    expect(bare.map(({ file, tag: name, attributes }) => `${file}: <${name} class="${attributes.get('class') ?? ''}">`)).toEqual([]);
    const documented = names(parts);
    expect(all.flatMap(({ attributes }) => partNames(attributes.get('part'))).filter((name) => !documented.includes(name))).toEqual([]);
  });

  test.each(known)('<%s> documents none that is not there', (tag) => {
    const { all, path, parts } = of(tag);
    const written = new Set(all.flatMap(({ attributes }) => partNames(attributes.get('part'))));
    const code = reach(project, path)
      .map((file) => readFileSync(join(project, file), 'utf8'))
      .join('\n')
      .replace(/\/\*[^]*?\*\//g, '');
    // Some are chosen by an expression, or set on rows that are made by hand.
    const chosen = (name: string): boolean => new RegExp(`['\`" ]${name}['\`" ]`).test(code);
    const own = parts.filter((part) => !part['x-of']).map(({ name }) => name);
    expect(own.filter((name) => !written.has(name) && !chosen(name))).toEqual([]);
  });

  test.each(known)('<%s> hands on all of what it is made of', (tag) => {
    const { all, path, parts } = of(tag);
    const kept = all.filter((one) => known.includes(one.tag)).flatMap(({ tag: inner, attributes }) => {
      const on = (attributes.get('exportparts') ?? '').split(',').map((pair) => pair.split(':')[0]?.trim());
      return names(of(inner).parts).filter((name) => !on.includes(name)).map((name) => `${inner}::part(${name})`);
    });
    expect(kept).toEqual([]);
    const unknown = handedOn(project, path).filter((one) => known.includes(one.tag) && !names(of(one.tag).parts).includes(one.own));
    expect(unknown).toEqual([]);
    expect(handedOn(project, path).filter(({ name }) => !names(parts).includes(name))).toEqual([]);
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
