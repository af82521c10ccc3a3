import { expect, it } from 'vitest';
import { checkEngines } from '../../isolation/engines.js';

it('rooms that listen in embeds, and rooms that mix both: nobody’s player does what its own visitor did not ask for', { timeout: 60_000 }, async () => {
  const tally = await checkEngines({ runs: 25 });
  expect(tally.embed).toBeGreaterThan(100);
  expect(tally.account).toBeGreaterThan(25);
});
