import type { Track } from './snapshot.js';

/** A device of the visitor's account. Its id stays inside (I3): `key` is a number that means something to this page only. */
export interface Device {
  readonly key: number;
  readonly name: string;
  /** What Spotify calls it: `Computer`, `Smartphone`, `Speaker` … */
  readonly kind: string;
  readonly active: boolean;
  /** This page. */
  readonly here: boolean;
}

/** An album or a playlist as a list shows it. */
export interface Collection {
  readonly uri: string;
  readonly kind: 'album' | 'playlist';
  readonly title: string;
  /** Its artists, or who made the playlist. */
  readonly by: string;
  /** Address of the cover, uncropped, or null where there is none. */
  readonly artwork: string | null;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Offset of the next page, or null after the last. */
  readonly nextOffset: number | null;
}

export interface ReadOptions {
  readonly offset?: number;
  readonly signal?: AbortSignal;
}

/**
 * What the visitor can look at and keep on their own account. Each call is one request with the visitor's own token,
 * made because the visitor asked. Rejects with a {@link PlayerError} or an `AbortError`.
 */
export interface PlayerLibrary {
  /** Albums or playlists that match, 10 at a time (the most that Development Mode allows). */
  searchCollections(query: string, kind: Collection['kind'], options?: ReadOptions): Promise<Page<Collection>>;
  /** The visitor's own playlists, 20 at a time. */
  playlists(options?: ReadOptions): Promise<Page<Collection>>;
  /** Tracks that the visitor saved, newest first, 20 at a time. */
  savedTracks(options?: ReadOptions): Promise<Page<Track>>;
  /** What the visitor played lately, newest first, each track once. */
  recentTracks(options?: Pick<ReadOptions, 'signal'>): Promise<readonly Track[]>;
  /** Tracks of an album or a playlist. `restricted` for a playlist that is not the visitor's (spotify.md). */
  collectionTracks(uri: string, options?: ReadOptions): Promise<Page<Track>>;
  /** What comes next. */
  queue(options?: Pick<ReadOptions, 'signal'>): Promise<readonly Track[]>;
  devices(options?: Pick<ReadOptions, 'signal'>): Promise<readonly Device[]>;
  /** Moves playback to a device that `devices()` listed. */
  transferTo(key: number): Promise<void>;
  /** Which of `uris` are in the visitor's library. */
  isSaved(uris: readonly string[], options?: Pick<ReadOptions, 'signal'>): Promise<readonly boolean[]>;
  save(uri: string): Promise<void>;
  unsave(uri: string): Promise<void>;
}
