import { systemClock, withTimeLimit, type Clock } from '../clock.js';
import type { Endpoints } from './endpoints.js';
import { PlayerError } from './engine.js';
import { record, text } from './parse.js';

/**
 * The only file that speaks OAuth: Authorization Code with PKCE (RFC 6749, 7636), without a secret. For one challenge and
 * two forms a library is 6 KiB of every visit. What the server answers may hold tokens, so nothing of it but what is
 * asked for leaves this file (I3).
 */

/** What the token endpoint gave. Never logged, never put into an error. */
export interface Grant {
  readonly accessToken: string;
  readonly expiresInMs: number;
  /** null where none came: the one that is known stays valid. */
  readonly refreshToken: string | null;
}

export interface OAuth {
  /** What nobody can guess. At once, and in insecure contexts too. */
  randomState(): string;
  /** @param chooseAccount shows Spotify's page even to a visitor who agreed before, who may want another account */
  prepare(state: string, chooseAccount: boolean): Promise<{ readonly url: string; readonly verifier: string }>;
  exchange(code: string, verifier: string): Promise<Grant>;
  /** @throws PlayerError `sign-in-expired` when the token is no longer good; anything else may pass */
  refresh(refreshToken: string): Promise<Grant>;
}

export interface OAuthOptions {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly endpoints: Pick<Endpoints, 'authorize' | 'token'>;
  readonly fetch: typeof fetch;
  readonly clock?: Clock;
}

/**
 * What the SDK needs (the first three), playing on this page's own device, and what the visitor can look at and keep.
 * Nothing that is not used.
 */
export const scopes = [
  'streaming',
  'user-read-email',
  'user-read-private',
  'user-modify-playback-state',
  'user-read-playback-state',
  'user-read-currently-playing',
  'user-read-recently-played',
  'user-library-read',
  'user-library-modify',
  'playlist-read-private',
  'playlist-read-collaborative',
] as const;

const answerLimit = 15_000;
const defaultLifetime = 3_600_000;
const defaultBreak = 30_000;

export function createOAuth({ clientId, redirectUri, endpoints, fetch, clock = systemClock }: OAuthOptions): OAuth {
  /** One exchange with the token endpoint, within a time limit and with errors that are ours. */
  async function ask(parameters: Readonly<Record<string, string>>, refused: 'sign-in-failed' | 'sign-in-expired'): Promise<Grant> {
    const abort = new AbortController();
    const tooLate = (): PlayerError => new PlayerError('network', 'token endpoint, no answer in time');
    try {
      // The limit covers the body too: a response may stall half-way.
      return await withTimeLimit(post(parameters, refused, abort.signal), answerLimit, tooLate, clock);
    } finally {
      abort.abort();
    }
  }

  async function post(
    parameters: Readonly<Record<string, string>>,
    refused: 'sign-in-failed' | 'sign-in-expired',
    signal: AbortSignal,
  ): Promise<Grant> {
    if (!isSecure(endpoints.token)) throw new PlayerError(refused, 'tokens go over https only');
    // Told apart from a server that cannot be read: this one passes.
    const unreachable = (): never => {
      throw new PlayerError('network', 'token endpoint unreachable');
    };
    const body = new URLSearchParams({ client_id: clientId, ...parameters });
    const response = await fetch(endpoints.token, { method: 'POST', headers: { Accept: 'application/json' }, body, signal }).catch(unreachable);
    if (response.status >= 500) throw new PlayerError('server', `token endpoint, HTTP ${response.status}`);
    if (response.status === 429) throw new PlayerError('rate-limited', 'token endpoint', retryAt(response));
    const answer = record(await response.json().catch(() => null));
    const grant = response.ok ? grantIn(answer) : null;
    if (grant) return grant;
    throw refusal(answer, refused);
  }

  function retryAt(response: Response): number {
    const seconds = Number(response.headers.get('Retry-After'));
    return clock.now() + (seconds > 0 ? seconds * 1000 : defaultBreak);
  }

  return {
    randomState: random,
    async prepare(state, chooseAccount) {
      try {
        const verifier = random();
        const url = new URL(endpoints.authorize);
        const parameters = {
          response_type: 'code',
          client_id: clientId,
          scope: scopes.join(' '),
          redirect_uri: redirectUri,
          state,
          code_challenge_method: 'S256',
          code_challenge: await challengeOf(verifier),
          ...(chooseAccount && { show_dialog: 'true' }),
        };
        for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
        return { url: url.href, verifier };
      } catch {
        // crypto.subtle is there over https and on loopback only, as is the SDK's own EME.
        throw new PlayerError('sign-in-failed', 'signing in needs https or a loopback address');
      }
    },
    // The state was compared where the answer arrived.
    exchange: (code, verifier) =>
      ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }, 'sign-in-failed'),
    refresh: (refreshToken) => ask({ grant_type: 'refresh_token', refresh_token: refreshToken }, 'sign-in-expired'),
  };
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const challengeOf = async (verifier: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

/** @returns null where that is no grant of a bearer token */
function grantIn({ access_token, token_type, expires_in, refresh_token }: Readonly<Record<string, unknown>>): Grant | null {
  const accessToken = text(access_token);
  if (!accessToken || text(token_type).toLowerCase() !== 'bearer') return null;
  const seconds = Number(expires_in);
  return {
    accessToken,
    expiresInMs: seconds > 0 ? seconds * 1000 : defaultLifetime,
    refreshToken: text(refresh_token) || null,
  };
}

/** @param refused what it means here that the server will not have the code or the refresh token */
function refusal({ error }: Readonly<Record<string, unknown>>, refused: 'sign-in-failed' | 'sign-in-expired'): PlayerError {
  if (!error) return new PlayerError('server', 'token endpoint, unexpected answer');
  // The text comes from the server: only the standard's own words are repeated.
  const name = /^[a-z_]{1,40}$/.test(text(error)) ? text(error) : 'unknown error';
  const passing = name === 'server_error' || name === 'temporarily_unavailable';
  return new PlayerError(passing ? 'server' : refused, `token endpoint, ${name}`);
}

/** Loopback counts as secure in browsers, and stand-ins live there. */
function isSecure(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
