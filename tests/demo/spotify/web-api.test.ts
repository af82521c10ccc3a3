import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../demo/services/spotify/catalogue/catalogue.js';
import { allScopes, startSimulator, type Remote, type RemoteDevice } from './support.js';

const catalogue = createCatalogue();
const album = catalogue.albums[0]!;
const [first, second, third] = album.tracks.map(({ uri }) => uri) as [string, string, string];

/** Alice with a web player that plays the first track of an album. */
async function playing(): Promise<{ remote: Remote; token: string; device: RemoteDevice }> {
  const remote = await startSimulator();
  const token = await remote.signIn('alice');
  const device = await remote.device(token);
  const { status } = await remote.api(token, `PUT /me/player/play?device_id=${device.id}`, { context_uri: album.uri });
  expect(status).toBe(204);
  return { remote, token, device };
}

describe('who may call', () => {
  it.each([
    [null, 'No token provided'],
    ['nonsense', 'Invalid access token'],
  ])('a call with the token %s gets 401', async (token, message) => {
    const remote = await startSimulator();
    expect(await remote.api(token, 'GET /me')).toMatchObject({
      status: 401,
      body: { error: { status: 401, message } },
    });
  });

  it('a token ends after an hour', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    remote.clock.tick(3_599_999);
    expect((await remote.api(token, 'GET /me')).status).toBe(200);
    remote.clock.tick(1);
    expect(await remote.api(token, 'GET /me')).toMatchObject({
      status: 401,
      body: { error: { message: 'The access token expired' } },
    });
  });

  it.each([
    ['GET /me/player', 'user-read-playback-state'],
    ['PUT /me/player/pause', 'user-modify-playback-state'],
    ['GET /me/player/queue', 'user-read-playback-state'],
    ['GET /me/player/recently-played', 'user-read-recently-played'],
    ['GET /me/tracks', 'user-library-read'],
    ['PUT /me/library', 'user-library-modify'],
    ['GET /me/playlists', 'playlist-read-private'],
  ])('%s needs %s', async (call, scope) => {
    const remote = await startSimulator();
    const token = await remote.signIn(
      'alice',
      allScopes.filter((other) => other !== scope),
    );
    expect(await remote.api(token, call)).toMatchObject({
      status: 403,
      body: { error: { message: 'Insufficient client scope' } },
    });
  });

  it('a Free account searches, and commands nothing', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('frank');
    expect((await remote.api(token, 'GET /search?q=tide&type=track')).status).toBe(200);
    expect(await remote.api(token, 'PUT /me/player/play', { uris: [first] })).toMatchObject({
      status: 403,
      body: { error: { reason: 'PREMIUM_REQUIRED' } },
    });
  });

  it('a page of another origin reads answers and errors', async () => {
    const remote = await startSimulator();
    const preflight = await fetch(`${remote.base}/v1/me/player/play`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect((await remote.api(null, 'GET /me')).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('what was removed in February 2026 is not there', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    for (const path of [
      '/tracks?ids=1',
      '/browse/new-releases',
      '/users/bob',
      `/playlists/${catalogue.playlists[0]?.id}/tracks`,
      '/artists/1/top-tracks',
    ]) {
      expect((await remote.api(token, `GET ${path}`)).status).toBe(404);
    }
  });

  it('/me tells no product, country or email', async () => {
    const remote = await startSimulator();
    const { body } = await remote.api(await remote.signIn('alice'), 'GET /me');
    expect(Object.keys(body).sort()).toEqual(['display_name', 'external_urls', 'href', 'id', 'images', 'type', 'uri']);
  });
});

describe('starting', () => {
  it('a context, from its beginning or from a place in it', async () => {
    const { remote, token, device } = await playing();
    expect(await remote.account('alice')).toMatchObject({ uri: first, paused: false, positionMs: 0 });
    await remote.api(token, `PUT /me/player/play?device_id=${device.id}`, {
      context_uri: album.uri,
      offset: { position: 1 },
      position_ms: 5_000,
    });
    expect(await remote.account('alice')).toMatchObject({ uri: second, positionMs: 5_000 });
    await remote.api(token, `PUT /me/player/play?device_id=${device.id}`, {
      context_uri: album.uri,
      offset: { uri: third },
    });
    expect(await remote.account('alice')).toMatchObject({ uri: third, positionMs: 0 });
  });

  it('a list of tracks', async () => {
    const { remote, token, device } = await playing();
    await remote.api(token, `PUT /me/player/play?device_id=${device.id}`, { uris: [third, first] });
    const { body } = await remote.api(token, 'GET /me/player');
    expect(body).toMatchObject({ context: null, is_playing: true, item: { uri: third } });
  });

  it.each([
    [{ uris: ['spotify:track:nonsense'] }, 400, 'Invalid track uri: spotify:track:nonsense'],
    [{ uris: [] }, 400, 'Invalid track uri'],
    [{ context_uri: 'spotify:album:0000000000000000000000' }, 400, 'Invalid context uri'],
    [{ context_uri: album.uri, uris: [first] }, 400, "Can't have both context_uri and uris"],
    [{ context_uri: album.uri, offset: { position: 99 } }, 403, 'Player command failed: Restriction violated'],
    [{ uris: [first], position_ms: -1 }, 400, 'Invalid position_ms'],
  ])('not %o', async (body, status, message) => {
    const { remote, token, device } = await playing();
    expect(await remote.api(token, `PUT /me/player/play?device_id=${device.id}`, body)).toMatchObject({
      status,
      body: { error: { status, message } },
    });
  });

  it('needs a device: the named one has to exist, and without a name one has to be active', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    expect(await remote.api(token, 'PUT /me/player/play?device_id=0123', { uris: [first] })).toMatchObject({
      status: 404,
      body: { error: { message: 'Device not found' } },
    });
    expect(await remote.api(token, 'PUT /me/player/play', { uris: [first] })).toMatchObject({
      status: 404,
      body: { error: { reason: 'NO_ACTIVE_DEVICE' } },
    });
  });

  it("cannot name another account's device", async () => {
    const { remote, device } = await playing();
    const bob = await remote.signIn('bob');
    expect(await remote.api(bob, `PUT /me/player/play?device_id=${device.id}`, { uris: [first] })).toMatchObject({
      status: 404,
      body: { error: { message: 'Device not found' } },
    });
  });
});

