import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createCatalogue } from '../../../demo/services/spotify/catalogue/catalogue.js';
import type { FaultReport } from '../../../demo/services/spotify/faults.js';
import { startSimulator } from './support.js';

const tracks = createCatalogue().tracks.map(({ uri }) => uri);

describe('the command log', () => {
  it('holds every command with who, by what, on which device and with what', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    const device = await remote.device(token);
    await remote.api(token, `PUT /me/player/play?device_id=${device.id}`, { uris: tracks.slice(0, 2) });
    device.send({ type: 'command', command: { name: 'seek', value: 1_000 } });
    device.send({ type: 'command', command: { name: 'pause' } });
    await expect.poll(async () => (await remote.log()).length).toBe(3);
    await remote.api(token, 'PUT /me/player/play');
    await remote.api(token, 'POST /me/player/next');
    await remote.api(token, 'PUT /me/player/volume?volume_percent=40');
    await remote.api(token, 'PUT /me/player', { device_ids: [device.id], play: true });
    const at = remote.clock.now();
    const base = { at, account: 'alice', deviceId: device.id };
    expect(await remote.log()).toEqual([
      { ...base, source: 'web-api', command: 'play', body: { uris: tracks.slice(0, 2) } },
      { ...base, source: 'sdk', command: 'seek', body: { position_ms: 1_000 } },
      { ...base, source: 'sdk', command: 'pause', body: null },
      { ...base, source: 'web-api', command: 'resume', body: null },
      { ...base, source: 'web-api', command: 'next', body: null },
      { ...base, source: 'web-api', command: 'volume', body: { volume_percent: '40' } },
      { ...base, source: 'web-api', command: 'transfer', body: { device_ids: [device.id], play: true } },
    ]);
  });

  it('holds what was refused, and nothing that only reads', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('frank');
    await remote.api(token, 'PUT /me/player/pause');
    await remote.api(token, 'POST /me/player/next?device_id=0123');
    await remote.api('nonsense', 'PUT /me/player/shuffle?state=true');
    await remote.fault('frank', 'rate-limited');
    await remote.api(token, 'POST /me/player/previous');
    for (const path of ['/me', '/me/player', '/me/player/devices', '/search?q=a&type=track']) {
      await remote.api(token, `GET ${path}`);
    }
    expect((await remote.log()).map(({ account, command, deviceId }) => [account, command, deviceId])).toEqual([
      ['frank', 'pause', null],
      ['frank', 'next', '0123'],
      ['unknown', 'shuffle', null],
      ['frank', 'previous', null],
    ]);
  });

  it('is emptied on request', async () => {
    const remote = await startSimulator();
    await remote.api(await remote.signIn('alice'), 'PUT /me/player/pause');
    expect((await fetch(`${remote.base}/log`, { method: 'DELETE' })).status).toBe(204);
    expect(await remote.log()).toEqual([]);
  });
});

describe('the accounts', () => {
  it('are five, each with a kitchen, in silence', async () => {
    const remote = await startSimulator();
    const accounts = (await (await fetch(`${remote.base}/accounts`)).json()) as object[];
    expect(accounts).toHaveLength(5);
    expect(accounts[0]).toEqual({
      account: 'alice',
      product: 'premium',
      devices: [{ id: expect.any(String) as string, name: "Alice's kitchen", active: false }],
      uri: null,
      positionMs: 0,
      paused: true,
      volume: 0.6,
    });
    expect(accounts[4]).toMatchObject({ account: 'frank', product: 'free' });
  });

  it('follow the devices that come and go', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('dave');
    const device = await remote.device(token, 'Roomtone');
    await remote.api(token, `PUT /me/player/play?device_id=${device.id}`, { uris: tracks });
    remote.clock.tick(3_000);
    expect(await remote.account('dave')).toMatchObject({
      uri: tracks[0],
      positionMs: 3_000,
      paused: false,
      volume: 0.5,
    });
    expect((await remote.account('dave')).devices.at(-1)).toEqual({ id: device.id, name: 'Roomtone', active: true });
    await device.close();
    await expect.poll(async () => (await remote.account('dave')).devices.length).toBe(1);
    expect(await remote.account('dave')).toMatchObject({ uri: tracks[0], positionMs: 3_000, paused: true });
  });
});

