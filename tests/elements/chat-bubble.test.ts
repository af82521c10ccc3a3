import { expect } from '@open-wc/testing';
import '../../elements/room-player/define.js';
import { roomInPage, settled, type TestRoom } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { conversation, message } from './support/chat-session.js';
import { clearPlayers, shownPlayer } from './support/player-scene.js';
import { find, focused, maybe, words } from './support/shadow.js';
import { waitUntil } from './support/wait.js';

const launcher = ({ room }: TestRoom): HTMLButtonElement => find<HTMLButtonElement>(room, '.launcher');
const panel = ({ room }: TestRoom): HTMLElement => find(room, '.room');
const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

/** A room as a bubble, with its looks loaded. */
async function bubble(attributes: Record<string, string> = {}): Promise<TestRoom> {
  const test = await roomInPage({ variant: 'bubble', ...attributes });
  await waitUntil(() => maybe(test.room, '.launcher'), 'the bubble');
  await test.shown();
  return test;
}

async function live(attributes: Record<string, string> = {}): Promise<TestRoom> {
  const test = await bubble(attributes);
  test.session.open({ messages: conversation(40) });
  await test.shown();
  return test;
}

describe('<chat-room variant="bubble">', () => {
  it('takes no room in the page, and lies above everything in it', async () => {
    const test = await live();
    expect(test.room.parentElement?.offsetHeight).to.equal(0);
    expect(find(test.room, '.dock').matches(':popover-open')).to.equal(true);
    const { right, bottom } = launcher(test).getBoundingClientRect();
    expect(innerWidth - right).to.be.within(10, 40);
    expect(innerHeight - bottom).to.be.within(10, 40);
  });

  it('is put aside in the corner that a right-to-left page ends in', async () => {
    const test = await live({ dir: 'rtl' });
    expect(launcher(test).getBoundingClientRect().left).to.be.within(10, 40);
  });

  it('stays in its corner though the page around it clips, moves and measures', async () => {
    const test = await live();
    const box = test.room.parentElement;
    const before = launcher(test).getBoundingClientRect().bottom;
    for (const [name, value] of [['transform', 'translateY(50px)'], ['overflow', 'hidden'], ['contain', 'paint'], ['container-type', 'inline-size']] as const) {
      box?.style.setProperty(name, value);
    }
    expect(launcher(test).getBoundingClientRect().bottom).to.equal(before);
  });

  it('names the room and what is new in it', async () => {
    const test = await live();
    expect(words(launcher(test))).to.equal('The Lobby');
    test.session.show({ unread: 3 });
    await test.shown();
    expect(words(find(test.room, '.unread'))).to.equal('3');
    expect(launcher(test).textContent).to.contain('3 new messages');
    test.session.show({ unread: 100 });
    await test.shown();
    expect(words(find(test.room, '.unread'))).to.equal('99+');
    test.session.show({ unread: 0 });
    await test.shown();
    expect(maybe(test.room, '.unread')).to.equal(null);
  });

  it('opens on a click, with the focus where one writes; Escape leads back', async () => {
    const test = await live();
    expect(isShown(panel(test))).to.equal(false);
    launcher(test).click();
    await test.shown();
    expect(isShown(panel(test))).to.equal(true);
    expect(isShown(launcher(test))).to.equal(false);
    expect(test.room.hasAttribute('open')).to.equal(true);
    expect(test.room.shadowRoot?.activeElement?.localName).to.equal('chat-composer');
    panel(test).dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await test.shown();
    expect(isShown(panel(test))).to.equal(false);
    expect(test.room.shadowRoot?.activeElement === launcher(test)).to.equal(true);
  });

  it('closes by its button too', async () => {
    const test = await live({ open: '' });
    find(test.room, '.put-away').click();
    await test.shown();
    expect(test.room.open).to.equal(false);
    expect(test.room.shadowRoot?.activeElement === launcher(test)).to.equal(true);
  });

  it('while it waits at the door the focus goes to the name', async () => {
    const test = await bubble();
    test.session.show({ status: 'signed-out' });
    await test.shown();
    launcher(test).click();
    await test.shown();
    expect(test.room.shadowRoot?.activeElement?.localName).to.equal('chat-guest-form');
  });

  it('while there is nothing to write in, the focus goes to what closes it', async () => {
    const test = await bubble();
    launcher(test).click();
    await test.shown();
    expect(focused(test.room)).to.equal('Close');
  });

  it('reads nothing while it is closed, and what came when it is opened', async () => {
    const test = await live();
    test.session.write(message({ seq: 100 }));
    await test.shown();
    expect(test.session.asked.filter((asked) => asked.startsWith('read'))).to.deep.equal([]);
    launcher(test).click();
    await waitUntil(() => test.session.asked.includes('read 100'), 'the newest message is read');
  });

  it('keeps what was written over closing, and over another variant', async () => {
    const test = await live({ open: '' });
    const composer = find<HTMLElementTagNameMap['chat-composer']>(test.room, 'chat-composer');
    composer.value = 'half a thought';
    test.room.open = false;
    await test.shown();
    test.room.variant = null;
    await test.shown();
    expect(find(test.room, 'chat-composer') === composer).to.equal(true);
    expect(composer.value).to.equal('half a thought');
    expect(isShown(panel(test))).to.equal(true);
    expect(maybe(test.room, '.launcher')).to.equal(null);
  });

  it('is there again after it was moved in the page', async () => {
    const test = await live();
    document.body.append(test.room);
    await settled(test.room);
    expect(isShown(launcher(test))).to.equal(true);
    test.room.remove();
  });

  it('stays above a phone’s keyboard while it is open, and comes back down', async () => {
    const seen = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
    const real = Object.getOwnPropertyDescriptor(window, 'visualViewport');
    Object.defineProperty(window, 'visualViewport', { configurable: true, value: seen });
    try {
      const test = await live({ open: '' });
      const bottom = (): number => panel(test).getBoundingClientRect().bottom;
      const free = bottom();
      Object.assign(seen, { height: innerHeight - 300, offsetTop: 40 });
      seen.dispatchEvent(new Event('resize'));
      expect(bottom()).to.be.at.most(innerHeight - 260);
      expect(panel(test).getBoundingClientRect().top).to.be.at.least(40);
      Object.assign(seen, { height: innerHeight, offsetTop: 0 });
      seen.dispatchEvent(new Event('scroll'));
      expect(bottom()).to.equal(free);
      // Who zooms in sees a part of it, and moves nothing.
      Object.assign(seen, { height: innerHeight / 2, scale: 2 });
      seen.dispatchEvent(new Event('resize'));
      expect(bottom()).to.equal(free);
      test.room.open = false;
      await test.shown();
      Object.assign(seen, { scale: 1 });
      seen.dispatchEvent(new Event('resize'));
      expect(find(test.room, '.dock').style.length).to.equal(0);
    } finally {
      if (real) Object.defineProperty(window, 'visualViewport', real);
    }
  });

  it('within a <room-player> leaves the card alone, and is seen', async () => {
    const test = await live();
    const { player } = await shownPlayer({ status: 'signed-out' }, [test.room]);
    await settled(player);
    expect(player.shadowRoot?.querySelector('.layout')?.hasAttribute('data-alone')).to.equal(true);
    expect(isShown(launcher(test))).to.equal(true);
    clearPlayers();
  });

  it('is accessible, closed and open', async () => {
    const test = await live();
    test.session.show({ unread: 3 });
    await test.shown();
    await expectAccessible(test.room);
    test.room.open = true;
    await test.shown();
    await expectAccessible(test.room);
  });
});

describe('the slots of a <chat-room>', () => {
  async function slotted(slot: string): Promise<{ test: TestRoom; given: HTMLElement }> {
    const test = await roomInPage();
    const given = Object.assign(document.createElement('button'), { slot, textContent: 'GIF' });
    // The colours of a button are the page's: WebKitGTK's own have too little contrast.
    given.style.cssText = 'color: black; background: white';
    test.room.append(given);
    test.session.open();
    await test.shown();
    return { test, given };
  }

  for (const [slot, beside] of [['header', '.head'], ['composer', 'chat-composer'], ['empty', 'chat-timeline']] as const) {
    it(`${slot}: shows what the page gives, where it belongs`, async () => {
      const { test, given } = await slotted(slot);
      const box = find(test.room, beside).getBoundingClientRect();
      const { top, bottom, width } = given.getBoundingClientRect();
      expect(width).to.be.greaterThan(10);
      expect(top).to.be.at.least(box.top);
      expect(bottom).to.be.at.most(box.bottom);
      await expectAccessible(test.room);
    });
  }

  it('empty: takes the place of Roomtone’s own words', async () => {
    const { test } = await slotted('empty');
    expect(isShown(find(test.room, '[part="empty"]'))).to.equal(false);
  });
});
