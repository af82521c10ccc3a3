import { expect } from '@open-wc/testing';
import '../../demo/states/elements.js';
import { open, room } from '../../demo/states/chat-states.js';
import { player, plays } from '../../demo/states/player-states.js';
import { settled, within } from '../../demo/states/state.js';
import { findings } from './support/schemes.js';
import { find } from './support/shadow.js';

/** What docs/theming.md says that a page can change. */
describe('the look that a page gives', () => {
  let place: HTMLElement;

  before(async () => {
    place = document.createElement('div');
    place.setAttribute('style', 'inline-size: 380px');
    place.append(player({}), room({ ...open, firstUnread: open.messages?.[6]?.id ?? null, unread: 3 }), player(plays()));
    document.body.append(place);
    await settled(place);
  });

  afterEach(() => place.setAttribute('style', 'inline-size: 380px'));

  after(() => place.remove());

  // Light and dark, pale and strong, round the circle.
  for (const accent of ['#000000', '#ffffff', '#7f7f7f', '#ffff00', '#00ff00', '#0000ff', '#e11d48', '#7c3aed']) {
    it(`an accent of ${accent} changes what can be pressed, and all can be read`, async () => {
      const primary = find(place.querySelector('room-player') as Element, '.primary');
      const before = getComputedStyle(primary).backgroundColor;
      place.style.setProperty('--roomtone-accent', accent);
      for (const scheme of ['light', 'dark'] as const) {
        expect(await findings(place, scheme, { runOnly: { type: 'rule', values: ['color-contrast'] } }), scheme).to.deep.equal([]);
      }
      expect(getComputedStyle(primary).backgroundColor).not.to.equal(before);
    });
  }

  it('density, corners, typefaces and the size of text', async () => {
    const [, around] = place.querySelectorAll('room-player');
    if (!around) throw new Error('No player.');
    const card = find(around, '.card');
    const title = await within(around, 'now-playing', '[part~="title"]');
    const look = (): unknown[] => {
      const { padding, borderRadius, fontFamily, fontSize } = getComputedStyle(card);
      return [padding, borderRadius, fontFamily, fontSize, getComputedStyle(title).fontFamily];
    };
    const given = { space: '10px', radius: '3px', font: 'monospace', 'font-size': '20px', 'font-display': 'fantasy' };
    for (const [name, value] of Object.entries(given)) place.style.setProperty(`--roomtone-${name}`, value);
    expect(look()).to.deep.equal(['20px', '3px', 'monospace', '20px', 'fantasy']);
  });

  it('the greys of both themes', () => {
    const chat = place.querySelector('chat-room') as HTMLElement;
    place.style.setProperty('--roomtone-surface', 'light-dark(rgb(1, 2, 3), rgb(4, 5, 6))');
    place.style.setProperty('color-scheme', 'light');
    expect(getComputedStyle(chat).backgroundColor).to.equal('rgb(1, 2, 3)');
    place.style.setProperty('color-scheme', 'dark');
    expect(getComputedStyle(chat).backgroundColor).to.equal('rgb(4, 5, 6)');
  });
});
