import { expect } from '@open-wc/testing';
import type { TimelineMessage } from '../../src/chat/model.js';
import { distance, rows, settled, soon } from './support/chat-page.js';
import { expectAccessible } from './support/schemes.js';
import { conversation, message } from './support/chat-session.js';
import { reading, shownIds, still, type Reader } from './support/chat-timeline.js';
import { all, find, maybe, press, words } from './support/shadow.js';

const numbered = (length: number, first = 0): TimelineMessage[] =>
  conversation(length, first).map((each, index) => ({ ...each, seq: first + index + 1 }));

const focusedRow = ({ timeline }: Reader): Element | null => timeline.shadowRoot?.activeElement ?? null;
const focusedId = (reader: Reader): string | undefined => rows(reader.timeline).find((row) => row === focusedRow(reader))?.message?.id;

/** Presses a key where the focus is, and waits until that has led somewhere. */
async function key(reader: Reader, name: string): Promise<string | undefined> {
  press(focusedRow(reader) ?? reader.log, name);
  await settled(reader.timeline);
  return focusedId(reader);
}

/** Whether all of the message that has the focus is in view. */
function inFull(reader: Reader): boolean {
  const [row, view] = [focusedRow(reader)?.getBoundingClientRect(), reader.log.getBoundingClientRect()];
  return !!row && row.top >= view.top - 1 && row.bottom <= view.bottom + 1;
}

async function atKeys(messages: readonly TimelineMessage[], height = 400): Promise<Reader> {
  const reader = await reading(messages, height);
  rows(reader.timeline).at(-1)?.focus();
  return reader;
}

describe('reading a <chat-timeline> with the keyboard', () => {
  it('begins at the newest message in view: the one that Tab leads to', async () => {
    const reader = await reading(numbered(60));
    const stops = (): (string | undefined)[] => rows(reader.timeline).filter(({ tabIndex }) => tabIndex === 0).map((row) => row.message?.id);
    expect(stops()).to.deep.equal(['m59']);
    await reader.scrollTo(900);
    expect(stops()).to.have.length(1);
    expect(stops()).not.to.deep.equal(['m59']);
  });

  it('goes from message to message with the arrows', async () => {
    const reader = await atKeys(numbered(60));
    expect(await key(reader, 'ArrowUp')).to.equal('m58');
    expect(await key(reader, 'ArrowUp')).to.equal('m57');
    expect(await key(reader, 'ArrowDown')).to.equal('m58');
    expect(inFull(reader)).to.equal(true);
  });

  it('names the message that has the focus, and no other', async () => {
    const reader = await atKeys([...numbered(5), message({ id: 'last', body: 'hello' })]);
    expect(focusedRow(reader)?.getAttribute('aria-label')).to.equal('Bob: hello');
    expect(focusedRow(reader)?.role).to.equal('article');
    await key(reader, 'ArrowUp');
    expect(all(reader.timeline, '[aria-label]').filter((element) => element.localName === 'chat-message')).to.have.length(1);
    await expectAccessible(reader.timeline);
  });

  it('goes by pages, to the first and to the last', async () => {
    const reader = await atKeys(numbered(400));
    const page = await key(reader, 'PageUp');
    expect(Number(page?.slice(1))).to.be.within(385, 397);
    expect(inFull(reader)).to.equal(true);
    expect(Number((await key(reader, 'PageDown'))?.slice(1))).to.be.greaterThan(Number(page?.slice(1)) + 2);
    expect(await key(reader, 'Home')).to.equal('m0');
    expect(reader.log.scrollTop).to.equal(0);
    expect(await key(reader, 'ArrowDown')).to.equal('m1');
    expect(await key(reader, 'End')).to.equal('m399');
    expect(distance(reader.timeline)).to.equal(0);
  });

  it('never loses the focus on the way through a long list', async () => {
    const reader = await atKeys(numbered(400));
    let before = 399;
    for (let step = 0; step < 25; step++) {
      const now = Number((await key(reader, 'PageUp'))?.slice(1));
      expect(now).to.be.below(before);
      before = now;
    }
    expect(shownIds(reader.timeline)).not.to.contain('m399');
  });

  it('goes on in the log when the message that had the focus is scrolled out of the window', async () => {
    const reader = await atKeys(numbered(2000));
    for (let step = 0; step < 30 && focusedRow(reader) !== reader.log; step++) await reader.scrollTo(0);
    expect(focusedRow(reader)).to.equal(reader.log);
    const [first, last] = [shownIds(reader.timeline)[0], shownIds(reader.timeline).at(-1)];
    const next = Number((await key(reader, 'ArrowUp'))?.slice(1));
    expect(next).to.be.within(Number(first?.slice(1)), Number(last?.slice(1)));
    expect(inFull(reader)).to.equal(true);
  });

  it('asks for older history at the top, and stays at the message when it comes', async () => {
    const reader = await atKeys(numbered(30, 50));
    await reader.show(numbered(30, 50), { hasOlder: true });
    await key(reader, 'Home');
    expect(reader.asked()).to.equal(1);
    await reader.show(numbered(80), { hasOlder: true });
    expect(focusedId(reader)).to.equal('m50');
    expect(await key(reader, 'ArrowUp')).to.equal('m49');
  });

  it('reads through a message that is higher than the view before it goes on', async () => {
    const reader = await atKeys([...numbered(20), message({ id: 'tall', body: 'line\n'.repeat(9) }), message({ id: 'after' })], 160);
    rows(reader.timeline).at(-1)?.focus();
    // It is read from its beginning, whichever way one comes.
    expect(await key(reader, 'ArrowUp')).to.equal('tall');
    const visited: (string | undefined)[] = [];
    while (visited.at(-1) !== 'after' && visited.length < 8) visited.push(await key(reader, 'ArrowDown'));
    expect(visited[0]).to.equal('tall');
    expect(visited.at(-1)).to.equal('after');
  });

  it('leaves keys with a modifier, and those of what a message holds, alone', async () => {
    const reader = await atKeys(numbered(20));
    const last = rows(reader.timeline).at(-1);
    if (!last) throw new Error('no row');
    expect(press(last, 'ArrowUp', { ctrlKey: true }).defaultPrevented).to.equal(false);
    expect(press(find(last, '[part="bubble"]'), 'ArrowUp').defaultPrevented).to.equal(false);
    expect(press(last, 'ArrowUp').defaultPrevented).to.equal(true);
  });
});

