import type { PGlite, Transaction } from '@electric-sql/pglite';
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely';

/**
 * One request's turn on the single session that PGlite has.
 *
 * @supabase/lite 0.10 sends BEGIN, SET ROLE and COMMIT as plain queries without a lock, so that two requests at a time
 * run in one transaction and with each other's role. Here a transaction of lite is a transaction of PGlite: all other
 * queries, ours included, wait for its end.
 */
class ExclusiveConnection implements DatabaseConnection {
  private transaction: Transaction | null = null;
  private settled: Promise<void> = Promise.resolve();
  private end: (commit: boolean) => void = () => {};

  constructor(private readonly pg: PGlite) {}

  begin(): Promise<void> {
    return new Promise((begun, failed) => {
      this.settled = this.pg.transaction(async (transaction) => {
        this.transaction = transaction;
        const ended = new Promise<boolean>((resolve) => (this.end = resolve));
        begun();
        if (!(await ended)) await transaction.rollback();
      });
      // Once begun, this changes nothing: finish() hands a failed COMMIT on.
      this.settled.catch(failed);
    });
  }

  async finish(commit: boolean): Promise<void> {
    this.transaction = null;
    this.end(commit);
    await this.settled;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const session = this.transaction ?? this.pg;
    const { rows, affectedRows } = await session.query<R>(query.sql, [...query.parameters]);
    return { rows, numAffectedRows: affectedRows === undefined ? undefined : BigInt(affectedRows) };
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('PGlite does not stream.');
  }
}

class ExclusiveDriver implements Driver {
  constructor(private readonly pg: PGlite) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<ExclusiveConnection> {
    return new ExclusiveConnection(this.pg);
  }

  beginTransaction(connection: ExclusiveConnection): Promise<void> {
    return connection.begin();
  }

  commitTransaction(connection: ExclusiveConnection): Promise<void> {
    return connection.finish(true);
  }

  rollbackTransaction(connection: ExclusiveConnection): Promise<void> {
    return connection.finish(false);
  }

  async releaseConnection(): Promise<void> {}

  // Whoever opened PGlite closes it.
  async destroy(): Promise<void> {}
}

/** The query builder that lite works with, on a PGlite that is shared. */
export function exclusiveKysely<DB>(pg: PGlite): Kysely<DB> {
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ExclusiveDriver(pg),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}
