import { expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-message/define.js';
import type { ChatMessage } from '../../elements/chat-message/chat-message.js';
import type { MessageActions } from '../../elements/chat-message/message-actions.js';
import { plainMessage, type Permissions, type TimelineMessage } from '../../src/chat/model.js';
import { soon } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { message } from './support/chat-session.js';
import { all, button, buttonNames, find, focused, maybe, press, words } from './support/shadow.js';

const everything: Permissions = { reply: true, react: true, edit: true, remove: true, report: true, moderate: true };

interface Scene {
  readonly element: ChatMessage;
  /** What the message asked for, in order. */
  readonly asked: string[];
  /** The bar; a test that looks for one that is not there has failed. */
  readonly bar: MessageActions;
  settle(): Promise<void>;
}

async function scene(given: Partial<TimelineMessage> = {}): Promise<Scene> {
  const box = await fixture<HTMLElement>(html`<div>
    <chat-message .message=${message({ id: 'it', may: everything, ...given })} tabindex="0"></chat-message>
    <button>elsewhere</button>
  </div>`);
  const element = box.querySelector('chat-message');
  if (!element) throw new Error('not rendered');
  const asked: string[] = [];
  const note = (event: Event & { id: string; emoji?: string }): void => void asked.push([event.type, event.id, event.emoji].filter(Boolean).join(' '));
  for (const type of ['message-reply', 'message-react', 'message-edit-request', 'message-remove', 'message-report', 'message-moderate'] as const) {
    box.addEventListener(type, note);
  }
  return {
    element,
    asked,
    get bar() {
      return find<MessageActions>(element, 'chat-message-actions');
    },
    async settle() {
      await element.updateComplete;
      await maybe<MessageActions>(element, 'chat-message-actions')?.updateComplete;
    },
  };
}

async function pointedAt(given: Partial<TimelineMessage> = {}): Promise<Scene> {
  const made = await scene(given);
  made.element.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
  await made.settle();
  return made;
}

/** Clicks a button of the bar, or of what is open. */
async function click(made: Scene, name: string): Promise<void> {
  const target = button(made.bar, name);
  target.focus();
  target.click();
  await made.settle();
}

const hasBar = (element: ChatMessage): boolean => maybe(element, 'chat-message-actions') !== null;
const items = (made: Scene): string[] => all(made.bar, '[role="menuitem"]').map(words);

describe('the buttons of a message', () => {
  it('are not there while nobody is at it', async () => {
    expect(hasBar((await scene()).element)).to.equal(false);
  });

  it('come and go with the pointer, and move nothing', async () => {
    const made = await scene();
    const { height } = made.element.getBoundingClientRect();
    made.element.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
    await made.settle();
    expect(buttonNames(made.bar)).to.deep.equal(['React', 'Reply', 'More']);
    expect(made.element.getBoundingClientRect().height).to.equal(height);
    await expectAccessible(made.element);
    made.element.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
    await made.settle();
    expect(hasBar(made.element)).to.equal(false);
  });

  it('come with the keyboard, and stay while it is within', async () => {
    const made = await scene();
    made.element.focus();
    await made.settle();
    button(made.bar, 'Reply').focus();
    await made.settle();
    expect(focused(made.bar)).to.equal('Reply');
    document.querySelector<HTMLElement>('div > button')?.focus();
    await made.settle();
    expect(hasBar(made.element)).to.equal(false);
  });

  it('come with a tap, and stay until one elsewhere', async () => {
    const made = await scene();
    made.element.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }));
    made.element.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'touch' }));
    made.element.click();
    await made.settle();
    expect(hasBar(made.element)).to.equal(true);
    document.body.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }));
    await made.settle();
    expect(hasBar(made.element)).to.equal(false);
  });

  it('go with the keyboard after it pressed one of them', async () => {
    const made = await scene();
    made.element.focus();
    await made.settle();
    await click(made, 'Reply');
    document.querySelector<HTMLElement>('div > button')?.focus();
    await made.settle();
    expect(hasBar(made.element)).to.equal(false);
  });

  it('are big enough to hit', async () => {
    const made = await pointedAt();
    for (const target of all(made.bar, 'button')) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
    }
  });

  it('stay within a narrow row on both sides', async () => {
    for (const mine of [false, true]) {
      const made = await pointedAt({ mine, body: 'long words '.repeat(30) });
      made.element.style.setProperty('inline-size', '280px');
      await made.settle();
      const [bar, row] = [find(made.bar, '.bar').getBoundingClientRect(), made.element.getBoundingClientRect()];
      expect(bar.left).to.be.at.least(row.left - 1);
      expect(bar.right).to.be.at.most(row.right + 1);
    }
  });

  describe('only as far as the visitor may', () => {
    const cases: [Partial<Permissions>, string[]][] = [
      [{}, []],
      [{ reply: true }, ['Reply']],
      [{ react: true, report: true }, ['React', 'More']],
      [{ remove: true }, ['More']],
      [{ moderate: true }, ['More']],
    ];
    for (const [may, names] of cases) {
      it(`${JSON.stringify(may)}: ${names.join(', ') || 'none'}`, async () => {
        const made = await pointedAt({ may: { ...plainMessage.may, ...may } });
        expect(hasBar(made.element) ? buttonNames(made.bar) : []).to.deep.equal(names);
      });
    }

    it('in the menu too', async () => {
      const made = await pointedAt({ may: { ...plainMessage.may, remove: true, report: true, moderate: true } });
      await click(made, 'More');
      expect(items(made)).to.deep.equal(['Delete', 'Report', 'Moderate Bob']);
      expect(focused(made.bar)).to.equal('Delete');
    });

    it('and close what is open when that ends', async () => {
      const made = await pointedAt();
      await click(made, 'More');
      const { message: before } = made.element;
      made.element.message = before && { ...before, deleted: true, body: '', may: plainMessage.may };
      await made.settle();
      expect(hasBar(made.element)).to.equal(false);
      expect(document.activeElement).to.equal(made.element);
    });
  });

  it('Reply asks at once', async () => {
    const made = await pointedAt();
    await click(made, 'Reply');
    expect(made.asked).to.deep.equal(['message-reply it']);
  });

  describe('More', () => {
    it('opens a menu, with the focus on its first item', async () => {
      const made = await pointedAt();
      expect(button(made.bar, 'More').getAttribute('aria-haspopup')).to.equal('menu');
      await click(made, 'More');
      expect(button(made.bar, 'More').getAttribute('aria-expanded')).to.equal('true');
      expect(items(made)).to.deep.equal(['Edit', 'Delete', 'Report', 'Moderate Bob']);
      expect(focused(made.bar)).to.equal('Edit');
      await expectAccessible(made.element);
    });

    it('is worked with arrows, Home, End and letters, which the list around does not hear', async () => {
      const made = await pointedAt();
      await click(made, 'More');
      const heard: string[] = [];
      made.element.addEventListener('keydown', ({ key }) => heard.push(key));
      const steps: [string, string][] = [
        ['ArrowDown', 'Delete'],
        ['ArrowUp', 'Edit'],
        ['ArrowUp', 'Moderate Bob'],
        ['ArrowDown', 'Edit'],
        ['End', 'Moderate Bob'],
        ['Home', 'Edit'],
        ['d', 'Delete'],
        ['r', 'Report'],
      ];
      for (const [key, goal] of steps) {
        const at = made.bar.shadowRoot?.activeElement;
        if (at) press(at, key);
        expect(focused(made.bar), key).to.equal(goal);
      }
      expect(heard).to.deep.equal([]);
    });

    it('is closed with Escape, and the focus goes back', async () => {
      const made = await pointedAt();
      await click(made, 'More');
      press(find(made.bar, '[role="menuitem"]'), 'Escape');
      await made.settle();
      expect(items(made)).to.deep.equal([]);
      expect(focused(made.bar)).to.equal('More');
    });

    it('is left with Tab, and closed by a press elsewhere or on its button', async () => {
      const made = await pointedAt();
      await click(made, 'More');
      press(find(made.bar, '[role="menuitem"]'), 'Tab');
      await made.settle();
      expect(items(made)).to.deep.equal([]);
      await click(made, 'More');
      document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      await made.settle();
      expect(items(made)).to.deep.equal([]);
      await click(made, 'More');
      await click(made, 'More');
      expect(items(made)).to.deep.equal([]);
    });

    it('keeps the buttons while it is open, wherever the pointer goes', async () => {
      const made = await pointedAt();
      await click(made, 'More');
      made.element.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
      await made.settle();
      expect(items(made)).to.have.length(4);
    });

    it('stands over everything, within the window', async () => {
      const made = await pointedAt();
      await click(made, 'More');
      const popup = find(made.bar, '[part="popup"]');
      const { left, top, right, bottom } = popup.getBoundingClientRect();
      expect(Math.min(left, top)).to.be.at.least(0);
      expect(right).to.be.at.most(innerWidth);
      expect(bottom).to.be.at.most(innerHeight);
    });

    it('asks for an edit, for a report, or what is to be done about the author', async () => {
      const made = await pointedAt();
      await click(made, 'More');
      await click(made, 'Edit');
      await click(made, 'More');
      await click(made, 'Report');
      await click(made, 'More');
      await click(made, 'Moderate Bob');
      expect(made.asked).to.deep.equal(['message-edit-request it', 'message-report it', 'message-moderate it']);
    });

    it('leaves nothing behind when the message goes', async () => {
      const made = await pointedAt();
      await click(made, 'More');
      const { bar, element } = made;
      element.remove();
      document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      await bar.updateComplete;
      expect(maybe(bar, '[part="popup"]')).to.equal(null);
    });
  });

  describe('Delete', () => {
    async function asking(): Promise<Scene> {
      const made = await pointedAt();
      await click(made, 'More');
      await click(made, 'Delete');
      return made;
    }

    it('asks first, with the focus where nothing is lost', async () => {
      const made = await asking();
      expect(made.asked).to.deep.equal([]);
      expect(words(find(made.bar, '[role="alertdialog"] #question'))).to.equal('Delete this message?');
      expect(focused(made.bar)).to.equal('Cancel');
      await expectAccessible(made.element);
    });

    it('goes around its two buttons with Tab', async () => {
      const made = await asking();
      press(button(made.bar, 'Cancel'), 'Tab', { shiftKey: true });
      expect(focused(made.bar)).to.equal('Delete');
      press(button(made.bar, 'Delete'), 'Tab');
      expect(focused(made.bar)).to.equal('Cancel');
    });

    it('is given up with Cancel, and with Escape', async () => {
      const made = await asking();
      await click(made, 'Cancel');
      expect(focused(made.bar)).to.equal('More');
      await click(made, 'More');
      await click(made, 'Delete');
      press(button(made.bar, 'Cancel'), 'Escape');
      await made.settle();
      expect(maybe(made.bar, '[role="alertdialog"]')).to.equal(null);
      expect(made.asked).to.deep.equal([]);
    });

    it('is asked for when confirmed', async () => {
      const made = await asking();
      await click(made, 'Delete');
      expect(made.asked).to.deep.equal(['message-remove it']);
    });
  });

  describe('React', () => {
    it('offers six emoji at once', async () => {
      const made = await pointedAt();
      await click(made, 'React');
      expect(focused(made.bar)).to.equal('React with 👍 thumbsup');
      expect(all(made.bar, '.emoji button')).to.have.length(6);
      await expectAccessible(made.element);
      await click(made, 'React with 🎉 tada');
      expect(made.asked).to.deep.equal(['message-react it 🎉']);
      expect(focused(made.bar)).to.equal('React');
    });

    it('finds others by name, and takes the first with Enter', async () => {
      const made = await pointedAt();
      await click(made, 'React');
      const box = find<HTMLInputElement>(made.bar, 'input');
      expect(box.getAttribute('aria-label')).to.equal('Emoji by name');
      expect(parseFloat(getComputedStyle(box).fontSize)).to.be.at.least(16);
      box.focus();
      box.value = ':headph';
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await soon(() => words(find(made.bar, '[role="status"]')) === '1 emoji found');
      await expectAccessible(made.element);
      press(box, 'Enter');
      await made.settle();
      expect(made.asked).to.deep.equal(['message-react it 🎧']);
    });

    it('says when there is none of that name', async () => {
      const made = await pointedAt();
      await click(made, 'React');
      const box = find<HTMLInputElement>(made.bar, 'input');
      box.value = 'nothing like it';
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await soon(() => words(find(made.bar, '[role="status"]')) === 'There is no emoji of that name.');
      press(box, 'Enter');
      expect(made.asked).to.deep.equal([]);
      await expectAccessible(made.element);
    });
  });
});
