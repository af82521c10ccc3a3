import { systemClock } from '../clock.js';
import { createApiClient, type ApiClientOptions, type ApiRequest } from './api-client.js';
import { createCommandLine } from './command-line.js';
import type { PlayTarget, SearchPage } from './controls.js';
import { PlayerError } from './engine.js';
import { toPage, toPlayable } from './lists.js';
import { record } from './parse.js';
import type { RepeatMode } from './snapshot.js';
import { checkedItems, checkedUri, isItemUri } from './uri.js';
import { createVisit } from './visit.js';
import { createWebLibrary, lastResult, searchLimit, type WebLibrary } from './web-library.js';

/**
 * The Web API, which nothing else calls: commands here, what the visitor looks at and keeps in web-library.ts, both by
 * requests of api-client.ts. Every command carries the visitor's own token and own device id: without the id it would
 * hit whatever device the account plays on (I2).
 */
export interface WebApi {
  readonly library: WebLibrary;
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
  /** The visitor left: what still waits is not sent, and what was listed for them means nothing any more. */
  leave(): void;
}

export interface WebApiOptions extends ApiClientOptions {
  readonly deviceId: () => string | null;
}

export function createWebApi({ deviceId, clock = systemClock, ...options }: WebApiOptions): WebApi {
  const visit = createVisit();
  const request = createApiClient({ ...options, visit, clock });
  const line = createCommandLine(deviceId, visit, clock);
  const library = createWebLibrary(request, deviceId, line);

  const command = (asked: ApiRequest): Promise<void> =>
    line.onDevice(async (device) => {
      await request({ ...asked, query: { ...asked.query, device_id: device } });
    });

  return {
    library,
    async play(target) {
      return command({ method: 'PUT', path: '/me/player/play', body: toPlayBody(target) });
    },
    // iOS: nothing starts by itself after a transfer (spotify.md); the visitor's next click on Play does.
    transfer: () =>
      line.onDevice(async (device) => {
        await request({ method: 'PUT', path: '/me/player', body: { device_ids: [device], play: true } });
      }),
    setShuffle: (on) => command({ method: 'PUT', path: '/me/player/shuffle', query: { state: String(on) } }),
    setRepeat: (mode) => command({ method: 'PUT', path: '/me/player/repeat', query: { state: mode } }),
    async addToQueue(uri) {
      return command({ method: 'POST', path: '/me/player/queue', query: { uri: checkedUri(uri) } });
    },
    async search(query, offset, signal) {
      const q = query.trim();
      if (!q || offset >= lastResult) return { tracks: Object.freeze([]), nextOffset: null };
      const answer = await request({
        method: 'GET',
        path: '/search',
        query: { q, type: 'track', limit: String(searchLimit), offset: String(offset) },
        signal,
      });
      const place = { offset, limit: searchLimit, last: lastResult };
      const { items, nextOffset } = toPage(record(answer).tracks, place, toPlayable);
      return Object.freeze({ tracks: items, nextOffset });
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
    leave() {
      visit.end();
      library.forget();
    },
  };
}

function toPlayBody(target: PlayTarget): unknown {
  const asked = typeof target === 'string' ? { context: target } : target;
  const { offset, positionMs }: { readonly offset?: number | string; readonly positionMs?: number } = asked;
  const what = 'uris' in asked ? { uris: checkedItems(asked.uris) } : toWhole(checkedUri(asked.context));
  // A single track has no place in it to begin at.
  const hasPlace = offset !== undefined && !('context' in asked && 'uris' in what);
  return {
    ...what,
    ...(hasPlace && { offset: typeof offset === 'string' ? { uri: checkedUri(offset) } : { position: offset } }),
    ...(positionMs !== undefined && { position_ms: Math.max(0, Math.round(positionMs)) }),
  };
}

const toWhole = (uri: string): { readonly uris: readonly string[] } | { readonly context_uri: string } =>
  isItemUri(uri) ? { uris: [uri] } : { context_uri: uri };
