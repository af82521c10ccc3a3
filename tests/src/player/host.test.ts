import { describe, expect, it } from 'vitest';
import { PlayerError } from '../../../src/player/engine.js';
import { createHostSignIn, createHostTokens } from '../../../src/player/host-sign-in.js';
import { createNoWebApi } from '../../../src/player/no-web-api.js';
import { createPlayerSession } from '../../../src/player/session.js';
import type { PlayerSession } from '../../../src/player/player-session.js';
import { createSdkEngine } from '../../../src/player/sdk-engine.js';
import { createWebApi } from '../../../src/player/web-api.js';
import { FakeClock, settled } from './support/fake-clock.js';
import { FakeFetch, json } from './support/fake-fetch.js';
import { FakePlayer, FakeSdk } from './support/fake-sdk.js';
import { sdkState } from './support/states.js';

const token = 'BQ-host';

/** A host page that gives tokens, its player, or both. */
class Host {
  readonly clock = new FakeClock();
  readonly http = new FakeFetch();
  readonly sdk = new FakeSdk();
  readonly player: FakePlayer | undefined;
  readonly session: PlayerSession;
  asked = 0;
  getToken: () => string | Promise<string> = () => token;

  constructor({ player = true, tokens = true } = {}) {
    const { clock, http, sdk } = this;
    const own = { name: 'Host', volume: 1, enableMediaSession: false, getOAuthToken: () => undefined };
    this.player = player ? new FakePlayer(own) : undefined;
    this.http.answers.push(json(200, { id: 'ada' }));
    const source = createHostTokens(() => {
      this.asked++;
      return this.getToken();
    }, clock);
    const endpoints = { api: 'https://api.spotify.com/v1' };
    const engine = createSdkEngine({
      sdk,
      tokens: source,
      createApi: (deviceId) =>
        tokens
          ? createWebApi({ endpoints, tokens: source, deviceId, fetch: http.fetch, missingScope: 'restricted', clock })
          : createNoWebApi(),
      name: 'Host',
      volume: 1,
      mediaSession: true,
      player: this.player,
      clock,
    });
    this.session = createPlayerSession({ engine, signIn: createHostSignIn(), clock });
  }

  get host(): FakePlayer {
    if (!this.player) throw new Error('this host has no player');
    return this.player;
  }

  get last(): string {
    return this.http.sent.map(({ method, url }) => `${method} ${url.pathname}${url.search}`).at(-1) ?? '';
  }

  get outcome(): unknown[] {
    const { status, problem } = this.session.snapshot;
    return [status, problem?.code, problem?.remedy];
  }
}

const devices = (...names: string[]): Response =>
  json(200, { devices: names.map((name, i) => ({ id: `device-${i}`, name, is_active: false })) });

describe('tokens of the host page', () => {
  const connected = async (): Promise<Host> => {
    const host = new Host({ player: false });
    host.sdk.prepare = (player) => void Promise.resolve().then(() => player.ready());
    await host.session.controls.connect();
    return host;
  };

  it('lead straight to the player, without a sign-in, once somebody connects', async () => {
    const host = new Host({ player: false });
    const statuses: string[] = [];
    host.session.subscribe(({ status }) => statuses.push(status));
    host.sdk.prepare = (player) => void Promise.resolve().then(() => player.ready());
    await host.session.restore();
    expect([host.asked, host.http.sent.length]).toEqual([0, 0]);
    await host.session.controls.connect();
    expect([...new Set(statuses)]).toEqual(['loading', 'connecting', 'ready']);
    expect(host.sdk.player.tokens).toEqual([token]);
    expect(host.sdk.player.options.enableMediaSession).toBe(true);
  });

  it('go into requests and into the SDK, and nowhere else (I3)', async () => {
    const host = await connected();
    const seen: unknown[] = [];
    host.session.subscribe((snapshot) => seen.push(snapshot));
    host.http.answers.push(json(401, {}), json(401, {}));
    await host.session.controls.play('spotify:track:a');
    expect(host.http.sent.at(-1)?.headers.get('Authorization')).toBe(`Bearer ${token}`);
    expect(host.http.sent.every(({ url }) => !url.href.includes(token))).toBe(true);
    expect(JSON.stringify([seen, host.session.snapshot])).not.toContain(token);
  });

  it.each([
    ['rejected', () => Promise.reject(new Error(token))],
    [
      'thrown',
      () => {
        throw new Error(token);
      },
    ],
    ['empty', () => ''],
    ['none', () => undefined as unknown as string],
  ])('that are %s are a failed sign-in, to be tried again', async (_name, getToken) => {
    const host = new Host({ player: false });
    host.sdk.prepare = (player) => void Promise.resolve().then(() => player.ready());
    host.getToken = getToken;
    await host.session.controls.connect();
    expect(host.outcome).toEqual(['failed', 'sign-in-failed', 'retry']);
    expect(host.sdk.players).toEqual([]);
    host.getToken = () => token;
    await host.session.controls.connect();
    expect(host.outcome).toEqual(['ready', undefined, undefined]);
  });

  it('that never come are given up', async () => {
    const host = new Host({ player: false });
    host.getToken = () => new Promise(() => undefined);
    const connecting = host.session.controls.connect();
    await host.clock.advance(20_000);
    await connecting;
    expect(host.outcome).toEqual(['failed', 'sign-in-failed', 'retry']);
  });

  it('are not even needed in an hour of undisturbed play: nothing is sent', async () => {
    const host = await connected();
    const { length } = host.http.sent;
    const asked = host.asked;
    for (let minute = 0; minute < 60; minute += 3) {
      host.sdk.player.state = sdkState(`song-${minute}`);
      host.sdk.player.tell('player_state_changed', host.sdk.player.state);
      await host.clock.advance(3 * 60_000);
    }
    expect(host.session.snapshot).toMatchObject({ status: 'ready', track: { title: 'Track song-57' } });
    expect([host.http.sent.length, host.asked]).toEqual([length, asked]);
  });

  it('that end mid-song end the player, with one action that brings it back', async () => {
    const host = await connected();
    host.getToken = () => '';
    host.sdk.player.askToken();
    await settled();
    expect(host.outcome).toEqual(['failed', 'sign-in-failed', 'retry']);
  });

  it('are asked for anew each time, for the host knows who is signed in; questions at once are one', async () => {
    const source = createHostTokens(() => `${token}-${++asked}`, new FakeClock());
    let asked = 0;
    expect(await Promise.all([source.get(), source.get()])).toEqual([`${token}-1`, `${token}-1`]);
    expect(await source.renew(`${token}-1`)).toBe(`${token}-2`);
  });

  it('without a permission leave that out, and the music plays on', async () => {
    const host = await connected();
    host.http.answers.push(json(403, { error: { status: 403, message: 'Insufficient client scope' } }));
    await expect(host.session.controls.library.playlists()).rejects.toMatchObject({ code: 'restricted' });
    expect(host.outcome).toEqual(['ready', undefined, undefined]);
  });
});

