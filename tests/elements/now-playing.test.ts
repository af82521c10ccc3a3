import { expect } from '@open-wc/testing';
import '../../elements/now-playing/define.js';
import type { NowPlaying } from '../../elements/now-playing/now-playing.js';
import { FakeSession, playing } from './support/fake-session.js';
import { clearHosts, hosted } from './support/player-host.js';
import { expectAccessible } from './support/schemes.js';
import { all, find, maybe, words } from './support/shadow.js';
import { track } from './support/tracks.js';
import { waitUntil } from './support/wait.js';

const link = (host: Element, part: string): string | null => maybe<HTMLAnchorElement>(host, `[part="${part}"] a`)?.href ?? null;

async function shown(change: Parameters<typeof track>[1] = {}): Promise<NowPlaying> {
  const element = document.createElement('now-playing');
  element.playback = { track: track(1, change) };
  return hosted(element, new FakeSession());
}

describe('<now-playing>', () => {
  afterEach(clearHosts);

  it('shows what the player around it plays, and follows it', async () => {
    const session = new FakeSession(playing());
    const element = await hosted(document.createElement('now-playing'), session);
    expect(words(find(element, '[part="title"]'))).to.equal('Track 1');
    expect(words(find(element, '[part="artists"]'))).to.equal('Artist 1');
    expect(find(element, '[role="group"]').getAttribute('aria-label')).to.equal('Now playing');

    session.show({ track: track(2) });
    await element.updateComplete;
    expect(words(find(element, '[part="title"]'))).to.equal('Track 2');
  });

  it('shows somebody else’s playback instead, whatever the visitor hears', async () => {
    const session = new FakeSession(playing());
    const element = document.createElement('now-playing');
    element.playback = { track: track(7) };
    element.label = 'Ada listens to';
    await hosted(element, session);
    session.show({ track: track(2) });
    await element.updateComplete;
    expect(words(find(element, '[part="title"]'))).to.equal('Track 7');
    expect(find(element, '[role="group"]').getAttribute('aria-label')).to.equal('Ada listens to');
  });

  it('shows nothing when there is nothing to show', async () => {
    const element = document.createElement('now-playing');
    element.playback = null;
    await hosted(element, new FakeSession(playing()));
    expect(element.shadowRoot?.children).to.have.length(0);
  });

  it('leads back to Spotify from the title, each artist and the cover', async () => {
    const element = await shown({
      uri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC',
      artists: [
        { name: 'One', uri: 'spotify:artist:1aaa' },
        { name: 'Two', uri: 'spotify:artist:2bbb' },
      ],
    });
    const page = 'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC';
    expect(link(element, 'title')).to.equal(page);
    expect(link(element, 'artwork')).to.equal(page);
    expect(find<HTMLAnchorElement>(element, 'a.spotify').href).to.equal(page);
    expect(words(find(element, 'a.spotify'))).to.equal('Open in Spotify');
    expect(all<HTMLAnchorElement>(element, '[part="artists"] a').map(({ href }) => href)).to.deep.equal([
      'https://open.spotify.com/artist/1aaa',
      'https://open.spotify.com/artist/2bbb',
    ]);
    for (const anchor of all<HTMLAnchorElement>(element, 'a')) {
      expect(anchor.target).to.equal('_blank');
      expect(anchor.rel).to.equal('noopener');
    }
  });

  for (const uri of [
    'javascript:alert(1)',
    'https://evil.example/track/1',
    'spotify:track:../../logout',
    'spotify:track:abc?redirect=https://evil.example',
    'spotify:track:abc\n',
    'spotify:track:',
    'spotify:user:somebody:playlist:37i9dQZF1DXcBWIGoYBM5M',
    'SPOTIFY:TRACK:abc',
    'x spotify:track:abc',
    '',
  ]) {
    it(`makes no link of the URI ${JSON.stringify(uri)}`, async () => {
      const element = await shown({ uri, artists: [{ name: 'One', uri }], album: { name: 'Album', uri } });
      expect(all(element, 'a')).to.have.length(0);
      expect(words(find(element, '[part="title"]'))).to.equal('Track 1');
      expect(words(find(element, '.spotify'))).to.equal('Spotify');
      expect(maybe(element, '.spotify svg')).not.to.equal(null);
    });
  }

  for (const artwork of ['javascript:alert(1)', 'http://elsewhere.example/cover.jpg', 'data:image/svg+xml,<svg/>', '', null]) {
    it(`shows an empty sleeve for the cover ${JSON.stringify(artwork)}`, async () => {
      const element = await shown({ artwork });
      expect(maybe(element, 'img')).to.equal(null);
      expect(maybe(element, '.blank svg')).not.to.equal(null);
    });
  }

  it('shows an empty sleeve when the cover does not load, and the next cover again', async () => {
    const element = await shown({ artwork: new URL('/no-such-cover.png', location.href).href });
    find(element, 'img').dispatchEvent(new Event('error'));
    await element.updateComplete;
    expect(maybe(element, 'img')).to.equal(null);
    element.playback = { track: track(2) };
    await element.updateComplete;
    expect(find<HTMLImageElement>(element, 'img').alt).to.equal('Cover of Album 2');
  });

  it('takes markup in a title for what it is: text', async () => {
    const title = '<img src=x onerror=alert(1)> & "quotes"';
    const element = await shown({ title });
    expect(words(find(element, '[part="title"]'))).to.equal(title);
    expect(find(element, '[part="title"]').title).to.equal(title);
  });

  it('shows all of a long title in a narrow place, without breaking out of it', async () => {
    const title = `${'Long '.repeat(30)}${'w'.repeat(120)}`;
    const element = await shown({ title });
    element.parentElement?.style.setProperty('width', '280px');
    element.parentElement?.style.setProperty('display', 'block');
    const line = find(element, '[part="title"]');
    expect(line.scrollWidth).to.be.at.most(line.clientWidth);
    expect(getComputedStyle(line).overflow).to.equal('visible');
    expect(element.scrollWidth).to.be.at.most(280);
  });

  it('shows the cover whole, with Spotify’s corners', async () => {
    const element = await shown();
    const image = find(element, 'img');
    expect(getComputedStyle(image).objectFit).to.equal('contain');
    expect(getComputedStyle(image).borderRadius).to.equal('4px');
    element.style.setProperty('--now-playing-artwork', '240px');
    await waitUntil(() => getComputedStyle(image).borderRadius === '8px');
  });

  it('reads the artists on in their own direction in a right-to-left page, the comma after the name it follows', async () => {
    const artists = ['Marta Vale', 'The Low Lanterns'].map((name, index) => ({ name, uri: `spotify:artist:${index}` }));
    const element = await shown({ artists });
    const host = element.parentElement;
    if (host) host.dir = 'rtl';
    const line = find(element, '[part="artists"]');
    const [first, second] = all(element, '[part="artists"] a').map((anchor) => anchor.getBoundingClientRect());
    expect(first?.right).to.be.below(second?.left ?? 0);
    expect(second?.right).to.be.closeTo(line.getBoundingClientRect().right, 1);
    // A name of the other direction turns nothing but itself.
    element.playback = { track: track(1, { artists: [{ name: 'Marta Vale', uri: '' }, { name: 'فيروز', uri: '' }, { name: 'Kettle', uri: '' }] }) };
    await element.updateComplete;
    const lefts = all(element, '[part="artists"] span').map((span) => span.getBoundingClientRect().left);
    expect(lefts).to.deep.equal([...lefts].sort((a, b) => a - b));
  });

  it('is accessible, in light and dark', async () => {
    await expectAccessible(await shown());
    await expectAccessible(await shown({ uri: 'javascript:0', artwork: null }));
  });
});
