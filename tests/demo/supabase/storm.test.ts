import { expect, it } from 'vitest';
import { storm } from '../../chaos/storm.js';

/** One small storm of those that `npm run test:chaos` makes; its faults are the same at each run. */
it('six members through a small storm: everybody shows the log of the database', async () => {
  const tally = await storm({ seed: 4, members: 6, messages: 150, restarts: 2, tokenSeconds: 6, speed: 4, patienceMs: 90_000 });
  expect(tally).toMatchObject({ messages: 150, restarts: 2 });
  expect(tally.entries).toBeGreaterThan(150);
}, 180_000);
