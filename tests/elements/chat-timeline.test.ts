import { expect, fixture, html } from '@open-wc/testing';
import type { TimelineMessage } from '../../src/chat/model.js';
import { bubble, distance, rows, settled, soon } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { conversation, message, noon, own } from './support/chat-session.js';
import { inView, reading, topOf, type Reader } from './support/chat-timeline.js';
import { all, button, find, maybe, maybeButton, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

describe('<chat-timeline>', () => {
  it('is a silent log that the keyboard reaches', async () => {
    const { timeline, log } = await reading(conversation(30));
    expect(log.getAttribute('aria-label')).to.equal('Messages');
    expect(log.getAttribute('aria-live')).to.equal('off');
    expect(rows(timeline).map(({ tabIndex }) => tabIndex).filter((index) => index === 0)).to.have.length(1);
    expect(rows(timeline).at(-1)?.tabIndex).to.equal(0);
    await expectAccessible(timeline);
  });

  it('shows what its page gives while there is nothing', async () => {
    const { timeline, show } = await reading([]);
    expect(maybe(timeline, 'slot[name="empty"]')).not.to.equal(null);
    await expectAccessible(timeline);
    await show([message()]);
    expect(maybe(timeline, 'slot[name="empty"]')).to.equal(null);
  });

  it('groups an author’s messages and divides the days', async () => {
    const day = 86_400_000;
    const { timeline } = await reading([
      message({ at: noon - day }),
      message({ at: noon }),
      message({ at: noon + 60_000 }),
      own({ at: noon + 60_000 }),
    ]);
    expect(rows(timeline).map(({ grouped }) => grouped)).to.deep.equal([false, false, true, false]);
    expect(all(timeline, '[part="day"] time').map((time) => time.getAttribute('datetime'))).to.deep.equal(['2026-11-02', '2026-11-03']);
  });

  it('keeps the row of a message while messages come above and below', async () => {
    const page = conversation(5, 50);
    const { timeline, show } = await reading(page);
    const row = rows(timeline)[2];
    await show([...conversation(50), ...page, message()]);
    expect(rows(timeline).find(({ message: shown }) => shown?.id === 'm52')).to.equal(row);
  });

  describe('at the end', () => {
    it('begins there and follows', async () => {
      const reader = await reading(conversation(40));
      expect(distance(reader.timeline)).to.equal(0);
      await reader.show([...conversation(40), message(), message()]);
      expect(distance(reader.timeline)).to.equal(0);
      expect(maybeButton(reader.timeline, 'Jump to latest')).to.equal(undefined);
    });

    it('follows a hundred that come one by one in one task', async () => {
      const reader = await reading(conversation(40));
      let messages = conversation(40);
      for (let count = 0; count < 100; count++) reader.timeline.messages = messages = [...messages, message()];
      await settled(reader.timeline);
      expect(rows(reader.timeline).at(-1)?.message).to.equal(messages.at(-1));
      expect(distance(reader.timeline)).to.equal(0);
    });

    it('stays there when a row grows', async () => {
      const reader = await reading(conversation(40));
      bubble(reader.timeline, 'm38').style.setProperty('block-size', '300px');
      await soon(() => distance(reader.timeline) === 0);
    });

    it('stays there when the box shrinks and grows', async () => {
      const reader = await reading(conversation(40));
      for (const height of ['200px', '420px']) {
        reader.timeline.style.setProperty('block-size', height);
        await soon(() => reader.log.clientHeight === parseInt(height) && distance(reader.timeline) === 0);
      }
    });

    it('counts as there when it is a few pixels off, but lets go of who moves up', async () => {
      const reader = await reading(conversation(40));
      const end = reader.log.scrollTop;
      await reader.scrollTo(end - 5);
      await reader.show([...conversation(40), message()]);
      expect(distance(reader.timeline)).to.be.greaterThan(5);
      await reader.scrollTo(reader.log.scrollTop + distance(reader.timeline) - 6);
      await reader.show([...conversation(42)]);
      expect(distance(reader.timeline)).to.equal(0);
    });
  });

  describe('while one reads elsewhere', () => {
    it('moves by nothing when 50 older ones come above, in the middle', async () => {
      const page = conversation(60, 50);
      const reader = await reading(page);
      await reader.scrollTo(reader.log.scrollHeight / 2);
      const id = inView(reader);
      const before = topOf(reader.timeline, id);
      await reader.show([...conversation(50), ...page]);
      expect(topOf(reader.timeline, id) - before).to.equal(0);
    });

    it('moves by nothing at scrollTop 0, where browsers give up', async () => {
      const page = conversation(60, 50);
      const reader = await reading(page);
      await reader.scrollTo(0);
      const [id, first] = [inView(reader), 'm50'];
      const before = [topOf(reader.timeline, id), topOf(reader.timeline, first)];
      await reader.show([...conversation(50), ...page]);
      expect([topOf(reader.timeline, id), topOf(reader.timeline, first)]).to.deep.equal(before);
    });

    it('moves by nothing when the oldest message loses its name to an older one of the same author', async () => {
      // m52 and m53 are of one author: alone, m53 shows the name; with m52 above, it does not.
      const page = conversation(60, 53);
      const reader = await reading(page);
      await reader.scrollTo(0);
      const before = topOf(reader.timeline, 'm53');
      await reader.show([...conversation(53), ...page]);
      expect(rows(reader.timeline).find(({ message: shown }) => shown?.id === 'm53')?.grouped).to.equal(true);
      expect(topOf(reader.timeline, 'm53')).to.equal(before);
    });

    it('moves by nothing with odd heights and a font of odd size', async () => {
      const uneven = (length: number, first: number): TimelineMessage[] =>
        conversation(length, first).map((each, index) => ({ ...each, body: 'word '.repeat((index * 7) % 23) }));
      const reader = await reading(uneven(60, 50));
      reader.timeline.style.setProperty('font-size', '14.3px');
      await settled(reader.timeline);
      await reader.scrollTo(1333);
      const id = inView(reader);
      const before = topOf(reader.timeline, id);
      await reader.show([...uneven(50, 0), ...uneven(60, 50)]);
      expect(Math.abs(topOf(reader.timeline, id) - before)).to.be.below(1);
    });

    it('moves by nothing when new ones come below', async () => {
      const reader = await reading(conversation(60));
      await reader.scrollTo(700);
      await reader.show([...conversation(60), message(), message()]);
      expect(reader.log.scrollTop).to.equal(700);
    });

    it('moves by nothing when a row above grows', async () => {
      const reader = await reading(conversation(60));
      await reader.scrollTo(900);
      const id = inView(reader);
      const before = topOf(reader.timeline, id);
      bubble(reader.timeline, 'm2').style.setProperty('block-size', '240px');
      await soon(() => reader.log.scrollTop > 1000);
      expect(topOf(reader.timeline, id)).to.equal(before);
    });

    it('holds on to the next message when the one it held is discarded', async () => {
      const reader = await reading(conversation(60));
      await reader.scrollTo(900);
      const held = rows(reader.timeline).find(
        (row) => row.getBoundingClientRect().bottom > reader.log.getBoundingClientRect().top,
      )?.message?.id;
      const id = inView(reader);
      const before = topOf(reader.timeline, id);
      await reader.show(conversation(60).filter((each) => each.id !== held));
      expect(topOf(reader.timeline, id)).to.equal(before);
    });

    it('counts scrolling that no event has told of yet', async () => {
      const page = conversation(60, 50);
      const reader = await reading(page);
      reader.log.scrollTop = 600;
      const id = inView(reader);
      const before = topOf(reader.timeline, id);
      await reader.show([...conversation(50), ...page]);
      expect(topOf(reader.timeline, id)).to.equal(before);
    });

    it('is still there after its box was hidden', async () => {
      const reader = await reading(conversation(60));
      await reader.scrollTo(900);
      const id = inView(reader);
      const before = topOf(reader.timeline, id);
      reader.timeline.hidden = true;
      await reader.show([...conversation(60), message()]);
      reader.timeline.hidden = false;
      await soon(() => reader.log.scrollTop === 900);
      expect(topOf(reader.timeline, id)).to.equal(before);
      expect(reader.asked()).to.equal(0);
    });

    it('is still there after it was moved in the page', async () => {
      const reader = await reading(conversation(60));
      await reader.scrollTo(900);
      reader.timeline.parentElement?.append(reader.timeline);
      await soon(() => reader.log.scrollTop === 900);
    });

    it('never scrolls the page around it', async () => {
      const reader = await reading(conversation(60));
      const page = await fixture<HTMLElement>(html`<div></div>`);
      page.style.setProperty('block-size', '3000px');
      window.scrollTo(0, 40);
      const before = window.scrollY;
      await reader.scrollTo(0);
      await reader.show([...conversation(50, -50), ...conversation(60), message()]);
      button(reader.timeline, 'Jump to latest').click();
      await settled(reader.timeline);
      await reader.show([...conversation(50, -50), ...conversation(60), message(), message()]);
      expect(window.scrollY).to.equal(before);
      window.scrollTo(0, 0);
    });

    it('leaves anchoring to nobody else', async () => {
      const { log } = await reading(conversation(30));
      // WebKit knows no such property: then there is nothing to turn off.
      if (CSS.supports('overflow-anchor', 'none')) expect(getComputedStyle(log).overflowAnchor).to.equal('none');
    });
  });

  describe('Jump to latest', () => {
    it('counts what came meanwhile, but not one’s own', async () => {
      const reader = await reading(conversation(60));
      await reader.scrollTo(500);
      expect(maybe(reader.timeline, '[part="unread"]')).to.equal(null);
      await reader.show([...conversation(60), message({ id: 'n1' }), own({ id: 'n2' })]);
      await reader.show([...conversation(60), message({ id: 'n1' }), own({ id: 'n2' }), message({ id: 'n3' })]);
      expect(words(find(reader.timeline, '[part="unread"]'))).to.equal('2 new');
      await expectAccessible(reader.timeline);
    });

    it('does not count history', async () => {
      const reader = await reading(conversation(60, 50));
      await reader.scrollTo(0);
      await reader.show(conversation(110));
      expect(maybe(reader.timeline, '[part="unread"]')).to.equal(null);
    });

    it('goes there, goes away, and leaves the keyboard in the log', async () => {
      const reader = await reading(conversation(60));
      await reader.scrollTo(500);
      const jump = button(reader.timeline, 'Jump to latest');
      jump.focus();
      jump.click();
      await settled(reader.timeline);
      expect(distance(reader.timeline)).to.equal(0);
      expect(maybeButton(reader.timeline, 'Jump to latest')).to.equal(undefined);
      expect(reader.timeline.shadowRoot?.activeElement).to.equal(reader.log);
      await reader.show([...conversation(60), message()]);
      expect(distance(reader.timeline)).to.equal(0);
    });

    it('goes away by itself when one scrolls there', async () => {
      const reader = await reading(conversation(60));
      await reader.scrollTo(500);
      await reader.show([...conversation(60), message()]);
      await reader.scrollTo(reader.log.scrollHeight);
      expect(maybeButton(reader.timeline, 'Jump to latest')).to.equal(undefined);
      await reader.scrollTo(500);
      expect(maybe(reader.timeline, '[part="unread"]')).to.equal(null);
    });
  });

  describe('older history', () => {
    /** Upwards until history was asked for so often: the window takes a few frames to come to the first message. */
    const readBack = (reader: Reader, asked: number): Promise<void> =>
      waitUntil(async () => {
        await reader.scrollTo(10);
        return reader.asked() >= asked;
      }, 'History is not asked for.', { timeout: 20_000, interval: 1 });

    it('is asked for once as the reader comes near the beginning', async () => {
      const reader = await reading(conversation(60));
      await reader.show(conversation(60), { hasOlder: true });
      expect(reader.asked()).to.equal(0);
      await reader.scrollTo(1500);
      expect(reader.asked()).to.equal(0);
      for (const top of [300, 200, 100, 0]) await reader.scrollTo(top);
      expect(reader.asked()).to.equal(1);
    });

    it('is asked for again when the next page came, or after a failure when the reader comes back', async () => {
      const reader = await reading(conversation(60, 50));
      await reader.show(conversation(60, 50), { hasOlder: true });
      await reader.scrollTo(10);
      expect(reader.asked()).to.equal(1);
      await reader.show(conversation(110), { hasOlder: true });
      await readBack(reader, 2);
      await reader.scrollTo(0);
      expect(reader.asked()).to.equal(2);
      await reader.scrollTo(1500);
      await readBack(reader, 3);
      await reader.scrollTo(0);
      expect(reader.asked()).to.equal(3);
    }).timeout(60_000);

    it('is asked for where there is nothing to scroll, but not without end', async () => {
      const reader = await reading(conversation(2));
      await reader.show(conversation(2), { hasOlder: true });
      await reader.show(conversation(2), { loadingOlder: true });
      await reader.show(conversation(2), { loadingOlder: false });
      expect(reader.asked()).to.equal(1);
    });

    it('has a button for who does not scroll', async () => {
      const reader = await reading(conversation(60));
      await reader.show(conversation(60), { hasOlder: true });
      button(reader.timeline, 'Earlier messages').click();
      expect(reader.asked()).to.equal(1);
      button(reader.timeline, 'Earlier messages').click();
      expect(reader.asked()).to.equal(2);
      await expectAccessible(reader.timeline);
    });

    it('is not asked for while it is on its way', async () => {
      const reader = await reading(conversation(60));
      await reader.show(conversation(60), { hasOlder: true, loadingOlder: true });
      const loading = button(reader.timeline, 'Loading earlier messages…');
      expect(loading.getAttribute('aria-disabled')).to.equal('true');
      loading.click();
      await reader.scrollTo(0);
      expect(reader.asked()).to.equal(0);
      await expectAccessible(reader.timeline);
    });

    it('says where the room begins, and leaves the keyboard in the log', async () => {
      const reader = await reading(conversation(60));
      await reader.show(conversation(60), { hasOlder: true });
      button(reader.timeline, 'Earlier messages').focus();
      await reader.show(conversation(60), { hasOlder: false });
      expect(words(find(reader.timeline, '[part="beginning"]'))).to.equal('This is where the conversation begins.');
      expect(reader.timeline.shadowRoot?.activeElement).to.equal(reader.log);
    });
  });

  it('goes on in the log after a failed message was discarded', async () => {
    const lost = own({ state: 'failed', problem: { code: 'network' } });
    const reader = await reading([...conversation(3), lost]);
    const row = rows(reader.timeline).at(-1);
    if (!row) throw new Error('no row');
    button(row, 'Discard').focus();
    button(row, 'Discard').click();
    await reader.show(conversation(3));
    expect(reader.timeline.shadowRoot?.activeElement).to.equal(reader.log);
  });

  it('starts over with another room', async () => {
    const reader = await reading(conversation(60));
    await reader.scrollTo(500);
    await reader.show([]);
    await reader.show(conversation(60, 200));
    expect(distance(reader.timeline)).to.equal(0);
    expect(maybe(reader.timeline, '[part="unread"]')).to.equal(null);
  });

  it('needs no style attribute', async () => {
    const { timeline } = await reading(conversation(60));
    expect(all(timeline, '[style]')).to.have.length(0);
  });
});
