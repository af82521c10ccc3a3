import { expect, test } from './support/test.ts';
import type { Simulator } from './support/spotify.ts';
import { untouched } from './support/untouched.ts';
import type { Visitor } from './support/visitor.ts';

/** Something goes wrong while a track plays: what the visitor reads, and the one action that brings them back. */
interface Trouble {
  readonly fault: string;
  /** Faults that happen at a moment have nothing to be switched off. */
  readonly once?: boolean;
  /** What the visitor does that meets it. */
  act(ann: Visitor): Promise<void>;
  readonly reads: RegExp;
  /** What they do once the fault is gone. */
  back(ann: Visitor): Promise<void>;
}

const start = (ann: Visitor): Promise<void> => ann.player.getByRole('button', { name: /^Play Salt on the Window by / }).click();
const nothing = (): Promise<void> => Promise.resolve();

const troubles: readonly Trouble[] = [
  { fault: 'restricted', act: start, reads: /does not allow that/, back: start },
  { fault: 'server-error', act: start, reads: /trouble of its own/, back: start },
  { fault: 'network-down', act: start, reads: /cannot be reached/, back: start },
  { fault: 'rate-limited-no-cors', act: start, reads: /cannot be reached|short break/, back: start },
  { fault: 'device-gone', act: nothing, reads: /connection to Spotify dropped/, back: (ann) => ann.button('Play').click() },
  {
    fault: 'taken-elsewhere',
    once: true,
    act: nothing,
    reads: /another device|Playing on/i,
    back: (ann) => ann.player.getByRole('button', { name: 'Bring it here' }).first().click(),
  },
];

const sounds = (visitor: Visitor): Promise<void> => expect.poll(async () => (await visitor.sdkState())?.paused, { timeout: 20_000 }).toBe(false);

async function meet(simulator: Simulator, ann: Visitor, { fault, once, act, reads, back }: Trouble): Promise<void> {
  await simulator.fault('alice', fault, true);
  await act(ann);
  await expect(ann.player.getByText(reads).first(), `what the visitor reads of ${fault}`).toBeVisible();
  if (!once) await simulator.fault('alice', fault, false);
  await back(ann);
  await sounds(ann);
  await expect(ann.player.getByText(reads), `${fault} is over`).toHaveCount(0);
  await expect(ann.player.getByRole('searchbox', { name: 'Search tracks' }), 'what was looked for').toHaveValue('Salt on the Window');
}

