import { expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-composer/define.js';
import type { ChatComposer } from '../../elements/chat-composer/chat-composer.js';
import { plainMember, type Member, type Mention } from '../../src/chat/model.js';
import { expectAccessible } from './support/schemes.js';
import { all, find, maybe, press, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

interface Writer {
  readonly composer: ChatComposer;
  readonly box: HTMLTextAreaElement;
  /** What was sent: the text, and whom it names. */
  readonly sent: [string, ...string[]][];
  type(text: string, caret?: number): Promise<void>;
  key(key: string, init?: KeyboardEventInit): Promise<KeyboardEvent>;
  options(): string[];
  selected(): string;
}

const member = (name: string): Member => ({ ...plainMember, id: `id of ${name}`, name });
const crowd = ['Ann', 'Ann Lee', 'Bob', 'Leo Bobson', 'Zoë'].map(member);

async function writing(members: readonly Member[] = crowd, authors: readonly Mention[] = []): Promise<Writer> {
  const box = await fixture<HTMLElement>(html`<div><chat-composer .members=${members} .authors=${() => authors}></chat-composer></div>`);
  // Room for a list above the box.
  box.style.setProperty('padding-block-start', '300px');
  const composer = box.querySelector('chat-composer');
  if (!composer) throw new Error('not rendered');
  const area = find<HTMLTextAreaElement>(composer, 'textarea');
  const sent: [string, ...string[]][] = [];
  composer.addEventListener('message-send', ({ body, mentions }) => sent.push([body, ...mentions]));
  area.focus();
  return {
    composer,
    box: area,
    sent,
    async type(text, caret = text.length) {
      area.value = text;
      area.setSelectionRange(caret, caret);
      area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await composer.updateComplete;
    },
    async key(key, init) {
      const event = press(area, key, init);
      await composer.updateComplete;
      return event;
    },
    options: () => (find(composer, '[role="listbox"]').hidden ? [] : all(composer, '[role="option"]').map(words)),
    selected: () => words(maybe(composer, `#${area.getAttribute('aria-activedescendant') ?? 'none'}`)),
  };
}

describe('<chat-composer> completes', () => {
  describe('members after @', () => {
    it('in a list that the box points at', async () => {
      const writer = await writing();
      expect(writer.options()).to.deep.equal([]);
      await writer.type('hi @b');
      expect(writer.options()).to.deep.equal(['Bob', 'Leo Bobson']);
      expect(writer.selected()).to.equal('Bob');
      expect(writer.box.getAttribute('aria-autocomplete')).to.equal('list');
      expect(writer.box.getAttribute('aria-controls')).to.equal(find(writer.composer, '[role="listbox"]').id);
      expect(all(writer.composer, '[aria-selected="true"]').map(words)).to.deep.equal(['Bob']);
      await expectAccessible(writer.composer);
    });

    it('those who are here first, then those who wrote lately, each once', async () => {
      const authors = [
        { id: 'id of Bobby', name: 'Bobby' },
        { id: 'id of Bob', name: 'Bob, as he was called then' },
        { id: 'an account of before', name: 'Bob' },
        { id: 'another Bobby', name: 'Bobby' },
        { id: 'id of Cem', name: 'Cem' },
      ];
      const writer = await writing(crowd, authors);
      await writer.type('@b');
      expect(writer.options()).to.deep.equal(['Bob', 'Leo Bobson', 'Bobby']);
      await writer.key('ArrowUp');
      expect(writer.selected()).to.equal('Bobby');
      await writer.key('Enter');
      expect(writer.box.value).to.equal('@Bobby ');
      await writer.type('@Bobby, @Bob and @Cem: hello');
      await writer.key('Enter');
      expect(writer.sent).to.deep.equal([['@Bobby, @Bob and @Cem: hello', 'id of Bobby', 'id of Bob', 'id of Cem']]);
    });

    it('above the box, and within its width', async () => {
      const writer = await writing([member('W'.repeat(40)), member(`Z${'\u0300'.repeat(39)}`)]);
      await writer.type('@');
      const [list, box] = [find(writer.composer, '[role="listbox"]').getBoundingClientRect(), writer.box.getBoundingClientRect()];
      expect(list.bottom).to.be.at.most(box.top);
      expect(list.right).to.be.at.most(writer.composer.getBoundingClientRect().right);
      expect(list.height).to.be.below(100);
    });

    it('with the arrows, around both ends', async () => {
      const writer = await writing();
      await writer.type('@ann');
      expect((await writer.key('ArrowDown')).defaultPrevented).to.equal(true);
      expect(writer.selected()).to.equal('Ann Lee');
      await writer.key('ArrowDown');
      expect(writer.selected()).to.equal('Ann');
      await writer.key('ArrowUp');
      expect(writer.selected()).to.equal('Ann Lee');
    });

    for (const key of ['Enter', 'Tab']) {
      it(`with ${key}, in the middle of a text, and sends nothing by that`, async () => {
        const writer = await writing();
        await writer.type('hi @zo, how are you', 6);
        expect((await writer.key(key)).defaultPrevented).to.equal(true);
        expect(writer.box.value).to.equal('hi @Zoë , how are you');
        expect(writer.box.selectionStart).to.equal(8);
        expect(writer.options()).to.deep.equal([]);
        expect(writer.sent).to.deep.equal([]);
      });
    }

    it('with a click, and the focus stays in the box', async () => {
      const writer = await writing();
      await writer.type('@');
      const [, second] = all(writer.composer, '[role="option"]');
      expect(second?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }))).to.equal(false);
      second?.click();
      await writer.composer.updateComplete;
      expect(writer.box.value).to.equal('@Ann Lee ');
      expect(writer.composer.shadowRoot?.activeElement).to.equal(writer.box);
    });

    it('not again behind a name that was taken: the next Enter sends', async () => {
      const writer = await writing();
      await writer.type('@an');
      await writer.key('Enter');
      expect(writer.options()).to.deep.equal([]);
      await writer.key('Enter');
      expect(writer.sent).to.deep.equal([['@Ann', 'id of Ann']]);
    });

    it('until Escape, which goes no further, and then again for the next @', async () => {
      const writer = await writing();
      const heard: string[] = [];
      writer.composer.addEventListener('keydown', ({ key }) => heard.push(key));
      await writer.type('@an');
      await writer.key('Escape');
      expect(writer.options()).to.deep.equal([]);
      expect(heard).to.deep.equal([]);
      await writer.type('@ann');
      expect(writer.options()).to.deep.equal([]);
      await writer.key('Escape');
      expect(heard).to.deep.equal(['Escape']);
      await writer.type('@ann @b');
      expect(writer.options()).to.deep.equal(['Bob', 'Leo Bobson']);
    });

    it('nobody where no name fits, in addresses, and while letters are composed with Enter', async () => {
      const writer = await writing();
      await writer.type('@nobody');
      expect(writer.options()).to.deep.equal([]);
      await writer.type('me@an');
      expect(writer.options()).to.deep.equal([]);
      await writer.type('@an');
      expect((await writer.key('Enter', { isComposing: true })).defaultPrevented).to.equal(false);
      expect(writer.box.value).to.equal('@an');
    });

    it('at most six of a thousand', async () => {
      const writer = await writing(Array.from({ length: 1000 }, (_, index) => member(`Member ${index}`)));
      await writer.type('@mem');
      expect(writer.options()).to.have.length(6);
      await expectAccessible(writer.composer);
    });

    it('while the box has the focus', async () => {
      const writer = await writing();
      await writer.type('@an');
      writer.box.blur();
      await writer.composer.updateComplete;
      expect(writer.options()).to.deep.equal([]);
    });
  });

  it('tells the room whom a message names, however it was typed', async () => {
    const writer = await writing();
    await writer.type('@Bob and @Ann Lee, not @bob, nor @Anna; @Bob again ');
    await writer.key('Enter');
    expect(writer.sent).to.deep.equal([['@Bob and @Ann Lee, not @bob, nor @Anna; @Bob again', 'id of Bob', 'id of Ann Lee']]);
  });

  describe('emoji after a colon', () => {
    it('by the beginning of a name, from two letters on', async () => {
      const writer = await writing();
      await writer.type('so :w');
      expect(writer.options()).to.deep.equal([]);
      await writer.type('so :wav');
      await waitUntil(() => writer.options().length > 0);
      await writer.composer.updateComplete;
      expect(writer.options()[0]).to.equal('👋:wave:');
      await expectAccessible(writer.composer);
      await writer.key('Enter');
      expect(writer.box.value).to.equal('so 👋 ');
    });

    it('when the name is closed', async () => {
      const writer = await writing();
      await writer.type('hi :wave:');
      await waitUntil(() => writer.box.value === 'hi 👋');
      await writer.type('hi 👋 :tada: you', 12);
      expect(writer.box.value).to.equal('hi 👋 🎉 you');
      expect(writer.composer.value).to.equal('hi 👋 🎉 you');
    });

    it('not where there is none, in times and addresses, or while letters are composed', async () => {
      const writer = await writing();
      await writer.type(':wave:');
      await waitUntil(() => writer.box.value === '👋');
      for (const text of [':no_such_thing:', '10:30:', 'https://a.example:80:']) {
        await writer.type(text);
        expect(writer.box.value).to.equal(text);
      }
      writer.box.dispatchEvent(new CompositionEvent('compositionstart'));
      await writer.type(':tada:');
      expect(writer.box.value).to.equal(':tada:');
      writer.box.dispatchEvent(new CompositionEvent('compositionend'));
      await waitUntil(() => writer.box.value === '🎉');
    });
  });
});
