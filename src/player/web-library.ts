import type { ApiClient } from './api-client.js';
import type { CommandLine } from './command-line.js';
import { PlayerError } from './engine.js';
import type { Collection, Device, Page, PlayerLibrary } from './library.js';
import { toAlbumTrack, toCollection, toListed, toPage, toPlayable, withoutDoubles } from './lists.js';
import { list, record, text } from './parse.js';
import type { Track } from './snapshot.js';
import { checkedUri } from './uri.js';

/** The library over the Web API. */
export interface WebLibrary extends PlayerLibrary {
  /** Whether this page is among the account's devices. One request. */
  hasOwnDevice(): Promise<boolean>;
  /** Id of the device that plays, if `playing`, or else that bears `name`; null where that is not one alone. */
  findDevice(wanted: { readonly playing: boolean; readonly name: string }): Promise<string | null>;
  /** Name of the device that plays, or that played last unless `sounding`; null for none, or for this page. One request. */
  playingOn(how?: { readonly sounding: boolean }): Promise<string | null>;
  /** Forgets the devices that were listed: their keys mean nothing any more. */
  forget(): void;
}

/** The most that Development Mode allows; over it the answer is 400 "Invalid limit" (spotify.md). */
export const searchLimit = 10;
/** Spotify serves no results behind this one. */
export const lastResult = 1000;
const listLimit = 20;
/** The most that these allow; an album is read whole more often than not. */
const tracksLimit = 50;
const recentLimit = 50;
/** URIs in one call of `/me/library`. */
const uriLimit = 40;

type Told = Readonly<Record<string, unknown>>;

/** Without an id, or restricted, a device takes none: it is shown only while it is the one that plays. */
const takesCommands = (device: Told): boolean =>
  (text(device.id) !== '' && device.is_restricted !== true) || device.is_active === true;

const noPage = Object.freeze({ items: Object.freeze([]), nextOffset: null });

