import type { Page } from 'playwright/test';
import { albums, episodes, inEmbed, playlists, uriOf } from './support/listener.ts';
import { expect, test } from './support/test.ts';
import { untouched } from './support/untouched.ts';

const [salt, stop] = ['Salt on the Window', 'Request Stop'] as const;

/** The demo's page without a client ID. */
async function withoutClientId(page: Page): Promise<void> {
  await page.route('**/', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(' client-id="roomtone-demo"', '') });
  });
}

const requestsTo = (page: Page): string[] => {
  const requests: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/spotify/')) requests.push(pathname);
  });
  return requests;
};

test.describe('listening without signing in', () => {
  test('on a page without client ID: nothing loads before the click, then a pasted link plays; Disconnect takes it away', async ({ open, simulator }) => {
    const ann = await open('Ann', 'about:blank');
    await withoutClientId(ann.page);
    const requests = requestsTo(ann.page);
    await ann.page.goto('/');
    await ann.join();
    await expect(ann.button('Connect Spotify')).toHaveCount(0);
    expect(requests).toEqual([]);
    await ann.listen();
    expect(requests).toEqual(['/spotify/embed/iframe-api/v1']);

    const link = ann.player.getByRole('textbox', { name: 'Link to Spotify' });
    await link.fill('not a link');
    await ann.button('Play this link').click();
    await expect(ann.player.getByText('no link to a track')).toBeVisible();
    await ann.playLink(`https://open.spotify.com/track/${uriOf(salt).split(':')[2]}?si=1`);
    const listener = await ann.listener();
    expect(await simulator.embeds()).toMatchObject([{ listener, uri: uriOf(salt), paused: false, preview: true, durationMs: 30_000 }]);
    await expect(ann.page.frameLocator('room-player iframe').getByText(salt)).toBeVisible();
    const box = await ann.page.locator('room-player iframe').boundingBox();
    expect(box?.height).toBe(152);

    await ann.button('Disconnect').click();
    await expect(ann.button('Listen without signing in')).toBeVisible();
    await expect(ann.page.locator('room-player iframe')).toHaveCount(0);
    await expect.poll(() => simulator.embeds()).toEqual([]);
  });

  test('an account without Premium is offered it, and `Play … for me` plays on it; whole tracks for who is logged in', async ({ join, simulator }) => {
    const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
    await ann.connect('Alice');
    await ann.playFromSearch(salt);
    await ann.player.getByRole('button', { name: `Share ${salt} in the chat` }).first().click();
    const popup = ben.page.waitForEvent('popup');
    await ben.button('Connect Spotify').click();
    await (await popup).getByRole('button', { name: 'Continue as Frank' }).click();
    await expect(ben.player.getByText(/Premium accounts only/)).toBeVisible();
    await expect(ben.button('Listen without signing in')).toBeVisible();
    await ben.logIn('Frank');
    await untouched(simulator, ann, 'Alice', async () => {
      await ben.chat.getByRole('button', { name: `Play ${salt} for me` }).last().click();
      await expect(ben.button('Pause')).toBeVisible();
    });
    expect(await simulator.embeds()).toMatchObject([{ listener: 'frank', uri: uriOf(salt), paused: false, preview: false }]);
  });

  for (const [when, isReady] of [['at once', false], ['while the embed is ready', true]] as const) {
    test(`who never connected, on a page without client ID, plays what somebody shared: ${when}`, async ({ open, join, simulator }) => {
      const [ann, ben] = await Promise.all([join('Ann'), open('Ben', 'about:blank')]);
      await withoutClientId(ben.page);
      await ben.page.goto('/');
      await ben.join();
      if (isReady) await ben.listen();
      await ann.listen();
      await ann.playLink(uriOf(stop));
      await ann.button(`Share ${stop} in the chat`).click();
      await ben.chat.getByRole('button', { name: `Play ${stop} for me` }).last().click();
      await expect(ben.button('Pause')).toBeVisible();
      const listener = await ben.listener();
      await expect.poll(async () => (await simulator.embeds()).find((each) => each.listener === listener)).toMatchObject({ uri: uriOf(stop), paused: false });
    });
  }

  test('changing the engine keeps the room and stops the old sound; back again too', async ({ join, simulator }) => {
    const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
    await ann.connect('Alice');
    await ann.playFromSearch(salt);
    // Once in a demo, however often this runs.
    const [half, question] = [`half a sentence ${Date.now()}`, `still there? ${Date.now()}`];
    await ann.box.fill(half);
    await ann.listen();
    await ben.say(question);
    await expect(ann.message(question)).toBeVisible();
    await expect(ann.box).toHaveValue(half);
    await ann.box.press('Enter');
    await expect(ben.message(half)).toBeVisible();
    await expect.poll(async () => (await simulator.account('Alice')).paused).toBe(true);
    expect((await simulator.account('Alice')).devices.some(({ active }) => active)).toBe(false);
    await ann.playLink(uriOf(stop));
    await expect.poll(async () => (await simulator.embeds())[0]?.paused).toBe(false);

    await ann.button('Connect Spotify').click();
    await expect(ann.player.getByRole('searchbox', { name: 'Search tracks' })).toBeVisible();
    await expect.poll(() => simulator.embeds()).toEqual([]);
    await expect(ann.message(half)).toHaveCount(1);
  });

  test('others see what one listens to in the embed, while one wants it', async ({ join }) => {
    const [ann, ben] = await Promise.all([join('Ann'), join('Ben')]);
    await ann.listen();
    await ann.playLink(uriOf(salt));
    const seen = ben.member('Ann').getByText(salt);
    await expect(seen).toHaveCount(0);
    const toggle = ann.chat.getByRole('switch', { name: 'Show others what I am listening to' });
    await toggle.click();
    await expect(seen.first()).toBeVisible();
    await ann.button('Pause').click();
    await expect(seen).toHaveCount(0);
    await ann.button('Play').click();
    await expect(seen.first()).toBeVisible();
    await ann.button('Disconnect').click();
    await expect(seen).toHaveCount(0);
  });

  test("a host's list: at the end of a track the next one plays, and the embed is one all the time", async ({ join, simulator }) => {
    const listener = inEmbed(await join('Ann'), simulator, [salt, stop]);
    await listener.connect();
    const { visitor: ann } = listener;
    await ann.button('Play').click();
    await expect.poll(async () => (await listener.state())?.paused).toBe(false);
    // A preview of half a minute, near its end.
    await ann.slider('Seek').fill('28');
    await expect.poll(async () => (await listener.state())?.uri).toBe(uriOf(stop));
    await expect.poll(async () => (await listener.state())?.paused).toBe(false);
    expect((await simulator.commands()).map(({ command }) => command)).toEqual(['load', 'play', 'seek', 'load', 'play']);
    await expect(ann.page.locator('room-player iframe')).toHaveCount(1);
    await expect(ann.button('Next')).toBeDisabled();
  });

  test('what goes wrong is said, and the next try helps', async ({ join, simulator }) => {
    const ann = await join('Ann');
    await simulator.fault('*', 'embed-blocked', true);
    await ann.button('Listen without signing in').click();
    await expect(ann.player.getByText(/could not load/)).toBeVisible();
    await simulator.fault('*', 'embed-blocked', false);
    await ann.button('Try again').click();
    await expect(ann.player.getByRole('textbox', { name: 'Link to Spotify' })).toBeVisible();

    const link = ann.player.getByRole('textbox', { name: 'Link to Spotify' });
    await link.fill(`spotify:track:${'0'.repeat(22)}`);
    await ann.button('Play this link').click();
    await expect(ann.player.getByText(/no longer has what was asked for/)).toBeVisible();
    await ann.playLink(uriOf(salt));
    await expect(ann.player.getByText(/no longer has what was asked for/)).toHaveCount(0);
  });

  test('an embed that errs or never gets ready is said too, and ends no room; without cookies it plays previews', async ({ join, simulator, request }) => {
    const ann = await join('Ann');
    await ann.logIn('Alice');
    const link = ann.player.getByRole('textbox', { name: 'Link to Spotify' });
    const play = async (uri: string): Promise<void> => {
      await link.fill(uri);
      await ann.button('Play this link').click();
    };
    try {
      await ann.listen();
      await simulator.fault('*', 'embed-error', true);
      await play(uriOf(salt));
      await expect(ann.player.getByText('This track could not be played')).toBeVisible();
      await simulator.fault('*', 'embed-error', false);
      await simulator.fault('*', 'embed-cookies-blocked', true);
      await ann.playLink(uriOf(stop));
      await expect(ann.player.getByText('This track could not be played')).toHaveCount(0);
      expect(await simulator.embeds()).toMatchObject([{ uri: uriOf(stop), paused: false, preview: true }]);
      await simulator.fault('*', 'embed-cookies-blocked', false);

      await ann.button('Disconnect').click();
      await ann.listen();
      await simulator.fault('*', 'embed-ready-never', true);
      await play(uriOf(salt));
      await expect(ann.player.getByText('did not start in time')).toBeVisible({ timeout: 30_000 });
      const words = `Still here ${Date.now()}`;
      await ann.say(words);
      await expect(ann.message(words)).toBeVisible();
      await simulator.fault('*', 'embed-ready-never', false);
      await ann.playLink(uriOf(salt));
      expect(await simulator.embeds()).toMatchObject([{ uri: uriOf(salt), paused: false, preview: false }]);
    } finally {
      await request.delete('/spotify/faults');
    }
  });

  for (const [what, uri] of [['an album', albums[0]!.uri], ['a playlist', playlists[0]!.uri], ['an episode', episodes[0]!.uri]] as const) {
    test(`a pasted link to ${what} plays`, async ({ join, simulator }) => {
      const ann = await join('Ann');
      await ann.listen();
      const [, kind, id] = uri.split(':');
      await ann.playLink(`https://open.spotify.com/${kind}/${id}`);
      expect(await simulator.embeds()).toMatchObject([{ loaded: uri, paused: false }]);
    });
  }

  test('at 320 px, and from right to left, it stays whole and in sight', async ({ open }) => {
    const ann = await open('Ann');
    await ann.page.setViewportSize({ width: 320, height: 800 });
    await ann.page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await ann.listen([uriOf(salt), uriOf(stop)]);
    const frame = ann.page.locator('room-player iframe');
    await expect(frame).toBeVisible();
    const box = await frame.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
    expect(box?.width).toBeGreaterThan(230);
    expect(await ann.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
