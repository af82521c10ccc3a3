import { describe, expect, it, vi } from 'vitest';
import { createSdk, type SdkWindow } from '../../../src/player/sdk.js';
import { FakeClock, settled } from './support/fake-clock.js';

const url = 'https://sdk.scdn.co/spotify-player.js';
const Spotify = { Player: vi.fn() };

/** As much of a page as the loader needs: its scripts, which load when a test says so. */
class FakePage {
  Spotify?: unknown;
  onSpotifyWebPlaybackSDKReady?: (() => void) | undefined;
  readonly scripts: (HTMLScriptElement & EventTarget)[] = [];
  refuses = false;

  readonly document = {
    createElement: () => this.script(''),
    querySelectorAll: () => this.scripts,
    body: { append: (script: HTMLScriptElement) => this.scripts.push(script) },
  } as unknown as SdkWindow['document'];

  script(src: string): HTMLScriptElement {
    if (this.refuses) throw new TypeError('This document requires TrustedScriptURL');
    const script = Object.assign(new EventTarget(), {
      src,
      remove: () => {
        this.scripts.splice(this.scripts.indexOf(script), 1);
      },
    }) as unknown as HTMLScriptElement;
    return script;
  }

  /** As the SDK's script: it throws where nobody listens, with `Spotify` set. */
  run(): void {
    this.Spotify = Spotify;
    if (!this.onSpotifyWebPlaybackSDKReady) throw new Error('onSpotifyWebPlaybackSDKReady is not defined');
    this.onSpotifyWebPlaybackSDKReady();
  }

  fail(): void {
    this.scripts.at(-1)?.dispatchEvent(new Event('error'));
  }
}

const setUp = (): { page: FakePage; clock: FakeClock; sdk: ReturnType<typeof createSdk> } => {
  const [page, clock] = [new FakePage(), new FakeClock()];
  return { page, clock, sdk: createSdk(url, page, clock) };
};

describe("the SDK's script", () => {
  it('is loaded once, however many ask', async () => {
    const { page, sdk, clock } = setUp();
    const both = [sdk.load(), createSdk(url, page, clock).load()];
    expect(page.scripts.map(({ src }) => src)).toEqual([url]);
    page.run();
    expect(await Promise.all(both)).toEqual([Spotify, Spotify]);
    expect(await sdk.load()).toBe(Spotify);
    expect(page.scripts).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });

  it('calls the callback that the host page set, first, and gives it back its place', async () => {
    const { page, sdk } = setUp();
    const host = vi.fn(() => expect(page.Spotify).toBe(Spotify));
    page.onSpotifyWebPlaybackSDKReady = host;
    const loading = sdk.load();
    page.run();
    await loading;
    expect(host).toHaveBeenCalledOnce();
    expect(page.onSpotifyWebPlaybackSDKReady).toBe(host);
  });

  it('goes on when the callback of the host page throws', async () => {
    const { page, sdk } = setUp();
    page.onSpotifyWebPlaybackSDKReady = () => {
      throw new Error('the host');
    };
    const loading = sdk.load();
    expect(() => page.run()).toThrow('the host');
    expect(await loading).toBe(Spotify);
  });

  it('is noticed where the host page takes our place as callback', async () => {
    const { page, sdk, clock } = setUp();
    const loading = sdk.load();
    page.onSpotifyWebPlaybackSDKReady = () => undefined;
    page.run();
    await clock.advance(250);
    expect(await loading).toBe(Spotify);
  });

  it('is not loaded where the host page has the SDK already', async () => {
    const { page, sdk } = setUp();
    page.Spotify = Spotify;
    expect(await sdk.load()).toBe(Spotify);
    expect(page.scripts).toEqual([]);
  });

  it('is not run twice where the host page has asked for it', async () => {
    const { page, sdk } = setUp();
    page.scripts.push(page.script(url) as HTMLScriptElement & EventTarget);
    const loading = sdk.load();
    expect(page.scripts).toHaveLength(1);
    page.run();
    expect(await loading).toBe(Spotify);
  });

  it('that is blocked is asked for again the next time', async () => {
    const { page, sdk, clock } = setUp();
    const blocked = sdk.load();
    page.fail();
    await expect(blocked).rejects.toMatchObject({ code: 'sdk-blocked' });
    expect(page.scripts).toEqual([]);
    expect(clock.waiting).toBe(0);
    const again = sdk.load();
    expect(page.scripts).toHaveLength(1);
    page.run();
    expect(await again).toBe(Spotify);
  });

  it('of the host page stays where it is when it fails', async () => {
    const { page, sdk } = setUp();
    page.scripts.push(page.script(url) as HTMLScriptElement & EventTarget);
    const blocked = sdk.load();
    page.fail();
    await expect(blocked).rejects.toMatchObject({ code: 'sdk-blocked' });
    expect(page.scripts).toHaveLength(1);
  });

  it('that never runs is given up after a time', async () => {
    const { page, sdk, clock } = setUp();
    const loading = sdk.load();
    const rejected = expect(loading).rejects.toMatchObject({ code: 'sdk-blocked' });
    await clock.advance(30_000);
    await rejected;
    expect(clock.waiting).toBe(0);
    // It runs in the end: the next attempt finds it.
    page.run();
    await settled();
    expect(await sdk.load()).toBe(Spotify);
    expect(clock.waiting).toBe(0);
  });

  it('that the page does not allow is said to be blocked', async () => {
    const { page, sdk } = setUp();
    page.refuses = true;
    await expect(sdk.load()).rejects.toMatchObject({ code: 'sdk-blocked' });
  });
});

describe('the place for a player', () => {
  it('is there once a page, until it is given back', () => {
    const { page, clock, sdk } = setUp();
    const second = createSdk(url, page, clock);
    const release = sdk.claim();
    expect(() => second.claim()).toThrowError(expect.objectContaining({ code: 'page-taken' }) as Error);
    release();
    const other = second.claim();
    release();
    expect(() => sdk.claim()).toThrow();
    other();
    sdk.claim()();
  });

  it('is another one in another page', () => {
    setUp().sdk.claim();
    expect(() => setUp().sdk.claim()).not.toThrow();
  });
});
