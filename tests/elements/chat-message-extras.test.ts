import { expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-message/define.js';
import type { ChatMessage } from '../../elements/chat-message/chat-message.js';
import { messageParts } from '../../elements/chat-message/parts.js';
import { plainMessage, type Quote, type Reaction, type TimelineMessage } from '../../src/chat/model.js';
import { platformNine } from './support/chat-music.js';
import { expectAccessible } from './support/schemes.js';
import { message, noon, own } from './support/chat-session.js';
import { all, button, find, maybe, maybeButton, words } from './support/shadow.js';

const may = { reply: true, react: true, edit: false, remove: false, report: true, moderate: false };

async function shown(given: TimelineMessage, grouped = false): Promise<ChatMessage> {
  const box = await fixture<HTMLElement>(html`<div>
    <chat-message .message=${given} .locale=${'en-GB'} .myName=${'Ann'} ?grouped=${grouped} tabindex="0"></chat-message>
  </div>`);
  box.style.setProperty('inline-size', '320px');
  const element = box.querySelector('chat-message');
  if (!element) throw new Error('not rendered');
  await element.updateComplete;
  return element;
}

/** Elements, text, comments and shadow roots, the element itself left out. */
function nodes(root: Node): number {
  let count = 0;
  for (const child of root.childNodes) count += 1 + nodes(child);
  return count + (root instanceof Element && root.shadowRoot ? 1 + nodes(root.shadowRoot) : 0);
}

const quote = (given: Partial<Quote> = {}): Quote => ({ id: 'source', authorName: 'Cleo', body: 'the\nsource', state: 'known', ...given });
const reaction = (given: Partial<Reaction> = {}): Reaction => ({ emoji: '👋', count: 1, mine: false, names: ['Bob'], ...given });
const bubbleOf = (element: ChatMessage): HTMLElement => find(element, '[part="bubble"]');

describe('<chat-message>', () => {
  it('costs at most 12 nodes while nobody is at it', async () => {
    expect(nodes(await shown(message({ may })))).to.be.at.most(12);
    expect(nodes(await shown(message({ may }), true))).to.be.at.most(8);
    expect(nodes(await shown(own({ may }), true))).to.be.at.most(8);
  });

  it('hands all its parts on', async () => {
    const element = await shown(
      message({ body: 'https://a.example @Ann', mentions: [{ id: 'ann', name: 'Ann' }], editedAt: noon, replyTo: quote(), reactions: [reaction()] }),
    );
    const own = all(element, '[part]').flatMap(({ part }) => [...part]);
    expect(own).to.include.members(['link', 'mention', 'edited', 'quote', 'reaction', 'reactions']);
    expect(messageParts.split(', ')).to.include.members(own);
  });

  describe('edited', () => {
    it('says so behind the words, and when', async () => {
      const element = await shown(message({ body: 'better words', editedAt: noon }));
      expect(words(bubbleOf(element))).to.equal('better words(edited)');
      expect(find(element, '[part="edited"]').title).to.match(/^Edited 3 Nov 2026.* 12:00$/);
      await expectAccessible(element);
    });

    it('keeps a selection in words that did not change', async () => {
      const given = message({ body: 'the same' });
      const element = await shown(given);
      const text = bubbleOf(element).firstChild;
      element.message = { ...given, reactions: [reaction()] };
      await element.updateComplete;
      expect(bubbleOf(element).firstChild).to.equal(text);
    });
  });

  describe('deleted', () => {
    it('leaves a stone with its author and time, and nothing to do', async () => {
      const element = await shown(message({ deleted: true, body: '', may: plainMessage.may }));
      expect(words(bubbleOf(element))).to.equal('Message deleted');
      expect(words(find(element, '[part="author"]'))).to.equal('Bob');
      element.focus();
      await element.updateComplete;
      expect(all(element, 'button, chat-message-actions')).to.have.length(0);
      await expectAccessible(element);
    });

    it('takes the place of the words', async () => {
      const given = message({ body: 'regrets', editedAt: noon, replyTo: quote() });
      const element = await shown(given);
      element.message = { ...given, deleted: true, body: '', replyTo: null, editedAt: null };
      await element.updateComplete;
      expect(words(element.shadowRoot?.firstElementChild?.parentNode as Element | null)).to.not.contain('regrets');
      expect(words(bubbleOf(element))).to.equal('Message deleted');
    });
  });

  describe('as a reply', () => {
    it('quotes its source in one line, and leads to it', async () => {
      const element = await shown(message({ body: 'the answer', replyTo: quote() }));
      const line = button(element, 'Answers Cleo: the source');
      expect(words(line)).to.equal('Cleo: the source');
      expect(line.offsetHeight).to.be.within(24, 32);
      const asked: string[] = [];
      element.addEventListener('message-reveal', ({ id }) => asked.push(id));
      line.click();
      expect(asked).to.deep.equal(['source']);
      await expectAccessible(element);
    });

    it('quotes from a card too', async () => {
      const element = await shown(message({ track: platformNine, body: platformNine.title, replyTo: quote() }));
      expect(maybeButton(element, 'Answers Cleo: the source')).to.not.equal(undefined);
      await expectAccessible(element);
    });

    const states: [Quote['state'], string, boolean][] = [
      ['loading', 'Looking the message up…', false],
      ['deleted', 'Message deleted', true],
      ['unknown', 'Answers a message that is gone', true],
    ];
    for (const [state, said, disabled] of states) {
      it(`to a message that is ${state}`, async () => {
        const element = await shown(message({ replyTo: quote({ state, authorName: '', body: '' }) }));
        const line = find<HTMLButtonElement>(element, '.quote');
        expect(words(line)).to.equal(said);
        expect(line.disabled).to.equal(disabled);
        await expectAccessible(element);
      });
    }

    it('shows the source when it has come', async () => {
      const given = message({ replyTo: quote({ state: 'loading', authorName: '', body: '' }) });
      const element = await shown(given);
      element.message = { ...given, replyTo: quote() };
      await element.updateComplete;
      expect(words(find(element, '.quote'))).to.equal('Cleo: the source');
    });

    it('does not get wider or higher than its row by a long source', async () => {
      const element = await shown(message({ body: 'ok', replyTo: quote({ authorName: 'W'.repeat(400), body: 'W'.repeat(4000) }) }));
      expect(element.scrollWidth).to.be.at.most(320);
      expect(bubbleOf(element).getBoundingClientRect().right).to.be.at.most(element.getBoundingClientRect().right);
      expect(element.offsetHeight).to.be.below(120);
    });
  });

  describe('with reactions', () => {
    const three = [reaction({ count: 2, mine: true, names: ['Ann', 'Bob'] }), reaction({ emoji: '🎉' })];

    it('names each with who gave it, and tells one’s own', async () => {
      const element = await shown(message({ reactions: three, may }));
      expect(button(element, '👋, 2, you and Bob').getAttribute('aria-pressed')).to.equal('true');
      expect(button(element, '🎉, 1, Bob').getAttribute('aria-pressed')).to.equal('false');
      expect(find(element, '[part="reactions"]').getAttribute('aria-label')).to.equal('Reactions');
      await expectAccessible(element);
    });

    it('asks for the same one, to give it or to take it back', async () => {
      const element = await shown(message({ id: 'liked', reactions: three, may }));
      const asked: string[] = [];
      element.addEventListener('message-react', ({ id, emoji }) => asked.push(`${id} ${emoji}`));
      button(element, '🎉, 1, Bob').click();
      button(element, '👋, 2, you and Bob').click();
      expect(asked).to.deep.equal(['liked 🎉', 'liked 👋']);
    });

    it('keeps the button that the keyboard is on while counts change, and while others come and go', async () => {
      const given = message({ reactions: three, may });
      const element = await shown(given);
      const second = button(element, '🎉, 1, Bob');
      second.focus();
      element.message = { ...given, reactions: [reaction({ emoji: '🎉', count: 2, mine: true, names: ['Bob', 'Ann'] })] };
      await element.updateComplete;
      expect(element.shadowRoot?.activeElement).to.equal(second);
      expect(second.getAttribute('aria-label')).to.equal('🎉, 2, you and Bob');
      expect(all(element, '[part="reaction"]')).to.have.length(1);
    });

    it('can be read by who may give none', async () => {
      const element = await shown(message({ reactions: three }));
      expect(button(element, '🎉, 1, Bob').disabled).to.equal(true);
      await expectAccessible(element);
    });

    it('shows eight of many, and all when asked', async () => {
      const many = Array.from('😀😃😄😁😆😅🤣🙂🙃😉😊😇', (emoji) => reaction({ emoji }));
      const element = await shown(message({ reactions: many, may }));
      expect(all(element, '[part="reaction"]')).to.have.length(9);
      button(element, 'Show 4 more reactions').click();
      await element.updateComplete;
      expect(all(element, '[part="reaction"]')).to.have.length(12);
      await expectAccessible(element);
    });

    it('keeps hostile ones small', async () => {
      const element = await shown(message({ reactions: [reaction({ emoji: `Z${'\u0300'.repeat(15)}` }), reaction({ emoji: 'W'.repeat(16) })], may }));
      for (const chip of all<HTMLElement>(element, '[part="reaction"]')) {
        expect(chip.offsetHeight).to.be.at.most(30);
        expect(chip.offsetWidth).to.be.at.most(150);
        expect(getComputedStyle(chip).overflowY).to.equal('clip');
      }
    });
  });

  describe('with mentions', () => {
    it('marks the names, and the whole message where it is the reader’s', async () => {
      const mentions = [{ id: 'ann', name: 'Ann' }, { id: 'lee', name: 'Ann Lee' }];
      const element = await shown(message({ body: 'hey @Ann Lee, @Ann and @Anna', mentions, mentionsMe: true }));
      expect(all(element, '[part="mention"]').map(words)).to.deep.equal(['@Ann Lee', '@Ann']);
      expect(bubbleOf(element).textContent).to.equal('hey @Ann Lee, @Ann and @Anna');
      expect(element.hasAttribute('mentions-me')).to.equal(true);
      await expectAccessible(element);
    });
  });

  describe('that is long', () => {
    const long = message({ body: 'line\n'.repeat(200) });

    it('is folded, and unfolds and folds again on demand', async () => {
      const element = await shown(long);
      const folded = bubbleOf(element).offsetHeight;
      expect(folded).to.be.below(300);
      const more = button(element, 'Show more');
      expect(more.getAttribute('aria-expanded')).to.equal('false');
      await expectAccessible(element);
      more.focus();
      more.click();
      await element.updateComplete;
      expect(bubbleOf(element).textContent).to.equal(long.body);
      expect(element.shadowRoot?.activeElement).to.equal(button(element, 'Show less'));
      button(element, 'Show less').click();
      await element.updateComplete;
      expect(bubbleOf(element).offsetHeight).to.equal(folded);
    });

    it('is folded again as another message', async () => {
      const element = await shown(long);
      button(element, 'Show more').click();
      element.message = message({ body: 'x '.repeat(2000) });
      await element.updateComplete;
      expect(maybeButton(element, 'Show more')).to.not.equal(undefined);
    });
  });

  it('shows that a change of one’s own is on its way', async () => {
    const element = await shown(message({ changing: true }));
    expect(find(element, '[part="sending"]').getAttribute('aria-label')).to.equal('Saving');
    expect(maybe(element, '[part="problem"]')).to.equal(null);
    await expectAccessible(element);
  });

  it('keeps a change that was refused beside what stands, with why, and asks what becomes of it', async () => {
    const problem = { code: 'muted', waitSeconds: 600 } as const;
    const unsaved = { id: 'edit-1', body: '<b>better</b> words', mentions: [], problem };
    const element = await shown(own({ body: 'words', may: { ...may, edit: true }, unsaved }));
    expect(words(bubbleOf(element))).to.equal('words');
    expect(words(find(element, '[part="unsaved"]'))).to.equal('Your change was not saved: <b>better</b> words');
    expect(words(find(element, '[part="problem-text"]'))).to.contain('write again in 10 minutes');
    await expectAccessible(element);
    const asked: string[] = [];
    for (const type of ['message-retry', 'message-discard'] as const) element.addEventListener(type, ({ id }) => asked.push(`${type} ${id}`));
    button(element, 'Retry').click();
    button(element, 'Discard').click();
    expect(asked).to.deep.equal(['message-retry edit-1', 'message-discard edit-1']);
    element.message = own({ body: 'better words', may });
    await element.updateComplete;
    expect(maybe(element, '[part="problem"]')).to.equal(null);
  });

  it('needs no style attribute', async () => {
    const element = await shown(message({ replyTo: quote(), reactions: [reaction()], editedAt: noon, body: 'x\n'.repeat(100), may }));
    expect(all(element, '[style]')).to.have.length(0);
  });
});
