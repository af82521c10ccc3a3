import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlayerError } from '../../../src/player/engine.js';
import { createMemory } from '../../../src/player/memory.js';
import { settled } from './support/fake-clock.js';
import { FakeStorage } from './support/fake-storage.js';
import { SessionStage } from './support/session-stage.js';

const key = 'roomtone:last';
const kept = (storage: FakeStorage): unknown => JSON.parse(storage.getItem(key) ?? 'null');
const album = 'spotify:album:x';

/** Storage that counts how often something is written. */
class CountedStorage extends FakeStorage {
  writes = 0;

  override setItem(name: string, value: string): void {
    this.writes++;
    super.setItem(name, value);
  }
}

describe('the last place', () => {
  it('is written at another track, at a pause and when the page goes, and not in between', async () => {
    const storage = new CountedStorage();
    const stage = await SessionStage.ready(storage);
    stage.plays('a', { contextUri: album });
    expect(kept(storage)).toEqual({ track: 'spotify:track:a', context: album, positionMs: 0, volume: 1 });

    for (let i = 1; i <= 60; i++) {
      await stage.clock.advance(1000);
      stage.plays('a', { contextUri: album, positionMs: i * 1000 });
    }
    expect(storage.writes).toBe(1);

    stage.plays('a', { contextUri: album, positionMs: 60_000, paused: true });
    expect(kept(storage)).toMatchObject({ positionMs: 60_000 });
    stage.plays('b', { contextUri: album });
    expect(kept(storage)).toMatchObject({ track: 'spotify:track:b', positionMs: 0 });
    await stage.clock.advance(42_000);
    stage.life.goes();
    expect(kept(storage)).toMatchObject({ track: 'spotify:track:b', positionMs: 42_000 });
    expect(storage.writes).toBe(4);
  });

  it('keeps a level that was chosen before anything played, and loses no place over it', async () => {
    const storage = new FakeStorage();
    const stage = await SessionStage.ready(storage);
    stage.plays('a', { contextUri: album, paused: true });
    stage.life.goes();
    const next = await SessionStage.ready(storage);
    next.engine.tell({ type: 'volume', level: 0.3 });
    next.life.goes();
    expect(kept(storage)).toMatchObject({ track: 'spotify:track:a', context: album, volume: 0.3 });
    await next.controls.disconnect();
    next.life.goes();
    expect(kept(storage)).toBeNull();
  });

  it('holds URIs, a position and a level, and no metadata', async () => {
    const storage = new FakeStorage();
    const stage = await SessionStage.ready(storage);
    stage.engine.tell({ type: 'volume', level: 0.4 });
    stage.plays('a', { contextUri: 'spotify:user:ada:collection' });
    expect(kept(storage)).toEqual({ track: 'spotify:track:a', context: null, positionMs: 0, volume: 0.4 });
  });

  it('is where Play goes on, after a reload, with nothing playing here', async () => {
    const storage = new FakeStorage();
    const before = await SessionStage.ready(storage);
    before.plays('a', { contextUri: album });
    await before.clock.advance(30_000);
    before.life.goes();

    const stage = await SessionStage.ready(storage);
    expect(stage.snapshot.resumable).toBe(true);
    await stage.controls.play();
    expect(stage.engine.calls).toEqual([
      'activate',
      `play ${JSON.stringify({ context: album, offset: 'spotify:track:a', positionMs: 30_000 })}`,
    ]);
    expect(stage.snapshot.pending).toEqual(['play']);
    stage.plays('a');
    expect(stage.snapshot.pending).toEqual([]);
    expect(stage.snapshot.resumable).toBe(false);
  });

  it('is the track alone, where it had no list around it or is let into it no more', async () => {
    const storage = new FakeStorage();
    storage.setItem(key, JSON.stringify({ track: 'spotify:track:a', context: album, positionMs: 5 }));
    const stage = await SessionStage.ready(storage);
    stage.engine.answers.push(new PlayerError('not-found'));
    await stage.controls.resume();
    expect(stage.engine.calls.at(-1)).toBe(`play ${JSON.stringify({ context: 'spotify:track:a', positionMs: 5 })}`);
    expect(stage.snapshot.problem).toBeNull();
  });

  it('that is gone altogether is told once; the next Play brings here what the account has', async () => {
    const storage = new FakeStorage();
    storage.setItem(key, JSON.stringify({ track: 'spotify:track:a', context: null, positionMs: 5 }));
    const stage = await SessionStage.ready(storage);
    stage.engine.answers.push(new PlayerError('not-found'));
    await stage.controls.play();
    expect(stage.snapshot.problem?.code).toBe('not-found');
    await stage.controls.play();
    expect(stage.engine.calls.at(-1)).toBe('bringHere');
  });

  it('gives way to nothing: what the page offers is for those who have none', async () => {
    const storage = new FakeStorage();
    storage.setItem(key, JSON.stringify({ track: 'spotify:track:a', context: null, positionMs: 5 }));
    const stage = await SessionStage.ready(storage, { uris: ['spotify:track:x', 'spotify:track:y'] });
    expect(stage.snapshot).toMatchObject({ resumable: true, offered: false });
    await stage.controls.resume();
    expect(stage.engine.calls.at(-1)).toBe(`play ${JSON.stringify({ context: 'spotify:track:a', positionMs: 5 })}`);
  });

  it('where there is none, Play starts what the page offers', async () => {
    const offer = { uris: ['spotify:track:x', 'spotify:track:y'] };
    const stage = await SessionStage.ready(new FakeStorage(), offer);
    expect(stage.snapshot).toMatchObject({ resumable: false, offered: true });
    await stage.controls.resume();
    expect(stage.engine.calls).toEqual(['activate', 'activate', `play ${JSON.stringify(offer)}`]);
    expect(stage.snapshot.pending).toEqual(['play']);
    stage.plays('x');
    expect(stage.snapshot).toMatchObject({ offered: false, pending: [] });
  });

  it('is of no matter while something plays elsewhere: that is brought here', async () => {
    const stage = await SessionStage.playing();
    stage.engine.plays(null);
    await stage.controls.play();
    expect(stage.engine.calls.at(-1)).toBe('bringHere');
  });

  it('begins anew at the end of a track', async () => {
    const storage = new FakeStorage();
    const stage = await SessionStage.ready(storage);
    stage.plays('a', { positionMs: 198_500 });
    await stage.clock.advance(1000);
    stage.life.goes();
    expect(kept(storage)).toMatchObject({ positionMs: 0 });
  });

  it('is what was told last, for a track that should have ended long ago without a word of it', async () => {
    const storage = new FakeStorage();
    const stage = await SessionStage.ready(storage);
    stage.plays('a', { positionMs: 20_000 });
    await stage.clock.advance(3_600_000);
    stage.life.goes();
    expect(kept(storage)).toMatchObject({ positionMs: 20_000 });
  });

  it('is forgotten by Disconnect, with everything else, and not written down again', async () => {
    const storage = new FakeStorage();
    const stage = await SessionStage.ready(storage);
    stage.plays('a');
    await stage.controls.disconnect();
    stage.life.goes();
    stage.session.dispose();
    expect([...storage.entries()]).toEqual([]);
    expect(stage.life.listening).toBe(0);
  });

  it('is forgotten with a sign-in that is of no use: the next to sign in may be somebody else', async () => {
    const storage = new FakeStorage();
    const stage = await SessionStage.ready(storage);
    stage.plays('a');
    stage.engine.tell({ type: 'error', error: new PlayerError('sign-in-expired') });
    expect([...storage.entries()]).toEqual([]);
  });

  it('is known for as long as the page lives where storage is denied', async () => {
    const storage = new FakeStorage();
    storage.denied = true;
    const stage = await SessionStage.ready(storage);
    stage.plays('a');
    stage.engine.tell({ type: 'offline', returns: false });
    await stage.clock.advance(0);
    stage.engine.plays(null);
    expect(stage.snapshot).toMatchObject({ status: 'ready', track: null });
    await stage.controls.play();
    expect(stage.engine.calls.at(-1)).toContain('spotify:track:a');
  });

  it('keeps the level that could be heard last, not a mute', () => {
    const storage = new FakeStorage();
    createMemory(() => storage, 'roomtone').leave(null, 0.3);
    createMemory(() => storage, 'roomtone').leave(null, 0);
    expect(createMemory(() => storage, 'roomtone').volume).toBe(0.3);
  });

  it('whatever is in storage, reads as URIs and numbers or not at all', () => {
    const uri = fc.oneof(fc.string(), fc.constantFrom('spotify:track:a', 'spotify:album:x', 'javascript:alert(1)'));
    const value = fc.oneof(uri, fc.double(), fc.jsonValue());
    const text = (given: object): string => JSON.stringify(given);
    const entry = fc.record({ track: value, context: value, positionMs: value, volume: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(entry.map(text), fc.json(), fc.string()), (written) => {
        const storage = new FakeStorage();
        storage.setItem(key, written);
        const { place, volume } = createMemory(() => storage, 'roomtone');
        expect(place?.track ?? 'spotify:track:').toMatch(/^spotify:(track|episode):[\w-]*$/);
        expect(place?.context ?? 'spotify:album:').toMatch(/^spotify:(album|playlist|show):[\w-]*$/);
        expect(Number.isInteger(place?.positionMs ?? 0)).toBe(true);
        expect(volume === null || (volume >= 0 && volume <= 1)).toBe(true);
      }),
    );
  });
});

