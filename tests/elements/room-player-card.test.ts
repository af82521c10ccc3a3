import { expect } from '@open-wc/testing';
import type { PlayerControls } from '../../elements/player-controls/player-controls.js';
import type { PlayerSnapshot } from '../../src/player/snapshot.js';
import { playing } from './support/fake-session.js';
import { settled } from './support/player-host.js';
import { clearPlayers, shownPlayer, type PlayerScene } from './support/player-scene.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, buttonNames, find, maybe, maybeButton, press, words } from './support/shadow.js';
import { track, tracks } from './support/tracks.js';
import { waitUntil } from './support/wait.js';

const tabs = (player: Element): HTMLElement[] => all(player, '[role="tab"]');
const selected = (player: Element): string => words(find(player, '[aria-selected="true"]'));

async function choose({ player }: PlayerScene, name: string): Promise<void> {
  button(player, name).click();
  await settled(player);
}

describe('the card of <room-player>', () => {
  afterEach(clearPlayers);

  describe('its tabs', () => {
    it('show the search first, and ask nothing', async () => {
      const { player, session } = await shownPlayer(playing());
      await settled(player);
      expect(tabs(player).map(words)).to.deep.equal(['Search', 'Up next', 'Library']);
      expect(selected(player)).to.equal('Search');
      expect(session.library.asked).to.deep.equal([]);
    });

    it('show one panel at a time, named by its tab', async () => {
      const scene = await shownPlayer(playing());
      const { player } = scene;
      for (const [name, localName] of [
        ['Up next', 'player-queue'],
        ['Library', 'player-library'],
        ['Search', 'track-search'],
      ] as const) {
        await choose(scene, name);
        const shown = all(player, '[role="tabpanel"]').filter((panel) => panel.checkVisibility());
        expect(shown.map((panel) => panel.localName)).to.deep.equal([localName]);
        expect(words(find(player, `#${shown[0]?.getAttribute('aria-labelledby') ?? ''}`))).to.equal(name);
        expect(maybe(player, 'player-controls')).not.to.equal(null);
      }
    });

    it('ask for the queue when it is opened, and again only while it is', async () => {
      const scene = await shownPlayer(playing({ queue: tracks(2, 2) }));
      const { session, show } = scene;
      await choose(scene, 'Up next');
      expect(session.library.asked).to.deep.equal([['queue']]);
      await choose(scene, 'Search');
      await show({ track: track(2) });
      await settled(scene.player);
      expect(session.library.asked).to.have.length(1);
    });

    it('ask whether the track is saved only beside the library', async () => {
      const scene = await shownPlayer(playing());
      await choose(scene, 'Library');
      expect(scene.session.library.asked).to.deep.equal([['isSaved', track(1).uri]]);
      expect(button(find(scene.player, 'player-actions'), 'Save Track 1').getAttribute('aria-pressed')).to.equal('false');
    });

    it('are walked with arrows, and opened on demand', async () => {
      const { player, session } = await shownPlayer(playing());
      const stops = (): number[] => tabs(player).map(({ tabIndex }) => tabIndex);
      expect(stops()).to.deep.equal([0, -1, -1]);
      tabs(player)[0]?.focus();
      for (const [key, name] of [
        ['ArrowRight', 'Up next'],
        ['End', 'Library'],
        ['ArrowRight', 'Search'],
        ['ArrowLeft', 'Library'],
        ['Home', 'Search'],
      ] as const) {
        const { activeElement } = player.shadowRoot ?? {};
        if (!activeElement) throw new Error('Nothing has the focus.');
        expect(press(activeElement, key).defaultPrevented).to.equal(true);
        expect(words(player.shadowRoot?.activeElement ?? null)).to.equal(name);
      }
      expect(selected(player)).to.equal('Search');
      expect(session.library.asked).to.deep.equal([]);
    });

    it('begin at the search again for the next visitor', async () => {
      const scene = await shownPlayer(playing());
      await choose(scene, 'Library');
      await scene.show({ status: 'signed-out', track: null });
      await scene.show(playing());
      expect(selected(scene.player)).to.equal('Search');
    });

    for (const name of ['Up next', 'Library']) {
      it(`are accessible and stay within 280 px: ${name}`, async () => {
        const scene = await shownPlayer(playing({ queue: [track(2, { title: 'w'.repeat(60) })] }));
        const { player } = scene;
        scene.session.library.next = [track(2, { title: 'w'.repeat(60) })];
        await choose(scene, name);
        await expectAccessible(player);
        player.style.setProperty('width', '280px');
        const card = find(player, 'section');
        expect(card.scrollWidth).to.be.at.most(card.clientWidth);
      });
    }
  });

  describe('elsewhere', () => {
    it('names the device that plays, with the way back and the others', async () => {
      const { player, session } = await shownPlayer({ status: 'elsewhere', elsewhere: 'Kitchen' });
      expect(words(find(player, '[part="message"]'))).to.equal('Playing on Kitchen');
      button(player, 'Bring it here').click();
      expect(session.calls).to.deep.equal([['bringHere']]);
      expect(button(find(player, 'player-devices'), 'Devices').disabled).to.equal(false);
      await expectAccessible(player);
    });
  });

  describe('where the platform ignores the volume', () => {
    it('has no slider that would move nothing', async () => {
      const { player } = await shownPlayer(playing({ volumeFixed: true }));
      const controls = find(player, 'player-controls');
      expect(maybe(controls, '[aria-label="Volume"]')).to.equal(null);
      expect(maybeButton(controls, 'Mute')).to.equal(undefined);
    });
  });

  describe('keys', () => {
    const card = (player: Element): HTMLElement => find(player, 'section');

    for (const [key, change, calls] of [
      ['k', {}, [['pause']]],
      ['K', {}, [['pause']]],
      [' ', {}, [['pause']]],
      ['k', { paused: true }, [['resume']]],
      ['n', {}, [['next']]],
      ['p', {}, [['previous']]],
      ['m', { volume: 0.6 }, [['setVolume', 0]]],
      ['j', { paused: true }, [['seek', 53_000]]],
      ['l', { paused: true }, [['seek', 73_000]]],
      ['j', { paused: true, positionMs: 4000 }, [['seek', 0]]],
      ['l', { paused: true, positionMs: 195_000 }, [['seek', 200_000]]],
      ['n', { disallows: ['skipping-next'] }, []],
      ['k', { track: null }, []],
      ['k', { status: 'reconnecting' }, []],
      ['m', { volumeFixed: true }, []],
      ['x', {}, []],
      ['toString', {}, []],
    ] satisfies [string, Partial<PlayerSnapshot>, unknown[]][]) {
      it(`${JSON.stringify(key)} with ${JSON.stringify(change)}: ${JSON.stringify(calls)}`, async () => {
        const { player, session } = await shownPlayer(playing(change));
        expect(press(card(player), key).defaultPrevented).to.equal(calls.length > 0);
        expect(session.calls).to.deep.equal(calls);
      });
    }

    it('M gives the level back', async () => {
      const { player, session, show } = await shownPlayer(playing({ volume: 0.35 }));
      press(card(player), 'm');
      await show({ volume: 0 });
      press(card(player), 'm');
      expect(session.calls).to.deep.equal([
        ['setVolume', 0],
        ['setVolume', 0.35],
      ]);
    });

    it('M gives the level back from which the slider was dragged to 0, not one on its way', async () => {
      const { player, session, show } = await shownPlayer(playing({ volume: 0.8 }));
      const slider = find<HTMLInputElement>(find(player, 'player-controls'), '[aria-label="Volume"]');
      for (const percent of [40, 1, 0]) {
        slider.value = String(percent);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await waitUntil(() => session.calls.at(-1)?.[1] === percent / 100);
        await show({ volume: percent / 100 });
      }
      slider.dispatchEvent(new Event('change', { bubbles: true }));
      press(card(player), 'm');
      expect(session.calls.at(-1)).to.deep.equal(['setVolume', 0.8]);
    });

    it('M mutes, and the button gives the level back', async () => {
      const { player, session, show } = await shownPlayer(playing({ volume: 0.35 }));
      const controls = find<PlayerControls>(player, 'player-controls');
      press(card(player), 'm');
      await show({ pending: ['volume'] });
      await show({ volume: 0, pending: [] });
      await controls.updateComplete;
      button(controls, 'Unmute').click();
      expect(session.calls).to.deep.equal([
        ['setVolume', 0],
        ['setVolume', 0.35],
      ]);
    });

    it('work on the player’s buttons, whose own keys stay theirs', async () => {
      const { player, session } = await shownPlayer(playing());
      const next = button(find(player, 'player-controls'), 'Next');
      expect(press(next, ' ').defaultPrevented).to.equal(false);
      press(next, 'k');
      expect(session.calls).to.deep.equal([['pause']]);
    });

    it('ask once however long a key is held', async () => {
      const { player, session } = await shownPlayer(playing());
      expect(press(card(player), 'n', { repeat: true }).defaultPrevented).to.equal(true);
      expect(session.calls).to.deep.equal([]);
    });

    for (const init of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { shiftKey: true }, { isComposing: true }]) {
      it(`leave ${Object.keys(init).join()} to the browser`, async () => {
        const { player, session } = await shownPlayer(playing());
        expect(press(card(player), 'k', init).defaultPrevented).to.equal(false);
        expect(session.calls).to.deep.equal([]);
      });
    }

    it('are letters in a text field, and belong to a slider on it', async () => {
      const { player, session } = await shownPlayer(playing());
      for (const target of [find(find(player, 'track-search'), 'input'), find(find(player, 'player-controls'), 'input')]) {
        expect(press(target, 'k').defaultPrevented).to.equal(false);
        expect(press(target, ' ').defaultPrevented).to.equal(false);
      }
      expect(session.calls).to.deep.equal([]);
    });

    it('leave the room, the page and what a host says no to alone', async () => {
      const room = document.createElement('button');
      const { player, session } = await shownPlayer(playing(), [room]);
      press(room, 'k');
      press(player, 'k');
      press(document.body, 'k');
      player.noShortcuts = true;
      await settled(player);
      press(card(player), 'k');
      expect(session.calls).to.deep.equal([]);
    });

    it('are named in the tooltips, where they work', async () => {
      const { player } = await shownPlayer(playing());
      const controls = find(player, 'player-controls');
      expect(['Pause', 'Next', 'Previous', 'Mute'].map((name) => button(controls, name).title)).to.deep.equal([
        'Pause (K)',
        'Next (N)',
        'Previous (P)',
        'Mute (M)',
      ]);
      player.noShortcuts = true;
      await settled(player);
      expect(button(controls, 'Pause').title).to.equal('Pause');
    });
  });

  describe('left out', () => {
    it('leaves its parts to be placed by hand, anywhere inside, alive', async () => {
      const frame = document.createElement('div');
      frame.append(...['now-playing', 'player-controls', 'player-queue', 'player-devices', 'track-search'].map((name) => document.createElement(name)));
      const scene = await shownPlayer(playing(), [frame]);
      const { player, session, show } = scene;
      player.setAttribute('controls', 'none');
      await settled(player);
      expect(maybe(player, 'section')).to.equal(null);
      expect(buttonNames(player)).to.deep.equal([]);
      const part = (name: string): Element => {
        const found = frame.querySelector(name);
        if (!found) throw new Error(`No ${name}.`);
        return found;
      };
      button(part('player-controls'), 'Pause').click();
      expect(press(button(part('player-controls'), 'Next'), 'n').defaultPrevented).to.equal(true);
      expect(session.calls).to.deep.equal([['pause'], ['next']]);
      await show({ track: track(2), queue: tracks(1, 3) });
      await settled(player);
      expect(words(find(part('now-playing'), '[part="title"]'))).to.equal('Track 2');
      expect(maybeButton(part('player-queue'), 'Play Track 3 by Artist 3')).not.to.equal(undefined);
      expect(session.library.asked).to.deep.equal([]);
    });

    it('comes back when the attribute goes', async () => {
      const { player } = await shownPlayer(playing());
      player.setAttribute('controls', 'none');
      await settled(player);
      player.removeAttribute('controls');
      await settled(player);
      expect(maybe(player, 'player-controls')).not.to.equal(null);
    });
  });

});
