import { expect } from '@open-wc/testing';
import '../../elements/track-search/define.js';
import type { TrackSearch } from '../../elements/track-search/track-search.js';
import type { SearchPage } from '../../src/player/controls.js';
import { PlayerError } from '../../src/player/engine.js';
import type { PlayerErrorCode, PlayerSnapshot } from '../../src/player/snapshot.js';
import { TrackShareEvent } from '../../src/track-events.js';
import { collection } from './support/fake-library.js';
import { FakeSession, playing } from './support/fake-session.js';
import { ManualClock } from './support/manual-clock.js';
import { clearHosts, hosted, sharing } from './support/player-host.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, buttonNames, find, focused, maybe, maybeButton, press, words } from './support/shadow.js';
import { track, tracks } from './support/tracks.js';
import { waitUntil } from './support/wait.js';

interface Request {
  readonly query: string;
  readonly offset: number | undefined;
  readonly signal: AbortSignal | undefined;
  answer(page: Partial<SearchPage>): void;
  fail(error: unknown): void;
}

/** A search whose answers come when the test says so, in any order. */
async function scene(change: Partial<PlayerSnapshot> = playing()): Promise<{
  element: TrackSearch;
  session: FakeSession;
  clock: ManualClock;
  requests: Request[];
  write(text: string): void;
  ask(text: string): Request;
  settled(): Promise<void>;
}> {
  const clock = new ManualClock();
  const session = new FakeSession(change);
  const requests: Request[] = [];
  session.onSearch = (query, { offset, signal } = {}) =>
    new Promise((resolve, reject) => {
      // As fetch does.
      signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
      requests.push({
        query,
        offset,
        signal,
        answer: (page) => resolve({ tracks: [], nextOffset: null, ...page }),
        fail: reject,
      });
    });
  const element = document.createElement('track-search');
  element.clock = clock;
  await hosted(element, session);
  const write = (text: string): void => {
    const field = find<HTMLInputElement>(element, 'input');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return {
    element,
    session,
    clock,
    requests,
    write,
    ask(text) {
      write(text);
      clock.tick(250);
      const request = requests.at(-1);
      if (!request) throw new Error('Nothing was asked.');
      return request;
    },
    async settled() {
      // An answer passes through a promise or two before the element hears of it.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await element.updateComplete;
    },
  };
}

const status = (element: Element): string => words(find(element, '[role="status"]'));

describe('<track-search>', () => {
  afterEach(clearHosts);

  it('asks once, after a pause in the writing', async () => {
    const { write, ask, requests } = await scene();
    for (const text of ['e', 'em', 'emb']) write(text);
    expect(requests).to.have.length(0);
    expect(ask(' ember ').query).to.equal('ember');
    expect(requests).to.have.length(1);
  });

  it('asks at once on Enter, and not again after the pause', async () => {
    const { element, write, ask, requests } = await scene();
    write('ember');
    press(find(element, 'input'), 'Enter');
    expect(requests.map(({ query }) => query)).to.deep.equal(['ember']);
    ask('ember');
    expect(requests).to.have.length(1);
  });

  it('takes the Enter of an input method for what it is', async () => {
    const { element, write, requests } = await scene();
    write('えんば');
    press(find(element, 'input'), 'Enter', { isComposing: true });
    expect(requests).to.have.length(0);
  });

  it('ends the request before, and lets no late answer through', async () => {
    const { element, ask, settled } = await scene();
    const first = ask('ember');
    const second = ask('ember lake');
    expect(first.signal?.aborted).to.equal(true);
    second.answer({ tracks: [track(2)] });
    await settled();
    first.answer({ tracks: [track(1)] });
    await settled();
    expect(all(element, '[part="result"]')).to.have.length(1);
    expect(buttonNames(element)).to.include('Play Track 2 by Artist 2');
  });

  it('ends a request as soon as other words are written, and asks for them after the pause', async () => {
    const { element, write, ask, clock, requests, settled } = await scene();
    const first = ask('ember');
    write('ember ');
    expect(first.signal?.aborted).to.equal(false);
    write('ember l');
    expect(first.signal?.aborted).to.equal(true);
    await settled();
    expect(status(element)).to.equal('');
    expect(requests).to.have.length(1);
    clock.tick(250);
    expect(requests[1]?.query).to.equal('ember l');
  });

  it('asks again for words that the visitor came back to before they were answered', async () => {
    const { element, write, ask, requests, settled } = await scene();
    ask('ember');
    write('ember l');
    expect(ask('ember').query).to.equal('ember');
    expect(requests).to.have.length(2);
    requests[1]?.answer({ tracks: tracks(2) });
    await settled();
    expect(status(element)).to.equal('2 results');
    write('embers');
    ask('ember');
    expect(requests).to.have.length(2);
  });

  it('shows each result with cover, title, artists and length, and buttons with their names', async () => {
    const { element, ask, settled } = await scene();
    const two = track(3, {
      title: 'Salt',
      artists: [
        { name: 'Ines', uri: 'spotify:artist:1' },
        { name: 'Duarte', uri: 'spotify:artist:2' },
      ],
      durationMs: 61_000,
    });
    ask('salt').answer({ tracks: [two] });
    await settled();
    const row = find(element, '[part="result"]');
    expect(words(row)).to.equal('Salt Ines, Duarte 1:01');
    expect(row.querySelector('img')).not.to.equal(null);
    expect(button(element, 'Play Salt by Ines, Duarte').title).to.contain('Salt');
    expect(maybeButton(element, 'Add Salt to the queue')).not.to.equal(undefined);
  });

  it('plays a result, and adds one to the queue', async () => {
    const { element, session, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(2) });
    await settled();
    button(element, 'Play Track 2 by Artist 2').click();
    button(element, 'Add Track 1 to the queue').click();
    expect(session.calls).to.deep.equal([
      ['play', { context: track(2).album.uri, offset: track(2).uri }],
      ['addToQueue', track(1).uri],
    ]);
    await settled();
    expect(status(element)).to.equal('Track 1 is in the queue');
  });

  it('says nothing of a queue that did not take the track', async () => {
    const { element, session, ask, settled } = await scene();
    session.takesQueue = false;
    ask('track').answer({ tracks: tracks(2) });
    await settled();
    button(element, 'Add Track 1 to the queue').click();
    await settled();
    expect(status(element)).to.equal('2 results');
  });

  it('adds to no queue where nothing plays: there is none', async () => {
    const { element, session, ask, settled } = await scene(playing({ track: null }));
    ask('track').answer({ tracks: tracks(2) });
    await settled();
    expect(button(element, 'Add Track 1 to the queue').disabled).to.equal(true);
    expect(button(element, 'Play Track 1 by Artist 1').disabled).to.equal(false);
    await expectAccessible(element);
    session.show({ track: track(2) });
    await settled();
    button(element, 'Add Track 1 to the queue').click();
    expect(session.calls).to.deep.equal([['addToQueue', track(1).uri]]);
  });

  it('marks the result that plays', async () => {
    const { element, session, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(2) });
    await settled();
    expect(button(element, 'Play Track 1 by Artist 1').getAttribute('aria-current')).to.equal('true');
    session.show({ track: track(2) });
    await settled();
    expect(button(element, 'Play Track 1 by Artist 1').hasAttribute('aria-current')).to.equal(false);
    expect(button(element, 'Play Track 2 by Artist 2').getAttribute('aria-current')).to.equal('true');
  });

  it('says once how many results there are, and nothing while it looks', async () => {
    const { element, ask, settled } = await scene();
    const line = find(element, '[role="status"]');
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(words(line)));
    observer.observe(line, { childList: true, characterData: true, subtree: true });
    const request = ask('track');
    await settled();
    request.answer({ tracks: tracks(10), nextOffset: 10 });
    await settled();
    observer.disconnect();
    expect(said).to.deep.equal(['10 results']);
  });

  it('says it where the lines of a right-to-left page begin', async () => {
    const { element, ask, settled } = await scene();
    element.dir = 'rtl';
    ask('track').answer({ tracks: tracks(2) });
    await settled();
    const line = find(element, '.line').getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(find(element, '[role="status"] bdi'));
    expect(line.right - range.getBoundingClientRect().right).to.be.below(10);
  });

  it('counts one result in the singular', async () => {
    const { element, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(1) });
    await settled();
    expect(status(element)).to.equal('1 result');
  });

  it('gets more on demand, after those that are there', async () => {
    const { element, requests, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(10), nextOffset: 10 });
    await settled();
    button(element, 'More results').click();
    button(element, 'More results').click();
    expect(requests).to.have.length(2);
    expect(requests[1]?.offset).to.equal(10);
    expect(requests[1]?.query).to.equal('track');
    requests[1]?.answer({ tracks: tracks(4, 11), nextOffset: null });
    await settled();
    expect(all(element, '[part="result"]')).to.have.length(14);
    expect(status(element)).to.equal('14 results');
    expect(maybeButton(element, 'More results')).to.equal(undefined);
  });

  it('goes on at the first new result when the last page takes the button away', async () => {
    const { element, requests, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(10), nextOffset: 10 });
    await settled();
    const more = button(element, 'More results');
    const reached: (string | undefined)[] = [];
    element.shadowRoot?.addEventListener('focusin', () => reached.push(focused(element)));
    more.focus();
    more.click();
    requests[1]?.answer({ tracks: tracks(4, 11), nextOffset: null });
    await waitUntil(() => reached.includes('Play Track 11 by Artist 11'));
  });

  it('says when nothing was found', async () => {
    const { element, ask, settled } = await scene();
    ask('xyzzy').answer({ tracks: [] });
    await settled();
    expect(status(element)).to.contain('Nothing found for “xyzzy”');
    expect(maybe(element, '[part="results"]')).to.equal(null);
  });

  for (const [code, sentence] of [
    ['network', 'Spotify cannot be reached.'],
    ['rate-limited', 'Spotify asks for a short break'],
    ['not-on-list', 'this account is not on its list'],
  ] satisfies [PlayerErrorCode, string][]) {
    it(`says what went wrong (${code}) and asks again on demand`, async () => {
      const { element, requests, ask, settled } = await scene();
      ask('ember').fail(new PlayerError(code, 'details for developers'));
      await settled();
      expect(status(element)).to.contain(sentence);
      expect(status(element)).not.to.contain('developers');
      const again = button(element, 'Try again');
      again.focus();
      again.click();
      expect(requests[1]?.query).to.equal('ember');
      await element.updateComplete;
      expect(element.shadowRoot?.activeElement, 'the button is gone').to.equal(find(element, '[role="status"]'));
      requests[1]?.answer({ tracks: tracks(3) });
      await settled();
      expect(focused(element)).to.equal('Play Track 1 by Artist 1');
      expect(status(element)).to.equal('3 results');
      expect(maybeButton(element, 'Try again')).to.equal(undefined);
    });
  }

  it('asks again for the page that failed, and keeps what is there', async () => {
    const { element, requests, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(10), nextOffset: 10 });
    await settled();
    button(element, 'More results').click();
    requests[1]?.fail(new PlayerError('server'));
    await settled();
    expect(all(element, '[part="result"]')).to.have.length(10);
    button(element, 'Try again').click();
    expect(requests[2]?.offset).to.equal(10);
  });

  it('counts the seconds down that Spotify wants to be left alone, and then asks again on demand', async () => {
    const { element, requests, ask, settled, clock } = await scene();
    ask('track').fail(new PlayerError('rate-limited', '', clock.now() + 3000));
    await settled();
    const wait = (): string => words(maybe(element, '.wait'));
    expect(wait()).to.equal('Try again in 3 seconds.');
    expect(button(element, 'Try again').disabled).to.equal(true);
    const said = status(element);
    clock.tick(1000);
    await settled();
    expect(wait()).to.equal('Try again in 2 seconds.');
    expect(status(element)).to.equal(said);
    clock.tick(2000);
    await settled();
    expect(wait()).to.equal('');
    expect(status(element)).to.equal('You can try again now.');
    button(element, 'Try again').click();
    expect(requests).to.have.length(2);
    requests[1]?.answer({ tracks: tracks(2) });
    await settled();
    expect(status(element)).to.equal('2 results');
    expect(clock.waiting).to.equal(0);
  });

  it('is empty again when the text is', async () => {
    const { element, write, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(2) });
    await settled();
    expect(element.hasAttribute('open')).to.equal(true);
    write('');
    await settled();
    expect(all(element, '[part="result"]')).to.have.length(0);
    expect(status(element)).to.equal('');
    expect(element.hasAttribute('open')).to.equal(false);
  });

  for (const how of ['button', 'Escape']) {
    it(`is cleared by ${how}, ends what is under way and stands in the field`, async () => {
      const { element, ask, settled } = await scene();
      const request = ask('track');
      await settled();
      if (how === 'button') button(element, 'Clear search').click();
      else press(find(element, 'input'), how);
      // Before anything else: the runner's other frames take the focus when they get their turn.
      expect(focused(element)).to.equal('Search tracks');
      await settled();
      expect(request.signal?.aborted).to.equal(true);
      expect(find<HTMLInputElement>(element, 'input').value).to.equal('');
      expect(maybeButton(element, 'Clear search')).to.equal(undefined);
    });
  }

  it('forgets what was found when the visitor disconnects', async () => {
    const { element, session, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(2) });
    await settled();
    session.show({ status: 'signed-out', track: null });
    await settled();
    expect(all(element, '[part="result"]')).to.have.length(0);
    expect(find<HTMLInputElement>(element, 'input').value).to.equal('');
    expect(find<HTMLInputElement>(element, 'input').disabled).to.equal(true);
  });

  it('ends its request when it leaves the page', async () => {
    const { element, ask } = await scene();
    const request = ask('track');
    element.remove();
    expect(request.signal?.aborted).to.equal(true);
  });

  it('leads to the same search at Spotify, whatever was written', async () => {
    const { element, ask, settled } = await scene();
    ask('../?x="<b>').answer({ tracks: tracks(1) });
    await settled();
    expect(find<HTMLAnchorElement>(element, 'a.spotify').href).to.equal(`https://open.spotify.com/search/${encodeURIComponent('../?x="<b>')}`);
  });

  it('plays a track without an album by itself', async () => {
    const { element, session, ask, settled } = await scene();
    ask('track').answer({ tracks: [track(2, { album: { name: '', uri: '' } })] });
    await settled();
    button(element, 'Play Track 2 by Artist 2').click();
    expect(session.calls).to.deep.equal([['play', track(2).uri]]);
  });

  describe('albums and playlists', () => {
    async function albums(): ReturnType<typeof scene> {
      const parts = await scene();
      const { element, session, ask, settled } = parts;
      session.library.collections = { items: [collection(1), collection(2)], nextOffset: 10 };
      session.library.tracks = { items: [track(4), track(5)], nextOffset: null };
      ask('blue').answer({ tracks: tracks(1) });
      await settled();
      button(element, 'Albums').click();
      await settled();
      return parts;
    }

    it('offers the choice once something was asked for', async () => {
      const { element, ask } = await scene();
      expect(maybe(element, '[part="kinds"]')).to.equal(null);
      ask('blue');
      await element.updateComplete;
      const pressed = all(element, '[part="kinds"] button').map((each) => `${words(each)} ${each.getAttribute('aria-pressed')}`);
      expect(pressed).to.deep.equal(['Tracks true', 'Albums false', 'Playlists false']);
    });

    it('looks for the same words among albums, then playlists, and ends what it asked before', async () => {
      const { element, session, settled } = await albums();
      expect(session.library.asked).to.deep.equal([['searchCollections', 'blue', 'album', 0]]);
      expect(all(element, '[part="result"]')).to.have.length(2);
      expect(status(element)).to.equal('2 results');
      button(element, 'More results').click();
      button(element, 'Playlists').click();
      expect(session.library.signals[1]?.aborted).to.equal(true);
      await settled();
      expect(session.library.asked.slice(1)).to.deep.equal([
        ['searchCollections', 'blue', 'album', 10],
        ['searchCollections', 'blue', 'playlist', 0],
      ]);
      button(element, 'Playlists').click();
      expect(session.library.asked).to.have.length(3);
    });

    it('opens an album, plays its tracks within it, and all of it', async () => {
      const { element, session, settled } = await albums();
      button(element, 'Open Album 2 by Artist 2').click();
      await settled();
      expect(session.library.asked.at(-1)).to.deep.equal(['collectionTracks', collection(2).uri, 0]);
      expect(status(element)).to.equal('2 tracks');
      expect(find<HTMLAnchorElement>(element, 'a.spotify').href).to.contain('https://open.spotify.com/album/');
      button(element, 'Play Track 5 by Artist 5').click();
      button(element, 'Play all of Album 2').click();
      expect(session.calls).to.deep.equal([
        ['play', { context: collection(2).uri, offset: track(5).uri }],
        ['play', collection(2).uri],
      ]);
    });

    it('stands on the way back, and goes back to the row that was opened', async () => {
      const { element, settled } = await albums();
      const reached: (string | undefined)[] = [];
      element.shadowRoot?.addEventListener('focusin', () => reached.push(focused(element)));
      button(element, 'Open Album 2 by Artist 2').click();
      await settled();
      button(element, 'Back').click();
      await settled();
      expect(reached).to.deep.equal(['Back', 'Open Album 2 by Artist 2']);
      expect(all(element, '[part="result"]')).to.have.length(2);
    });

    it('says what Spotify keeps back, and still plays it', async () => {
      const { element, session, settled } = await albums();
      session.library.failure = new PlayerError('restricted');
      button(element, 'Open Album 1 by Artist 1').click();
      await settled();
      expect(status(element)).to.contain('your own playlists only');
      expect(maybeButton(element, 'Play all of Album 1')).not.to.equal(undefined);
      expect(maybeButton(element, 'Try again')).to.equal(undefined);
      expect(maybe(element, 'a.spotify')).not.to.equal(null);
    });

    it('leaves what was opened when the visitor writes on, and keeps them in the field', async () => {
      const { element, write, settled } = await albums();
      button(element, 'Open Album 1 by Artist 1').click();
      await settled();
      element.focus();
      write('blues');
      await settled();
      expect(maybeButton(element, 'Back')).to.equal(undefined);
      expect(focused(element)).to.equal('Search tracks');
    });

    it('is accessible: the list and an opened one, with sharing', async () => {
      const { element, settled } = await albums();
      await sharing(element);
      await expectAccessible(element);
      button(element, 'Open Album 1 by Artist 1').click();
      await settled();
      await expectAccessible(element);
    });
  });

  it('shares a result where a room takes it, and only there', async () => {
    const { element, ask, settled } = await scene();
    ask('track').answer({ tracks: tracks(2) });
    await settled();
    expect(maybeButton(element, 'Share Track 2 in the chat')).to.equal(undefined);
    await sharing(element);
    const shared: TrackShareEvent[] = [];
    element.parentElement?.addEventListener(TrackShareEvent.type, (event) => shared.push(event));
    button(element, 'Share Track 2 in the chat').click();
    expect(shared.map(({ uri, title, artists, artwork }) => ({ uri, title, artists, artwork }))).to.deep.equal([
      { uri: track(2).uri, title: 'Track 2', artists: 'Artist 2', artwork: track(2).artwork },
    ]);
    await settled();
    expect(status(element)).to.equal('Track 2 goes to the chat');
    await sharing(element, false);
    expect(maybeButton(element, 'Share Track 2 in the chat')).to.equal(undefined);
  });

  it('is a search box with its name', async () => {
    const { element } = await scene();
    const field = find<HTMLInputElement>(element, '[role="searchbox"]');
    expect(field.getAttribute('aria-label')).to.equal('Search tracks');
    element.focus();
    expect(focused(element)).to.equal('Search tracks');
  });

  it('is accessible: empty, looking, with results, without, and failed', async () => {
    const { element, requests, ask, settled } = await scene();
    await expectAccessible(element);
    const first = ask('track');
    await settled();
    await expectAccessible(element);
    first.answer({ tracks: tracks(10), nextOffset: 10 });
    await settled();
    await expectAccessible(element);
    button(element, 'More results').click();
    requests.at(-1)?.fail(new PlayerError('network'));
    await settled();
    await expectAccessible(element);
    ask('xyzzy').answer({ tracks: [] });
    await settled();
    await expectAccessible(element);
  });

  it('fits into 240 px, however long the words are', async () => {
    const { element, ask, settled } = await scene();
    element.style.setProperty('width', '240px');
    ask('w'.repeat(80)).answer({ tracks: [track(1, { title: 'w'.repeat(80) })] });
    await settled();
    expect(element.scrollWidth).to.be.at.most(240);
    ask('v'.repeat(80)).answer({ tracks: [] });
    await settled();
    expect(element.scrollWidth).to.be.at.most(240);
  });
});
