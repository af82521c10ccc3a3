import { describe, expect, it } from 'vitest';
import type { FaultName } from '../../../demo/services/spotify/faults.js';
import { Bench } from './bench.js';

describe('faults of the device', () => {
  const faulty = (fault: FaultName, account = 'alice'): Bench => {
    const bench = new Bench();
    bench.simulator.faults.set(account, fault, true);
    return bench;
  };

  it('connect-hangs: no answer at all', () => {
    const bench = faulty('connect-hangs');
    bench.connect();
    bench.clock.tick(60_000);
    expect(bench.heard).toEqual([]);
  });

  it('ready-never, for one account or for all', () => {
    for (const account of ['alice', '*']) {
      const bench = faulty('ready-never', account);
      bench.connect();
      bench.clock.tick(60_000);
      expect(bench.heard.map(({ message }) => message)).toEqual([{ type: 'connected', ok: true }]);
    }
  });

  it('ready-late: after four seconds', () => {
    const bench = faulty('ready-late');
    bench.connect();
    bench.clock.tick(3_999);
    expect(bench.all('ready')).toEqual([]);
    bench.clock.tick(1);
    expect(bench.all('ready')).toHaveLength(1);
  });

  it('initialization-error and free-account', () => {
    const broken = faulty('initialization-error');
    broken.connect();
    expect(broken.last('error').event).toBe('initialization_error');
    const free = faulty('free-account');
    free.connect();
    expect(free.last('error').event).toBe('account_error');
  });

  it('device-gone: not_ready, then ready with the same id', () => {
    const bench = new Bench();
    const id = bench.ready();
    bench.play();
    bench.simulator.faults.set('alice', 'device-gone', true);
    expect(bench.last('not_ready').deviceId).toBe(id);
    expect(bench.alice.devices.has(id)).toBe(false);
    bench.simulator.faults.set('alice', 'device-gone', false);
    expect(bench.last('ready').deviceId).toBe(id);
    expect(bench.alice.devices.has(id)).toBe(true);
  });

  it('new-device-id: not_ready, then ready with another id', () => {
    const bench = new Bench();
    const id = bench.ready();
    bench.simulator.faults.set('*', 'new-device-id', true);
    bench.clock.tick(150);
    expect(bench.last('not_ready').deviceId).toBe(id);
    expect(bench.last('ready').deviceId).not.toBe(id);
  });

  it('device-dead: no word of it, commands fall flat, a reconnect says true and is dead', () => {
    const bench = new Bench();
    const id = bench.ready();
    bench.play();
    bench.simulator.faults.set('alice', 'device-dead', true);
    expect(bench.all('not_ready')).toEqual([]);
    expect(bench.alice.devices.has(id)).toBe(false);
    bench.command('resume');
    bench.connect();
    bench.clock.tick(60_000);
    expect(bench.last('connected').ok).toBe(true);
    expect([...bench.all('ready'), ...bench.all('state')]).toEqual([]);
  });

  it('token-expired asks for a token, token-refused takes none', () => {
    const bench = new Bench();
    bench.ready();
    bench.simulator.faults.set('alice', 'token-expired', true);
    expect(bench.all('token-needed')).toHaveLength(1);
    bench.simulator.faults.set('alice', 'token-refused', true);
    bench.session.receive({ type: 'token', token: bench.token() });
    expect(bench.last('error').event).toBe('authentication_error');
  });

  it("autoplay-blocked: sound is refused until the SDK's own resume", () => {
    const bench = new Bench();
    bench.ready();
    bench.simulator.faults.set('alice', 'autoplay-blocked', true);
    const items = bench.simulator.catalogue.tracks.map(({ uri }) => uri);
    bench.alice.activate([...bench.alice.devices.keys()].at(-1) ?? null);
    bench.alice.apply({ type: 'start', contextUri: null, items, index: 0, positionMs: 0, seed: 1 });
    bench.clock.tick(40);
    expect(bench.last('playback').playback?.refused).toBe(true);
    bench.session.receive({ type: 'autoplay-failed' });
    expect(bench.alice.playback.paused).toBe(true);
    bench.command('resume');
    bench.clock.tick(40);
    expect(bench.last('playback').playback).toMatchObject({ refused: false, state: { paused: false } });
  });

  it('playback-error and fixed-volume', () => {
    const bench = faulty('fixed-volume');
    bench.connect();
    bench.clock.tick(150);
    expect(bench.last('volume').volume).toBe(1);
    bench.command('volume', 0.2);
    expect(bench.last('volume').volume).toBe(1);
    bench.simulator.faults.set('alice', 'playback-error', true);
    expect(bench.last('error').event).toBe('playback_error');
  });

  it('slow-commands: the effect comes three seconds later', () => {
    const bench = new Bench();
    bench.ready();
    bench.play();
    bench.simulator.faults.set('alice', 'slow-commands', true);
    bench.command('pause');
    bench.clock.tick(2_999);
    expect(bench.alice.playback.paused).toBe(false);
    bench.clock.tick(1);
    expect(bench.alice.playback.paused).toBe(true);
  });

  it('doubled-events: four for one change; stale-events: one more that tells what was before', () => {
    const bench = new Bench();
    bench.ready();
    bench.play();
    bench.simulator.faults.set('alice', 'doubled-events', true);
    bench.simulator.faults.set('alice', 'stale-events', true);
    bench.command('pause');
    bench.clock.tick(3_000);
    expect(bench.states.map((state) => state?.paused)).toEqual([true, true, true, true, false]);
  });
});
