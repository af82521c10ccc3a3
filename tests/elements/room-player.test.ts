import { expect } from '@open-wc/testing';
import type { PlayerErrorCode, PlayerSnapshot, Remedy } from '../../src/player/snapshot.js';
import { playerPart } from '../../src/strings/player.js';
import { Words } from '../../src/strings/words.js';
import { playing } from './support/fake-session.js';
import { clearPlayers, shownPlayer } from './support/player-scene.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, buttonNames, find, focused, maybe, maybeButton, words } from './support/shadow.js';
import { track } from './support/tracks.js';
import { waitUntil } from './support/wait.js';

const said = (player: Element): string => all(player, '[role="status"]').map(words).filter(Boolean).join(' ');
const problem = (code: PlayerErrorCode, remedy: Remedy, retryAt?: number): Pick<PlayerSnapshot, 'problem'> => ({
  problem: { code, remedy, ...(retryAt !== undefined && { retryAt }) },
});

const states: Readonly<Record<string, Partial<PlayerSnapshot>>> = {
  'signed out': { status: 'signed-out' },
  'signed out after a blocked window': { status: 'signed-out', ...problem('popup-blocked', 'redirect') },
  'signing in': { status: 'signing-in' },
  loading: { status: 'loading' },
  connecting: { status: 'connecting' },
  'ready, nothing chosen': { status: 'ready' },
  playing: playing(),
  paused: playing({ paused: true }),
  'with a notice': playing(problem('restricted', 'none')),
  'with a notice that has a remedy': playing({ paused: true, ...problem('autoplay-blocked', 'resume') }),
  elsewhere: { status: 'elsewhere' },
  reconnecting: playing({ status: 'reconnecting' }),
  failed: { status: 'failed', ...problem('premium-required', 'connect') },
};

