import { PlayerError } from './engine.js';
import type { PlayerErrorCode, PlayerProblem, PlayerStatus, Remedy } from './snapshot.js';

/** What ends a connection, and what follows from it. */
export interface Failure {
  readonly status: Extract<PlayerStatus, 'signed-out' | 'failed'>;
  readonly problem: PlayerProblem;
  /** The sign-in is of no use any more: the next one is asked for anew, with a choice of accounts. */
  readonly forget: boolean;
}

/** The visitor is simply not signed in. */
const signedOut: Partial<Record<PlayerErrorCode, Remedy>> = {
  'popup-blocked': 'redirect',
  'popup-closed': 'connect',
  'sign-in-refused': 'connect',
  'sign-in-mismatch': 'connect',
  'sign-in-failed': 'connect',
  'sign-in-expired': 'connect',
};

/** Trying the same again with the same account changes nothing. */
const wrongAccount: ReadonlySet<PlayerErrorCode> = new Set(['premium-required', 'not-on-list']);

/** A device that comes back may still be found. */
const mayPass: ReadonlySet<PlayerErrorCode> = new Set([
  'network',
  'server',
  'rate-limited',
  'device-timeout',
  'device-lost',
  'sdk-blocked',
]);

/** Errors of a running engine that end it; others are notices beside the music. */
const ends: ReadonlySet<PlayerErrorCode> = new Set([
  'sign-in-expired',
  // The host page's token source gave none: the SDK has asked for one and stops without it.
  'sign-in-failed',
  'not-on-list',
  'owner-premium',
  'premium-required',
  'sdk-blocked',
]);

/** Answers to one request that hold for all of them. A missing Premium is none: the SDK decides on that. */
const denies: ReadonlySet<PlayerErrorCode> = new Set(['sign-in-expired', 'not-on-list', 'owner-premium']);

export function codeOf(error: unknown): PlayerErrorCode {
  return error instanceof PlayerError ? error.code : 'playback';
}

/** What there is of a way to sign in: the visitor's own, and whether by leaving the page; or the host page's. */
export interface SignInWays {
  readonly canRedirect: boolean;
  readonly hosted: boolean;
}

export function toFailure(error: unknown, { canRedirect, hosted }: SignInWays): Failure {
  const code = codeOf(error);
  // The visitor has no sign-in here that they could renew or change: all there is to do is to ask the host's again.
  if (hosted) return { status: 'failed', problem: toHosted(error), forget: false };
  const remedy = signedOut[code];
  if (remedy) {
    return {
      status: 'signed-out',
      problem: toProblem(error, remedy === 'redirect' && !canRedirect ? 'connect' : remedy),
      forget: code === 'sign-in-expired',
    };
  }
  const forget = wrongAccount.has(code);
  return {
    status: 'failed',
    problem: toProblem(error, forget ? 'connect' : 'retry'),
    forget,
  };
}

function toHosted(error: unknown): PlayerProblem {
  const code = codeOf(error);
  return toProblem(code === 'sign-in-expired' ? new PlayerError('sign-in-failed') : error, 'retry');
}

/** What a visitor reads of a command that could not be carried out, while the music goes on. */
export function toNotice(error: unknown): PlayerProblem {
  const code = codeOf(error);
  if (code === 'autoplay-blocked') return toProblem(error, 'resume');
  return toProblem(error, code === 'device-lost' || code === 'sign-in-failed' ? 'retry' : 'none');
}

export function mayPassByItself(error: unknown): boolean {
  return mayPass.has(codeOf(error));
}

export function endsPlayback(error: unknown): boolean {
  return ends.has(codeOf(error));
}

export function deniesAccount(error: unknown): boolean {
  return denies.has(codeOf(error));
}

function toProblem(error: unknown, remedy: Remedy): PlayerProblem {
  const retryAt = error instanceof PlayerError ? error.retryAt : undefined;
  return Object.freeze({ code: codeOf(error), remedy, ...(retryAt !== undefined && { retryAt }) });
}
