import { describe, expect, it } from 'vitest';
import { PlayerError } from '../../../src/player/engine.js';
import type { PlayerErrorCode } from '../../../src/player/snapshot.js';
import { settled } from './support/fake-clock.js';
import { SessionStage } from './support/session-stage.js';
import { playing } from './support/states.js';

const problem = (code: PlayerErrorCode, remedy: string): unknown => expect.objectContaining({ code, remedy });

describe('before the visitor connects', () => {
  it('nobody is contacted (I4)', async () => {
    const stage = new SessionStage();
    await stage.session.restore();
    await stage.controls.pause();
    await stage.controls.resume();
    await stage.controls.setVolume(0.5);
    await stage.controls.bringHere();
    expect(await stage.controls.addToQueue('spotify:track:a')).toBe(false);
    await expect(stage.controls.search('x')).rejects.toMatchObject({ code: 'sign-in-expired' });
    expect(stage.engine.calls.filter((call) => call !== 'activate')).toEqual([]);
    expect(stage.signIn.calls).toEqual([]);
    expect(stage.seen).toEqual([]);
    expect(stage.snapshot.status).toBe('signed-out');
  });
});

describe('connecting', () => {
  it('goes by the popup, inside the click, to a device', async () => {
    const stage = new SessionStage();
    const connecting = stage.controls.connect();
    expect(stage.signIn.calls).toEqual(['popup']);
    expect(stage.engine.calls).toEqual(['activate']);
    stage.signIn.settle.signedIn();
    await connecting;
    expect(stage.statuses).toEqual(['signing-in', 'loading', 'connecting', 'ready']);
    expect(stage.snapshot.problem).toBeNull();
  });

  it('is one thing, however often it is asked for: the window comes to the front', async () => {
    const stage = new SessionStage();
    const first = stage.controls.connect();
    expect(stage.controls.connect()).toBe(first);
    expect(stage.signIn.calls).toEqual(['popup', 'focus']);
    stage.signIn.settle.signedIn();
    await first;
    await stage.controls.connect();
    expect(stage.engine.calls.filter((call) => call === 'connect')).toHaveLength(1);
  });

  it('needs no window where the sign-in is remembered', async () => {
    const stage = new SessionStage();
    stage.signIn.remembered = true;
    await stage.controls.connect();
    expect(stage.signIn.calls).toEqual([]);
    expect(stage.statuses).toEqual(['loading', 'connecting', 'ready']);
  });

  it.each([
    ['popup-blocked', 'signed-out', 'redirect'],
    ['sign-in-refused', 'signed-out', 'connect'],
    ['sign-in-mismatch', 'signed-out', 'connect'],
    ['sign-in-failed', 'signed-out', 'connect'],
    ['network', 'failed', 'retry'],
  ] as const)('that ends with %s is %s, with the remedy %s', async (code, status, remedy) => {
    const stage = new SessionStage();
    const connecting = stage.controls.connect();
    stage.signIn.settle.fails(new PlayerError(code));
    await connecting;
    expect(stage.snapshot).toMatchObject({ status, problem: { code, remedy } });
  });

  it('offers no redirect in a frame, where Spotify refuses to be shown', async () => {
    const stage = new SessionStage();
    stage.signIn.canRedirect = false;
    const connecting = stage.controls.connect();
    stage.signIn.settle.fails(new PlayerError('popup-blocked'));
    await connecting;
    expect(stage.snapshot.problem).toEqual(problem('popup-blocked', 'connect'));
  });

  it.each([
    ['sdk-blocked', 'retry', false],
    ['device-timeout', 'retry', false],
    ['page-taken', 'retry', false],
    ['owner-premium', 'retry', false],
    ['premium-required', 'connect', true],
    ['not-on-list', 'connect', true],
  ] as const)('to a device that ends with %s fails with the remedy %s', async (code, remedy, forgets) => {
    const stage = new SessionStage();
    stage.signIn.remembered = true;
    stage.engine.answers.push(new PlayerError(code));
    await stage.controls.connect();
    expect(stage.snapshot).toMatchObject({ status: 'failed', problem: { code, remedy } });
    expect(stage.engine.calls.at(-1)).toBe('disconnect');
    expect(stage.signIn.calls.includes('forget')).toBe(forgets);
    stage.controls.dismissProblem();
    expect(stage.snapshot.problem?.code).toBe(code);
  });

  it('with a sign-in that has run out asks for a new one, by popup the next time', async () => {
    const stage = new SessionStage();
    stage.signIn.remembered = true;
    stage.engine.answers.push(new PlayerError('sign-in-expired'));
    await stage.session.restore();
    expect(stage.snapshot).toMatchObject({
      status: 'signed-out',
      problem: { code: 'sign-in-expired', remedy: 'connect' },
    });
    void stage.controls.connect();
    expect(stage.signIn.calls).toEqual(['forget', 'popup']);
  });

  it('clears the problem of the time before', async () => {
    const stage = new SessionStage();
    stage.signIn.remembered = true;
    stage.engine.answers.push(new PlayerError('network', '', 5));
    await stage.controls.connect();
    expect(stage.snapshot.problem).toEqual({ code: 'network', remedy: 'retry', retryAt: 5 });
    await stage.controls.connect();
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('tells an error that has no code of ours too', async () => {
    const stage = new SessionStage();
    stage.signIn.remembered = true;
    stage.engine.answers.push(new TypeError('BQ-secret'));
    await stage.controls.connect();
    expect(stage.snapshot.status).toBe('failed');
    expect(JSON.stringify(stage.snapshot)).not.toContain('BQ-secret');
  });
});

describe('the window of the sign-in', () => {
  it('that is closed ends connect(), and an answer that comes all the same is taken', async () => {
    const stage = new SessionStage();
    const connecting = stage.controls.connect();
    stage.signIn.settle.closes();
    await connecting;
    expect(stage.snapshot).toMatchObject({
      status: 'signed-out',
      problem: { code: 'popup-closed', remedy: 'connect' },
    });
    stage.signIn.settle.signedIn();
    await settled();
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('that is closed for good is told of once', async () => {
    const stage = new SessionStage();
    const connecting = stage.controls.connect();
    stage.signIn.settle.closes();
    await connecting;
    stage.controls.dismissProblem();
    stage.signIn.settle.fails(new PlayerError('popup-closed'));
    await settled();
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', problem: null });
  });

  it('may be opened again after it was closed', async () => {
    const stage = new SessionStage();
    const first = stage.controls.connect();
    stage.signIn.settle.closes();
    await first;
    const second = stage.controls.connect();
    expect(second).not.toBe(first);
    stage.signIn.settle.signedIn();
    await second;
    expect(stage.snapshot.status).toBe('ready');
  });

  it('is given up by disconnect()', async () => {
    const stage = new SessionStage();
    const connecting = stage.controls.connect();
    await stage.controls.disconnect();
    await connecting;
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', problem: null });
    expect(stage.signIn.calls).toContain('forget');
  });
});

describe('by redirect', () => {
  it('the page is left, and one that is still there goes back to signed out', async () => {
    const stage = new SessionStage();
    await stage.controls.connectByRedirect();
    expect(stage.signIn.calls).toEqual(['redirect']);
    expect(stage.snapshot.status).toBe('signing-in');
    await stage.clock.advance(15_000);
    expect(stage.snapshot.status).toBe('signed-out');
  });

  it('a page that cannot be left says so', async () => {
    const stage = new SessionStage();
    stage.signIn.redirecting = Promise.reject(new PlayerError('sign-in-failed'));
    await stage.controls.connectByRedirect();
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', problem: { code: 'sign-in-failed' } });
    await stage.clock.advance(15_000);
    expect(stage.snapshot.problem?.code).toBe('sign-in-failed');
  });

  it('a page that Spotify sent back connects', async () => {
    const stage = new SessionStage();
    stage.signIn.returning = Promise.resolve();
    await stage.session.restore();
    expect(stage.statuses).toEqual(['signing-in', 'loading', 'connecting', 'ready']);
  });

  it('a page that came back with a wrong state says so', async () => {
    const stage = new SessionStage();
    stage.signIn.returning = Promise.reject(new PlayerError('sign-in-mismatch'));
    await stage.session.restore();
    expect(stage.snapshot).toMatchObject({
      status: 'signed-out',
      problem: { code: 'sign-in-mismatch', remedy: 'connect' },
    });
  });
});

describe('what plays', () => {
  it('is shown as the engine tells it, frozen, and told once', async () => {
    const stage = await SessionStage.ready();
    stage.plays('a');
    stage.plays('a');
    expect(stage.seen).toHaveLength(1);
    expect(stage.snapshot).toMatchObject({ status: 'ready', paused: false, track: { uri: 'spotify:track:a' } });
    expect(Object.isFrozen(stage.snapshot)).toBe(true);
    expect(Object.isFrozen(stage.controls)).toBe(true);
  });

  it('is no news while the position moves with the clock', async () => {
    const stage = await SessionStage.playing();
    await stage.clock.advance(10_000);
    stage.plays('a', { positionMs: 10_400 });
    expect(stage.seen).toEqual([]);
    stage.plays('a', { positionMs: 12_000 });
    expect(stage.seen).toHaveLength(1);
  });

  it('while paused is news at any other position', async () => {
    const stage = await SessionStage.playing({ paused: true, positionMs: 1000 });
    stage.plays('a', { paused: true, positionMs: 1000 });
    expect(stage.seen).toEqual([]);
    stage.plays('a', { paused: true, positionMs: 1100 });
    expect(stage.seen).toHaveLength(1);
  });

  it('elsewhere is said so, once something had played here', async () => {
    const stage = await SessionStage.ready();
    stage.engine.plays(null);
    expect(stage.snapshot.status).toBe('ready');
    stage.plays('a');
    stage.engine.plays(null);
    expect(stage.snapshot).toMatchObject({ status: 'elsewhere', track: null, paused: true });
    stage.engine.plays(null);
    expect(stage.statuses).toEqual(['ready', 'elsewhere']);
    stage.plays('a');
    expect(stage.snapshot.status).toBe('ready');
  });

  it('is forgotten with disconnect()', async () => {
    const stage = await SessionStage.playing();
    await stage.controls.disconnect();
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', track: null, problem: null, pending: [] });
    expect(stage.engine.calls).toContain('disconnect');
    stage.plays('b');
    stage.engine.tell({ type: 'online' });
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', track: null });
  });
});

describe('a command', () => {
  it('is pending from the click until its effect is told, and shows nothing before (I8)', async () => {
    const stage = await SessionStage.playing();
    const pausing = stage.controls.pause();
    expect(stage.snapshot).toMatchObject({ pending: ['pause'], paused: false });
    await pausing;
    expect(stage.snapshot).toMatchObject({ pending: ['pause'], paused: false });
    stage.plays('a', { paused: true });
    expect(stage.snapshot).toMatchObject({ pending: [], paused: true });
    expect(stage.seen).toHaveLength(2);
  });

  const each: [
    name: string,
    run: (stage: SessionStage) => Promise<unknown>,
    pending: string,
    call: string,
    effect: (stage: SessionStage) => void,
  ][] = [
    [
      'play',
      ({ controls }) => controls.play('spotify:track:b'),
      'play',
      'play "spotify:track:b"',
      (stage) => stage.plays('b'),
    ],
    [
      'play again',
      ({ controls }) => controls.play('spotify:track:a'),
      'play',
      'play "spotify:track:a"',
      (stage) => stage.plays('a'),
    ],
    ['next', ({ controls }) => controls.next(), 'next', 'next', (stage) => stage.plays('b')],
    [
      'previous',
      ({ controls }) => controls.previous(),
      'previous',
      'previous',
      (stage) => stage.plays('a', { positionMs: 20 }),
    ],
    [
      'seek',
      ({ controls }) => controls.seek(90_000),
      'seek',
      'seek 90000',
      (stage) => stage.plays('a', { positionMs: 90_010 }),
    ],
    [
      'shuffle',
      ({ controls }) => controls.setShuffle(true),
      'shuffle',
      'shuffle true',
      (stage) => stage.plays('a', { shuffle: true }),
    ],
    [
      'repeat',
      ({ controls }) => controls.setRepeat('track'),
      'repeat',
      'repeat track',
      (stage) => stage.plays('a', { repeat: 'track' }),
    ],
    [
      'volume',
      ({ controls }) => controls.setVolume(0.4),
      'volume',
      'volume 0.4',
      (stage) => stage.engine.tell({ type: 'volume', level: 0.4 }),
    ],
    ['bringHere', ({ controls }) => controls.bringHere(), 'transfer', 'bringHere', (stage) => stage.plays('c')],
  ];

  it.each(each)('%s reaches the engine once and ends with its effect', async (_name, run, pending, call, effect) => {
    const stage = await SessionStage.playing({ positionMs: 50_000 });
    await run(stage);
    expect(stage.engine.calls.filter((made) => made !== 'activate')).toEqual([call]);
    expect(stage.snapshot.pending).toEqual([pending]);
    effect(stage);
    expect(stage.snapshot.pending).toEqual([]);
  });

  it.each(each)('%s without an effect is pending no longer than six seconds', async (_name, run) => {
    const stage = await SessionStage.playing({ positionMs: 50_000 });
    await run(stage);
    await stage.clock.advance(6000);
    expect(stage.snapshot.pending).toEqual([]);
    expect(stage.clock.waiting).toBe(0);
  });

  it.each(each)('%s that never comes back is pending for half a minute at most', async (_name, run) => {
    const stage = await SessionStage.playing({ positionMs: 50_000 });
    stage.engine.answers.push(new Promise<void>(() => undefined));
    void run(stage);
    await stage.clock.advance(30_000);
    expect(stage.snapshot.pending).toEqual([]);
  });

  it.each(each)('%s that is refused is pending no more, and says why while the music goes on', async (_name, run) => {
    const stage = await SessionStage.playing({ positionMs: 50_000 });
    stage.engine.answers.push(new PlayerError('restricted'));
    await run(stage);
    expect(stage.snapshot).toMatchObject({
      status: 'ready',
      paused: false,
      pending: [],
      problem: { code: 'restricted', remedy: 'none' },
    });
  });

  it('that succeeds clears the notice of one that did not', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('rate-limited', '', 99));
    await stage.controls.setShuffle(true);
    expect(stage.snapshot.problem).toEqual({ code: 'rate-limited', remedy: 'none', retryAt: 99 });
    await stage.controls.setShuffle(true);
    expect(stage.snapshot.problem).toBeNull();
  });

  it('that the visitor takes back is pending no more', async () => {
    const stage = await SessionStage.playing();
    void stage.controls.pause();
    void stage.controls.resume();
    expect(stage.snapshot.pending).toEqual(['resume']);
    stage.plays('a');
    expect(stage.snapshot.pending).toEqual([]);
  });

  it('given many times over, as by a slider, is one', async () => {
    const stage = await SessionStage.playing();
    for (const level of [0.1, 0.2, 0.3]) void stage.controls.setVolume(level);
    await settled();
    expect(stage.seen).toHaveLength(1);
    stage.engine.tell({ type: 'volume', level: 0.1 });
    expect(stage.snapshot).toMatchObject({ volume: 0.1, pending: ['volume'] });
    stage.engine.tell({ type: 'volume', level: 0.3 });
    expect(stage.snapshot).toMatchObject({ volume: 0.3, pending: [] });
  });

  it('with a senseless value is none, or the nearest that makes sense', async () => {
    const stage = await SessionStage.playing();
    await stage.controls.seek(NaN);
    await stage.controls.setVolume(Infinity);
    expect(stage.engine.calls).toEqual([]);
    await stage.controls.seek(-5);
    await stage.controls.seek(999_999_999);
    await stage.controls.setVolume(7);
    expect(stage.engine.calls).toEqual(['seek 0', 'seek 200000', 'volume 1']);
  });

  it('for a track is none where there is no track', async () => {
    const stage = await SessionStage.ready();
    const { controls } = stage;
    await Promise.all([
      controls.pause(),
      controls.next(),
      controls.previous(),
      controls.seek(1),
      controls.setShuffle(true),
      controls.setRepeat('off'),
    ]);
    expect(stage.engine.calls).toEqual([]);
  });

  it('without any effect on a dead device says so, and connect() begins anew', async () => {
    const stage = await SessionStage.playing({ paused: true });
    await stage.controls.resume();
    await stage.clock.advance(6000);
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: { code: 'device-lost', remedy: 'retry' } });
    await stage.controls.connect();
    expect(stage.engine.calls).toEqual(['activate', 'resume', 'activate', 'connect', 'playingOn sounding']);
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: null, track: null });
  });
});

