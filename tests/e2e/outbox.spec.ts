import type { BrowserContext, Page } from 'playwright/test';
import { expect, test } from './support/test.ts';
import type { Visitor } from './support/visitor.ts';

/** What was written is kept until the server has it, whatever becomes of the page; and it is there once. */

const sending = '**/rpc/send_message';

/** The same person at the same browser, in a new page: the old one is gone. */
async function newPage({ context }: Visitor): Promise<{ page: Page; log: ReturnType<Page['getByRole']> }> {
  const page = await context.newPage();
  await page.goto('/');
  return { page, log: page.getByRole('region', { name: 'Lobby' }).getByRole('log', { name: 'Messages' }) };
}

const cut = async (context: BrowserContext): Promise<void> => void (await context.route(sending, (route) => route.abort()));

test('words that did not get through are there after a reload, and are sent once', async ({ join }) => {
  const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
  const words = ['one', 'two', 'three'].map((word) => `${word} ${Date.now()}`);
  await cut(ann.context);
  for (const each of words) {
    await ann.say(each);
    await expect(ann.message(each)).toBeVisible();
  }
  await ann.page.reload();
  for (const each of words) await expect(ann.message(each)).toBeVisible();
  await expect(ben.message(words[0] ?? '')).toHaveCount(0);
  await ann.context.unroute(sending);
  // Whatever gave up meanwhile offers to try again; the others go by themselves.
  const retry = ann.chat.getByRole('button', { name: 'Retry' });
  for (const each of words) {
    await expect(async () => {
      if (await retry.first().isVisible()) await retry.first().click();
      await expect(ben.message(each)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
  }
  for (const visitor of [ann, ben]) for (const each of words) await expect(visitor.message(each)).toHaveCount(1);
  const order = await ben.chat.getByRole('log', { name: 'Messages' }).textContent();
  expect(words.map((each) => order?.indexOf(each) ?? -1)).toEqual(words.map((each) => order?.indexOf(each) ?? -1).sort((a, b) => a - b));
});

test('a message whose answer was lost is not written a second time, though the page crashed over it', async ({ join }) => {
  const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
  const words = `Heard, and not answered ${Date.now()}`;
  // Not by taking the route back: that asks the crashed page, too.
  let isLost = true;
  await ann.context.route(sending, async (route) => {
    if (!isLost) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await ann.say(words);
  await expect(ben.message(words)).toBeVisible();
  const crashed = ann.page.waitForEvent('crash');
  await ann.page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  isLost = false;
  const { page, log } = await newPage(ann);
  await expect(log.getByText(words, { exact: true })).toHaveCount(1);
  await expect(log.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  const after = `And on ${Date.now()}`;
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(after);
  await page.keyboard.press('Enter');
  await expect(ben.message(after)).toBeVisible();
  await expect(ben.message(words)).toHaveCount(1);
});
