import { readFileSync } from 'node:fs';
import { visit } from '../support/visit.mjs';
import { expect, test } from './support/test.ts';

/** Of a built file's address, what it is for: without the hash. */
const pieceOf = (address: string): string => /\/(roomtone[\w-]*?)(-[\w-]{8})?\.js$/.exec(address)?.[1] ?? '';

/** All that moved since the page began, as Chromium counts it (Layout Instability). */
const layoutShift = (): Promise<number> =>
  new Promise((resolve) => {
    const observer = new PerformanceObserver(() => undefined);
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(observer.takeRecords().reduce((sum, entry) => sum + (entry as PerformanceEntry & { readonly value: number }).value, 0))));
  });

test.describe('what a page downloads', () => {
  test('a visit that joins, chats, connects and plays fetches what npm run size weighs, and nothing else', async ({ open }) => {
    const ann = await open('Ann', 'about:blank');
    const fetched = new Set<string>();
    ann.page.on('request', (request) => {
      const piece = pieceOf(request.url());
      if (piece) fetched.add(piece);
    });
    await ann.page.goto('/');
    await ann.join();
    await ann.say('hello');
    await expect(ann.message('hello')).toBeVisible();
    await ann.connect('Alice');
    await ann.playFromSearch('Salt on the Window');
    const pieces = visit.map((piece) => `roomtone-${piece.replace('/', '-')}`);
    expect([...fetched].sort()).toEqual(['roomtone', 'roomtone-first', 'roomtone-shared', ...pieces].sort());
  });

  test('the player’s code does not come: a sentence and a button, and the button helps', async ({ open }) => {
    const ann = await open('Ann', 'about:blank');
    const [code] = ['**/roomtone-room-player-parts-*.js'];
    await ann.page.route(code, (route) => route.abort());
    await ann.page.goto('/');
    await ann.button('Connect Spotify').click();
    await expect(ann.player.getByText('Spotify cannot be reached')).toBeVisible();
    await ann.page.unroute(code);
    const popup = ann.page.waitForEvent('popup');
    await ann.button('Try again').click();
    await (await popup).getByRole('button', { name: 'Continue as Alice' }).click();
    await expect(ann.player.getByRole('searchbox', { name: 'Search tracks' })).toBeVisible();
  });

  test('the room’s code does not come: a sentence and a button, and the button helps', async ({ open }) => {
    const ann = await open('Ann', 'about:blank');
    const [code] = ['**/roomtone-chat-room-parts-*.js'];
    await ann.page.route(code, (route) => route.abort());
    await ann.page.goto('/');
    const again = ann.page.getByRole('button', { name: 'Try again' });
    await expect(again).toBeVisible();
    await ann.page.unroute(code);
    await again.click();
    await ann.join();
  });

  test('while the room’s code is on its way, the shape of a conversation stands where it will stand', async ({ open }) => {
    const { page } = await open('Ann', 'about:blank');
    // Before it knows its name it cannot be asked for by it.
    const room = page.locator('chat-room');
    let arrive = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    await page.route('**/roomtone-chat-room-parts-*.js', async (route) => {
      await arrival;
      await route.continue();
    });
    // So the room goes on waiting once its code is there.
    await page.route('**/supabase/**', () => undefined);
    await page.goto('/');
    const shape = room.locator('.skeleton');
    await expect(shape).toBeVisible();
    const composer = room.locator('chat-composer');
    const before = [await shape.boundingBox(), await composer.boundingBox()];
    arrive();
    await expect(room.getByRole('textbox', { name: 'Message' })).toBeVisible();
    expect([await shape.boundingBox(), await composer.boundingBox()]).toEqual(before);
  });

  const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  const pages: Readonly<Record<string, (html: string) => string>> = {
    'a player around a room': (html) => html,
    'a player alone': (html) => html.replace(/<chat-room.*<\/chat-room>/s, ''),
    'a room alone': (html) => html.replace(/<\/?room-player[^>]*>/g, ''),
  };
  for (const [name, pageOf] of Object.entries(pages)) {
    test(`nothing moves when the script arrives, in a page that reserves the place as the docs say: ${name}`, async ({ open }) => {
      const [, reserved = ''] = /```css\n(room-player:not\(:defined\)[^`]*)```/.exec(read('docs/embedding.md')) ?? [];
      expect(reserved).not.toBe('');
      expect(read('demo/hosts/late.css')).toContain(reserved);
      const { page, player, chat } = await open('Ann', 'about:blank');
      let arrive = (): void => undefined;
      let arrival: Promise<void>;
      await page.route('**/roomtone.js', async (route) => {
        await arrival;
        await route.continue();
      });
      await page.route('**/demo.css', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${await response.text()}\n${reserved}` });
      });
      await page.route(/\/$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: pageOf(await response.text()) });
      });
      for (const size of [
        { width: 1180, height: 900 },
        { width: 375, height: 812 },
      ]) {
        arrival = new Promise<void>((resolve) => (arrive = resolve));
        await page.setViewportSize(size);
        await page.goto('/', { waitUntil: 'commit' });
        const after = page.locator('main > p:last-child');
        await expect(after).toBeVisible();
        const before = await after.boundingBox();
        arrive();
        if (name !== 'a player alone') await expect(chat.getByRole('textbox', { name: 'Your name' })).toBeVisible();
        if (name !== 'a room alone') await expect(player.getByRole('button', { name: 'Connect Spotify' })).toBeVisible();
        const now = await after.boundingBox();
        expect(Math.abs((now?.y ?? 0) - (before?.y ?? Infinity)), `${size.width} px wide`).toBeLessThan(1);
        expect(await page.evaluate(layoutShift), `${size.width} px wide`).toBeLessThan(0.005);
      }
    });
  }

  test('a page may ask for another version of the file: there is one Roomtone all the same', async ({ open }) => {
    const ann = await open('Ann', 'about:blank');
    const files: string[] = [];
    ann.page.on('request', (request) => void (pieceOf(request.url().replace(/\?.*/, '')) && files.push(request.url())));
    await ann.page.route('**/', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('/roomtone.js', '/roomtone.js?ver=6.5') });
    });
    await ann.page.goto('/');
    await ann.join();
    expect(new Set(files).size).toBe(files.length);
    expect(files.filter((file) => file.includes('/roomtone.js'))).toHaveLength(1);
  });
});