export function createWebLibrary(request: ApiClient, deviceId: () => string | null, line: CommandLine): WebLibrary {
  /** Ids by key: they stay in here (I3). A device keeps its key, and no other ever gets it. */
  const keys = new Map<string, number>();
  let lastKey = 0;
  /** Of the album that was opened last: its further pages tell only their tracks. */
  let album: { readonly id: string; readonly header: unknown } | null = null;

  const read = (path: string, query: Record<string, string | number>, signal?: AbortSignal): Promise<unknown> => {
    const written = Object.entries(query).map(([name, value]) => [name, String(value)] as const);
    return request({ method: 'GET', path, query: Object.fromEntries(written), signal });
  };

  function keyOf(id: string): number {
    const key = keys.get(id) ?? ++lastKey;
    keys.set(id, key);
    return key;
  }

  async function readDevices(signal?: AbortSignal): Promise<readonly Told[]> {
    return list(record(await read('/me/player/devices', {}, signal)).devices).map(record);
  }

  async function albumTracks(id: string, offset: number, signal?: AbortSignal): Promise<Page<Track>> {
    const place = { offset, limit: tracksLimit };
    if (offset === 0 || album?.id !== id) {
      // The album itself holds its first tracks, and the cover and name that each of them is shown with.
      const header = record(await read(`/albums/${id}`, {}, signal));
      album = { id, header: { name: header.name, uri: header.uri, images: header.images } };
      if (offset === 0) return toPage(header.tracks, place, toAlbumTrack(album.header));
    }
    const { header } = album;
    return toPage(await read(`/albums/${id}/tracks`, place, signal), place, toAlbumTrack(header));
  }

  const change = async (method: 'PUT' | 'DELETE', uri: string): Promise<void> => {
    await request({ method, path: '/me/library', query: { uris: checkedUri(uri) } });
  };

  return {
    async searchCollections(query, kind, { offset = 0, signal } = {}): Promise<Page<Collection>> {
      const q = query.trim();
      if (!q || offset >= lastResult) return noPage;
      const place = { offset, limit: searchLimit };
      const answer = await read('/search', { q, type: kind, ...place }, signal);
      return toPage(record(answer)[`${kind}s`], { ...place, last: lastResult }, toCollection);
    },
    async playlists({ offset = 0, signal } = {}) {
      const place = { offset, limit: listLimit };
      return toPage(await read('/me/playlists', place, signal), place, toCollection);
    },
    async savedTracks({ offset = 0, signal } = {}) {
      const place = { offset, limit: listLimit };
      return toPage(await read('/me/tracks', place, signal), place, toListed);
    },
    async recentTracks({ signal } = {}) {
      const answer = record(await read('/me/player/recently-played', { limit: recentLimit }, signal));
      return withoutDoubles(list(answer.items).map(toListed).filter((track) => track !== null));
    },
    async collectionTracks(uri, { offset = 0, signal } = {}) {
      const [, kind, id] = /^spotify:(album|playlist):([\w-]{1,80})$/.exec(uri) ?? [];
      if (!kind || !id) throw new PlayerError('not-found', 'neither an album nor a playlist');
      if (kind === 'album') return albumTracks(id, offset, signal);
      const place = { offset, limit: tracksLimit };
      return toPage(await read(`/playlists/${id}/items`, place, signal), place, toListed);
    },
    async queue({ signal } = {}) {
      const answer = record(await read('/me/player/queue', {}, signal));
      return Object.freeze(list(answer.queue).map(toPlayable).filter((track) => track !== null));
    },
    async devices({ signal } = {}): Promise<readonly Device[]> {
      const own = deviceId();
      const known = (await readDevices(signal)).filter(takesCommands);
      const devices = known.map(({ id, name, type, is_active: active }) =>
        Object.freeze({
          key: text(id) ? keyOf(text(id)) : 0,
          name: text(name),
          kind: text(type),
          active: active === true,
          here: own !== null && id === own,
        }),
      );
      return Object.freeze(devices);
    },
    transferTo: (key) =>
      line.run(async () => {
        const id = [...keys].find(([, known]) => known === key)?.[0];
        if (!id) throw new PlayerError('not-found', 'no such device was listed');
        try {
          // Without `play` it goes on as it is: what is paused stays so.
          await request({ method: 'PUT', path: '/me/player', body: { device_ids: [id] } });
        } catch (error) {
          // The device that is gone is that one; this page has lost nothing.
          if (!(error instanceof PlayerError) || error.code !== 'device-lost') throw error;
          throw new PlayerError('not-found', 'the chosen device is gone');
        }
      }),
    async isSaved(uris, { signal } = {}) {
      const saved: boolean[] = [];
      uris.forEach(checkedUri);
      for (let i = 0; i < uris.length; i += uriLimit) {
        const part = uris.slice(i, i + uriLimit);
        const answer = list(await read('/me/library/contains', { uris: part.join(',') }, signal));
        saved.push(...part.map((_, j) => answer[j] === true));
      }
      return Object.freeze(saved);
    },
    save: (uri) => change('PUT', uri),
    unsave: (uri) => change('DELETE', uri),
    async hasOwnDevice() {
      const own = deviceId();
      return own !== null && (await readDevices()).some(({ id }) => id === own);
    },
    async findDevice({ playing, name }) {
      const devices = await readDevices();
      const found = devices.filter((device) => (playing ? device.is_active === true : device.name === name));
      return (found.length === 1 && text(found[0]?.id)) || null;
    },
    async playingOn({ sounding } = { sounding: false }) {
      const { device, is_playing } = record(await read('/me/player', {}));
      const { id, name } = record(device);
      const isHere = id !== undefined && id === deviceId();
      return isHere || (sounding && is_playing !== true) ? null : text(name) || null;
    },
    forget() {
      keys.clear();
      album = null;
    },
  };
}
