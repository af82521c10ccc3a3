import { aTimeout, expect } from '@open-wc/testing';
import '../../elements/room-player/define.js';
import type { RoomPlayer } from '../../elements/room-player/room-player.js';
import { clearPlayers } from './support/player-scene.js';
import { find, maybe } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

const uri = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';
const at = (path: string): string => new URL(path, location.origin).href;
/** The simulator's own script of the iFrame API; the frames that it makes are empty here, and a test speaks for them. */
const endpoints = { embed: at('/demo/services/spotify/client/iframe-api.ts'), oembed: at('/no-oembed') };

async function opened(uris: readonly string[] = []): Promise<RoomPlayer> {
  const player = document.createElement('room-player');
  player.endpoints = endpoints;
  player.uris = uris;
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

describe("Spotify's embed in a real page", () => {
  afterEach(async () => {
    clearPlayers();
    // A task later a player that was taken out has let go of the page.
    await aTimeout(0);
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
});
