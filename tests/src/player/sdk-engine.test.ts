import { describe, expect, it } from 'vitest';
import { PlayerError, type EngineEvent } from '../../../src/player/engine.js';
import { createSdkEngine } from '../../../src/player/sdk-engine.js';
import type { PlayerErrorCode } from '../../../src/player/snapshot.js';
import type { WebApi } from '../../../src/player/web-api.js';
import { FakeClock, settled } from './support/fake-clock.js';
import { fakeLibrary } from './support/fake-engine.js';
import { FakeSdk } from './support/fake-sdk.js';
import { sdkState } from './support/states.js';

class Stage {
  readonly clock = new FakeClock();
  readonly sdk = new FakeSdk();
  readonly events: EngineEvent[] = [];
  readonly api: string[] = [];
  access: Promise<void> = Promise.resolve();
  readonly tokens = {
    next: ['BQ-first'] as (string | PlayerError)[],
    renewed: [] as string[],
    get: async (): Promise<string> => {
      const { next } = this.tokens;
      const token = (next.length > 1 ? next.shift() : next[0]) ?? '';
      if (token instanceof PlayerError) throw token;
      return token;
    },
    renew: async (refused: string): Promise<string> => {
      this.tokens.renewed.push(refused);
      return this.tokens.get();
    },
  };
  deviceId: () => string | null = () => null;
  readonly library = {
    ...fakeLibrary(async (name) => void this.api.push(name)),
    hasOwnDevice: async () => true,
    findDevice: async () => this.found,
    playingOn: async () => 'Kitchen',
    forget: () => undefined,
  };
  found: string | null = null;
  readonly engine = createSdkEngine({
    sdk: this.sdk,
    tokens: this.tokens,
    createApi: (deviceId) => {
      this.deviceId = deviceId;
      const call =
        (name: string) =>
        async (value?: unknown): Promise<void> =>
          void this.api.push(`${name} ${JSON.stringify(value)} on ${deviceId()}`);
      return {
        play: call('play'),
        transfer: call('transfer'),
        setShuffle: call('shuffle'),
        setRepeat: call('repeat'),
        addToQueue: call('queue'),
        search: async () => ({ tracks: [], nextOffset: null }),
        checkAccess: () => this.access,
        leave: () => void this.api.push('leave'),
        library: this.library,
      } satisfies WebApi;
    },
    name: 'Roomtone',
    volume: 0.5,
    clock: this.clock,
  });

  constructor() {
    this.engine.subscribe((event) => this.events.push(event));
  }

  static async connected(): Promise<Stage> {
    const stage = new Stage();
    stage.sdk.prepare = (player) => void Promise.resolve().then(() => player.ready());
    await stage.engine.connect();
    stage.events.length = 0;
    return stage;
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }
}

const code = (expected: PlayerErrorCode): unknown => expect.objectContaining({ name: 'PlayerError', code: expected });

