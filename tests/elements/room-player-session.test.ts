import { ContextConsumer } from '@lit/context';
import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { RoomPlayer } from '../../elements/room-player/room-player.js';
import { playerStateContext } from '../../src/contexts/player-state.js';
import { PlayerErrorEvent, PlayerStateChangeEvent } from '../../src/events.js';
import { createDefaultSession } from '../../src/player/default-session.js';
import type { PlayerProblem, PlayerSnapshot } from '../../src/player/snapshot.js';
import { FakeSession, playing } from './support/fake-session.js';
import { clearPlayers, playerScene, shownPlayer } from './support/player-scene.js';
import { maybeButton, words } from './support/shadow.js';
import { track } from './support/tracks.js';

/** As the chat does: it asks for the state, and shows it. */
class StateReader extends LitElement {
  readonly seen: PlayerSnapshot[] = [];
  readonly consumer = new ContextConsumer(this, {
    context: playerStateContext,
    subscribe: true,
    callback: (snapshot) => this.seen.push(snapshot),
  });
}
customElements.define('state-reader', StateReader);

const reader = (): StateReader => document.createElement('state-reader') as StateReader;

/** Runs `act` and returns what was warned of meanwhile. */
async function warnings(act: () => Promise<unknown>): Promise<string[]> {
  const warn = console.warn;
  const said: string[] = [];
  console.warn = (...words: unknown[]) => void said.push(words.join(' '));
  try {
    await act();
  } finally {
    console.warn = warn;
  }
  return said;
}

