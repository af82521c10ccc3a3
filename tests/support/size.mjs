import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { shorterTemplates } from '../package/build/templates.mjs';

/**
 * `npm run size`: what a page downloads for each entry before it runs, dependencies included. The budget is what it may weigh today, so
 * that nothing grows unseen; the goal is what it has to come down to.
 */
const project = resolve(import.meta.dirname, '../..');
const kilo = 1024;

const entries = [
  { name: 'roomtone (all, with supabase-js)', file: 'elements/roomtone.ts', budget: 165 * kilo, goal: 100 * kilo },
  { name: 'roomtone without supabase-js', file: 'elements/roomtone.ts', budget: 112 * kilo, goal: 45 * kilo, external: [/^@supabase\//] },
  { name: 'room-player alone', file: 'elements/room-player/define.ts', budget: 56 * kilo, goal: 25 * kilo },
  { name: 'chat-room alone, with supabase-js', file: 'elements/chat-room/define.ts', budget: 125 * kilo, goal: 80 * kilo },
];

async function bundle({ file, external = [] }) {
  const result = await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    plugins: [shorterTemplates()],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: resolve(project, file), external, preserveEntrySignatures: 'strict' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap(({ output }) => output);
  const chunks = new Map(outputs.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
  const first = new Set();
  const need = (chunk) => {
    if (first.has(chunk)) return;
    first.add(chunk);
    for (const name of chunk.imports) if (chunks.has(name)) need(chunks.get(name));
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) need(chunk);
  const later = [...chunks.values()].filter((chunk) => !first.has(chunk));
  return { first: joined([...first]), later: joined(later) };
}

const joined = (chunks) => Buffer.from(chunks.map(({ code }) => code).join('\n'));

const kib = (bytes) => Number((bytes / kilo).toFixed(1));
const rows = {};
let over = 0;
for (const entry of entries) {
  const { first: code, later } = await bundle(entry);
  const gzip = gzipSync(code, { level: 9 }).length;
  const fits = gzip <= entry.budget;
  if (!fits) over++;
  rows[entry.name] = {
    'min KiB': kib(code.length),
    'gzip KiB': kib(gzip),
    'brotli KiB': kib(brotliCompressSync(code).length),
    'budget (gzip) KiB': kib(entry.budget),
    'goal (gzip) KiB': kib(entry.goal),
    'on demand (gzip) KiB': kib(gzipSync(later, { level: 9 }).length),
    '': fits ? 'ok' : 'OVER',
  };
}
console.table(rows);
process.exit(over ? 1 : 0);
