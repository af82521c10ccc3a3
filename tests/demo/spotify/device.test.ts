import { describe, expect, it } from 'vitest';
import { Bench } from './bench.js';

describe('becoming a device', () => {
  it('connect says true at once, ready comes later', () => {
    const bench = new Bench();
    bench.connect();
    expect(bench.heard.map(({ message }) => message)).toEqual([{ type: 'connected', ok: true }]);
    bench.clock.tick(149);
    expect(bench.all('ready')).toEqual([]);
    bench.clock.tick(1);
    expect(bench.last('ready').deviceId).toMatch(/^[0-9a-f]{40}$/);
    expect(bench.last('volume').volume).toBe(0.5);
  });

  it('a bad token is an authentication error, and connect says false', () => {
    const bench = new Bench();
    bench.connect('nonsense');
    expect(bench.heard.map(({ message }) => message)).toEqual([
      { type: 'error', event: 'authentication_error', message: 'Authentication failed' },
      { type: 'connected', ok: false },
    ]);
  });

  it('so is one without the scopes of the SDK', () => {
    const bench = new Bench();
    bench.connect(bench.token('alice', ['user-read-email', 'user-read-private']));
    expect(bench.last('error')).toEqual({
      type: 'error',
      event: 'authentication_error',
      message: 'Invalid token scopes.',
    });
  });

  it('a Free account is an account error, and never ready', () => {
    const bench = new Bench();
    bench.connect(bench.token('frank'));
    bench.clock.tick(60_000);
    expect(bench.last('error').event).toBe('account_error');
    expect(bench.all('ready')).toEqual([]);
  });

  it('the token is asked for again when it expires; ready does not come again', () => {
    const bench = new Bench();
    bench.ready();
    bench.clock.tick(3_600_000);
    expect(bench.heard.map(({ message }) => message)).toEqual([{ type: 'token-needed' }]);
    bench.session.receive({ type: 'token', token: bench.token() });
    bench.clock.tick(3_000_000);
    expect(bench.heard).toHaveLength(1);
  });

  it("another account's token does not take the device over", () => {
    const bench = new Bench();
    bench.ready();
    bench.session.receive({ type: 'token', token: bench.token('bob') });
    expect(bench.last('error').event).toBe('authentication_error');
    expect(bench.simulator.accounts.get('bob')?.devices.size).toBe(1);
  });

  it('a device that goes leaves silence, and its id comes back with the frame', () => {
    const bench = new Bench();
    const id = bench.ready();
    bench.play();
    bench.session.close();
    expect(bench.alice.playback.paused).toBe(true);
    expect(bench.alice.active).toBeNull();
    expect(bench.alice.devices.has(id)).toBe(false);
    const again = bench.open();
    again.receive({ type: 'connect', token: bench.token(), name: 'Web player', volume: 0.5, deviceId: id });
    bench.clock.tick(150);
    expect(bench.last('ready').deviceId).toBe(id);
    // The old socket may be found dead only now.
    bench.session.close();
    expect(bench.alice.devices.has(id)).toBe(true);
  });
});