describe('<room-player> and its session', () => {
  afterEach(clearPlayers);

  it('makes one session, from what the page says, and takes an earlier sign-in up silently', async () => {
    const { player, session, sessions, options } = await shownPlayer();
    await player.updateComplete;
    expect(sessions).to.have.length(1);
    expect(options[0]?.clientId).to.equal('client');
    expect(session.restored).to.equal(1);
    expect(session.calls).to.deep.equal([]);
  });

  const attributes = {
    'client-id': 'abc',
    'redirect-uri': '/callback',
    endpoints: '/spotify',
    'storage-key': 'left',
    name: 'The kitchen',
    volume: '0.4',
  };
  const made = { clientId: 'abc', redirectUri: '/callback', endpoints: '/spotify', storageKey: 'left', name: 'The kitchen', volume: 0.4, uris: [] };

  it('takes attributes that were there before it was attached', async () => {
    const { player, options } = playerScene();
    for (const [name, value] of Object.entries(attributes)) player.setAttribute(name, value);
    document.body.append(player);
    await player.updateComplete;
    expect(options).to.deep.equal([made]);
  });

  it('takes attributes that are set right after', async () => {
    const { player, options } = playerScene();
    document.body.append(player);
    for (const [name, value] of Object.entries(attributes)) player.setAttribute(name, value);
    await player.updateComplete;
    expect(options).to.deep.equal([made]);
  });

  it('takes attributes that come later still, with a session in place of the first', async () => {
    const { player, options, sessions } = await shownPlayer();
    for (const [name, value] of Object.entries(attributes)) player.setAttribute(name, value);
    await player.updateComplete;
    expect(options.at(-1)).to.deep.equal(made);
    expect(sessions.map(({ disposed }) => disposed)).to.deep.equal([1, 0]);
    // What the first one still reports is nobody's any more.
    sessions[0]?.show(playing());
    expect(player.snapshot.status).to.equal('signed-out');
  });

  it('does not end the music for another name or starting level', async () => {
    const { player, sessions, show } = await shownPlayer();
    await show(playing());
    player.name = 'The kitchen';
    player.volume = 0.1;
    await player.updateComplete;
    expect(sessions).to.have.length(1);
    expect(sessions[0]?.disposed).to.equal(0);
  });

  it('without a client ID makes no session before the visitor’s click, and takes a client ID that comes later', async () => {
    const { player, sessions } = playerScene();
    const said = await warnings(async () => {
      player.clientId = '';
      document.body.append(player);
      await player.updateComplete;
    });
    expect(said).to.deep.equal([]);
    expect(sessions).to.have.length(0);
    expect(player.snapshot).to.include({ status: 'signed-out', engine: 'embed' });
    expect(maybeButton(player, 'Connect Spotify')).to.equal(undefined);
    await player.pause();

    player.setAttribute('client-id', 'abc');
    await player.updateComplete;
    expect(player.snapshot).to.include({ status: 'signed-out', engine: 'account' });
    expect(sessions).to.have.length(1);
    expect(sessions[0]?.restored).to.equal(1);
  });

  it('keeps its session when it is moved', async () => {
    const { player, session, clock, show } = await shownPlayer();
    await show(playing());
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(player);
    player.remove();
    document.body.append(player);
    clock.tick(1000);
    await player.updateComplete;
    expect(session.disposed).to.equal(0);
    expect(session.restored).to.equal(1);
    expect(player.snapshot.track).to.deep.equal(track(1));
    elsewhere.remove();
  });

  it('gives its session up when it is removed, and makes a new one when it comes back', async () => {
    const { player, sessions, clock, show } = await shownPlayer();
    await show(playing());
    player.remove();
    expect(sessions[0]?.disposed).to.equal(0);
    clock.tick(0);
    expect(sessions[0]?.disposed).to.equal(1);
    expect(player.snapshot.status).to.equal('signed-out');
    expect(player.snapshot.track).to.equal(null);

    document.body.append(player);
    await player.updateComplete;
    expect(sessions).to.have.length(2);
    expect(sessions[1]?.restored).to.equal(1);
  });

  it('makes no session while it is out of the page', async () => {
    const { player, sessions, clock } = await shownPlayer();
    player.remove();
    clock.tick(0);
    player.clientId = 'other';
    await player.updateComplete;
    expect(sessions).to.have.length(1);
  });

  it('does nothing but finish the sign-in in the window that Spotify sends back', async () => {
    const { player, sessions } = playerScene();
    let finished = 0;
    player.finishSignIn = () => {
      finished++;
      return true;
    };
    document.body.append(player);
    await player.updateComplete;
    expect(finished).to.equal(1);
    expect(sessions).to.have.length(0);
    expect(words(player.shadowRoot?.firstElementChild ?? null)).to.equal('Signing in. This window closes by itself.');
  });

  describe('for the host page', () => {
    it('wraps the host’s own player, and takes its tokens, without a client ID', async () => {
      const scene = playerScene();
      const { player, options, clock } = scene;
      const own = { connect: () => Promise.resolve(true) } as unknown as Spotify.Player;
      const getToken = (): string => 'token';
      player.clientId = '';
      player.player = own;
      player.getToken = getToken;
      document.body.append(player);
      await player.updateComplete;
      expect(options).to.have.length(1);
      expect(options[0]?.player).to.equal(own);
      expect(await options[0]?.getToken?.()).to.equal('token');
      expect(player.snapshot.status).to.equal('signed-out');
      player.player = undefined;
      await player.updateComplete;
      clock.tick(0);
      expect(options).to.have.length(2);
      expect('player' in (options[1] ?? {})).to.equal(false);
    });

    it('asks for media keys where the page says so', async () => {
      const { player, options } = playerScene();
      player.setAttribute('media-session', '');
      document.body.append(player);
      await player.updateComplete;
      expect(options[0]?.mediaSession).to.equal(true);
    });

    it('does not end the music for media keys: a change waits until the visitor has disconnected', async () => {
      const { player, sessions, options, show } = await shownPlayer();
      await show(playing());
      player.mediaSession = true;
      await player.updateComplete;
      expect(sessions.map(({ disposed }) => disposed)).to.deep.equal([0]);
      expect(options.map(({ mediaSession }) => mediaSession)).to.deep.equal([undefined]);

      await show({ status: 'signed-out', track: null });
      expect(sessions.map(({ disposed }) => disposed)).to.deep.equal([1, 0]);
      expect(options.map(({ mediaSession }) => mediaSession)).to.deep.equal([undefined, true]);
    });

    it('hands every command on to the session', async () => {
      const { player, session } = await shownPlayer(playing());
      await player.connect();
      await player.play('spotify:track:1');
      await player.play({ context: 'spotify:album:1', offset: 2 });
      await player.pause();
      await player.resume();
      await player.next();
      await player.previous();
      await player.seek(1500);
      await player.setVolume(0.2);
      expect(await player.addToQueue('spotify:track:2')).to.equal(true);
      await player.disconnect();
      expect(session.calls).to.deep.equal([
        ['connect'],
        ['play', 'spotify:track:1'],
        ['play', { context: 'spotify:album:1', offset: 2 }],
        ['pause'],
        ['resume'],
        ['next'],
        ['previous'],
        ['seek', 1500],
        ['setVolume', 0.2],
        ['addToQueue', 'spotify:track:2'],
        ['disconnect'],
      ]);
    });

    it('connects within the click, even before its first rendering', () => {
      const scene = playerScene();
      document.body.append(scene.player);
      void scene.player.connect();
      expect(scene.session.calls).to.deep.equal([['connect']]);
      expect(scene.sessions).to.have.length(1);
    });

    it('takes commands outside the page for what they are: nobody’s', async () => {
      const { player, sessions } = playerScene();
      await player.connect();
      expect(await player.addToQueue('spotify:track:1')).to.equal(false);
      expect(sessions).to.have.length(0);
    });

    it('tells of each change, to itself alone', async () => {
      const parent = document.createElement('div');
      const { player, show } = await shownPlayer();
      document.body.append(parent);
      parent.append(player);
      const seen: PlayerSnapshot[] = [];
      const bubbled: Event[] = [];
      player.addEventListener('player-state-change', ({ snapshot }) => seen.push(snapshot));
      for (const type of [PlayerStateChangeEvent.type, PlayerErrorEvent.type]) parent.addEventListener(type, (event) => bubbled.push(event));
      await show({ status: 'loading' });
      await show(playing());
      expect(seen.map(({ status }) => status)).to.deep.equal(['loading', 'ready']);
      expect(seen.at(-1)).to.equal(player.snapshot);
      expect(Object.isFrozen(player.snapshot)).to.equal(true);
      expect(bubbled).to.deep.equal([]);
      parent.remove();
    });

    it('tells of each problem once, and of the next one of the same kind again', async () => {
      const { player, show } = await shownPlayer(playing());
      const seen: PlayerProblem[] = [];
      player.addEventListener('player-error', ({ problem }) => seen.push(problem));
      const problem: PlayerProblem = { code: 'network', remedy: 'none' };
      await show({ problem });
      await show({ volume: 0.3 });
      await show({ problem: null });
      await show({ problem: { ...problem } });
      expect(seen).to.deep.equal([problem, problem]);
    });
  });

  describe('and the state’s readers', () => {
    it('reach what stands inside, from the beginning and on every change', async () => {
      const inside = reader();
      const { player, show } = await shownPlayer({}, [inside]);
      await show(playing());
      expect(inside.seen.at(-1)).to.equal(player.snapshot);
      expect(inside.seen.filter(({ status }) => status === 'ready')).to.have.length(1);
    });

    it('reach one that came first: a chat that is upgraded before its player', async () => {
      const late = document.createElement('late-room-player');
      const inside = reader();
      late.append(inside);
      document.body.append(late);
      expect(inside.seen).to.deep.equal([]);

      const session = new FakeSession(playing());
      customElements.define(
        'late-room-player',
        class extends RoomPlayer {
          override clientId = 'client';
          override createSession = (): FakeSession => session;
        },
      );
      expect(late).to.be.instanceOf(RoomPlayer);
      await (late as RoomPlayer).updateComplete;
      expect(inside.seen.at(-1)?.track).to.deep.equal(track(1));
      session.show({ track: track(2) });
      expect(inside.seen.filter((snapshot) => snapshot.track?.uri === track(2).uri)).to.have.length(1);
      late.remove();
    });

    it('reach one that comes later', async () => {
      const { player, show } = await shownPlayer();
      await show(playing());
      const inside = reader();
      player.append(inside);
      expect(inside.seen).to.deep.equal([player.snapshot]);
    });

    it('reach one that moves along with the player', async () => {
      const inside = reader();
      const { player, show } = await shownPlayer({}, [inside]);
      player.remove();
      document.body.append(player);
      await show(playing());
      expect(inside.seen.at(-1)).to.equal(player.snapshot);
    });
  });

  it('asks nobody for anything before the visitor connects', async () => {
    const asked: string[] = [];
    const originals = { fetch: window.fetch, open: window.open, send: XMLHttpRequest.prototype.send, socket: window.WebSocket };
    const requests = new PerformanceObserver((list) => {
      asked.push(...list.getEntries().map(({ name }) => name).filter((name) => new URL(name).origin !== location.origin));
    });
    const added = new MutationObserver((changes) => {
      const nodes = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element);
      asked.push(...nodes.filter((node) => node.matches('script, iframe, link, img')).map((node) => node.outerHTML));
    });
    const stored = JSON.stringify({ ...localStorage, ...sessionStorage });
    window.fetch = (...words) => {
      asked.push(`fetch ${String(words[0])}`);
      return Promise.reject(new TypeError());
    };
    window.open = (url) => {
      asked.push(`open ${String(url)}`);
      return null;
    };
    XMLHttpRequest.prototype.send = () => void asked.push('XMLHttpRequest');
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL) {
        asked.push(`WebSocket ${String(url)}`);
        super(url);
      }
    };
    requests.observe({ type: 'resource' });
    added.observe(document, { childList: true, subtree: true });
    try {
      const { player } = playerScene();
      player.createSession = createDefaultSession;
      document.body.append(player);
      await player.updateComplete;
      for (let frame = 0; frame < 5; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(player.snapshot.status).to.equal('signed-out');
    } finally {
      requests.disconnect();
      added.disconnect();
      window.fetch = originals.fetch;
      window.open = originals.open;
      window.WebSocket = originals.socket;
      XMLHttpRequest.prototype.send = originals.send;
    }
    expect(asked).to.deep.equal([]);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).to.equal(stored);
  });
});
