import { expect, test } from './support/test.ts';
import { writeHistory } from './support/history.ts';

test.describe('one chat', () => {
  test('two visitors see each other and what they write', async ({ join }) => {
    const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
    await expect(ann.member('Ben')).toBeVisible();
    await expect(ben.member('Ann')).toBeVisible();
    const words = `Is this on? ${Date.now()}`;
    await ann.say(words);
    await expect(ben.message(words)).toBeVisible();
    await expect(ann.message(words)).toHaveCount(1);
    await ben.say(`${words} Yes.`);
    await expect(ann.message(`${words} Yes.`)).toBeVisible();
  });

  test('a visitor who comes back is in the room at once, with the same name and the same history', async ({ join }) => {
    const ann = await join('Ann');
    const words = `Remember me ${Date.now()}`;
    await ann.say(words);
    await expect(ann.message(words)).toBeVisible();
    await ann.page.reload();
    await expect(ann.message(words)).toBeVisible();
    await expect(ann.member('Ann')).toBeVisible();
    await expect(ann.chat.getByRole('textbox', { name: 'Your name' })).toHaveCount(0);
  });

  test('the network goes while sending: the text is kept, and Retry sends it', async ({ join }) => {
    const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
    const words = `Into the void ${Date.now()}`;
    await ann.context.setOffline(true);
    await ann.say(words);
    await expect(ann.message(words)).toBeVisible();
    const retry = ann.chat.getByRole('button', { name: 'Retry' });
    await expect(retry).toBeVisible();
    await expect(ann.chat.getByRole('button', { name: 'Discard' })).toBeVisible();
    await ann.context.setOffline(false);
    await retry.click();
    await expect(ben.message(words)).toBeVisible();
    await expect(retry).toHaveCount(0);
    await expect(ann.message(words)).toHaveCount(1);
  });

  test('what was written while a visitor was away is there when they are back online', async ({ join }) => {
    const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
    const words = `While you were out ${Date.now()}`;
    await ben.context.setOffline(true);
    await ann.say(words);
    await expect(ann.message(words)).toBeVisible();
    await ben.context.setOffline(false);
    await expect(ben.message(words)).toBeVisible({ timeout: 30_000 });
    await expect(ben.message(words)).toHaveCount(1);
  });

  test('older messages come page by page on scrolling up', async ({ join, baseURL }) => {
    const mark = String(Date.now());
    await writeHistory(baseURL ?? '', mark, 70);
    const reader = await join('Reader');
    const log = reader.chat.getByRole('log', { name: 'Messages' });
    await expect(reader.message(`${mark} 69`)).toBeVisible();
    await expect(reader.message(`${mark} 0`)).toHaveCount(0);
    await log.hover();
    await expect(async () => {
      await reader.page.mouse.wheel(0, -4_000);
      await expect(reader.message(`${mark} 0`)).toBeAttached({ timeout: 1_000 });
    }).toPass();
    await expect(log.getByText(mark)).toHaveCount(70);
  });

  test('nothing that happens in the room scrolls the page around it', async ({ join }) => {
    const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
    const say = async (what: string): Promise<void> => {
      const words = `${what} ${Date.now()}`;
      await ben.box.fill(`${words}\n\n\n\n\n\n`.concat('end'));
      await ben.box.press('Enter');
      await expect(ann.chat.getByText(words)).toBeAttached();
    };
    await say('before');
    const place = await ann.page.evaluate(() => {
      document.body.style.paddingBlock = '1500px';
      // The chat half in sight, at the lower end of the window.
      scrollTo(0, (document.querySelector('chat-room')?.getBoundingClientRect().top ?? 0) + scrollY - innerHeight / 2);
      return scrollY;
    });
    expect(place).toBeGreaterThan(0);
    for (const what of ['one', 'two', 'three', 'four']) await say(what);
    // Playwright's own clicks and wheels would scroll to what they aim at.
    const log = ann.chat.getByRole('log', { name: 'Messages' });
    await log.evaluate((list) => (list.scrollTop = 0));
    await say('above');
    const jump = ann.chat.getByRole('button', { name: /Jump to latest/ });
    await expect(jump).toBeAttached();
    await jump.dispatchEvent('click');
    await expect(jump).toHaveCount(0);
    await say('at the end');
    expect(await ann.page.evaluate(() => scrollY)).toBe(place);
  });
});
