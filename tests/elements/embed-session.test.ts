import { aTimeout, expect } from '@open-wc/testing';
import '../../elements/room-player/define.js';
import type { RoomPlayer } from '../../elements/room-player/room-player.js';
import { restoreActivation, setActivation } from './support/activation.js';
import { ManualClock } from './support/manual-clock.js';
import { clearPlayers } from './support/player-scene.js';
import { all, button, find, maybe, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

const uri = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';
const at = (path: string): string => new URL(path, location.origin).href;
/** The simulator's own script of the iFrame API; the frames that it makes are empty here, and a test speaks for them. */
const endpoints = { embed: at('/demo/services/spotify/client/iframe-api.ts'), oembed: at('/no-oembed') };

async function opened(uris: readonly string[] = [], set: Partial<RoomPlayer> = {}): Promise<RoomPlayer> {
  const player = Object.assign(document.createElement('room-player'), { endpoints, uris }, set);
  document.body.append(player);
  await player.updateComplete;
  return player;
}

const frameOf = (player: Element): HTMLIFrameElement | null => maybe<HTMLIFrameElement>(player, '.embed iframe');

/** What the frame tells its page. */
function tell(player: Element, message: unknown): void {
  const source = frameOf(player)?.contentWindow ?? null;
  const data = { channel: 'spotify-simulator-embed', message };
  window.dispatchEvent(new MessageEvent('message', { source, origin: location.origin, data }));
}

/** Of the tests that turn one: players let go of the page by it. */
const clocks: ManualClock[] = [];
function manualClock(): ManualClock {
  const clock = new ManualClock();
  clocks.push(clock);
  return clock;
}

const said = (player: Element): string => all(player, '[role="status"], [role="alert"], .panel').map(words).join(' ');

/** Listening, with the embed there and ready. */
async function listening(set: Partial<RoomPlayer> = {}): Promise<RoomPlayer> {
  const player = await opened([uri], set);
  void player.listenWithoutSigningIn();
  await waitUntil(() => frameOf(player), 'the embed');
  tell(player, { type: 'ready' });
  await waitUntil(() => player.snapshot.status === 'ready', 'an embed that is ready');
  return player;
}

describe("Spotify's embed in a real page", () => {
  beforeEach(() => setActivation(true));
  afterEach(async () => {
    restoreActivation();
    clearPlayers();
    clocks.splice(0).forEach((clock) => clock.tick(0));
    // A task later a player that was taken out has let go of the page.
    await aTimeout(0);
  });

  // Before any other: what the script hands over stays in the page.
  it('a script that does not come is said, and nothing is left of it', async () => {
    const player = await opened([uri], { endpoints: { ...endpoints, embed: at('/no-such-script.js') } });
    void player.listenWithoutSigningIn();
    await waitUntil(() => player.snapshot.status === 'failed', 'an end');
    await player.updateComplete;
    expect(said(player)).to.contain('could not load');
    expect(document.querySelector('script[src$="no-such-script.js"]')).to.equal(null);
  });

  it('stands in the player’s own tree, whole, with what it needs to sound; its end takes it away', async () => {
    const player = await opened([uri]);
    void player.listenWithoutSigningIn();
    await waitUntil(() => frameOf(player), 'the embed');
    expect(player.snapshot.status).to.equal('connecting');
    tell(player, null);
    tell(player, { type: 'ready' });
    await waitUntil(() => player.snapshot.status === 'ready');
    await player.updateComplete;
    const frame = frameOf(player);
    expect(frame?.allow).to.contain('autoplay').and.to.contain('encrypted-media');
    expect(document.querySelector('iframe')).to.equal(null);
    const { width, height } = frame?.getBoundingClientRect() ?? {};
    expect(height).to.equal(152);
    expect(width).to.be.greaterThan(200);
    expect(getComputedStyle(frame as Element).opacity).to.equal('1');

    tell(player, { type: 'playback_update', data: { playingURI: uri, isPaused: false, isBuffering: false, position: 1_000, duration: 30_000 } });
    expect(player.snapshot).to.include({ paused: false, positionMs: 1_000 });
    expect(player.snapshot.track?.uri).to.equal(uri);
    await player.updateComplete;
    expect(frameOf(player)).to.equal(frame);

    await player.disconnect();
    expect(frameOf(player)).to.equal(null);
    expect(player.snapshot.status).to.equal('signed-out');
  });

  it('a list of tracks is taller', async () => {
    const player = await opened(['spotify:album:4uLU6hMCjMI75M1A2tKUQC']);
    void player.listenWithoutSigningIn();
    await waitUntil(() => frameOf(player), 'the embed');
    await player.updateComplete;
    expect(frameOf(player)?.getBoundingClientRect().height).to.equal(352);
  });

  it('a message of another window is not heard', async () => {
    const player = await opened([uri]);
    void player.listenWithoutSigningIn();
    await waitUntil(() => frameOf(player), 'the embed');
    window.dispatchEvent(new MessageEvent('message', { source: window, origin: location.origin, data: { channel: 'spotify-simulator-embed', message: { type: 'ready' } } }));
    expect(player.snapshot.status).to.equal('connecting');
  });

  it('leaves with the element', async () => {
    const player = await opened([uri]);
    void player.listenWithoutSigningIn();
    await waitUntil(() => frameOf(player), 'the embed');
    const box = find(player, '.embed').firstElementChild;
    player.remove();
    await waitUntil(() => box?.childElementCount === 0, 'an empty place');
  });

  describe('when things go wrong', () => {
    it('an embed that never gets ready is taken away, and the next try makes another', async () => {
      const clock = manualClock();
      const player = await opened([uri], { clock });
      void player.listenWithoutSigningIn();
      await waitUntil(() => frameOf(player), 'the embed');
      clock.tick(20_000);
      await waitUntil(() => player.snapshot.status === 'failed', 'an end');
      await player.updateComplete;
      expect(said(player)).to.contain('did not start in time');
      expect(frameOf(player)).to.equal(null);
      button(player, 'Try again').click();
      await waitUntil(() => frameOf(player), 'another embed');
      tell(player, { type: 'ready' });
      await waitUntil(() => player.snapshot.status === 'ready', 'an embed that is ready');
      expect(player.snapshot.problem).to.equal(null);
    });

    it('what is not there any more is said, and the next link plays', async () => {
      const player = await listening();
      void player.play('spotify:track:0000000000000000000000');
      tell(player, { type: 'error' });
      await waitUntil(() => player.snapshot.problem, 'a problem');
      await player.updateComplete;
      expect(said(player)).to.contain('no longer has what was asked for');
      void player.play(uri);
      tell(player, { type: 'ready' });
      tell(player, { type: 'playback_update', data: { playingURI: uri, isPaused: false, isBuffering: false, position: 0, duration: 30_000 } });
      await waitUntil(() => !player.snapshot.problem && !player.snapshot.paused, 'music without a problem');
    });

    it('sound that the browser refuses is said, with the click that helps', async () => {
      const clock = manualClock();
      const player = await listening({ clock });
      void player.play();
      clock.tick(5_000);
      await waitUntil(() => player.snapshot.problem, 'a problem');
      expect(player.snapshot.problem?.code).to.equal('autoplay-blocked');
      await player.updateComplete;
      expect(said(player)).to.match(/browser/i);
      expect(button(player, 'Start the music').disabled).to.equal(false);
    });

    it('a preview is as long as it says: the bar ends where it does', async () => {
      const player = await listening();
      tell(player, { type: 'playback_update', data: { playingURI: uri, isPaused: false, isBuffering: false, position: 0, duration: 30_000 } });
      await waitUntil(() => player.snapshot.track?.durationMs === 30_000, 'a preview');
      await player.updateComplete;
      expect(find<HTMLInputElement>(find(player, 'player-controls'), 'input[type="range"]').max).to.equal('30');
    });
  });
});
