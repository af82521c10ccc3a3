import { beforeEach, describe, expect, it } from 'vitest';
import type { PlayerLibrary } from '../../../src/player/library.js';
import { Scene } from '../../support/sdk-over-simulator/scene.js';

let scene: Scene;
let library: PlayerLibrary;

beforeEach(async () => {
  scene = await Scene.at('playing');
  library = scene.alice.controls.library;
});

/** What `asked` answers, while the clock goes on. */
async function answer<T>(asked: Promise<T>): Promise<T> {
  const [answered] = await Promise.all([asked, scene.clock.advance(1_000)]);
  return answered;
}

describe('Alice', () => {
  it('finds albums and playlists, opens them and starts a track among its neighbours', async () => {
    const [album] = scene.simulator.catalogue.albums;
    const found = await answer(library.searchCollections(album!.name, 'album'));
    expect(found.items.map(({ uri }) => uri)).toContain(album!.uri);
    const { items } = await answer(library.collectionTracks(album!.uri));
    expect(items.map(({ uri }) => uri)).toEqual(album!.tracks.map(({ uri }) => uri));
    expect(items[0]!.album.name).toBe(album!.name);
    expect(items[0]!.artwork).toContain('http');
    await scene.does(() => scene.alice.controls.play({ context: album!.uri, offset: items[1]!.uri }));
    expect(scene.snapshot).toMatchObject({ contextUri: album!.uri, track: { uri: items[1]!.uri } });
    expect(scene.snapshot.previous.at(-1)?.uri).toBe(items[0]!.uri);
  });

  it('reads her own playlists, and is told which ones are not hers to read', async () => {
    const { items } = await answer(library.playlists());
    expect(items.length).toBeGreaterThan(0);
    const tracks = await answer(library.collectionTracks(items[0]!.uri));
    expect(tracks.items.length).toBeGreaterThan(0);
    const closed = scene.simulator.catalogue.playlists.find(({ owner }) => owner === 'bob')!;
    await expect(answer(library.collectionTracks(closed.uri))).rejects.toMatchObject({ code: 'restricted' });
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('keeps a track and gives it back', async () => {
    const uri = scene.uri(17);
    expect(await answer(library.isSaved([uri]))).toEqual([false]);
    await answer(library.save(uri));
    expect(await answer(library.isSaved([uri]))).toEqual([true]);
    expect((await answer(library.savedTracks())).items[0]?.uri).toBe(uri);
    await answer(library.unsave(uri));
    expect(await answer(library.isSaved([uri]))).toEqual([false]);
  });

  it('sees what comes next and what she played', async () => {
    const next = await answer(library.queue());
    expect(next[0]?.uri).toBe(scene.snapshot.queue[0]?.uri);
    const recent = await answer(library.recentTracks());
    expect(new Set(recent.map(({ uri }) => uri)).size).toBe(recent.length);
  });

  it('gives the music to another device of hers, sees where it is, and takes it back', async () => {
    const devices = await answer(library.devices());
    expect(devices.find(({ here }) => here)).toMatchObject({ active: true, name: 'Roomtone' });
    const other = devices.find(({ here }) => !here)!;
    await scene.does(() => library.transferTo(other.key));
    expect(scene.snapshot).toMatchObject({ status: 'elsewhere', elsewhere: other.name, pending: [], problem: null });
    expect(scene.account('alice').active?.name).toBe(other.name);
    await scene.does(() => scene.alice.controls.bringHere());
    expect(scene.snapshot).toMatchObject({ status: 'ready', elsewhere: null });
    const ids = [...scene.account('alice').devices.keys()];
    const told = JSON.stringify([devices, scene.seen]);
    for (const id of ids) expect(told).not.toContain(id);
  });

  it('comes back after a reload to the song that she left, and Bob notices nothing', async () => {
    const { track } = scene.snapshot;
    await scene.does(() => scene.alice.controls.pause());
    const { positionMs } = scene.snapshot;
    scene.alice.session.dispose();
    const again = scene.tab(scene.alice.browser);
    void again.session.restore();
    await scene.clock.advance(10_000);
    expect(again.snapshot).toMatchObject({ status: 'ready', track: null });
    await scene.does(() => again.controls.play());
    expect(again.snapshot).toMatchObject({ paused: false, track: { uri: track!.uri } });
    expect(again.snapshot.positionMs).toBeGreaterThanOrEqual(positionMs);
    expect(again.snapshot.positionMs).toBeLessThan(positionMs + 5_000);
    expect(scene.bobsComplaint).toBe('');
  });
});
