import type { PGlite } from '@electric-sql/pglite';
import { App, type Connection, type IAppConfig } from '@supabase/lite';
import { createPgliteConnection } from '@supabase/lite/pglite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { hasCluster, newCluster } from './db-cluster.js';
import { exclusiveKysely } from './db-driver.js';
import { toPostgrestError } from './db-errors.js';
import { applySeed, prepare } from './db-migrations.js';
import { checkServer, openServer, serverOptions } from './db-server.js';
import type { Session } from './db-session.js';

/*
 * What @supabase/lite 0.10 does on PGlite, read in its dist and tried:
 * - `createPgliteConnection({ url })` opens PGlite itself (`connection.driver`); `url` is a folder, none is memory.
 *   Its parsers give int8 as a number and dates as Postgres writes them.
 * - `app.ensureSystemSchema()` makes schema auth (tables, uid(), role(), jwt()) and supabase_migrations; no roles,
 *   nothing of Realtime. It overwrites the auth functions at each start, so ours follow it.
 * - A request to /rest/v1 runs in `kysely.transaction()` with SET LOCAL ROLE and the claims in `request.jwt.*`: RLS
 *   and auth.uid() are Postgres's own. The transaction is not exclusive: see db-driver.ts.
 * - The first request with claims grants ALL on every table of every schema that has RLS to anon and authenticated
 *   (`ensureRlsContext`). That would undo the grants of the migrations, so it is told that it has been done.
 * - `raise exception` in a function becomes a 500 without code and hint: see db-errors.ts.
 * On a server (`createPostgresConnection`) the same holds, but that each of lite's transactions has a connection.
 */

export interface Database {
  /** The one Postgres: what a `Session` has, and nothing else of PGlite. `pg.query` runs as the superuser; `pg.listen('realtime_messages', …)` hears the broadcasts. */
  readonly pg: PGlite;
  /** PostgREST and GoTrue: `app.fetch(request)`. */
  readonly app: App;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A PostgreSQL server's database, 15 or newer, as `postgres://…`, its role a superuser; PGlite when left out. */
  readonly url?: string;
  /** Where PGlite's data stay; made when missing. In memory when left out. */
  readonly dataDir?: string;
  /** Sign-in and API keys, as in lite's `auth` section: `jwt_secret`, `publishable_key`, `secret_key` … */
  readonly auth?: IAppConfig['auth'];
}

/** One Postgres with its two users: lite, by its connection, and the stand-in's own queries. */
interface Engine {
  readonly connection: Connection;
  readonly session: Session;
  close(): Promise<void>;
}

async function openPglite(dataDir: string | undefined): Promise<Engine> {
  const isNew = !dataDir || !(await hasCluster(dataDir));
  const connection = await createPgliteConnection({
    ...(dataDir && { url: dataDir }),
    pgliteOptions: isNew ? { loadDataDir: await newCluster() } : {},
  });
  connection.kysely = exclusiveKysely(connection.driver);
  return { connection, session: connection.driver, close: () => connection.close() };
}

function openOnServer(url: string): Engine {
  const connection = createPostgresConnection({ url, postgresOptions: serverOptions });
  const session = openServer(url);
  return {
    connection,
    session,
    async close() {
      await Promise.all([connection.close(), session.close()]);
    },
  };
}

/** Opens the database with everything in it: the platform's schemas, the project's migrations and seed. */
export async function openDatabase({ url, dataDir, auth }: DatabaseOptions = {}): Promise<Database> {
  const { connection, session, close } = url ? openOnServer(url) : await openPglite(dataDir);
  try {
    if (url) await checkServer(session);
    connection.normalizeDbError = toPostgrestError;
    Reflect.set(connection, 'rlsState', 'active');

    const app = new App({ connection, auth: { ...auth, enabled: true } });
    await prepare(app, session);
    await applySeed(session);
    // Else each of the requests that come before the first of them is answered reads the whole schema, half a second long.
    await connection.introspect({ useCache: true });
    return { pg: session as PGlite, app, close };
  } catch (error) {
    await close();
    throw error;
  }
}
