import { describe, expect, it } from 'vitest';
import { ServerTime } from '../../../../src/chat/supabase/server-time.js';
import { ManualClock } from '../../../support/manual-clock.js';

const hour = 3_600_000;

/** By a clock that is so many ms before the database's, after an answer that took a second. */
function told(behind: number, took = 1000): { time: ServerTime; clock: ManualClock } {
  const clock = new ManualClock();
  const time = new ServerTime(clock);
  const asked = time.now();
  clock.tick(took);
  time.heard(asked, clock.now() + behind);
  return { time, clock };
}

describe('the database’s time', () => {
  it('is this clock’s where that is right, also by an answer that took long', () => {
    for (const [behind, took] of [[0, 0], [-14_000, 14_000], [3000, 1000]] as const) {
      expect(told(behind, took).time.here(5)).toBe(5);
      expect(told(behind, took).time.there(5)).toBe(5);
    }
  });

  it('is told from one that is off, either way, and for good stays for good', () => {
    for (const behind of [hour, -hour, 10 * 365 * 24 * hour]) {
      const { time, clock } = told(behind);
      expect(time.here(clock.now() + behind + 600_000)).toBe(clock.now() + 600_000);
      expect(time.there(clock.now() + 600_000)).toBe(clock.now() + behind + 600_000);
      expect([time.here(Infinity), time.there(Infinity)]).toEqual([Infinity, Infinity]);
    }
  });

  it('is taken for this clock’s where the database does not tell it', () => {
    const time = new ServerTime(new ManualClock());
    time.heard(0, null);
    expect(time.here(7)).toBe(7);
  });
});
