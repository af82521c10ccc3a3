import { describe, expect, it } from 'vitest';
import type { PlayerControls } from '../../../src/player/controls.js';
import { Scene } from '../../support/sdk-over-simulator/scene.js';

/** What reached the account, in that order. */
const log = (scene: Scene): string[] => scene.log.filter(({ account }) => account === 'alice').map(({ command }) => command);

/** A scene in which requests take a second. */
async function slow(at: Parameters<typeof Scene.at>[0] = 'playing'): Promise<Scene> {
  const scene = await Scene.at(at);
  scene.alice.network.delay = { there: 800, back: 200 };
  return scene;
}

/** Commands given within a moment, and then time enough for all of them. */
async function inHaste(scene: Scene, ...clicks: ((controls: Scene['alice']['controls']) => Promise<unknown>)[]): Promise<void> {
  for (const click of clicks) {
    void scene.does(() => click(scene.alice.controls), 0);
    await scene.clock.advance(100);
  }
  await scene.clock.advance(15_000);
  expect(scene.hanging).toBe(0);
  expect(scene.snapshot.pending).toEqual([]);
  expect(scene.bobsComplaint).toBe('');
}

describe('behind a Play that is slow to arrive', () => {
  it('Pause is silence at once, and silence when it arrives', async () => {
    const scene = await slow();
    void scene.alice.controls.play(scene.uri(3));
    await scene.clock.advance(100);
    void scene.alice.controls.pause();
    await scene.clock.advance(300);
    expect(scene.account('alice').playback.paused).toBe(true);
    expect(scene.snapshot).toMatchObject({ paused: true, pending: ['pause'] });
    await scene.clock.advance(10_000);
    expect(scene.snapshot).toMatchObject({ paused: true, pending: [], problem: null, track: { uri: scene.uri(3) } });
    expect(log(scene)).toEqual(['pause', 'play', 'pause']);
  });

  it('Pause holds where nothing was played before', async () => {
    const scene = await slow('connected');
    await inHaste(scene, (alice) => alice.play(scene.uri(3)), (alice) => alice.pause());
    expect(scene.snapshot).toMatchObject({ paused: true, problem: null, track: { uri: scene.uri(3) } });
    expect(log(scene)).toEqual(['play', 'pause']);
  });

  it('Pause holds though the Play is one to bring the music here', async () => {
    const scene = await slow();
    scene.fault('taken-elsewhere');
    await scene.clock.advance(2_000);
    scene.simulator.log.clear();
    await inHaste(scene, (alice) => alice.bringHere(), (alice) => alice.pause());
    expect(scene.snapshot).toMatchObject({ status: 'ready', paused: true, problem: null });
    expect(log(scene)).toEqual(['transfer', 'pause']);
  });

  it('Pause and Play again leave music', async () => {
    const scene = await slow();
    await inHaste(scene, (alice) => alice.play(scene.uri(3)), (alice) => alice.pause(), (alice) => alice.resume());
    expect(scene.snapshot).toMatchObject({ paused: false, track: { uri: scene.uri(3) } });
  });

  it('another choice after a Pause is what plays', async () => {
    const scene = await slow();
    await inHaste(scene, (alice) => alice.play(scene.uri(3)), (alice) => alice.pause(), (alice) => alice.play(scene.uri(4)));
    expect(scene.snapshot).toMatchObject({ paused: false, track: { uri: scene.uri(4) } });
    expect(log(scene)).toEqual(['pause', 'play', 'pause', 'play']);
  });

  it('Next and a seek are of what was chosen', async () => {
    const scene = await slow();
    const album = scene.simulator.catalogue.albums[1]!;
    await inHaste(scene, (alice) => alice.play(album.uri), (alice) => alice.next(), (alice) => alice.seek(30_000));
    const { playback } = scene.account('alice');
    expect(log(scene)).toEqual(['play', 'next', 'seek']);
    expect(scene.snapshot).toMatchObject({ paused: false, contextUri: album.uri });
    expect(playback.positionMs).toBeGreaterThanOrEqual(30_000);
  });

  it('a seek ends with the track that it comes to', async () => {
    const scene = await slow('connected');
    await inHaste(scene, (alice) => alice.play(scene.uri(3)), (alice) => alice.seek(1e9));
    const { durationMs } = scene.simulator.catalogue.track(scene.uri(3))!;
    expect(scene.log.at(-1)?.body).toEqual({ position_ms: durationMs });
  });

  it('the volume, shuffle and repeat do not wait for it to be heard', async () => {
    const scene = await slow();
    scene.fault('slow-commands');
    void scene.alice.controls.play(scene.uri(3));
    void scene.alice.controls.setShuffle(true);
    void scene.alice.controls.setVolume(0.3);
    await scene.clock.advance(2_500);
    expect(log(scene)).toEqual(['volume', 'play', 'shuffle']);
  });
});

