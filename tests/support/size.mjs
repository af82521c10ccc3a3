import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { shorterTemplates } from '../package/build/templates.mjs';
import { withoutUnused } from '../package/build/unused.mjs';
import { visit } from './visit.mjs';

/**
 * `npm run size`: what a page downloads, file by file, min + gzip. `before it runs` is what an entry imports; a visit adds
 * the pieces that it fetches (tests/e2e/pieces.spec.ts compares the list with what a browser asked for). The budget is what
 * a row may weigh, so that nothing grows unseen; the goal, where there is one, is what it has to come down to.
 */
process.env.NODE_ENV = 'production';
const project = resolve(import.meta.dirname, '../..');
const kilo = 1024;

const supabase = /^@supabase\//;
const rows = [
  { name: 'script tag, before it runs', file: 'roomtone.ts', goal: 45 },
  { name: 'script tag, a visit that chats and plays', file: 'roomtone.ts', visit, budget: 146, goal: 100 },
  { name: '… of that without supabase-js', file: 'roomtone.ts', visit, external: [supabase], budget: 127.4, goal: 45 },
  { name: 'script tag, everything in one file', file: 'roomtone.ts', mode: 'bundle', budget: 198 },
  { name: 'room-player alone, before it runs', file: 'room-player/define.ts', goal: 25 },
  { name: 'room-player alone, a visit that plays', file: 'room-player/define.ts', visit: ['room-player/parts'], budget: 64.3, goal: 25 },
  { name: 'chat-room alone, before it runs', file: 'chat-room/define.ts', goal: 80 },
  { name: 'chat-room alone, a visit that chats', file: 'chat-room/define.ts', visit: ['chat-room/parts'], budget: 104.7, goal: 80 },
];

/** As the file for a script tag is built: vite.config.ts says why. */
async function chunksOf({ file, external = [], mode = 'production' }) {
  const entry = file === 'roomtone.ts';
  const { output } = await build({
    ...(entry ? { configFile: resolve(project, 'vite.config.ts') } : { configFile: false, root: project, plugins: [shorterTemplates(), withoutUnused()] }),
    mode,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      sourcemap: false,
      modulePreload: false,
      rolldownOptions: entry ? { external } : { input: resolve(project, 'elements', file), external, preserveEntrySignatures: 'strict' },
    },
  });
  return output.filter(({ type }) => type === 'chunk');
}

function weigh(chunks, pieces) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const wanted = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const piece of pieces) {
    const found = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/elements/${piece}.ts`));
    if (!found) throw new Error(`No file of the build is for elements/${piece}.ts.`);
    wanted.add(found);
  }
  for (const { imports } of wanted) for (const name of imports) if (byName.has(name)) wanted.add(byName.get(name));
  const sum = (list, size) => Number((list.reduce((total, { code }) => total + size(code), 0) / kilo).toFixed(1));
  const gzip = (code) => gzipSync(code, { level: 9 }).length;
  return {
    files: wanted.size,
    'min KiB': sum([...wanted], (code) => Buffer.byteLength(code)),
    'gzip KiB': sum([...wanted], gzip),
    'brotli KiB': sum([...wanted], (code) => brotliCompressSync(code).length),
    'on demand (gzip) KiB': sum(chunks.filter((chunk) => !wanted.has(chunk)), gzip),
  };
}

const built = new Map();
const table = {};
let over = 0;
for (const { name, visit: pieces = [], budget, goal, ...what } of rows) {
  const key = JSON.stringify([what.file, what.mode, what.external?.length]);
  if (!built.has(key)) built.set(key, await chunksOf(what));
  const weight = weigh(built.get(key), pieces);
  const limit = budget ?? goal;
  const fits = weight['gzip KiB'] <= limit;
  if (!fits) over++;
  table[name] = { ...weight, 'budget KiB': limit, 'goal KiB': goal ?? limit, '': !fits ? 'OVER' : weight['gzip KiB'] <= (goal ?? limit) ? 'ok' : 'over the goal' };
}
console.table(table);
process.exit(over ? 1 : 0);
