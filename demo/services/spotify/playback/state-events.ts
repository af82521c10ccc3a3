import { between, type Random } from '../random.js';

/** What happened to an account's playback, as far as the shape of the SDK's events depends on it. */
export type StateCause =
  /** Another track, by command or because one ended. */
  | 'track'
  /** Playback came to this device from another one. */
  | 'transfer'
  /** The last track ended. */
  | 'end'
  /** Anything else: pause, seek, shuffle … */
  | 'change';

/** One `player_state_changed`: how long after the change it comes, and how it differs from the truth of that moment. */
export interface StateEvent {
  readonly afterMs: number;
  alter(state: Spotify.PlaybackState): Spotify.PlaybackState;
}

export interface EventFaults {
  /** Four events at wide gaps instead of the usual two or three. */
  readonly doubled: boolean;
  /** A last event that still tells `before`. */
  readonly stale: boolean;
}

const truth = (state: Spotify.PlaybackState): Spotify.PlaybackState => state;

/**
 * The events that one change causes. Like the SDK's they come two to four a change, at irregular intervals, and not all
 * of them are true (spotify.md, "Quirks"):
 * - of a new track the first tells `loading` and a duration that is 24 ms short
 * - of a transfer the second holds the position in seconds
 * - the end of everything is a pair: paused just before the end, then paused at the start
 *
 * @param before what the last event told
 */
export function stateEvents(
  cause: StateCause,
  faults: EventFaults,
  random: Random,
  before: Spotify.PlaybackState | null = null,
): StateEvent[] {
  const first: Record<StateCause, StateEvent['alter'][]> = {
    track: [(state) => ({ ...state, loading: true, duration: state.duration - 24 }), truth],
    transfer: [truth, (state) => ({ ...state, position: Math.round(state.position / 1_000) }), truth],
    end: [
      (state) =>
        before
          ? { ...before, paused: true, position: Math.max(0, before.duration - 32), timestamp: state.timestamp }
          : state,
      truth,
    ],
    change: [truth, truth],
  };
  const alters = [...first[cause]];
  while (faults.doubled && alters.length < 4) alters.push(truth);
  const [shortest, longest] = faults.doubled ? [80, 400] : [12, 90];
  let afterMs = 0;
  const events = alters.map((alter, i) => {
    afterMs += i === 0 ? 0 : Math.round(between(random, shortest, longest));
    return { afterMs, alter };
  });
  if (faults.stale && before) events.push({ afterMs: afterMs + 300, alter: () => before });
  return events;
}