test.describe('one visitor in trouble', () => {
  test.afterEach(({ request }) => request.delete('/spotify/faults').then(() => undefined));

  test('reads what is wrong, gets back with one action, and nobody else notices', async ({ join, simulator }) => {
    test.setTimeout(90_000);
    const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
    await ann.connect('Alice');
    await ann.playFromSearch('Salt on the Window');
    await ben.connect('Bob');
    await ben.playFromSearch('The Long Afternoon of the Kettle');
    await untouched(simulator, ben, 'Bob', async () => {
      for (const trouble of troubles) await test.step(trouble.fault, () => meet(simulator, ann, trouble));
    });
  });

  for (const [fault, reads] of [['rate-limited-bare', /short break.*Try again in \d+ seconds/], ['quota-exceeded', /used up what Spotify allows/]] as const) {
    test(`meets ${fault}: reads how long it lasts, and the music and its buttons go on`, async ({ join, simulator }) => {
      const ann = await join('Ann');
      await ann.connect('Alice');
      await ann.playFromSearch('Salt on the Window');
      await simulator.fault('alice', fault, true);
      await start(ann);
      await expect(ann.player.getByText(reads)).toBeVisible();
      await ann.button('Dismiss').click();
      await expect(ann.player.getByText(reads)).toHaveCount(0);
      // Pausing is the SDK's: it needs no request.
      await ann.button('Pause').click();
      await expect(ann.button('Play')).toBeVisible();
      await ann.button('Play').click();
      await sounds(ann);
    });
  }

  test('whose sign-in has run out is asked to connect again, once', async ({ join, simulator }) => {
    const ann = await join('Ann');
    await ann.connect('Carol');
    await ann.playFromSearch('Salt on the Window');
    await simulator.fault('carol', 'refresh-refused', true);
    await simulator.fault('carol', 'token-expired', true);
    // The SDK asks for a token by itself.
    await expect(ann.player.getByText(/has run out/)).toBeVisible();
    await simulator.fault('carol', 'refresh-refused', false);
    await ann.connect('Carol');
    await ann.playFromSearch('Salt on the Window');
  });

  const refusals: [fault: string, account: string, reads: RegExp][] = [
    ['not-on-list', 'dave', /not on its list/],
    ['owner-premium-lapsed', 'dave', /own Premium has ended/],
    ['sdk-blocked', '*', /could not load/],
  ];
  for (const [fault, account, reads] of refusals) {
    test(`who meets ${fault} reads it, and gets in once it is mended`, async ({ open, simulator }) => {
      await simulator.fault(account, fault, true);
      const ann = await open('Ann');
      const popup = ann.page.waitForEvent('popup');
      await ann.button('Connect Spotify').click();
      await (await popup).getByRole('button', { name: 'Continue as Dave' }).click();
      const search = ann.player.getByRole('searchbox', { name: 'Search tracks' });
      // An account's rights show at the first request, the script's absence before that.
      await expect(ann.player.getByText(reads).or(search)).toBeVisible();
      if (await search.isVisible()) await search.fill('Request Stop');
      await expect(ann.player.getByText(reads)).toBeVisible();
      await simulator.fault(account, fault, false);
      await ann.player.getByRole('button', { name: /^(Try again|Connect Spotify)$/ }).click();
      const again = ann.page.context().pages().find((page) => page !== ann.page);
      if (again) await again.getByRole('button', { name: 'Continue as Dave' }).click();
      await expect(ann.button('Disconnect')).toBeVisible();
      await ann.playFromSearch('Request Stop');
    });
  }

  test('whose browser refuses sound reads it, and one click starts the music', async ({ join, simulator }) => {
    const ann = await join('Ann');
    await ann.connect('Alice');
    await simulator.fault('alice', 'autoplay-blocked', true);
    await ann.player.getByRole('searchbox', { name: 'Search tracks' }).fill('Salt on the Window');
    await start(ann);
    await expect(ann.player.getByText(/one more click/)).toBeVisible();
    await ann.button('Start the music').click();
    await sounds(ann);
    await expect(ann.player.getByText(/one more click/)).toHaveCount(0);
  });

  test('who waits for a player that never gets ready reads it, and the next try helps', async ({ open, simulator }) => {
    test.setTimeout(90_000);
    await simulator.fault('alice', 'ready-never', true);
    const ann = await open('Ann');
    const popup = ann.page.waitForEvent('popup');
    await ann.button('Connect Spotify').click();
    await (await popup).getByRole('button', { name: 'Continue as Alice' }).click();
    await expect(ann.player.getByText(/did not start in time/)).toBeVisible({ timeout: 60_000 });
    await simulator.fault('alice', 'ready-never', false);
    await ann.button('Try again').click();
    await ann.playFromSearch('Salt on the Window');
  });

  test('who closes Spotify’s window reads it, and may come again', async ({ open }) => {
    const ann = await open('Ann');
    const popup = ann.page.waitForEvent('popup');
    await ann.button('Connect Spotify').click();
    const opened = await popup;
    await expect(opened.getByRole('button', { name: 'Continue as Alice' })).toBeVisible();
    await opened.close();
    await expect(ann.player.getByText(/was closed before you were signed in/)).toBeVisible();
    await ann.connect('Alice');
    await expect(ann.player.getByText(/was closed before/)).toHaveCount(0);
  });

  test('whose browser lets no window open goes on in this tab, and comes back connected, with a clean address', async ({ open }) => {
    const ann = await open('Ann', '/?tune=1#room');
    await ann.page.evaluate(() => (window.open = () => null));
    await ann.button('Connect Spotify').click();
    await expect(ann.player.getByText(/kept Spotify’s window from opening/)).toBeVisible();
    await ann.button('Continue in this tab').click();
    await ann.page.getByRole('button', { name: 'Continue as Alice' }).click();
    await ann.playFromSearch('Salt on the Window');
    expect(ann.page.url()).not.toMatch(/code=|state=/);
  });

  test('whose network keeps Spotify’s script away reads it, and gets in once it is through', async ({ open }) => {
    const ann = await open('Ann');
    await ann.page.route('**/spotify/sdk.js', (route) => route.abort());
    const popup = ann.page.waitForEvent('popup');
    await ann.button('Connect Spotify').click();
    await (await popup).getByRole('button', { name: 'Continue as Alice' }).click();
    await expect(ann.player.getByText(/ad blocker or a strict network/)).toBeVisible();
    await ann.page.unroute('**/spotify/sdk.js');
    await ann.button('Try again').click();
    await ann.playFromSearch('Salt on the Window');
  });
});
