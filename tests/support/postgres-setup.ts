import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../demo/services/supabase/database.js';
import { openServer } from '../../demo/services/supabase/db-server.js';
import { startPostgres } from './postgres.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server's database `roomtone` with all migrations in it, a template; null where there is no server. */
    postgresUrl: string | null;
  }
}

/** One server for a run of the SQL tests, and one database that each test file copies. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const server = await startPostgres();
  project.provide('postgresUrl', server?.url('roomtone') ?? null);
  if (!server) {
    console.error(
      'PostgreSQL 15 is not installed and could not be (Debian: apt-get install postgresql-15): ' +
        'this half of the SQL tests is skipped and counts as missing.',
    );
    return;
  }
  try {
    const session = openServer(server.url('postgres'));
    await session.exec('create database roomtone');
    await session.close();
    await (await openDatabase({ url: server.url('roomtone') })).close();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return () => server.stop();
}
