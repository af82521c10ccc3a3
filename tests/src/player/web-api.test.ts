import { describe, expect, it } from 'vitest';
import { PlayerError } from '../../../src/player/engine.js';
import type { PlayerErrorCode } from '../../../src/player/snapshot.js';
import { createWebApi, type WebApi } from '../../../src/player/web-api.js';
import { FakeClock, settled } from './support/fake-clock.js';
import { FakeFetch, json, noContent } from './support/fake-fetch.js';
import { sdkTrack } from './support/states.js';

const secrets = ['BQ-token', 'BQ-fresh', 'device-1'];
const error = (status: number, message: string, reason?: string): unknown => ({
  error: { status, message, ...(reason && { reason }) },
});

class Stage {
  readonly clock = new FakeClock();
  readonly http = new FakeFetch();
  device: string | null = 'device-1';
  readonly renewed: string[] = [];
  readonly api: WebApi = createWebApi({
    endpoints: { api: 'https://api.spotify.com/v1' },
    tokens: {
      get: () => Promise.resolve(this.renewed.length ? 'BQ-fresh' : 'BQ-token'),
      renew: (refused) => {
        this.renewed.push(refused);
        return Promise.resolve('BQ-fresh');
      },
    },
    deviceId: () => this.device,
    fetch: this.http.fetch,
    clock: this.clock,
  });

  get last(): { line: string; body: unknown } {
    const request = this.http.sent.at(-1);
    if (!request) throw new Error('nothing was sent');
    return {
      line: `${request.method} ${request.url.pathname}${request.url.search}`,
      body: request.body ? JSON.parse(request.body) : null,
    };
  }
}

async function failure(run: Promise<unknown>): Promise<PlayerError> {
  const reason: unknown = await run.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(reason).toBeInstanceOf(PlayerError);
  const said = `${(reason as Error).message}\n${(reason as Error).stack}\n${JSON.stringify(reason)}`;
  for (const secret of secrets) expect(said).not.toContain(secret);
  return reason as PlayerError;
}

describe('commands', () => {
  const commands: [name: string, run: (api: WebApi) => Promise<void>, line: string, body: unknown][] = [
    [
      'a track',
      (api) => api.play('spotify:track:a'),
      'PUT /v1/me/player/play?device_id=device-1',
      { uris: ['spotify:track:a'] },
    ],
    [
      'an album',
      (api) => api.play('spotify:album:x'),
      'PUT /v1/me/player/play?device_id=device-1',
      { context_uri: 'spotify:album:x' },
    ],
    [
      'a place in a playlist',
      (api) => api.play({ context: 'spotify:playlist:p', offset: 3, positionMs: 1000.4 }),
      'PUT /v1/me/player/play?device_id=device-1',
      { context_uri: 'spotify:playlist:p', offset: { position: 3 }, position_ms: 1000 },
    ],
    [
      'a track in an album',
      (api) => api.play({ context: 'spotify:album:x', offset: 'spotify:track:a' }),
      'PUT /v1/me/player/play?device_id=device-1',
      { context_uri: 'spotify:album:x', offset: { uri: 'spotify:track:a' } },
    ],
    [
      'tracks one after the other',
      (api) => api.play({ uris: ['spotify:track:a', 'spotify:episode:b'], offset: 1, positionMs: 5 }),
      'PUT /v1/me/player/play?device_id=device-1',
      { uris: ['spotify:track:a', 'spotify:episode:b'], offset: { position: 1 }, position_ms: 5 },
    ],
    ['shuffle', (api) => api.setShuffle(true), 'PUT /v1/me/player/shuffle?state=true&device_id=device-1', null],
    ['repeat', (api) => api.setRepeat('context'), 'PUT /v1/me/player/repeat?state=context&device_id=device-1', null],
    [
      'the queue',
      (api) => api.addToQueue('spotify:track:a'),
      'POST /v1/me/player/queue?uri=spotify%3Atrack%3Aa&device_id=device-1',
      null,
    ],
    ['a transfer', (api) => api.transfer(), 'PUT /v1/me/player', { device_ids: ['device-1'], play: true }],
  ];

  it.each(commands)('%s: with the own token, to the own device (I2)', async (_name, run, line, body) => {
    const stage = new Stage();
    await run(stage.api);
    expect(stage.last).toEqual({ line, body });
    expect(stage.http.sent[0]?.headers.get('Authorization')).toBe('Bearer BQ-token');
  });

  it.each(commands)('%s: nothing is sent without a device, where it would hit another one', async (_name, run) => {
    const stage = new Stage();
    stage.device = null;
    expect((await failure(run(stage.api))).code).toBe('device-lost');
    expect(stage.http.sent).toEqual([]);
  });

  it.each([
    '',
    'spotify:',
    'https://open.spotify.com/track/a',
    'spotify:track:a&device_id=b',
    'spotify:track:a b',
    `spotify:track:${'a'.repeat(90)}`,
  ])('what is no URI is not sent on: %j', async (uri) => {
    const { api, http } = new Stage();
    expect((await failure(api.play(uri))).code).toBe('not-found');
    expect((await failure(api.play({ context: 'spotify:album:x', offset: uri }))).code).toBe('not-found');
    expect((await failure(api.addToQueue(uri))).code).toBe('not-found');
    expect(http.sent).toEqual([]);
  });

  it('go one by one, in the order in which they were given', async () => {
    const stage = new Stage();
    let answer: (response: Response) => void = () => undefined;
    stage.http.answers.push(() => new Promise((resolve) => (answer = resolve)));
    const all = [stage.api.play('spotify:track:a'), stage.api.setShuffle(true), stage.api.setRepeat('track')];
    await settled();
    expect(stage.http.paths).toEqual(['PUT /v1/me/player/play']);
    answer(noContent());
    await Promise.all(all);
    expect(stage.http.paths).toEqual([
      'PUT /v1/me/player/play',
      'PUT /v1/me/player/shuffle',
      'PUT /v1/me/player/repeat',
    ]);
  });

  it('go on after one that failed, and after one that was never answered', async () => {
    const stage = new Stage();
    stage.http.answers.push(json(500, {}), 'never');
    const first = failure(stage.api.play('spotify:track:a'));
    const second = failure(stage.api.setShuffle(true));
    const third = stage.api.setRepeat('track');
    await stage.clock.advance(10_000);
    expect([(await first).code, (await second).code]).toEqual(['server', 'network']);
    await third;
    expect(stage.clock.waiting).toBe(0);
  });
});

