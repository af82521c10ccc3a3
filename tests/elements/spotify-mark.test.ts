import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { collection } from './support/fake-library.js';
import { playing } from './support/fake-session.js';
import { settled } from './support/player-host.js';
import { clearPlayers, shownPlayer, type PlayerScene } from './support/player-scene.js';
import { all, button, find, maybe, words } from './support/shadow.js';
import { track, tracks } from './support/tracks.js';

/** Spotify's rules (spotify.md, branding), in px. */
const smallestIcon = 21;
const clear = (height: number): number => height / 2;

async function scene(): Promise<PlayerScene> {
  const found = await shownPlayer(playing({ queue: tracks(2, 2) }));
  const { library } = found.session;
  found.session.onSearch = async () => ({ tracks: tracks(10), nextOffset: 10 });
  library.collections = { items: [collection(1)], nextOffset: null };
  library.ownPlaylists = { items: [collection(1, 'playlist')], nextOffset: null };
  library.tracks = library.saved = { items: tracks(10), nextOffset: 10 };
  library.recent = library.next = tracks(10);
  found.player.style.setProperty('width', '320px');
  return found;
}

async function pressed(host: LitElement, ...names: string[]): Promise<LitElement> {
  for (const name of names) {
    button(host, name).click();
    await settled(host);
  }
  return host;
}

async function searched({ player }: PlayerScene): Promise<LitElement> {
  const search = find<LitElement>(player, 'track-search');
  const field = find<HTMLInputElement>(search, 'input');
  field.value = 'x';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
  await settled(search);
  return search;
}

async function panel({ player }: PlayerScene, tab: string, localName: string): Promise<LitElement> {
  await pressed(player, tab);
  const shown = find<LitElement>(player, localName);
  await settled(shown);
  return shown;
}

/** Every view of the player that shows Spotify's metadata. */
const views: Readonly<Record<string, (from: PlayerScene) => Promise<LitElement> | LitElement>> = {
  'what plays': ({ player }) => find<LitElement>(player, 'now-playing'),
  'the search': searched,
  'an album that was found': async (from) => pressed(await searched(from), 'Albums', 'Open Album 1 by Artist 1'),
  'what comes next': (from) => panel(from, 'Up next', 'player-queue'),
  playlists: async (from) => pressed(await panel(from, 'Library', 'player-library'), 'Your playlists'),
  'a playlist': async (from) =>
    pressed(await panel(from, 'Library', 'player-library'), 'Your playlists', 'Open Playlist 1 by Artist 1'),
  'saved tracks': async (from) => pressed(await panel(from, 'Library', 'player-library'), 'Saved tracks'),
  'recently played': async (from) => pressed(await panel(from, 'Library', 'player-library'), 'Recently played'),
};

const marks = (host: Element): HTMLElement[] => all(host, '.spotify');

/** Boxes of what can be seen around the mark: words, covers, buttons. */
function neighbours(root: LitElement, mark: Element): DOMRect[] {
  const others = all(root, 'p, .title, .artists, .cover, img, button, bdi, svg').filter(
    (element) => element.checkVisibility() && element !== mark && !element.contains(mark) && !mark.querySelector('svg')?.contains(element),
  );
  return others.map((element) => element.getBoundingClientRect()).filter(({ width, height }) => width > 1 && height > 1);
}

/** How far `other` stays away from `icon`, in px. */
function distance(icon: DOMRect, other: DOMRect): number {
  const x = Math.max(other.left - icon.right, icon.left - other.right, 0);
  const y = Math.max(other.top - icon.bottom, icon.top - other.bottom, 0);
  return Math.max(x, y);
}

