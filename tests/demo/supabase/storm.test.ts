import { expect, it } from 'vitest';
import { storm } from '../../chaos/storm.js';

/**
 * One small storm of those that `npm run test:chaos` makes; its faults are the same at each run. What takes its time, a
 * network that is dark and a Realtime that refuses to be joined for long, is left to those.
 */
it('six members through a small storm: everybody shows the log of the database, and it has whatever anybody did', async () => {
  const small = { seed: 4, members: 6, messages: 150, restarts: 2, darkSeconds: 0, refusedSeconds: 0 } as const;
  const tally = await storm({ ...small, tokenSeconds: 6, speed: 4, patienceMs: 120_000 });
  expect(tally).toMatchObject({ messages: 150, restarts: 2 });
  expect(tally.entries).toBeGreaterThan(150);
  for (const change of ['edits', 'deletions', 'reactions']) expect(tally[change], change).toBeGreaterThan(0);
}, 300_000);