describe('a device that 404s just after ready', () => {
  const missing = (): Response => json(404, error(404, 'Device not found'));

  it('is tried again for a while', async () => {
    const stage = new Stage();
    stage.http.answers.push(missing(), missing(), missing());
    const playing = stage.api.play('spotify:track:a');
    await stage.clock.advance(2000);
    await playing;
    expect(stage.http.sent).toHaveLength(4);
  });

  it('is tried under the id that it has by then', async () => {
    const stage = new Stage();
    stage.http.answers.push(missing());
    const playing = stage.api.play('spotify:track:a');
    await settled();
    stage.device = 'device-2';
    await stage.clock.advance(250);
    await playing;
    expect(stage.last.line).toContain('device_id=device-2');
  });

  it('and does not turn up is lost, within four seconds', async () => {
    const stage = new Stage();
    for (let i = 0; i < 20; i++) stage.http.answers.push(missing());
    const lost = failure(stage.api.play('spotify:track:a'));
    await stage.clock.advance(4000);
    expect((await lost).code).toBe('device-lost');
    expect(stage.http.sent).toHaveLength(5);
    expect(stage.clock.waiting).toBe(0);
  });
});

describe('what Spotify answers', () => {
  const answers: [name: string, answer: Response, code: PlayerErrorCode][] = [
    [
      'Premium required',
      json(403, error(403, 'Player command failed: Premium required', 'PREMIUM_REQUIRED')),
      'premium-required',
    ],
    ['restricted', json(403, error(403, 'Player command failed: Restriction violated', 'UNKNOWN')), 'restricted'],
    [
      'the owner has no Premium',
      json(403, error(403, 'Active premium subscription required for the owner of the app.')),
      'owner-premium',
    ],
    ['not on the list', json(403, error(403, 'User not registered in the Developer Dashboard')), 'not-on-list'],
    [
      'not on the list, as text',
      new Response('Check settings on developer.spotify.com/dashboard, the user may not be registered.', {
        status: 403,
      }),
      'not-on-list',
    ],
    ['the scopes of an older sign-in', json(403, error(403, 'Insufficient client scope')), 'sign-in-expired'],
    ['no such track', json(404, error(404, 'Resource not found')), 'not-found'],
    ['no track', json(400, error(400, 'Invalid track uri')), 'not-found'],
    ['a quota', json(429, error(429, 'API quota exceeded', 'QUOTA_EXCEEDED')), 'quota-exceeded'],
    ['a bad gateway', new Response('<html>', { status: 502 }), 'server'],
    ['a timeout', new Response('', { status: 504 }), 'server'],
    ['an error in its shape only', json(403, { error: 'no' }), 'restricted'],
  ];

  it.each(answers)('%s: a code of its own', async (_name, answer, code) => {
    const stage = new Stage();
    stage.http.answers.push(answer.clone(), answer.clone());
    expect((await failure(stage.api.play('spotify:track:a'))).code).toBe(code);
  });

  it('never gets into an error in its own words (I3)', async () => {
    const stage = new Stage();
    stage.http.answers.push(json(403, error(403, 'BQ-token on device-1', 'BQ-token')));
    await failure(stage.api.play('spotify:track:a'));
  });

  it('no active device means a restriction for what needs one', async () => {
    const stage = new Stage();
    const inactive = (): Response =>
      json(404, error(404, 'Player command failed: No active device found', 'NO_ACTIVE_DEVICE'));
    stage.http.answers.push(inactive(), inactive(), inactive());
    for (const run of [
      stage.api.setShuffle(true),
      stage.api.setRepeat('off'),
      stage.api.addToQueue('spotify:track:a'),
    ]) {
      expect((await failure(run)).code).toBe('restricted');
    }
    expect(stage.http.sent).toHaveLength(3);
  });

  it('401: a fresh token, once', async () => {
    const stage = new Stage();
    stage.http.answers.push(json(401, error(401, 'The access token expired')));
    await stage.api.play('spotify:track:a');
    expect(stage.renewed).toEqual(['BQ-token']);
    expect(stage.http.sent.map(({ headers }) => headers.get('Authorization'))).toEqual([
      'Bearer BQ-token',
      'Bearer BQ-fresh',
    ]);
  });

  it('401 twice: the sign-in is gone', async () => {
    const stage = new Stage();
    stage.http.answers.push(json(401, {}), json(401, {}));
    expect((await failure(stage.api.play('spotify:track:a'))).code).toBe('sign-in-expired');
    expect(stage.http.sent).toHaveLength(2);
  });

  it('a broken connection', async () => {
    const stage = new Stage();
    stage.http.answers.push(new TypeError('Failed to fetch'));
    expect((await failure(stage.api.play('spotify:track:a'))).code).toBe('network');
  });

  it('a body that stalls half-way', async () => {
    const stage = new Stage();
    stage.http.answers.push(new Response(new ReadableStream(), { status: 200 }));
    const stalled = failure(stage.api.play('spotify:track:a'));
    await stage.clock.advance(10_000);
    expect((await stalled).code).toBe('network');
  });
});

