import { expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-composer/define.js';
import type { ChatComposer } from '../../elements/chat-composer/chat-composer.js';
import { plainMember, type ChatProblem } from '../../src/chat/model.js';
import { expectAccessible } from './support/schemes.js';
import { ManualClock } from './support/manual-clock.js';
import { button, find, maybe, press, words } from './support/shadow.js';

interface Writer {
  readonly composer: ChatComposer;
  readonly box: HTMLTextAreaElement;
  readonly clock: ManualClock;
  /** What the composer asked for, in order. */
  readonly asked: string[];
  /** What the room answers from now on. */
  refusal: ChatProblem | null;
  type(text: string): Promise<void>;
  key(key: string, init?: KeyboardEventInit): Promise<KeyboardEvent>;
  context(): string;
  note(): string;
}

async function writing(): Promise<Writer> {
  const composer = await fixture<ChatComposer>(html`<chat-composer></chat-composer>`);
  const clock = new ManualClock();
  composer.clock = clock;
  const box = find<HTMLTextAreaElement>(composer, 'textarea');
  const asked: string[] = [];
  const writer: Writer = {
    composer,
    box,
    clock,
    asked,
    refusal: null,
    async type(text) {
      box.value = text;
      box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await composer.updateComplete;
    },
    async key(key, init) {
      const event = press(box, key, init);
      await composer.updateComplete;
      return event;
    },
    context: () => words(maybe(composer, '[part="context"]')),
    note: () => words(find(composer, '#note')),
  };
  composer.addEventListener('message-send', (event) => {
    asked.push(`send ${event.body}${event.replyTo ? ` to ${event.replyTo}` : ''}`);
    if (writer.refusal) event.refuse(writer.refusal);
  });
  composer.addEventListener('message-edit', (event) => {
    asked.push(`edit ${event.id} ${event.body}`);
    if (writer.refusal) event.refuse(writer.refusal);
  });
  composer.addEventListener('edit-last-request', () => asked.push('last'));
  return writer;
}

const source = { id: 'source', authorName: 'Bob', body: 'what do\nyou think?' };
const mine = { id: 'mine', body: 'old words' };

describe('<chat-composer> answering a message', () => {
  async function answering(): Promise<Writer> {
    const writer = await writing();
    await writer.type('a draft');
    writer.composer.reply(source);
    await writer.composer.updateComplete;
    return writer;
  }

  it('says whom and what, has the focus, and keeps the draft', async () => {
    const writer = await answering();
    expect(writer.context()).to.equal('Reply to Bob what do you think?');
    expect(writer.composer.shadowRoot?.activeElement).to.equal(writer.box);
    expect(writer.box.value).to.equal('a draft');
    expect(writer.box.getAttribute('aria-describedby')).to.equal('about note');
    await expectAccessible(writer.composer);
  });

  it('sends what is answered with the text, once', async () => {
    const writer = await answering();
    await writer.key('Enter');
    expect(writer.context()).to.equal('');
    await writer.type('another');
    await writer.key('Enter');
    expect(writer.asked).to.deep.equal(['send a draft to source', 'send another']);
  });

  it('stays where the message was refused', async () => {
    const writer = await answering();
    writer.refusal = { code: 'message-unknown' };
    await writer.key('Enter');
    expect(writer.context()).to.contain('Reply to Bob');
    expect(writer.box.value).to.equal('a draft');
  });

  it('is given up with the button, and with Escape, and the text stays', async () => {
    const writer = await answering();
    button(writer.composer, 'Cancel the reply').click();
    await writer.composer.updateComplete;
    expect(writer.context()).to.equal('');
    expect(writer.composer.shadowRoot?.activeElement).to.equal(writer.box);
    writer.composer.reply(source);
    await writer.composer.updateComplete;
    expect((await writer.key('Escape')).defaultPrevented).to.equal(true);
    expect(writer.context()).to.equal('');
    expect(writer.box.value).to.equal('a draft');
    // With nothing to give up the key is the room's.
    expect((await writer.key('Escape')).defaultPrevented).to.equal(false);
  });

  it('keeps a long source and name within one line', async () => {
    const writer = await writing();
    writer.composer.reply({ id: 'x', authorName: 'W'.repeat(400), body: `Z${'\u0300'.repeat(500)} ${'W'.repeat(4000)}` });
    await writer.composer.updateComplete;
    expect(find(writer.composer, '[part="context"]').offsetHeight).to.be.at.most(32);
    expect(writer.composer.scrollWidth).to.be.at.most(writer.composer.clientWidth);
  });
});

describe('<chat-composer> changing a message', () => {
  async function editing(): Promise<Writer> {
    const writer = await writing();
    await writer.type('a draft');
    writer.composer.reply(source);
    await writer.composer.updateComplete;
    writer.composer.edit(mine);
    await writer.composer.updateComplete;
    return writer;
  }

  it('is asked for with the up arrow in an empty box only', async () => {
    const writer = await writing();
    expect((await writer.key('ArrowUp')).defaultPrevented).to.equal(true);
    await writer.type('x');
    expect((await writer.key('ArrowUp')).defaultPrevented).to.equal(false);
    expect(writer.asked).to.deep.equal(['last']);
  });

  it('has its text in the box, the caret behind it, and Save in place of Send', async () => {
    const writer = await editing();
    expect(writer.context()).to.equal('Edit your message');
    expect(writer.box.value).to.equal('old words');
    expect(writer.box.selectionStart).to.equal(9);
    expect(writer.composer.shadowRoot?.activeElement).to.equal(writer.box);
    expect(button(writer.composer, 'Save').type).to.equal('submit');
    await expectAccessible(writer.composer);
  });

  it('asks for the new text, and then brings the draft and its reply back', async () => {
    const writer = await editing();
    await writer.type('new words ');
    await writer.key('Enter');
    expect(writer.asked).to.deep.equal(['edit mine new words']);
    expect(writer.box.value).to.equal('a draft');
    expect(writer.context()).to.contain('Reply to Bob');
  });

  it('names whom the new text names, those too who were named before and have left', async () => {
    const writer = await editing();
    writer.composer.members = [{ ...plainMember, id: 'bob', name: 'Bob' }];
    writer.composer.edit({ id: 'named', body: '@Cem and @Dan', mentions: [{ id: 'cem', name: 'Cem' }, { id: 'dan', name: 'Dan' }] });
    await writer.composer.updateComplete;
    let named: readonly string[] = [];
    writer.composer.addEventListener('message-edit', (event) => (named = event.mentions));
    await writer.type('@Cem, and @Bob too');
    await writer.key('Enter');
    expect([...named].sort()).to.deep.equal(['bob', 'cem']);
  });

  it('asks for nothing when nothing changed', async () => {
    const writer = await editing();
    await writer.key('Enter');
    expect(writer.asked).to.deep.equal([]);
    expect(writer.box.value).to.equal('a draft');
  });

  it('says so when nothing is left of it', async () => {
    const writer = await editing();
    await writer.type(' ');
    await writer.key('Enter');
    expect(writer.note()).to.equal('There is nothing left of this message. Write something, or delete it instead.');
    expect(writer.asked).to.deep.equal([]);
  });

  it('keeps the new text when it is refused', async () => {
    const writer = await editing();
    writer.refusal = { code: 'message-unknown' };
    await writer.type('new words');
    await writer.key('Enter');
    expect(writer.box.value).to.equal('new words');
    expect(writer.note()).to.equal('That message is not there any more.');
  });

  for (const [way, cancel] of [
    ['Escape', (writer: Writer) => void press(writer.box, 'Escape')],
    ['the button', (writer: Writer) => button(writer.composer, 'Cancel editing').click()],
    ['the room', (writer: Writer) => void (writer.composer.editing = null)],
  ] as const) {
    it(`is given up by ${way}, and the draft is back`, async () => {
      const writer = await editing();
      await writer.type('half a thought');
      cancel(writer);
      await writer.composer.updateComplete;
      await writer.composer.updateComplete;
      expect(writer.box.value).to.equal('a draft');
      expect(writer.context()).to.contain('Reply to Bob');
      expect(button(writer.composer, 'Send').type).to.equal('submit');
    });
  }

  it('is given up for an answer to another message', async () => {
    const writer = await editing();
    writer.composer.reply({ ...source, id: 'other', authorName: 'Cleo' });
    await writer.composer.updateComplete;
    await writer.composer.updateComplete;
    expect(writer.context()).to.contain('Reply to Cleo');
    expect(writer.box.value).to.equal('a draft');
  });

  it('goes over to another message without losing the draft', async () => {
    const writer = await editing();
    writer.composer.edit({ id: 'second', body: 'second words' });
    await writer.composer.updateComplete;
    expect(writer.box.value).to.equal('second words');
    await writer.key('Escape');
    expect(writer.box.value).to.equal('a draft');
  });

  it('tells nobody that one writes', async () => {
    const writer = await editing();
    writer.composer.addEventListener('composer-typing', () => writer.asked.push('typing'));
    await writer.type('new words');
    expect(writer.asked).to.deep.equal([]);
  });
});

describe('<chat-composer> that has to wait', () => {
  async function slow(seconds = 12): Promise<Writer> {
    const writer = await writing();
    await writer.type('patience');
    writer.composer.slowUntil = writer.clock.now() + seconds * 1000;
    await writer.composer.updateComplete;
    return writer;
  }
  const told = (writer: Writer): string => words(maybe(writer.composer, '[part="slow"]'));

  it('counts down in slow mode, outside of what is read aloud', async () => {
    const writer = await slow();
    expect(told(writer)).to.equal('You can write again in 12 s.');
    expect(writer.note()).to.equal('');
    expect(find(writer.composer, '[part="slow"]').closest('[aria-live]')).to.equal(null);
    const send = button(writer.composer, 'Send');
    expect(send.getAttribute('aria-disabled')).to.equal('true');
    expect(send.getAttribute('aria-describedby')).to.equal('slow');
    expect(writer.box.disabled).to.equal(false);
    await expectAccessible(writer.composer);
    writer.clock.tick(3000);
    await writer.composer.updateComplete;
    expect(told(writer)).to.equal('You can write again in 9 s.');
  });

  it('keeps the text, and says once how long when one tries', async () => {
    const writer = await slow();
    await writer.key('Enter');
    expect(writer.asked).to.deep.equal([]);
    expect(writer.box.value).to.equal('patience');
    expect(writer.note()).to.equal('You can write again in 12 s.');
    writer.clock.tick(2000);
    await writer.composer.updateComplete;
    expect(writer.note()).to.equal('You can write again in 12 s.');
    expect(told(writer)).to.equal('You can write again in 10 s.');
  });

  it('sends again when the time has come, and has no timer left', async () => {
    const writer = await slow(2);
    writer.clock.tick(2000);
    await writer.composer.updateComplete;
    expect(told(writer)).to.equal('');
    expect(writer.clock.waiting).to.equal(0);
    await writer.key('Enter');
    expect(writer.asked).to.deep.equal(['send patience']);
  });

  it('changes a message meanwhile', async () => {
    const writer = await slow();
    writer.composer.edit(mine);
    await writer.composer.updateComplete;
    await writer.type('new words');
    await writer.key('Enter');
    expect(writer.asked).to.deep.equal(['edit mine new words']);
    expect(told(writer)).to.equal('You can write again in 12 s.');
  });

  it('says for how long it is muted, and opens again by itself with the text in it', async () => {
    const writer = await writing();
    await writer.type('a draft');
    writer.composer.mutedUntil = writer.clock.now() + 300_000;
    await writer.composer.updateComplete;
    expect(writer.note()).to.equal('A moderator has muted you here. You can read, and write again in 5 minutes.');
    expect(writer.box.disabled).to.equal(true);
    await expectAccessible(writer.composer);
    writer.clock.tick(300_000);
    await writer.composer.updateComplete;
    expect(writer.box.disabled).to.equal(false);
    expect(writer.note()).to.equal('');
    expect(writer.box.value).to.equal('a draft');
  });

  it('says so when it is muted for good, and keeps no timer', async () => {
    const writer = await writing();
    writer.composer.mutedUntil = Infinity;
    await writer.composer.updateComplete;
    expect(writer.note()).to.contain('A moderator has muted you here.');
    expect(writer.clock.waiting).to.equal(0);
  });

  it('leaves no timer behind', async () => {
    const writer = await slow();
    writer.composer.remove();
    expect(writer.clock.waiting).to.equal(0);
  });
});

describe('<chat-composer> tells that somebody writes', () => {
  it('at each change that leaves something to send', async () => {
    const writer = await writing();
    writer.composer.addEventListener('composer-typing', () => writer.asked.push('typing'));
    await writer.type('h');
    await writer.type('hi');
    await writer.type('  ');
    await writer.type('');
    expect(writer.asked).to.deep.equal(['typing', 'typing']);
  });
});