describe('what waits for another command', () => {
  it('Next comes behind the track that was queued for it', async () => {
    const scene = await slow();
    await inHaste(scene, (alice) => alice.addToQueue(scene.uri(30)), (alice) => alice.next());
    expect(log(scene)).toEqual(['queue', 'next']);
    expect(scene.snapshot.track?.uri).toBe(scene.uri(30));
  });

  it.each(['server-error', 'rate-limited-bare', 'restricted', 'network-down'] as const)('is given though that one fails: %s', async (fault) => {
    const scene = await slow();
    scene.fault(fault);
    const { track } = scene.snapshot;
    await inHaste(scene, (alice) => alice.play(scene.uri(3)), (alice) => alice.pause());
    expect(scene.snapshot).toMatchObject({ status: 'ready', paused: true, track: { uri: track?.uri } });
    await inHaste(scene, (alice) => alice.play(scene.uri(3)), (alice) => alice.resume());
    expect(scene.snapshot).toMatchObject({ status: 'ready', paused: false, track: { uri: track?.uri } });
  });

  it('is given though that one is never answered', async () => {
    const scene = await slow();
    scene.alice.network.delay = { there: 600_000, back: 0 };
    void scene.does(() => scene.alice.controls.play(scene.uri(3)), 0);
    void scene.does(() => scene.alice.controls.pause(), 0);
    await scene.clock.advance(12_000);
    expect(scene.hanging).toBe(0);
    expect(scene.snapshot).toMatchObject({ paused: true, problem: { code: 'network' } });
    expect(log(scene)).toEqual(['pause', 'pause']);
  });

  it('is given though the effect of that one is never told', async () => {
    const scene = await slow();
    scene.fault('autoplay-blocked');
    await inHaste(scene, (alice) => alice.play(scene.uri(3)), (alice) => alice.seek(10_000));
    expect(log(scene)).toEqual(['play', 'seek']);
    expect(scene.snapshot).toMatchObject({ paused: true, problem: { code: 'autoplay-blocked', remedy: 'resume' } });
  });

  it('has nothing to do where that one brought no music', async () => {
    const scene = await slow('connected');
    scene.fault('server-error');
    await inHaste(scene, (alice) => alice.play(scene.uri(3)), (alice) => alice.next());
    expect(log(scene)).toEqual(['play']);
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: { code: 'server' } });
  });

  it('is not given for the next visitor', async () => {
    const scene = await slow();
    void scene.does(() => scene.alice.controls.play(scene.uri(3)), 0);
    void scene.does(() => scene.alice.controls.next(), 0);
    await scene.clock.advance(100);
    await scene.does(() => scene.alice.controls.disconnect());
    scene.simulator.log.clear();
    await scene.alice.connect('alice');
    await scene.clock.advance(30_000);
    expect(scene.hanging).toBe(0);
    expect(log(scene)).toEqual([]);
  });
});

describe('what one visitor asked for', () => {
  it.each([
    ['plays', (alice: PlayerControls, uri: string) => alice.play(uri)],
    ['is queued', (alice: PlayerControls, uri: string) => alice.addToQueue(uri)],
  ] as const)('never %s on the account of the next, however long it waited', async (_, ask) => {
    const scene = await Scene.at('playing');
    // The first is not answered; the second waits in line behind it.
    scene.alice.network.delay = { there: 0, back: 9_000 };
    void scene.does(() => scene.alice.controls.setShuffle(true), 0);
    void ask(scene.alice.controls, scene.uri(5));
    await scene.clock.advance(100);
    scene.alice.network.delay = { there: 0, back: 0 };
    await scene.does(() => scene.alice.controls.disconnect());
    scene.simulator.log.clear();
    await scene.alice.connect('carol');
    await scene.clock.advance(30_000);
    expect(scene.hanging).toBe(0);
    expect(scene.simulator.log.entries).toEqual([]);
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('and is refused for its old token, is not kept with the token of the next', async () => {
    const scene = await Scene.at('playing');
    const kept = [...scene.account('carol').library.keys()];
    const uri = Array.from({ length: 30 }, (_, i) => scene.uri(i)).find((each) => !kept.includes(each)) ?? '';
    scene.fault('token-refused');
    scene.alice.network.delay = { there: 0, back: 9_000 };
    const saving = scene.alice.controls.library.save(uri).catch((error: unknown) => error);
    await scene.clock.advance(100);
    scene.alice.network.delay = { there: 0, back: 0 };
    await scene.does(() => scene.alice.controls.disconnect());
    await scene.alice.connect('carol');
    await scene.clock.advance(30_000);
    expect(await saving).toMatchObject({ code: 'device-lost' });
    expect([...scene.account('carol').library.keys()]).toEqual(kept);
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('and is refused late, ends nothing of the next', async () => {
    const scene = await Scene.at('playing');
    scene.fault('not-on-list');
    scene.alice.network.delay = { there: 0, back: 9_000 };
    void scene.does(() => scene.alice.controls.addToQueue(scene.uri(5)), 0);
    await scene.clock.advance(100);
    scene.alice.network.delay = { there: 0, back: 0 };
    await scene.does(() => scene.alice.controls.disconnect());
    await scene.alice.connect('carol');
    await scene.clock.advance(30_000);
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null });
  });
});

describe('on a device that has died', () => {
  it('the newer choice is what plays', async () => {
    const scene = await Scene.at('playing');
    scene.fault('device-dead');
    scene.fault('device-dead', false);
    void scene.alice.controls.play(scene.uri(3));
    await scene.clock.advance(500);
    void scene.alice.controls.play(scene.uri(4));
    await scene.clock.advance(30_000);
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null, pending: [], paused: false, track: { uri: scene.uri(4) } });
    expect(scene.log.at(-1)?.body).toEqual({ uris: [scene.uri(4)] });
  });

  it.each([500, 4_500])('a Pause %i ms behind a Play leaves silence on the next one', async (ms) => {
    const scene = await Scene.at('playing');
    scene.fault('device-dead');
    scene.fault('device-dead', false);
    void scene.does(() => scene.alice.controls.play(scene.uri(3)), 0);
    await scene.clock.advance(ms);
    void scene.does(() => scene.alice.controls.pause(), 0);
    await scene.clock.advance(60_000);
    expect(scene.hanging).toBe(0);
    expect(scene.snapshot).toMatchObject({ status: 'ready', problem: null, pending: [], paused: true });
    expect(scene.account('alice').playback.paused).toBe(true);
  });
});
