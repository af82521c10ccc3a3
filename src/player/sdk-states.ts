import { systemClock, type Clock } from '../clock.js';
import { positionAt, type Playback } from './snapshot.js';
import { timestampOf, toPlayback, type SdkState } from './to-playback.js';

export interface SdkStatesOptions {
  /** Asks the SDK for its state. May reject. */
  readonly read: () => Promise<SdkState>;
  readonly emit: (playback: Playback | null) => void;
  readonly clock?: Clock;
}

/** After this much quiet the SDK is asked once, so that a lost, late or odd event does not last. */
const settleMs = 1000;
/** SDK quirk: a state on transfer may hold seconds for ms (spotify.md). How long a transfer's events go on. */
const transferMs = 1000;
const settleTransferMs = 300;
/** SDK quirk: the end of a track is a pair of events, `paused` and then what follows (spotify.md). */
const endOfTrackMs = 400;
const nearEndMs = 2000;

/**
 * The SDK's states as a stream of what plays. SDK quirks met here (spotify.md): two to four events an action at
 * irregular intervals, stale ones among them; no event for a seek to the same place; the end-of-track pair; seconds
 * for ms.
 */
export class SdkStates {
  readonly #read: () => Promise<SdkState>;
  readonly #emit: (playback: Playback | null) => void;
  readonly #clock: Clock;
  #last: Playback | null = null;
  /** The newest timestamp that was told; reading the state sets it anew, should the device's clock have changed. */
  #newest = 0;
  /** When playback came to this device. */
  #transferredAt = 0;
  /** Of the newest event; an answer to what was asked before it is out of date. */
  #serial = 0;
  #cancelSettling = (): void => undefined;
  #cancelHolding = (): void => undefined;

  constructor({ read, emit, clock = systemClock }: SdkStatesOptions) {
    this.#read = read;
    this.#emit = emit;
    this.#clock = clock;
  }

  /** What `player_state_changed` told. */
  event(state: SdkState): void {
    const timestamp = timestampOf(state);
    if (timestamp !== null && timestamp < this.#newest) return this.settleSoon();
    const now = this.#clock.now();
    const last = this.#last;
    const playback = this.#inMs(toPlayback(state, now));
    if (!last && playback) this.#transferredAt = now;
    this.#newest = timestamp ?? this.#newest;
    this.#serial++;
    this.#cancelHolding();
    if (playback && last && isEnd(last, playback)) {
      this.#cancelHolding = this.#clock.after(endOfTrackMs, () => this.#tell(playback));
    } else {
      this.#tell(playback);
    }
    this.settleSoon(last ? settleMs : settleTransferMs);
  }

  /** A command was given: its effect is looked at even if no event tells of it. */
  settleSoon(delay = settleMs): void {
    this.#cancelSettling();
    this.#cancelSettling = this.#clock.after(delay, () => void this.#settle());
  }

  /** Another device, or none: nothing that is known or under way counts any more. */
  reset(): void {
    this.#serial++;
    this.#cancelSettling();
    this.#cancelHolding();
    this.#last = null;
    this.#newest = 0;
  }

  /** Just after a transfer, a position that is a thousandth of what it has to be is one in seconds. */
  #inMs(playback: Playback | null): Playback | null {
    const last = this.#last;
    if (!playback || !last || last.track?.uri !== playback.track?.uri) return playback;
    if (playback.at - this.#transferredAt > transferMs) return playback;
    const expected = positionAt(last, playback.at);
    const isSeconds = expected >= 2000 && Math.abs(playback.positionMs - expected / 1000) <= 1;
    return isSeconds ? Object.freeze({ ...playback, positionMs: expected }) : playback;
  }

  async #settle(): Promise<void> {
    const serial = this.#serial;
    try {
      const state = await this.#read();
      if (serial !== this.#serial) return;
      this.#cancelHolding();
      this.#newest = timestampOf(state) ?? this.#newest;
      this.#tell(toPlayback(state, this.#clock.now()));
    } catch {
      // It may hang when the device is dead (spotify.md). Whoever waits for an effect sees that none comes.
    }
  }

  #tell(playback: Playback | null): void {
    this.#last = playback;
    if (!playback) this.#newest = 0;
    this.#emit(playback);
  }
}

/** Playing a moment ago, at the end by now, and paused without a word: the next event, if any, is what follows. */
function isEnd(last: Playback, next: Playback): boolean {
  if (last.paused || !next.paused || !last.track || last.track.uri !== next.track?.uri) return false;
  const expected = Math.max(positionAt(last, next.at), next.positionMs);
  return expected >= last.track.durationMs - nearEndMs;
}
