import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlayerError } from '../../../src/player/engine.js';
import { createWebApi, type WebApi } from '../../../src/player/web-api.js';
import type { WebLibrary } from '../../../src/player/web-library.js';
import { FakeClock, settled } from './support/fake-clock.js';
import { FakeFetch, json, noContent } from './support/fake-fetch.js';
import { sdkTrack } from './support/states.js';

class Stage {
  readonly clock = new FakeClock();
  readonly http = new FakeFetch();
  device: string | null = 'device-here';
  readonly api: WebApi = createWebApi({
    endpoints: { api: 'https://api.spotify.com/v1' },
    tokens: { get: async () => 'BQ-token', renew: async () => 'BQ-fresh' },
    deviceId: () => this.device,
    fetch: this.http.fetch,
    clock: this.clock,
  });

  constructor(...answers: unknown[]) {
    this.http.answers.push(...answers.map((answer) => json(200, answer)));
  }

  get library(): WebLibrary {
    return this.api.library;
  }

  get lines(): string[] {
    return this.http.sent.map(({ method, url }) => decodeURIComponent(`${method} ${url.pathname}${url.search}`));
  }
}

const uris = (tracks: readonly { readonly uri: string }[]): string[] => tracks.map(({ uri }) => uri);
const code = (expected: string): unknown => expect.objectContaining({ name: 'PlayerError', code: expected });

const images = [{ url: 'https://i.scdn.co/cover', width: 300 }];
const album = { uri: 'spotify:album:x', name: 'X', artists: [{ name: 'A' }, { name: 'B' }], images };
const playlist = { uri: 'spotify:playlist:p', name: 'P', owner: { display_name: 'Ada' }, images: null };

