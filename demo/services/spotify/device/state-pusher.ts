import type { Account } from '../accounts.js';
import { currentUri } from '../playback/playback.js';
import { sdkState } from '../playback/sdk-state.js';
import { stateEvents, type StateCause } from '../playback/state-events.js';
import { seeded } from '../random.js';
import type { Simulator } from '../simulator.js';
import type { FromDealer } from './protocol.js';

/** Tells one device what plays: the truth for its sound, and events for its page, as irregular as the SDK's. */
export class StatePusher {
  readonly #random = seeded('state events');
  #pending: (() => void)[] = [];
  #last: Spotify.PlaybackState | null = null;
  /** What the last events were about: the same again is not told. */
  #told = '';

  /** @param isRefused whether a fault keeps sound from starting */
  constructor(
    private readonly simulator: Simulator,
    private readonly account: Account,
    private readonly base: string,
    private readonly send: (message: FromDealer) => void,
    private readonly isRefused: () => boolean,
  ) {}

  push(cause: StateCause): void {
    const { faults, timing } = this.simulator;
    const { at: _, ...subject } = this.account.playback;
    const about = JSON.stringify(subject);
    // SDK quirk: a seek to the position that the last state told causes no event (spotify.md).
    const isSame = cause === 'change' && about === this.#told;
    this.#told = about;
    this.#cancel();
    this.#after(timing.effect, () => this.#sendPlayback());
    if (isSame) return;

    const has = {
      doubled: faults.has(this.account.name, 'doubled-events'),
      stale: faults.has(this.account.name, 'stale-events'),
    };
    for (const { afterMs, alter } of stateEvents(cause, has, this.#random, this.#last)) {
      this.#after(timing.effect + afterMs, () => {
        const state = this.#state();
        // A null state says that playback went elsewhere; here nothing was chosen yet.
        if (!state) return;
        this.#last = state;
        this.send({ type: 'state', state: alter(state) });
      });
    }
  }

  /** Playback went to another device. */
  pushNull(): void {
    this.#cancel();
    this.#told = '';
    this.#last = null;
    this.#after(this.simulator.timing.effect, () => {
      this.send({ type: 'playback', playback: null });
      this.send({ type: 'state', state: null });
    });
  }

  close(): void {
    this.#cancel();
    this.send({ type: 'playback', playback: null });
  }

  #state(): Spotify.PlaybackState | null {
    return sdkState(this.account.playback, this.simulator.clock.now(), {
      catalogue: this.simulator.catalogue,
      base: this.base,
    });
  }

  #sendPlayback(): void {
    const state = this.#state();
    const id = currentUri(this.account.playback)?.split(':')[2] ?? '';
    this.send({
      type: 'playback',
      playback: state && { state, audioUrl: `${this.base}/audio/${id}.wav`, refused: this.isRefused() },
    });
  }

  /** What was to be told of an earlier change would go back in time. */
  #cancel(): void {
    for (const cancel of this.#pending.splice(0)) cancel();
  }

  #after(ms: number, callback: () => void): void {
    this.#pending.push(this.simulator.clock.after(ms, callback));
  }
}
