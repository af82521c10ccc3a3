import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-composer/define.js';
import type { ChatComposer } from '../../elements/chat-composer/chat-composer.js';
import type { ChatProblem } from '../../src/chat/model.js';
import { settled } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { all, button, find, maybe, press, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

interface Writer {
  readonly composer: ChatComposer;
  readonly box: HTMLTextAreaElement;
  readonly sent: string[];
  /** What the room answers from now on. */
  refusal: ChatProblem | null;
  type(text: string): Promise<void>;
  note(): string;
}

async function writing(): Promise<Writer> {
  const composer = await fixture<ChatComposer>(html`<chat-composer></chat-composer>`);
  const writer: Writer = {
    composer,
    box: find<HTMLTextAreaElement>(composer, 'textarea'),
    sent: [],
    refusal: null,
    async type(text) {
      writer.box.value = text;
      writer.box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await composer.updateComplete;
    },
    note: () => words(find(composer, '[part="note"]')),
  };
  composer.addEventListener('message-send', (event) => {
    writer.sent.push(event.body);
    if (writer.refusal) event.refuse(writer.refusal);
  });
  return writer;
}

describe('<chat-composer>', () => {
  it('is a textbox and a button', async () => {
    const { composer, box } = await writing();
    expect(box.getAttribute('aria-label')).to.equal('Message');
    expect(button(composer, 'Send').type).to.equal('submit');
    await expectAccessible(composer);
  });

  it('takes the focus itself', async () => {
    const { composer, box } = await writing();
    composer.focus();
    expect(composer.shadowRoot?.activeElement).to.equal(box);
  });

  describe('sends', () => {
    it('on Enter, trimmed, and is empty after that', async () => {
      const writer = await writing();
      await writer.type('  hello there \n');
      const event = press(writer.box, 'Enter');
      await writer.composer.updateComplete;
      expect(event.defaultPrevented).to.equal(true);
      expect(writer.sent).to.deep.equal(['hello there']);
      expect(writer.box.value).to.equal('');
    });

    it('by the button, and the focus stays in the box', async () => {
      const writer = await writing();
      await writer.type('hello');
      writer.box.focus();
      const send = button(writer.composer, 'Send');
      expect(send.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }))).to.equal(false);
      send.click();
      await writer.composer.updateComplete;
      expect(writer.sent).to.deep.equal(['hello']);
      expect(writer.composer.shadowRoot?.activeElement).to.equal(writer.box);
    });

    for (const modifier of ['shiftKey', 'altKey', 'ctrlKey', 'metaKey']) {
      it(`not on Enter with ${modifier}`, async () => {
        const writer = await writing();
        await writer.type('first line');
        expect(press(writer.box, 'Enter', { [modifier]: true }).defaultPrevented).to.equal(false);
        expect(writer.sent).to.deep.equal([]);
      });
    }

    it('once while the key is held down', async () => {
      const writer = await writing();
      await writer.type('hello');
      press(writer.box, 'Enter');
      press(writer.box, 'Enter', { repeat: true });
      await writer.composer.updateComplete;
      expect(writer.sent).to.deep.equal(['hello']);
      expect(writer.note()).to.equal('');
    });
  });

  describe('while an input method composes', () => {
    it('leaves Enter to it', async () => {
      const writer = await writing();
      await writer.type('にほん');
      expect(press(writer.box, 'Enter', { isComposing: true }).defaultPrevented).to.equal(false);
      expect(press(writer.box, 'Enter', { keyCode: 229 }).defaultPrevented).to.equal(false);
      writer.box.dispatchEvent(new CompositionEvent('compositionstart'));
      expect(press(writer.box, 'Enter').defaultPrevented).to.equal(false);
      expect(writer.sent).to.deep.equal([]);
    });

    it('leaves it the Enter that ends the composition, which Safari tells of afterwards', async () => {
      const writer = await writing();
      writer.box.dispatchEvent(new CompositionEvent('compositionstart'));
      await writer.type('日本');
      writer.box.dispatchEvent(new CompositionEvent('compositionend'));
      press(writer.box, 'Enter');
      expect(writer.sent).to.deep.equal([]);
      // A task later it is the visitor's own.
      await aTimeout(0);
      press(writer.box, 'Enter');
      expect(writer.sent).to.deep.equal(['日本']);
    });
  });

  describe('keeps the text', () => {
    it('when there is none to send, with a quiet hint that goes as one types', async () => {
      const writer = await writing();
      await writer.type('  \n ');
      press(writer.box, 'Enter');
      await writer.composer.updateComplete;
      expect(writer.sent).to.deep.equal([]);
      expect(writer.note()).to.equal('Write something first.');
      expect(writer.box.getAttribute('aria-invalid')).to.equal('false');
      await expectAccessible(writer.composer);
      await writer.type('h');
      expect(writer.note()).to.equal('');
    });

    it('when it is too long, and says by how much', async () => {
      const writer = await writing();
      const text = '🎵'.repeat(4012);
      await writer.type(text);
      press(writer.box, 'Enter');
      await writer.composer.updateComplete;
      expect(writer.sent).to.deep.equal([]);
      expect(writer.note()).to.equal('12 characters too many: a message has at most 4,000.');
      expect(writer.box.value).to.equal(text);
      expect(writer.box.getAttribute('aria-invalid')).to.equal('true');
      expect(writer.box.getAttribute('aria-describedby')).to.equal('note');
      await expectAccessible(writer.composer);
    });

    it('when the room refuses it, and says why', async () => {
      const writer = await writing();
      writer.refusal = { code: 'not-signed-in' };
      await writer.type('precious words');
      press(writer.box, 'Enter');
      await writer.composer.updateComplete;
      expect(writer.box.value).to.equal('precious words');
      expect(writer.note()).to.equal('You are no longer signed in. Try again, or sign in on this page.');
      writer.refusal = null;
      press(writer.box, 'Enter');
      await writer.composer.updateComplete;
      expect(writer.sent).to.deep.equal(['precious words', 'precious words']);
      expect(writer.box.value).to.equal('');
      expect(writer.note()).to.equal('');
    });
  });

  it('sends exactly 4,000 characters', async () => {
    const writer = await writing();
    await writer.type('🎵'.repeat(4000));
    press(writer.box, 'Enter');
    expect(writer.sent).to.have.length(1);
  });

  it('counts down near the limit', async () => {
    const writer = await writing();
    await writer.type('x'.repeat(3799));
    expect(maybe(writer.composer, '[part="count"]')).to.equal(null);
    await writer.type('x'.repeat(3990));
    expect(words(find(writer.composer, '[part="count"]'))).to.equal('10 characters left');
    await writer.type('x'.repeat(4001));
    expect(words(find(writer.composer, '[part="count"]'))).to.equal('1 character too many');
    await expectAccessible(writer.composer);
  });

  it('grows with its lines, up to six', async () => {
    const writer = await writing();
    const heightOf = async (lines: number): Promise<number> => {
      await writer.type(Array.from({ length: lines }, () => 'line').join('\n'));
      await settled(writer.composer);
      return writer.box.offsetHeight;
    };
    const [one, two, six, twenty] = [await heightOf(1), await heightOf(2), await heightOf(6), await heightOf(20)];
    expect(two - one).to.be.within(18, 26);
    expect(six - two).to.be.within(72, 104);
    expect(twenty).to.equal(six);
    await writer.type('');
    await waitUntil(() => writer.box.offsetHeight === one);
  });

  describe('disabled', () => {
    it('says why, sends nothing and keeps what is there', async () => {
      const writer = await writing();
      await writer.type('a draft');
      writer.composer.disabled = true;
      writer.composer.reason = 'Join the room to write.';
      await writer.composer.updateComplete;
      expect(writer.box.disabled).to.equal(true);
      expect(writer.note()).to.equal('Join the room to write.');
      press(writer.box, 'Enter');
      find<HTMLFormElement>(writer.composer, 'form').requestSubmit();
      expect(writer.sent).to.deep.equal([]);
      await expectAccessible(writer.composer);
      writer.composer.disabled = false;
      await writer.composer.updateComplete;
      expect(writer.box.value).to.equal('a draft');
      expect(writer.note()).to.equal('');
    });
  });

  it('leaves type of 16 px and more in the box, or a phone would zoom the page', async () => {
    const { box } = await writing();
    expect(parseFloat(getComputedStyle(box).fontSize)).to.be.at.least(16);
  });

  it('needs no style attribute but the one of the fallback', async () => {
    const { composer } = await writing();
    const styled = CSS.supports('field-sizing', 'content') ? 0 : 1;
    expect(all(composer, '[style]')).to.have.length(styled);
  });
});