describe('Spotify’s mark', () => {
  afterEach(clearPlayers);

  for (const [name, open] of Object.entries(views)) {
    it(`stands in ${name} once, large enough, with clear space, and leads back to Spotify`, async () => {
      const host = await open(await scene());
      expect(marks(host)).to.have.length(1);
      const mark = find<HTMLAnchorElement>(host, 'a.spotify');
      const icon = find(host, '.spotify svg').getBoundingClientRect();
      expect(icon.width).to.be.at.least(smallestIcon);
      expect(icon.height).to.equal(icon.width);
      for (const other of neighbours(host, mark)) expect(distance(icon, other)).to.be.at.least(clear(icon.height) - 0.5);
      expect(new URL(mark.href).origin).to.equal('https://open.spotify.com');
      expect(words(mark)).to.match(/Spotify$/);
      // In sight without any scrolling of the list.
      expect(mark.closest('ul')).to.equal(null);
    });

    it(`stands in ${name} whatever a host’s styles say of the parts`, async () => {
      const from = await scene();
      const host = await open(from);
      const parts = new Set(all(host, '[part]').flatMap((element) => [...element.part]));
      const style = document.createElement('style');
      const hidden = 'display: none !important; visibility: hidden !important; opacity: 0 !important; block-size: 0 !important;';
      style.textContent = [...parts].map((part) => `${host.localName}::part(${part}), room-player::part(${part}) { ${hidden} }`).join('\n');
      const root = from.player.shadowRoot;
      if (!root) throw new Error('No shadow root.');
      document.head.append(style);
      root.append(style.cloneNode(true));
      try {
        const icon = find(host, '.spotify svg');
        const seen = icon.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && icon.getBoundingClientRect().width >= smallestIcon;
        const titles = all(host, '.title').filter((title) => title.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
        // What hides the mark has to hide all that it stands for.
        expect(seen || titles.length === 0).to.equal(true);
        expect(all(host, '.spotify, .spotify *').filter((element) => element.hasAttribute('part'))).to.have.length(0);
      } finally {
        style.remove();
      }
    });
  }

  for (const [scheme, text, colour] of [
    ['light', '', 0],
    ['dark', '', 1],
    ['light', '#f4e9ff', 1],
    ['dark', '#301020', 0],
  ] as const) {
    it(`is pure ${colour ? 'white' : 'black'} in a ${scheme} page${text && ` with text of ${text}`}`, async () => {
      const { player } = await scene();
      player.style.setProperty('color-scheme', scheme);
      if (text) player.style.setProperty('--roomtone-text', text);
      const context = document.createElement('canvas').getContext('2d');
      if (!context) throw new Error('No canvas.');
      context.fillStyle = getComputedStyle(find(find(player, 'now-playing'), '.spotify svg')).fill;
      context.fillRect(0, 0, 1, 1);
      expect([...context.getImageData(0, 0, 1, 1).data]).to.deep.equal([...Array<number>(3).fill(colour * 255), 255]);
    });
  }

  it('keeps cover, title and artists of what plays in sight and whole, whatever a host writes', async () => {
    const { player } = await scene();
    const style = document.createElement('style');
    style.textContent = ['artwork', 'title', 'artists']
      .map((part) => `room-player::part(${part}) { display: none !important; visibility: hidden !important; opacity: 0 !important; inline-size: 0 !important; overflow: hidden !important; clip-path: circle(10%) !important; }`)
      .join('\n');
    document.head.append(style);
    try {
      const playingNow = find(player, 'now-playing');
      for (const part of ['artwork', 'title', 'artists']) {
        const { display, visibility, opacity } = getComputedStyle(find(playingNow, `[part="${part}"]`));
        expect({ display, visibility, opacity }).to.deep.equal({ display: 'block', visibility: 'visible', opacity: '1' });
      }
      const cover = getComputedStyle(find(playingNow, '[part="artwork"]'));
      expect([cover.overflow, cover.clipPath]).to.deep.equal(['visible', 'none']);
      expect(find(playingNow, 'img').getBoundingClientRect().width).to.be.at.least(40);
    } finally {
      style.remove();
    }
  });

  it('is there in the narrowest card, beside what can be done with the track', async () => {
    const { player } = await scene();
    player.style.setProperty('width', '240px');
    const playingNow = find<LitElement>(player, 'now-playing');
    await settled(playingNow);
    const icon = find(playingNow, '.spotify svg').getBoundingClientRect();
    const save = find(player, 'player-actions').getBoundingClientRect();
    expect(icon.width).to.be.at.least(smallestIcon);
    expect(Math.abs(icon.top + icon.height / 2 - (save.top + save.height / 2))).to.be.below(2);
    expect(words(find(playingNow, '.spotify'))).to.equal('Open in Spotify');
  });

  it('leaves every title whole: on the page, or where the pointer and the keyboard find it', async () => {
    const title = `${'A long title that goes on '.repeat(8)}(Remastered 2011)`;
    const from = await scene();
    from.session.onSearch = async () => ({ tracks: [track(1, { title })], nextOffset: null });
    const search = await searched(from);
    expect(words(find(search, '.result .title'))).to.equal(title);
    const play = find(search, '.result .play');
    expect(play.title).to.contain(title);
    expect(play.ariaLabel).to.contain(title);
    await from.show({ track: track(1, { title }) });
    const playingNow = find<LitElement>(from.player, 'now-playing');
    await playingNow.updateComplete;
    const line = find(playingNow, '[part="title"]');
    expect(words(line)).to.equal(title);
    expect(line.scrollHeight).to.be.at.most(line.clientHeight + 1);
    expect(maybe(playingNow, '.spotify')).not.to.equal(null);
  });
});