describe('playing elsewhere', () => {
  it('before this page was a device is found out, by one question', async () => {
    const stage = new SessionStage();
    stage.signIn.remembered = true;
    stage.engine.elsewhere = 'Kitchen';
    await stage.session.restore();
    await settled();
    await stage.clock.advance(600_000);
    expect(stage.snapshot).toMatchObject({ status: 'elsewhere', elsewhere: 'Kitchen', problem: null });
    expect(stage.engine.calls).toEqual(['connect', 'playingOn sounding']);
    stage.plays('b');
    expect(stage.snapshot).toMatchObject({ status: 'ready', elsewhere: null });
  });

  it('is no answer to somebody who has chosen something meanwhile', async () => {
    const stage = new SessionStage();
    stage.signIn.remembered = true;
    let answer = (): void => undefined;
    stage.engine.answers.push(Promise.resolve(), new Promise((resolve) => (answer = resolve)));
    stage.engine.elsewhere = 'Kitchen';
    await stage.session.restore();
    const chosen = stage.controls.play('spotify:track:b');
    answer();
    await chosen;
    await settled();
    expect(stage.snapshot).toMatchObject({ status: 'ready', pending: ['play'] });
  });

  it('is named, by one question', async () => {
    const stage = await SessionStage.playing();
    stage.engine.elsewhere = 'Kitchen';
    stage.engine.plays(null);
    await settled();
    stage.engine.plays(null);
    await stage.clock.advance(600_000);
    expect(stage.snapshot).toMatchObject({ status: 'elsewhere', elsewhere: 'Kitchen' });
    expect(stage.engine.calls).toEqual(['playingOn']);
  });

  it('stays a state without a name where none can be had', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('network'));
    stage.engine.plays(null);
    await settled();
    expect(stage.snapshot).toMatchObject({ status: 'elsewhere', elsewhere: null, problem: null });
  });

  it('is asked for again when the page is looked at, and when it could not be brought here', async () => {
    const stage = await SessionStage.playing();
    stage.engine.elsewhere = 'Kitchen';
    stage.engine.plays(null);
    await settled();
    stage.engine.elsewhere = 'Phone';
    stage.life.wakes();
    await settled();
    expect(stage.snapshot.elsewhere).toBe('Phone');
    stage.engine.answers.push(new PlayerError('server'));
    stage.engine.elsewhere = 'Car';
    await stage.controls.bringHere();
    expect(stage.snapshot).toMatchObject({ elsewhere: 'Car', problem: { code: 'server' } });
  });

  it('is over when it plays here, and an answer that is late says nothing any more', async () => {
    const stage = await SessionStage.playing();
    let answer = (): void => undefined;
    stage.engine.answers.push(new Promise((resolve) => (answer = resolve)));
    stage.engine.elsewhere = 'Kitchen';
    stage.engine.plays(null);
    stage.plays('b');
    answer();
    await settled();
    expect(stage.snapshot).toMatchObject({ status: 'ready', elsewhere: null });
  });
});

