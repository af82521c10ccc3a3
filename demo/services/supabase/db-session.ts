/*
 * What the stand-in asks of a Postgres: PGlite has it, and db-server.ts gives it of a server. Named as PGlite names it.
 */

export interface Rows<T> {
  readonly rows: T[];
  readonly affectedRows?: number;
}

export interface Queries {
  query<T = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<Rows<T>>;
  /** Several statements, without parameters. */
  exec(text: string): Promise<unknown>;
}

export interface SessionTransaction extends Queries {
  rollback(): Promise<void>;
}

export interface Session extends Queries {
  /** Commits when the body is done, unless it rolled back; rolls back when it throws. */
  transaction<T>(body: (transaction: SessionTransaction) => Promise<T>): Promise<T>;
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>;
}
