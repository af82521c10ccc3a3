import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoff, jittered } from '../../../src/chat/backoff.js';

const random = fc.double({ min: 0, max: 1, noNaN: true });

it('waits longer and longer, never for nothing and never for ever', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1, max: 1e6 }), random, (tries, chance) => {
      const wait = backoff(tries, () => chance);
      expect(wait).toBeGreaterThanOrEqual(500);
      expect(wait).toBeLessThanOrEqual(30_000);
      expect(backoff(tries + 1, () => chance)).toBeGreaterThanOrEqual(wait);
      expect(backoff(tries, () => chance, 10_000)).toBeLessThanOrEqual(10_000);
    }),
  );
});

it('spreads those who lost the same server over half of the wait', () => {
  expect([backoff(3, () => 0), backoff(3, () => 1)]).toEqual([2000, 4000]);
  expect([jittered(45_000, () => 0), jittered(45_000, () => 1)]).toEqual([36_000, 54_000]);
});
