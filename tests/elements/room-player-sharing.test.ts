import { expect } from '@open-wc/testing';
import { RoomReadyEvent, TrackRequestEvent, TrackShareEvent } from '../../src/track-events.js';
import { restoreActivation, setActivation } from './support/activation.js';
import { playing, type FakeSession } from './support/fake-session.js';
import { settled } from './support/player-host.js';
import { clearPlayers, shownPlayer, type PlayerScene } from './support/player-scene.js';
import { recordWarnings } from './support/warnings.js';
import { button, find, maybeButton } from './support/shadow.js';
import { track } from './support/tracks.js';

const uri = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';

const actions = ({ player }: PlayerScene): Element => find(player, 'player-actions');
const offers = (scene: PlayerScene): boolean => maybeButton(actions(scene), 'Share Track 1 in the chat') !== undefined;

async function playerWith(...rooms: HTMLElement[]): Promise<PlayerScene & { ready(room: HTMLElement, available?: boolean): Promise<void> }> {
  const scene = await shownPlayer(playing(), rooms);
  return Object.assign(scene, {
    async ready(room: HTMLElement, available = true) {
      room.dispatchEvent(new RoomReadyEvent(available));
      await settled(scene.player);
    },
  });
}

/** `connect()` succeeds, or comes to nothing. */
function connecting(session: FakeSession, works = true): void {
  session.controls.connect = async () => {
    session.calls.push(['connect']);
    await Promise.resolve();
    if (works) session.show({ status: 'ready' });
  };
}