describe('revealing a message', () => {
  it('brings it into the middle from anywhere, with the focus and a mark that goes with it', async () => {
    const reader = await reading(numbered(3000));
    const top = window.scrollY;
    expect(await reader.timeline.reveal('m1200')).to.equal(true);
    await settled(reader.timeline);
    expect(focusedId(reader)).to.equal('m1200');
    const [row, view] = [focusedRow(reader)?.getBoundingClientRect(), reader.log.getBoundingClientRect()];
    expect(((row?.top ?? 0) + (row?.bottom ?? 0)) / 2).to.be.closeTo((view.top + view.bottom) / 2, 3);
    expect(focusedRow(reader)?.part.contains('revealed')).to.equal(true);
    expect(window.scrollY).to.equal(top);
    await key(reader, 'ArrowDown');
    expect(all(reader.timeline, '[part~="revealed"]')).to.have.length(0);
  });

  it('counts what was given in the same moment', async () => {
    const reader = await reading(numbered(50, 50));
    reader.timeline.messages = numbered(100);
    expect(await reader.timeline.reveal('m3')).to.equal(true);
    expect(focusedId(reader)).to.equal('m3');
  });

  it('says when there is no such message', async () => {
    const reader = await reading(numbered(50));
    expect(await reader.timeline.reveal('gone')).to.equal(false);
    expect(distance(reader.timeline)).to.equal(0);
  });
});

describe('the line above what was not read', () => {
  it('stands above that message, which shows its author again', async () => {
    const reader = await reading(numbered(20));
    await reader.show(numbered(20), { firstUnread: 'm15' });
    const line = find(reader.timeline, '[part="unread-line"]');
    expect(words(line)).to.equal('New messages');
    const row = rows(reader.timeline).find((candidate) => candidate === line.nextElementSibling);
    expect(row?.message?.id).to.equal('m15');
    expect(row?.grouped).to.equal(false);
    expect(distance(reader.timeline)).to.equal(0);
    await expectAccessible(reader.timeline);
  });

  it('is not there where the message is not, or not in the window', async () => {
    const reader = await reading(numbered(1000));
    for (const firstUnread of ['gone', 'm1', null]) {
      await reader.show(numbered(1000), { firstUnread });
      expect(maybe(reader.timeline, '[part="unread-line"]')).to.equal(null);
    }
  });
});

describe('what was seen', () => {
  async function watched(messages: readonly TimelineMessage[]): Promise<Reader & { readonly seen: number[] }> {
    const reader = await reading([]);
    const seen: number[] = [];
    reader.timeline.addEventListener('messages-seen', ({ seq }) => seen.push(seq));
    await reader.show(messages);
    await soon(() => seen.length > 0);
    await still(reader.timeline);
    return { ...reader, seen };
  }

  it('is the newest message at the end, and each that comes', async () => {
    const reader = await watched(numbered(60));
    expect(reader.seen.at(-1)).to.equal(60);
    await reader.show(numbered(63));
    await soon(() => reader.seen.at(-1) === 63);
  });

  it('is told once for each step forward, and never goes back', async () => {
    const reader = await watched(numbered(60));
    await reader.scrollTo(300);
    await reader.show(numbered(70));
    expect(reader.seen).to.deep.equal([60]);
    reader.timeline.scrollToLatest();
    await soon(() => reader.seen.at(-1) === 70);
    expect(reader.seen).to.deep.equal([60, 70]);
  });

  it('does not count what is on its way', async () => {
    const reader = await watched(numbered(10));
    await reader.show([...numbered(10), message({ seq: null, state: 'sending', mine: true })]);
    expect(reader.seen).to.deep.equal([10]);
  });
});
