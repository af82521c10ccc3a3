import type { Collection, Device, Page, PlayerLibrary } from '../../../src/player/library.js';
import type { Track } from '../../../src/player/snapshot.js';
import { cover } from './tracks.js';

type Name = keyof PlayerLibrary;

const nothing = { items: [], nextOffset: null };

/** A library whose answers a test sets, and which notes what it is asked for. */
export class FakeLibrary implements PlayerLibrary {
  readonly asked: (readonly [Name, ...unknown[]])[] = [];
  readonly signals: AbortSignal[] = [];
  /** What the next call of that name answers: a value, or what it rejects with. */
  collections: Page<Collection> = nothing;
  ownPlaylists: Page<Collection> = nothing;
  saved: Page<Track> = nothing;
  recent: readonly Track[] = [];
  tracks: Page<Track> = nothing;
  next: readonly Track[] = [];
  found: readonly Device[] = [];
  inLibrary = new Set<string>();
  /** Rejects every call while it is set. */
  failure: unknown = null;
  /** Holds every answer back while it is set. */
  gate: Promise<void> | null = null;

  readonly searchCollections: PlayerLibrary['searchCollections'] = (query, kind, options = {}) =>
    this.#answer(['searchCollections', query, kind, options.offset ?? 0], () => this.collections, options.signal);
  readonly playlists: PlayerLibrary['playlists'] = (options = {}) =>
    this.#answer(['playlists', options.offset ?? 0], () => this.ownPlaylists, options.signal);
  readonly savedTracks: PlayerLibrary['savedTracks'] = (options = {}) =>
    this.#answer(['savedTracks', options.offset ?? 0], () => this.saved, options.signal);
  readonly recentTracks: PlayerLibrary['recentTracks'] = (options = {}) =>
    this.#answer(['recentTracks'], () => this.recent, options.signal);
  readonly collectionTracks: PlayerLibrary['collectionTracks'] = (uri, options = {}) =>
    this.#answer(['collectionTracks', uri, options.offset ?? 0], () => this.tracks, options.signal);
  readonly queue: PlayerLibrary['queue'] = (options = {}) => this.#answer(['queue'], () => this.next, options.signal);
  readonly devices: PlayerLibrary['devices'] = (options = {}) => this.#answer(['devices'], () => this.found, options.signal);
  readonly transferTo: PlayerLibrary['transferTo'] = (key) => this.#answer(['transferTo', key], () => undefined);
  readonly isSaved: PlayerLibrary['isSaved'] = (uris, options = {}) =>
    this.#answer(['isSaved', ...uris], () => uris.map((uri) => this.inLibrary.has(uri)), options.signal);
  readonly save: PlayerLibrary['save'] = (uri) => this.#answer(['save', uri], () => void this.inLibrary.add(uri));
  readonly unsave: PlayerLibrary['unsave'] = (uri) => this.#answer(['unsave', uri], () => void this.inLibrary.delete(uri));

  async #answer<T>(call: readonly [Name, ...unknown[]], answer: () => T, signal?: AbortSignal): Promise<T> {
    this.asked.push(call);
    if (signal) this.signals.push(signal);
    if (this.gate) await this.gate;
    if (this.failure) throw this.failure;
    return answer();
  }
}

/** A made-up album or playlist. */
export function collection(number: number, kind: Collection['kind'] = 'album', change: Partial<Collection> = {}): Collection {
  return Object.freeze({
    uri: `spotify:${kind}:${kind}${String(number).padStart(22 - kind.length, '0')}`,
    kind,
    title: `${kind === 'album' ? 'Album' : 'Playlist'} ${number}`,
    by: `Artist ${number}`,
    artwork: cover,
    ...change,
  });
}
