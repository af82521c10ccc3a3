import { expect, it } from 'vitest';
import { checkIsolation } from '../../isolation/property.js';

/** A sample of what `npm run test:isolation` tries a thousand times. */
const runs = 25;

it("eight visitors in one room: nobody's player does what its own visitor did not ask for", async () => {
  const tally = await checkIsolation({ runs, seed: 20_261_123 });
  expect(tally.sequences).toBe(runs);
  expect(tally.commands).toBeGreaterThan(10 * runs);
  expect(tally.messages).toBeGreaterThan(runs);
}, 120_000);