describe('connecting', () => {
  it('claims the page, loads, makes the device and waits until it is ready', async () => {
    const stage = new Stage();
    const connecting = stage.engine.connect();
    await settled();
    expect(stage.sdk.taken).toBe(true);
    expect(stage.types).toEqual(['loaded']);
    expect(stage.sdk.player.options).toMatchObject({ name: 'Roomtone', volume: 0.5 });
    expect(stage.sdk.player.tokens).toEqual(['BQ-first']);
    expect(stage.deviceId()).toBeNull();
    stage.sdk.player.ready();
    await connecting;
    expect(stage.types).toEqual(['loaded', 'online']);
    expect(stage.deviceId()).toBe('device-1');
  });

  it('is refused where another player of the page is connected, which stays so', async () => {
    const stage = new Stage();
    stage.sdk.taken = true;
    const rejected = expect(stage.engine.connect()).rejects.toEqual(code('page-taken'));
    await stage.clock.advance(0);
    await rejected;
    expect(stage.sdk.players).toEqual([]);
    expect(stage.sdk.taken).toBe(true);
  });

  it('takes the place of one that is taken out of the page in the same task', async () => {
    const stage = new Stage();
    stage.sdk.taken = true;
    stage.sdk.prepare = (player) => void Promise.resolve().then(() => player.ready());
    const connecting = stage.engine.connect();
    stage.sdk.taken = false;
    await stage.clock.advance(0);
    await connecting;
    expect(stage.types).toEqual(['loaded', 'online']);
  });

  it('that was given up meanwhile takes no place', async () => {
    const stage = new Stage();
    stage.sdk.taken = true;
    const rejected = expect(stage.engine.connect()).rejects.toEqual(code('device-lost'));
    stage.engine.disconnect();
    stage.sdk.taken = false;
    await stage.clock.advance(0);
    await rejected;
    expect(stage.sdk.taken).toBe(false);
  });

  it('loads no script where the sign-in has run out', async () => {
    const stage = new Stage();
    stage.tokens.next = [new PlayerError('sign-in-expired')];
    await expect(stage.engine.connect()).rejects.toEqual(code('sign-in-expired'));
    expect(stage.types).toEqual([]);
    expect(stage.sdk.taken).toBe(false);
  });

  it.each([
    ['connect() says true and ready never comes', true, 15_000],
    ['connect() is never answered', 'hangs', 15_000],
    ['connect() says false', false, 1_000],
  ] as const)('ends in time where %s', async (_what, connected, limit) => {
    const stage = new Stage();
    stage.sdk.prepare = (player) => (player.connected = connected);
    const rejected = expect(stage.engine.connect()).rejects.toEqual(code('device-timeout'));
    await stage.clock.advance(limit);
    await rejected;
    expect(stage.sdk.player.calls).toContain('disconnect');
    expect(stage.sdk.taken).toBe(false);
    expect(stage.clock.waiting).toBe(0);
  });

  it.each([
    ['initialization_error', 'sdk-blocked'],
    ['account_error', 'premium-required'],
  ] as const)('ends with what %s means', async (event, expected) => {
    const stage = new Stage();
    stage.sdk.prepare = (player) => (player.connected = false);
    const connecting = stage.engine.connect();
    const rejected = expect(connecting).rejects.toEqual(code(expected));
    await stage.clock.advance(200);
    stage.sdk.player.tell(event, { message: 'BQ-secret' });
    await rejected;
    expect(JSON.stringify(await connecting.catch((error: Error) => [error.message, error.stack]))).not.toContain(
      'BQ-secret',
    );
  });

  it.each(['not-on-list', 'owner-premium'] as const)(
    'ends as the Web API says %s, whatever the SDK does',
    async (expected) => {
      const stage = new Stage();
      stage.access = Promise.reject(new PlayerError(expected));
      await expect(stage.engine.connect()).rejects.toEqual(code(expected));
      expect(stage.sdk.taken).toBe(false);
    },
  );

  it('tells later where the Web API says so after the device is ready', async () => {
    const stage = new Stage();
    let deny: (error: Error) => void = () => undefined;
    stage.access = new Promise((_resolve, reject) => (deny = reject));
    stage.sdk.prepare = (player) => void Promise.resolve().then(() => player.ready());
    await stage.engine.connect();
    deny(new PlayerError('not-on-list'));
    await settled();
    expect(stage.events.at(-1)).toEqual({ type: 'error', error: code('not-on-list') });
  });

  it('minds no trouble of the Web API that says nothing of the account', async () => {
    const stage = new Stage();
    stage.access = Promise.reject(new PlayerError('server'));
    stage.sdk.prepare = (player) => void Promise.resolve().then(() => player.ready());
    await expect(stage.engine.connect()).resolves.toBeUndefined();
  });

  it('tries a fresh token, once, where the first is refused', async () => {
    const stage = new Stage();
    stage.tokens.next = ['BQ-first', 'BQ-first', 'BQ-fresh'];
    const connecting = stage.engine.connect();
    await settled();
    stage.sdk.player.tell('authentication_error', {});
    await settled();
    expect(stage.tokens.renewed).toEqual(['BQ-first']);
    expect(stage.sdk.players).toHaveLength(2);
    expect(stage.sdk.players[0]?.calls).toContain('disconnect');
    expect(stage.sdk.player.tokens).toEqual(['BQ-fresh']);
    stage.sdk.player.ready();
    await connecting;
  });

  it('asks for a new sign-in where the fresh token is refused too', async () => {
    const stage = new Stage();
    const rejected = expect(stage.engine.connect()).rejects.toEqual(code('sign-in-expired'));
    await settled();
    stage.sdk.player.tell('authentication_error', {});
    await settled();
    stage.sdk.player.tell('authentication_error', {});
    await rejected;
    expect(stage.sdk.players).toHaveLength(2);
  });

  it('given up meanwhile comes to nothing', async () => {
    const stage = new Stage();
    const rejected = expect(stage.engine.connect()).rejects.toEqual(code('device-lost'));
    await settled();
    stage.engine.disconnect();
    await rejected;
    stage.sdk.player.ready();
    expect(stage.deviceId()).toBeNull();
    expect(stage.sdk.taken).toBe(false);
    expect(stage.types).toEqual(['loaded']);
  });

  it('again begins anew, on the same place in the page', async () => {
    const stage = await Stage.connected();
    const first = stage.sdk.player;
    await stage.engine.connect();
    expect(first.calls).toContain('disconnect');
    expect(stage.sdk.players).toHaveLength(2);
    expect(stage.sdk.taken).toBe(true);
    first.ready('stale');
    first.tell('player_state_changed', sdkState('a'));
    expect(stage.deviceId()).toBe('device-1');
    expect(stage.types).toEqual(['loaded', 'online']);
  });

  it('works with a build that does not know autoplay_failed', async () => {
    const stage = new Stage();
    const engine = createSdkEngine({
      sdk: stage.sdk,
      tokens: stage.tokens,
      createApi: () => ({ checkAccess: () => Promise.resolve() }) as WebApi,
      name: 'old build',
      volume: NaN,
      clock: stage.clock,
    });
    stage.sdk.prepare = (player) => void Promise.resolve().then(() => player.ready());
    await engine.connect();
    expect(stage.sdk.player.options.volume).toBe(1);
  });
});