describe('the faults', () => {
  it('are listed with a line each, and with whom they are on for', async () => {
    const remote = await startSimulator();
    await remote.fault('Alice', 'restricted');
    await remote.fault('*', 'restricted');
    const report = (await (await fetch(`${remote.base}/faults`)).json()) as FaultReport[];
    expect(report.find(({ name }) => name === 'restricted')?.on).toEqual(['alice', '*']);
    for (const { description } of report) expect(description).toMatch(/^.{10,160}\.?$/);
    expect((await fetch(`${remote.base}/faults`, { method: 'DELETE' })).status).toBe(204);
    const cleared = (await (await fetch(`${remote.base}/faults`)).json()) as FaultReport[];
    expect(cleared.every(({ on }) => on.length === 0)).toBe(true);
  });

  it.each([
    [{ account: 'zoe', fault: 'restricted', on: true }, 'There is no account "zoe"'],
    [{ account: 'alice', fault: 'toString', on: true }, 'There is no fault "toString"'],
    [{ account: 'alice', fault: 'restricted' }, '"on" has to be true or false.'],
    ['nonsense', 'There is no account'],
  ])('refuse %o in a sentence', async (body, sentence) => {
    const remote = await startSimulator();
    const response = await fetch(`${remote.base}/faults`, { method: 'POST', body: JSON.stringify(body) });
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([
      400,
      expect.stringContaining(sentence),
    ]);
  });

  it.each([
    ['rate-limited', 429, 'API rate limit exceeded', undefined, '3'],
    ['rate-limited-bare', 429, 'API rate limit exceeded', undefined, null],
    ['quota-exceeded', 429, 'API quota exceeded', 'QUOTA_EXCEEDED', '3600'],
    ['server-error', 503, 'Service unavailable', undefined, null],
    ['not-on-list', 403, 'User not registered in the Developer Dashboard', undefined, null],
    ['token-refused', 401, 'The access token expired', undefined, null],
    ['restricted', 403, 'Player command failed: Restriction violated', 'UNKNOWN', null],
    ['free-account', 403, 'Player command failed: Premium required', 'PREMIUM_REQUIRED', null],
  ] as const)('%s: %i %s', async (fault, status, message, reason, retryAfter) => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    const other = await remote.signIn('bob');
    await remote.fault('alice', fault);
    const answer = await remote.api(token, 'PUT /me/player/pause');
    expect(answer).toMatchObject({ status, body: { error: { status, message } } });
    expect((answer.body as { error: { reason?: string } }).error.reason).toBe(reason);
    expect(answer.headers.get('retry-after')).toBe(retryAfter);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect((await remote.api(other, 'PUT /me/player/pause')).body).toMatchObject({
      error: { reason: 'NO_ACTIVE_DEVICE' },
    });
    await remote.fault('alice', fault, false);
    expect((await remote.api(token, 'PUT /me/player/pause')).body).toMatchObject({
      error: { reason: 'NO_ACTIVE_DEVICE' },
    });
  });

  it('owner-premium-lapsed stops every call', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    await remote.fault('*', 'owner-premium-lapsed');
    const { status, body } = await remote.api<{ error: { message: string } }>(token, 'GET /me');
    expect([status, body.error.message]).toEqual([
      403,
      expect.stringMatching(/^Active premium subscription required for the owner of the app/),
    ]);
  });

  it('rate-limited-no-cors: other origins cannot read it, a page of this one is cut off', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    await remote.fault('alice', 'rate-limited-no-cors');
    const { status, headers } = await remote.api(token, 'GET /me');
    expect([status, headers.get('access-control-allow-origin')]).toEqual([429, null]);
    const asPage = fetch(`${remote.base}/v1/me`, {
      headers: { Authorization: `Bearer ${token}`, 'Sec-Fetch-Site': 'same-origin' },
    });
    await expect(asPage).rejects.toThrow('fetch failed');
  });

  it('network-down and sdk-blocked cut the connection', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    await remote.fault('alice', 'network-down');
    await expect(remote.api(token, 'GET /me')).rejects.toThrow('fetch failed');
    expect((await fetch(`${remote.base}/sdk.js`)).status).toBe(200);
    await remote.fault('*', 'sdk-blocked');
    await expect(fetch(`${remote.base}/sdk.js`)).rejects.toThrow('fetch failed');
  });

  it('token-expired: tokens from before are over, a refreshed one is good', async () => {
    const remote = await startSimulator();
    const { body } = await remote.redeem((await remote.choose('alice')).searchParams.get('code') ?? '');
    await remote.fault('alice', 'token-expired');
    expect((await remote.api(body.access_token ?? '', 'GET /me')).status).toBe(401);
    const fresh = await remote.token({
      grant_type: 'refresh_token',
      client_id: 'roomtone-demo',
      refresh_token: body.refresh_token ?? '',
    });
    expect((await remote.api(fresh.body.access_token ?? '', 'GET /me')).status).toBe(200);
  });

  it('device-404-after-ready: the device is unknown for a second and a half', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    await remote.fault('alice', 'device-404-after-ready');
    const device = await remote.device(token);
    const play = (): ReturnType<typeof remote.api> =>
      remote.api(token, `PUT /me/player/play?device_id=${device.id}`, { uris: tracks });
    expect(await play()).toMatchObject({ status: 404, body: { error: { message: 'Device not found' } } });
    expect((await remote.api<{ devices: object[] }>(token, 'GET /me/player/devices')).body.devices).toHaveLength(1);
    remote.clock.tick(1_500);
    expect((await play()).status).toBe(204);
  });

  it('device-gone: 404 for the device', async () => {
    const remote = await startSimulator();
    const token = await remote.signIn('alice');
    const device = await remote.device(token);
    await remote.fault('alice', 'device-gone');
    expect((await device.next('not_ready')).deviceId).toBe(device.id);
    expect((await remote.api(token, `PUT /me/player/play?device_id=${device.id}`, { uris: tracks })).status).toBe(404);
  });
});

