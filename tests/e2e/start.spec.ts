import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { openWriters } from './support/history.ts';

/** What `npm start` does beyond showing the page: it is started here as a newcomer starts it. */
const port = Number(process.env.ROOMTONE_E2E_PORT ?? 5_199) + 12;
const address = `http://127.0.0.1:${port}/`;
const project = join(import.meta.dirname, '../..');

interface Started {
  readonly child: ChildProcess;
  readonly up: Promise<void>;
  readonly ended: Promise<Run>;
}

const runs: Started[] = [];

interface Run {
  readonly output: string;
  readonly code: number | null;
}

function start(data: string, options: { args?: string[]; port?: string } = {}): Started {
  const child = spawn(process.execPath, ['demo/start.mjs', ...(options.args ?? [])], {
    cwd: project,
    // The source, and not the build that the other tests are given.
    env: { ...process.env, ROOMTONE_BUILT: '', PORT: options.port ?? String(port), ROOMTONE_DATA: data, ROOMTONE_WATCH: 'off' },
  });
  let output = '';
  let tell = (): void => undefined;
  const up = new Promise<void>((resolve) => (tell = resolve));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(address)) tell();
    });
  }
  const ended = new Promise<Run>((resolve) => child.once('exit', (code) => resolve({ output, code })));
  const run = { child, up, ended };
  runs.push(run);
  return run;
}

test.describe('npm start', () => {
  let data: string;
  test.beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'roomtone-start-'));
  });
  test.afterEach(async () => {
    for (const { child, ended } of runs.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  });

  test('is up within 15 s, prints its address, keeps its data over a restart, and empties them when asked', async ({ browser }) => {
    const page = await (await browser.newContext()).newPage();
    const history = page.getByRole('log', { name: 'Messages' });
    const words = `Kept ${Date.now()}`;

    // `npm test` runs this alone; beside another worker, the quickest of three counts.
    const took: number[] = [];
    const timed = async (run: Started): Promise<Started> => {
      const began = Date.now();
      await run.up;
      took.push(Date.now() - began);
      return run;
    };
    const first = await timed(start(data));
    const [writer] = await openWriters(address, 1);
    await writer?.say(words);
    await page.goto(address);
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ann');
    await page.getByRole('button', { name: 'Join' }).click();
    await expect(history.getByText(words)).toBeVisible();
    // Vite's client reloads a page whose server comes back: this one waits elsewhere.
    await page.goto('about:blank');
    first.child.kill('SIGTERM');
    const { code, output } = await first.ended;
    expect(code).toBe(0);
    expect(output.match(/https?:\/\/\S+/g)).toEqual([address]);

    const second = await timed(start(data));
    await page.goto(address);
    // The guest is known, and so is what was written.
    await expect(history.getByText(words)).toBeVisible();
    await page.goto('about:blank');
    second.child.kill('SIGTERM');
    await second.ended;

    const third = await timed(start(data, { args: ['--reset'] }));
    expect(Math.min(...took)).toBeLessThan(15_000);
    await page.goto(address);
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ann');
    await page.getByRole('button', { name: 'Join' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeEditable();
    await expect(history.getByText(words)).toHaveCount(0);
    third.child.kill('SIGTERM');
    await third.ended;
    await page.context().close();
  });

  test('a taken port is a sentence, not a stack', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    const { output, code } = await start(data).ended;
    await new Promise((resolve) => taken.close(resolve));
    expect(code).toBe(1);
    expect(output.trim()).toBe(`Port ${port} is taken. Choose another one, for example: PORT=${port + 1} npm start`);
  });

  test('a port that is no port, and an unknown option, are sentences too', async () => {
    expect((await start(data, { port: 'eighty' }).ended).output.trim()).toBe('PORT must be a whole number from 1 to 65535, not "eighty".');
    expect((await start(data, { args: ['--rest'] }).ended).output).toContain('"--rest" is not an option.');
  });

  test('data that another demo uses are left alone', async () => {
    const first = start(data);
    await first.up;
    const { output, code } = await start(data, { port: String(port + 1) }).ended;
    expect(code).toBe(1);
    expect(output).toContain('in use by another demo');
    first.child.kill('SIGTERM');
    await first.ended;
  });
});
