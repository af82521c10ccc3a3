import type { Page } from 'playwright/test';
import { expect, test } from './support/test.ts';

/** The demo's page with other attributes: what an author may get wrong. */
async function embed(page: Page, attributes: { player?: Record<string, string | null>; chat?: Record<string, string | null> }): Promise<void> {
  await page.route('**/', async (route) => {
    const response = await route.fetch();
    let body = await response.text();
    for (const [tag, changes] of [['room-player', attributes.player], ['chat-room', attributes.chat]] as const) {
      for (const [name, value] of Object.entries(changes ?? {})) {
        body = body.replace(new RegExp(`(<${tag}[^>]*?) ${name}="[^"]*"`), value === null ? '$1' : `$1 ${name}="${value}"`);
      }
    }
    await route.fulfill({ response, body });
  });
  await page.goto('/');
}

test.describe('what a site owner may get wrong', () => {
  const cases: [what: string, chat: Record<string, string | null>, reads: RegExp][] = [
    ['no supabase-url', { 'supabase-url': null }, /not set up/i],
    ['a supabase-url that is no address', { 'supabase-url': 'https://' }, /not set up/i],
    ['a supabase-url that nobody answers at', { 'supabase-url': 'http://127.0.0.1:9/' }, /reach/i],
    ['a wrong key', { 'supabase-key': 'sb_publishable_wrong' }, /not set up/i],
    ['an unknown room', { room: 'no-such-room' }, /no such room/i],
  ];
  for (const [what, chat, reads] of cases) {
    test(`${what}: the visitor reads a sentence, the page goes on`, async ({ page }) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await embed(page, { chat });
      await expect(page.locator('chat-room').getByText(reads).first()).toBeVisible();
      await expect(page.getByRole('button', { name: 'Connect Spotify' })).toBeVisible();
      expect(errors).toEqual([]);
    });
  }

  test('no client-id: visitors listen without signing in, and nobody is warned', async ({ page }) => {
    const warnings: string[] = [];
    page.on('console', (line) => line.type() === 'warning' && warnings.push(line.text()));
    await embed(page, { player: { 'client-id': null } });
    await expect(page.getByRole('button', { name: 'Listen without signing in' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Connect Spotify' })).toHaveCount(0);
    expect(warnings.filter((line) => line.includes('room-player'))).toEqual([]);
  });
});

test.describe('what a visitor may get wrong', () => {
  test('an empty name, and one of 41 characters', async ({ open }) => {
    const { chat } = await open('Nobody');
    const name = chat.getByRole('textbox', { name: 'Your name' });
    await chat.getByRole('button', { name: 'Join' }).click();
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await expect(name).toHaveAccessibleDescription(/name/i);
    await name.fill('n'.repeat(41));
    await chat.getByRole('button', { name: 'Join' }).click();
    await expect(name).toHaveAccessibleDescription(/40/);
    await expect(name).toHaveValue('n'.repeat(41));
    await name.fill('n'.repeat(40));
    await chat.getByRole('button', { name: 'Join' }).click();
    await expect(chat.getByRole('textbox', { name: 'Message' })).toBeEditable();
  });

  test('an empty message is not sent; one over 4,000 characters is refused and kept', async ({ join }) => {
    const ann = await join('Ann');
    const box = ann.chat.getByRole('textbox', { name: 'Message' });
    const rows = ann.chat.getByRole('log', { name: 'Messages' }).locator('chat-message');
    const before = await rows.count();
    await box.fill('   ');
    await box.press('Enter');
    await box.fill('x'.repeat(4_001));
    await box.press('Enter');
    await expect(ann.chat.getByText(/4,?000/).first()).toBeVisible();
    await expect(box).toHaveValue('x'.repeat(4_001));
    expect(await rows.count()).toBe(before);
  });
});

test.describe('when Spotify does not let a visitor in', () => {
  test('the popup is blocked: the visitor reads why and can go by this page instead', async ({ open }) => {
    const ann = await open('Ann');
    await ann.page.evaluate(() => {
      window.open = () => null;
    });
    await ann.button('Connect Spotify').click();
    await expect(ann.player.getByText(/kept Spotify’s window from opening/)).toBeVisible();
    await ann.button('Continue in this tab').click();
    await ann.page.getByRole('button', { name: 'Continue as Carol' }).click();
    await expect(ann.button('Disconnect')).toBeVisible();
    expect(new URL(ann.page.url()).search).toBe('');
  });

  test('the visitor refuses the sign-in', async ({ open }) => {
    const ann = await open('Ann');
    const popup = ann.page.waitForEvent('popup');
    await ann.button('Connect Spotify').click();
    await (await popup).getByRole('button', { name: 'Cancel' }).click();
    await expect(ann.player.getByRole('button', { name: 'Connect Spotify' })).toBeVisible();
    await expect(ann.player.getByText(/not given your permission/)).toBeVisible();
  });

  test('an answer with the wrong state is not taken', async ({ open, simulator }) => {
    const ann = await open('Ann');
    const popup = ann.page.waitForEvent('popup');
    await ann.button('Connect Spotify').click();
    const window = await popup;
    await window.getByRole('button', { name: 'Continue as Alice' }).waitFor();
    // The window closes itself while it loads: it only has the answer to hand over.
    const closed = window.waitForEvent('close');
    await window.evaluate((answer) => location.assign(answer), `${new URL(ann.page.url()).origin}/?code=stolen&state=roomtone.wrong`);
    await closed;
    await expect(ann.player.getByText(/not started on this page/)).toBeVisible();
    await expect(ann.button('Disconnect')).toHaveCount(0);
    expect(await simulator.commands('Alice')).toEqual([]);
  });

  test('a Free account is told that Premium is needed', async ({ open }) => {
    const ann = await open('Ann');
    const popup = ann.page.waitForEvent('popup');
    await ann.button('Connect Spotify').click();
    await (await popup).getByRole('button', { name: 'Continue as Frank' }).click();
    await expect(ann.player.getByText(/Premium accounts only/)).toBeVisible();
    await expect(ann.player.getByRole('searchbox', { name: 'Search tracks' })).toHaveCount(0);
  });
});
