import { expect } from '@open-wc/testing';
import '../../elements/player-actions/define.js';
import type { PlayerActions } from '../../elements/player-actions/player-actions.js';
import { PlayerError } from '../../src/player/engine.js';
import { TrackShareEvent } from '../../src/track-events.js';
import { FakeSession, playing } from './support/fake-session.js';
import { clearHosts, hosted, settled, sharing } from './support/player-host.js';
import { expectAccessible } from './support/schemes.js';
import { button, buttonNames, find, words } from './support/shadow.js';
import { track } from './support/tracks.js';

async function scene(eager = false): Promise<{ element: PlayerActions; session: FakeSession; press(name: string): Promise<void> }> {
  const session = new FakeSession(playing());
  const element = document.createElement('player-actions');
  element.eager = eager;
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

const pressed = (element: Element, name = 'Save Track 1'): string | null => button(element, name).getAttribute('aria-pressed');

describe('<player-actions>', () => {
  afterEach(clearHosts);

  it('does not know whether the track is saved before the first click, and then asks first', async () => {
    const { element, session, press } = await scene();
    expect(pressed(element)).to.equal(null);
    expect(session.library.asked).to.deep.equal([]);
    await press('Save Track 1');
    expect(session.library.asked).to.deep.equal([
      ['isSaved', track(1).uri],
      ['save', track(1).uri],
    ]);
    expect(pressed(element)).to.equal('true');
  });

  it('leaves a track that turns out to be saved where it is, and takes it out with the next click', async () => {
    const { element, session, press } = await scene();
    session.library.inLibrary.add(track(1).uri);
    await press('Save Track 1');
    expect(pressed(element)).to.equal('true');
    expect(session.library.inLibrary.has(track(1).uri)).to.equal(true);
    await press('Save Track 1');
    expect(pressed(element)).to.equal('false');
    expect(session.library.asked.map(([name]) => name)).to.deep.equal(['isSaved', 'unsave']);
  });

  it('eager, tells for each track, once', async () => {
    const { element, session } = await scene(true);
    session.library.inLibrary.add(track(2).uri);
    await settled(element);
    session.show({ volume: 0.1 });
    await settled(element);
    expect(pressed(element)).to.equal('false');
    session.show({ track: track(2) });
    await element.updateComplete;
    expect(pressed(element, 'Save Track 2')).to.equal(null);
    await settled(element);
    expect(pressed(element, 'Save Track 2')).to.equal('true');
    expect(session.library.asked.map(([name]) => name)).to.deep.equal(['isSaved', 'isSaved']);
  });

  it('eager, says nothing of a question that nobody asked', async () => {
    const { element, session } = await scene();
    session.library.failure = new PlayerError('network');
    element.eager = true;
    await settled(element);
    expect(words(find(element, '[role="status"]'))).to.equal('');
    expect(session.library.asked).to.have.length(1);
  });

  it('says why a track could not be saved, until the next one', async () => {
    const { element, session, press } = await scene();
    session.library.failure = new PlayerError('rate-limited');
    await press('Save Track 1');
    expect(words(find(element, '[role="status"]'))).to.contain('short break');
    expect(pressed(element)).to.equal(null);
    session.show({ track: track(2) });
    await settled(element);
    expect(words(find(element, '[role="status"]'))).to.equal('');
  });

  it('lets no late answer mark the next track', async () => {
    const { element, session } = await scene();
    let open = (): void => undefined;
    session.library.gate = new Promise((resolve) => (open = resolve));
    button(element, 'Save Track 1').click();
    session.show({ track: track(2) });
    await settled(element);
    open();
    session.library.gate = null;
    await settled(element);
    expect(pressed(element, 'Save Track 2')).to.equal(null);
  });

  it('shares what plays where a room takes it', async () => {
    const { element, press } = await scene();
    expect(buttonNames(element)).to.deep.equal(['Save Track 1']);
    await sharing(element);
    const shared: string[] = [];
    element.parentElement?.addEventListener(TrackShareEvent.type, ({ uri }) => shared.push(uri));
    await press('Share Track 1 in the chat');
    expect(shared).to.deep.equal([track(1).uri]);
  });

  it('is accessible, in light and dark', async () => {
    const { element, press } = await scene();
    await sharing(element);
    await expectAccessible(element);
    await press('Save Track 1');
    await expectAccessible(element);
  });
});
