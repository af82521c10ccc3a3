import postgres, { type ReservedSql, type Sql } from 'postgres';
import type { Queries, Rows, Session } from './db-session.js';

const asWritten = (value: string): string => value;
const json = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Values come as @supabase/lite's PGlite gives them, and strings for JSON go as they are. */
const types = {
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
  json: { to: 114, from: [114], serialize: json, parse: (text: string): unknown => JSON.parse(text) },
  jsonb: { to: 3802, from: [3802], serialize: json, parse: (text: string): unknown => JSON.parse(text) },
  dates: { to: 1184, from: [1082, 1083, 1114, 1184, 1266], serialize: asWritten, parse: asWritten },
};

/**
 * What lite's own client of a server is given as well: it hands on JSON that is text already. Notices are the
 * migrations' own chatter.
 */
export const serverOptions = { onnotice: () => {}, types: { json: types.json, jsonb: types.jsonb } };

function queriesOf(sql: Sql | ReservedSql): Queries {
  return {
    async query<T>(text: string, parameters: unknown[] = []): Promise<Rows<T>> {
      const rows = await sql.unsafe(text, parameters as postgres.ParameterOrJSON<never>[]);
      return { rows: [...rows] as T[], affectedRows: rows.count };
    },
    exec: (text) => sql.unsafe(text).simple(),
  };
}

export interface ServerSession extends Session {
  close(): Promise<void>;
}

const oldest = 15;

/** @throws a sentence for whoever starts the services when the server is not there or too old */
export async function checkServer(session: Session): Promise<void> {
  let version: number;
  try {
    const { rows } = await session.query<{ version: string }>("select current_setting('server_version_num') as version");
    version = Math.floor(Number(rows[0]?.version) / 10_000);
  } catch (error) {
    // Not the address, which may hold a password.
    const why = error instanceof Error ? error.message || ('code' in error ? String(error.code) : '') : String(error);
    throw new Error(`The PostgreSQL server of DATABASE_URL cannot be used: ${why}`);
  }
  if (version < oldest) throw new Error(`The PostgreSQL server of DATABASE_URL is version ${version}; it must be ${oldest} or newer.`);
}

/** A session on a PostgreSQL server. Unlike PGlite's it runs several transactions at a time. */
export function openServer(url: string): ServerSession {
  const sql = postgres(url, { ...serverOptions, max: 5, types, connection: { TimeZone: 'UTC' } });
  return {
    ...queriesOf(sql),

    async transaction(body) {
      const reserved = await sql.reserve();
      let open = false;
      const end = async (command: 'commit' | 'rollback'): Promise<void> => {
        if (!open) return;
        open = false;
        await reserved.unsafe(command);
      };
      try {
        await reserved.unsafe('begin');
        open = true;
        const result = await body({ ...queriesOf(reserved), rollback: () => end('rollback') });
        await end('commit');
        return result;
      } catch (error) {
        await end('rollback');
        throw error;
      } finally {
        reserved.release();
      }
    },

    async listen(channel, hear) {
      const { unlisten } = await sql.listen(channel, hear);
      return () => unlisten();
    },

    close: () => sql.end({ timeout: 5 }),
  };
}