describe('lists', () => {
  it('of albums that match hold ten, and say where the next begin', async () => {
    const stage = new Stage({ albums: { items: [album, null, { name: 'no uri' }], next: 'https://…' } });
    expect(await stage.library.searchCollections(' x ', 'album', { offset: 10 })).toEqual({
      items: [{ uri: 'spotify:album:x', kind: 'album', title: 'X', by: 'A, B', artwork: 'https://i.scdn.co/cover' }],
      nextOffset: 20,
    });
    expect(stage.lines).toEqual(['GET /v1/search?q=x&type=album&offset=10&limit=10']);
  });

  it('of playlists name who made them', async () => {
    const stage = new Stage({ playlists: { items: [playlist], next: null } }, { items: [playlist], total: 1 });
    const found = await stage.library.searchCollections('p', 'playlist');
    expect(found).toEqual({
      items: [{ uri: 'spotify:playlist:p', kind: 'playlist', title: 'P', by: 'Ada', artwork: null }],
      nextOffset: null,
    });
    expect(await stage.library.playlists()).toEqual(found);
    expect(stage.lines[1]).toBe('GET /v1/me/playlists?offset=0&limit=20');
  });

  it('ask nothing for nothing', async () => {
    const stage = new Stage();
    expect(await stage.library.searchCollections('  ', 'album')).toEqual({ items: [], nextOffset: null });
    expect(await stage.library.isSaved([])).toEqual([]);
    expect(stage.lines).toEqual([]);
  });

  it.each([
    ['of 2026', { items: [{ item: sdkTrack('a') }, { item: null }, { is_local: true, item: sdkTrack('b') }] }],
    ['from before', { items: [{ track: sdkTrack('a') }, { track: { ...sdkTrack('b'), is_playable: false } }] }],
    ['of both', { items: [{ item: sdkTrack('a'), track: sdkTrack('old') }, null] }],
  ])('of a playlist come in the shape %s', async (_name, answer) => {
    const stage = new Stage({ ...answer, next: 'https://…' });
    const page = await stage.library.collectionTracks('spotify:playlist:p', { offset: 50 });
    expect(uris(page.items)).toEqual(['spotify:track:a']);
    expect(page.nextOffset).toBe(100);
    expect(stage.lines).toEqual(['GET /v1/playlists/p/items?offset=50&limit=50']);
  });

  it('of a playlist that is somebody else’s are restricted', async () => {
    const stage = new Stage();
    stage.http.answers.push(json(403, { error: { status: 403, message: 'Forbidden' } }));
    await expect(stage.library.collectionTracks('spotify:playlist:p')).rejects.toEqual(code('restricted'));
  });

  it('of an album have its name and cover, on every page, for one request a page', async () => {
    const { album: _album, ...first } = sdkTrack('a');
    const { album: _other, ...second } = sdkTrack('b');
    const tracks = { items: [first], total: 60, next: 'https://…' };
    const stage = new Stage({ ...album, tracks }, { items: [second], next: null });
    const page = await stage.library.collectionTracks('spotify:album:x');
    expect(page.items[0]).toMatchObject({ album: { name: 'X' }, artwork: 'https://i.scdn.co/cover' });
    const next = await stage.library.collectionTracks('spotify:album:x', { offset: page.nextOffset ?? -1 });
    expect(next).toMatchObject({ items: [{ uri: 'spotify:track:b', album: { name: 'X' } }], nextOffset: null });
    expect(stage.lines).toEqual(['GET /v1/albums/x', 'GET /v1/albums/x/tracks?offset=50&limit=50']);
  });

  const others = ['spotify:artist:a', 'spotify:album:../../me', 'spotify:playlist:', 'x'];
  it.each(others)('of %s there are none', async (uri) => {
    const stage = new Stage();
    await expect(stage.library.collectionTracks(uri)).rejects.toEqual(code('not-found'));
    expect(stage.lines).toEqual([]);
  });

  it('of what was saved, played and comes next', async () => {
    const [a, b] = [sdkTrack('a'), sdkTrack('b')];
    const stage = new Stage(
      { items: [{ track: a }], next: null },
      { items: [{ track: b }, { track: a }, { track: b }] },
      { currently_playing: a, queue: [b, b] },
    );
    expect(uris((await stage.library.savedTracks()).items)).toEqual(['spotify:track:a']);
    expect(uris(await stage.library.recentTracks())).toEqual(['spotify:track:b', 'spotify:track:a']);
    expect(uris(await stage.library.queue())).toEqual(['spotify:track:b', 'spotify:track:b']);
    expect(stage.lines).toEqual([
      'GET /v1/me/tracks?offset=0&limit=20',
      'GET /v1/me/player/recently-played?limit=50',
      'GET /v1/me/player/queue',
    ]);
  });

  it('that are given up reject with an AbortError', async () => {
    const stage = new Stage();
    stage.http.answers.push('never');
    const abort = new AbortController();
    const reading = stage.library.savedTracks({ signal: abort.signal });
    await settled();
    abort.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(stage.clock.waiting).toBe(0);
  });

  it('do not wait for commands', async () => {
    const stage = new Stage();
    stage.http.answers.push('never', json(200, { queue: [] }));
    const command = stage.api.setShuffle(true).catch((error: unknown) => error);
    await settled();
    expect(await stage.library.queue()).toEqual([]);
    await stage.clock.advance(10_000);
    expect(await command).toEqual(code('network'));
  });

  it('bear with any answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (answer) => {
        const stage = new Stage(...Array.from({ length: 7 }, () => answer));
        const { library } = stage;
        for (const list of [
          (await library.searchCollections('x', 'album')).items,
          (await library.playlists()).items,
          (await library.savedTracks()).items,
          (await library.collectionTracks('spotify:album:x')).items,
          await library.recentTracks(),
          await library.queue(),
          await library.devices(),
        ]) {
          expect(Array.isArray(list) && Object.isFrozen(list)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the library', () => {
  it('keeps and gives back by URI', async () => {
    const stage = new Stage();
    await stage.library.save('spotify:track:a');
    await stage.library.unsave('spotify:album:x');
    await expect(stage.library.save('javascript:alert(1)')).rejects.toEqual(code('not-found'));
    expect(stage.lines).toEqual([
      'PUT /v1/me/library?uris=spotify:track:a',
      'DELETE /v1/me/library?uris=spotify:album:x',
    ]);
  });

  it('tells what is in it, forty at a time', async () => {
    const many = Array.from({ length: 41 }, (_, i) => `spotify:track:${i}`);
    const even = many.map((_, i) => i % 2 === 0);
    const stage = new Stage(even.slice(0, 40), [true]);
    expect(await stage.library.isSaved(many)).toEqual(even);
    expect(stage.lines).toHaveLength(2);
    expect(stage.lines[1]).toBe('GET /v1/me/library/contains?uris=spotify:track:40');
  });
});

describe('devices', () => {
  const device = (id: string | null, change: object = {}): object => ({
    id,
    name: `The ${id}`,
    type: 'Computer',
    is_active: false,
    ...change,
  });
  const devices = { devices: [device('device-here'), device('device-phone', { type: 'Smartphone', is_active: true })] };

  it('have a number for a name, and their ids stay inside (I3)', async () => {
    const stage = new Stage(devices, devices);
    const listed = await stage.library.devices();
    expect(listed).toEqual([
      { key: 1, name: 'The device-here', kind: 'Computer', active: false, here: true },
      { key: 2, name: 'The device-phone', kind: 'Smartphone', active: true, here: false },
    ]);
    expect(await stage.library.devices()).toEqual(listed);
  });

  it('that take no command are listed only while they play', async () => {
    const deaf = [device(null), device('tv', { is_restricted: true }), device(null, { is_active: true })];
    const stage = new Stage({ devices: deaf });
    expect(await stage.library.devices()).toMatchObject([{ key: 0, active: true }]);
    await expect(stage.library.transferTo(0)).rejects.toEqual(code('not-found'));
  });

  it('take playback over, in the line of the commands, as it is', async () => {
    const stage = new Stage(devices);
    await stage.library.devices();
    stage.http.answers.push(noContent(), noContent());
    await Promise.all([stage.api.setShuffle(true), stage.library.transferTo(2)]);
    expect(stage.http.paths.slice(1)).toEqual(['PUT /v1/me/player/shuffle', 'PUT /v1/me/player']);
    expect(JSON.parse(stage.http.sent.at(-1)?.body ?? '')).toEqual({ device_ids: ['device-phone'] });
  });

  it('that are gone, or were never listed, are said to be so; nothing is tried again', async () => {
    const stage = new Stage(devices);
    await expect(stage.library.transferTo(2)).rejects.toEqual(code('not-found'));
    await stage.library.devices();
    stage.http.answers.push(json(404, { error: { status: 404, message: 'Device not found' } }));
    const gone: unknown = await stage.library.transferTo(2).catch((error: unknown) => error);
    expect(gone).toEqual(code('not-found'));
    expect((gone as PlayerError).message).not.toContain('device-phone');
    expect(stage.http.sent).toHaveLength(2);
  });

  it('are forgotten, and their numbers never mean another one', async () => {
    const stage = new Stage(devices, { devices: [device('device-tv')] });
    await stage.library.devices();
    stage.library.forget();
    await expect(stage.library.transferTo(2)).rejects.toEqual(code('not-found'));
    expect((await stage.library.devices())[0]?.key).toBe(3);
  });

  it('tell whether this page is one of them', async () => {
    const stage = new Stage(devices, { devices: [] });
    expect(await stage.library.hasOwnDevice()).toBe(true);
    expect(await stage.library.hasOwnDevice()).toBe(false);
    stage.device = null;
    expect(await stage.library.hasOwnDevice()).toBe(false);
    expect(stage.lines).toHaveLength(2);
  });

  it('are found by what they do or are called, where there is no doubt', async () => {
    const twice = { devices: [device('a', { name: 'Room' }), device('b', { name: 'Room' })] };
    const stage = new Stage(devices, devices, twice, { devices: [] });
    expect(await stage.library.findDevice({ playing: true, name: 'x' })).toBe('device-phone');
    expect(await stage.library.findDevice({ playing: false, name: 'The device-here' })).toBe('device-here');
    expect(await stage.library.findDevice({ playing: false, name: 'Room' })).toBeNull();
    expect(await stage.library.findDevice({ playing: true, name: 'Room' })).toBeNull();
  });

  it('that play are named, unless it is this page', async () => {
    const [phone, here] = [{ id: 'phone', name: 'Phone' }, { id: 'device-here', name: 'Me' }];
    const stage = new Stage({ device: phone }, { device: here }, { device: null });
    expect(await stage.library.playingOn()).toBe('Phone');
    expect(await stage.library.playingOn()).toBeNull();
    expect(await stage.library.playingOn()).toBeNull();
    // 204: nothing plays anywhere.
    expect(await stage.library.playingOn()).toBeNull();
    const paused = new Stage({ device: phone, is_playing: false }, { device: phone, is_playing: true });
    expect(await paused.library.playingOn({ sounding: true })).toBeNull();
    expect(await paused.library.playingOn({ sounding: true })).toBe('Phone');
    expect(new Set(stage.lines)).toEqual(new Set(['GET /v1/me/player']));
  });
});
