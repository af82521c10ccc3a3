import { expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-message/define.js';
import type { ChatMessage } from '../../elements/chat-message/chat-message.js';
import type { TimelineMessage } from '../../src/chat/model.js';
import { expectAccessible } from './support/schemes.js';
import { platformNine, requestsAt, uriOf, wrongUris } from './support/chat-music.js';
import { message, noon, own } from './support/chat-session.js';
import { all, button, find, maybe, maybeButton, words } from './support/shadow.js';

async function shown(given: TimelineMessage, grouped = false): Promise<ChatMessage> {
  const box = await fixture<HTMLElement>(html`<div>
    <chat-message .message=${given} .locale=${'en-GB'} ?grouped=${grouped}></chat-message>
  </div>`);
  box.style.setProperty('inline-size', '320px');
  const element = box.querySelector('chat-message');
  if (!element) throw new Error('not rendered');
  await element.updateComplete;
  return element;
}

const bubbleOf = (element: ChatMessage): HTMLElement => find(element, '[part="bubble"]');

describe('<chat-message>', () => {
  it('says who, when and what', async () => {
    const element = await shown(message({ body: 'hello', at: noon }));
    expect(words(find(element, '[part="author"]'))).to.equal('Bob');
    expect(bubbleOf(element).textContent).to.equal('hello');
    const time = find<HTMLTimeElement>(element, 'time');
    expect(words(time)).to.equal('12:00');
    expect(new Date(time.dateTime).getTime()).to.equal(noon);
    await expectAccessible(element);
  });

  it('names the author once in a group, and keeps the hour for screen readers', async () => {
    const element = await shown(message({ at: noon }), true);
    expect(maybe(element, '[part="author"]')).to.equal(null);
    expect(words(find(element, 'time'))).to.equal('12:00');
    await expectAccessible(element);
  });

  it('tells one’s own from the others’', async () => {
    const element = await shown(own({ body: 'mine' }));
    expect(element.hasAttribute('mine')).to.equal(true);
    expect(words(element.shadowRoot?.querySelector('b') ?? null)).to.equal('Ann');
    expect(maybe(element, '[part="avatar"]')).to.equal(null);
    await expectAccessible(element);
  });

  it('has few nodes: three for a message that continues a group', async () => {
    const grouped = await shown(message(), true);
    expect(all(grouped, '*')).to.have.length(2);
    expect(all(await shown(message()), '*')).to.have.length(5);
  });

  describe('on its way', () => {
    it('has a mark', async () => {
      const element = await shown(own({ state: 'sending' }));
      expect(find(element, '[part="sending"]').getAttribute('aria-label')).to.equal('Sending');
      await expectAccessible(element);
    });

    for (const [code, sentence] of [
      ['slow-mode', 'This room is in slow mode: it goes out by itself when it may.'],
      ['rate-limited', 'You are writing faster than this room allows: it goes out by itself in a moment.'],
      ['token-expired', 'Your sign-in here has run out. This goes on by itself once the page has renewed it; if it does not, sign in on this page again.'],
    ] as const) {
      it(`says what it waits for: ${code}`, async () => {
        const element = await shown(own({ state: 'sending', problem: { code, waitSeconds: 8 } }));
        expect(words(find(element, '[part="waiting"]'))).to.equal(sentence);
        expect(maybeButton(element, 'Retry')).to.equal(undefined);
        await expectAccessible(element);
        element.message = own({ state: 'sent', changing: true, problem: { code } });
        await element.updateComplete;
        expect(words(find(element, '[part="waiting"]'))).to.equal(sentence);
        element.message = own();
        await element.updateComplete;
        expect(maybe(element, '[part="waiting"]')).to.equal(null);
      });
    }

    it('becomes an ordinary message when it has arrived', async () => {
      const pending = own({ state: 'sending' });
      const element = await shown(pending);
      element.message = { ...pending, state: 'sent' };
      await element.updateComplete;
      expect(maybe(element, '[part="sending"]')).to.equal(null);
    });
  });

  describe('not sent', () => {
    const failed = own({ id: 'lost', state: 'failed', problem: { code: 'rate-limited', waitSeconds: 8 } });

    it('says why and what helps', async () => {
      const element = await shown(failed);
      expect(words(find(element, '[part="problem"] span'))).to.equal(
        'You are writing faster than this room allows. Try again in 8 seconds.',
      );
      await expectAccessible(element);
    });

    it('offers Retry', async () => {
      const element = await shown(failed);
      const asked: string[] = [];
      element.addEventListener('message-retry', ({ id }) => asked.push(id));
      button(element, 'Retry').click();
      expect(asked).to.deep.equal(['lost']);
    });

    it('offers Discard', async () => {
      const element = await shown(failed);
      const asked: string[] = [];
      element.addEventListener('message-discard', ({ id }) => asked.push(id));
      button(element, 'Discard').click();
      expect(asked).to.deep.equal(['lost']);
    });

    it('offers neither once it is on its way again', async () => {
      const element = await shown(failed);
      element.message = { ...failed, state: 'sending', problem: null };
      await element.updateComplete;
      expect(maybeButton(element, 'Retry')).to.equal(undefined);
    });
  });

  describe('with hostile words', () => {
    it('shows markup as text', async () => {
      const body = '<img src=x onerror="alert(1)"><b>bold</b> &amp; <script>alert(2)</script>';
      const element = await shown(message({ body, authorName: '<i>Eve</i>' }));
      expect(bubbleOf(element).textContent).to.equal(body);
      expect(bubbleOf(element).children).to.have.length(0);
      expect(words(find(element, '[part="author"]'))).to.equal('<i>Eve</i>');
    });

    it('keeps 4,000 characters without a space within its width', async () => {
      const element = await shown(message({ body: 'x'.repeat(4000), authorName: 'y'.repeat(400) }));
      const width = element.getBoundingClientRect().width;
      expect(width).to.be.at.most(320);
      expect(element.scrollWidth).to.be.at.most(Math.ceil(width));
      expect(bubbleOf(element).scrollWidth).to.be.at.most(bubbleOf(element).clientWidth + 1);
    });

    it('keeps white space and lines', async () => {
      const element = await shown(message({ body: 'a\n\n  b' }));
      const one = await shown(message({ body: 'a' }));
      expect(bubbleOf(element).textContent).to.equal('a\n\n  b');
      expect(bubbleOf(element).offsetHeight).to.be.greaterThan(bubbleOf(one).offsetHeight * 1.8);
    });

    it('clips stacked marks within the row', async () => {
      const marks = '\u0300\u0301\u0302\u0316\u0317\u0318'.repeat(60);
      const element = await shown(message({ body: `Z${marks} and Z${marks}`, authorName: `Z${marks}` }));
      expect(getComputedStyle(bubbleOf(element)).overflowY).to.equal('clip');
      expect(getComputedStyle(find(element, '[part="author"]')).overflowY).to.equal('hidden');
      expect(element.getBoundingClientRect().height).to.be.lessThan(100);
    });

    it('keeps a reordering character to itself', async () => {
      const element = await shown(message({ body: '\u202egnp.exe', authorName: '\u202eeve' }));
      expect(getComputedStyle(bubbleOf(element)).unicodeBidi).to.equal('plaintext');
      // The hour after the name stays after it.
      const name = find(element, '[part="author"]').getBoundingClientRect();
      expect(find(element, 'time').getBoundingClientRect().left).to.be.at.least(name.right);
    });

    it('turns each paragraph its own way, and leaves the bubble where it is', async () => {
      const latin = await shown(message({ body: 'shalom' }));
      const { left } = bubbleOf(latin).getBoundingClientRect();
      const hebrew = await shown(message({ body: 'שלום\nshalom to everybody' }));
      expect(bubbleOf(hebrew).getBoundingClientRect().left).to.equal(left);
    });

    it('makes no link of javascript:', async () => {
      const element = await shown(message({ body: 'javascript:alert(1) data:text/html,x' }));
      expect(all(element, 'a')).to.have.length(0);
    });
  });

  describe('with an address', () => {
    it('follows it in a page of its own that learns nothing', async () => {
      const element = await shown(message({ body: 'see https://a.example/b. And\nhttps://c.example' }));
      const links = all<HTMLAnchorElement>(element, 'a');
      expect(links.map(({ href }) => href)).to.deep.equal(['https://a.example/b', 'https://c.example/']);
      for (const link of links) {
        expect(link.target).to.equal('_blank');
        expect(link.rel).to.equal('noopener noreferrer nofollow ugc');
      }
      expect(bubbleOf(element).textContent).to.equal('see https://a.example/b. And\nhttps://c.example');
      await expectAccessible(element);
    });
  });

  describe('with a shared track', () => {
    const shared = (given: Partial<TimelineMessage> = {}): TimelineMessage =>
      message({ body: platformNine.title, track: platformNine, ...given });

    it('names it and leads back to Spotify', async () => {
      const element = await shown(shared());
      const title = find<HTMLAnchorElement>(element, '[part="track-title"]');
      expect(words(title)).to.equal('Platform Nine');
      expect(title.dir).to.equal('auto');
      expect(title.href).to.equal('https://open.spotify.com/track/aaaaaaaaaaaaaaaaaaaaaa');
      expect(words(find(element, '[part="track-artists"]'))).to.equal('Paper Lanterns, Marta Vale');
      const source = find<HTMLAnchorElement>(element, '.source a');
      expect(words(source)).to.equal('Open in Spotify');
      expect(source.href).to.equal(title.href);
      expect(all(element, 'img')).to.have.length(0);
      await expectAccessible(element);
    });

    it('asks for it on the reader’s own click, once', async () => {
      const element = await shown(shared());
      const asked = requestsAt(document.body);
      expect(asked).to.deep.equal([]);
      button(element, 'Play Platform Nine for me').click();
      expect(asked).to.deep.equal([platformNine.uri]);
    });

    for (const kind of ['track', 'episode', 'album', 'playlist']) {
      it(`takes a Spotify ${kind}`, async () => {
        const element = await shown(shared({ track: { ...platformNine, uri: uriOf(kind), artists: '' } }));
        const asked = requestsAt(element);
        button(element, 'Play Platform Nine for me').click();
        expect(asked).to.deep.equal([uriOf(kind)]);
        expect(words(find(element, '.source')).toLowerCase()).to.contain(kind);
        expect(words(maybe(element, '[part="track-artists"]'))).to.equal('');
      });
    }

    it('offers no playing where there is no player', async () => {
      const element = await shown(shared());
      element.canPlay = false;
      await element.updateComplete;
      expect(all(element, 'button')).to.have.length(0);
      expect(all(element, 'a')).to.have.length(2);
    });

    it('shows it on its way, and offers Retry and Discard when it was not sent', async () => {
      const pending = own({ id: 'lost', body: platformNine.title, track: platformNine, state: 'sending' });
      const element = await shown(pending, true);
      expect(find(element, '[part="sending"]').getAttribute('aria-label')).to.equal('Sending');
      await expectAccessible(element);
      element.message = { ...pending, state: 'failed', problem: { code: 'rate-limited', waitSeconds: 8 } };
      await element.updateComplete;
      const asked: string[] = [];
      element.addEventListener('message-retry', ({ id }) => asked.push(`retry ${id}`));
      element.addEventListener('message-discard', ({ id }) => asked.push(`discard ${id}`));
      button(element, 'Retry').click();
      button(element, 'Discard').click();
      expect(asked).to.deep.equal(['retry lost', 'discard lost']);
      expect(words(find(element, '[part="problem"] span'))).to.contain('Try again in 8 seconds.');
      await expectAccessible(element);
    });

    it('is worked by the keyboard: title, page, button', async () => {
      const element = await shown(shared());
      const reached = all<HTMLElement>(element, 'a, button');
      expect(reached.map(({ tabIndex }) => tabIndex)).to.deep.equal([0, 0, 0]);
      for (const target of reached) expect(target.getBoundingClientRect().height).to.be.at.least(20);
      const { width, height } = find(element, '[part="play"]').getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
    });

    it('cuts a long title by the line, and shows it in full to who follows it', async () => {
      const title = 'A title that goes on and on '.repeat(12).trim();
      const element = await shown(shared({ track: { ...platformNine, title } }));
      const link = find(element, '[part="track-title"]');
      expect(link.title).to.equal(title);
      expect(link.textContent).to.equal(title);
      expect(link.scrollHeight).to.be.greaterThan(link.clientHeight + 1);
      link.focus();
      if (link.matches(':focus-visible')) expect(link.scrollHeight).to.be.at.most(link.clientHeight + 1);
      await expectAccessible(element);
    });

    for (const uri of wrongUris) {
      it(`offers and links nothing for ${JSON.stringify(uri)}`, async () => {
        const element = await shown(shared({ track: { ...platformNine, uri } }));
        expect(all(element, 'button, a')).to.have.length(0);
        expect(words(find(element, '[part="track-title"]'))).to.equal('Platform Nine');
      });
    }
  });

  it('needs no style attribute', async () => {
    const element = await shown(own({ state: 'failed', problem: { code: 'network' }, body: 'https://a.example' }));
    expect(all(element, '[style]')).to.have.length(0);
  });
});