describe('a 429', () => {
  const tooMany = (headers?: Record<string, string>): Response =>
    json(429, error(429, 'API rate limit exceeded'), headers);

  it('tells when to try again, and until then nothing is sent', async () => {
    const stage = new Stage();
    stage.http.answers.push(tooMany({ 'Retry-After': '6' }));
    const limited = await failure(stage.api.play('spotify:track:a'));
    expect(limited).toMatchObject({ code: 'rate-limited', retryAt: stage.clock.now() + 6000 });
    expect((await failure(stage.api.search('x', 0))).code).toBe('rate-limited');
    expect(stage.http.sent).toHaveLength(1);
    await stage.clock.advance(6000);
    await stage.api.play('spotify:track:a');
    expect(stage.http.sent).toHaveLength(2);
  });

  it('that asks a command for a short break is waited out, and what comes after it waits too', async () => {
    const stage = new Stage();
    stage.http.answers.push(tooMany({ 'Retry-After': '5' }));
    const both = Promise.all([stage.api.play('spotify:track:a'), stage.api.setShuffle(true)]);
    await stage.clock.advance(4999);
    expect(stage.http.sent).toHaveLength(1);
    await stage.clock.advance(1);
    await both;
    expect(stage.http.paths).toEqual(['PUT /v1/me/player/play', 'PUT /v1/me/player/play', 'PUT /v1/me/player/shuffle']);
  });

  it('is waited out once: a second one is told', async () => {
    const stage = new Stage();
    stage.http.answers.push(tooMany({ 'Retry-After': '2' }), tooMany({ 'Retry-After': '2' }));
    const limited = failure(stage.api.play('spotify:track:a'));
    await stage.clock.advance(2000);
    expect(await limited).toMatchObject({ code: 'rate-limited', retryAt: stage.clock.now() + 2000 });
    expect(stage.http.sent).toHaveLength(2);
    expect(stage.clock.waiting).toBe(0);
  });

  it('is not waited out by what is no command', async () => {
    const stage = new Stage();
    stage.http.answers.push(tooMany({ 'Retry-After': '1' }));
    expect((await failure(stage.api.search('x', 0))).code).toBe('rate-limited');
  });

  it('whose Retry-After cannot be read counts for half a minute', async () => {
    const stage = new Stage();
    stage.http.answers.push(tooMany());
    expect((await failure(stage.api.play('spotify:track:a'))).retryAt).toBe(stage.clock.now() + 30_000);
  });

  it('without CORS headers looks like a broken network: told apart in the wake of a real one', async () => {
    const stage = new Stage();
    stage.http.answers.push(tooMany({ 'Retry-After': '6' }), new TypeError('Failed to fetch'));
    await failure(stage.api.play('spotify:track:a'));
    await stage.clock.advance(6000);
    expect((await failure(stage.api.play('spotify:track:a'))).code).toBe('rate-limited');
    await stage.clock.advance(90_000);
    stage.http.answers.push(new TypeError('Failed to fetch'));
    expect((await failure(stage.api.play('spotify:track:a'))).code).toBe('network');
  });

  it('of a quota tells its hours, and lets the visitor try before', async () => {
    const stage = new Stage();
    stage.http.answers.push(json(429, error(429, 'API quota exceeded', 'QUOTA_EXCEEDED'), { 'Retry-After': '3600' }));
    expect(await failure(stage.api.play('spotify:track:a'))).toMatchObject({
      code: 'quota-exceeded',
      retryAt: stage.clock.now() + 3_600_000,
    });
    await stage.api.play('spotify:track:a');
  });
});

