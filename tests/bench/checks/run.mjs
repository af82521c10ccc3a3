// What a page pays for embedding a player and a room, beside peers: the bench's checks of a strict policy, of accessibility, of
// what is left in the page and asked of others, and of Enter within a composition. Imports in Node: tests/package/node.test.ts. ROOMTONE_BENCH_DIR is the bench's folder,
// with its packages installed; names of peers that are given are checked as well. Exits with 1 where Roomtone has a finding.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { noGlobals } from '../../package/build/no-globals.mjs';

const bench = process.env.ROOMTONE_BENCH_DIR;
if (!bench || !existsSync(join(bench, 'checks.mjs'))) {
  console.error('Set ROOMTONE_BENCH_DIR to the folder of the chat bench: the one that holds checks.mjs.');
  process.exit(1);
}
// As it is built for a script tag.
const folder = mkdtempSync(join(tmpdir(), 'roomtone-checks-'));
await build({
  configFile: false,
  logLevel: 'warn',
  plugins: [noGlobals()],
  build: {
    outDir: folder,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: join(import.meta.dirname, 'adapter.ts'),
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'adapter.js' },
    },
  },
});
const peers = ['room', ...process.argv.slice(2)].join(',');
spawnSync(process.execPath, ['checks.mjs', peers, `--extra=room=${join(folder, 'adapter.js')}`], { cwd: bench, stdio: 'inherit' });
rmSync(folder, { recursive: true, force: true });

const { csp, axe, net, leaks, ime, cspErr, err } = JSON.parse(readFileSync(join(bench, 'checks.json'), 'utf8')).find(({ peer }) => peer === 'room');
const findings = {
  'did not run': [cspErr, err].filter(Boolean),
  'strict CSP': Object.keys(csp ?? {}),
  axe: axe ?? ['not run'],
  'third parties': net,
  head: leaks?.headStyles ? [leaks.headStyles] : [],
  // The bench counts a name of its own as well.
  globals: leaks?.globals.filter((name) => name !== 'G0') ?? ['not read'],
  composition: ime?.endsWith('=> ok') ? [] : [ime],
};
console.log('Roomtone:', Object.entries(findings).map(([name, found]) => `${name} ${found.length}`).join(', '));
process.exit(Object.values(findings).some(({ length }) => length) ? 1 : 0);
