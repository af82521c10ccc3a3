import { ChatError } from '../gateway.js';
import type { ChatErrorCode } from '../model.js';

/** An error as postgrest-js hands it out. */
export interface RestError {
  readonly message: string;
  readonly code?: string | null;
  readonly hint?: string | null;
}

/** An error as auth-js hands it out. */
export interface AuthFailure {
  readonly name: string;
  readonly message: string;
  readonly status?: number;
  readonly code?: string;
}

/** What the functions of supabase/migrations raise. */
const raised: Readonly<Record<string, ChatErrorCode>> = {
  not_signed_in: 'not-signed-in',
  room_unknown: 'room-unknown',
  not_a_member: 'not-a-member',
  name_invalid: 'name-invalid',
  guests_not_allowed: 'guests-refused',
  message_empty: 'message-empty',
  message_too_long: 'message-too-long',
  track_invalid: 'track-invalid',
  listening_invalid: 'track-invalid',
  // Two UUIDs alike, or one that another account sent before: nothing a visitor can do but write it anew.
  message_id_taken: 'server',
  rate_limited: 'rate-limited',
  slow_mode: 'slow-mode',
  muted: 'muted',
  banned: 'banned',
  not_allowed: 'not-allowed',
  // What the room's settings cannot be, whoever asks. The forms offer nothing of the kind.
  settings_invalid: 'not-allowed',
  // Of a guest whose words go over to an account: nobody reads it, the next visit tries again.
  code_invalid: 'not-allowed',
  message_unknown: 'message-unknown',
  reaction_invalid: 'reaction-invalid',
  reactions_full: 'reactions-full',
  invitation_invalid: 'invitation-invalid',
};

/** @param status of the HTTP answer; postgrest-js says 0 when there was none */
export function restFailure(error: RestError, status: number): ChatError {
  const detail = `${status} ${error.code ?? ''} ${error.message}`.slice(0, 200);
  if (status === 0) return new ChatError('network', detail);
  if (error.code === 'P0001') {
    const code = Object.hasOwn(raised, error.message) ? raised[error.message] : undefined;
    return new ChatError(code ?? 'server', detail, code && seconds(error.hint));
  }
  // PostgREST's words, whichever code it has for them (PGRST303; before PostgREST 13 PGRST301): nothing was looked at, and
  // the next token may do.
  if (status === 401 && error.message.includes('JWT expired')) return new ChatError('token-expired', detail);
  // A token that is no good (PGRST30x), or none where one is needed: PostgREST says 401 to anon for what is not granted.
  if (status === 401 && (error.code?.startsWith('PGRST30') || error.code === '42501')) {
    return new ChatError('not-signed-in', detail);
  }
  // The API gateway in front of PostgREST has messages, and no codes.
  if (status === 401) return new ChatError('key-refused', detail);
  if (status === 429) return new ChatError('rate-limited', detail);
  return new ChatError('server', detail);
}

/** Why signing in as a guest failed. */
export function authFailure(error: AuthFailure): ChatError {
  const detail = `${error.status ?? 0} ${error.code ?? ''} ${error.message}`.slice(0, 200);
  if (isUnreachable(error)) return new ChatError('network', detail);
  if (error.code === 'anonymous_provider_disabled' || error.code === 'signup_disabled') {
    return new ChatError('guests-refused', detail);
  }
  if (error.status === 429) return new ChatError('rate-limited', detail);
  if (error.status === 401) return new ChatError('key-refused', detail);
  return new ChatError('server', detail);
}

/** No answer, or one of a server in trouble: it says nothing about the account. */
export function isUnreachable(error: AuthFailure): boolean {
  return error.name === 'AuthRetryableFetchError';
}

/**
 * Why a channel's join was refused: `{reason: "Code: text"}`. A lost socket gives a CloseEvent, which has a reason as well
 * but a number as its code, or nothing of the kind.
 *
 * @returns null when it was not the server's refusal
 */
export function refusal(error: unknown): ChatError | null {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('reason' in cause) || typeof cause.reason !== 'string') return null;
  if ('code' in cause && typeof cause.code === 'number') return null;
  return endedBecause(cause.reason);
}

/** @param reason as the server put it */
export function endedBecause(reason: string): ChatError {
  const detail = reason.slice(0, 200);
  if (/token|jwt/i.test(reason)) return new ChatError('not-signed-in', detail);
  if (/unauthorized/i.test(reason)) return new ChatError('not-a-member', detail);
  return new ChatError('server', detail);
}

function seconds(hint: string | null | undefined): number | undefined {
  const value = Number(hint ?? NaN);
  return Number.isFinite(value) && value > 0 ? Math.ceil(value) : undefined;
}
