import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../../demo/services/spotify/simulator.js';
import type { FromEmbed } from '../../../demo/services/spotify/embed/protocol.js';
import type { FaultName } from '../../../demo/services/spotify/faults.js';
import { claimPage } from '../../../src/player/page-claim.js';
import type { PlayerSnapshot } from '../../../src/player/snapshot.js';
import { EmbedTab } from '../../support/embed-over-simulator/tab.js';
import { SharedClock } from '../../support/sdk-over-simulator/clock.js';

/** Ann, who listens without signing in, over the simulator. */
class Stage {
  readonly clock = new SharedClock();
  readonly simulator;
  readonly seen: PlayerSnapshot[] = [];
  readonly tab: EmbedTab;

  constructor({ list = 0, listener = { name: 'alice', isLoggedIn: true }, ready = 150 } = {}) {
    this.simulator = createSimulator({ clock: this.clock, tokenFile: null, timing: { ready } });
    this.tab = new EmbedTab(this.simulator, this.clock, listener, this.#uris(list));
    this.tab.session.subscribe((snapshot) => this.seen.push(snapshot));
  }

  #uris(count: number): string[] {
    return Array.from({ length: count }, (_, i) => this.uri(i));
  }

  uri(n: number): string {
    return this.simulator.catalogue.tracks[n]!.uri;
  }

  get album(): { uri: string; tracks: readonly { uri: string; durationMs: number }[] } {
    return this.simulator.catalogue.albums.find(({ tracks }) => tracks.length > 2)!;
  }

  get snapshot(): PlayerSnapshot {
    return this.tab.snapshot;
  }

  get embed() {
    return this.tab.page.session?.report;
  }

  get commands(): string[] {
    return this.simulator.log.entries.map(({ command }) => command);
  }

  fault(fault: FaultName, on = true): void {
    this.simulator.faults.set('*', fault, on);
  }

  async does(click: () => Promise<unknown>, ms = 1_000): Promise<void> {
    let open = true;
    void click().finally(() => (open = false));
    await this.clock.advance(ms);
    // Every command ends, whatever comes of it.
    for (let waited = 0; open && waited < 60_000; waited += 500) await this.clock.advance(500);
    expect(open).toBe(false);
  }

  connect = (): Promise<void> => this.does(() => this.tab.controls.connect());
  play = (uri: string): Promise<void> => this.does(() => this.tab.controls.play(uri));
}