describe('the sound', () => {
  it('is served by ranges', async () => {
    const remote = await startSimulator();
    const url = `${remote.base}/audio/${tracks[0]?.split(':')[2]}.wav`;
    const head = await fetch(url, { method: 'HEAD' });
    const size = Number(head.headers.get('content-length'));
    expect([head.status, head.headers.get('accept-ranges'), head.headers.get('content-type')]).toEqual([
      200,
      'bytes',
      'audio/wav',
    ]);
    const part = await fetch(url, { headers: { Range: 'bytes=1000-40999' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 1000-40999/${size}`]);
    const bytes = Buffer.from(await part.arrayBuffer());
    const again = Buffer.from(await (await fetch(url, { headers: { Range: 'bytes=0-99999' } })).arrayBuffer());
    expect(bytes.equals(again.subarray(1_000, 41_000))).toBe(true);
    expect((await fetch(url, { headers: { Range: `bytes=${size}-` } })).status).toBe(416);
    expect((await fetch(`${remote.base}/audio/nonsense.wav`)).status).toBe(404);
  });

  it('is made no further than somebody listens', async () => {
    const remote = await startSimulator();
    const abort = new AbortController();
    const response = await fetch(`${remote.base}/audio/${tracks[1]?.split(':')[2]}.wav`, { signal: abort.signal });
    const first = await response.body?.getReader().read();
    expect(first?.value?.length).toBeGreaterThan(0);
    abort.abort();
    // The server is well and answers the next one.
    expect((await fetch(`${remote.base}/accounts`)).status).toBe(200);
  });
});

describe('what browsers load', () => {
  it('is a classic script and a frame that loads nothing from elsewhere', async () => {
    const remote = await startSimulator();
    for (const name of ['sdk', 'embedded']) {
      const response = await fetch(`${remote.base}/${name}.js`);
      const text = await response.text();
      expect(response.headers.get('content-type')).toContain('text/javascript');
      expect(text).not.toMatch(/^\s*(import|export)\s/m);
      expect(() => new Function(text)).not.toThrow();
    }
    const frame = await fetch(`${remote.base}/embedded.html`);
    expect(await frame.text()).toContain('<script src="embedded.js">');
    expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('is nothing at other addresses, over HTTP and over WebSocket', async () => {
    const remote = await startSimulator();
    expect((await fetch(`${remote.base}/nothing`)).status).toBe(404);
    expect((await fetch(`${remote.base}/v1/nothing`)).status).toBe(401);
    expect((await fetch(`${remote.base}/art/nothing.svg`)).status).toBe(404);
    const socket = new WebSocket(`${remote.base.replace('http', 'ws')}/elsewhere`);
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('404');
  });

  it('a socket that talks nonsense is closed', async () => {
    const remote = await startSimulator();
    const socket = new WebSocket(`${remote.base.replace('http', 'ws')}/dealer`);
    await once(socket, 'open');
    socket.send('nonsense');
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1003);
  });
});