describe('<room-player>', () => {
  afterEach(clearPlayers);

  describe('in each state', () => {
    it('signed out: says what is needed and what is not asked, and connects', async () => {
      const { player, session } = await shownPlayer();
      expect(find(player, 'section').getAttribute('aria-label')).to.equal('Music player');
      expect(said(player)).to.contain('You need Spotify Premium').and.to.contain('Nothing is asked of Spotify before you connect');
      expect(buttonNames(player)).to.deep.equal(['Connect Spotify', 'Listen without signing in']);
      button(player, 'Connect Spotify').click();
      expect(session.calls).to.deep.equal([['connect']]);
    });

    it('signing in: says where to look, brings the window back and gives up on demand', async () => {
      const { player, session } = await shownPlayer({ status: 'signing-in' });
      expect(said(player)).to.contain('Spotify opened a window to sign in');
      button(player, 'Show the window').click();
      button(player, 'Cancel').click();
      expect(session.calls).to.deep.equal([['connect'], ['disconnect']]);
    });

    for (const [status, sentence] of [
      ['loading', 'Loading Spotify’s player…'],
      ['connecting', 'Making this page your player…'],
    ] as const) {
      it(`${status}: says so, and can be given up`, async () => {
        const { player, session } = await shownPlayer({ status });
        expect(said(player)).to.equal(sentence);
        expect(find(player, '.record').hasAttribute('data-turning')).to.equal(true);
        button(player, 'Cancel').click();
        expect(session.calls).to.deep.equal([['disconnect']]);
      });
    }

    it('ready with nothing chosen: invites to search, with the controls waiting', async () => {
      const { player } = await shownPlayer({ status: 'ready' });
      expect(said(player)).to.contain('What would you like to hear?').and.to.contain('Search for a track');
      expect(maybe(player, 'track-search')).not.to.equal(null);
      expect(maybe(player, 'player-controls')).not.to.equal(null);
      expect(maybe(player, 'now-playing')).to.equal(null);
    });

    it('playing: shows the track, the controls and the search, and says nothing', async () => {
      const { player } = await shownPlayer(playing());
      expect(words(find(find(player, 'now-playing'), '[part="title"]'))).to.equal('Track 1');
      expect(button(find(player, 'player-controls'), 'Pause').disabled).to.equal(false);
      expect(maybe(find(player, 'track-search'), '[role="searchbox"]')).not.to.equal(null);
      expect(said(player)).to.equal('');
      expect(buttonNames(player)).to.deep.equal(['Search', 'Up next', 'Library', 'Disconnect', 'Listen without signing in']);
    });

    it('elsewhere: says so in one line and brings it here', async () => {
      const { player, session } = await shownPlayer({ status: 'elsewhere' });
      expect(said(player)).to.equal('Your Spotify is playing on another device.');
      button(player, 'Bring it here').click();
      button(player, 'Disconnect').click();
      expect(session.calls).to.deep.equal([['bringHere'], ['disconnect']]);
    });

    it('reconnecting: says so and keeps the track in sight', async () => {
      const { player } = await shownPlayer(playing({ status: 'reconnecting' }));
      expect(said(player)).to.contain('Getting it back');
      expect(words(find(find(player, 'now-playing'), '[part="title"]'))).to.equal('Track 1');
      expect(maybeButton(player, 'Disconnect')).not.to.equal(undefined);
      expect(maybeButton(player, 'Dismiss')).to.equal(undefined);
    });

    for (const [remedy, name, call] of [
      ['connect', 'Connect Spotify', 'connect'],
      ['retry', 'Try again', 'connect'],
      ['redirect', 'Continue in this tab', 'connectByRedirect'],
      ['resume', 'Start the music', 'resume'],
    ] as const) {
      it(`failed: says why and offers the one thing that helps (${remedy})`, async () => {
        const { player, session } = await shownPlayer({ status: 'failed', ...problem('sdk-blocked', remedy) });
        expect(said(player)).to.contain('Spotify’s player could not load');
        expect(buttonNames(player)).to.deep.equal([name, 'Listen without signing in', 'Disconnect']);
        button(player, name).click();
        expect(session.calls).to.deep.equal([[call]]);
      });
    }

    it('failed without a word of why: still says what to do', async () => {
      const { player } = await shownPlayer({ status: 'failed' });
      expect(said(player)).to.contain('The player stopped');
      expect(buttonNames(player)).to.deep.equal(['Connect Spotify', 'Listen without signing in', 'Disconnect']);
    });

    it('a second player on the page: says which one to use', async () => {
      const { player } = await shownPlayer({ status: 'failed', ...problem('page-taken', 'retry') });
      expect(said(player)).to.contain('A page has room for one player');
      expect(buttonNames(player)).to.deep.equal(['Try again']);
    });

    it('signed out with a problem: says it and does not repeat the button', async () => {
      const { player, session, show } = await shownPlayer({ status: 'signed-out', ...problem('popup-closed', 'connect') });
      expect(said(player)).to.contain('window was closed');
      expect(buttonNames(player)).to.deep.equal(['Dismiss', 'Connect Spotify', 'Listen without signing in']);
      await show(problem('popup-blocked', 'redirect'));
      button(player, 'Continue in this tab').click();
      expect(session.calls).to.deep.equal([['connectByRedirect']]);
    });

    it('with a notice: goes on playing, and puts it away on demand', async () => {
      const { player, session } = await shownPlayer(playing(problem('restricted', 'none')));
      expect(said(player)).to.contain('Spotify does not allow that');
      expect(maybe(player, 'now-playing')).not.to.equal(null);
      button(player, 'Dismiss').click();
      await player.updateComplete;
      expect(session.calls).to.deep.equal([['dismissProblem']]);
      expect(said(player)).to.equal('');
    });

    it('has a sentence of its own for every problem', () => {
      const sentences = Object.values(playerPart.english(new Words('en')).problems);
      expect(new Set(sentences).size).to.equal(sentences.length);
      for (const sentence of sentences) expect(sentence).to.match(/^[A-Z].+\.$/);
    });

    it('reflects its status for the host’s styles', async () => {
      const { player, show } = await shownPlayer();
      expect(player.getAttribute('status')).to.equal('signed-out');
      await show(playing());
      expect(player.getAttribute('status')).to.equal('ready');
      expect(player.matches('room-player[status="ready"]')).to.equal(true);
    });

    for (const [slot, change] of Object.entries({
      'signed-out': { status: 'signed-out' },
      'signing-in': { status: 'signing-in' },
      loading: { status: 'loading' },
      connecting: { status: 'connecting' },
      empty: { status: 'ready' },
      playing: playing(),
      reconnecting: playing({ status: 'reconnecting' }),
      elsewhere: { status: 'elsewhere' },
      failed: { status: 'failed', ...problem('premium-required', 'connect') },
    } satisfies Record<string, Partial<PlayerSnapshot>>)) {
      it(`has a place for the host’s own words: ${slot}`, async () => {
        const own = document.createElement('p');
        own.slot = slot;
        own.textContent = 'Our own words';
        const { player } = await shownPlayer(change, [own]);
        expect(own.checkVisibility()).to.equal(true);
        expect(maybe(player, '.stage[data-shown]')?.checkVisibility() ?? false).to.equal(false);
        await expectAccessible(player);
      });
    }

    it('lets the host put a panel of its own in a state’s place', async () => {
      const own = document.createElement('p');
      own.slot = 'signed-out';
      own.textContent = 'Our own words';
      const { player, show } = await shownPlayer({}, [own]);
      expect(own.assignedSlot).not.to.equal(null);
      await show({ status: 'loading' });
      expect(own.assignedSlot).to.equal(null);
      expect(said(player)).to.equal('Loading Spotify’s player…');
    });
  });

  describe('for everybody', () => {
    for (const [name, change] of Object.entries(states)) {
      it(`is accessible, in light and dark: ${name}`, async () => {
        const { player } = await shownPlayer(change);
        await expectAccessible(player);
      });
    }

    it('keeps one live region from state to state, so that changes are heard', async () => {
      const { player, show } = await shownPlayer();
      const regions = all(player, '[role="status"]');
      for (const change of Object.values(states)) {
        await show({ track: null, problem: null, ...change });
        expect(all(player, '[role="status"]').every((region, index) => region === regions[index])).to.equal(true);
      }
    });

    it('keeps the keyboard in the card when the button that was pressed goes away', async () => {
      const { player, show } = await shownPlayer();
      button(player, 'Connect Spotify').focus();
      await show({ status: 'signing-in' });
      expect(focused(player)).to.equal('Music player');
      await show(playing());
      expect(focused(player)).to.equal('Music player');
    });

    it('takes the focus from nobody else', async () => {
      const field = document.createElement('input');
      const { show } = await shownPlayer({}, [field]);
      field.focus();
      await show({ status: 'loading' });
      await show(playing());
      expect(document.activeElement === field).to.equal(true);
    });

    it('names every button and slider of the whole card', async () => {
      const { player } = await shownPlayer(playing());
      const inner = ['now-playing', 'player-controls', 'track-search'].map((name) => find(player, name));
      const controls = [player, ...inner].flatMap((host) => all(host, 'button, input'));
      expect(controls.filter((control) => !(control.ariaLabel || words(control)))).to.have.length(0);
    });
  });

  describe('layout', () => {
    const room = (): HTMLElement => {
      const element = document.createElement('div');
      element.textContent = 'The room';
      return element;
    };

    for (const direction of ['ltr', 'rtl'] as const) {
      it(`puts the room beside the player where there is space (${direction})`, async () => {
        const child = room();
        const { player } = await shownPlayer(playing(), [child]);
        player.dir = direction;
        player.style.setProperty('width', '1000px');
        const card = find(player, 'section').getBoundingClientRect();
        const beside = child.getBoundingClientRect();
        expect(card.width).to.be.within(340, 380);
        expect(beside.top).to.equal(card.top);
        if (direction === 'ltr') expect(beside.left).to.be.above(card.right);
        else expect(beside.right).to.be.below(card.left);
      });
    }

    it('puts it below where there is none', async () => {
      const child = room();
      const { player } = await shownPlayer(playing(), [child]);
      player.style.setProperty('width', '700px');
      const card = find(player, 'section').getBoundingClientRect();
      expect(card.width).to.equal(700);
      expect(child.getBoundingClientRect().top).to.be.above(card.bottom);
    });

    it('makes the chat beside it as tall as the card, however long its log', async () => {
      const chat = document.createElement('chat-room');
      const log = document.createElement('div');
      log.style.setProperty('height', '5000px');
      chat.append(log);
      const { player } = await shownPlayer(playing(), [chat]);
      player.style.setProperty('width', '1000px');
      await waitUntil(() => find(player, 'section').getBoundingClientRect().height > 500);
      const card = find(player, 'section').getBoundingClientRect();
      expect(chat.getBoundingClientRect().height).to.be.closeTo(card.height, 1);
      expect(card.height).to.be.below(1000);
    });

    for (const [name, change] of Object.entries(states).filter(([, { status, track }]) => !track && status !== 'ready')) {
      it(`says what it has to say in the middle, alone in a wide place: ${name}`, async () => {
        const { player } = await shownPlayer(change);
        player.style.setProperty('width', '900px');
        const middle = ({ left, right }: DOMRect): number => (left + right) / 2;
        const stage = find(player, '.stage').getBoundingClientRect();
        expect(middle(stage)).to.be.closeTo(middle(find(player, 'section').getBoundingClientRect()), 1);
      });
    }

    it('takes the whole width when nothing stands beside it', async () => {
      const { player } = await shownPlayer(playing());
      player.style.setProperty('width', '900px');
      expect(find(player, 'section').getBoundingClientRect().width).to.equal(900);
    });

    for (const [name, change] of Object.entries(states)) {
      it(`stays within 280 px: ${name}`, async () => {
        const { player } = await shownPlayer({ ...change, ...(change.track && { track: track(1, { title: 'w'.repeat(60) }) }) });
        player.style.setProperty('width', '280px');
        const card = find(player, 'section');
        expect(card.scrollWidth).to.be.at.most(card.clientWidth);
      });
    }
  });
});
