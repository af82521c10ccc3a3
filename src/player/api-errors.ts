import { record, text } from './parse.js';
import { PlayerError } from './engine.js';
import type { PlayerErrorCode } from './snapshot.js';

/** Spotify counts over a rolling 30 s; a page cannot read `Retry-After` where the CORS headers do not expose it. */
export const defaultBreakMs = 30_000;

/** What was answered, as far as it was read. */
export interface ApiAnswer {
  /** Parsed, or null where it was no JSON. */
  readonly body: unknown;
  /** As text: some 403s are no JSON. */
  readonly plain: string;
  /** The last part of the path, such as `play` or `queue`. */
  readonly command: string;
  readonly now: number;
}

/**
 * What an answer of the Web API means, as a code with a sentence of its own. Spotify's text is looked at and never
 * repeated: it may hold what must not leave (I3).
 */
export function toApiError(
  response: Pick<Response, 'status' | 'headers'>,
  { body, plain, command, now }: ApiAnswer,
): PlayerError {
  const { status } = response;
  const error = record(record(body).error);
  const reason = text(error.reason);
  const message = (text(error.message) || plain).toLowerCase();
  const detail = `Web API, HTTP ${status}${/^[A-Z_]{1,40}$/.test(reason) ? ` ${reason}` : ''}`;

  if (status === 401) return new PlayerError('sign-in-expired', detail);
  if (status === 403) return new PlayerError(forbidden(reason, message), detail);
  if (status === 404) return new PlayerError(missing(reason, message, command), detail);
  if (status === 429) {
    const seconds = Number(response.headers.get('Retry-After'));
    const retryAt = now + (seconds > 0 ? seconds * 1000 : defaultBreakMs);
    return reason === 'QUOTA_EXCEEDED'
      ? new PlayerError('quota-exceeded', detail, seconds > 0 ? retryAt : undefined)
      : new PlayerError('rate-limited', detail, retryAt);
  }
  return new PlayerError(status >= 500 ? 'server' : 'not-found', detail);
}

function forbidden(reason: string, message: string): PlayerErrorCode {
  // The owner's lapsed Premium is worded like the listener's: it has to be looked for first.
  if (message.includes('premium') && message.includes('owner')) return 'owner-premium';
  if (reason === 'PREMIUM_REQUIRED' || message.includes('premium')) return 'premium-required';
  // "User not registered in the Developer Dashboard", in JSON or as plain text.
  if (/registered|dashboard|allow-?list|not on the list/.test(message)) return 'not-on-list';
  // "Insufficient client scope": a sign-in from before this version asked for less.
  if (message.includes('scope')) return 'sign-in-expired';
  // "Restriction violated", with the reason UNKNOWN or a particular one.
  return 'restricted';
}

function missing(reason: string, message: string, command: string): PlayerErrorCode {
  // The device is there and plays nothing: what changes playback has nothing to change. Starting it is another matter.
  if (reason === 'NO_ACTIVE_DEVICE' && ['queue', 'shuffle', 'repeat'].includes(command)) return 'restricted';
  return reason === 'NO_ACTIVE_DEVICE' || message.includes('device') ? 'device-lost' : 'not-found';
}
