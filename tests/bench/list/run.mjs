// Roomtone's list beside plain baselines and peers, in one run of the chat bench. ROOMTONE_BENCH_DIR is the bench's
// folder, with its packages installed; arguments are handed on to its list.mjs (--peers, --n, --runs, --out …).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const bench = process.env.ROOMTONE_BENCH_DIR;
if (!bench || !existsSync(join(bench, 'list.mjs'))) {
  console.error('Set ROOMTONE_BENCH_DIR to the folder of the chat bench: the one that holds list.mjs.');
  process.exit(1);
}
const adapter = join(import.meta.dirname, 'adapter.ts');
const usual = ['--peers', 'room,lit-window,lit-virtualizer', '--n', '1000,10000,100000', '--runs', '3'];
const given = process.argv.slice(2);
const { status } = spawnSync(process.execPath, ['list.mjs', '--extra', `room=${adapter}`, ...(given.length ? given : usual)], {
  cwd: bench,
  stdio: 'inherit',
});
if (given.length || status) process.exit(status ?? 1);
await import('./burst.mjs');
