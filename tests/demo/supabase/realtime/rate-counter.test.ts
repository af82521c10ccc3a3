import { describe, expect, it } from 'vitest';
import { RateCounter } from '../../../../demo/services/supabase/realtime/rate-counter.js';

/* Ported from supabase/realtime, test/realtime/rate_counter/rate_counter_test.exs: ticks of 5 s, the average of the last twelve that are over. */
describe('events a second', () => {
  const counted = () => {
    let now = 0;
    const counter = new RateCounter(10, () => now);
    return { counter, pass: (ms: number) => (now += ms) };
  };

  it('are noticed when a tick is over, and not before', () => {
    const { counter, pass } = counted();
    counter.add(100);
    pass(4999);
    expect(counter.average).toBe(0);
    pass(1);
    // The first tick was over at once, and empty.
    expect(counter.average).toBe(10);
    expect(counter.reached).toBe(true);
  });

  it('are the average of a minute, and forgotten after it', () => {
    const { counter, pass } = counted();
    counter.add(600);
    pass(30_000);
    expect(counter.average).toBeCloseTo(600 / 7 / 5);
    pass(25_000);
    expect(counter.average).toBe(10);
    pass(10_000);
    expect(counter.average).toBe(0);
  });

  it('stay right over a long silence', () => {
    const { counter, pass } = counted();
    counter.add(1000);
    pass(24 * 60 * 60_000);
    expect(counter.average).toBe(0);
    counter.add(600);
    pass(5000);
    expect(counter.average).toBe(10);
  });
});
