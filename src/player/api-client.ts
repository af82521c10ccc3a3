import { systemClock, withTimeLimit, type Clock } from '../clock.js';
import { defaultBreakMs, toApiError } from './api-errors.js';
import type { Endpoints } from './endpoints.js';
import { PlayerError } from './engine.js';
import type { PlayerErrorCode } from './snapshot.js';
import type { TokenSource } from './tokens.js';
import { createVisit, type Visit } from './visit.js';

export interface ApiRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One request of the Web API, with the visitor's own token: what web-api.ts and web-library.ts are made of.
 *
 * @returns the parsed body, or null where there is none
 * @throws PlayerError, or an `AbortError` when the request's signal ends it
 */
export type ApiClient = (asked: ApiRequest) => Promise<unknown>;

export interface ApiClientOptions {
  readonly endpoints: Pick<Endpoints, 'api'>;
  readonly tokens: TokenSource;
  readonly fetch: typeof fetch;
  /** What it means that a token's permissions do not reach. By default that the visitor has to sign in anew. */
  readonly missingScope?: PlayerErrorCode;
  /** Whose requests these are; by default one visitor's for ever. */
  readonly visit?: Visit;
  readonly clock?: Clock;
}

const answerLimit = 10_000;

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { endpoints, tokens, fetch, missingScope, visit = createVisit(), clock = systemClock } = options;
  /** The last 429. Until its break is over nothing is sent, for every refused request makes it longer. */
  let blocked: { readonly error: PlayerError; readonly until: number } | null = null;

  async function send({ method, path, query, body, signal }: ApiRequest, token: string): Promise<unknown> {
    if (blocked && clock.now() < blocked.until) throw blocked.error;
    const url = new URL(`${endpoints.api}${path}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const abort = new AbortController();
    const stop = (): void => abort.abort();
    if (signal?.aborted) throw givenUp();
    signal?.addEventListener('abort', stop);
    const answer = fetch(url.href, {
      method,
      signal: abort.signal,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).then((response) => read(response, path));
    try {
      return await withTimeLimit(
        answer,
        answerLimit,
        () => new PlayerError('network', 'Web API, no answer in time'),
        clock,
      );
    } catch (error) {
      if (signal?.aborted) throw givenUp();
      throw toPlayerError(error);
    } finally {
      signal?.removeEventListener('abort', stop);
      abort.abort();
    }
  }

  /** The body of a good answer, or what a bad one means. */
  async function read(response: Response, path: string): Promise<unknown> {
    const plain = await response.text();
    const body = parse(plain);
    if (response.ok) {
      blocked = null;
      return body;
    }
    const error = toApiError(response, { body, plain, command: path.split('/').at(-1) ?? '', now: clock.now() });
    // A 403 with this code is one about permissions; a 401 is about the token.
    const isScope = response.status === 403 && error.code === 'sign-in-expired';
    throw missingScope && isScope ? new PlayerError(missingScope, 'Web API, HTTP 403') : error;
  }

  function toPlayerError(error: unknown): PlayerError {
    const now = clock.now();
    if (!(error instanceof PlayerError)) {
      // Some 429s lack CORS headers and look like a broken network (spotify.md): soon after a real one they are one.
      if (!blocked || now > blocked.until + defaultBreakMs) return new PlayerError('network', 'Web API unreachable');
      const { code } = blocked.error;
      return toPlayerError(new PlayerError(code, 'Web API unreachable after a 429', now + defaultBreakMs));
    }
    // Not for a quota: it may be raised long before the hours that it names.
    if (error.code === 'rate-limited') blocked = { error, until: error.retryAt ?? now + defaultBreakMs };
    return error;
  }

  return async (asked) => {
    const stillHere = visit.begin();
    const token = await tokens.get();
    try {
      stillHere();
      return await send(asked, token);
    } catch (error) {
      if (!(error instanceof PlayerError) || error.code !== 'sign-in-expired') throw error;
      stillHere();
      // Once: a second refusal means that the sign-in itself is gone.
      const fresh = await tokens.renew(token);
      stillHere();
      return send(asked, fresh);
    }
  };
}

function givenUp(): DOMException {
  return new DOMException('The request was given up.', 'AbortError');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Commands answer 204 without a body, proxies with HTML.
    return null;
  }
}
