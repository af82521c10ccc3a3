import type { Page } from 'playwright/test';
import { chatAndPlay, expect, hears, talk, test } from './support/hosts.ts';

for (const [path, what] of [
  ['plain', 'plain HTML with the one file'],
  ['elsewhere', 'a player elsewhere in the page, named by the room'],
  ['shadow', 'elements in shadow roots of the page'],
] as const) {
  test(`${what}: chats and plays`, async ({ open, neighbour }) => {
    const ann = await open('Ann', `/hosts/${path}.html`);
    const title = await chatAndPlay(ann, neighbour);
    // The room shows what its visitor hears, wherever the player is.
    await expect(ann.chat.getByRole('link', { name: title, exact: true })).toBeVisible();
    expect(ann.complaints).toEqual([]);
  });
}

test('a page that moves, takes out, puts back and copies the elements', async ({ open, neighbour, simulator }) => {
  const ann = await open('Ann', '/hosts/moving.html');
  const host = (name: string) => ann.page.getByRole('button', { name });
  const title = await chatAndPlay(ann, neighbour);

  for (const side of ['Other side', 'One side']) {
    await host('Move to the other side').click();
    await expect(ann.page.getByRole('region', { name: side }).getByRole('region', { name: 'Lobby' })).toBeVisible();
    await hears(ann, title);
    await talk(ann, neighbour);
  }
  const orders = (await simulator.commands('Alice')).map(({ command }) => command);
  expect(orders, 'moving interrupts nothing').toEqual(['play']);

  await host('Copy the room').click();
  const copy = ann.page.getByRole('region', { name: 'Other side' }).getByRole('region', { name: 'Lobby' });
  await copy.getByRole('textbox', { name: 'Message' }).fill('From the copy');
  await copy.getByRole('button', { name: 'Send' }).click();
  await expect(neighbour.message('From the copy')).toBeVisible();
  await ann.page.evaluate(() => document.querySelector('#other-side chat-room')?.remove());

  await host('Take out').click();
  await expect(neighbour.member('Ann')).toHaveCount(0);
  await expect.poll(async () => (await simulator.account('Alice')).devices.filter(({ name }) => name === 'Roomtone')).toEqual([]);
  await host('Put back').click();
  await talk(ann, neighbour);
  await expect(ann.button('Disconnect')).toBeVisible();
  await ann.playFromSearch('Request Stop');
  await hears(ann, title);
  expect(ann.complaints).toEqual([]);
});

/** What a page would notice of what it embeds. */
const traces = (page: Page) =>
  page.evaluate(() => ({
    globals: Object.getOwnPropertyNames(window),
    head: [...document.head.children].map(({ outerHTML }) => outerHTML),
    body: [...document.body.children].map(({ localName }) => localName),
  }));

test('markup first, the script when the visitor agrees: nothing below moves, and nothing is left in the page', async ({ open, neighbour, demo }) => {
  for (const width of [390, 1180]) {
    const ann = await open('Ann', '/hosts/late.html');
    const asked = new Set<string>();
    ann.page.on('request', (request) => asked.add(new URL(request.url()).origin));
    await ann.page.setViewportSize({ width, height: 900 });
    const below = () => ann.page.locator('#below').evaluate((element) => Math.round(element.getBoundingClientRect().top + scrollY));
    const before = await below();
    const untouched = await traces(ann.page);
    await ann.page.getByRole('button', { name: 'Load the chat' }).click();
    await expect(ann.chat.getByRole('textbox', { name: 'Your name' })).toBeVisible();
    await expect(ann.button('Connect Spotify')).toBeVisible();
    // Below 820 px the player stands above the room: how tall its card is depends on how its sentences break.
    expect(Math.abs((await below()) - before), `at ${width} px`).toBeLessThan(width > 1000 ? 1 : 48);
    if (width > 1000) {
      await chatAndPlay(ann, neighbour);
      const { globals, head, body } = await traces(ann.page);
      // Of Spotify's SDK: its callback, its script and its frame.
      expect(globals.filter((name) => !untouched.globals.includes(name) && name !== 'sdkPlayer')).toEqual(['onSpotifyWebPlaybackSDKReady']);
      expect(body).toEqual([...untouched.body, 'script', 'iframe']);
      expect(head, "the host's own script").toEqual([...untouched.head, '<script type="module" src="/roomtone.js"></script>']);
      expect([...asked]).toEqual([new URL(demo.url).origin]);
    }
    expect(ann.complaints).toEqual([]);
  }
});

test('the script under two addresses, as a theme and a plug-in bring it: everything is there once', async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/twice.html');
  await chatAndPlay(ann, neighbour);
  expect(ann.complaints).toEqual([]);
});

test('two versions, the room of one and the player of the other', async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/versions.html');
  await ann.join();
  await ann.page.getByRole('button', { name: 'Add the player' }).click();
  await ann.connect('Alice');
  const title = await ann.playFromSearch('Request Stop');
  await hears(ann, title);
  await talk(ann, neighbour);
  await expect(ann.chat.getByRole('link', { name: title, exact: true })).toBeVisible();
  expect(ann.complaints).toEqual([expect.stringMatching(/<chat-room>: already defined.*twice/)]);
});

test('in a frame of another site', async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/iframe.html');
  await ann.page.waitForURL(/\/\/localhost:/);
  const framed = ann.within('iframe');
  await chatAndPlay(framed, neighbour);
  expect(ann.complaints).toEqual([]);
});
