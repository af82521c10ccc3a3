import { describe, expect, it } from 'vitest';
import { loadEmbedApi, toEmbedUpdate, type EmbedApi, type EmbedWindow } from '../../../src/player/embed.js';
import { createDescriptions } from '../../../src/player/oembed.js';
import { FakeClock } from './support/fake-clock.js';

const url = 'https://open.example/embed/iframe-api/v1';
const api: EmbedApi = { createController: () => undefined };

class Script extends EventTarget {
  src = '';
  async = false;
  constructor(private readonly scripts: Set<Script>) {
    super();
  }
  remove(): void {
    this.scripts.delete(this);
  }
}

class Page implements EmbedWindow {
  readonly scripts = new Set<Script>();
  onSpotifyIframeApiReady?: ((given: EmbedApi) => void) | undefined;
  isForbidden = false;
  readonly document = {
    createElement: () => new Script(this.scripts),
    querySelectorAll: () => [...this.scripts],
    body: {
      append: (script: Script) => {
        if (this.isForbidden) throw new Error('Trusted Types');
        this.scripts.add(script);
      },
    },
  } as unknown as EmbedWindow['document'];

  run(): void {
    this.onSpotifyIframeApiReady?.(api);
  }
}

describe('the script of the iFrame API', () => {
  it('is loaded once for all who ask, then and later', async () => {
    const page = new Page();
    const asked = [loadEmbedApi(url, page, new FakeClock()), loadEmbedApi(url, page, new FakeClock())];
    page.run();
    expect(await Promise.all(asked)).toEqual([api, api]);
    expect(await loadEmbedApi(url, page, new FakeClock())).toBe(api);
    expect(page.scripts.size).toBe(1);
  });

  it("leaves the host page's own callback in its place, and calls it", async () => {
    const page = new Page();
    let told = 0;
    const host = (): void => void told++;
    page.onSpotifyIframeApiReady = host;
    const asked = loadEmbedApi(url, page, new FakeClock());
    page.run();
    await asked;
    expect(told).toBe(1);
    expect(page.onSpotifyIframeApiReady).toBe(host);
  });

  it('blocked: says so, takes the script out, and the next try asks again', async () => {
    const page = new Page();
    const asked = loadEmbedApi(url, page, new FakeClock());
    for (const script of page.scripts) script.dispatchEvent(new Event('error'));
    await expect(asked).rejects.toMatchObject({ code: 'sdk-blocked' });
    expect(page.scripts.size).toBe(0);
    const again = loadEmbedApi(url, page, new FakeClock());
    page.run();
    expect(await again).toBe(api);
  });

  it('stalled, or refused by the page: ends all the same', async () => {
    const clock = new FakeClock();
    const page = new Page();
    const asked = expect(loadEmbedApi(url, page, clock)).rejects.toMatchObject({ code: 'sdk-blocked' });
    await clock.advance(30_000);
    await asked;
    const strict = Object.assign(new Page(), { isForbidden: true });
    await expect(loadEmbedApi(url, strict, clock)).rejects.toMatchObject({ code: 'sdk-blocked' });
  });
});

it.each([
  [{ data: { playingURI: 'a', isPaused: false, position: 5, duration: 10 } }, { uri: 'a', paused: false, positionMs: 5, durationMs: 10 }],
  [{ data: { isPaused: false, position: 50, duration: 10 } }, { uri: null, paused: false, positionMs: 10, durationMs: 10 }],
  [{ data: { position: 'x' } }, { uri: null, paused: true, positionMs: 0, durationMs: 0 }],
  [null, { uri: null, paused: true, positionMs: 0, durationMs: 0 }],
])('an update %j is read as %j', (event, update) => expect(toEmbedUpdate(event)).toEqual(update));

describe('what an item is called', () => {
  const uri = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';

  it('is asked once, with nothing of the visitor’s', async () => {
    const asked: [string, RequestInit | undefined][] = [];
    const http = (async (input: string, init?: RequestInit) => {
      asked.push([input, init]);
      return Response.json({ title: 'A title', thumbnail_url: 'https://i.example/1' });
    }) as typeof fetch;
    const describe = createDescriptions('https://open.example/oembed', http, new FakeClock());
    expect(await describe(uri)).toEqual({ title: 'A title', artwork: 'https://i.example/1' });
    expect(await describe(uri)).toEqual({ title: 'A title', artwork: 'https://i.example/1' });
    expect(asked).toHaveLength(1);
    expect(new URL(asked[0]![0]).searchParams.get('url')).toBe('https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC');
    expect(asked[0]![1]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  });

  it.each<[string, typeof fetch]>([
    ['refused', async () => new Response('', { status: 404 })],
    ['out of reach', () => Promise.reject(new TypeError())],
    ['answered without a title', async () => Response.json({})],
    ['answered with nonsense', async () => new Response('<html>')],
  ])('is not known where it is %s', async (_how, http) => {
    expect(await createDescriptions('https://open.example/oembed', http, new FakeClock())(uri)).toBe(null);
  });
});
