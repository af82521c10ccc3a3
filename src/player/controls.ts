import type { PlayerLibrary } from './library.js';
import type { RepeatMode, Track } from './snapshot.js';

/** What to play: one track or context by its URI, a place within a context, or tracks one after the other. */
export type PlayTarget =
  | string
  | {
      /** URIs of tracks or episodes, in their order. */
      readonly uris: readonly string[];
      /** Index of the one to begin with, or its URI. */
      readonly offset?: number | string;
      /** Where in it to start, in ms. */
      readonly positionMs?: number;
    }
  | {
      /** URI of an album, a playlist or an artist; or of a single track, to start it at `positionMs`. */
      readonly context: string;
      /** Index within the context, or the URI of a track in it. */
      readonly offset?: number | string;
      /** Where to start, in ms. */
      readonly positionMs?: number;
    };

/** One page of search results. */
export interface SearchPage {
  readonly tracks: readonly Track[];
  /** Offset of the next page, or null after the last. */
  readonly nextOffset: number | null;
}

/**
 * The commands of the visitor's own player. Every one goes to the visitor's own account and own device (I2).
 *
 * A command resolves when the engine took it, not when it took effect: effects arrive in the snapshot. A command that
 * cannot be carried out resolves too, and the snapshot's `problem` says why: nothing a visitor does can throw.
 * Only `search` and `library` reject, with a {@link PlayerError} or an `AbortError`.
 */
export interface PlayerControls {
  /** What the visitor can look at and keep. */
  readonly library: PlayerLibrary;
  /** Signs in if need be and makes this page a device. Call it inside a click: a popup may open. */
  connect(): Promise<void>;
  /** As `connect`, by leaving the page and coming back: for browsers that block the popup. */
  connectByRedirect(): Promise<void>;
  /** Stops playing, forgets tokens and metadata. */
  disconnect(): Promise<void>;
  /** Starts `target`, or resumes what is there. */
  play(target?: PlayTarget): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  next(): Promise<void>;
  previous(): Promise<void>;
  /** @param positionMs from the start of the track, in ms */
  seek(positionMs: number): Promise<void>;
  /** @param level from 0 to 1 */
  setVolume(level: number): Promise<void>;
  setShuffle(on: boolean): Promise<void>;
  setRepeat(mode: RepeatMode): Promise<void>;
  /** Plays `uri` (a track) after the current one. @returns whether Spotify took it */
  addToQueue(uri: string): Promise<boolean>;
  /** Brings playback from another device to this page. */
  bringHere(): Promise<void>;
  /** Takes the visitor's notice that they have read `problem`. */
  dismissProblem(): void;
  /** Tracks that match `query`, 10 at a time (the most that Development Mode allows). */
  search(query: string, options?: { readonly offset?: number; readonly signal?: AbortSignal }): Promise<SearchPage>;
}