describe('giving playback to another device', () => {
  it('is pending until it has left this page', async () => {
    const stage = await SessionStage.playing();
    await stage.controls.library.devices();
    await stage.controls.library.transferTo(1);
    expect(stage.snapshot.pending).toEqual(['transfer']);
    stage.plays('a', { positionMs: 100 });
    expect(stage.snapshot.pending).toEqual(['transfer']);
    stage.engine.plays(null);
    expect(stage.snapshot).toMatchObject({ status: 'elsewhere', pending: [] });
  });

  it('from one other device to another is told by its name', async () => {
    const stage = await SessionStage.playing();
    stage.engine.plays(null);
    await settled();
    await stage.controls.library.devices();
    await stage.controls.library.transferTo(1);
    expect(stage.snapshot).toMatchObject({ status: 'elsewhere', elsewhere: 'Kitchen', pending: [], problem: null });
    expect(stage.clock.waiting).toBe(0);
  });

  it('that fails rejects where it was asked, and leaves the player as it is', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('not-found'));
    await expect(stage.controls.library.transferTo(1)).rejects.toMatchObject({ code: 'not-found' });
    expect(stage.snapshot).toMatchObject({ status: 'ready', pending: [], problem: null });
  });
});

describe('the library', () => {
  it('is asked nothing before the visitor connects (I4)', async () => {
    const { controls, engine } = new SessionStage();
    const { library } = controls;
    const all = [
      library.searchCollections('x', 'album'),
      library.playlists(),
      library.savedTracks(),
      library.recentTracks(),
      library.collectionTracks(album),
      library.queue(),
      library.devices(),
      library.transferTo(1),
      library.isSaved([]),
      library.save('spotify:track:a'),
      library.unsave('spotify:track:a'),
    ];
    for (const asked of all) await expect(asked).rejects.toMatchObject({ code: 'sign-in-expired' });
    expect(engine.calls).toEqual([]);
  });

  it('that fails is no problem of the player, unless it holds for everything', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('network'), new PlayerError('not-on-list'));
    await expect(stage.controls.library.queue()).rejects.toMatchObject({ code: 'network' });
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: null });
    await expect(stage.controls.library.playlists()).rejects.toMatchObject({ code: 'not-on-list' });
    expect(stage.snapshot).toMatchObject({ status: 'failed', problem: { code: 'not-on-list' } });
  });
});

