import fc from 'fast-check';
import { createCatalogue } from '../../demo/services/spotify/catalogue/catalogue.js';
import { expect, test } from './support/test.ts';
import type { AccountState, Simulator } from './support/spotify.ts';
import type { Account, Visitor } from './support/visitor.ts';

const seed = Number(process.env.ROOMTONE_SEED ?? 20_261_122);
const sequences = 20;
/** Positions are read at two moments, from another process: they may be off by this much, in ms. */
const drift = 1_500;
const catalogue = createCatalogue();

/** What a visitor does, and the command that has to reach their own account for it. */
const deeds = {
  play: 'play',
  Pause: 'pause',
  Play: 'resume',
  Next: 'next',
  Previous: 'previous',
  volume: 'volume',
  seek: 'seek',
  Shuffle: 'shuffle',
  Repeat: 'repeat',
  queue: 'queue',
  say: null,
  share: null,
  fault: null,
} as const;
type Deed = keyof typeof deeds;

const step = fc.record({
  who: fc.nat({ max: 2 }),
  deed: fc.constantFrom<Deed>(...(Object.keys(deeds) as Deed[])),
  level: fc.integer({ min: 5, max: 95 }),
});

/** What may befall one of them without a word: no command of anybody's may be lost, doubled or led astray by it. */
const faults = ['token-expired', 'doubled-events', 'stale-events', 'no-rotation'] as const;

interface Person {
  readonly visitor: Visitor;
  readonly account: Account;
  /** What this visitor's page is to Spotify. */
  readonly deviceId: string;
}

/** @returns whether it could be done: a button that is not there or not enabled is no deed */
async function attempt({ visitor, account }: Person, deed: Deed, level: number, simulator: Simulator): Promise<boolean> {
  const nth = (name: RegExp) => visitor.player.getByRole('button', { name }).nth(level % 3);
  if (deed === 'say') await visitor.say(`play pause next ${level}`);
  else if (deed === 'fault') await simulator.fault(account.toLowerCase(), faults[(level >> 1) % faults.length] ?? '', level % 2 === 0);
  else if (deed === 'play') await nth(/^Play .+ by /).click();
  else if (deed === 'share') await nth(/^Share .+ in the chat/).click();
  else if (deed === 'queue') {
    // Where nothing was chosen yet there is no queue to add to.
    if (await visitor.slider('Seek').isDisabled()) return false;
    await nth(/^Add .+ to the queue/).click();
  } else if (deed === 'seek') {
    if (await visitor.slider('Seek').isDisabled()) return false;
    await visitor.slider('Seek').fill(String(level % 50));
  } else if (deed === 'volume') {
    if ((await visitor.slider('Volume').inputValue()) === String(level)) return false;
    await visitor.slider('Volume').fill(String(level));
  } else {
    const button = visitor.button(deed);
    // One look: a question after the first would wait for a button that has turned into another meanwhile.
    if (!(await button.and(visitor.page.locator(':enabled')).isVisible())) return false;
    // What was given before may still change the button: then there is nothing to press, and nothing was given.
    return button.click({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
  }
  return true;
}

async function expectOnly(simulator: Simulator, people: readonly Person[], given: ReadonlyMap<Account, string[]>): Promise<void> {
  const names = async (account: Account) => (await simulator.commands(account)).map(({ command }) => command);
  for (const { account, deviceId } of people) {
    await expect.poll(() => names(account), { message: `commands for ${account}` }).toEqual(given.get(account));
    const devices = (await simulator.commands(account)).map((command) => command.deviceId);
    expect(devices.filter((id) => id !== deviceId), `commands for ${account} at another device`).toEqual([]);
  }
}

const statesOf = (simulator: Simulator, people: readonly Person[]): Promise<AccountState[]> =>
  Promise.all(people.map(({ account }) => simulator.account(account)));

/** @param passed how long it was from before the first look until after the second, in ms */
function expectOnlyTime(before: AccountState, after: AccountState, passed: number): void {
  const whose = `of ${before.account}, who did nothing`;
  expect(after.volume, `the volume ${whose}`).toBe(before.volume);
  // Tracks last a minute at least, and this one may have come to its end: what follows then, or begins anew, is no command's.
  const end = before.uri === null ? Infinity : (catalogue.item(before.uri)?.durationMs ?? 0);
  if (!before.paused && before.positionMs + passed + drift >= end) return;
  expect({ uri: after.uri, paused: after.paused }, `what plays ${whose}`).toEqual({ uri: before.uri, paused: before.paused });
  const moved = after.positionMs - before.positionMs;
  expect(moved, `the position ${whose}`).toBeGreaterThanOrEqual(0);
  expect(moved, `the position ${whose}`).toBeLessThanOrEqual(before.paused ? 0 : passed + drift);
}

test(`${sequences} random sequences by three visitors: each account hears its own visitor only`, async ({ join, simulator, request }) => {
  test.setTimeout(240_000);
  const people: Person[] = [];
  for (const account of ['Alice', 'Bob', 'Carol'] as const) {
    const visitor = await join(`Friend of ${account}`);
    const ids = async () => (await simulator.account(account)).devices.map(({ id }) => id);
    const before = await ids();
    await visitor.connect(account);
    const [deviceId = ''] = (await ids()).filter((id) => !before.includes(id));
    await visitor.player.getByRole('searchbox', { name: 'Search tracks' }).fill('the');
    await expect(visitor.player.getByRole('button', { name: /^Play .+ by / }).nth(2)).toBeVisible();
    people.push({ visitor, account, deviceId });
  }
  // Of all sequences together, and the log is never cleared: a command that comes late is one too many in the next one.
  const given = new Map(people.map(({ account }) => [account, [] as string[]]));
  const runs = fc.sample(fc.array(step, { minLength: 2, maxLength: 4 }), { numRuns: sequences, seed });
  for (const [index, run] of runs.entries()) {
    await test.step(`sequence ${index} of seed ${seed}`, async () => {
      for (const { who, deed, level } of run) {
        const person = people[who];
        if (!person) continue;
        const others = people.filter((one) => one !== person);
        const since = Date.now();
        const before = await statesOf(simulator, others);
        const isDone = await attempt(person, deed, level, simulator);
        const command = deeds[deed];
        if (isDone && command) given.get(person.account)?.push(command);
        await expectOnly(simulator, people, given);
        const after = await statesOf(simulator, others);
        for (const [i, state] of before.entries()) expectOnlyTime(state, after[i]!, Date.now() - since);
      }
    });
  }
  await request.delete('/spotify/faults');
  // Every page has had its turn once more by then, and what any of them still had to send is there.
  for (const { visitor } of people) await visitor.say(`${visitor.name} has done enough`);
  for (const { visitor } of people) {
    for (const { name } of people.map((person) => person.visitor)) await expect(visitor.message(`${name} has done enough`).last()).toBeVisible();
  }
  await expectOnly(simulator, people, given);
});