describe('searching', () => {
  const page = (change: object = {}): Response =>
    json(200, { tracks: { items: [sdkTrack('a'), null, sdkTrack('b')], next: 'https://…', total: 40, ...change } });

  it('asks for ten tracks, the most that Development Mode allows', async () => {
    const stage = new Stage();
    stage.http.answers.push(page());
    const found = await stage.api.search(' a song ', 20);
    expect(stage.last.line).toBe('GET /v1/search?q=a+song&type=track&limit=10&offset=20');
    expect(found.tracks.map(({ uri }) => uri)).toEqual(['spotify:track:a', 'spotify:track:b']);
    expect(found.nextOffset).toBe(30);
  });

  it.each([
    [{ next: null }, 0, null],
    [{ next: undefined, total: 11 }, 0, 10],
    [{ next: undefined, total: 10 }, 0, null],
    [{}, 990, null],
  ])('knows the last page: %j from %d', async (change, offset, expected) => {
    const stage = new Stage();
    stage.http.answers.push(page(change));
    expect((await stage.api.search('x', offset)).nextOffset).toBe(expected);
  });

  it('leaves out what cannot be played, and bears with an answer of another shape', async () => {
    const stage = new Stage();
    stage.http.answers.push(
      page({ items: [{ ...sdkTrack('a'), is_playable: false }, sdkTrack('b')] }),
      json(200, { tracks: null }),
    );
    expect((await stage.api.search('x', 0)).tracks).toHaveLength(1);
    expect(await stage.api.search('x', 0)).toEqual({ tracks: [], nextOffset: null });
  });

  it('asks nothing for nothing', async () => {
    const stage = new Stage();
    expect(await stage.api.search('   ', 0)).toEqual({ tracks: [], nextOffset: null });
    expect(stage.http.sent).toEqual([]);
  });

  it('does not wait for commands', async () => {
    const stage = new Stage();
    stage.http.answers.push('never', page());
    const command = failure(stage.api.play('spotify:track:a'));
    await settled();
    expect((await stage.api.search('x', 0)).tracks).toHaveLength(2);
    await stage.clock.advance(10_000);
    await command;
  });

  it('ends with an AbortError when it is given up, before and while it waits', async () => {
    const stage = new Stage();
    await expect(stage.api.search('x', 0, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(stage.http.sent).toEqual([]);
    stage.http.answers.push('never');
    const abort = new AbortController();
    const searching = stage.api.search('x', 0, abort.signal);
    await settled();
    abort.abort();
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' });
    expect(stage.clock.waiting).toBe(0);
  });
});

describe('whether the account may use the app', () => {
  it.each([
    [json(200, { id: 'x' }), null],
    [json(403, error(403, 'Forbidden')), 'not-on-list'],
    [json(403, error(403, 'Active premium subscription required for the owner of the app.')), 'owner-premium'],
  ])('%#', async (answer, code) => {
    const stage = new Stage();
    stage.http.answers.push(answer);
    if (code) expect((await failure(stage.api.checkAccess())).code).toBe(code);
    else await stage.api.checkAccess();
    expect(stage.last.line).toBe('GET /v1/me');
  });
});
