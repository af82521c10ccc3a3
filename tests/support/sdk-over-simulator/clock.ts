import { AsyncResource } from 'node:async_hooks';
import type { Clock } from '../../../src/clock.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** One time for everybody: pages, room and simulator. It stands still until a test moves it on. */
export class SharedClock implements Clock {
  #now = Date.UTC(2026, 10, 20);
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    // What comes of a timer is caused by whoever set it, not by whoever moves the clock.
    const timer = { at: this.#now + Math.max(0, ms), run: AsyncResource.bind(callback) };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass: every timer at its time, and after each all that it set in motion. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    // What asks again at once, for ever, would never let the time come.
    let left = 10_000 + ms;
    await settled();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      if (left-- < 0) throw new Error(`More than a timer a millisecond: ${next.run.toString().slice(0, 200)}`);
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
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

  #next(end: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
    return next;
  }
}

/** Everything that waits for nothing but promises has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