describe('state events', () => {
  it('come after the effect, two for a change, at irregular intervals', () => {
    const bench = new Bench();
    bench.ready();
    bench.play();
    const start = bench.clock.now();
    bench.command('pause');
    expect(bench.heard).toEqual([]);
    bench.clock.tick(1_000);
    const times = bench.heard.filter(({ message }) => message.type === 'state').map(({ at }) => at - start);
    expect(times).toHaveLength(2);
    expect(times[0]).toBe(40);
    expect(times[1]).toBeGreaterThan(50);
    expect(bench.states.map((state) => [state?.paused, state?.position])).toEqual([
      [true, 1_000],
      [true, 1_000],
    ]);
  });

  it('of a new track the first is loading, with a duration that is 24 ms short', () => {
    const bench = new Bench();
    bench.ready();
    bench.play();
    bench.command('next');
    bench.clock.tick(1_000);
    const second = bench.simulator.catalogue.tracks[1]!;
    expect(
      bench.states.map((state) => [state?.track_window.current_track.uri, state?.loading, state?.duration]),
    ).toEqual([
      [second.uri, true, second.durationMs - 24],
      [second.uri, false, second.durationMs],
    ]);
  });

  it('do not come for a seek to the same place', () => {
    const bench = new Bench();
    bench.ready();
    bench.play();
    bench.command('seek', 5_000);
    bench.clock.tick(1_000);
    expect(bench.states).toHaveLength(2);
    bench.command('seek', 5_000);
    bench.clock.tick(1_000);
    expect(bench.states).toHaveLength(2);
    // The sound goes back all the same.
    expect(bench.all('playback').at(-1)?.playback?.state.position).toBe(5_040);
  });

  it('of the end are a pair: paused just before the end, then paused at the start', () => {
    const bench = new Bench();
    bench.ready();
    bench.play(2);
    const [first, second] = bench.simulator.catalogue.tracks.slice(0, 2) as unknown as [
      { uri: string; durationMs: number },
      { uri: string; durationMs: number },
    ];
    bench.clock.tick(first.durationMs + second.durationMs - 2_000);
    bench.heard.length = 0;
    bench.clock.tick(3_000);
    expect(
      bench.states.map((state) => [state?.track_window.current_track.uri, state?.paused, state?.position]),
    ).toEqual([
      [second.uri, true, second.durationMs - 32],
      [first.uri, true, 0],
    ]);
  });

  it('of a transfer to here are three, the second in seconds', () => {
    const bench = new Bench();
    const id = bench.ready();
    bench.alice.takeElsewhere();
    bench.clock.tick(20_000);
    bench.heard.length = 0;
    bench.alice.transfer(id);
    bench.clock.tick(1_000);
    const positions = bench.states.map((state) => state?.position ?? -1);
    expect(positions).toHaveLength(3);
    expect(positions[0]).toBeGreaterThan(20_000);
    expect(positions[1]).toBe(20);
    expect(positions[2]).toBeGreaterThan(20_000);
  });

  it('tell null, once, when playback goes elsewhere, and nothing of what plays there', () => {
    const bench = new Bench();
    bench.ready();
    bench.play();
    bench.simulator.faults.set('alice', 'taken-elsewhere', true);
    bench.clock.tick(60_000);
    expect(bench.states).toEqual([null]);
    expect(bench.last('playback').playback).toBeNull();
    expect(bench.alice.playback.paused).toBe(false);
  });

  it('do not come for a transfer of nothing: null would say that playback is elsewhere', () => {
    const bench = new Bench();
    const id = bench.ready();
    bench.alice.transfer(id);
    bench.clock.tick(1_000);
    expect(bench.states).toEqual([]);
    expect(bench.alice.active?.id).toBe(id);
  });

  it('hold two tracks before and two after, and how repeat and shuffle stand', () => {
    const bench = new Bench();
    bench.ready();
    const album = bench.simulator.catalogue.albums[0]!;
    bench.alice.activate([...bench.alice.devices.keys()].at(-1) ?? null);
    bench.alice.apply({
      type: 'start',
      contextUri: album.uri,
      items: album.tracks.map(({ uri }) => uri),
      index: 2,
      positionMs: 0,
      seed: 1,
    });
    bench.alice.apply({ type: 'repeat', mode: 'track' });
    bench.clock.tick(1_000);
    const state = bench.states.at(-1);
    const uris = album.tracks.map(({ uri }) => uri);
    expect(state?.track_window.previous_tracks.map(({ uri }) => uri)).toEqual(uris.slice(0, 2));
    expect(state?.track_window.current_track.uri).toBe(uris[2]);
    expect(state?.track_window.next_tracks.map(({ uri }) => uri)).toEqual(uris.slice(3, 5));
    expect([state?.repeat_mode, state?.shuffle, state?.context.uri, state?.context.metadata?.name]).toEqual([
      2,
      false,
      album.uri,
      album.name,
    ]);
    expect(state?.disallows).toEqual({ resuming: true });
  });
});

describe("the SDK's commands", () => {
  it('are written down with the device, whatever becomes of them', () => {
    const bench = new Bench();
    const id = bench.ready();
    bench.command('resume');
    bench.play();
    for (const name of ['pause', 'pause', 'toggle', 'next', 'previous'] as const) bench.command(name);
    bench.command('seek', 1_500);
    bench.command('volume', 0.25);
    expect(bench.simulator.log.entries.map(({ command }) => command)).toEqual([
      'resume',
      'pause',
      'pause',
      'resume',
      'next',
      'previous',
      'seek',
      'volume',
    ]);
    expect(
      bench.simulator.log.entries.every(
        ({ account, source, deviceId }) => account === 'alice' && source === 'sdk' && deviceId === id,
      ),
    ).toBe(true);
    expect(bench.simulator.log.entries.slice(-2).map(({ body }) => body)).toEqual([
      { position_ms: 1_500 },
      { volume: 0.25 },
    ]);
  });

  it('tell a playback error where nothing is loaded, and change nothing', () => {
    const bench = new Bench();
    bench.ready();
    bench.command('next');
    expect(bench.last('error')).toEqual({
      type: 'error',
      event: 'playback_error',
      message: 'Cannot perform operation; no list was loaded.',
    });
    bench.play();
    bench.simulator.faults.set('alice', 'taken-elsewhere', true);
    bench.command('pause');
    expect(bench.all('error')).toHaveLength(1);
    expect(bench.alice.playback.paused).toBe(false);
  });

  it('set the volume of this device alone, played on or not', () => {
    const bench = new Bench();
    bench.ready();
    bench.command('volume', 0.25);
    expect(bench.last('volume').volume).toBe(0.25);
    expect(bench.alice.kitchen.volume).toBe(0.6);
  });

  it('rename the device', () => {
    const bench = new Bench();
    const id = bench.ready();
    bench.session.receive({ type: 'rename', name: 'The room' });
    expect(bench.alice.devices.get(id)?.name).toBe('The room');
  });
});