describe('playing', () => {
  it('lets sound start inside the click', async () => {
    const stage = await SessionStage.playing();
    void stage.controls.play('spotify:track:b');
    expect(stage.engine.calls[0]).toBe('activate');
  });

  it('without a target resumes what is here, or brings here what is not', async () => {
    const here = await SessionStage.playing({ paused: true });
    await here.controls.play();
    expect(here.engine.calls).toContain('resume');
    const elsewhere = await SessionStage.playing();
    elsewhere.engine.plays(null);
    await elsewhere.controls.resume();
    expect(elsewhere.engine.calls).toContain('bringHere');
  });

  it('connects first where the visitor is signed out', async () => {
    const stage = new SessionStage();
    const playback = stage.controls.play('spotify:track:a');
    expect(stage.signIn.calls).toEqual(['popup']);
    stage.signIn.settle.signedIn();
    await playback;
    expect(stage.engine.calls).toContain('play "spotify:track:a"');
  });

  it('does not happen where connecting failed', async () => {
    const stage = new SessionStage();
    const playback = stage.controls.play('spotify:track:a');
    stage.signIn.settle.fails(new PlayerError('sign-in-refused'));
    await playback;
    expect(stage.engine.calls.some((call) => call.startsWith('play'))).toBe(false);
    expect(stage.snapshot.problem?.code).toBe('sign-in-refused');
  });

  it('on a device that is gone gets a new one and plays there, once', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('device-lost'));
    await Promise.all([stage.controls.play('spotify:track:b'), stage.clock.advance(1)]);
    expect(stage.engine.calls).toEqual(['activate', 'play "spotify:track:b"', 'connect', 'play "spotify:track:b"']);
    expect(stage.statuses).toEqual(['ready', 'reconnecting', 'ready']);
    expect(stage.snapshot.pending).toEqual(['play']);
  });

  it('on a device that is gone for good says so', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(
      new PlayerError('device-lost'),
      new PlayerError('device-timeout'),
      new PlayerError('device-timeout'),
    );
    const playback = stage.controls.play('spotify:track:b');
    await stage.clock.advance(10_000);
    await playback;
    expect(stage.snapshot).toMatchObject({ status: 'failed', problem: { code: 'device-lost', remedy: 'retry' } });
    expect(stage.clock.waiting).toBe(0);
  });

  it('that the browser silenced offers to start, until it plays', async () => {
    const stage = await SessionStage.playing({ paused: true });
    stage.engine.tell({ type: 'autoplay-blocked' });
    // What it was about to play, and then that it does not.
    stage.plays('b');
    stage.plays('b', { paused: true });
    expect(stage.snapshot.problem).toEqual(problem('autoplay-blocked', 'resume'));
    await stage.controls.resume();
    expect(stage.engine.calls).toEqual(['activate', 'resume']);
    expect(stage.snapshot.problem?.code).toBe('autoplay-blocked');
    stage.plays('a');
    expect(stage.snapshot.problem).toBeNull();
  });
});

