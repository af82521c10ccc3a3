import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { openDatabase, type Database, type DatabaseOptions } from '../../demo/services/supabase/database.js';
import { openServer } from '../../demo/services/supabase/db-server.js';

/** Which engine this run is on: a server in the project `PostgreSQL`, PGlite else. */
export const engine = (): 'PostgreSQL' | 'PGlite' | 'missing' => {
  const url = inject('postgresUrl');
  if (url === undefined) return 'PGlite';
  return url === null ? 'missing' : 'PostgreSQL';
};

const template = (): URL => new URL(inject('postgresUrl') ?? '');

/** A database of one's own on the run's server, with all migrations in it. */
export async function createServerDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new URL(template());
  admin.pathname = '/postgres';
  const run = async (statement: string): Promise<void> => {
    const session = openServer(admin.href);
    await session.exec(statement);
    await session.close();
  };
  await run(`create database ${name} template roomtone`);
  const own = new URL(admin);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => run(`drop database ${name} with (force)`) };
}

/** An empty database with all migrations in it, on this run's engine. */
export async function openTestDatabase(options: DatabaseOptions = {}): Promise<Database> {
  if (engine() === 'PGlite') return openDatabase(options);
  const { url, drop } = await createServerDatabase();
  const database = await openDatabase({ ...options, url });
  return {
    ...database,
    async close() {
      await database.close();
      await drop();
    },
  };
}

let shared: Promise<Database> | undefined;

/**
 * The database of this worker, for tests that leave nothing behind: opening one costs more than what a file does with
 * it. It ends with the run.
 */
export const sharedDatabase = (): Promise<Database> => (shared ??= openTestDatabase());