describe("the SDK's questions for a token", () => {
  it('are answered each time, and after the network came back', async () => {
    const stage = await Stage.connected();
    stage.tokens.next = [new PlayerError('network'), new PlayerError('network'), 'BQ-later'];
    stage.sdk.player.askToken();
    await stage.clock.advance(5000);
    expect(stage.sdk.player.tokens).toEqual(['BQ-first', 'BQ-later']);
    expect(stage.types).not.toContain('error');
  });

  it('that come again are answered with a fresh one, for the old one is no good any more', async () => {
    const stage = await Stage.connected();
    stage.sdk.player.askToken();
    await settled();
    expect(stage.tokens.renewed).toEqual([]);
    await stage.clock.advance(6000);
    stage.tokens.next = ['BQ-first', 'BQ-fresh'];
    stage.sdk.player.askToken();
    await settled();
    expect(stage.tokens.renewed).toEqual(['BQ-first']);
    expect(stage.sdk.player.tokens).toEqual(['BQ-first', 'BQ-first', 'BQ-fresh']);
  });

  it('are answered with nothing where the sign-in has run out, and that is told once', async () => {
    const stage = await Stage.connected();
    stage.tokens.next = [new PlayerError('sign-in-expired')];
    stage.sdk.player.askToken();
    await settled();
    stage.sdk.player.tell('authentication_error', {});
    expect(stage.sdk.player.tokens.at(-1)).toBe('');
    expect(stage.events).toEqual([{ type: 'error', error: code('sign-in-expired') }]);
  });

  it('make the device go away where the network does not come back', async () => {
    const stage = await Stage.connected();
    stage.tokens.next = [new PlayerError('network')];
    stage.sdk.player.askToken();
    await stage.clock.advance(60_000);
    expect(stage.sdk.player.tokens.at(-1)).toBe('');
    expect(stage.types.filter((type) => type === 'offline')).toHaveLength(1);
  });
});

describe('a device', () => {
  it('that goes away and comes back with a new id is taken over', async () => {
    const stage = await Stage.connected();
    stage.sdk.player.tell('not_ready', { device_id: 'device-1' });
    expect(stage.deviceId()).toBeNull();
    stage.sdk.player.ready('device-2');
    expect(stage.deviceId()).toBe('device-2');
    stage.sdk.player.tell('not_ready', { device_id: 'device-1' });
    expect(stage.deviceId()).toBe('device-2');
    expect(stage.types).toEqual(['offline', 'online']);
  });

  it('whose token is refused while it plays is renewed by connecting again, and not for ever', async () => {
    const stage = await Stage.connected();
    stage.sdk.player.tell('authentication_error', {});
    expect(stage.events).toEqual([{ type: 'offline', returns: false }]);
    expect(stage.tokens.renewed).toEqual(['BQ-first']);
    for (const last of [
      { type: 'offline', returns: false },
      { type: 'error', error: code('sign-in-expired') },
    ]) {
      await stage.engine.connect();
      stage.sdk.player.tell('authentication_error', {});
      expect(stage.events.at(-1)).toEqual(last);
    }
  });

  it('tells what plays, that sound was refused, and what went wrong', async () => {
    const stage = await Stage.connected();
    stage.sdk.player.tell('player_state_changed', sdkState('a'));
    stage.sdk.player.tell('autoplay_failed');
    stage.sdk.player.tell('playback_error', { message: 'x' });
    stage.sdk.player.tell('account_error', { message: 'x' });
    stage.sdk.player.tell('player_state_changed', null);
    expect(stage.events).toEqual([
      { type: 'playback', playback: expect.objectContaining({ paused: false }) as unknown },
      { type: 'autoplay-blocked' },
      { type: 'error', error: code('playback') },
      { type: 'error', error: code('premium-required') },
      { type: 'playback', playback: null },
    ]);
  });

  it('is left behind by disconnect(), which waits for nobody', async () => {
    const stage = await Stage.connected();
    stage.engine.disconnect();
    stage.engine.disconnect();
    expect(stage.sdk.player.calls.filter((call) => call === 'disconnect')).toHaveLength(1);
    expect(stage.deviceId()).toBeNull();
    expect(stage.sdk.taken).toBe(false);
    await stage.clock.advance(60_000);
    expect(stage.events).toEqual([]);
    expect(stage.clock.waiting).toBe(0);
  });
});