describe('commands', () => {
  it('pause and resume, each refused where it is so already', async () => {
    const { remote, token } = await playing();
    remote.clock.tick(4_000);
    expect((await remote.api(token, 'PUT /me/player/pause')).status).toBe(204);
    remote.clock.tick(4_000);
    expect(await remote.account('alice')).toMatchObject({ paused: true, positionMs: 4_000 });
    expect(await remote.api(token, 'PUT /me/player/pause')).toMatchObject({
      status: 403,
      body: { error: { message: 'Player command failed: Restriction violated', reason: 'UNKNOWN' } },
    });
    expect((await remote.api(token, 'PUT /me/player/play')).status).toBe(204);
    remote.clock.tick(1_000);
    expect(await remote.account('alice')).toMatchObject({ paused: false, positionMs: 5_000 });
    expect((await remote.api(token, 'PUT /me/player/play')).status).toBe(403);
  });

  it('next, previous and seek', async () => {
    const { remote, token } = await playing();
    await remote.api(token, 'POST /me/player/next');
    expect(await remote.account('alice')).toMatchObject({ uri: second });
    await remote.api(token, 'POST /me/player/previous');
    expect(await remote.account('alice')).toMatchObject({ uri: first });
    await remote.api(token, 'PUT /me/player/seek?position_ms=12000');
    expect(await remote.account('alice')).toMatchObject({ positionMs: 12_000 });
    expect((await remote.api(token, 'PUT /me/player/seek?position_ms=-4')).status).toBe(400);
  });

  it('volume, shuffle and repeat', async () => {
    const { remote, token, device } = await playing();
    expect((await remote.api(token, 'PUT /me/player/volume?volume_percent=30')).status).toBe(204);
    expect((await remote.account('alice')).volume).toBeCloseTo(0.3);
    expect(await remote.api(token, 'PUT /me/player/volume?volume_percent=101')).toMatchObject({
      status: 400,
      body: { error: { message: 'Invalid volume_percent' } },
    });
    await remote.api(token, 'PUT /me/player/shuffle?state=true');
    await remote.api(token, `PUT /me/player/repeat?state=track&device_id=${device.id}`);
    expect((await remote.api(token, 'GET /me/player')).body).toMatchObject({
      shuffle_state: true,
      repeat_state: 'track',
      device: { id: device.id, volume_percent: 30, is_active: true },
    });
    expect((await remote.api(token, 'PUT /me/player/repeat?state=always')).status).toBe(400);
  });

  it('queue: what was added comes next', async () => {
    const { remote, token } = await playing();
    expect((await remote.api(token, `POST /me/player/queue?uri=${third}`)).status).toBe(204);
    const { body } = await remote.api<{ currently_playing: { uri: string }; queue: { uri: string }[] }>(
      token,
      'GET /me/player/queue',
    );
    expect([body.currently_playing.uri, body.queue[0]?.uri, body.queue[1]?.uri]).toEqual([first, third, second]);
    expect((await remote.api(token, 'POST /me/player/queue?uri=spotify:track:0000000000000000000000')).status).toBe(
      404,
    );
  });

  it('transfer: playback goes to the named device, and the volume is that of the device', async () => {
    const { remote, token, device } = await playing();
    remote.clock.tick(2_000);
    const { body } = await remote.api<{ devices: { id: string; name: string; is_active: boolean }[] }>(
      token,
      'GET /me/player/devices',
    );
    const kitchen = body.devices.find(({ name }) => name === "Alice's kitchen")!;
    expect(body.devices.find(({ id }) => id === device.id)?.is_active).toBe(true);
    expect((await remote.api(token, 'PUT /me/player', { device_ids: [kitchen.id] })).status).toBe(204);
    expect(await remote.account('alice')).toMatchObject({ paused: false, positionMs: 2_000, volume: 0.6 });
    expect((await remote.api(token, 'GET /me/player')).body).toMatchObject({ device: { id: kitchen.id } });
    expect((await remote.api(token, 'PUT /me/player', { device_ids: [kitchen.id, device.id] })).status).toBe(400);
    expect((await remote.api(token, 'PUT /me/player', { device_ids: ['0123'] })).status).toBe(404);
  });

  it('reach only the active device: one that is named and not active is refused, the active one untouched', async () => {
    const { remote, token, device } = await playing();
    await remote.fault('alice', 'taken-elsewhere');
    for (const call of ['PUT /me/player/pause', 'POST /me/player/next', 'PUT /me/player/seek?position_ms=1']) {
      const [path, query] = call.split('?');
      expect(await remote.api(token, `${path}?device_id=${device.id}${query ? `&${query}` : ''}`)).toMatchObject({
        status: 404,
        body: { error: { reason: 'NO_ACTIVE_DEVICE' } },
      });
    }
    expect(await remote.account('alice')).toMatchObject({ uri: first, paused: false });
  });

  it('without a device_id hit whatever is active, the kitchen too', async () => {
    const { remote, token } = await playing();
    await remote.fault('alice', 'taken-elsewhere');
    expect((await remote.api(token, 'PUT /me/player/pause')).status).toBe(204);
    expect(await remote.account('alice')).toMatchObject({ paused: true });
    expect((await remote.log()).at(-1)).toMatchObject({
      command: 'pause',
      deviceId: (await remote.account('alice')).devices.find(({ active }) => active)?.id,
    });
  });
});

