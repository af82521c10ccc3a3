import { expect } from '@open-wc/testing';
import '../../elements/player-queue/define.js';
import type { PlayerQueue } from '../../elements/player-queue/player-queue.js';
import { PlayerError } from '../../src/player/engine.js';
import type { PlayerSnapshot, Track } from '../../src/player/snapshot.js';
import { FakeSession, playing } from './support/fake-session.js';
import { clearHosts, hosted, settled, sharing } from './support/player-host.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, buttonNames, find, focused, maybe, maybeButton, words } from './support/shadow.js';
import { track, tracks } from './support/tracks.js';

async function scene(
  change: Partial<PlayerSnapshot> = {},
  open = true,
  next: readonly Track[] = tracks(5, 2),
): Promise<{ element: PlayerQueue; session: FakeSession }> {
  const session = new FakeSession(playing({ queue: tracks(2, 2), ...change }));
  session.library.next = next;
  const element = document.createElement('player-queue');
  element.open = open;
  await hosted(element, session);
  return { element, session };
}

const asked = (session: FakeSession): number => session.library.asked.length;
const titles = (element: Element): string[] => all(element, '.result .title').map(words);
const status = (element: Element): string => words(find(element, '[role="status"]'));

describe('<player-queue>', () => {
  afterEach(clearHosts);

  it('is a list named Up next, at once from what the player knows and then whole', async () => {
    const { element, session } = await scene({}, false);
    element.open = true;
    await element.updateComplete;
    expect(find(element, '[role="list"]').getAttribute('aria-label')).to.equal('Up next');
    expect(titles(element)).to.deep.equal(['Track 2', 'Track 3']);
    await settled(element);
    expect(titles(element)).to.deep.equal(['Track 2', 'Track 3', 'Track 4', 'Track 5', 'Track 6']);
    expect(buttonNames(element)[0]).to.equal('Play Track 2 by Artist 2');
    expect(asked(session)).to.equal(1);
  });

  it('asks nothing while it is closed, and opens on demand', async () => {
    const { element, session } = await scene({}, false);
    session.show({ track: track(9) });
    await settled(element);
    expect(asked(session)).to.equal(0);
    expect(titles(element)).to.deep.equal(['Track 2', 'Track 3']);
    const show = button(element, 'Show all that comes next');
    show.focus();
    show.click();
    await settled(element);
    expect(focused(element), 'the button is gone').to.equal('Play Track 2 by Artist 2');
    expect(asked(session)).to.equal(1);
    expect(element.hasAttribute('open')).to.equal(true);
    expect(titles(element)).to.have.length(5);
  });

  it('asks again when the track changes, and for nothing else', async () => {
    const { element, session } = await scene();
    await settled(element);
    session.show({ volume: 0.2 });
    session.show({ positionMs: 90_000 });
    await settled(element);
    expect(asked(session)).to.equal(1);
    session.library.next = tracks(4, 3);
    session.show({ track: track(2), queue: tracks(2, 3) });
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Track 3', 'Track 4']);
    await settled(element);
    expect(asked(session)).to.equal(2);
    expect(titles(element)).to.have.length(4);
  });

  it('keeps the keyboard in the list while it becomes shorter, and longer', async () => {
    const { element, session } = await scene();
    await settled(element);
    button(element, 'Play Track 6 by Artist 6').focus();
    session.library.next = tracks(4, 3);
    session.show({ track: track(2), queue: tracks(2, 3) });
    await element.updateComplete;
    expect(focused(element)).to.equal('Play Track 4 by Artist 4');
    await settled(element);
    expect(focused(element)).to.equal('Play Track 6 by Artist 6');
    session.library.next = [];
    session.show({ track: track(6), queue: [] });
    await settled(element);
    expect(focused(element)).to.contain('Nothing comes next');
  });

  it('ends what it asked for when the next track comes first, and when it is closed', async () => {
    const { element, session } = await scene();
    session.show({ track: track(2) });
    await element.updateComplete;
    expect(session.library.signals.map(({ aborted }) => aborted)).to.deep.equal([true, false]);
    element.open = false;
    await element.updateComplete;
    expect(session.library.signals[1]?.aborted).to.equal(true);
  });

  it('skips to the next track, and plays on from a later one in the order that it shows', async () => {
    const { element, session } = await scene({ contextUri: 'spotify:playlist:1' });
    await settled(element);
    button(element, 'Play Track 2 by Artist 2').click();
    button(element, 'Play Track 4 by Artist 4').click();
    expect(session.calls).to.deep.equal([['next'], ['play', { uris: [4, 5, 6].map((n) => track(n).uri), offset: 0 }]]);
  });

  it('stays within the album that plays', async () => {
    const { element, session } = await scene({ contextUri: track(4).album.uri });
    await settled(element);
    button(element, 'Play Track 4 by Artist 4').click();
    expect(session.calls).to.deep.equal([['play', { context: track(4).album.uri, offset: track(4).uri }]]);
  });

  it('starts the next track by itself where skipping is not allowed', async () => {
    const { element, session } = await scene({ disallows: ['skipping-next'] });
    await settled(element);
    button(element, 'Play Track 2 by Artist 2').click();
    expect(session.calls.map(([name]) => name)).to.deep.equal(['play']);
  });

  it('marks nothing as playing: the same track once more is still to come', async () => {
    const { element, session } = await scene();
    session.show({ track: track(2) });
    await settled(element);
    expect(titles(element)).to.contain('Track 2');
    expect(all(element, '[data-current], [aria-current]')).to.have.length(0);
  });

  it('says when nothing comes next', async () => {
    const { element } = await scene({ queue: [] }, true, []);
    await settled(element);
    expect(status(element)).to.contain('Nothing comes next');
    expect(maybe(element, '[role="list"]')).to.equal(null);
  });

  it('says what went wrong, keeps what it knows, and asks again on demand only', async () => {
    const { element, session } = await scene();
    session.library.failure = new PlayerError('network');
    session.show({ track: track(2) });
    await settled(element);
    expect(status(element)).to.contain('Spotify cannot be reached');
    expect(titles(element)).to.deep.equal(['Track 2', 'Track 3']);
    expect(asked(session)).to.equal(2);
    session.library.failure = null;
    button(element, 'Try again').click();
    await settled(element);
    expect(asked(session)).to.equal(3);
    expect(titles(element)).to.have.length(5);
  });

  it('shares what comes next where a room takes it, and adds nothing', async () => {
    const { element } = await scene();
    await sharing(element);
    expect(maybeButton(element, 'Share Track 2 in the chat')).not.to.equal(undefined);
    expect(buttonNames(element).some((name) => name.startsWith('Add'))).to.equal(false);
  });

  it('forgets what it was told when the visitor disconnects', async () => {
    const { element, session } = await scene();
    await settled(element);
    session.show({ status: 'signed-out', track: null, queue: [] });
    await settled(element);
    expect(titles(element)).to.deep.equal([]);
    expect(asked(session)).to.equal(1);
  });

  it('leads back to Spotify, and is accessible in light and dark', async () => {
    const { element } = await scene();
    await sharing(element);
    await settled(element);
    expect(words(find(element, 'a.spotify'))).to.equal('Open in Spotify');
    await expectAccessible(element);
  });
});