describe('<room-player> and the rooms around', () => {
  afterEach(() => {
    clearPlayers();
    restoreActivation();
  });

  describe('sharing', () => {
    it('is offered while a room takes it', async () => {
      const room = document.createElement('div');
      const scene = await playerWith(room);
      expect(offers(scene)).to.equal(false);
      await scene.ready(room);
      expect(offers(scene)).to.equal(true);
      await scene.ready(room, false);
      expect(offers(scene)).to.equal(false);
    });

    it('counts rooms, not what they say', async () => {
      const [one, two] = [document.createElement('div'), document.createElement('div')];
      const scene = await playerWith(one, two);
      await scene.ready(one);
      await scene.ready(one);
      await scene.ready(two);
      await scene.ready(one, false);
      expect(offers(scene)).to.equal(true);
      await scene.ready(two, false);
      expect(offers(scene)).to.equal(false);
    });

    it('knows two rooms in one shadow tree apart', async () => {
      const shell = document.createElement('div');
      const root = shell.attachShadow({ mode: 'open' });
      const [one, two] = [document.createElement('p'), document.createElement('p')];
      root.append(one, two);
      const scene = await playerWith(shell);
      await scene.ready(one);
      await scene.ready(two);
      await scene.ready(one, false);
      expect(offers(scene)).to.equal(true);
    });

    it('hears of a room elsewhere in the page, and of one that is gone, by its name in the event', async () => {
      const scene = await playerWith();
      const room = document.createElement('div');
      scene.player.dispatchEvent(new RoomReadyEvent(true, room));
      await settled(scene.player);
      expect(offers(scene)).to.equal(true);
      scene.player.dispatchEvent(new RoomReadyEvent(false, room));
      await settled(scene.player);
      expect(offers(scene)).to.equal(false);
    });

    it('hands what is shared to whoever listens on the player', async () => {
      const room = document.createElement('div');
      const scene = await playerWith(room);
      await scene.ready(room);
      const shared: TrackShareEvent[] = [];
      scene.player.addEventListener(TrackShareEvent.type, (event) => shared.push(event));
      button(actions(scene), 'Share Track 1 in the chat').click();
      expect(shared.map((event) => [event.uri, event.title, event.artists])).to.deep.equal([[track(1).uri, 'Track 1', 'Artist 1']]);
      expect(scene.session.calls).to.deep.equal([]);
    });
  });

  describe('a request to play', () => {
    it('is answered from the visitor’s own click', async () => {
      const room = document.createElement('div');
      const { session } = await playerWith(room);
      setActivation(true);
      room.dispatchEvent(new TrackRequestEvent(uri));
      expect(session.calls).to.deep.equal([['play', uri]]);
    });

    it('connects first, within the click, and then plays', async () => {
      const { player, session } = await shownPlayer();
      connecting(session);
      setActivation(true);
      player.dispatchEvent(new TrackRequestEvent(uri));
      expect(session.calls).to.deep.equal([['connect']]);
      await settled(player);
      expect(session.calls).to.deep.equal([['connect'], ['play', uri]]);
    });

    it('plays nothing when connecting comes to nothing', async () => {
      const { player, session } = await shownPlayer();
      connecting(session, false);
      setActivation(true);
      player.dispatchEvent(new TrackRequestEvent(uri));
      await settled(player);
      expect(session.calls).to.deep.equal([['connect']]);
    });

    it('plays the newest of several that waited for the connection', async () => {
      const { player, session } = await shownPlayer();
      connecting(session);
      setActivation(true);
      const later = 'spotify:album:4uLU6hMCjMI75M1A2tKUQC';
      player.dispatchEvent(new TrackRequestEvent(uri));
      player.dispatchEvent(new TrackRequestEvent(later));
      await settled(player);
      expect(session.calls.filter(([name]) => name === 'play')).to.deep.equal([['play', later]]);
    });

    it('is answered by the nearest player alone', async () => {
      const { player } = await shownPlayer(playing());
      const outside: Event[] = [];
      document.body.addEventListener(TrackRequestEvent.type, (event) => outside.push(event), { once: true });
      setActivation(true);
      player.dispatchEvent(new TrackRequestEvent(uri));
      expect(outside).to.deep.equal([]);
    });

    for (const isActive of [false, undefined]) {
      it(`is not answered without a click of the visitor’s (${isActive === undefined ? 'a browser that does not tell' : 'by the browser’s word'})`, async () => {
        const { warnings, restore } = recordWarnings();
        try {
          setActivation(isActive);
          const { player, session } = await shownPlayer(playing());
          player.dispatchEvent(new TrackRequestEvent(uri));
          // Script can click, but not as the visitor does.
          const forged = document.createElement('button');
          forged.addEventListener('click', () => player.dispatchEvent(new TrackRequestEvent(uri)));
          player.append(forged);
          forged.click();
          await settled(player);
          expect(session.calls).to.deep.equal([]);
          expect(warnings).to.have.length(2);
          expect(warnings.join()).not.to.contain(uri);
        } finally {
          restore();
        }
      });
    }

    for (const hostile of [
      'javascript:alert(1)',
      'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC',
      'spotify:user:4uLU6hMCjMI75M1A2tKUQC',
      'spotify:artist:4uLU6hMCjMI75M1A2tKUQC',
      'spotify:track:4uLU6hMCjMI75M1A2tKUQ',
      'spotify:track:4uLU6hMCjMI75M1A2tKUQC4',
      'spotify:track:4uLU6hMCjMI75M1A2tKU_C',
      'spotify:track:4uLU6hMCjMI75M1A2tKUQC\n',
      ' spotify:track:4uLU6hMCjMI75M1A2tKUQC',
      'SPOTIFY:TRACK:4uLU6hMCjMI75M1A2tKUQC',
      `spotify:track:${'a'.repeat(10_000)}`,
      '',
    ]) {
      it(`is not answered for ${JSON.stringify(hostile).slice(0, 60)}`, async () => {
        const { player, session } = await shownPlayer(playing());
        setActivation(true);
        player.dispatchEvent(new TrackRequestEvent(hostile));
        player.dispatchEvent(Object.assign(new Event(TrackRequestEvent.type), { uri: { toString: () => uri } }));
        await settled(player);
        expect(session.calls).to.deep.equal([]);
      });
    }
  });
});
