import { amount, list, record, text } from './parse.js';
import type { Action, Playback, RepeatMode, Track } from './snapshot.js';
import { largeCover, toTrack, toTracks } from './track.js';

type Loose<T> = T extends readonly (infer Item)[]
  ? readonly (Loose<Item> | null)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | null }
    : T;

/**
 * A state as the SDK really hands it over: null once playback moved to another device, and any field may be missing.
 * `@types/spotify-web-playback-sdk` says neither (spotify.md).
 */
export type SdkState = Loose<Spotify.PlaybackState> | null;

/** The documentation's meaning; the comment in the published types has another one. */
const repeatModes: readonly RepeatMode[] = ['off', 'context', 'track'];

const actions: readonly (readonly [Action, ...(keyof Spotify.PlaybackDisallows)[]])[] = [
  ['pausing', 'pausing'],
  ['resuming', 'resuming'],
  ['seeking', 'seeking'],
  ['skipping-next', 'skipping_next'],
  ['skipping-previous', 'skipping_prev'],
  ['shuffling', 'toggling_shuffle'],
  // Forbidden as a whole only where neither mode can be had; one that cannot is answered by the Web API.
  ['repeating', 'toggling_repeat_context', 'toggling_repeat_track'],
];

/**
 * @param now when the state was received, in ms. It is what `at` becomes: the SDK's own `timestamp` tells when
 *   something last changed, and not always when the position was read.
 */
export function toPlayback(state: SdkState | undefined, now: number): Playback | null {
  if (!state || typeof state !== 'object') return null;
  const window = record(state.track_window);
  const told = toTrack(window.current_track, largeCover);
  const duration = amount(state.duration);
  const inSeconds = told !== null && duration > 0 && isSeconds(duration, told.durationMs);
  const unit = inSeconds ? 1000 : 1;
  const track = told && withDuration(told, Math.round(duration * unit));
  const disallows = record(state.disallows);
  return Object.freeze({
    track,
    contextUri: text(record(state.context).uri) || null,
    // A state that does not say is one that does not play: the safer thing to show.
    paused: state.paused !== false,
    positionMs: track ? Math.min(Math.round(amount(state.position) * unit), track.durationMs) : 0,
    at: now,
    shuffle: state.shuffle === true,
    repeat: repeatModes[amount(state.repeat_mode)] ?? 'off',
    queue: toTracks(list(window.next_tracks)),
    previous: toTracks(list(window.previous_tracks)),
    disallows: Object.freeze(
      actions.filter(([, ...keys]) => keys.every((key) => disallows[key] === true)).map(([action]) => action),
    ),
  });
}

/** When the SDK made the state, in ms; null where it does not tell. */
export function timestampOf(state: SdkState | undefined): number | null {
  const timestamp = amount(state?.timestamp);
  return timestamp > 0 ? timestamp : null;
}

/** SDK quirk: a state on transfer may hold seconds for ms (spotify.md). The track's own length gives it away. */
function isSeconds(duration: number, durationMs: number): boolean {
  return durationMs > 2000 && Math.abs(duration * 1000 - durationMs) < 2000 && duration < durationMs / 100;
}

/** Some tracks of the window lack their length; the state's is of the same track. */
function withDuration(track: Track, durationMs: number): Track {
  return track.durationMs > 0 || durationMs === 0 ? track : Object.freeze({ ...track, durationMs });
}
