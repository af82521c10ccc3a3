import { expect, it } from 'vitest';
import { checkEngines } from './engines.js';
import { checkIsolation } from './property.js';

const runs = Number(process.env.ROOMTONE_RUNS ?? 1_000);
const seed = Number(process.env.ROOMTONE_SEED ?? Math.floor(Math.random() * 2 ** 31));

it(`eight visitors in one room, ${runs} sequences: nobody's player does what its own visitor did not ask for`, async () => {
  console.info(`ROOMTONE_SEED=${seed}`);
  const tally = await checkIsolation({ runs, seed });
  console.info(Object.entries(tally).map(([name, count]) => `${count} ${name}`).join(', '));
  expect(tally.sequences).toBeGreaterThanOrEqual(runs);
  expect(tally.commands).toBeGreaterThan(runs);
  expect(tally.messages).toBeGreaterThan(runs);
});

it(`rooms that listen in embeds, and rooms that mix both engines, ${runs} sequences`, async () => {
  const tally = await checkEngines({ runs, seed });
  console.info(`${tally.embed} commands in embeds, ${tally.account} on accounts`);
  expect(tally.embed).toBeGreaterThan(runs);
  expect(tally.account).toBeGreaterThan(runs);
});