describe('the player of the host page', () => {
  it('that becomes ready is wrapped at once: nothing is made, connected or asked', async () => {
    const host = new Host();
    host.host.ready('device-host');
    expect(host.session.snapshot.status).toBe('ready');
    expect([host.sdk.players, host.host.calls, host.http.sent]).toEqual([[], [], []]);
    host.host.tell('player_state_changed', sdkState('a'));
    expect(host.session.snapshot.track?.uri).toBe('spotify:track:a');
    await host.session.controls.pause();
    expect(host.host.calls).toEqual(['pause']);
    await host.session.controls.play('spotify:track:b');
    expect(host.last).toBe('PUT /v1/me/player/play?device_id=device-host');
  });

  it('that plays already is the one device that plays', async () => {
    const host = new Host();
    host.host.state = sdkState('a');
    const listed = [
      { id: 'other', name: 'Host' },
      { id: 'device-own', name: 'x', is_active: true },
    ];
    host.http.answers.push(json(200, { devices: listed }));
    await host.session.controls.connect();
    expect(host.outcome[0]).toBe('ready');
    expect(host.host.calls).not.toContain('connect');
    await host.session.controls.setVolume(0.5);
    await host.session.controls.play('spotify:track:b');
    expect(host.last).toBe('PUT /v1/me/player/play?device_id=device-own');
  });

  it('that is connected and silent is known by its name', async () => {
    const host = new Host();
    host.http.answers.push(devices('Kitchen', 'Host'));
    await host.session.controls.connect();
    expect(host.host.calls).not.toContain('connect');
    await host.session.controls.play('spotify:track:b');
    expect(host.last).toBe('PUT /v1/me/player/play?device_id=device-1');
  });

  it.each([
    ['was never connected', devices('Kitchen')],
    ['has the name of another', devices('Host', 'Host')],
    ['cannot be asked for', new TypeError('Failed to fetch')],
  ])('that %s is connected', async (_name, answer) => {
    const host = new Host();
    host.host.state = 'hangs';
    host.http.answers.push(answer);
    const connecting = host.session.controls.connect();
    await host.clock.advance(3_000);
    expect(host.host.calls.at(-1)).toBe('connect');
    host.host.ready('device-new');
    await connecting;
    expect(host.outcome[0]).toBe('ready');
  });

  it('is let go of by Disconnect, which leaves it as it is, and taken up again', async () => {
    const host = new Host();
    let heard = 0;
    host.host.addListener('player_state_changed', () => heard++);
    host.host.ready();
    await host.session.controls.disconnect();
    expect(host.session.snapshot.status).toBe('signed-out');
    expect(host.host.calls).not.toContain('disconnect');
    expect(host.host.listening).toBe(1);
    expect(host.sdk.taken).toBe(false);
    host.host.ready();
    host.host.tell('player_state_changed', sdkState('a'));
    expect([heard, host.session.snapshot.status]).toEqual([1, 'signed-out']);

    host.http.answers.length = 0;
    host.http.answers.push(json(200, {}), devices('Host'));
    await host.session.controls.connect();
    expect(host.session.snapshot.status).toBe('ready');
    host.session.dispose();
    expect(host.host.listening).toBe(1);
    expect(host.host.calls).not.toContain('disconnect');
  });

  it('keeps the place of the page: no other player can be made beside it', () => {
    const host = new Host();
    host.host.ready();
    expect(host.sdk.taken).toBe(true);
    const second = new Host();
    second.sdk.taken = true;
    second.host.ready();
    expect(second.session.snapshot.status).toBe('signed-out');
  });

  it('without tokens does what the SDK can, and says of the rest that it cannot be done', async () => {
    const host = new Host({ tokens: false });
    host.host.state = sdkState('a');
    await host.session.controls.connect();
    await host.clock.advance(2_000);
    expect(host.session.snapshot).toMatchObject({ status: 'ready', track: { title: 'Track a' } });
    await host.session.controls.next();
    expect(host.host.calls).toContain('next');
    await host.session.controls.play('spotify:track:b');
    expect(host.outcome).toEqual(['ready', 'restricted', 'none']);
    await expect(host.session.controls.search('x')).rejects.toBeInstanceOf(PlayerError);
    expect([host.asked, host.http.sent]).toEqual([0, []]);
  });

  it('whose token was refused by Spotify is the host’s to renew', async () => {
    const host = new Host();
    host.host.ready();
    host.host.tell('authentication_error', { message: token });
    expect(host.outcome).toEqual(['failed', 'sign-in-failed', 'retry']);
  });
});
