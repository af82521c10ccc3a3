import { writeHistory } from './support/history.ts';
import { expect, test } from './support/rooms.ts';
import type { Visitor } from './support/visitor.ts';

/** Opens what one can do with a message, by hovering it. */
async function act(visitor: Visitor, text: string, name: string | RegExp): Promise<void> {
  const row = visitor.row(text);
  await row.hover();
  const direct = row.getByRole('button', { name }).or(row.getByRole('menuitem', { name }));
  if (!(await direct.first().isVisible())) await row.getByRole('button', { name: 'More' }).click();
  await direct.first().click();
}

test.describe('what becomes of a message', () => {
  test('an edit reaches everybody, and is marked', async ({ room }) => {
    const lobby = await room();
    const [ann, ben] = [await lobby.join('Ann'), await lobby.join('Ben')];
    await ann.say('Helo everybody');
    await expect(ben.message('Helo everybody')).toBeVisible();
    await act(ann, 'Helo everybody', 'Edit');
    await expect(ann.box).toHaveValue('Helo everybody');
    await ann.say('Hello everybody');
    for (const visitor of [ann, ben]) {
      await expect(visitor.row('Hello everybody')).toContainText('edited');
      await expect(visitor.chat.getByText('Helo everybody')).toHaveCount(0);
    }
    await ben.page.reload();
    await expect(ben.row('Hello everybody')).toContainText('edited');
  });

  test('a deleted message is gone everywhere, also for who comes later', async ({ room }) => {
    const lobby = await room();
    const [ann, ben] = [await lobby.join('Ann'), await lobby.join('Ben')];
    await ann.say('A secret');
    await expect(ben.message('A secret')).toBeVisible();
    await act(ann, 'A secret', 'Delete');
    await ann.page.getByRole('button', { name: 'Delete', exact: true }).last().click();
    for (const visitor of [ann, ben]) {
      await expect(visitor.message('A secret')).toHaveCount(0);
      await expect(visitor.chat.getByText('Message deleted')).toBeVisible();
    }
    const cleo = await lobby.join('Cleo');
    await expect(cleo.chat.getByText('Message deleted')).toBeVisible();
    await expect(cleo.chat.getByText('A secret')).toHaveCount(0);
  });

  test('reactions are counted, and taken back', async ({ room }) => {
    const lobby = await room();
    const [ann, ben] = [await lobby.join('Ann'), await lobby.join('Ben')];
    await ann.say('New album out!');
    await act(ben, 'New album out!', 'React');
    await ben.page.getByRole('button', { name: /^React with/ }).first().click();
    const counted = ann.row('New album out!').getByRole('button', { name: /, 1, Ben/ });
    await expect(counted).toBeVisible();
    await counted.click();
    await expect(ben.row('New album out!').getByRole('button', { name: /, 2, / })).toBeVisible();
    await ben.row('New album out!').getByRole('button', { name: /, 2, / }).click();
    await expect(ann.row('New album out!').getByRole('button', { name: /, 1, you/ })).toBeVisible();
  });

  test('an answer quotes its source and leads to it, however far back that is', async ({ join, baseURL }) => {
    const mark = String(Date.now());
    const ann = await join('Ann');
    await ann.say(`${mark} the source`);
    await act(ann, `${mark} the source`, 'Reply');
    await writeHistory(baseURL ?? '', mark, 66);
    await expect(ann.message(`${mark} 65`)).toBeAttached();
    await ann.say(`${mark} the answer`);
    const ben = await join('Ben');
    const quote = ben.row(`${mark} the answer`).getByRole('button', { name: `${mark} the source` });
    await expect(quote).toBeVisible();
    const source = ben.chat.locator('chat-message').filter({ hasText: `${mark} the source`, hasNotText: `${mark} the answer` });
    await expect(source).toHaveCount(0);
    await quote.click();
    await expect(source).toBeInViewport();
  });

  test('a mention completes, and is a mention for who is named', async ({ room }) => {
    const lobby = await room();
    const [ann, ben] = [await lobby.join('Ann'), await lobby.join('Ben')];
    await expect(ann.member('Ben')).toBeVisible();
    await ann.box.pressSequentially('Look here, @Be');
    await ann.box.press('Enter');
    await expect(ann.box).toHaveValue(/^Look here, @Ben\s?$/);
    await ann.box.press('Enter');
    await expect(ben.row('Look here, @Ben').locator('[part~="mention"]')).toHaveText('@Ben');
  });

  test('who is typing is shown to the others, and ceases', async ({ room }) => {
    const lobby = await room();
    const [ann, ben] = [await lobby.join('Ann'), await lobby.join('Ben')];
    await expect(ben.member('Ann')).toBeVisible();
    await ann.box.pressSequentially('Well, I wond');
    await expect(ben.chat.getByText('Ann is typing')).toBeVisible();
    await expect(ann.chat.getByText('Ann is typing')).toHaveCount(0);
    await expect(ben.chat.getByText('Ann is typing')).toHaveCount(0, { timeout: 15_000 });
  });

  test('what was written while one was away is counted, marked, and read once for all one’s tabs', async ({ room }) => {
    const lobby = await room();
    const [ann, ben] = [await lobby.join('Ann'), await lobby.join('Ben')];
    await ann.say('Before');
    await expect(ben.message('Before')).toBeVisible();
    await ben.page.goto('about:blank');
    await ann.say('While you were away');
    await ann.say('And again');
    await expect(ann.message('And again')).toBeVisible();
    await lobby.visit(ben);
    await expect(ben.message('And again')).toBeVisible();
    await expect(ben.chat.getByText('New messages', { exact: true })).toBeVisible();
    await expect.poll(() => ben.page.evaluate(() => (document.querySelector('chat-room') as { unread?: number } | null)?.unread)).toBe(0);
    await ben.page.reload();
    await expect(ben.message('And again')).toBeVisible();
    await expect(ben.chat.getByText('New messages', { exact: true })).toHaveCount(0);
  });

  test('what is read on one device is read on the other, as soon as one looks at it', async ({ room }) => {
    const lobby = await room();
    const [ann, phone] = [await lobby.join('Ann'), await lobby.join('Ben')];
    const desk = await lobby.device(phone);
    const unread = ({ page }: Visitor): Promise<number | undefined> =>
      page.evaluate(() => (document.querySelector('chat-room') as { unread?: number } | null)?.unread);
    await ann.say('Hello');
    for (const device of [phone, desk]) await expect(device.message('Hello')).toBeVisible();
    // Nobody sits at either: what is below the window is not seen.
    for (const { page } of [phone, desk]) await page.evaluate(() => document.querySelector('chat-room')?.toggleAttribute('hidden', true));
    await ann.say('One');
    await ann.say('Two');
    for (const device of [phone, desk]) await expect.poll(() => unread(device)).toBe(2);
    await desk.page.evaluate(() => document.querySelector('chat-room')?.toggleAttribute('hidden', false));
    await expect(desk.message('Two')).toBeVisible();
    await expect.poll(() => unread(desk)).toBe(0);
    // Somebody comes back to the phone.
    await expect
      .poll(async () => {
        await phone.page.evaluate(() => window.dispatchEvent(new Event('online')));
        return unread(phone);
      })
      .toBe(0);
  });
});