describe("Spotify's embed as an engine", () => {
  it('loads nothing before the visitor asks for it (I4)', async () => {
    const stage = new Stage({ list: 3 });
    await stage.does(() => stage.tab.session.restore());
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', engine: 'embed', capabilities: ['skip'] });
    expect(stage.tab.page.made).toBe(0);
    expect(stage.tab.asked).toEqual([]);
  });

  it('goes through the same states as the SDK, and plays', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    expect([...new Set(stage.seen.map(({ status }) => status))]).toEqual(['loading', 'connecting', 'ready']);
    const { name, durationMs } = stage.simulator.catalogue.tracks[3]!;
    expect(stage.snapshot).toMatchObject({ status: 'ready', paused: false, problem: null, pending: [], contextUri: null });
    expect(stage.snapshot.track).toMatchObject({ uri: stage.uri(3), title: name, durationMs });
    expect(stage.commands).toEqual(['load', 'play']);
  });

  it('pauses, goes on, and seeks', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    await stage.does(() => stage.tab.controls.pause());
    expect(stage.snapshot.paused).toBe(true);
    await stage.does(() => stage.tab.controls.seek(20_000));
    expect(stage.snapshot.positionMs).toBe(20_000);
    await stage.does(() => stage.tab.controls.resume(), 5_000);
    expect(stage.snapshot.paused).toBe(false);
    expect(stage.embed?.positionMs).toBeCloseTo(25_000, -2);
    expect(stage.commands).toEqual(['load', 'play', 'pause', 'seek', 'resume']);
  });

  it('shows what the visitor does in the embed itself', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    stage.tab.page.press('pause');
    await stage.clock.advance(100);
    expect(stage.snapshot.paused).toBe(true);
  });

  it('puts another track in the same embed: there is never a second sound', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    await stage.play(stage.uri(4));
    expect(stage.simulator.embeds.size).toBe(1);
    expect(stage.tab.page.made).toBe(1);
    expect(stage.snapshot.track?.uri).toBe(stage.uri(4));
  });

  it('of two choices in a moment plays the newer', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.does(() => Promise.all([stage.tab.controls.play(stage.uri(3)), stage.tab.controls.play(stage.uri(4))]));
    expect(stage.snapshot).toMatchObject({ paused: false, problem: null, pending: [] });
    expect(stage.snapshot.track?.uri).toBe(stage.uri(4));
    expect(stage.embed).toMatchObject({ uri: stage.uri(4), paused: false });
  });

  it('what was heard before two quick choices is not the second of them', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    stage.fault('autoplay-blocked');
    void stage.tab.controls.play(stage.uri(4));
    await stage.clock.advance(10);
    void stage.tab.controls.play(stage.uri(5));
    const before = stage.seen.length;
    await stage.clock.advance(10_000);
    expect(stage.seen.slice(before).filter(({ paused }) => !paused)).toEqual([]);
    expect(stage.snapshot).toMatchObject({ paused: true, track: { uri: stage.uri(5) }, problem: { code: 'autoplay-blocked' } });
  });

  it('a track that is started again is not heard before it begins', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    await stage.clock.advance(20_000);
    stage.fault('autoplay-blocked');
    void stage.tab.controls.play(stage.uri(3));
    await stage.clock.advance(10);
    const before = stage.seen.length;
    await stage.clock.advance(10_000);
    expect(stage.seen.slice(before).filter(({ paused }) => !paused)).toEqual([]);
    expect(stage.snapshot).toMatchObject({ paused: true, problem: { code: 'autoplay-blocked' } });
  });

  it('is silent after Play and, at once, Pause', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.does(() => Promise.all([stage.tab.controls.play(stage.uri(3)), stage.tab.controls.pause()]), 20_000);
    expect(stage.embed?.paused).toBe(true);
    expect(stage.snapshot).toMatchObject({ paused: true, problem: null, pending: [] });
  });

  it('plays a playlist from its start, and an episode by itself', async () => {
    const stage = new Stage();
    const { playlists, episodes } = stage.simulator.catalogue;
    await stage.connect();
    await stage.play(playlists[0]!.uri);
    expect(stage.snapshot).toMatchObject({ contextUri: playlists[0]!.uri, paused: false, track: { uri: playlists[0]!.tracks[0]!.uri } });
    const { uri, name, durationMs } = episodes[0]!;
    await stage.play(uri);
    expect(stage.snapshot).toMatchObject({ contextUri: null, paused: false, track: { uri, title: name, durationMs } });
  });

  it('names the track of an album that sounds, and goes through it by itself', async () => {
    const stage = new Stage();
    const { uri, tracks } = stage.album;
    await stage.connect();
    await stage.play(uri);
    expect(stage.snapshot).toMatchObject({ contextUri: uri, paused: false });
    expect(stage.snapshot.track?.uri).toBe(tracks[0]!.uri);
    expect(stage.tab.page.kind).toBe('list');
    await stage.clock.advance(tracks[0]!.durationMs);
    expect(stage.snapshot.track?.uri).toBe(tracks[1]!.uri);
    expect(stage.commands).toEqual(['load', 'play']);
  });

  // The real one may not say `ready` of a second item.
  it.each<[string, readonly FromEmbed['type'][]]>([
    ['as it is', []],
    ['without a second ready', ['ready']],
    ['that does not say what it starts', ['playback_started']],
    ['that says neither', ['ready', 'playback_started']],
  ])('plays an album that begins with what was heard before, in an embed %s', async (_embed, unsaid) => {
    const stage = new Stage();
    const { uri, tracks } = stage.album;
    await stage.connect();
    await stage.play(tracks[0]!.uri);
    stage.tab.page.unsaid = unsaid;
    for (const _time of ['after its track', 'again']) {
      await stage.play(uri);
      await stage.clock.advance(6_000);
      expect(stage.snapshot).toMatchObject({ contextUri: uri, paused: false, problem: null, track: { uri: tracks[0]!.uri } });
    }
  });

  it('plays previews for a visitor whom Spotify does not know', async () => {
    const stage = new Stage({ listener: { name: 'visitor 1', isLoggedIn: false } });
    await stage.connect();
    await stage.play(stage.uri(3));
    expect(stage.snapshot.track?.durationMs).toBe(30_000);
    await stage.clock.advance(31_000);
    expect(stage.snapshot).toMatchObject({ paused: true, problem: null });
  });

  it('and for one whose cookies the browser keeps from the frame', async () => {
    const stage = new Stage();
    stage.fault('embed-cookies-blocked');
    await stage.connect();
    await stage.play(stage.uri(3));
    expect(stage.snapshot.track?.durationMs).toBe(30_000);
  });

  it('disconnecting destroys it, and the next visit begins anew', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    await stage.does(() => stage.tab.controls.disconnect());
    expect(stage.tab.page).toMatchObject({ session: null, made: 1, destroyed: 1 });
    expect(stage.snapshot).toMatchObject({ status: 'signed-out', track: null, engine: 'embed', capabilities: [] });
    await stage.connect();
    await stage.play(stage.uri(4));
    expect(stage.snapshot.track?.uri).toBe(stage.uri(4));
  });

  it('disposing destroys it, also while it loads', async () => {
    const stage = new Stage({ list: 2 });
    void stage.tab.controls.connect();
    await stage.clock.advance(50);
    stage.tab.session.dispose();
    await stage.clock.advance(30_000);
    expect(stage.simulator.embeds.size).toBe(0);
  });

  it.each(['setVolume', 'setShuffle', 'bringHere', 'addToQueue', 'next'] as const)('%s: says that it cannot be done here, and plays on', async (name) => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    const asks = {
      setVolume: () => stage.tab.controls.setVolume(0.5),
      setShuffle: () => stage.tab.controls.setShuffle(true),
      bringHere: () => stage.tab.controls.bringHere(),
      addToQueue: () => stage.tab.controls.addToQueue(stage.uri(4)),
      next: () => stage.tab.controls.next(),
    };
    await stage.does(asks[name]);
    expect(stage.snapshot).toMatchObject({ paused: false, pending: [], problem: { code: 'not-available', remedy: 'none' } });
  });

  it('what is nothing to play is not sent on', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play('spotify:artist:0000000000000000000000');
    expect(stage.snapshot.problem?.code).toBe('not-found');
    expect(stage.commands).toEqual([]);
  });
});

