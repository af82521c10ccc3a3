import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../elements/player-actions/define.js';
import '../../elements/player-devices/define.js';
import '../../elements/player-library/define.js';
import '../../elements/player-queue/define.js';
import '../../elements/track-search/define.js';
import { FakeSession, playing } from './support/fake-session.js';
import { clearHosts, hosted, sharing } from './support/player-host.js';
import { expectAccessible } from './support/schemes.js';
import { all, buttonNames, words } from './support/shadow.js';

const inEmbed = (): FakeSession => new FakeSession(playing({ engine: 'embed', capabilities: [] }));

describe('parts that a page places by hand, while the visitor listens without signing in', () => {
  afterEach(clearHosts);

  for (const tag of ['track-search', 'player-queue', 'player-library'] as const) {
    it(`<${tag}> says why it has nothing to offer, and has no dead control`, async () => {
      const element = await hosted(document.createElement(tag) as LitElement, inEmbed());
      expect(words(element.shadowRoot as unknown as Element)).to.contain('not available here: this is Spotify’s own player, without your account');
      expect(all(element, 'button, input')).to.deep.equal([]);
      await expectAccessible(element);
    });
  }

  it('<player-devices> shows nothing', async () => {
    const element = await hosted(document.createElement('player-devices'), inEmbed());
    expect(all(element, '*:not(style)')).to.deep.equal([]);
  });

  it('<player-actions> shares, and saves nothing; not before the title is known', async () => {
    const session = inEmbed();
    const element = await hosted(document.createElement('player-actions'), session);
    await sharing(element);
    expect(buttonNames(element)).to.deep.equal(['Share Track 1 in the chat']);
    const { track } = session.snapshot;
    session.show({ track: track && { ...track, title: '' } });
    await element.updateComplete;
    expect(buttonNames(element)).to.deep.equal([]);
  });
});
