import { expect } from '@open-wc/testing';
import {
  ComposerTypingEvent,
  EditLastRequestEvent,
  MessageEditEvent,
  MessageEditRequestEvent,
  MessageReactEvent,
  MessageRemoveEvent,
  MessageReplyEvent,
  MessageReportEvent,
  MessageRevealEvent,
  MessageSendEvent,
  MessagesSeenEvent,
  type UnreadChangeEvent,
} from '../../src/chat-events.js';
import type { ChatComposer } from '../../elements/chat-composer/chat-composer.js';
import type { ChatReport } from '../../elements/chat-moderation/chat-report.js';
import { plainMember, plainMessage, type ChatSnapshot } from '../../src/chat/model.js';
import type { SendOptions } from '../../src/chat/gateway.js';
import { prepared, roomInPage, type TestRoom } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { ann, bob, conversation, lobby, message, own } from './support/chat-session.js';
import { shownIds, still } from './support/chat-timeline.js';
import { button, find, maybe, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

const all = { reply: true, react: true, edit: true, remove: true, report: true, moderate: true };
/** Its code is loaded when it is first needed. */
const loading = { timeout: 8000 };
const composer = (test: TestRoom): ChatComposer => find<ChatComposer>(test.room, 'chat-composer');
const spoken = (test: TestRoom): string => find(test.room, '[role="status"]').textContent ?? '';

async function opened(change: Partial<ChatSnapshot> = {}): Promise<TestRoom> {
  const test = await roomInPage();
  test.session.open({ messages: [message({ id: 'his', seq: 1, may: all }), own({ id: 'mine', seq: 2, body: 'Helo', may: all })], ...change });
  await test.shown();
  test.session.asked.length = 0;
  return test;
}

/** Does at the message what its own buttons do. */
async function at(test: TestRoom, event: Event): Promise<void> {
  find(test.timeline, 'chat-message').dispatchEvent(event);
  await test.shown();
}

describe('<chat-room> and what becomes of messages', () => {
  it('reacts, deletes, and lets nobody around it hear of that', async () => {
    const test = await opened();
    let heard = 0;
    for (const type of ['message-react', 'message-remove']) document.body.addEventListener(type, () => heard++, { once: true });
    await at(test, new MessageReactEvent('his', '👋'));
    await at(test, new MessageRemoveEvent('mine'));
    expect(test.session.asked).to.deep.equal(['react his 👋', 'remove mine']);
    expect(heard).to.equal(0);
  });

  it('answers a message: the composer quotes it, and the answer names it', async () => {
    const test = await opened();
    await at(test, new MessageReplyEvent('his'));
    expect(composer(test).replyTo).to.include({ id: 'his', authorName: 'Bob', state: 'known' });
    let options: SendOptions | undefined;
    test.session.send = (_body: string, given?: SendOptions) => ((options = given), null);
    composer(test).dispatchEvent(new MessageSendEvent('Yes', 'his', ['bob']));
    expect(options).to.deep.equal({ replyTo: 'his', mentions: ['bob'] });
  });

  it('edits a message in the composer, and keeps the text that is refused', async () => {
    const test = await opened();
    await at(test, new MessageEditRequestEvent('mine'));
    expect(composer(test).value).to.equal('Helo');
    test.session.refusal = { code: 'not-allowed' };
    const event = new MessageEditEvent('mine', 'Hello', ['bob', 'cem']);
    expect(composer(test).dispatchEvent(event)).to.equal(false);
    expect(event.problem).to.deep.equal({ code: 'not-allowed' });
    expect(test.session.asked).to.deep.equal(['edit mine Hello naming bob, cem']);
  });

  it('edits the last message of one’s own that may still be edited', async () => {
    const test = await opened();
    test.session.write(own({ id: 'gone', seq: 3, deleted: true, body: '' }), message({ id: 'later', seq: 4 }));
    await test.shown();
    composer(test).dispatchEvent(new EditLastRequestEvent());
    expect(composer(test).editing).to.deep.equal({ id: 'mine', body: 'Helo', mentions: [] });
  });

  it('does not edit what may not be edited', async () => {
    const test = await opened({ messages: [own({ id: 'mine', may: plainMessage.may })] });
    await at(test, new MessageEditRequestEvent('mine'));
    expect(composer(test).editing).to.equal(null);
  });

  it('forgets what was answered when another room opens', async () => {
    const test = await opened();
    await at(test, new MessageReplyEvent('his'));
    test.room.room = 'garden';
    await test.shown();
    expect(composer(test).replyTo).to.equal(null);
  });

  it('leads to the message that is quoted', async () => {
    const test = await opened({ messages: conversation(200).map((one, index) => ({ ...one, seq: index + 1 })) });
    find(test.timeline, 'chat-message').dispatchEvent(new MessageRevealEvent('m3'));
    await waitUntil(() => test.timeline.shadowRoot?.querySelector('[part~="revealed"]'), 'the message is shown');
    expect(test.session.asked).to.include('reveal m3');
  });

  it('says so when the quoted message is not to be found', async () => {
    const test = await opened();
    await at(test, new MessageRevealEvent('nowhere'));
    expect(words(find(test.room, '[part="bar"]'))).to.equal('That message is not there any more.');
    await expectAccessible(test.room);
  });

  it('says what kept the quoted message from being read, in sight and aloud', async () => {
    const test = await opened();
    test.session.missing = { code: 'network' };
    await at(test, new MessageRevealEvent('nowhere'));
    expect(words(find(test.room, '[part="bar"]'))).to.equal('The chat cannot be reached. Check your connection and try again.');
    test.clock.tick(1000);
    await test.shown();
    expect(spoken(test)).to.contain('The chat cannot be reached.');
    test.session.missing = 'stopped';
    button(test.room, 'Dismiss').click();
    await at(test, new MessageRevealEvent('nowhere'));
    expect(maybe(test.room, '[part="bar"]')).to.equal(null);
  });

  it('shows how far a long way back has come, and gives it up', async () => {
    const test = await opened();
    test.session.show({ progress: { to: 'source', done: 3000, of: 60_000 } });
    await test.shown();
    const progress = find<HTMLProgressElement>(test.room, 'progress');
    expect([progress.value, progress.max]).to.deep.equal([3000, 60_000]);
    expect(progress.getAttribute('aria-label')).to.equal('Reading back to that message…');
    test.clock.tick(1000);
    await test.shown();
    expect(spoken(test)).to.equal('Reading back to that message…');
    await expectAccessible(test.room);
    button(test.room, 'Cancel').click();
    expect(test.session.asked).to.include('stop revealing');
    test.session.show({ progress: null });
    await test.shown();
    expect(maybe(test.room, '[part="bar"]')).to.equal(null);
    expect(test.room.shadowRoot?.activeElement).to.equal(composer(test));
  });

  it('tells a reader who keeps their place how far what was missed is read, in place of the connection', async () => {
    const test = await opened({ messages: conversation(60).map((one, index) => ({ ...one, seq: index + 1 })) });
    const log = find(test.timeline, '[role="log"]');
    await still(test.timeline);
    log.scrollTop -= 100;
    await waitUntil(() => test.session.asked.includes('follow false'), 'the session knows that the reader left the end');
    test.session.show({ status: 'reconnecting', progress: { to: 'end', done: 1000, of: 9000 } });
    await test.shown();
    expect(words(find(test.room, '[part="bar"]'))).to.equal('Reading what was written while you were away…');
    await expectAccessible(test.room);
    // The end is somewhere else by now, and none of these messages is near it.
    button(test.timeline, 'Jump to latest').click();
    await waitUntil(() => test.session.asked.includes('follow true'), 'the session knows that the reader is at the end');
    const fresh = conversation(60, 9000).map((one, index) => ({ ...one, seq: 9001 + index }));
    test.session.show({ status: 'ready', progress: null, messages: fresh, hasOlder: true });
    await test.shown();
    await waitUntil(() => log.scrollHeight - log.scrollTop - log.clientHeight < 2, 'the reader is at the end');
    expect(maybe(test.timeline, '[part="jump"]')).to.equal(null);
    expect(shownIds(test.timeline).at(-1)).to.equal('m9059');
  });

  it('tells the session what was seen and that somebody writes', async () => {
    const test = await opened();
    test.timeline.dispatchEvent(new MessagesSeenEvent(7));
    composer(test).dispatchEvent(new ComposerTypingEvent());
    expect(test.session.asked).to.include('read 7');
    expect(test.session.asked).to.include('typing');
  });

  it('shows and says what was refused, until it is put away', async () => {
    const test = await opened();
    test.session.show({ notice: { code: 'not-allowed' } });
    await test.shown();
    expect(words(find(test.room, '[part="bar"]'))).to.equal('You may not do that in this room. Ask its owner.');
    test.clock.tick(1000);
    await test.shown();
    expect(spoken(test)).to.equal('You may not do that in this room. Ask its owner.');
    await expectAccessible(test.room);
    button(test.room, 'Dismiss').click();
    await test.shown();
    expect(maybe(test.room, '[part="bar"]')).to.equal(null);
    expect(test.session.asked).to.include('dismiss');
  });

  it('shows who is typing, to the eye alone, and nothing moves for it', async () => {
    const test = await opened();
    const line = find(test.room, '[part="typing"]');
    const height = test.timeline.clientHeight;
    test.session.show({ typing: [bob] });
    await test.shown();
    expect(words(line)).to.equal('Bob is typing');
    expect(line.closest('[aria-live]')).to.equal(null);
    expect(test.timeline.clientHeight).to.equal(height);
    test.session.show({ typing: [bob, { ...plainMember, id: 'c', name: 'Cleo' }, { ...plainMember, id: 'd', name: 'Dan' }] });
    await test.shown();
    expect(words(line)).to.equal('Several people are typing');
    test.clock.tick(5000);
    await test.shown();
    expect(spoken(test)).to.equal('');
  });

  it('tells the page how much is unread, once for each change', async () => {
    const test = await roomInPage();
    const counts: number[] = [];
    test.room.addEventListener('unread-change', (event: UnreadChangeEvent) => counts.push(event.count));
    test.session.open({ unread: 3 });
    test.session.show({ unread: 3, typing: [bob] });
    test.session.show({ unread: 0 });
    expect(counts).to.deep.equal([3, 0]);
    expect(test.room.unread).to.equal(0);
  });

  it('tells the page that nothing is unread in a room that was left', async () => {
    const test = await roomInPage();
    test.session.open({ unread: 3 });
    const counts: number[] = [];
    test.room.addEventListener('unread-change', (event) => counts.push(event.count));
    test.room.room = 'garden';
    await test.shown();
    expect(counts).to.deep.equal([0]);
  });

  it('hands slow mode and a mute to where one writes', async () => {
    const test = await opened({ slowUntil: 5, me: { ...ann, mutedUntil: Infinity } });
    expect(composer(test).slowUntil).to.equal(5);
    expect(composer(test).mutedUntil).to.equal(Infinity);
    expect(composer(test).members).to.deep.equal([ann, bob]);
  });

  it('says until when somebody is banned', async () => {
    const test = await roomInPage();
    test.session.show({ status: 'failed', room: lobby, problem: { code: 'banned', waitSeconds: 86_400, until: Date.now() + 86_400_000 } });
    await test.shown();
    expect(words(find(test.room, '[part="failure"]'))).to.match(/^You are banned from this room until .*:\d\d.*ask its owner\./);
    await expectAccessible(test.room);
  });

  it('says what opens a private room', async () => {
    const test = await roomInPage();
    test.session.show({ status: 'failed', problem: { code: 'invitation-invalid' } });
    await test.shown();
    expect(words(find(test.room, '[part="failure"] p'))).to.contain('This room is private');
  });

  describe('opened by an invitation', () => {
    it('of the attribute', async () => {
      const test = await roomInPage({ invitation: 'of-the-page' });
      expect(test.options[0]?.invitation).to.equal('of-the-page');
      test.room.invitation = 'another';
      await test.shown();
      expect(test.options[1]?.invitation).to.equal('another');
    });

    it('of the page’s address, which stays as it is and opens nothing again', async () => {
      const before = location.href;
      const asked = new URL(before);
      asked.searchParams.set('room-invitation', 'from-a-link');
      history.replaceState(null, '', asked);
      try {
        const test = await roomInPage();
        expect(test.options[0]?.invitation).to.equal('from-a-link');
        expect(location.href).to.equal(asked.href);
        history.replaceState(null, '', before);
        test.room.noListeningSwitch = true;
        await test.shown();
        expect(test.sessions).to.have.length(1);
      } finally {
        history.replaceState(null, '', before);
      }
    });
  });

  describe('and a report', () => {
    async function asked(): Promise<{ test: TestRoom; report: ChatReport; dialog: HTMLDialogElement }> {
      const test = await opened();
      find(test.timeline, 'chat-message').dispatchEvent(new MessageReportEvent('his'));
      await waitUntil(() => maybe<ChatReport>(test.room, 'chat-report')?.shadowRoot?.querySelector('dialog')?.open, 'opened', loading);
      const report = find<ChatReport>(test.room, 'chat-report');
      return { test, report, dialog: find<HTMLDialogElement>(report, 'dialog') };
    }

    async function send(report: ChatReport, reason: string): Promise<void> {
      find<HTMLTextAreaElement>(report, 'textarea').value = reason;
      button(report, 'Send report').click();
      await report.updateComplete;
      await report.updateComplete;
    }

    it('is asked for its reason, sent, and thanked for', async () => {
      const { test, report, dialog } = await asked();
      expect(words(find(report, 'h2'))).to.equal('Report this message');
      await expectAccessible(test.room);
      await send(report, '  Spam  ');
      await waitUntil(() => words(dialog).includes('Thank you'));
      expect(test.session.asked).to.include('report his Spam');
      await expectAccessible(test.room);
      button(report, 'Close').click();
      await waitUntil(() => !dialog.open);
    });

    it('that fails is kept with its reason', async () => {
      const { test, report, dialog } = await asked();
      test.session.refusal = { code: 'network' };
      await send(report, 'Spam');
      await waitUntil(() => words(find(report, '[role="alert"]')).startsWith('The chat cannot be reached.'));
      expect(dialog.open).to.equal(true);
      expect(find<HTMLTextAreaElement>(report, 'textarea').value).to.equal('Spam');
    });

    it('that is too long says by how much', async () => {
      const { test, report } = await asked();
      await send(report, 'x'.repeat(512));
      expect(words(find(report, '[role="alert"]'))).to.contain('12 characters too many');
      expect(test.session.asked.filter((what) => what.startsWith('report'))).to.deep.equal([]);
    });
  });

  describe('when the page signs somebody else in', () => {
    const half = async (me: typeof ann): Promise<TestRoom> => {
      const test = await opened({ me });
      composer(test).value = 'a draft';
      await at(test, new MessageEditRequestEvent('mine'));
      composer(test).value = 'half a change';
      await at(test, new MessageReportEvent('his'));
      await waitUntil(() => maybe(test.room, 'chat-report'), undefined, loading);
      test.session.show({ status: 'signed-out', me: null });
      await test.shown();
      return test;
    };

    it('what the first had half written is not for the second to send', async () => {
      const test = await half(ann);
      test.session.open({ me: bob });
      await test.shown();
      expect([composer(test).value, composer(test).editing, composer(test).replyTo]).to.deep.equal(['', null, null]);
      expect(maybe(test.room, 'chat-report')).to.equal(null);
    });

    it('it stays for who comes back, and for a guest who became a member', async () => {
      const test = await half(ann);
      test.session.open({ me: ann });
      await test.shown();
      expect(composer(test).value).to.equal('half a change');
      const guest = await half({ ...ann, isGuest: true });
      guest.session.open({ me: bob });
      await guest.shown();
      expect(composer(guest).value).to.equal('half a change');
    });
  });

  it('keeps its parts where a page asks for an element that is not in a page', () => {
    const { room } = prepared();
    expect(room.unread).to.equal(0);
    expect(room.invitation).to.equal(null);
  });
});
