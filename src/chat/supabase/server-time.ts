import type { Clock } from '../../clock.js';

/** A clock that is off by less than this many ms, and what an answer takes, is as good as right. */
const negligible = 5000;

/**
 * Moments of the database by this device's clock, and the other way: one that is an hour off, as where the time zone was
 * set wrong and the hands put right, would make a mute of ten minutes last seventy, or none.
 */
export class ServerTime {
  #ahead = 0;

  constructor(private readonly clock: Clock) {}

  /** By this clock. */
  now(): number {
    return this.clock.now();
  }

  /** @param asked by this clock @param now the database's, in ms since the epoch; null where it did not tell */
  heard(asked: number, now: number | null): void {
    if (now === null) return;
    const answered = this.clock.now();
    const isRight = now > asked - negligible && now < answered + negligible;
    this.#ahead = isRight ? 0 : now - answered;
  }

  /** @param moment of the database */
  here(moment: number): number {
    return moment - this.#ahead;
  }

  /** @param moment by this clock */
  there(moment: number): number {
    return moment + this.#ahead;
  }
}