describe('the queue and the search', () => {
  it('tell whether Spotify took a track', async () => {
    const stage = await SessionStage.playing();
    expect(await stage.controls.addToQueue('spotify:track:b')).toBe(true);
    stage.engine.answers.push(new PlayerError('not-found'));
    expect(await stage.controls.addToQueue('spotify:track:c')).toBe(false);
    expect(stage.snapshot.problem?.code).toBe('not-found');
  });

  it('reject a search that fails, and leave the player as it is', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('server'));
    await expect(stage.controls.search('x', { offset: 10 })).rejects.toMatchObject({ code: 'server' });
    expect(stage.engine.calls).toEqual(['search x 10']);
    expect(stage.snapshot.problem).toBeNull();
  });

  it.each([
    ['sign-in-expired', 'signed-out'],
    ['not-on-list', 'failed'],
  ] as const)('end the session with what holds for every request: %s', async (code, status) => {
    for (const way of ['search', 'queue', 'shuffle']) {
      const stage = await SessionStage.playing();
      stage.engine.answers.push(new PlayerError(code));
      if (way === 'search') await stage.controls.search('x').catch(() => undefined);
      else if (way === 'queue') await stage.controls.addToQueue('spotify:track:b');
      else await stage.controls.setShuffle(true);
      expect(stage.snapshot).toMatchObject({ status, track: null, problem: { code, remedy: 'connect' } });
      expect(stage.signIn.calls).toContain('forget');
    }
  });
});

