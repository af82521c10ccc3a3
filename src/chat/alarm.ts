import type { Clock } from '../clock.js';

/** Longer than this, in ms, a browser's timer cannot be trusted to wait: whoever waits longer looks again then. */
export const longestTimer = 24 * 3600_000;

/** One thing to do later: setting it again replaces it, and whoever is woken early may do it now. */
export class Alarm {
  #cancel: (() => void) | null = null;
  #action: (() => void) | null = null;
  #ended = false;

  constructor(private readonly clock: Clock) {}

  get isSet(): boolean {
    return this.#action !== null;
  }

  get isEnded(): boolean {
    return this.#ended;
  }

  /** @param ms from now */
  set(ms: number, action: () => void): void {
    this.cancel();
    if (this.#ended) return;
    this.#action = action;
    this.#cancel = this.clock.after(ms, () => this.ring());
  }

  /** Does it now, if there is something to do. */
  ring(): void {
    const action = this.#action;
    this.cancel();
    action?.();
  }

  /** For good: an answer that comes late sets nothing any more. */
  end(): void {
    this.cancel();
    this.#ended = true;
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#action = null;
  }
}
