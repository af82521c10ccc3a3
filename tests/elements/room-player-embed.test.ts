import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../elements/room-player/define.js';
import { adopt, checkedUris, EmbedPanel, embedStyles, Shortcuts } from '../../elements/room-player/embed.js';
import type { RoomPlayer } from '../../elements/room-player/room-player.js';
import type { EmbedSession, EmbedSessionOptions } from '../../src/player/embed-session.js';
import type { PlayerErrorCode, PlayerSnapshot } from '../../src/player/snapshot.js';
import { TrackRequestEvent } from '../../src/track-events.js';
import { restoreActivation, setActivation } from './support/activation.js';
import { FakeSession, playing } from './support/fake-session.js';
import { clearPlayers, playerScene, type PlayerScene } from './support/player-scene.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, buttonNames, find, maybe, maybeButton, words } from './support/shadow.js';
import { recordWarnings } from './support/warnings.js';
import { waitUntil } from './support/wait.js';

const said = (player: Element): string => all(player, '[role="status"]').map(words).filter(Boolean).join(' ');
const uri = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';
const failed = (code: PlayerErrorCode): Partial<PlayerSnapshot> => ({ status: 'failed', problem: { code, remedy: 'connect' } });

class FakeEmbed extends FakeSession implements EmbedSession {
  readonly surface = Object.assign(document.createElement('div'), { hidden: true });

  constructor(change: Partial<PlayerSnapshot> = {}) {
    super({ engine: 'embed', capabilities: [], ...change });
  }

  override dispose(): void {
    super.dispose();
    this.surface.replaceChildren();
  }
}

interface EmbedScene extends PlayerScene {
  readonly embeds: readonly FakeEmbed[];
  readonly given: readonly EmbedSessionOptions[];
  /** How often the code for the embed was asked for. */
  readonly loads: () => number;
  readonly embed: () => FakeEmbed;
}

async function embedScene(clientId = '', set: (player: RoomPlayer) => void = () => undefined): Promise<EmbedScene> {
  const scene = playerScene();
  const embeds: FakeEmbed[] = [];
  const given: EmbedSessionOptions[] = [];
  let loads = 0;
  scene.player.clientId = clientId;
  scene.player.loadEmbed = async () => {
    loads++;
    return {
      adopt,
      checkedUris,
      embedStyles,
      EmbedPanel,
      Shortcuts,
      createEmbedSession: (options) => {
        given.push(options);
        const embed = new FakeEmbed();
        embeds.push(embed);
        return embed;
      },
    };
  };
  set(scene.player);
  document.body.append(scene.player);
  await scene.player.updateComplete;
  const embed = (): FakeEmbed => {
    const newest = embeds.at(-1);
    if (!newest) throw new Error('There is no embed.');
    return newest;
  };
  // The scene's getters are read anew each time.
  return Object.assign(Object.create(scene) as PlayerScene, { embeds, given, loads: () => loads, embed });
}

async function listens(scene: EmbedScene, change: Partial<PlayerSnapshot> = {}): Promise<void> {
  await scene.player.listenWithoutSigningIn();
  scene.embed().surface.hidden = false;
  scene.embed().show({ status: 'ready', ...change });
  await scene.player.updateComplete;
}

/** As the real one: its `connect()` resolves once it is ready. */
function getsReady(session: EmbedSession, { embed }: EmbedScene): EmbedSession {
  const { connect } = session.controls;
  return Object.assign(session, {
    controls: {
      ...session.controls,
      connect: async () => {
        await connect();
        embed().show({ status: 'ready' });
      },
    },
  });
}

