import type { PlayTarget, SearchPage } from './controls.js';
import type { PlayerLibrary } from './library.js';
import type { Capability, EngineName, Playback, PlayerErrorCode, RepeatMode } from './snapshot.js';
import type { Unsubscribe } from '../subscribable.js';

/** What an engine tells its session. */
export type EngineEvent =
  /** The script is there; the device is being asked for. */
  | { readonly type: 'loaded' }
  /** This page is a device now (again). */
  | { readonly type: 'online' }
  /** The device went away. Where `returns` is false it will not come back by itself. */
  | { readonly type: 'offline'; readonly returns?: boolean }
  /** What plays; null when playback moved to another device. */
  | { readonly type: 'playback'; readonly playback: Playback | null }
  /** The level as the device has it, from 0 to 1. Not always as asked: iOS reads 1, whatever it is: `fixed`. */
  | { readonly type: 'volume'; readonly level: number; readonly fixed?: boolean }
  /** The browser refused sound without a gesture. */
  | { readonly type: 'autoplay-blocked' }
  /** It cannot go on, or one thing failed. */
  | { readonly type: 'error'; readonly error: PlayerError };

/** A failure with a code that the product has a sentence for. Its text never holds a token or a device id (I3). */
export class PlayerError extends Error {
  override readonly name = 'PlayerError';

  constructor(
    readonly code: PlayerErrorCode,
    /** For developers; visitors read the sentence of the code. */
    detail = '',
    /** When trying again makes sense, in ms since the epoch. */
    readonly retryAt?: number,
  ) {
    super(detail ? `${code}: ${detail}` : code);
  }
}

/**
 * What a session needs of a playback engine: the Web Playback SDK (sdk-engine.ts), or Spotify's embed (embed-engine.ts).
 * Commands reject with a {@link PlayerError}; those beyond the engine's `capabilities` with `not-available`.
 */
export interface PlaybackEngine {
  readonly name: EngineName;
  readonly capabilities: readonly Capability[];
  readonly library: PlayerLibrary;
  /**
   * Loads what is needed and resolves once this page is a device. Within a time limit, always. Called again, it begins
   * anew with a fresh device, and the call before rejects.
   */
  connect(): Promise<void>;
  /** Gives the device up. Never hangs, never throws. */
  disconnect(): void;
  /** To be called synchronously inside a click: browsers let sound start only then. */
  activate(): void;
  play(target: PlayTarget): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  next(): Promise<void>;
  previous(): Promise<void>;
  seek(positionMs: number): Promise<void>;
  setVolume(level: number): Promise<void>;
  setShuffle(on: boolean): Promise<void>;
  setRepeat(mode: RepeatMode): Promise<void>;
  addToQueue(uri: string): Promise<void>;
  /** Takes playback over from another device of the account. */
  bringHere(): Promise<void>;
  search(query: string, offset: number, signal?: AbortSignal): Promise<SearchPage>;
  /** Name of the account's other device that plays, or that played last unless `sounding`; null for none. One request. */
  playingOn(how?: { readonly sounding: boolean }): Promise<string | null>;
  /** Whether Spotify still knows this page as a device. One request; rejects where no answer can be had. */
  isAlive(): Promise<boolean>;
  subscribe(listener: (event: EngineEvent) => void): Unsubscribe;
}
