/**
 * What a page may know of the visitor's playback: frozen, and free of tokens and device ids (I3).
 * This file names no command, so the chat may import its types (I1).
 */

/**
 * - `signed-out`: the visitor has not connected, nothing was asked of Spotify
 * - `signing-in`: Spotify's window is open
 * - `loading`: the SDK script is on its way
 * - `connecting`: the SDK is there, its device is not ready yet
 * - `ready`: this page is a playback device
 * - `elsewhere`: connected, but the account plays on another device
 * - `reconnecting`: the device went away and is being asked back
 * - `failed`: it stopped; `error` says why and what helps
 */
export type PlayerStatus =
  'signed-out' | 'signing-in' | 'loading' | 'connecting' | 'ready' | 'elsewhere' | 'reconnecting' | 'failed';

/** By what the visitor hears: their own `account` through Spotify's SDK, or Spotify's `embed`, which needs no sign-in. */
export type EngineName = 'account' | 'embed';

/**
 * What an engine can do beyond playing, pausing and seeking: set the volume, skip, shuffle and repeat (`modes`), queue,
 * search, show and keep the visitor's library, and hand the music to other devices. What is missing is not offered.
 */
export type Capability = 'volume' | 'skip' | 'modes' | 'queue' | 'search' | 'library' | 'devices';

export const allCapabilities: readonly Capability[] = Object.freeze(['volume', 'skip', 'modes', 'queue', 'search', 'library', 'devices']);

/** `off`, the whole `context` (album, playlist), or one `track`. */
export type RepeatMode = 'off' | 'context' | 'track';

/** A name with its Spotify URI; metadata must link back to Spotify. */
export interface Named {
  readonly name: string;
  readonly uri: string;
}

/** One track as Spotify describes it. */
export interface Track {
  readonly uri: string;
  readonly title: string;
  readonly artists: readonly Named[];
  readonly album: Named;
  /** Address of the cover, uncropped, or null where there is none. */
  readonly artwork: string | null;
  /** Length in ms. */
  readonly durationMs: number;
}

/** A transport action that a context or a licence may forbid. */
export type Action =
  'pausing' | 'resuming' | 'seeking' | 'skipping-next' | 'skipping-previous' | 'shuffling' | 'repeating';

/** What an engine reports of its playback at one moment. */
export interface Playback {
  /** null: the device is ready and nothing was chosen yet. */
  readonly track: Track | null;
  /** URI of the album or playlist that plays, or null. */
  readonly contextUri: string | null;
  readonly paused: boolean;
  /** Position in ms, true at `at`. */
  readonly positionMs: number;
  /** When `positionMs` was true, in ms since the epoch by this page's clock. */
  readonly at: number;
  readonly shuffle: boolean;
  readonly repeat: RepeatMode;
  /** What comes next, as far as the engine tells (the SDK tells two). */
  readonly queue: readonly Track[];
  readonly previous: readonly Track[];
  readonly disallows: readonly Action[];
}

/** Why the player cannot do what was asked. Each code is a sentence in strings/player.ts. */
export type PlayerErrorCode =
  | 'popup-blocked'
  | 'popup-closed'
  | 'sign-in-refused'
  | 'sign-in-mismatch'
  | 'sign-in-failed'
  | 'sign-in-expired'
  | 'premium-required'
  | 'not-on-list'
  | 'owner-premium'
  | 'sdk-blocked'
  | 'device-timeout'
  | 'device-lost'
  | 'page-taken'
  | 'autoplay-blocked'
  | 'rate-limited'
  | 'quota-exceeded'
  | 'restricted'
  | 'not-available'
  | 'not-found'
  | 'network'
  | 'server'
  | 'playback';

/**
 * The one action that helps; the control bar shows it as a button: `connect` and `retry` are `controls.connect()`,
 * `redirect` is `controls.connectByRedirect()`, `resume` is `controls.resume()`.
 */
export type Remedy = 'connect' | 'redirect' | 'retry' | 'resume' | 'none';

/** A problem in the visitor's words. */
export interface PlayerProblem {
  readonly code: PlayerErrorCode;
  readonly remedy: Remedy;
  /** When trying again makes sense, in ms since the epoch, where Spotify told. */
  readonly retryAt?: number;
}

/** Everything the page shows of the visitor's own player. Frozen. */
export interface PlayerSnapshot extends Playback {
  readonly status: PlayerStatus;
  readonly engine: EngineName;
  /** What this engine can do. A single action may be forbidden for a while all the same: `disallows`. */
  readonly capabilities: readonly Capability[];
  /** Level from 0 to 1. */
  readonly volume: number;
  /** The platform ignores the volume (iOS): a slider would move nothing. */
  readonly volumeFixed: boolean;
  /** Name of the other device that plays, where it is known. */
  readonly elsewhere: string | null;
  /** Nothing is here, and `play` or `resume` goes on where the visitor was last on this device. */
  readonly resumable: boolean;
  /** Nothing is here and nothing was left, and `play` or `resume` starts what the page offers. */
  readonly offered: boolean;
  /** Commands that were given and whose effect has not been reported yet (I8). */
  readonly pending: readonly PendingCommand[];
  /** What is wrong, or null. With status `failed` it is why; else it is a notice. */
  readonly problem: PlayerProblem | null;
}

export type PendingCommand =
  'play' | 'pause' | 'resume' | 'next' | 'previous' | 'seek' | 'volume' | 'shuffle' | 'repeat' | 'transfer';

export const idlePlayback: Playback = Object.freeze({
  track: null,
  contextUri: null,
  paused: true,
  positionMs: 0,
  at: 0,
  shuffle: false,
  repeat: 'off',
  queue: Object.freeze([]),
  previous: Object.freeze([]),
  disallows: Object.freeze([]),
});

export const initialSnapshot: PlayerSnapshot = Object.freeze({
  ...idlePlayback,
  status: 'signed-out',
  engine: 'account',
  capabilities: allCapabilities,
  volume: 1,
  volumeFixed: false,
  elsewhere: null,
  resumable: false,
  offered: false,
  pending: Object.freeze([]),
  problem: null,
});

/**
 * Whether `next` tells nothing that `last` did not. A position that moves on with the clock is no news; neither is a
 * drift under a second while it does.
 */
export function isSamePlayback(last: Playback, next: Playback): boolean {
  const drift = Math.abs(positionAt(last, next.at) - positionAt(next, next.at));
  return (
    last.paused === next.paused &&
    last.contextUri === next.contextUri &&
    last.shuffle === next.shuffle &&
    last.repeat === next.repeat &&
    (last.paused ? drift === 0 : drift < 1000) &&
    isSameTrack(last.track, next.track) &&
    isSameList(last.queue, next.queue, isSameTrack) &&
    isSameList(last.previous, next.previous, isSameTrack) &&
    isSameList(last.disallows, next.disallows, Object.is)
  );
}

function isSameTrack(a: Track | null, b: Track | null): boolean {
  if (!a || !b) return a === b;
  return a.uri === b.uri && a.title === b.title && a.artwork === b.artwork && a.durationMs === b.durationMs;
}

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((item, i) => isSame(item, b[i] as T));
}

/**
 * The position at `now`, in ms. Computed, so that a playing bar costs no network and no context update a tick.
 */
export function positionAt(playback: Playback, now: number): number {
  if (!playback.track) return 0;
  const moved = playback.paused ? 0 : Math.max(0, now - playback.at);
  return Math.min(playback.positionMs + moved, playback.track.durationMs);
}