describe('reading the player', () => {
  it('is 204 while nothing plays anywhere', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    expect((await remote.api(token, 'GET /me/player')).status).toBe(204);
    expect((await remote.api(token, 'GET /me/player/currently-playing')).status).toBe(204);
    expect((await remote.api(token, 'GET /me/player/queue')).body).toEqual({ currently_playing: null, queue: [] });
  });

  it('tells what plays, where, and how far', async () => {
    const { remote, token, device } = await playing();
    remote.clock.tick(1_234);
    const { body } = await remote.api(token, 'GET /me/player');
    expect(body).toMatchObject({
      actions: { disallows: { resuming: true, skipping_prev: true } },
      context: { type: 'album', uri: album.uri },
      currently_playing_type: 'track',
      device: { id: device.id, is_active: true, name: 'Web player', type: 'Computer', volume_percent: 50 },
      is_playing: true,
      item: { uri: first, album: { uri: album.uri } },
      progress_ms: 1_234,
    });
  });

  it('remembers what was heard: to its end, or for half a minute', async () => {
    const { remote, token } = await playing();
    remote.clock.tick(10_000);
    await remote.api(token, 'POST /me/player/next');
    remote.clock.tick(31_000);
    await remote.api(token, 'POST /me/player/next');
    remote.clock.tick(catalogue.track(third)?.durationMs ?? 0);
    const { body } = await remote.api<{ items: { track: { uri: string } }[] }>(token, 'GET /me/player/recently-played');
    expect(body.items.map(({ track }) => track.uri)).toEqual([third, second]);
  });
});

describe('two accounts', () => {
  it('do not touch', async () => {
    const { remote } = await playing();
    const bob = await remote.signIn('bob');
    const device = await remote.device(bob);
    await remote.api(bob, `PUT /me/player/play?device_id=${device.id}`, { uris: [third] });
    await remote.api(bob, 'PUT /me/player/volume?volume_percent=10');
    await remote.api(bob, 'PUT /me/player/pause');
    expect(await remote.account('alice')).toMatchObject({ uri: first, paused: false, volume: 0.5 });
    expect(await remote.account('bob')).toMatchObject({ uri: third, paused: true, volume: 0.1 });
  });
});
