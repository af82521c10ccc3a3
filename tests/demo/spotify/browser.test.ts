import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSpotifyService } from '../../../demo/services/spotify/index.js';
import { createCatalogue } from '../../../demo/services/spotify/catalogue/catalogue.js';
import { chromiumArgs, findBrowsers } from '../../support/browsers.mjs';
import { Remote } from './support.js';
import { ManualClock } from '../../elements/support/manual-clock.js';

/** The SDK in a real browser: its frame, its messages, and sound that is really there. */

const { chromium: executablePath } = await findBrowsers();
const uris = createCatalogue().albums[0]!.tracks.map(({ uri }) => uri);
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: executablePath ?? undefined, args: chromiumArgs });
});
afterAll(() => browser.close());

/** What a test's page keeps of its player. */
interface Kept {
  player: Spotify.Player;
  heard: [event: string, payload: unknown][];
}
type Window = globalThis.Window & { kept: Kept };

const page = (
  script: string,
): string => `<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1><button>Go</button></main>
<script>${script}</script><script src="/spotify/sdk.js"></script></body></html>`;

/** One player with every event written down. */
const onePlayer = `
onSpotifyWebPlaybackSDKReady = () => {
  const heard = [];
  const player = new Spotify.Player({ name: 'A page', volume: 0.4, getOAuthToken: (give) => give(window.accessToken) });
  for (const event of ['ready', 'not_ready', 'player_state_changed', 'autoplay_failed', 'authentication_error', 'account_error', 'playback_error']) {
    player.addListener(event, (payload) => heard.push([event, payload]));
  }
  window.kept = { player, heard };
};`;

interface Opened {
  readonly remote: Remote;
  readonly page: Page;
  /** Errors that nobody caught, and lines of the console. */
  readonly errors: string[];
  readonly lines: string[];
  /** The demo's process ends and starts again. */
  readonly restart: () => Promise<void>;
}