describe('commands', () => {
  it('that the SDK knows go to its instance', async () => {
    const stage = await Stage.connected();
    const { engine, sdk } = stage;
    await engine.pause();
    await engine.resume();
    await engine.next();
    await engine.previous();
    await engine.seek(1234.6);
    expect(sdk.player.calls.filter((call) => call !== 'connect')).toEqual([
      'pause',
      'resume',
      'next',
      'previous',
      'seek 1235',
    ]);
    expect(stage.api).toEqual([]);
  });

  it('that it lacks go to the Web API, on the device of this page', async () => {
    const stage = await Stage.connected();
    await stage.engine.play('spotify:track:a');
    await stage.engine.setShuffle(true);
    await stage.engine.setRepeat('context');
    await stage.engine.addToQueue('spotify:track:b');
    await stage.engine.bringHere();
    expect(stage.api).toEqual([
      'play "spotify:track:a" on device-1',
      'shuffle true on device-1',
      'repeat "context" on device-1',
      'queue "spotify:track:b" on device-1',
      'transfer undefined on device-1',
    ]);
  });

  it('are looked after where no event tells of their effect', async () => {
    const stage = await Stage.connected();
    stage.sdk.player.state = sdkState('a', { position: 5000, paused: true });
    await stage.engine.seek(5000);
    await stage.clock.advance(1000);
    expect(stage.events.find(({ type }) => type === 'playback')).toMatchObject({ playback: { positionMs: 5000 } });
  });

  it('are refused without a device, and where the SDK refuses them in words of its own', async () => {
    await expect(new Stage().engine.pause()).rejects.toEqual(code('device-lost'));
    const stage = await Stage.connected();
    stage.sdk.player.rejects = true;
    const error = (await stage.engine.pause().catch((reason: unknown) => reason)) as PlayerError;
    expect(error).toEqual(code('playback'));
    expect(`${error.message}${error.stack}`).not.toContain('BQ-secret');
    stage.sdk.player.tell('not_ready', { device_id: 'device-1' });
    await expect(stage.engine.pause()).rejects.toEqual(code('device-lost'));
  });

  it('activate() reaches the SDK inside the click, and before there is a device does nothing', async () => {
    new Stage().engine.activate();
    const stage = await Stage.connected();
    stage.sdk.player.rejects = true;
    stage.engine.activate();
    expect(stage.sdk.player.calls.at(-1)).toBe('activate');
    await settled();
  });
});

describe('the volume', () => {
  it('is told as it was read back, not as it was asked', async () => {
    const stage = await Stage.connected();
    await stage.engine.setVolume(0.3);
    await stage.clock.advance(0);
    expect(stage.events).toEqual([{ type: 'volume', level: 0.3 }]);
  });

  it('that takes effect late is told when it does', async () => {
    const stage = await Stage.connected();
    stage.sdk.player.takesVolume = () => 0.5;
    await stage.engine.setVolume(0.3);
    await stage.clock.advance(100);
    stage.sdk.player.level = 0.3;
    await stage.clock.advance(100);
    expect(stage.events.at(-1)).toEqual({ type: 'volume', level: 0.3 });
  });

  it('on iOS cannot be set and reads 1', async () => {
    const stage = await Stage.connected();
    stage.sdk.player.takesVolume = () => 1;
    await stage.engine.setVolume(0.3);
    await stage.clock.advance(5_000);
    expect(stage.events.at(-1)).toEqual({ type: 'volume', level: 1 });
    await stage.clock.advance(5_000);
    expect(stage.events.at(-1)).toEqual({ type: 'volume', level: 1, fixed: true });
    expect(stage.clock.waiting).toBe(0);
  });

  it('that was dragged through many values is told for the last', async () => {
    const stage = await Stage.connected();
    for (const level of [0.1, 0.2, 0.3, 0.4]) void stage.engine.setVolume(level);
    await stage.clock.advance(3000);
    const told = stage.events.filter((event) => event.type === 'volume').map(({ level }) => level);
    expect(new Set(told)).toEqual(new Set([0.4]));
  });

  it("that was changed in Spotify's own app is read with the next state", async () => {
    const stage = await Stage.connected();
    stage.sdk.player.level = 0.9;
    stage.sdk.player.state = sdkState('a');
    stage.sdk.player.tell('player_state_changed', sdkState('a'));
    await stage.clock.advance(1000);
    expect(stage.events).toContainEqual({ type: 'volume', level: 0.9 });
  });

  it('stays what it was over a reconnect', async () => {
    const stage = await Stage.connected();
    await stage.engine.setVolume(0.2);
    await stage.engine.connect();
    expect(stage.sdk.player.options.volume).toBe(0.2);
  });
});
