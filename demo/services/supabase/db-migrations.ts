import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { App } from '@supabase/lite';
import type { Session } from './db-session.js';

const projectFolder = new URL('../../../supabase/', import.meta.url);
/** As the CLI takes them: `<timestamp>_<name>.sql`; other files in the folder are none. */
const migrationName = /^(?<version>\d+)_(?<name>.+)\.sql$/;

export interface Migration {
  readonly version: string;
  readonly name: string;
  readonly sql: string;
}

/** The project's migrations in the order of their versions. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const folder = new URL('migrations/', projectFolder);
  const files = (await readdir(folder)).sort();
  const migrations = files.map(async (file): Promise<Migration[]> => {
    const { version, name } = migrationName.exec(file)?.groups ?? {};
    if (!version || !name) return [];
    return [{ version, name, sql: await readFile(new URL(file, folder), 'utf8') }];
  });
  return (await Promise.all(migrations)).flat();
}

/**
 * Applies what is new, each migration in a transaction of its own, and records it where the CLI does
 * (lite makes the table).
 *
 * @throws when a migration was changed after it was applied to this database
 */
export async function applyMigrations(pg: Session): Promise<void> {
  const { rows } = await pg.query<{ version: string; statements: string[] }>(
    'select version, statements from supabase_migrations.schema_migrations',
  );
  const applied = new Map(rows.map(({ version, statements }) => [version, statements.join('')]));
  for (const { version, name, sql } of await readMigrations()) {
    const known = applied.get(version);
    if (known === sql) continue;
    if (known !== undefined) {
      throw new Error(
        `The migration ${version}_${name}.sql is not the one that made this database. ` +
          'Start once with --reset to empty it; on a server of your own, give DATABASE_URL an empty database.',
      );
    }
    await pg.transaction(async (transaction) => {
      await transaction.exec(sql);
      await transaction.query(
        'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
        [version, name, [sql]],
      );
    });
  }
}

/** What the platform has, and the project's migrations: all that stands in a database before anybody writes to it. */
export async function prepare(app: App, pg: Session): Promise<void> {
  await app.ensureSystemSchema();
  await pg.exec(await readPlatform());
  await applyMigrations(pg);
}

/** Runs seed.sql when it is new or changed. It is written so that running it again does no harm. */
export async function applySeed(pg: Session): Promise<void> {
  const file = new URL('seed.sql', projectFolder);
  const sql = await readFile(file, 'utf8');
  const hash = createHash('sha256').update(sql).digest('hex');
  await pg.transaction(async (transaction) => {
    const { rows } = await transaction.query<{ hash: string }>(
      "select hash from supabase_migrations.seed_files where path = 'supabase/seed.sql'",
    );
    if (rows[0]?.hash === hash) return;
    await transaction.exec(sql);
    await transaction.query(
      `insert into supabase_migrations.seed_files (path, hash) values ('supabase/seed.sql', $1)
       on conflict (path) do update set hash = excluded.hash`,
      [hash],
    );
  });
}

/** The statements of schema-platform.sql. */
export function readPlatform(): Promise<string> {
  return readFile(fileURLToPath(new URL('schema-platform.sql', import.meta.url)), 'utf8');
}
