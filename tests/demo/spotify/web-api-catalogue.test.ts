import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../demo/services/spotify/catalogue/catalogue.js';
import { startSimulator } from './support.js';

const catalogue = createCatalogue();
const track = catalogue.tracks[0]!;

interface Page {
  readonly items: { readonly name: string; readonly uri: string }[];
  readonly limit: number;
  readonly offset: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly total: number;
}

describe('search', () => {
  it('gives five by default and at most ten', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    const { body } = await remote.api<{ tracks: Page }>(token, 'GET /search?q=a&type=track');
    expect(body.tracks).toMatchObject({ limit: 5, offset: 0, previous: null });
    expect(body.tracks.items).toHaveLength(5);
    for (const limit of ['11', '50', '0', 'many']) {
      expect(await remote.api(token, `GET /search?q=a&type=track&limit=${limit}`)).toMatchObject({
        status: 400,
        body: { error: { status: 400, message: 'Invalid limit' } },
      });
    }
  });

  it('pages through everything without a gap or a repetition', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    const found: string[] = [];
    let total = 0;
    for (let path: string | null = '/search?q=a&type=track&limit=10'; path !== null;) {
      const { body }: { body: { tracks: Page } } = await remote.api<{ tracks: Page }>(token, `GET ${path}`);
      found.push(...body.tracks.items.map(({ uri }) => uri));
      total = body.tracks.total;
      path = body.tracks.next && body.tracks.next.replace(`${remote.base}/v1`, '');
    }
    expect(found).toHaveLength(total);
    expect(new Set(found).size).toBe(total);
    expect(total).toBeGreaterThan(10);
  });

  it('finds tracks, albums, artists and playlists in one go', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    const { body } = await remote.api<Record<string, Page>>(
      token,
      'GET /search?q=low%20tide&type=track,album,artist,playlist',
    );
    expect(Object.keys(body)).toEqual(['tracks', 'albums', 'artists', 'playlists']);
    expect(body.tracks?.items[0]?.name).toBe('Lanterns for the Low Tide');
    expect(body.albums?.items[0]?.name).toBe('Lanterns for the Low Tide');
    expect(body.playlists?.items[0]?.name).toBe('Low Tide');
  });

  it.each([
    ['type=track', 'No search query'],
    ['q=%20&type=track', 'No search query'],
    ['q=a', 'Missing parameter type'],
    ['q=a&type=song', 'Bad search type field song'],
    ['q=a&type=track&offset=1001', 'Invalid offset'],
  ])('refuses %s', async (query, message) => {
    const remote = await startSimulator();
    expect(await remote.api(await remote.signIn('alice'), `GET /search?${query}`)).toMatchObject({
      status: 400,
      body: { error: { message } },
    });
  });

  it('is empty, not an error, where nothing matches', async () => {
    const remote = await startSimulator();
    const { status, body } = await remote.api(await remote.signIn('alice'), 'GET /search?q=zzzzzz&type=track');
    expect([status, body]).toMatchObject([200, { tracks: { items: [], total: 0, next: null } }]);
  });
});

describe('single items', () => {
  it('a track holds its album, artists, length and covers, and nothing that Development Mode lost', async () => {
    const remote = await startSimulator();
    const { body } = await remote.api(await remote.signIn('alice'), `GET /tracks/${track.id}`);
    expect(body).toMatchObject({
      uri: track.uri,
      name: track.name,
      duration_ms: track.durationMs,
      artists: [{ name: 'Marisol Quay' }],
      album: { name: track.album.name, images: [{ width: 640 }, { width: 300 }, { width: 64 }] },
    });
    for (const field of ['popularity', 'external_ids', 'available_markets']) expect(body).not.toHaveProperty(field);
    const image = (body.album as { images: { url: string }[] }).images[0]?.url ?? '';
    const cover = await fetch(image);
    expect([cover.status, cover.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    const link = await fetch((body.external_urls as { spotify: string }).spotify);
    expect(await link.text()).toContain(track.name);
  });

  it('an album holds its tracks', async () => {
    const remote = await startSimulator();
    const { body } = await remote.api<{ tracks: Page }>(await remote.signIn('alice'), `GET /albums/${track.album.id}`);
    expect(body.tracks.items.map(({ uri }) => uri)).toEqual(track.album.tracks.map(({ uri }) => uri));
  });

  it('an id of a wrong form is another error than an unknown one', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    expect(await remote.api(token, 'GET /tracks/nonsense')).toMatchObject({
      status: 400,
      body: { error: { message: 'Invalid base62 id' } },
    });
    expect(await remote.api(token, 'GET /albums/0000000000000000000000')).toMatchObject({
      status: 404,
      body: { error: { message: 'Resource not found' } },
    });
  });
});

describe('playlists', () => {
  const own = catalogue.playlists.find(({ owner }) => owner === 'alice')!;
  const others = catalogue.playlists.find(({ owner }) => owner === 'bob')!;
  const shared = catalogue.playlists.find(({ collaborators }) => collaborators.includes('dave'))!;

  it('come as items, each with an item, for their owner and for who collaborates', async () => {
    const remote = await startSimulator();
    const { body } = await remote.api<{ items: { item: { uri: string } }[] }>(
      await remote.signIn('alice'),
      `GET /playlists/${own.id}/items?limit=50`,
    );
    expect(body.items.map(({ item }) => item.uri)).toEqual(own.tracks.map(({ uri }) => uri));
    expect((await remote.api(await remote.signIn('dave'), `GET /playlists/${shared.id}/items`)).status).toBe(200);
  });

  it("keep others' items to themselves", async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    expect((await remote.api(token, `GET /playlists/${others.id}/items`)).status).toBe(403);
    const { status, body } = await remote.api(token, `GET /playlists/${others.id}`);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('items');
  });

  it('are listed: what the visitor owns or collaborates on', async () => {
    const remote = await startSimulator();
    const { body } = await remote.api<Page>(await remote.signIn('dave'), 'GET /me/playlists');
    expect(body.items.map(({ name }) => name).sort()).toEqual(['Kitchen Radio', 'The Long Way Round']);
  });
});

describe('the library', () => {
  it('takes and gives up URIs, and says what it holds', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    const uris = [track.uri, track.album.uri];
    expect((await remote.api(token, 'PUT /me/library', { uris })).status).toBe(200);
    expect((await remote.api(token, `GET /me/library/contains?uris=${uris.join(',')}`)).body).toEqual([true, true]);
    expect(
      (await remote.api<{ items: { track: { uri: string } }[] }>(token, 'GET /me/tracks')).body.items[0]?.track.uri,
    ).toBe(track.uri);
    expect((await remote.api(token, `DELETE /me/library?uris=${track.uri}`)).status).toBe(200);
    expect((await remote.api(token, `GET /me/library/contains?uris=${uris.join(',')}`)).body).toEqual([false, true]);
  });

  it('refuses nothing, too much and nonsense', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    for (const uris of [[], ['nonsense'], Array.from({ length: 41 }, () => track.uri)]) {
      expect((await remote.api(token, 'PUT /me/library', { uris })).status).toBe(400);
    }
  });
});

describe('before February 2026', () => {
  it('the old fields are there as well, where the fault says so', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    await remote.fault('alice', 'old-shapes');
    expect((await remote.api(token, 'GET /me')).body).toMatchObject({ product: 'premium', country: 'SE' });
    expect((await remote.api<{ items: object[] }>(token, 'GET /me/playlists')).body.items[0]).toHaveProperty('tracks');
  });
});
