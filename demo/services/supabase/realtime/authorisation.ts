import { randomUUID } from 'node:crypto';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { TokenClaims } from '../jwt.js';

/*
 * May this caller read or write this topic? Asked as the real server asks (lib/realtime/tenants/authorization.ex): by
 * trying it on realtime.messages under the project's own policies, in a transaction that is rolled back.
 */

export type Extension = 'broadcast' | 'presence';
/** Absent: not asked yet. */
export type Permissions = Readonly<Partial<Record<Extension, boolean>>>;

export interface Authorisation {
  /** Reads: which probe rows the caller finds among those that the service wrote. */
  read(claims: TokenClaims, topic: string, extensions: readonly Extension[]): Promise<Permissions>;
  /** Writes: which probe rows the caller may insert. */
  write(claims: TokenClaims, topic: string, extensions: readonly Extension[]): Promise<Permissions>;
}

const insufficientPrivilege = '42501';

async function become(transaction: Transaction, claims: TokenClaims, topic: string): Promise<void> {
  await transaction.query(
    `select set_config('role', $1, true), set_config('realtime.topic', $2, true),
            set_config('request.jwt.claims', $3, true), set_config('request.jwt.claim.sub', $4, true),
            set_config('request.jwt.claim.role', $1, true), set_config('request.headers', '{}', true)`,
    [claims.role, topic, JSON.stringify(claims), claims.sub ?? ''],
  );
}

export function createAuthorisation(pg: PGlite): Authorisation {
  const rolledBack = <T>(run: (transaction: Transaction) => Promise<T>): Promise<T> =>
    pg.transaction(async (transaction) => {
      const result = await run(transaction);
      await transaction.rollback();
      return result;
    });

  const read: Authorisation['read'] = (claims, topic, extensions) =>
    rolledBack(async (transaction) => {
      const probes = extensions.map((extension) => ({ extension, id: randomUUID() }));
      for (const { extension, id } of probes) {
        const row = [id, topic, extension];
        await transaction.query('insert into realtime.messages (id, topic, extension) values ($1, $2, $3)', row);
      }
      await become(transaction, claims, topic);
      const { rows } = await transaction.query<{ id: string }>(
        'select id from realtime.messages where id = any($1::uuid[])',
        [probes.map(({ id }) => id)],
      );
      const found = new Set(rows.map(({ id }) => id));
      return Object.fromEntries(probes.map(({ extension, id }) => [extension, found.has(id)]));
    });

  const write: Authorisation['write'] = (claims, topic, extensions) =>
    rolledBack(async (transaction) => {
      await become(transaction, claims, topic);
      const permissions: Partial<Record<Extension, boolean>> = {};
      for (const extension of extensions) permissions[extension] = await mayInsert(transaction, topic, extension);
      return permissions;
    });

  return { read: guarded(read), write: guarded(write) };
}

async function mayInsert(transaction: Transaction, topic: string, extension: Extension): Promise<boolean> {
  await transaction.exec('savepoint probe');
  try {
    // Not RETURNING: that would ask for the right to read as well.
    await transaction.query('insert into realtime.messages (topic, extension) values ($1, $2)', [topic, extension]);
    return true;
  } catch (error) {
    if (!isDatabaseError(error) || error.code !== insufficientPrivilege) throw error;
    return false;
  } finally {
    await transaction.exec('rollback to savepoint probe');
  }
}

/** A policy that fails, or a role that does not exist, allows nothing; the developer reads why. */
function guarded(ask: Authorisation['read']): Authorisation['read'] {
  return async (claims, topic, extensions) => {
    try {
      return await ask(claims, topic, extensions);
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      console.warn(`Realtime: the policies on realtime.messages failed for role ${claims.role}: ${error.message}`);
      return Object.fromEntries(extensions.map((extension) => [extension, false]));
    }
  };
}

/** Postgres's own errors carry a SQLSTATE; a closed database or a bug does not. */
const isDatabaseError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code);