describe("a host page's list", () => {
  it('waits with its first track until the visitor presses Play', async () => {
    const stage = new Stage({ list: 3 });
    await stage.connect();
    expect(stage.snapshot).toMatchObject({ status: 'ready', paused: true, track: { uri: stage.uri(0) } });
    expect(stage.commands).toEqual(['load']);
    await stage.does(() => stage.tab.controls.resume());
    expect(stage.snapshot.paused).toBe(false);
  });

  it('goes to the neighbours; Previous is the start of a track that was heard a while', async () => {
    const stage = new Stage({ list: 3 });
    await stage.connect();
    await stage.does(() => stage.tab.controls.next());
    expect(stage.snapshot).toMatchObject({ paused: false, track: { uri: stage.uri(1) } });
    await stage.does(() => stage.tab.controls.previous(), 5_000);
    expect(stage.snapshot).toMatchObject({ paused: false, track: { uri: stage.uri(0) } });
    await stage.does(() => stage.tab.controls.previous());
    expect(stage.snapshot.track?.uri).toBe(stage.uri(0));
    expect(stage.embed?.positionMs).toBeLessThan(3_000);
  });

  it('at the end of a track the next one plays, one after the other, and the last one is the end', async () => {
    const stage = new Stage({ list: 3 });
    const lengths = stage.simulator.catalogue.tracks.slice(0, 3).map(({ durationMs }) => durationMs);
    let most = 0;
    stage.tab.session.subscribe(() => (most = Math.max(most, stage.simulator.embeds.size)));
    await stage.connect();
    await stage.does(() => stage.tab.controls.resume());
    await stage.clock.advance(lengths[0]!);
    expect(stage.snapshot).toMatchObject({ paused: false, track: { uri: stage.uri(1) } });
    await stage.clock.advance(lengths[1]! + 500);
    expect(stage.snapshot).toMatchObject({ paused: false, track: { uri: stage.uri(2) } });
    expect(stage.snapshot.disallows).toContain('skipping-next');
    await stage.clock.advance(lengths[2]! + 5_000);
    expect(stage.snapshot).toMatchObject({ paused: true, problem: null });
    // The end of each is the embed's own: nothing was loaded before it.
    expect(stage.commands).toEqual(['load', 'play', 'load', 'play', 'load', 'play']);
    expect(most).toBe(1);
  });

  it('goes on from an album only when the album itself is over', async () => {
    const stage = new Stage();
    const { uri, tracks } = stage.album;
    const tab = new EmbedTab(stage.simulator, stage.clock, { name: 'bob', isLoggedIn: true }, [uri, stage.uri(40)]);
    await stage.does(() => tab.controls.connect());
    await stage.does(() => tab.controls.resume());
    const whole = tracks.reduce((sum, { durationMs }) => sum + durationMs, 0);
    await stage.clock.advance(whole - 5_000);
    expect(tab.snapshot.contextUri).toBe(uri);
    await stage.clock.advance(15_000);
    expect(tab.snapshot).toMatchObject({ contextUri: null, paused: false, track: { uri: stage.uri(40) } });
  });

  it('what the visitor plays beside it ends by itself, and Next goes on in the list', async () => {
    const stage = new Stage({ list: 3 });
    await stage.connect();
    await stage.play(stage.uri(30));
    await stage.clock.advance(stage.simulator.catalogue.tracks[30]!.durationMs + 5_000);
    expect(stage.snapshot).toMatchObject({ paused: true, track: { uri: stage.uri(30) } });
    await stage.does(() => stage.tab.controls.next());
    expect(stage.snapshot.track?.uri).toBe(stage.uri(1));
  });

  it('may be given by a command as well, and then there is something to skip to', async () => {
    const stage = new Stage();
    await stage.connect();
    expect(stage.snapshot.capabilities).toEqual([]);
    const uris = [stage.uri(5), stage.uri(6), stage.uri(7)];
    await stage.does(() => stage.tab.controls.play({ uris, offset: 1 }));
    expect(stage.snapshot).toMatchObject({ paused: false, track: { uri: stage.uri(6) }, capabilities: ['skip'] });
    await stage.does(() => stage.tab.controls.next());
    expect(stage.snapshot.track?.uri).toBe(stage.uri(7));
  });

  it('begins at the place that was given, though one is in it twice', async () => {
    const stage = new Stage();
    await stage.connect();
    const uris = [stage.uri(5), stage.uri(6), stage.uri(5), stage.uri(7)];
    await stage.does(() => stage.tab.controls.play({ uris, offset: 2 }));
    expect(stage.snapshot.track?.uri).toBe(stage.uri(5));
    await stage.does(() => stage.tab.controls.next());
    expect(stage.snapshot.track?.uri).toBe(stage.uri(7));
  });

  it.each([
    ['one that can be played', 2, 6],
    ['none that can: the next one plays', 1, 6],
    ['nothing: the first that can be played', undefined, 5],
  ])('counts what cannot be played; the place is that of %s', async (_what, offset, expected) => {
    const stage = new Stage();
    await stage.connect();
    const uris = ['spotify:artist:0000000000000000000000', stage.uri(5), 'nothing', stage.uri(6), stage.uri(7)].slice(offset === undefined ? 0 : 1);
    await stage.does(() => stage.tab.controls.play({ uris, ...(offset !== undefined && { offset }) }));
    expect(stage.snapshot).toMatchObject({ paused: false, track: { uri: stage.uri(expected) } });
    await stage.does(() => stage.tab.controls.next());
    expect(stage.snapshot.track?.uri).toBe(stage.uri(expected + 1));
  });

  it('a pause at the very end is a pause', async () => {
    const stage = new Stage({ list: 2 });
    await stage.connect();
    await stage.does(() => stage.tab.controls.resume(), 100);
    await stage.does(() => stage.tab.controls.seek(stage.simulator.catalogue.tracks[0]!.durationMs - 700), 400);
    await stage.does(() => stage.tab.controls.pause(), 10_000);
    expect(stage.snapshot).toMatchObject({ paused: true, track: { uri: stage.uri(0) } });
  });

  it('one that is gone does not end the list', async () => {
    const stage = new Stage();
    const gone = `spotify:track:${'0'.repeat(22)}`;
    const tab = new EmbedTab(stage.simulator, stage.clock, { name: 'bob', isLoggedIn: true }, [stage.uri(0), gone, stage.uri(1)]);
    await stage.does(() => tab.controls.connect());
    await stage.does(() => tab.controls.resume());
    await stage.clock.advance(stage.simulator.catalogue.tracks[0]!.durationMs + 3_000);
    expect(tab.snapshot).toMatchObject({ paused: false, track: { uri: stage.uri(1) } });
  });
});

