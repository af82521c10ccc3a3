import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Backend, type BackendOptions } from './backend.js';

/** Where a backend runs. */
export interface Host {
  readonly port: number;
  cut(seed: number, probability: number): Promise<number>;
  stop(): Promise<void>;
  /** Ends it without a word, where it can be ended so. */
  kill(): Promise<void>;
}

/** In this process: enough for a small storm, and up at once. */
export async function hereHost(options: BackendOptions): Promise<Host> {
  const backend = await Backend.start(options);
  const stop = (): Promise<void> => backend.stop();
  return { port: backend.port, cut: async (seed, probability) => backend.cut(seed, probability), stop, kill: stop };
}

/** In a process of its own: it has one core, and its visitors the other. */
export async function processHost(options: BackendOptions): Promise<Host> {
  const child = fork(new URL('./start-backend.mjs', import.meta.url), [JSON.stringify(options)], { stdio: 'inherit' });
  const { port } = (await answerOf(child)) as { port: number };
  return {
    port,
    async cut(seed, probability) {
      child.send({ seed, probability });
      return ((await answerOf(child)) as { cut: number }).cut;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const failed = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Error('The backend ended.');
  });
  failed.catch(() => undefined);
  try {
    const [answer] = (await Promise.race([once(child, 'message'), failed])) as unknown[];
    return answer;
  } finally {
    ended.abort();
  }
}
