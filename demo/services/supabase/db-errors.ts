import { inspect } from 'node:util';

interface PostgresError {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
}

/**
 * What a function raised, as PostgREST answers it: status 400 with the code, message and hint.
 * @supabase/lite 0.10 does not know SQLSTATE P0001 and would say 500; the form below, which PostgREST documents for
 * exceptions that choose their own answer, it does know.
 */
class RaisedException {
  readonly code = 'PGRST';
  readonly message: string;
  readonly detail = JSON.stringify({ status: 400, headers: {} });

  constructor(private readonly raised: PostgresError) {
    const { code, message, detail = null, hint = null } = raised;
    this.message = JSON.stringify({ code, message, details: detail, hint });
  }

  // lite logs every refusal, with the statement and what the visitor wrote: a word is enough.
  [inspect.custom](): string {
    return `refused: ${this.raised.message}`;
  }
}

/** Takes the place of lite's `connection.normalizeDbError`. */
export function toPostgrestError(error: unknown): unknown {
  return isPostgresError(error) && error.code === 'P0001' ? new RaisedException(error) : error;
}

function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
