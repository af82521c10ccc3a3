import type { Clock } from '../../src/clock.js';

/** Waits of the session pass so many times faster; the network and the database take the time that they take. */
export function fastClock(speed: number): Clock {
  const started = Date.now();
  return {
    now: () => started + (Date.now() - started) * speed,
    after(ms, callback) {
      const timer = setTimeout(callback, ms / speed);
      return () => clearTimeout(timer);
    },
  };
}
