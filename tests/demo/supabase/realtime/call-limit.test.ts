import { expect, it } from 'vitest';
import { CallLimit } from '../../../../demo/services/supabase/realtime/call-limit.js';

it('lets five calls through in 30 s, and five more after them', () => {
  let now = 1000;
  const limit = new CallLimit(5, 30_000, () => now);
  const take = (): boolean[] => Array.from({ length: 6 }, () => limit.take());
  expect(take()).toEqual([true, true, true, true, true, false]);
  now += 30_000;
  expect(limit.take()).toBe(false);
  now += 1;
  expect(take()).toEqual([true, true, true, true, true, false]);
});
