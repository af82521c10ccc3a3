import type { Page } from 'playwright/test';
import { expect, test as base } from './test.ts';
import { Visitor, type Account } from './visitor.ts';

interface HostFixtures {
  /** Somebody who is in the lobby already, in the demo's own page, and answers. One for all tests of a worker. */
  readonly neighbour: Visitor;
}

export const test = base.extend<object, HostFixtures>({
  neighbour: [
    async ({ browser, demo }, use) => {
      const neighbour = await Visitor.open(browser, 'Nell', demo.url);
      await neighbour.join();
      await use(neighbour);
      await neighbour.leave();
    },
    { scope: 'worker' },
  ],
});

let talks = 0;

/** Either reads what the other one writes. */
export async function talk(visitor: Visitor, neighbour: Visitor): Promise<void> {
  const [said, answered] = [`Hello ${++talks} from ${visitor.name}`, `Hello ${talks} from the neighbour`];
  await visitor.say(said);
  await expect(neighbour.message(said)).toBeVisible();
  await neighbour.say(answered);
  await expect(visitor.message(answered)).toBeVisible();
}

/** The page's own SDK says that it plays. */
export async function hears(visitor: Visitor, title: string): Promise<void> {
  await expect(visitor.player.getByRole('link', { name: title, exact: true }).first()).toBeVisible();
  await expect.poll(async () => (await visitor.sdkState())?.paused).toBe(false);
}

/**
 * What every page has to let its visitor do: join, read and be read, connect Spotify, hear a track.
 * @returns the track's title
 */
export async function chatAndPlay(visitor: Visitor, neighbour: Visitor, account: Account = 'Alice'): Promise<string> {
  await visitor.join();
  await talk(visitor, neighbour);
  await visitor.connect(account);
  const title = await visitor.playFromSearch('Request Stop');
  await hears(visitor, title);
  return title;
}

/** What a page would notice of what it embeds. */
export const traces = (page: Page) =>
  page.evaluate(() => ({
    // A number names a frame: Spotify's is one. The SDK's player is kept by these tests (visitor.ts).
    globals: Object.getOwnPropertyNames(window).filter((name) => !/^\d+$|^sdkPlayer$/.test(name)),
    head: [...document.head.children].map(({ outerHTML }) => outerHTML),
    body: [...document.body.children].map(({ localName }) => localName),
  }));

export { expect } from './test.ts';