describe('a device that goes away', () => {
  it('and comes back by itself is taken again', async () => {
    const stage = await SessionStage.playing();
    stage.engine.tell({ type: 'offline' });
    expect(stage.snapshot.status).toBe('reconnecting');
    await stage.clock.advance(2000);
    stage.engine.tell({ type: 'online' });
    await stage.clock.advance(60_000);
    expect(stage.statuses).toEqual(['reconnecting', 'ready']);
    expect(stage.engine.calls).toEqual([]);
  });

  it('is asked for again, a few times', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('network'), new PlayerError('device-timeout'));
    stage.engine.tell({ type: 'offline' });
    await stage.clock.advance(60_000);
    expect(stage.engine.calls).toEqual(['connect', 'connect', 'connect']);
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('and will not come back by itself is asked for at once', async () => {
    const stage = await SessionStage.playing();
    stage.engine.tell({ type: 'offline', returns: false });
    await stage.clock.advance(1);
    expect(stage.statuses).toEqual(['reconnecting', 'ready']);
    expect(stage.engine.calls).toEqual(['connect']);
  });

  it('and stays away is given up, with a way to try again', async () => {
    const stage = await SessionStage.playing();
    for (let i = 0; i < 9; i++) stage.engine.answers.push(new PlayerError('device-timeout'));
    stage.engine.tell({ type: 'offline' });
    await stage.clock.advance(600_000);
    expect(stage.engine.calls.filter((call) => call === 'connect')).toHaveLength(3);
    expect(stage.snapshot).toMatchObject({
      status: 'failed',
      track: null,
      problem: { code: 'device-lost', remedy: 'retry' },
    });
    expect(stage.clock.waiting).toBe(0);
  });

  it('is not asked for again where that cannot help', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('sign-in-expired'));
    stage.engine.tell({ type: 'offline' });
    await stage.clock.advance(60_000);
    expect(stage.engine.calls).toEqual(['connect', 'disconnect']);
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', problem: { code: 'sign-in-expired' } });
  });

  it('is asked for at once by the visitor, who does not have to wait', async () => {
    const stage = await SessionStage.playing();
    stage.engine.tell({ type: 'offline' });
    await stage.controls.connect();
    expect(stage.snapshot.status).toBe('ready');
    await stage.clock.advance(60_000);
    expect(stage.engine.calls).toEqual(['activate', 'connect', 'playingOn sounding']);
  });

  it('is no more asked for after disconnect()', async () => {
    const stage = await SessionStage.playing();
    stage.engine.tell({ type: 'offline' });
    await stage.controls.disconnect();
    await stage.clock.advance(60_000);
    expect(stage.engine.calls).toEqual(['disconnect']);
    expect(stage.snapshot.status).toBe('signed-out');
  });

  it('takes its pending commands with it', async () => {
    const stage = await SessionStage.playing();
    await stage.controls.pause();
    stage.engine.tell({ type: 'offline' });
    expect(stage.snapshot.pending).toEqual([]);
  });
});

