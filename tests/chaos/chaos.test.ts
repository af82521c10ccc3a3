import { expect, it } from 'vitest';
import { storm } from './storm.js';

const seeds = Number(process.env.ROOMTONE_SEEDS ?? 20);
const first = Number(process.env.ROOMTONE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const members = Number(process.env.ROOMTONE_MEMBERS ?? 50);
const messages = Number(process.env.ROOMTONE_MESSAGES ?? 5000);

it.each(Array.from({ length: seeds }, (_, index) => first + index))(
  `${members} members and ${messages} messages through a storm, seed %i: everybody's log is the database's`,
  async (seed) => {
    console.info(`ROOMTONE_SEED=${seed} ROOMTONE_SEEDS=1`);
    const started = Date.now();
    const tally = await storm({ seed, members, messages, restarts: 2, tokenSeconds: 60, speed: 1, patienceMs: 900_000 });
    const seconds = Math.round((Date.now() - started) / 1000);
    console.info(`${seconds} s: ${Object.entries(tally).map(([what, count]) => `${count} ${what}`).join(', ')}`);
    expect(tally.messages).toBe(messages);
    expect(tally.restarts).toBe(2);
  },
);
