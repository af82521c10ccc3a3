import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resolveEndpoints, resolveRedirectUri, spotifyEndpoints } from '../../../src/player/endpoints.js';

const page = 'http://127.0.0.1:5173/demo/page.html?x=1';

afterEach(() => vi.restoreAllMocks());

describe('where Spotify is', () => {
  it.each([null, undefined, ''])('is Spotify where nothing is said (%j)', (value) => {
    expect(resolveEndpoints(value, page)).toBe(spotifyEndpoints);
  });

  it.each(['/spotify', '/spotify/', ' /spotify '])('is a stand-in by its base address %j', (base) => {
    expect(resolveEndpoints(base, page)).toEqual({
      sdk: 'http://127.0.0.1:5173/spotify/sdk.js',
      authorize: 'http://127.0.0.1:5173/spotify/authorize',
      token: 'http://127.0.0.1:5173/spotify/api/token',
      api: 'http://127.0.0.1:5173/spotify/v1',
      embed: 'http://127.0.0.1:5173/spotify/embed/iframe-api/v1',
      oembed: 'http://127.0.0.1:5173/spotify/oembed',
    });
  });

  it('resolves against the page, and takes an origin of its own', () => {
    expect(resolveEndpoints('stand-in', page).api).toBe('http://127.0.0.1:5173/demo/stand-in/v1');
    expect(resolveEndpoints('https://stand-in.example', page).sdk).toBe('https://stand-in.example/sdk.js');
  });

  it('takes single addresses and leaves the others with Spotify', () => {
    expect(resolveEndpoints({ api: '/v1/' }, page)).toEqual({ ...spotifyEndpoints, api: 'http://127.0.0.1:5173/v1' });
  });

  it.each(['javascript:alert(1)', 'http://[', { authorize: 'data:text/html,x' }])(
    'warns of %j and goes on with Spotify',
    (value) => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
      expect(resolveEndpoints(value, page)).toBe(spotifyEndpoints);
      expect(warn).toHaveBeenCalledOnce();
    },
  );
});

describe('where Spotify sends the visitor back', () => {
  it.each([
    [undefined, 'http://127.0.0.1:5173/demo/page.html'],
    ['', 'http://127.0.0.1:5173/demo/page.html'],
    ['/callback', 'http://127.0.0.1:5173/callback'],
    // As it was registered, without the slash that a parser adds.
    ['https://host.example', 'https://host.example'],
  ])('%j is %s', (value, expected) => {
    expect(resolveRedirectUri(value, new URL(page), page)).toBe(expected);
  });
});

describe('an address to which Spotify sends nobody back', () => {
  beforeEach(() => vi.resetModules());

  async function warnings(address: string, endpoints = spotifyEndpoints): Promise<unknown[]> {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { warnOfRedirectUri } = await import('../../../src/player/endpoints.js');
    for (let session = 0; session < 2; session++) warnOfRedirectUri(address, endpoints);
    return warn.mock.calls.flat();
  }

  it.each([
    ['http://localhost:5173/room', 'Open the page at http://127.0.0.1:5173/room'],
    ['http://host.example/room', 'Use https.'],
    ['http://192.168.0.7:3000/', 'Use https.'],
  ])('%s is the author’s to change, who hears it once', async (address, help) => {
    expect(await warnings(address)).toEqual([expect.stringContaining(help)]);
  });

  it.each(['https://host.example', 'https://localhost/', 'http://127.0.0.1:5173/', 'http://[::1]:8080/room'])('is not %s', async (address) => {
    expect(await warnings(address)).toEqual([]);
  });

  it('is a stand-in’s own affair where there is one', async () => {
    expect(await warnings('http://localhost/', resolveEndpoints('/spotify', page))).toEqual([]);
  });
});