describe('an error of the engine', () => {
  it('that concerns one track is a notice, until something plays', async () => {
    const stage = await SessionStage.playing();
    stage.engine.tell({ type: 'error', error: new PlayerError('playback') });
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: { code: 'playback', remedy: 'none' } });
    stage.plays('b');
    expect(stage.snapshot.problem).toBeNull();
  });

  it('that concerns the account ends the playback', async () => {
    const stage = await SessionStage.playing();
    stage.engine.tell({ type: 'error', error: new PlayerError('premium-required') });
    expect(stage.snapshot).toMatchObject({
      status: 'failed',
      track: null,
      problem: { code: 'premium-required', remedy: 'connect' },
    });
    expect(stage.engine.calls).toEqual(['disconnect']);
  });

  it('can be dismissed as a notice', async () => {
    const stage = await SessionStage.playing();
    stage.engine.tell({ type: 'error', error: new PlayerError('playback') });
    stage.controls.dismissProblem();
    expect(stage.snapshot.problem).toBeNull();
  });
});

describe('a session that was disposed of', () => {
  it('gives the device up, keeps the sign-in, and says and does nothing more', async () => {
    const stage = await SessionStage.playing();
    void stage.controls.pause();
    stage.seen.length = 0;
    stage.session.dispose();
    stage.plays('b');
    await Promise.all([
      stage.controls.connect(),
      stage.controls.connectByRedirect(),
      stage.controls.disconnect(),
      stage.session.restore(),
    ]);
    await stage.clock.advance(60_000);
    expect(stage.seen).toEqual([]);
    expect(stage.engine.calls).toEqual(['pause', 'disconnect']);
    expect(stage.signIn.calls).toEqual(['cancel']);
    expect(stage.clock.waiting).toBe(0);
  });

  it('while it connects ends that too', async () => {
    const stage = new SessionStage();
    const connecting = stage.controls.connect();
    stage.session.dispose();
    await connecting;
    expect(stage.engine.calls).not.toContain('connect');
  });
});

it('two sessions know nothing of each other', async () => {
  const [one, other] = [await SessionStage.playing(), await SessionStage.playing()];
  await one.controls.pause();
  one.engine.plays(playing('z', one.clock.now(), { paused: true }));
  expect(other.seen).toEqual([]);
  expect(other.engine.calls).toEqual([]);
});
