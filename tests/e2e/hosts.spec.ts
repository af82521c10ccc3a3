import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatAndPlay, expect, hears, talk, test, traces } from './support/hosts.ts';

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

test('one file alone, from another origin: everything is in it', async ({ open, neighbour }) => {
  const ann = await open('Ann', 'about:blank');
  const cdn = 'https://cdn.example/npm/roomtone';
  const body = readFileSync(join(process.env.ROOMTONE_BUILT ?? '', 'roomtone.bundle.js'), 'utf8');
  const asked: string[] = [];
  // Of its context: the window that comes back from Spotify is this page too.
  const context = ann.page.context();
  await context.route('**/{roomtone*.js,npm/**}', async (route) => {
    const url = route.request().url();
    asked.push(url);
    await route.fulfill({ body: url === cdn ? body : '', contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' } });
  });
  // The page itself comes from its server: Chromium lets one that comes from nowhere open no socket to this machine.
  await context.addInitScript((src) => {
    // Not in Spotify's frame.
    if (window !== top) return;
    addEventListener('DOMContentLoaded', () => document.head.append(Object.assign(document.createElement('script'), { type: 'module', src })));
  }, cdn);
  await ann.page.goto('/hosts/plain.html');
  await chatAndPlay(ann, neighbour);
  // What other files hold where there are such: a language.
  await ann.page.evaluate(() => (document.documentElement.lang = 'de'));
  await expect(ann.page.getByRole('region', { name: 'Musikplayer' }).getByRole('button', { name: 'Trennen' })).toBeVisible();
  await expect(ann.chat.getByRole('textbox', { name: 'Nachricht' })).toBeEditable();
  const { origin } = new URL(ann.page.url());
  expect(new Set(asked), 'the line of the page, which is empty here, and the one file').toEqual(new Set([`${origin}/roomtone.js`, cdn]));
  expect(ann.complaints).toEqual([]);
});

test('a page that moves, takes out, puts back and copies the elements', async ({ open, neighbour, simulator }) => {
  const moe = await open('Moe', '/hosts/moving.html');
  const host = (name: string) => moe.page.getByRole('button', { name });
  const title = await chatAndPlay(moe, neighbour);

  for (const side of ['Other side', 'One side']) {
    await host('Move to the other side').click();
    await expect(moe.page.getByRole('region', { name: side }).getByRole('region', { name: 'Lobby' })).toBeVisible();
    await hears(moe, title);
    await talk(moe, neighbour);
  }
  const orders = (await simulator.commands('Alice')).map(({ command }) => command);
  expect(orders, 'moving interrupts nothing').toEqual(['play']);

  await host('Copy the room').click();
  const copy = moe.page.getByRole('region', { name: 'Other side' }).getByRole('region', { name: 'Lobby' });
  await copy.getByRole('textbox', { name: 'Message' }).fill('From the copy');
  await copy.getByRole('button', { name: 'Send' }).click();
  await expect(neighbour.message('From the copy')).toBeVisible();
  await moe.page.evaluate(() => document.querySelector('#other-side chat-room')?.remove());

  // A copy beside it says why it is silent, and disturbs nothing; in its place it takes the sign-in up.
  await host('Copy the player').click();
  const other = moe.page.getByRole('region', { name: 'Other side' });
  await expect(other.getByText('another one here is already in use', { exact: false })).toBeVisible();
  await expect(other.getByRole('textbox', { name: 'Message' })).toBeEditable();
  await expect.poll(async () => (await moe.sdkState())?.paused).toBe(false);
  expect((await simulator.commands('Alice')).map(({ command }) => command)).toEqual(['play']);
  await moe.page.evaluate(() => document.querySelector('#other-side room-player')?.remove());
  await host('Put a copy in its place').click();
  await expect(moe.button('Disconnect')).toBeVisible();
  await moe.playFromSearch('Salt on the Window');
  await hears(moe, 'Salt on the Window');
  await talk(moe, neighbour);

  await host('Take out').click();
  await expect(neighbour.member('Moe')).toHaveCount(0);
  await expect.poll(async () => (await simulator.account('Alice')).devices.filter(({ name }) => name === 'Roomtone')).toEqual([]);
  await host('Put back').click();
  await talk(moe, neighbour);
  await expect(moe.button('Disconnect')).toBeVisible();
  await moe.playFromSearch('Request Stop');
  await hears(moe, title);
  expect(moe.complaints).toEqual([]);
});

test('markup first, the script when the visitor agrees: nothing is left in the page, and nobody else is asked', async ({ open, neighbour, demo }) => {
  const ann = await open('Ann', '/hosts/late.html');
  const asked = new Set<string>();
  ann.page.on('request', (request) => asked.add(new URL(request.url()).origin));
  const untouched = await traces(ann.page);
  await ann.page.getByRole('button', { name: 'Load the chat' }).click();
  await chatAndPlay(ann, neighbour);
  const { globals, head, body } = await traces(ann.page);
  // Of Spotify's SDK: its callback, its script and its frame.
  expect(globals.filter((name) => !untouched.globals.includes(name))).toEqual(['onSpotifyWebPlaybackSDKReady']);
  expect(body).toEqual([...untouched.body, 'script', 'iframe']);
  expect(head, "the host's own script").toEqual([...untouched.head, '<script type="module" src="/roomtone.js"></script>']);
  expect([...asked]).toEqual([new URL(demo.url).origin]);
  expect(ann.complaints).toEqual([]);
});

test('the script under two addresses, as a theme and a plug-in bring it: everything is there once', async ({ open, neighbour }) => {
  const ann = await open('Ann', '/hosts/twice.html');
  await chatAndPlay(ann, neighbour);
  expect(ann.complaints).toEqual([]);
});

/** The one file as another version might have it: other keys of contexts, other events, another sentence to know it by. */
function otherVersion(): string {
  const changed = { 'roomtone.player-state': 'roomtone.2.state', 'roomtone.player-controls': 'roomtone.2.controls', 'roomtone.sharing': 'roomtone.2.sharing', 'track-share': 'share-2', 'track-request': 'request-2', 'room-sharing-change': 'sharing-2', 'Connect Spotify': 'Connect Spotify, of another version' };
  const built = readFileSync(join(process.env.ROOMTONE_BUILT ?? '', 'roomtone.bundle.js'), 'utf8');
  return Object.entries(changed).reduce((text, [before, after]) => {
    expect(text, 'a change that changes nothing').toContain(before);
    return text.replaceAll(before, after);
  }, built);
}

for (const isFirst of [true, false]) {
  test(`two versions, ${isFirst ? 'the other one first' : 'this one first'}: the first one stays, whole, and the author hears of it`, async ({ open, neighbour }) => {
    const ann = await open('Ann', 'about:blank');
    const body = otherVersion();
    // Of its context: the window that comes back from Spotify is this page too.
    await ann.page.context().route(isFirst ? /\/roomtone\.js$/ : /\/roomtone\.js\?again$/, (route) => route.fulfill({ contentType: 'text/javascript', body }));
    await ann.page.goto('/hosts/twice.html');
    await expect(ann.player.getByRole('button', { name: isFirst ? 'Connect Spotify, of another version' : 'Connect Spotify', exact: true })).toBeVisible();
    const title = await chatAndPlay(ann, neighbour);
    await expect(ann.chat.getByRole('link', { name: title, exact: true }), 'the room knows its player').toBeVisible();
    await expect(ann.player.getByRole('button', { name: `Share ${title} in the chat` }).first(), 'and the player its room').toBeVisible();
    expect(ann.complaints).toEqual([expect.stringMatching(/<room-player>.*<chat-room>.*already defined.*two versions/)]);
  });
}

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

test('in a frame of another site, with no more in its sandbox than the docs say', async ({ open, neighbour }) => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/content-security-policy.md'), 'utf8');
  const [, tokens] = /`sandbox` attribute needs\s+`([^`]+)`/.exec(docs) ?? [];
  expect(tokens).toContain('allow-scripts');
  const ann = await open('Ann', 'about:blank');
  // Not by answering in the server's place: Chromium lets what comes from nowhere ask nothing of this machine.
  await ann.page.addInitScript((sandbox) => {
    new MutationObserver(() => {
      const frame = document.querySelector('main > iframe:not([sandbox])');
      if (location.hostname === 'localhost') frame?.setAttribute('sandbox', sandbox);
    }).observe(document, { childList: true, subtree: true });
  }, tokens ?? '');
  await ann.page.goto('/hosts/iframe.html');
  await expect(ann.page.locator('iframe[sandbox]')).toBeVisible();
  await chatAndPlay(ann.within('iframe'), neighbour);
  // The browser's own warning about these two together, which the embed needs.
  expect(ann.complaints.filter((text) => !text.includes('allow-same-origin'))).toEqual([]);
});
