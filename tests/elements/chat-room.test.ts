import { expect, fixture, html } from '@open-wc/testing';
import { initialSnapshot } from '../../src/player/snapshot.js';
import type { ChatSnapshot, ChatStatus } from '../../src/chat/model.js';
import type { ChatComposer } from '../../elements/chat-composer/chat-composer.js';
import type { ChatGuestForm } from '../../elements/chat-guest-form/chat-guest-form.js';
import { distance, prepared, recordWarnings, roomInPage, rows, settled, type TestRoom } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { ann, bob, conversation, lobby, message, own } from './support/chat-session.js';
import { providePlayer } from './support/chat-player.js';
import { all, button, buttonNames, find, maybe, maybeButton, press, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

const region = (test: TestRoom): string => {
  const section = find(test.room, 'section');
  return words(find(test.room, `#${section.getAttribute('aria-labelledby')}`));
};
const state = (test: TestRoom): string => words(maybe(test.room, '[part="status"]'));
const spoken = (test: TestRoom): string => find(test.room, '[role="status"]').textContent ?? '';
const composer = (test: TestRoom): ChatComposer => find<ChatComposer>(test.room, 'chat-composer');
const box = (test: TestRoom): HTMLTextAreaElement => find<HTMLTextAreaElement>(composer(test), 'textarea');
const visible = (element: Element | null): boolean => Boolean(element?.getClientRects().length);

async function opened(change: Partial<ChatSnapshot> = {}, width = 400): Promise<TestRoom> {
  const test = await roomInPage({}, width);
  test.session.open(change);
  await test.shown();
  return test;
}

async function write(test: TestRoom, text: string): Promise<void> {
  composer(test).value = text;
  await composer(test).updateComplete;
  press(box(test), 'Enter');
  await test.shown();
}

describe('<chat-room>', () => {
  describe('in each state', () => {
    it('loading: a calm shape of a conversation', async () => {
      const test = await roomInPage();
      expect(region(test)).to.equal('Chat room');
      expect(state(test)).to.equal('Opening…');
      expect(find(test.room, 'section').getAttribute('aria-busy')).to.equal('true');
      expect(visible(maybe(test.room, '[part="skeleton"]'))).to.equal(true);
      expect(box(test).disabled).to.equal(true);
      await expectAccessible(test.room);
    });

    it('signed-out: the door', async () => {
      const test = await roomInPage();
      test.session.show({ status: 'signed-out', room: lobby });
      await test.shown();
      expect(region(test)).to.equal('The Lobby');
      expect(visible(maybe(test.room, 'chat-guest-form'))).to.equal(true);
      expect(visible(composer(test))).to.equal(false);
      await expectAccessible(test.room);
    });

    it('connecting: named, and not to be written in yet', async () => {
      const test = await roomInPage();
      test.session.show({ status: 'connecting', room: lobby });
      await test.shown();
      expect(region(test)).to.equal('The Lobby');
      expect(state(test)).to.equal('Joining…');
      expect(box(test).disabled).to.equal(true);
      expect(words(find(composer(test), '[part="note"]'))).to.equal('You can write as soon as you have joined.');
      await expectAccessible(test.room);
    });

    it('ready: the conversation', async () => {
      const test = await opened({ messages: conversation(12) });
      expect(state(test)).to.equal('');
      expect(find(test.room, 'section').getAttribute('aria-busy')).to.equal('false');
      expect(find(test.timeline, '[role="log"]').getAttribute('aria-label')).to.equal('Messages');
      expect(rows(test.timeline)).to.have.length(12);
      expect(box(test).disabled).to.equal(false);
      expect(distance(test.timeline)).to.equal(0);
      await expectAccessible(test.room);
    });

    it('ready and empty: an invitation', async () => {
      const test = await opened({ members: [ann] });
      expect(words(find(test.room, '[part="empty"]'))).to.equal('It is quiet in here. Write the first message: what are you listening to?');
      expect(box(test).disabled).to.equal(false);
      await expectAccessible(test.room);
    });

    it('reconnecting: a quiet line, and one may go on writing', async () => {
      const test = await opened({ messages: conversation(3) });
      test.session.show({ status: 'reconnecting' });
      await test.shown();
      expect(state(test)).to.equal('Reconnecting…');
      expect(words(find(test.room, '[part="bar"]'))).to.equal('The connection is gone. Reconnecting; what you write is kept.');
      expect(box(test).disabled).to.equal(false);
      expect(rows(test.timeline)).to.have.length(3);
      await expectAccessible(test.room);
      test.session.show({ problem: { code: 'server' } });
      await test.shown();
      expect(words(find(test.room, '[part="bar"]'))).to.equal(
        'The chat’s server is having trouble. Reconnecting by itself; messages may come late, and what you write is kept.',
      );
    });

    it('failed: why, and what helps', async () => {
      const test = await roomInPage();
      test.session.show({ status: 'failed', room: lobby, problem: { code: 'network' } });
      await test.shown();
      expect(state(test)).to.equal('Not connected');
      expect(words(find(test.room, '[part="failure"] p'))).to.equal('The chat cannot be reached. Check your connection and try again.');
      await expectAccessible(test.room);
      button(test.room, 'Try again').click();
      expect(test.session.asked).to.deep.equal(['start', 'start']);
    });

    it('failed in the middle of it: what was read and written stays', async () => {
      const test = await opened({ messages: conversation(3) });
      composer(test).value = 'half a thought';
      test.session.show({ status: 'failed', problem: { code: 'not-a-member' } });
      await test.shown();
      expect(rows(test.timeline)).to.have.length(3);
      expect(words(find(test.room, '[part="bar"] span'))).to.contain('not a member of this room any more');
      expect(maybeButton(test.room, 'Try again')).not.to.equal(undefined);
      expect(box(test).disabled).to.equal(true);
      expect(box(test).value).to.equal('half a thought');
      await expectAccessible(test.room);
    });

    it('tells of each, and is styled by each', async () => {
      const test = await roomInPage();
      const told: ChatStatus[] = [];
      test.room.addEventListener('room-status-change', (event) => told.push(event.status));
      test.session.show({ status: 'connecting', room: lobby });
      test.session.open();
      test.session.show({ status: 'reconnecting' });
      test.session.write(message());
      test.session.show({ status: 'failed', problem: { code: 'server' } });
      expect(told).to.deep.equal(['connecting', 'ready', 'reconnecting', 'failed']);
      expect(test.room.status).to.equal('failed');
      if (CSS.supports('selector(:state(failed))')) {
        expect(test.room.matches(':state(failed)')).to.equal(true);
        expect(test.room.matches(':state(ready)')).to.equal(false);
      }
    });
  });

  describe('at the door', () => {
    async function arrived(): Promise<{ test: TestRoom; form: ChatGuestForm; field: HTMLInputElement }> {
      const test = await roomInPage();
      test.session.show({ status: 'signed-out', room: lobby });
      await test.shown();
      const form = find<ChatGuestForm>(test.room, 'chat-guest-form');
      const field = find<HTMLInputElement>(form, 'input');
      field.value = 'Ann';
      field.focus();
      button(form, 'Join').click();
      return { test, form, field };
    }

    it('joins under the name given, and goes on in the box', async () => {
      const { test } = await arrived();
      expect(test.session.asked).to.deep.equal(['start', 'join Ann']);
      test.session.show({ status: 'connecting', problem: null });
      await test.shown();
      test.session.open();
      await test.shown();
      expect(maybe(test.room, 'chat-guest-form')).to.equal(null);
      await waitUntil(() => composer(test).shadowRoot?.activeElement === box(test));
    });

    it('keeps the name when joining did not work, and says why', async () => {
      const { test, form, field } = await arrived();
      test.session.show({ status: 'connecting', problem: null });
      await test.shown();
      expect(find(test.room, 'chat-guest-form')).to.equal(form);
      expect(form.busy).to.equal(true);
      test.session.show({ status: 'signed-out', problem: { code: 'network' } });
      await test.shown();
      expect(find(test.room, 'chat-guest-form')).to.equal(form);
      expect(form.busy).to.equal(false);
      expect(field.value).to.equal('Ann');
      expect(words(find(form, '[part="problem"]'))).to.contain('cannot be reached');
    });

    it('takes no focus from who is elsewhere in the page', async () => {
      const { test } = await arrived();
      const elsewhere = await fixture<HTMLInputElement>(html`<input aria-label="elsewhere" />`);
      elsewhere.focus();
      test.session.open();
      await test.shown();
      expect(document.activeElement).to.equal(elsewhere);
    });

    it('takes no focus when the visitor was known', async () => {
      const test = await opened();
      expect(document.activeElement).not.to.equal(test.room);
    });
  });

  describe('writing', () => {
    it('hands the message to the session, and clears the box', async () => {
      const test = await opened();
      await write(test, 'hello');
      expect(test.session.asked).to.deep.equal(['start', 'send hello']);
      expect(box(test).value).to.equal('');
    });

    it('keeps the text that the session refuses, with its sentence', async () => {
      const test = await opened();
      test.session.refusal = { code: 'not-signed-in' };
      await write(test, 'hello');
      expect(box(test).value).to.equal('hello');
      expect(words(find(composer(test), '[part="note"]'))).to.contain('no longer signed in');
    });

    it('brings the writer to what they wrote', async () => {
      const test = await opened({ messages: conversation(60) });
      const log = find(test.timeline, '[role="log"]');
      log.scrollTop = 200;
      await test.shown();
      await write(test, 'hello');
      test.session.write(own({ state: 'sending' }));
      await test.shown();
      expect(distance(test.timeline)).to.equal(0);
    });

    it('retries and discards, and keeps both to itself', async () => {
      const test = await opened({ messages: [own({ id: 'lost', state: 'failed', problem: { code: 'network' } })] });
      let leaked = 0;
      for (const type of ['message-retry', 'message-discard']) test.room.addEventListener(type, () => leaked++);
      const [row] = rows(test.timeline);
      if (!row) throw new Error('no row');
      button(row, 'Retry').click();
      button(row, 'Discard').click();
      expect(test.session.asked.slice(1)).to.deep.equal(['retry lost', 'discard lost']);
      expect(leaked).to.equal(0);
      await expectAccessible(test.room);
    });

    it('asks for older history', async () => {
      const test = await opened({ messages: conversation(60), hasOlder: true });
      button(test.timeline, 'Earlier messages').click();
      expect(test.session.asked).to.contain('older');
    });
  });

  describe('for who listens', () => {
    it('speaks of one message by its words and of several by their number, about once a second', async () => {
      const test = await opened({ messages: conversation(5) });
      test.session.write(message({ body: 'hi all' }));
      await test.shown();
      expect(spoken(test)).to.equal('');
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.equal('Bob: hi all');
      for (let count = 0; count < 4; count++) test.session.write(message());
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.equal('4 new messages');
    });

    it('is silent about history and one’s own', async () => {
      const test = await opened({ messages: conversation(5, 50), hasOlder: true });
      test.session.show({ messages: conversation(55) });
      test.session.write(own(), own({ state: 'sending' }));
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.equal('');
    });

    it('is silent about what arrives while it joins, and speaks of what was missed while it was away', async () => {
      const test = await roomInPage();
      test.session.show({ status: 'connecting', room: lobby, messages: conversation(5) });
      test.session.open({ messages: conversation(8) });
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.equal('');
      test.session.show({ status: 'reconnecting' });
      test.clock.tick(5000);
      test.session.open({ messages: conversation(10) });
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.equal('Connected again. 2 new messages');
    });

    it('tells that the connection is gone, and that a message was not sent', async () => {
      const test = await opened();
      test.session.show({ status: 'reconnecting' });
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.equal('The connection is gone. Reconnecting; what you write is kept.');
      test.session.write(own({ state: 'failed', problem: { code: 'network' } }));
      test.clock.tick(1000);
      await test.shown();
      expect(spoken(test)).to.equal('The chat cannot be reached. Check your connection and try again.');
    });

    it('keeps one region for it in every state', async () => {
      const test = await roomInPage();
      const voice = find(test.room, '[role="status"]');
      for (const status of ['signed-out', 'connecting', 'ready', 'reconnecting', 'failed'] as const) {
        test.session.show({ status, room: lobby, problem: status === 'failed' ? { code: 'server' } : null });
        await test.shown();
        expect(find(test.room, '[role="status"]')).to.equal(voice);
      }
      expect(voice.getAttribute('aria-live')).to.equal('polite');
    });
  });

  describe('members', () => {
    it('lie over a narrow room on demand, and Escape puts them away', async () => {
      const test = await opened({}, 400);
      const toggle = button(test.room, 'Members 2');
      expect(toggle.getAttribute('aria-expanded')).to.equal('false');
      expect(maybe(test.room, 'chat-members')).to.equal(null);
      toggle.click();
      await test.shown();
      expect(toggle.getAttribute('aria-expanded')).to.equal('true');
      expect(find(test.room, 'chat-members').id).to.equal(toggle.getAttribute('aria-controls'));
      await expectAccessible(test.room);
      press(find(test.room, 'section'), 'Escape');
      await test.shown();
      expect(maybe(test.room, 'chat-members')).to.equal(null);
      expect(test.room.shadowRoot?.activeElement).to.equal(toggle);
    });

    it('stand beside a wide room from the start, and can be put away', async () => {
      const test = await opened({}, 760);
      await waitUntil(() => maybe(test.room, 'chat-members'));
      const members = find(test.room, 'chat-members').getBoundingClientRect();
      expect(members.left).to.be.at.least(test.timeline.getBoundingClientRect().right - 1);
      await expectAccessible(test.room);
      button(test.room, 'Members 2').click();
      await test.shown();
      expect(maybe(test.room, 'chat-members')).to.equal(null);
    });
  });

  describe('set up by a page', () => {
    it('resolves an address that is relative to the page', async () => {
      const test = await roomInPage({ 'storage-key': 'left' });
      expect(test.options[0]?.url).to.equal(new URL('/supabase', document.baseURI).href);
      expect(test.options[0]?.key).to.equal('sb_publishable_test');
      expect(test.options[0]?.room).to.equal('lobby');
      expect(test.options[0]?.storageKey).to.equal('left');
    });

    it('is the same whether its attributes come before or after it is in the page', async () => {
      const { room, options, sessions } = prepared();
      const attributes = [...room.attributes].map(({ name, value }) => [name, value] as const);
      for (const [name] of attributes) room.removeAttribute(name);
      const place = await fixture<HTMLElement>(html`<div></div>`);
      place.append(room);
      for (const [name, value] of attributes) room.setAttribute(name, value);
      await settled(room);
      expect(sessions).to.have.length(1);
      expect(options[0]?.room).to.equal('lobby');
      expect(sessions[0]?.asked).to.deep.equal(['start']);
    });

    for (const [attribute, value, code] of [
      ['supabase-url', '', 'url-missing'],
      ['supabase-url', 'ftp://nowhere', 'url-invalid'],
      ['supabase-key', '', 'key-missing'],
      ['supabase-key', 'sb_publishable_…', 'key-refused'],
      ['room', '', 'room-missing'],
    ] as const) {
      it(`tells the visitor plainly and the author by name: ${attribute}="${value}"`, async () => {
        const log = recordWarnings();
        try {
          const test = await roomInPage({ [attribute]: value });
          expect(test.sessions).to.have.length(0);
          expect(test.room.problem?.code).to.equal(code);
          expect(words(find(test.room, '[part="failure"] p'))).to.contain('Please tell whoever runs this page.');
          expect(buttonNames(test.room)).to.deep.equal([]);
          expect(log.warnings).to.have.length(1);
          expect(log.warnings[0]).to.contain(attribute);
          await expectAccessible(test.room);
        } finally {
          log.restore();
        }
      });
    }

    it('tells the author of a project that makes no guests, and not of a room that takes none', async () => {
      const log = recordWarnings();
      try {
        const test = await roomInPage();
        for (const allowsGuests of [false, true, true]) {
          test.session.show({ status: 'signed-out', room: { ...lobby, allowsGuests }, problem: { code: 'guests-refused' } });
          await test.shown();
        }
        expect(log.warnings).to.have.length(1);
        expect(log.warnings[0]).to.contain('Allow anonymous sign-ins');
      } finally {
        log.restore();
      }
    });

    it('tells the author when the server knows no such room', async () => {
      const log = recordWarnings();
      try {
        const test = await roomInPage();
        test.session.show({ status: 'failed', problem: { code: 'room-unknown' } });
        test.session.show({ status: 'failed', problem: { code: 'room-unknown' } });
        await test.shown();
        expect(log.warnings).to.have.length(1);
        expect(log.warnings[0]).to.contain('attribute room');
        expect(maybeButton(test.room, 'Try again')).to.equal(undefined);
      } finally {
        log.restore();
      }
    });

    it('recovers when the attribute is put right', async () => {
      const log = recordWarnings();
      const test = await roomInPage({ room: '' });
      log.restore();
      test.room.room = 'lobby';
      await test.shown();
      expect(test.session.asked).to.deep.equal(['start']);
      expect(test.room.status).to.equal('loading');
    });

    it('leaves the old room before it opens another', async () => {
      const test = await opened({ messages: conversation(5) });
      const [old] = test.sessions;
      const order: string[] = [];
      const { createSession } = test.room;
      test.room.createSession = (options) => {
        order.push(`${options.room} ${old?.disposed ? 'after' : 'before'} leaving`);
        return createSession!(options);
      };
      test.room.room = 'late-night';
      await test.shown();
      expect(order).to.deep.equal(['late-night after leaving']);
      expect(rows(test.timeline)).to.have.length(0);
      old?.open({ messages: conversation(3) });
      await test.shown();
      expect(rows(test.timeline)).to.have.length(0);
    });

    it('keeps its session when it is moved in the page', async () => {
      const test = await opened({ messages: conversation(5) });
      const place = await fixture<HTMLElement>(html`<div></div>`);
      place.append(test.room);
      test.clock.tick(1000);
      await test.shown();
      expect(test.sessions).to.have.length(1);
      expect(test.session.disposed).to.equal(false);
      expect(rows(test.timeline)).to.have.length(5);
    });

    it('leaves when it is taken out of the page, and opens anew when it comes back', async () => {
      const test = await opened({ messages: conversation(5) });
      const place = test.room.parentElement;
      test.room.remove();
      expect(test.session.disposed).to.equal(false);
      test.clock.tick(0);
      expect(test.session.disposed).to.equal(true);
      expect(test.clock.waiting).to.equal(0);
      place?.append(test.room);
      await test.shown();
      expect(test.sessions).to.have.length(2);
      // Where its reader looks, the list tells as well.
      expect(test.session.asked.filter((asked) => !asked.startsWith('follow'))).to.deep.equal(['start']);
      expect(test.room.status).to.equal('loading');
    });

    it('asks the page’s newest function for tokens, and stays in the room', async () => {
      const { room, options, sessions } = prepared();
      room.accessToken = () => Promise.resolve('first');
      const place = await fixture<HTMLElement>(html`<div></div>`);
      place.append(room);
      await settled(room);
      room.accessToken = () => Promise.resolve('second');
      await settled(room);
      expect(sessions).to.have.length(1);
      expect(await options[0]?.accessToken?.()).to.equal('second');
    });
  });

  describe('and the visitor’s own player', () => {
    const track = Object.freeze({
      uri: 'spotify:track:1aaa',
      title: 'Platform Nine',
      artists: [{ name: 'Paper Lanterns', uri: 'spotify:artist:2bbb' }],
      album: { name: 'Timetables', uri: 'spotify:album:3ccc' },
      artwork: null,
      durationMs: 180_000,
    });

    it('shows what the player around it plays', async () => {
      const test = await opened();
      const place = await fixture<HTMLElement>(html`<div></div>`);
      const player = providePlayer(place, { ...initialSnapshot, status: 'ready', track });
      place.append(test.room);
      await test.shown();
      expect(words(find(test.room, '[part="listening"] now-playing').shadowRoot?.querySelector('[part="title"]') ?? null)).to.equal(
        'Platform Nine',
      );
      await expectAccessible(test.room);
      player.setValue(initialSnapshot);
      await test.shown();
      expect(visible(maybe(test.room, '[part="listening"]'))).to.equal(false);
    });

    it('shows what a player elsewhere in the page plays, by its id', async () => {
      const place = await fixture<HTMLElement>(html`<div id="the-player"></div>`);
      providePlayer(place, { ...initialSnapshot, status: 'ready', track });
      const test = await roomInPage({ player: 'the-player' });
      test.session.open();
      await test.shown();
      expect(visible(maybe(test.room, '[part="listening"]'))).to.equal(true);
      test.room.player = null;
      await test.shown();
      expect(visible(maybe(test.room, '[part="listening"]'))).to.equal(false);
    });

    it('finds a player that comes into the page later', async () => {
      const log = recordWarnings();
      try {
        const test = await roomInPage({ player: 'late-player' });
        expect(log.warnings).to.have.length(1);
        expect(log.warnings[0]).to.contain('"late-player"');
        const place = await fixture<HTMLElement>(html`<div id="late-player"></div>`);
        providePlayer(place, { ...initialSnapshot, status: 'ready', track });
        await test.shown();
        expect(visible(maybe(test.room, '[part="listening"]'))).to.equal(true);
        expect(log.warnings).to.have.length(1);
      } finally {
        log.restore();
      }
    });

    it('warns when the element of that id is no player', async () => {
      const log = recordWarnings();
      try {
        await fixture<HTMLElement>(html`<div id="just-a-box"></div>`);
        await roomInPage({ player: 'just-a-box' });
        expect(log.warnings).to.have.length(1);
        expect(log.warnings[0]).to.contain('<div>');
      } finally {
        log.restore();
      }
    });
  });

  for (const width of [280, 320, 640, 1200]) {
    it(`fits into ${width} px`, async () => {
      const test = await opened({ messages: [...conversation(4), message({ body: 'x'.repeat(4000) })], members: [ann, bob] }, width);
      for (const element of [test.room, ...all(test.room, 'header, .body, .talk'), find(test.timeline, '[role="log"]')]) {
        expect(element.scrollWidth, element.className).to.be.at.most(element.clientWidth + 1);
      }
    });
  }

  it('has room for the sentence that says why it stopped, where it is narrow', async () => {
    const test = await opened({ messages: conversation(4) }, 280);
    test.session.show({ status: 'failed', problem: { code: 'not-signed-in' } });
    await test.shown();
    const [bar, sentence, again] = ['.bar', '.bar span', '.bar button'].map((selector) => find(test.room, selector).getBoundingClientRect());
    expect(sentence?.width).to.be.greaterThan((bar?.width ?? 0) / 2);
    expect(again?.right).to.be.at.most(bar?.right ?? 0);
    expect(again?.top).to.be.at.least(sentence?.bottom ?? Infinity);
  });

  it('keeps its reader at the end while they write several lines', async () => {
    const test = await opened({ messages: conversation(40) });
    await waitUntil(() => distance(test.timeline) < 1);
    for (const text of ['one', 'one\ntwo', 'one\ntwo\nthree', 'one\ntwo\nthree\nfour', 'one\ntwo\nthree\nfour, and more']) {
      composer(test).value = text;
      await composer(test).updateComplete;
      await settled(test.room);
      expect(distance(test.timeline), text).to.be.lessThan(1);
    }
    expect(maybe(test.timeline, '[part="jump-button"]')).to.equal(null);
  });

  it('is complete from right to left', async () => {
    const test = await roomInPage({ dir: 'rtl' }, 760);
    test.session.open({ messages: [message(), own()] });
    await test.shown();
    await waitUntil(() => maybe(test.room, 'chat-members'));
    expect(find(test.room, 'chat-members').getBoundingClientRect().right).to.be.at.most(
      test.timeline.getBoundingClientRect().left + 1,
    );
    const [theirs, mine] = rows(test.timeline).map((row) => find(row, '[part="bubble"]').getBoundingClientRect());
    expect(mine?.left).to.be.lessThan(theirs?.left ?? 0);
    await expectAccessible(test.room);
  });

  it('takes the height that its page gives', async () => {
    const test = await opened();
    test.room.style.setProperty('--roomtone-chat-block-size', '333px');
    expect(test.room.getBoundingClientRect().height).to.equal(333);
  });

  it('needs no style attribute and adds nothing to the page’s head', async () => {
    const before = document.head.childElementCount;
    const test = await opened({ messages: conversation(5) });
    expect(all(test.room, '[style]')).to.have.length(0);
    expect(document.head.childElementCount).to.equal(before);
  });
});
