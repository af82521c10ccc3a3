import { describe, expect, it } from 'vitest';
import { positionAt } from '../../../src/player/snapshot.js';
import { Scene } from '../../support/sdk-over-simulator/scene.js';

const position = ({ snapshot, clock }: Scene): number => positionAt(snapshot, clock.now());

describe('what users of other players for the Web Playback SDK miss', () => {
  it('another address plays, whatever plays, and the same one again begins anew', async () => {
    const scene = await Scene.at('playing');
    for (const n of [3, 7, 3]) {
      await scene.does(() => scene.alice.controls.play(scene.uri(n)));
      expect(scene.snapshot.track?.uri).toBe(scene.uri(n));
      expect(scene.snapshot.paused).toBe(false);
    }
    await scene.clock.advance(20_000);
    expect(position(scene)).toBeGreaterThan(15_000);
    await scene.does(() => scene.alice.controls.play(scene.uri(3)));
    expect(position(scene)).toBeLessThan(5_000);
    expect(scene.bobsComplaint).toBe('');
  });

  it('another address plays while paused too, and of several at once the last', async () => {
    const scene = await Scene.at('playing');
    await scene.does(() => scene.alice.controls.pause());
    await scene.does(() => {
      for (const n of [4, 5, 6]) void scene.alice.controls.play(scene.uri(n));
      return scene.alice.controls.play(scene.uri(8));
    }, 10_000);
    expect(scene.snapshot.track?.uri).toBe(scene.uri(8));
    expect(scene.snapshot.paused).toBe(false);
    expect(scene.snapshot.pending).toEqual([]);
    expect(scene.hanging).toBe(0);
  });

  it('an address and a list take turns, and a place within a list is where it begins', async () => {
    const scene = await Scene.at('playing');
    const [, album] = scene.simulator.catalogue.albums;
    const third = album!.tracks[2]!;
    await scene.does(() => scene.alice.controls.play(scene.uri(3)));
    await scene.does(() => scene.alice.controls.play({ context: album!.uri, offset: 2, positionMs: 12_000 }));
    expect(scene.snapshot).toMatchObject({ contextUri: album!.uri, track: { uri: third.uri } });
    expect(position(scene)).toBeGreaterThanOrEqual(12_000);
    await scene.does(() => scene.alice.controls.play(scene.uri(3)));
    expect(scene.snapshot).toMatchObject({ track: { uri: scene.uri(3) } });
  });

  it('several addresses are played one after the other, from the one that was named, and back', async () => {
    const scene = await Scene.at('playing');
    const { controls } = scene.alice;
    const uris = [3, 9, 6, 7].map((n) => scene.uri(n));
    await scene.does(() => controls.play({ uris, offset: 1, positionMs: 20_000 }));
    expect(scene.snapshot).toMatchObject({ paused: false, contextUri: null, track: { uri: uris[1] } });
    expect(position(scene)).toBeGreaterThanOrEqual(20_000);
    await scene.does(() => controls.next());
    expect(scene.snapshot.track?.uri).toBe(uris[2]);
    await scene.does(() => controls.previous());
    expect(scene.snapshot.track?.uri).toBe(uris[1]);
    await scene.does(() => controls.play({ uris, offset: uris[3]! }));
    expect(scene.snapshot.track?.uri).toBe(uris[3]);
    expect(scene.snapshot.pending).toEqual([]);
    expect(scene.bobsComplaint).toBe('');
  });

  it.each([[[]], [['spotify:album:0000000000000000000000']], [['spotify:track:a', 'javascript:alert(1)']]])(
    'a list that is none (%j) is refused in words, without a request',
    async (uris) => {
      const scene = await Scene.at('playing');
      const sent = scene.alice.network.sent.length;
      await scene.does(() => scene.alice.controls.play({ uris }));
      expect(scene.snapshot).toMatchObject({ status: 'ready', paused: false, pending: [], problem: { code: 'not-found' } });
      expect(scene.alice.network.sent).toHaveLength(sent);
    },
  );

  it('all of it is done from code: pause, resume, skip, seek, volume', async () => {
    const scene = await Scene.at('playing');
    const { controls } = scene.alice;
    const first = scene.snapshot.track?.uri;
    await scene.does(() => controls.pause());
    expect(scene.snapshot.paused).toBe(true);
    await scene.does(() => controls.seek(42_000));
    expect(position(scene)).toBe(42_000);
    await scene.does(() => controls.resume());
    expect(scene.snapshot.paused).toBe(false);
    expect(position(scene)).toBeGreaterThan(42_000);
    await scene.does(() => controls.next());
    expect(scene.snapshot.track?.uri).not.toBe(first);
    await scene.does(() => controls.previous());
    expect(scene.snapshot.track?.uri).toBe(first);
    await scene.does(() => controls.setVolume(0.3));
    expect(scene.snapshot.volume).toBeCloseTo(0.3);
    expect(scene.snapshot.pending).toEqual([]);
  });

  it('its script is read where there is no page, and contacts nobody', async () => {
    expect('document' in globalThis).toBe(false);
    await import('../../../elements/room-player/define.js');
    expect('Spotify' in globalThis || 'onSpotifyWebPlaybackSDKReady' in globalThis).toBe(false);
  });
});
