import type { Clock } from '../../src/clock.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes when a test says so. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), run: callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass in one go: every timer at its time, in order. */
  tick(ms: number): void {
    const end = this.#now + ms;
    while (this.#runNext(end));
    this.#now = end;
  }

  /** Lets `ms` pass: every timer at its time, and after each all that it set in motion. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    // What asks again at once, for ever, would never let the time come.
    let left = 10_000 + ms;
    await settled();
    while (this.#runNext(end)) {
      if (left-- < 0) throw new Error('More than a timer a millisecond.');
      await settled();
    }
    this.#now = end;
  }

  /** A laptop that was asleep: the time has gone, and no timer ran meanwhile. */
  async jump(ms: number): Promise<void> {
    await settled();
    this.#now += ms;
    await this.advance(0);
  }

  /** @returns whether one was due */
  #runNext(end: number): boolean {
    let next: Timer | null = null;
    for (const timer of this.#timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
    if (!next) return false;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.run();
    return true;
  }
}

/** Everything that waits for nothing but promises has happened. In Node, where the logic is tested. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
