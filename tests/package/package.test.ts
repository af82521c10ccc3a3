import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { describe, expect, inject, test } from 'vitest';
import { packageJson, project, run, specifier } from './support/run.ts';

const packed = inject('packed');
const consumer = inject('consumer');
const bin = (name: string): string => join(project, 'node_modules/.bin', name);

describe('the package', () => {
  test('publint finds nothing', async () => {
    expect(await run(bin('publint'), [packed, '--strict', '--pack', 'false'])).toContain('All good!');
  });

  test('the types of every entry resolve, for Node and for bundlers', async () => {
    const report = await run(bin('attw'), [inject('tarball'), '--profile', 'esm-only', '--no-emoji', '--format', 'json']);
    const { analysis } = JSON.parse(report) as { analysis: { problems: { kind: string; resolutionKind?: string }[] } };
    // The profile leaves out what no ES module can give: the old resolution, and require().
    const left = analysis.problems.filter(({ resolutionKind = '' }) => !['node10', 'node16-cjs'].includes(resolutionKind));
    expect(left).toEqual([]);
  });

  test('every element has an entry for its class and one that registers it', () => {
    const defines = (name: string): boolean => name !== 'shared' && existsSync(join(project, 'elements', name, 'define.ts'));
    for (const name of readdirSync(join(project, 'elements')).filter(defines)) {
      expect(packageJson.exports).toMatchObject({
        [`./${name}`]: `./dist/elements/${name}/${name}.js`,
        [`./${name}/define`]: `./dist/elements/${name}/define.js`,
      });
    }
  });

  test('holds modules with types and maps, and nothing of the tests', () => {
    const files = readdirSync(join(consumer, 'node_modules/roomtone'), { recursive: true, encoding: 'utf8' });
    const modules = files.filter((name) => /^dist\/(elements|src)\/.*\.js$/.test(name));
    expect(modules.length).toBeGreaterThan(100);
    const besides = modules.flatMap((name) => [`${name}.map`, name.replace(/js$/, 'd.ts')]);
    expect(besides.filter((name) => !files.includes(name))).toEqual([]);
    expect(files.filter((name) => /^(tests|demo|src|elements)\b/.test(name))).toEqual([]);
  });

  test('a map holds its source, so that a debugger shows it', () => {
    const map = readFileSync(join(packed, 'dist/elements/room-player/room-player.js.map'), 'utf8');
    expect((JSON.parse(map) as { sourcesContent: string[] }).sourcesContent[0]).toContain('export class RoomPlayer');
  });

  test('the file for a script tag needs one other before it runs, whatever its own query says; the loader in pieces is small', () => {
    const file = (name: string): string => readFileSync(join(packed, 'dist/cdn', name), 'utf8');
    const named = (code: string, pattern: RegExp): string[] => [...code.matchAll(pattern)].map(([, name]) => name ?? '');
    const needed = /(?:\bfrom|\bimport)\s*[`'"]\.\/([^`'"]+)/g;
    const before = named(file('roomtone.js'), needed);
    expect(before).toHaveLength(1);
    const code = ['roomtone.js', ...before].map(file).join('\n');
    for (const name of ['room-player', 'chat-room']) expect(code).toMatch(new RegExp(`[\`'"]${name}[\`'"],[\\w$]+\\)`));
    // What the elements hold, languages and moderation come when they are asked for.
    const later = named(code, /import\([`'"]\.\/([^`'"]+)/g);
    for (const name of ['room-player-parts', 'chat-room-parts', 'chat-moderation', 'de', 'ar']) {
      expect(later.join()).toContain(`roomtone-${name}-`);
    }
    expect(code, "Lit's globals").not.toMatch(/(litHtml|litElement|reactiveElement)Versions|litPropertyMetadata\s*\?\?=/);
    for (const piece of later) expect(existsSync(join(packed, 'dist/cdn', piece))).toBe(true);
    // A page that asks for roomtone.js?ver=1 has no second one.
    for (const piece of later) expect(named(file(piece), needed)).not.toContain('roomtone.js');
    expect(file('roomtone-lazy.js').length).toBeLessThan(1500);
    const pieces = [...file('roomtone-lazy.js').matchAll(/import\([`'"]\.\/([^`'"]+)/g)].map(([, name]) => name ?? '');
    expect(pieces.map((name) => name.replace(/-.{8}\.js$/, ''))).toEqual(['roomtone-chat-room', 'roomtone-room-player']);
    for (const piece of pieces) expect(existsSync(join(packed, 'dist/cdn', piece))).toBe(true);
  });
});

test('the file that a CDN serves for the package’s bare address names no other file, with all languages in it', () => {
  const { unpkg, jsdelivr } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as Record<string, string>;
  expect([unpkg, jsdelivr]).toEqual(['./dist/cdn/roomtone.bundle.js', './dist/cdn/roomtone.bundle.js']);
  const code = readFileSync(join(packed, 'dist/cdn/roomtone.bundle.js'), 'utf8');
  expect(code).not.toMatch(/(\bfrom|\bimport\(?)\s*[`'"]\.\.?\//);
  for (const words of ['Connect Spotify', 'Spotify verbinden']) expect(code).toContain(words);
});

/** What a bundler keeps of a page that says only this. Dependencies stay outside, as a bare import at most. */
async function bundle(code: string): Promise<string> {
  const entry = join(consumer, 'entry.js');
  const isDependency = (id: string): boolean => Object.keys(packageJson.dependencies).some((name) => id.startsWith(name));
  const result = (await build({
    configFile: false,
    root: consumer,
    logLevel: 'error',
    plugins: [
      { name: 'entry', resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? code : null) },
    ],
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: entry, external: isDependency },
    },
  })) as Rolldown.RolldownOutput;
  return result.output.flatMap((output) => (output.type === 'chunk' ? [output.code] : [])).join('\n');
}

describe('side effects', () => {
  test.each(["import 'roomtone';", "import { RoomPlayer } from 'roomtone';", "import 'roomtone/chat-room';"])(
    'nothing is left of %s',
    async (code) => {
      expect(await bundle(code)).not.toMatch(/class |customElements/);
    },
  );

  test.each([
    ["import 'roomtone/define';", ['room-player', 'chat-room', 'chat-message']],
    ["import 'roomtone/now-playing/define';", ['now-playing']],
  ])('%s registers', async (code, names) => {
    const kept = await bundle(code);
    for (const name of names) expect(kept).toContain(`define("${name}"`);
  });
});

test('every entry that registers, and nothing else, is listed as a side effect', () => {
  const registers = Object.entries(packageJson.exports).filter(([entry]) => /(^|\/)define$/.test(entry.slice(2)));
  const pattern = (glob: string): RegExp => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
  const listed = (path: string): boolean => packageJson.sideEffects.some((glob) => pattern(glob).test(path));
  for (const [entry, path] of Object.entries(packageJson.exports)) {
    expect([specifier(entry), listed(path)]).toEqual([specifier(entry), registers.some(([name]) => name === entry)]);
  }
});