describe('a page that wakes', () => {
  it('asks nothing while its music is heard of, and nothing where nobody connected', async () => {
    const stage = await SessionStage.playing();
    await stage.clock.advance(4 * 60_000);
    stage.plays('b');
    await stage.clock.advance(4 * 60_000);
    stage.life.wakes();
    await settled();
    expect(stage.engine.calls).toEqual([]);
    await stage.controls.disconnect();
    expect(stage.life.watched).toBe(false);
    expect(new SessionStage().life.watched).toBe(false);
  });

  it('after long quiet, or sleep, asks once whether the device is alive', async () => {
    const stage = await SessionStage.playing();
    await stage.clock.advance(5 * 60_000);
    stage.life.wakes();
    stage.life.wakes();
    await settled();
    stage.life.wakes();
    await settled();
    expect(stage.engine.calls).toEqual(['isAlive']);
    stage.life.wakes({ slept: true });
    await settled();
    expect(stage.engine.calls).toEqual(['isAlive', 'isAlive']);
    expect(stage.snapshot.status).toBe('ready');
  });

  it('gets a new device for one that died in its sleep, and Play goes on where the music was', async () => {
    const stage = await SessionStage.playing({ positionMs: 20_000 });
    stage.engine.alive = false;
    await stage.clock.advance(3_600_000);
    stage.life.wakes({ slept: true });
    await settled();
    expect(stage.snapshot.status).toBe('reconnecting');
    await stage.clock.advance(5_000);
    expect(stage.engine.calls).toEqual(['isAlive', 'connect']);
    stage.engine.plays(null);
    expect(stage.snapshot).toMatchObject({ status: 'ready', track: null, problem: null });
    await stage.controls.play();
    const place = { context: 'spotify:track:a', positionMs: 20_000 };
    expect(stage.engine.calls.at(-1)).toBe(`play ${JSON.stringify(place)}`);
  });

  it('waits for the network without a verdict', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('network'));
    stage.life.wakes({ slept: true });
    await settled();
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: null });
    stage.engine.alive = false;
    await stage.clock.advance(300_000);
    stage.life.wakes();
    await settled();
    expect(stage.snapshot.status).toBe('reconnecting');
  });

  it('whose sign-in ran out meanwhile says so', async () => {
    const stage = await SessionStage.playing();
    stage.engine.answers.push(new PlayerError('sign-in-expired'));
    stage.life.wakes({ slept: true });
    await settled();
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', problem: { code: 'sign-in-expired' } });
  });
});

describe('a volume that the platform ignores', () => {
  it('is said to be fixed, is no level to keep, and stays so for the next connect', async () => {
    const storage = new FakeStorage();
    const stage = await SessionStage.ready(storage);
    await stage.controls.setVolume(0.3);
    stage.engine.tell({ type: 'volume', level: 1 });
    expect(stage.snapshot).toMatchObject({ volumeFixed: false, pending: ['volume'] });
    stage.engine.tell({ type: 'volume', level: 1, fixed: true });
    expect(stage.snapshot).toMatchObject({ volume: 1, volumeFixed: true, pending: [] });
    stage.plays('a');
    expect(kept(storage)).not.toHaveProperty('volume');
    await stage.controls.disconnect();
    expect(stage.snapshot.volumeFixed).toBe(true);
  });
});