describe('trouble with the embed', () => {
  it('an error in place of the next one of a list ends it: the rest is not tried in a burst', async () => {
    const stage = new Stage({ list: 5 });
    await stage.connect();
    await stage.does(() => stage.tab.controls.resume());
    stage.fault('embed-error');
    await stage.clock.advance(stage.simulator.catalogue.tracks[0]!.durationMs + 30_000);
    expect(stage.commands).toEqual(['load', 'play', 'load', 'play']);
    expect(stage.snapshot).toMatchObject({ paused: true, track: { uri: stage.uri(1) }, problem: { code: 'playback' } });
    stage.fault('embed-error', false);
    await stage.does(() => stage.tab.controls.resume());
    expect(stage.snapshot).toMatchObject({ paused: false, problem: null });
  });

  it('a page that has a player already: it says so, loads nothing, and has its turn once that one let go', async () => {
    const stage = new Stage();
    const release = claimPage(stage.tab);
    await stage.connect();
    expect(stage.snapshot).toMatchObject({ status: 'failed', problem: { code: 'page-taken', remedy: 'retry' } });
    expect(stage.tab.page.made).toBe(0);
    release();
    await stage.connect();
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: null });
    expect(() => claimPage(stage.tab)).toThrow();
    await stage.does(() => stage.tab.controls.disconnect());
    claimPage(stage.tab)();
  });

  it('the script does not load: says so, and the next try helps', async () => {
    const stage = new Stage();
    stage.tab.isBlocked = true;
    await stage.connect();
    expect(stage.snapshot).toMatchObject({ status: 'failed', problem: { code: 'sdk-blocked', remedy: 'retry' } });
    stage.tab.isBlocked = false;
    await stage.connect();
    expect(stage.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('ready never comes: the command ends, the embed goes, and the next try helps', async () => {
    const stage = new Stage();
    await stage.connect();
    stage.fault('embed-ready-never');
    await stage.play(stage.uri(3));
    expect(stage.snapshot).toMatchObject({ status: 'ready', pending: [], problem: { code: 'device-timeout' } });
    expect(stage.simulator.embeds.size).toBe(0);
    stage.fault('embed-ready-never', false);
    await stage.play(stage.uri(3));
    expect(stage.snapshot).toMatchObject({ paused: false, problem: null });
  });

  it('ready never comes for the first of a list: connecting fails', async () => {
    const stage = new Stage({ list: 2 });
    stage.fault('embed-ready-never');
    await stage.connect();
    expect(stage.snapshot).toMatchObject({ status: 'failed', problem: { code: 'device-timeout', remedy: 'retry' } });
    expect(stage.simulator.embeds.size).toBe(0);
  });

  it('a URI that does not exist: says so, and another one plays', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(`spotify:track:${'0'.repeat(22)}`);
    expect(stage.snapshot).toMatchObject({ pending: [], paused: true, problem: { code: 'not-found' } });
    await stage.play(stage.uri(3));
    expect(stage.snapshot).toMatchObject({ paused: false, problem: null });
  });

  it('a URI that does not exist, after one that played: says so, and so does Play', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    const gone = `spotify:track:${'0'.repeat(22)}`;
    await stage.play(gone);
    expect(stage.snapshot).toMatchObject({ pending: [], paused: true, track: { uri: gone }, problem: { code: 'not-found' } });
    stage.tab.controls.dismissProblem();
    await stage.does(() => stage.tab.controls.resume(), 10_000);
    expect(stage.snapshot).toMatchObject({ pending: [], paused: true, problem: { code: 'not-found' } });
    await stage.play(stage.uri(4));
    expect(stage.snapshot).toMatchObject({ paused: false, problem: null, track: { uri: stage.uri(4) } });
  });

  it('ready never comes for the second: it is not said to be refused, and Play helps', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    stage.fault('embed-ready-never');
    await stage.play(stage.uri(4));
    expect(stage.snapshot).toMatchObject({ pending: [], paused: true, problem: { code: 'device-timeout' } });
    stage.fault('embed-ready-never', false);
    await stage.does(() => stage.tab.controls.resume());
    expect(stage.snapshot).toMatchObject({ pending: [], paused: false, problem: null, track: { uri: stage.uri(4) } });
  });

  it('ready comes late: once it is heard, nothing of that is left', async () => {
    const stage = new Stage({ ready: 8_000 });
    await stage.connect();
    await stage.play(stage.uri(3));
    await stage.does(() => stage.tab.controls.play(stage.uri(4)), 7_000);
    expect(stage.snapshot).toMatchObject({ paused: true, problem: { code: 'device-timeout' } });
    await stage.clock.advance(2_000);
    expect(stage.snapshot).toMatchObject({ paused: false, problem: null, track: { uri: stage.uri(4) } });
  });

  it('moved in the page it is silent, and holds what it held: not what it was made with', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    await stage.play(stage.album.uri);
    await stage.clock.advance(5_000);
    const before = stage.seen.length;
    stage.tab.page.move();
    await stage.clock.advance(5_000);
    const held = { uri: stage.album.tracks[0]!.uri, paused: true };
    expect(stage.snapshot).toMatchObject({ contextUri: stage.album.uri, paused: true, problem: null, pending: [], track: { uri: held.uri } });
    expect(stage.embed).toMatchObject(held);
    expect(stage.seen.slice(before).some(({ track }) => track?.uri === stage.uri(3))).toBe(false);
    // Once: of its own load it is not led to load again.
    expect(stage.commands.slice(4)).toEqual(['load', 'load']);
    await stage.does(() => stage.tab.controls.resume());
    expect(stage.snapshot.paused).toBe(false);
    expect(stage.embed).toMatchObject({ uri: held.uri, paused: false });
  });

  it('destroying it fails: the page is free, and nothing throws', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    stage.tab.page.isStubborn = true;
    await stage.does(() => stage.tab.controls.disconnect());
    expect(stage.snapshot.status).toBe('signed-out');
    expect(stage.tab.page).toMatchObject({ kind: null, destroyed: 1 });
    claimPage(stage.tab)();
  });

  it('oEmbed does not answer: it is asked once for each time that something is chosen', async () => {
    const stage = new Stage();
    stage.tab.isDescribed = false;
    await stage.connect();
    await stage.play(stage.uri(3));
    await stage.clock.advance(30_000);
    expect(stage.snapshot).toMatchObject({ paused: false, problem: null, track: { title: '' } });
    expect(stage.tab.asked).toEqual([stage.uri(3)]);
    stage.tab.isDescribed = true;
    await stage.play(stage.uri(3));
    expect(stage.snapshot.track?.title).toBe(stage.simulator.catalogue.tracks[3]!.name);
    expect(stage.tab.asked).toHaveLength(2);
  });

  it('an error in place of sound', async () => {
    const stage = new Stage();
    await stage.connect();
    stage.fault('embed-error');
    await stage.play(stage.uri(3));
    expect(stage.snapshot).toMatchObject({ pending: [], problem: { code: 'playback' } });
  });

  it('an error in place of going on after a pause', async () => {
    const stage = new Stage();
    await stage.connect();
    await stage.play(stage.uri(3));
    await stage.does(() => stage.tab.controls.pause());
    stage.fault('embed-error');
    await stage.does(() => stage.tab.controls.resume(), 10_000);
    expect(stage.snapshot).toMatchObject({ paused: true, pending: [], problem: { code: 'playback' } });
    stage.fault('embed-error', false);
    await stage.does(() => stage.tab.controls.resume(), 10_000);
    expect(stage.snapshot).toMatchObject({ paused: false, pending: [], problem: null });
  });

  it('the browser refuses sound: one more click is asked for, and a press in the embed helps as well', async () => {
    const stage = new Stage();
    await stage.connect();
    stage.fault('autoplay-blocked');
    await stage.play(stage.uri(3));
    await stage.clock.advance(10_000);
    expect(stage.snapshot).toMatchObject({ paused: true, pending: [], problem: { code: 'autoplay-blocked', remedy: 'resume' } });
    stage.tab.page.press('play');
    await stage.clock.advance(2_000);
    expect(stage.snapshot).toMatchObject({ paused: false, problem: null });
  });
});