describe('<room-player> without sign-in', () => {
  // Only a real click may load it: here the browser's own word for one stands in.
  beforeEach(() => setActivation(true));
  afterEach(() => {
    clearPlayers();
    restoreActivation();
  });

  it('a page that asks for it when nobody clicks gets nothing but a warning, and what plays goes on', async () => {
    setActivation(false);
    const scene = await embedScene();
    const { warnings, restore } = recordWarnings();
    await scene.player.connect();
    await scene.player.play(uri);
    scene.player.clientId = 'client';
    await scene.player.updateComplete;
    await scene.show(playing());
    await scene.player.listenWithoutSigningIn();
    restore();
    expect(warnings).to.have.length(3);
    expect(warnings[0]).to.contain('for a click or a key of the visitor');
    expect(scene.loads()).to.equal(0);
    expect(scene.session.disposed).to.equal(0);
    expect(scene.player.snapshot.paused).to.equal(false);
  });

  it('gets nothing either after a visitor who listened has disconnected, on a page where it is all there is', async () => {
    const scene = await embedScene();
    const { player } = scene;
    await listens(scene, playing());
    const { calls } = scene.embed();
    scene.embed().show({ status: 'signed-out', track: null, paused: true });
    await player.updateComplete;
    setActivation(false);
    const { warnings, restore } = recordWarnings();
    const before = calls.length;
    await player.connect();
    await player.play(uri);
    await player.resume();
    restore();
    expect(warnings).to.have.length(2);
    expect(calls).to.have.length(before);
    expect(scene.embeds).to.have.length(1);
    expect(maybe(player, '.embed')).to.equal(null);

    setActivation(true);
    button(player, 'Listen without signing in').click();
    await waitUntil(() => scene.embeds.length === 2, 'another embed');
    expect(scene.embed().calls).to.deep.equal([['connect']]);
  });

  it('loads in a browser that does not tell of clicks', async () => {
    setActivation(undefined);
    const scene = await embedScene();
    await scene.player.listenWithoutSigningIn();
    expect(scene.loads()).to.equal(1);
  });

  it('on a page without client ID it is what there is, and nothing of it loads before the click', async () => {
    const scene = await embedScene();
    const { player } = scene;
    expect(buttonNames(player)).to.deep.equal(['Listen without signing in']);
    expect(said(player)).to.contain('previews if not').and.to.contain('Nothing is asked of Spotify before you start');
    expect(scene.loads()).to.equal(0);
    expect(scene.sessions).to.have.length(0);
    expect(player.snapshot).to.include({ status: 'signed-out', engine: 'embed' });
    button(player, 'Listen without signing in').click();
    expect(player.snapshot.status).to.equal('loading');
    await player.updateComplete;
    expect(scene.loads()).to.equal(1);
  });

  it('beside Connect Spotify it says what it is', async () => {
    const { player } = await embedScene('client');
    expect(buttonNames(player)).to.deep.equal(['Connect Spotify', 'Listen without signing in']);
    expect(words(find(player, '.aside'))).to.contain('Without signing in');
  });

  it('the host’s own sign-in is not doubled', async () => {
    const { player } = await embedScene('', (element) => (element.getToken = () => 'token'));
    expect(buttonNames(player)).to.deep.equal(['Connect Spotify']);
  });

  for (const code of ['premium-required', 'not-on-list', 'owner-premium'] as const) {
    it(`whose account may not play (${code}) is offered it first`, async () => {
      const scene = await embedScene('client');
      await scene.show(failed(code));
      expect(buttonNames(scene.player)).to.deep.equal(['Listen without signing in', 'Connect Spotify', 'Disconnect']);
      expect(button(scene.player, 'Listen without signing in').className).to.equal('primary');
      button(scene.player, 'Listen without signing in').click();
      await waitUntil(() => scene.embeds.length === 1, 'an embed');
      expect(scene.session.disposed).to.equal(1);
      expect(scene.embed().calls).to.deep.equal([['connect']]);
    });
  }

  for (const [state, change] of [
    ['has nothing chosen', { status: 'ready' }],
    ['plays', playing()],
    ['waits for its device', playing({ status: 'reconnecting' })],
    ['plays on another device', { status: 'elsewhere', elsewhere: 'Kitchen' }],
  ] as const) {
    it(`who is on an account that ${state} may change to it, in a card that is 320 px wide`, async () => {
      const scene = await embedScene('client', (element) => (element.style.inlineSize = '320px'));
      await scene.show(change);
      const other = button(scene.player, 'Listen without signing in');
      expect(other.className).to.equal('quiet');
      const card = find(scene.player, '.card');
      expect(card.scrollWidth).to.be.at.most(card.clientWidth);
      // On one line.
      expect(other.getBoundingClientRect().height).to.be.at.most(32);
      other.click();
      await waitUntil(() => scene.embeds.length === 1, 'an embed');
      expect(scene.embed().calls).to.deep.equal([['connect']]);
    });
  }

  it('is not offered beside the music of the host’s own sign-in', async () => {
    const scene = await embedScene('', (element) => (element.getToken = () => 'token'));
    await scene.show(playing());
    expect(buttonNames(scene.player)).not.to.include('Listen without signing in');
  });

  it('is not offered to a page that has a player in use already', async () => {
    const scene = await embedScene('client');
    await scene.show(failed('page-taken'));
    expect(maybeButton(scene.player, 'Listen without signing in')).to.equal(undefined);
  });

  it('changing to it stops the old sound first; changing back as well, without a sign-in of its own', async () => {
    const scene = await embedScene('client');
    await scene.show(playing());
    const order: string[] = [];
    const { session } = scene;
    session.dispose = () => void order.push('the account is silent');
    const { loadEmbed } = scene.player;
    scene.player.loadEmbed = () => {
      order.push('the embed loads');
      return loadEmbed();
    };
    await listens(scene, playing());
    expect(order).to.deep.equal(['the account is silent', 'the embed loads']);
    expect(find(scene.player, '.embed').firstElementChild).to.equal(scene.embed().surface);
    button(scene.player, 'Connect Spotify').click();
    expect(scene.embed().disposed).to.equal(1);
    expect(scene.sessions).to.have.length(2);
    expect(scene.session.calls).to.deep.equal([['connect']]);
    expect(scene.session.restored).to.equal(0);
    await scene.player.updateComplete;
    expect(maybe(scene.player, '.embed')).to.equal(null);
  });

  describe('what plays on a player that its session only lets go', () => {
    /** What the session was asked for by the time of its end. */
    const callsBeforeEnd = ({ session }: EmbedScene): readonly (readonly unknown[])[] => {
      const calls: (readonly unknown[])[] = [];
      session.dispose = () => void calls.push(...session.calls);
      return calls;
    };

    it('is paused before that', async () => {
      const scene = await embedScene('client');
      await scene.show(playing());
      const calls = callsBeforeEnd(scene);
      await scene.player.listenWithoutSigningIn();
      expect(calls).to.deep.equal([['pause']]);
    });

    it('is not touched where nothing plays on it', async () => {
      const scene = await embedScene('client');
      await scene.show(playing({ paused: true }));
      const calls = callsBeforeEnd(scene);
      await scene.player.listenWithoutSigningIn();
      expect(calls).to.deep.equal([]);
      expect(scene.session.calls).to.deep.equal([]);
    });

    it('plays on where the host page takes it back, for the visitor has changed nothing', async () => {
      const scene = await embedScene('client');
      await scene.show(playing());
      const calls = callsBeforeEnd(scene);
      scene.player.clientId = '';
      await scene.player.updateComplete;
      expect(scene.player.snapshot.engine).to.equal('embed');
      expect(calls).to.deep.equal([]);
    });
  });

  it('disconnecting leads back to the choice, and signs nobody in', async () => {
    const scene = await embedScene('client');
    await listens(scene);
    button(scene.player, 'Disconnect').click();
    expect(scene.embed().calls.at(-1)).to.deep.equal(['disconnect']);
    scene.embed().show({ status: 'signed-out', track: null });
    await scene.player.updateComplete;
    await scene.player.updateComplete;
    expect(scene.embed().disposed).to.equal(1);
    expect(buttonNames(scene.player)).to.deep.equal(['Connect Spotify', 'Listen without signing in']);
    expect(scene.session.restored).to.equal(0);
  });

  it('disconnecting forgets the account as well that was left for it', async () => {
    const scene = await embedScene('client');
    await scene.show(playing());
    await listens(scene, playing());
    const before = scene.sessions.length;
    scene.embed().controls.disconnect = async () => scene.embed().show({ status: 'signed-out', track: null });
    await scene.player.disconnect();
    expect(scene.sessions).to.have.length(before + 1);
    expect(scene.session.calls).to.deep.equal([['disconnect']]);
    expect(scene.session.restored).to.equal(0);
    expect(scene.player.snapshot.status).to.equal('signed-out');
  });

  it('can be given up while its code is on its way', async () => {
    const scene = await embedScene();
    let arrive = (): void => undefined;
    const { loadEmbed } = scene.player;
    scene.player.loadEmbed = async () => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return loadEmbed();
    };
    const opened = scene.player.listenWithoutSigningIn();
    await scene.player.updateComplete;
    button(scene.player, 'Cancel').click();
    arrive();
    await opened;
    await scene.player.updateComplete;
    expect(scene.embeds).to.have.length(0);
    expect(scene.player.snapshot.status).to.equal('signed-out');
  });

  it('says so where its code does not load, and tries again', async () => {
    const scene = await embedScene();
    const { loadEmbed } = scene.player;
    scene.player.loadEmbed = () => Promise.reject(new TypeError('no network'));
    await scene.player.listenWithoutSigningIn();
    await scene.player.updateComplete;
    expect(said(scene.player)).to.contain('player could not load');
    scene.player.loadEmbed = loadEmbed;
    button(scene.player, 'Try again').click();
    await waitUntil(() => scene.embeds.length === 1, 'an embed');
    expect(scene.embed().calls).to.deep.equal([['connect']]);
  });

  it('has the controls that the embed has, and one line on the others', async () => {
    const scene = await embedScene('client');
    await listens(scene, playing());
    const { player } = scene;
    const names = all(find(player, 'player-controls'), 'button, input').map((each) => each.getAttribute('aria-label'));
    expect(names).to.deep.equal(['Seek', 'Pause']);
    expect(words(find(player, '[part="not-here"]'))).to.contain('Volume, skipping, search and queue are not available here');
    for (const tag of ['track-search', 'player-queue', 'player-library', 'player-devices', 'now-playing', '.tabs']) {
      expect(maybe(player, tag), tag).to.equal(null);
    }
    scene.embed().show({ capabilities: ['skip'] });
    await player.updateComplete;
    await (find(player, 'player-controls') as LitElement).updateComplete;
    const skipping = all(find(player, 'player-controls'), 'button').map((each) => each.getAttribute('aria-label'));
    expect(skipping).to.deep.equal(['Previous', 'Pause', 'Next']);
    expect(words(find(player, '[part="not-here"]'))).to.contain('Volume, search and queue');
  });

  it('the embed stays the same element through every state', async () => {
    const scene = await embedScene();
    await listens(scene);
    const box = find(scene.player, '.embed');
    const { surface } = scene.embed();
    for (const change of [playing(), { status: 'reconnecting' }, failed('sdk-blocked'), { status: 'ready', problem: null }, playing()] as const) {
      scene.embed().show(change as Partial<PlayerSnapshot>);
      await scene.player.updateComplete;
      expect(find(scene.player, '.embed')).to.equal(box);
      expect(box.firstElementChild).to.equal(surface);
    }
  });

  it('is in sight on a page that lays out the parts itself', async () => {
    const scene = await embedScene('', (element) => (element.controls = 'none'));
    await listens(scene, playing());
    expect(maybe(scene.player, '.card')).to.equal(null);
    expect(find(scene.player, '.embed').firstElementChild).to.equal(scene.embed().surface);
  });

  it('is whole and in sight whatever the page styles, and gone where nothing is loaded', async () => {
    const style = document.createElement('style');
    style.textContent = `room-player::part(embed) {
      display: none; visibility: hidden; opacity: 0.1; block-size: 0; max-block-size: 4px; max-inline-size: 4px; overflow: hidden;
      clip-path: inset(50%); mask: linear-gradient(transparent, transparent); transform: scale(0); filter: blur(9px); }`;
    document.head.append(style);
    try {
      const scene = await embedScene();
      await listens(scene, playing());
      const { surface } = scene.embed();
      surface.append(document.createElement('iframe'));
      const box = find(scene.player, '.embed');
      const { display, visibility, opacity, overflow, clipPath, maskImage, transform, filter } = getComputedStyle(box);
      expect({ display, visibility, opacity, overflow, clipPath, maskImage, transform, filter }).to.deep.equal({
        ...{ display: 'block', visibility: 'visible', opacity: '1', overflow: 'visible' },
        ...{ clipPath: 'none', maskImage: 'none', transform: 'none', filter: 'none' },
      });
      expect(box.getBoundingClientRect().height).to.equal(152);
      expect(box.getBoundingClientRect().width).to.be.at.least(200);
      surface.hidden = true;
      expect(getComputedStyle(box).display).to.equal('none');
    } finally {
      style.remove();
    }
  });

  it('removing the element ends it', async () => {
    const scene = await embedScene();
    await listens(scene, playing());
    scene.player.remove();
    scene.clock.tick(0);
    expect(scene.embed().disposed).to.equal(1);
  });

  describe('a pasted link', () => {
    const paste = async (player: RoomPlayer, text: string): Promise<void> => {
      const input = find(player, '#link') as HTMLInputElement;
      input.value = text;
      button(player, 'Play this link').click();
      await player.updateComplete;
    };

    it('plays', async () => {
      const scene = await embedScene();
      await listens(scene);
      await paste(scene.player, ' https://open.spotify.com/intl-de/album/4uLU6hMCjMI75M1A2tKUQC?si=1 ');
      expect(scene.embed().calls.at(-1)).to.deep.equal(['play', 'spotify:album:4uLU6hMCjMI75M1A2tKUQC']);
      expect((find(scene.player, '#link') as HTMLInputElement).value).to.equal('');
    });

    it('that is none stays, with a sentence that goes with the next letter', async () => {
      const scene = await embedScene();
      await listens(scene);
      const { player } = scene;
      await paste(player, 'Salt on the Window');
      const input = find(player, '#link') as HTMLInputElement;
      expect(input.value).to.equal('Salt on the Window');
      expect(input.getAttribute('aria-invalid')).to.equal('true');
      expect(said(player)).to.contain('no link to a track, an album, a playlist or an episode');
      expect(scene.embed().calls).to.deep.equal([['connect']]);
      input.dispatchEvent(new InputEvent('input'));
      await player.updateComplete;
      expect(input.getAttribute('aria-invalid')).to.equal('false');
    });
  });

  describe("the host's list", () => {
    it('is taken from the attribute, by links and URIs, and what is none is said once', async () => {
      const scene = await embedScene('', (element) => element.setAttribute('uris', `${uri}, nonsense https://open.spotify.com/episode/4uLU6hMCjMI75M1A2tKUQC`));
      const { warnings, restore } = recordWarnings();
      await scene.player.listenWithoutSigningIn();
      restore();
      expect(scene.given[0]?.uris).to.deep.equal([uri, 'spotify:episode:4uLU6hMCjMI75M1A2tKUQC']);
      expect(warnings.join()).to.contain('cannot play nonsense');
    });
  });

  it('answers `Play … for me` where the account may not play, instead of asking it once more', async () => {
    const scene = await embedScene('client');
    const { loadEmbed } = scene.player;
    scene.player.loadEmbed = async () => {
      const { createEmbedSession, ...rest } = await loadEmbed();
      return { ...rest, createEmbedSession: (options) => getsReady(createEmbedSession(options), scene) };
    };
    await scene.show(failed('premium-required'));
    const room = document.createElement('div');
    scene.player.append(room);
    const click = document.createElement('button');
    room.append(click);
    room.dispatchEvent(new TrackRequestEvent(uri));
    await waitUntil(() => scene.embeds.length === 1, 'an embed');
    await waitUntil(() => scene.embed().calls.length > 1, 'the track');
    expect(scene.embed().calls).to.deep.equal([['connect'], ['play', uri]]);
    expect(scene.session.calls).to.deep.equal([]);
  });

  for (const [state, change] of [
    ['with nothing chosen', {}],
    ['playing', playing()],
    ['failed', failed('device-timeout')],
  ] as const) {
    it(`is accessible ${state}`, async function () {
      // Two looks by axe at a whole card, on a machine that may be busy.
      this.timeout(30_000);
      const scene = await embedScene('client');
      await listens(scene, change);
      await expectAccessible(scene.player);
    });
  }
});
