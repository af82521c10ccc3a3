import type { Page } from 'playwright/test';
import { expect, test } from './support/test.ts';
import type { Visitor } from './support/visitor.ts';

const hears = (page: Page) => page.getByText(/^The host hears/);

/** Logs in as the host page does, and waits until Roomtone has its player. */
async function logIn(ann: Visitor): Promise<void> {
  await ann.page.getByRole('button', { name: 'Log in, by the host' }).click();
  await ann.page.getByRole('button', { name: 'Continue as Alice' }).click();
  await expect(ann.player.getByRole('searchbox', { name: 'Search tracks' })).toBeVisible();
}

/** What of Spotify's the page holds. */
const holds = (page: Page) =>
  page.evaluate(() => ({
    scripts: document.querySelectorAll('script[src$="/spotify/sdk.js"]').length,
    frames: document.querySelectorAll('iframe').length,
    kept: Object.keys(localStorage),
  }));

test.describe("a host page's own player", () => {
  let requests: string[];

  test.beforeEach(() => (requests = []));

  async function visit(open: (name: string, path?: string) => Promise<Visitor>): Promise<Visitor> {
    const ann = await open('Ann', '/hosts/own-player.html');
    ann.page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await logIn(ann);
    return ann;
  }

  test('is wrapped: nothing is made, nobody is asked to sign in', async ({ open, simulator }) => {
    const ann = await visit(open);
    await expect(ann.button('Connect Spotify')).toHaveCount(0);
    expect(await holds(ann.page)).toEqual({ scripts: 1, frames: 1, kept: [] });
    expect(requests.filter((path) => path === 'GET /spotify/sdk.js')).toHaveLength(1);
    expect(requests.filter((path) => path === 'GET /spotify/authorize')).toHaveLength(1);
    const { devices } = await simulator.account('Alice');
    expect(devices.map(({ name }) => name).filter((name) => !name.endsWith('kitchen'))).toEqual(["The host's own player"]);
    await expect(ann.slider('Volume')).toHaveValue('60');
  });

  test('plays, pauses, seeks and takes the volume; the host hears of all of it', async ({ open, simulator }) => {
    const ann = await visit(open);
    const title = await ann.playFromSearch('Salt on the Window');
    await expect(hears(ann.page)).toHaveText(`The host hears playing: ${title}`);
    await ann.button('Pause').click();
    await expect(hears(ann.page)).toHaveText(`The host hears paused: ${title}`);
    await ann.button('Play').click();
    await expect(hears(ann.page)).toHaveText(`The host hears playing: ${title}`);
    await ann.slider('Seek').press('PageUp');
    await expect.poll(async () => (await ann.sdkState())?.position ?? 0).toBeGreaterThan(29_000);
    await ann.slider('Volume').press('Home');
    await expect.poll(async () => (await ann.sdkState())?.volume).toBe(0);

    const own = await simulator.account('Alice');
    const ownId = own.devices.find(({ name }) => name === "The host's own player")?.id;
    const commands = await simulator.commands('Alice');
    expect(commands.map(({ command }) => command)).toEqual(['play', 'pause', 'resume', 'seek', 'volume']);
    for (const { deviceId } of commands) expect(deviceId).toBe(ownId);
  });

  test('what the host does with it shows in the player', async ({ open }) => {
    const ann = await visit(open);
    await ann.playFromSearch('Salt on the Window');
    await ann.page.getByRole('button', { name: "by the host's own button" }).click();
    await expect(ann.button('Play')).toBeVisible();
  });

  test('is let go, not disconnected: the host plays on, and may give it again', async ({ open, simulator }) => {
    const ann = await visit(open);
    const title = await ann.playFromSearch('Salt on the Window');
    await ann.button('Disconnect').click();
    await expect(ann.button('Connect Spotify')).toBeVisible();
    expect((await ann.sdkState())?.paused).toBe(false);
    expect((await simulator.account('Alice')).devices.some(({ name, active }) => active && name === "The host's own player")).toBe(true);

    const host = ann.page.getByRole('button', { name: "by the host's own button" });
    await host.click();
    await expect(hears(ann.page)).toHaveText(`The host hears paused: ${title}`);
    await host.click();
    await expect(hears(ann.page)).toHaveText(`The host hears playing: ${title}`);

    await ann.button('Connect Spotify').click();
    await expect(ann.player.getByRole('link', { name: title, exact: true }).first()).toBeVisible();
    await ann.button('Pause').click();
    await expect(hears(ann.page)).toHaveText(`The host hears paused: ${title}`);
    expect(await holds(ann.page)).toEqual({ scripts: 1, frames: 1, kept: [] });
  });

  test('is paused for a visitor who changes to the embed: one thing sounds at a time', async ({ open, simulator }) => {
    const ann = await visit(open);
    const title = await ann.playFromSearch('Salt on the Window');
    await ann.page.locator('room-player').evaluate((player) => (player as unknown as { listenWithoutSigningIn(): Promise<void> }).listenWithoutSigningIn());
    await expect(hears(ann.page)).toHaveText(`The host hears paused: ${title}`);
    await expect.poll(async () => (await simulator.account('Alice')).paused).toBe(true);
  });
});
