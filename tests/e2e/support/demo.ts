import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../../..');
const firstPort = Number(process.env.ROOMTONE_E2E_PORT ?? 5_199);

/** A demo of one's own: started as a newcomer starts it, but on a port and data of its own. */
export interface Demo {
  readonly url: string;
  /** The folder of its data and of the secret that signs its tokens. */
  readonly data: string;
  stop(): Promise<void>;
}

/** @param index of the worker: each has its own backend, so that two may run beside each other */
export async function startDemo(index: number): Promise<Demo> {
  const port = firstPort + index;
  const url = `http://127.0.0.1:${port}/`;
  const data = mkdtempSync(join(tmpdir(), 'roomtone-e2e-'));
  const child = spawn(process.execPath, ['demo/start.mjs'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A cache of its own too: two servers that bundle dependencies at one time would disturb each other.
    env: { ...process.env, PORT: String(port), ROOMTONE_DATA: data, ROOMTONE_CACHE: join(data, 'cache'), ROOMTONE_WATCH: 'off' },
  });
  const ended = once(child, 'exit');
  // A worker that is ended before the demo is up never comes to stop it.
  process.once('exit', () => child.kill('SIGKILL'));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const isUp = new Promise<boolean>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.toString().includes(url) && resolve(true));
    child.once('exit', () => resolve(false));
  });
  if (!(await isUp)) throw new Error(`The demo did not start on port ${port}.`);
  return { url, data, stop };
}
