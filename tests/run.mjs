import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findBrowsers, installMissing } from './support/browsers.mjs';

/**
 * `npm test`: every runner, and one line at the end over all of them. What keeps to a clock goes alone. What starts browsers
 * goes one after the other, since two cores bear no more than two; beside it, what neither starts one nor keeps to a clock.
 * `--quick`: what a developer's own loop needs, in under a minute.
 */
const quick = process.argv.includes('--quick');
const project = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'roomtone-tests-'));

const node = (script, ...args) => [process.execPath, [join(project, 'node_modules', script), ...args]];
const tsc = (config) => node('typescript/bin/tsc', '-p', config);
const vitest = (summary, ...paths) =>
  node('vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${summary}`, ...paths);

const fromVitest = ({ numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites }) => ({
  passed: numPassedTests,
  // A suite that cannot be loaded has no tests to fail.
  failed: numFailedTests || (numFailedTestSuites ? 1 : 0),
  skipped: numPendingTests,
});
const endToEnd = ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped });

/** Steps without a `count` of their own pass or fail as one. */
const steps = [
  { name: 'types of src and elements', command: () => tsc('tsconfig.json') },
  { name: 'types of demo and tests', command: () => tsc('tests/tsconfig.json'), full: true },
  { name: 'lint', command: () => node('eslint/bin/eslint.js', '.', '--max-warnings=0') },
  { name: 'what a page downloads', command: () => [process.execPath, [join(project, 'tests/support/size.mjs')]], full: true },
  {
    name: 'unit tests',
    command: (summary) => vitest(summary, ...(quick ? ['tests/src'] : ['tests/src', 'tests/demo', 'tests/support'])),
    count: fromVitest,
    alone: true,
  },
  {
    name: 'npm start',
    command: () => node('playwright/cli.js', 'test', '--project=start'),
    // It starts from the source: nothing has to be built.
    env: (summary) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: summary, ROOMTONE_BUILT: '' }),
    count: endToEnd,
    alone: true,
    full: true,
  },
  {
    name: 'SQL tests',
    command: (summary) => vitest(summary, 'tests/sql'),
    count: fromVitest,
    full: true,
  },
  {
    name: 'the package as it is published',
    command: (summary) =>
      node('vitest/vitest.mjs', 'run', '--config', 'tests/package/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${summary}`),
    count: fromVitest,
    full: true,
  },
  {
    name: quick ? 'component tests in Chromium' : 'component tests in Chromium, Firefox and WebKit',
    command: () => node('@web/test-runner/dist/bin.js'),
    env: (summary) => ({ ROOMTONE_SUMMARY: summary, ...(quick ? { ROOMTONE_BROWSERS: 'chromium' } : {}) }),
    count: (counts) => counts,
    browsers: true,
  },
  {
    name: 'end-to-end tests',
    command: () => node('playwright/cli.js', 'test', '--project=rooms'),
    env: (summary) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: summary }),
    count: endToEnd,
    browsers: true,
    full: true,
  },
];

/** Output comes step by step, whole: two lanes that write at one time could not be read. */
function run([program, args], env) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    const end = () => done({ ok: child.exitCode === 0, output: Buffer.concat(output) });
    child.once('close', end);
    // Something it left behind may hold its output open: that is no reason to wait for ever.
    child.once('exit', () => setTimeout(end, 5_000).unref());
  });
}

async function runStep({ name, command, env, count }, index) {
  const summary = join(scratch, `${index}.json`);
  const started = Date.now();
  console.log(`… ${name}`);
  const { ok, output } = await run(command(summary), env?.(summary));
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(`\n── ${name}, ${seconds} s\n`);
  process.stdout.write(output);
  let counts = { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  if (count) {
    try {
      counts = count(JSON.parse(readFileSync(summary, 'utf8')));
    } catch {
      // No summary: the runner ended before it ran a test.
      counts = { passed: 0, failed: 1, skipped: 0 };
    }
    // A runner that fails without a failed test (an unhandled rejection, say) has failed all the same.
    if (!ok && counts.failed === 0) counts = { ...counts, failed: 1 };
  }
  return { name, ...counts, seconds };
}

/** One lane: its steps in their order. */
async function runLane(lane) {
  const results = [];
  for (const step of lane) results.push(await runStep(step, steps.indexOf(step)));
  return results;
}

const missing = quick ? Object.entries(await findBrowsers()).filter(([name, path]) => name === 'chromium' && !path).map(([name]) => name) : await installMissing();
const results = [];
if (missing.length) {
  console.error(`Missing: ${missing.join(', ')}. "npm run browsers" says what to install.`);
  results.push({ name: `browsers: ${missing.join(', ')} missing`, passed: 0, failed: missing.length, skipped: 0, seconds: 0 });
} else {
  const chosen = steps.filter(({ full }) => !quick || !full);
  results.push(...(await runLane(chosen.filter(({ alone }) => alone))));
  const lanes = [true, false].map((browsers) => chosen.filter((step) => !step.alone && Boolean(step.browsers) === browsers));
  results.push(...(await Promise.all(lanes.map(runLane))).flat());
}
rmSync(scratch, { recursive: true, force: true });

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log('');
console.table(Object.fromEntries(results.map(({ name, ...counts }) => [name, counts])));
if (sum('skipped')) console.log(`${sum('skipped')} skipped`);
// The last line is read by machines: nothing else may stand on it.
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') ? 1 : 0);
