import { systemClock, withTimeLimit, type Clock } from '../clock.js';
import { defaultBreakMs, toApiError } from './api-errors.js';
import type { PlayTarget, SearchPage } from './controls.js';
import type { Endpoints } from './endpoints.js';
import { PlayerError } from './engine.js';
import { amount, list, record } from './parse.js';
import type { RepeatMode } from './snapshot.js';
import type { TokenSource } from './tokens.js';
import { toTracks } from './track.js';
import { wait } from './wait.js';

/**
 * The only file that calls the Web API. Every command carries the visitor's own token and own device id: without the
 * id it would hit whatever device the account plays on (I2).
 */
export interface WebApi {
  play(target: PlayTarget): Promise<void>;
  /** Makes this page the account's playing device. */
  transfer(): Promise<void>;
  setShuffle(on: boolean): Promise<void>;
  setRepeat(mode: RepeatMode): Promise<void>;
  addToQueue(uri: string): Promise<void>;
  /** @throws PlayerError, or an `AbortError` when `signal` ends it */
  search(query: string, offset: number, signal?: AbortSignal): Promise<SearchPage>;
  /** Asks whether this account may use the site's app at all. @throws PlayerError that says why not */
  checkAccess(): Promise<void>;
}

export interface WebApiOptions {
  readonly endpoints: Pick<Endpoints, 'api'>;
  readonly tokens: TokenSource;
  readonly deviceId: () => string | null;
  readonly fetch: typeof fetch;
  readonly clock?: Clock;
}

interface ApiRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

const answerLimit = 10_000;
/** The most that Development Mode allows; over it the answer is 400 "Invalid limit" (spotify.md). */
const searchLimit = 10;
/** Spotify serves no results behind this one. */
const lastResult = 1000;
/** SDK quirk: a fresh device 404s just after `ready` (spotify.md). In all under four seconds. */
const missingDeviceDelays: readonly number[] = [250, 500, 1000, 2000];

export function createWebApi({ endpoints, tokens, deviceId, fetch, clock = systemClock }: WebApiOptions): WebApi {
  /** The end of the last command: "Order of execution is not guaranteed" between player calls, so they go one by one. */
  let last: Promise<unknown> = Promise.resolve();
  /** The last 429. Until its break is over nothing is sent, for every refused request makes it longer. */
  let blocked: { readonly error: PlayerError; readonly until: number } | null = null;

  async function request(asked: ApiRequest): Promise<unknown> {
    const token = await tokens.get();
    try {
      return await send(asked, token);
    } catch (error) {
      if (!(error instanceof PlayerError) || error.code !== 'sign-in-expired') throw error;
      // Once: a second refusal means that the sign-in itself is gone.
      return send(asked, await tokens.renew(token));
    }
  }

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
    throw toApiError(response, { body, plain, command: path.split('/').at(-1) ?? '', now: clock.now() });
  }

  function toPlayerError(error: unknown): PlayerError {
    const now = clock.now();
    if (!(error instanceof PlayerError)) {
      // Some 429s lack CORS headers and look like a broken network (spotify.md): in the wake of a real one they are one.
      if (!blocked || now > blocked.until + defaultBreakMs) return new PlayerError('network', 'Web API unreachable');
      return toPlayerError(
        new PlayerError(blocked.error.code, 'Web API unreachable after a 429', now + defaultBreakMs),
      );
    }
    // Not for a quota: it may be raised long before the hours that it names.
    if (error.code === 'rate-limited') blocked = { error, until: error.retryAt ?? now + defaultBreakMs };
    return error;
  }

  function command(asked: Omit<ApiRequest, 'signal'>): Promise<void> {
    return queued(async (device) => {
      await request({ ...asked, query: { ...asked.query, device_id: device } });
    });
  }

  /** Each command ends within the limits of its requests, so the queue never stands still. */
  function queued(run: (device: string) => Promise<void>): Promise<void> {
    const own = last.then(() => onDevice(run));
    // Whoever gave the command learns of its failure; the next one in the queue only needs its end.
    last = own.catch(() => undefined);
    return own;
  }

  async function onDevice(run: (device: string) => Promise<void>, delays = missingDeviceDelays): Promise<void> {
    // Read each time: the SDK may have got a new id meanwhile.
    const device = deviceId();
    if (!device) throw new PlayerError('device-lost', 'this page is no device');
    try {
      await run(device);
    } catch (error) {
      const [delay, ...later] = delays;
      if (delay === undefined || !(error instanceof PlayerError) || error.code !== 'device-lost') throw error;
      await wait(delay, clock);
      await onDevice(run, later);
    }
  }

  return {
    async play(target) {
      return command({ method: 'PUT', path: '/me/player/play', body: toPlayBody(target) });
    },
    // iOS: nothing starts by itself after a transfer (spotify.md); the visitor's next click on Play does.
    transfer: () =>
      queued(async (device) => {
        await request({ method: 'PUT', path: '/me/player', body: { device_ids: [device], play: true } });
      }),
    setShuffle: (on) => command({ method: 'PUT', path: '/me/player/shuffle', query: { state: String(on) } }),
    setRepeat: (mode) => command({ method: 'PUT', path: '/me/player/repeat', query: { state: mode } }),
    async addToQueue(uri) {
      return command({ method: 'POST', path: '/me/player/queue', query: { uri: checked(uri) } });
    },
    async search(query, offset, signal) {
      const q = query.trim();
      if (!q || offset >= lastResult) return { tracks: Object.freeze([]), nextOffset: null };
      const answer = await request({
        method: 'GET',
        path: '/search',
        query: { q, type: 'track', limit: String(searchLimit), offset: String(offset) },
        ...(signal && { signal }),
      });
      return toSearchPage(answer, offset);
    },
    async checkAccess() {
      try {
        await request({ method: 'GET', path: '/me' });
      } catch (error) {
        // Nothing here can be restricted but the account itself, however Spotify words it.
        const isAccount = error instanceof PlayerError && error.code === 'restricted';
        throw isAccount ? new PlayerError('not-on-list', 'Web API, HTTP 403') : error;
      }
    },
  };
}

function toPlayBody(target: PlayTarget): unknown {
  if (typeof target === 'string') {
    const uri = checked(target);
    return /^spotify:(track|episode):/.test(uri) ? { uris: [uri] } : { context_uri: uri };
  }
  const { context, offset, positionMs } = target;
  return {
    context_uri: checked(context),
    ...(offset !== undefined && {
      offset: typeof offset === 'number' ? { position: offset } : { uri: checked(offset) },
    }),
    ...(positionMs !== undefined && { position_ms: Math.max(0, Math.round(positionMs)) }),
  };
}

/** A URI may come from somebody's message: nothing that is none is sent on. */
function checked(uri: string): string {
  if (!/^spotify(:[\w-]{1,80}){2,4}$/.test(uri)) throw new PlayerError('not-found', 'not a Spotify URI');
  return uri;
}

function toSearchPage(answer: unknown, offset: number): SearchPage {
  const page = record(record(answer).tracks);
  const playable = list(page.items).filter((item) => record(item).is_playable !== false);
  const next = offset + searchLimit;
  const more = page.next === undefined ? next < amount(page.total) : page.next !== null;
  return Object.freeze({ tracks: toTracks(playable), nextOffset: more && next < lastResult ? next : null });
}

function givenUp(): DOMException {
  return new DOMException('The search was given up.', 'AbortError');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Commands answer 204 without a body, proxies with HTML.
    return null;
  }
}
