import { afterAll, beforeAll, expect, it } from 'vitest';
import { openServer } from '../../demo/services/supabase/db-server.js';
import { startPostgres } from '../support/postgres.js';
import { storm, type StormOptions, type Tally } from './storm.js';

const seeds = Number(process.env.ROOMTONE_SEEDS ?? 20);
const first = Number(process.env.ROOMTONE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const members = Number(process.env.ROOMTONE_MEMBERS ?? 50);
const messages = Number(process.env.ROOMTONE_MESSAGES ?? 5000);
/** PostgreSQL where it is installed, or where `DATABASE_URL` leads; `pglite` for what `npm start` has. */
const engine = process.env.ROOMTONE_ENGINE ?? 'postgres';

const everyFault = [
  'edits',
  'deletions',
  'reactions',
  'reloads',
  'wakes',
  'lines cut',
  'frames dropped',
  'frames doubled',
  'frames held',
  'frames stalled',
  'requests lost',
  'requests slow',
  'answers lost',
  'tokens given too late',
  'tokens ended on a line',
  'requests in the dark',
  'joins refused',
];

let server: { url(database: string): string; stop(): Promise<void> } | null = null;

beforeAll(async () => {
  if (engine !== 'postgres') return;
  const given = process.env.DATABASE_URL;
  server = given
    ? { url: (database) => Object.assign(new URL(given), { pathname: `/${database}` }).href, stop: async () => undefined }
    : await startPostgres();
});
afterAll(() => server?.stop());

/** Calls `run` with the address of a database that lives as long as that. */
async function withDatabase<T>(name: string, run: (url: string | undefined) => Promise<T>): Promise<T> {
  if (!server) return run(undefined);
  const admin = openServer(process.env.DATABASE_URL ?? server.url('postgres'));
  try {
    await admin.exec(`create database ${name}`);
    return await run(server.url(name));
  } finally {
    await admin.exec(`drop database if exists ${name} with (force)`);
    await admin.close();
  }
}

const common = { restarts: 2, darkSeconds: 40, refusedSeconds: 75, tokenSeconds: 20, apart: true, patienceMs: 900_000 } as const;

/** @returns what happened, which it prints */
async function run(options: Omit<StormOptions, keyof typeof common>): Promise<Tally> {
  const started = Date.now();
  const tally = await withDatabase(`chaos_${options.seed}`, (databaseUrl) =>
    storm({ ...common, ...options, ...(databaseUrl && { databaseUrl }) }),
  );
  const seconds = Math.round((Date.now() - started) / 1000);
  console.info(`${seconds} s: ${Object.entries(tally).map(([what, count]) => `${count} ${what}`).join(', ')}`);
  expect(tally.messages).toBe(options.messages);
  expect(tally.restarts).toBe(2);
  return tally;
}

it.each(Array.from({ length: seeds }, (_, index) => first + index))(
  `${members} members and ${messages} messages through a storm, seed %i: everybody's log is the database's`,
  async (seed) => {
    console.info(`ROOMTONE_SEED=${seed} ROOMTONE_SEEDS=1 on ${server ? 'PostgreSQL' : 'PGlite'}`);
    const tally = await run({ seed, members, messages, speed: 2 });
    // A storm in which one of these never happened would show less than it says.
    for (const fault of everyFault) expect(tally[fault], fault).toBeGreaterThan(0);
  },
);

it(`20 members and 400 messages at the pace that the database keeps, on the Free plan, seed ${first}: the same`, async () => {
  const tally = await run({ seed: first, members: 20, messages: 400, speed: 1, plan: 'free' });
  for (const fault of ['writes put off', 'lines over a limit', 'lines cut', 'joins refused', 'edits', 'deletions', 'reactions']) {
    expect(tally[fault], fault).toBeGreaterThan(0);
  }
});