async function open(script: string | ((remote: Remote) => Promise<string>) = onePlayer): Promise<Opened> {
  let html = '';
  const dataDir = mkdtempSync(join(tmpdir(), 'roomtone-spotify-'));
  let service = createSpotifyService({ dataDir });
  const server = createServer((request, response: ServerResponse) => {
    if (request.url?.startsWith('/spotify')) void service.handle(request, response);
    else response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
  });
  server.on('upgrade', (request, socket, head: Buffer) => service.upgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = await browser.newContext();
  onTestFinished(async () => {
    await context.close();
    await service.close();
    rmSync(dataDir, { recursive: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const remote = new Remote(`${origin}/spotify`, new ManualClock());
  html = page(typeof script === 'string' ? script : await script(remote));
  const tab = await context.newPage();
  const errors: string[] = [];
  const lines: string[] = [];
  tab.on('pageerror', ({ message }) => errors.push(message));
  tab.on('console', (line) => lines.push(line.text()));
  await tab.goto(origin);
  const restart = async (): Promise<void> => {
    await service.close();
    service = createSpotifyService({ dataDir });
  };
  return { remote, page: tab, errors, lines, restart };
}

/** Connects the page's player. @returns the device's id */
async function connect(tab: Page, token: string): Promise<string> {
  return tab.evaluate(async (accessToken) => {
    const { kept } = Object.assign(window as unknown as Window, { accessToken });
    const ready = new Promise<string>((resolve) =>
      kept.player.addListener('ready', ({ device_id }) => resolve(device_id)),
    );
    if (!(await kept.player.connect())) throw new Error('connect() said false');
    return ready;
  }, token);
}

/** The element in the SDK's frame that makes the sound. */
const audioTime = (tab: Page): Promise<number> =>
  tab
    .frames()
    .find((frame) => frame.url().endsWith('/embedded.html'))!
    .evaluate(() => document.querySelector('audio')?.currentTime ?? -1);

// A browser among others on two cores: slower than everything else here.
describe('the SDK in Chromium', { timeout: 40_000 }, () => {
  it('plays sound that is really heard, follows commands, and disturbs nothing', async () => {
    const { remote, page: tab, errors } = await open();
    const token = await remote.signIn('alice');
    const id = await connect(tab, token);
    await tab.getByRole('button').click();
    expect(await tab.evaluate(() => (window as unknown as Window).kept.player.getCurrentState())).toBeNull();
    await remote.api(token, `PUT /me/player/play?device_id=${id}`, { uris });

    await expect.poll(() => audioTime(tab)).toBeGreaterThan(0.3);
    const frame = tab.frames().find((each) => each.url().endsWith('/embedded.html'))!;
    const loudest = await frame.evaluate(async () => {
      const audio = document.querySelector('audio') as HTMLAudioElement & { captureStream(): MediaStream };
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      context.createMediaStreamSource(audio.captureStream()).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      for (let most = 0, frames = 0; ;) {
        await new Promise(requestAnimationFrame);
        analyser.getFloatTimeDomainData(samples);
        most = Math.max(most, ...samples.map(Math.abs));
        if (most > 0.005 || ++frames > 240) return most;
      }
    });
    expect(loudest).toBeGreaterThan(0.005);

    // The sound goes on while the three are asked: what the SDK says lies between. A busy machine starts it late, by as
    // much as the frame leaves be (mayLag).
    const before = await audioTime(tab);
    const state = await tab.evaluate(() => (window as unknown as Window).kept.player.getCurrentState());
    const after = await audioTime(tab);
    expect(state).toMatchObject({ paused: false, track_window: { current_track: { uri: uris[0] } } });
    expect((state?.position ?? 0) / 1_000).toBeGreaterThan(before - 0.5);
    expect((state?.position ?? 0) / 1_000).toBeLessThan(after + 1.6);

    await tab.evaluate(async () => {
      const { player } = (window as unknown as Window).kept;
      await player.setVolume(0.2);
      await player.nextTrack();
    });
    await expect
      .poll(
        async () =>
          (await tab.evaluate(() => (window as unknown as Window).kept.player.getCurrentState()))?.track_window
            .current_track.uri,
      )
      .toBe(uris[1]);
    expect(await tab.evaluate(() => (window as unknown as Window).kept.player.getVolume())).toBe(0.2);
    expect(await frame.evaluate(() => document.querySelector('audio')?.volume)).toBeCloseTo(0.2);

    await tab.evaluate(() => (window as unknown as Window).kept.player.pause());
    await expect.poll(() => frame.evaluate(() => document.querySelector('audio')?.paused)).toBe(true);
    expect((await remote.log()).map(({ command, source }) => `${source} ${command}`)).toEqual([
      'web-api play',
      'sdk volume',
      'sdk next',
      'sdk pause',
    ]);

    await tab.addScriptTag({ content: axe.source });
    const { violations } = await tab.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map((violation) => violation.id)).toEqual([]);
    expect(await tab.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
    expect(errors).toEqual([]);

    await tab.evaluate(() => (window as unknown as Window).kept.player.disconnect());
    await expect.poll(async () => (await remote.account('alice')).devices.length).toBe(1);
  });

  it('fails to start sound without a gesture, says so, and plays after a click', async () => {
    // Nothing is evaluated in this page: Playwright's own calls count as gestures.
    let token = '';
    const {
      remote,
      page: tab,
      lines,
    } = await open(async (each) => {
      token = await each.signIn('bob');
      return `
        onSpotifyWebPlaybackSDKReady = () => {
          const player = new Spotify.Player({ name: 'A page', getOAuthToken: (give) => give('${token}') });
          player.addListener('ready', ({ device_id }) => console.log(device_id));
          player.addListener('autoplay_failed', () => console.log('autoplay_failed'));
          player.connect();
          document.querySelector('button').onclick = () => { player.activateElement(); player.resume(); };
        };`;
    });
    await expect.poll(() => lines).toHaveLength(1);
    await remote.api(token, `PUT /me/player/play?device_id=${lines[0]}`, { uris });
    await expect.poll(() => lines[1]).toBe('autoplay_failed');
    await expect.poll(async () => (await remote.account('bob')).paused).toBe(true);
    await tab.getByRole('button').click();
    await expect.poll(() => audioTime(tab)).toBeGreaterThan(0.1);
    expect((await remote.account('bob')).paused).toBe(false);
  });

  it('comes back by itself, with the same id, after the simulator was restarted', async () => {
    const { remote, page: tab, restart } = await open();
    const id = await connect(tab, await remote.signIn('dave'));
    await restart();
    const told = (): Promise<unknown[]> =>
      tab.evaluate(() => (window as unknown as Window).kept.heard.filter(([event]) => /ready/.test(event)));
    await expect.poll(told).toEqual([
      ['ready', { device_id: id }],
      ['not_ready', { device_id: id }],
      ['ready', { device_id: id }],
    ]);
    expect((await remote.account('dave')).devices.map((device) => device.id)).toContain(id);
  });

  it('tells listeners apart, and knows its own events only', async () => {
    const { page: tab } = await open();
    const answers = await tab.evaluate(() => {
      const { player } = (window as unknown as Window).kept;
      const listener = (): void => undefined;
      const added = [player.addListener('ready', listener), player.on('ready', listener)] as unknown[];
      player.removeListener('ready', listener);
      added.push(player.addListener('ready', listener));
      try {
        player.addListener('progress' as 'ready', listener);
      } catch (error) {
        added.push((error as Error).name);
      }
      return added;
    });
    expect(answers).toEqual([true, false, true, 'TypeError']);
  });

  it('throws without a ready callback, and Spotify is set all the same; one frame a script', async () => {
    const { page: tab, errors } = await open('');
    await expect.poll(() => errors).toEqual(['onSpotifyWebPlaybackSDKReady is not defined']);
    expect(
      await tab.evaluate(() => [typeof window.Spotify.Player, document.querySelectorAll('iframe').length]),
    ).toEqual(['function', 1]);
  });

  it('of two players the newest gets everything: the other one waits for ever', async () => {
    const { remote, page: tab } = await open(`
      onSpotifyWebPlaybackSDKReady = () => {
        window.asked = [];
        const make = (name) => new Spotify.Player({ name, getOAuthToken: (give) => (asked.push(name), give(window.accessToken)) });
        const [a, b] = [make('A'), make('B')];
        window.players = { a, b };
      };`);
    const token = await remote.signIn('carol');
    const result = await tab.evaluate(async (accessToken) => {
      const { players, asked } = Object.assign(window, { accessToken }) as unknown as {
        players: Record<'a' | 'b', Spotify.Player>;
        asked: string[];
      };
      const outcome: string[] = [];
      void players.a.connect().then(() => outcome.push('A connected'));
      const ready = new Promise<void>((resolve) => players.b.addListener('ready', () => resolve()));
      await players.b.connect();
      await ready;
      return { asked, outcome };
    }, token);
    expect(result).toEqual({ asked: ['B'], outcome: [] });
    expect((await remote.account('carol')).devices).toHaveLength(2);
  });
});
