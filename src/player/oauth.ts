import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  customFetch,
  generateRandomCodeVerifier,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  ResponseBodyError,
  validateAuthResponse,
  type AuthorizationServer,
  type Client,
  type TokenEndpointRequestOptions,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import { systemClock, withTimeLimit, type Clock } from '../clock.js';
import type { Endpoints } from './endpoints.js';
import { PlayerError } from './engine.js';

/**
 * The only file that speaks OAuth: Authorization Code with PKCE, without a secret. The library's errors carry answers
 * with tokens in them, so none of them leaves this file (I3).
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
  const server: AuthorizationServer = { issuer: new URL(endpoints.authorize).origin, token_endpoint: endpoints.token };
  const client: Client = { client_id: clientId };

  /** One exchange with the token endpoint, within a time limit and with errors that are ours. */
  async function ask(
    request: (options: TokenEndpointRequestOptions) => Promise<Response>,
    read: (response: Response) => Promise<TokenEndpointResponse>,
    refused: 'sign-in-failed' | 'sign-in-expired',
  ): Promise<Grant> {
    const abort = new AbortController();
    const tooLate = (): PlayerError => new PlayerError('network', 'token endpoint, no answer in time');
    // The limit covers the body too: a response may stall half-way.
    const answer = request(transport(abort.signal)).then(async (response) => {
      if (response.status >= 500) throw new PlayerError('server', `token endpoint, HTTP ${response.status}`);
      if (response.status === 429) throw new PlayerError('rate-limited', 'token endpoint', retryAt(response));
      return toGrant(await read(response));
    });
    try {
      return await withTimeLimit(answer, answerLimit, tooLate, clock);
    } catch (error) {
      throw toPlayerError(error, refused);
    } finally {
      abort.abort();
    }
  }

  function transport(signal: AbortSignal): TokenEndpointRequestOptions {
    return {
      signal,
      [customFetch]: (url, init) =>
        fetch(url, init).catch(() => {
          throw new PlayerError('network', 'token endpoint unreachable');
        }),
      // Loopback counts as secure in browsers, and stand-ins live there. The library knows https only.
      [allowInsecureRequests]: isLoopback(endpoints.token),
    };
  }

  function retryAt(response: Response): number {
    const seconds = Number(response.headers.get('Retry-After'));
    return clock.now() + (seconds > 0 ? seconds * 1000 : defaultBreak);
  }

  return {
    randomState: generateRandomState,
    async prepare(state, chooseAccount) {
      try {
        const verifier = generateRandomCodeVerifier();
        const url = new URL(endpoints.authorize);
        const parameters = {
          response_type: 'code',
          client_id: clientId,
          scope: scopes.join(' '),
          redirect_uri: redirectUri,
          state,
          code_challenge_method: 'S256',
          code_challenge: await calculatePKCECodeChallenge(verifier),
          ...(chooseAccount && { show_dialog: 'true' }),
        };
        for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
        return { url: url.href, verifier };
      } catch {
        // crypto.subtle is there over https and on loopback only, as is the SDK's own EME.
        throw new PlayerError('sign-in-failed', 'signing in needs https or a loopback address');
      }
    },
    exchange: (code, verifier) =>
      ask(
        (options) => {
          // The state was compared where the answer arrived; the library wants its own look at the parameters.
          const answer = validateAuthResponse(server, client, new URLSearchParams({ code }));
          return authorizationCodeGrantRequest(server, client, None(), answer, redirectUri, verifier, options);
        },
        (response) => processAuthorizationCodeResponse(server, client, response),
        'sign-in-failed',
      ),
    refresh: (refreshToken) =>
      ask(
        (options) => refreshTokenGrantRequest(server, client, None(), refreshToken, options),
        (response) => processRefreshTokenResponse(server, client, response),
        'sign-in-expired',
      ),
  };
}

function toGrant(answer: TokenEndpointResponse): Grant {
  return {
    accessToken: answer.access_token,
    expiresInMs: answer.expires_in ? answer.expires_in * 1000 : defaultLifetime,
    refreshToken: answer.refresh_token ?? null,
  };
}

/** @param refused what it means here that the server will not have the code or the refresh token */
function toPlayerError(error: unknown, refused: 'sign-in-failed' | 'sign-in-expired'): PlayerError {
  if (error instanceof PlayerError) return error;
  if (!(error instanceof ResponseBodyError)) return new PlayerError('server', 'token endpoint, unexpected answer');
  // The text comes from the server: only the standard's own words are repeated.
  const name = /^[a-z_]{1,40}$/.test(error.error) ? error.error : 'unknown error';
  const passing = name === 'server_error' || name === 'temporarily_unavailable';
  return new PlayerError(passing ? 'server' : refused, `token endpoint, ${name}`);
}

function isLoopback(address: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);
}
