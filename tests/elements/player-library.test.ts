import { expect } from '@open-wc/testing';
import '../../elements/player-library/define.js';
import type { PlayerLibraryView } from '../../elements/player-library/player-library.js';
import { PlayerError } from '../../src/player/engine.js';
import { collection } from './support/fake-library.js';
import { FakeSession, playing } from './support/fake-session.js';
import { clearHosts, hosted, settled, sharing } from './support/player-host.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, buttonNames, find, focused, maybe, words } from './support/shadow.js';
import { track, tracks } from './support/tracks.js';

async function scene(): Promise<{ element: PlayerLibraryView; session: FakeSession; press(name: string): Promise<void> }> {
  const session = new FakeSession(playing());
  session.library.ownPlaylists = { items: [collection(1, 'playlist'), collection(2, 'playlist', { by: '' })], nextOffset: 20 };
  session.library.saved = { items: tracks(3), nextOffset: null };
  session.library.recent = tracks(2, 7);
  session.library.tracks = { items: tracks(2, 4), nextOffset: null };
  const element = document.createElement('player-library');
  await hosted(element, session);
  return {
    element,
    session,
    async press(name) {
      button(element, name).click();
      await settled(element);
    },
  };
}

const status = (element: Element): string => words(find(element, '[role="status"]'));
const shelves = ['Your playlists', 'Saved tracks', 'Recently played'];

describe('<player-library>', () => {
  afterEach(clearHosts);

  it('offers three lists and asks for none of them by itself', async () => {
    const { element, session } = await scene();
    session.show({ track: track(2) });
    await settled(element);
    expect(buttonNames(element)).to.deep.equal(shelves);
    expect(session.library.asked).to.deep.equal([]);
  });

  it('shows saved tracks, and plays on from the one that was chosen, those before it a Previous away', async () => {
    const { element, session, press } = await scene();
    await press('Saved tracks');
    expect(session.library.asked).to.deep.equal([['savedTracks', 0]]);
    expect(find(element, '[part="results"]').getAttribute('aria-label')).to.equal('Saved tracks');
    expect(status(element)).to.equal('3 tracks');
    await press('Play Track 3 by Artist 3');
    await press('Add Track 2 to the queue');
    expect(session.calls).to.deep.equal([
      ['play', { uris: [1, 2, 3].map((n) => track(n).uri), offset: 2 }],
      ['addToQueue', track(2).uri],
    ]);
    expect(status(element)).to.equal('Track 2 is in the queue');
  });

  it('shows what was played lately', async () => {
    const { element, session, press } = await scene();
    await press('Recently played');
    expect(session.library.asked).to.deep.equal([['recentTracks']]);
    expect(all(element, '.result .title').map(words)).to.deep.equal(['Track 7', 'Track 8']);
  });

  it('shows playlists page by page, opens one, and plays from it', async () => {
    const { element, session, press } = await scene();
    await press('Your playlists');
    expect(status(element)).to.equal('2 playlists');
    await press('Show more');
    expect(session.library.asked).to.deep.equal([
      ['playlists', 0],
      ['playlists', 20],
    ]);
    await press('Open Playlist 1 by Artist 1');
    await press('Play Track 5 by Artist 5');
    expect(session.calls).to.deep.equal([['play', { context: collection(1, 'playlist').uri, offset: track(5).uri }]]);
    expect(find<HTMLAnchorElement>(element, 'a.spotify').href).to.contain('https://open.spotify.com/playlist/');
  });

  it('goes back step by step, with the focus where it came from', async () => {
    const { element, press } = await scene();
    const reached: (string | undefined)[] = [];
    element.shadowRoot?.addEventListener('focusin', () => reached.push(focused(element)));
    await press('Your playlists');
    await press('Open Playlist 2');
    await press('Back');
    await press('Back');
    expect(reached).to.deep.equal(['Back', 'Back', 'Open Playlist 2', 'Your playlists']);
    expect(buttonNames(element)).to.deep.equal(shelves);
  });

  it('ends what is under way on the way back, and when it leaves the page', async () => {
    const { element, session } = await scene();
    button(element, 'Saved tracks').click();
    await element.updateComplete;
    button(element, 'Back').click();
    expect(session.library.signals[0]?.aborted).to.equal(true);
    await element.updateComplete;
    button(element, 'Saved tracks').click();
    element.remove();
    expect(session.library.signals[1]?.aborted).to.equal(true);
  });

  it('says when there is nothing, and what went wrong', async () => {
    const { element, session, press } = await scene();
    session.library.recent = [];
    await press('Recently played');
    expect(status(element)).to.equal('Nothing here yet.');
    await press('Back');
    session.library.failure = new PlayerError('rate-limited');
    await press('Saved tracks');
    expect(status(element)).to.contain('Spotify asks for a short break');
    session.library.failure = null;
    await press('Try again');
    expect(status(element)).to.equal('3 tracks');
    await press('Back');
    session.library.failure = new PlayerError('restricted');
    await press('Your playlists');
    expect(status(element), 'nothing plays that it would be about').to.equal('Spotify does not show that here.');
  });

  it('forgets everything when the visitor disconnects', async () => {
    const { element, session, press } = await scene();
    await press('Your playlists');
    await press('Open Playlist 1 by Artist 1');
    session.show({ status: 'signed-out', track: null });
    await settled(element);
    expect(maybe(element, '.result')).to.equal(null);
    expect(all<HTMLButtonElement>(element, 'button').every(({ disabled }) => disabled)).to.equal(true);
  });

  it('is accessible in each of its views, in light and dark', async () => {
    const { element, press } = await scene();
    await sharing(element);
    await expectAccessible(element);
    await press('Your playlists');
    await expectAccessible(element);
    await press('Open Playlist 1 by Artist 1');
    await expectAccessible(element);
  });
});
