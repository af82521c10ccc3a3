import { expect, nextFrame } from '@open-wc/testing';
import { MessageWindow } from '../../elements/chat-timeline/message-window.js';
import { nodesOf } from '../../elements/chat-timeline/node-cost.js';
import type { TimelineMessage } from '../../src/chat/model.js';
import { distance, rows, settled, soon } from './support/chat-page.js';
import { conversation, message, own } from './support/chat-session.js';
import { inView, nodesIn, reading, shownIds, still, topOf, type Reader } from './support/chat-timeline.js';
import { button, find, maybe, maybeButton, words } from './support/shadow.js';
import { watchTurns } from './support/turns.js';
import { waitUntil } from './support/wait.js';

/** 100,000 messages are made once: they do not change. */
let all: TimelineMessage[];
const endOf = (count: number): TimelineMessage[] => all.slice(-count);

/** Until the page had a turn, without a frame. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

const roomOf = (count: number): Promise<Reader> => reading(endOf(count), 640);

/** What of the list is in the page is one stretch of it, in order. */
function expectStretch({ timeline }: Reader, messages: readonly TimelineMessage[]): void {
  const ids = shownIds(timeline);
  const start = messages.findIndex(({ id }) => id === ids[0]);
  expect(ids).to.deep.equal(messages.slice(start, start + ids.length).map(({ id }) => id));
}

describe('<chat-timeline> over a long list', function () {
  // Some of these see hundreds of frames, and a busy machine makes ten of them a second.
  this.timeout(60_000);

  before(() => {
    // Authors change with each message: the rows that cost most.
    all = conversation(100_000).map((each, index) => ({ ...each, authorId: `author ${index % 200}`, seq: index + 1 }));
  });

  it('has at most 1,500 nodes in a room of 100,000, and 60 rows or more', async () => {
    const reader = await roomOf(100_000);
    expect(nodesIn(reader.timeline)).to.be.at.most(1500);
    expect(rows(reader.timeline).length).to.be.at.least(60);
    expect(distance(reader.timeline)).to.equal(0);
    expectStretch(reader, all);
  });

  it('is bounded too where the page gives it no height', async () => {
    const reader = await reading(endOf(5000), 0);
    reader.timeline.style.removeProperty('block-size');
    await still(reader.timeline);
    expect(rows(reader.timeline).length).to.be.within(60, 300);
  });

  it('has as many rows in a room of 1,000 as in one of 100,000', async () => {
    expect(shownIds((await roomOf(1000)).timeline)).to.deep.equal(shownIds((await roomOf(100_000)).timeline));
  });

  it('looks at no more than the window to render, from the first moment on', async () => {
    let looked = 0;
    const list = new Proxy(all, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looked++;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    const reader = await reading([], 640);
    await reader.show(list);
    await still(reader.timeline);
    // For each frame in which the window grew.
    expect(looked).to.be.lessThan(30_000);
    looked = 0;
    reader.timeline.loadingOlder = true;
    await settled(reader.timeline);
    expect(looked).to.be.lessThan(3000);
  });

  it('stays bounded while hundreds come, and while one reads up and down through them', async () => {
    const reader = await roomOf(100_000);
    let messages = all;
    for (let burst = 0; burst < 12; burst++) {
      messages = [...messages, ...Array.from({ length: 30 }, () => message({ authorId: `writer ${burst}` }))];
      await reader.show(messages);
      expect(distance(reader.timeline)).to.equal(0);
      expect(nodesIn(reader.timeline)).to.be.at.most(1500);
    }
    for (const way of [-1, 1]) {
      for (let step = 0; step < 40; step++) {
        reader.log.scrollTop += way * 500;
        await nextFrame();
        await nextFrame();
        expect(nodesIn(reader.timeline)).to.be.at.most(1500);
      }
    }
    expectStretch(reader, messages);
  });

  it('always has rows in view and some in reserve, wherever the reader goes', async () => {
    const reader = await roomOf(1000);
    for (let step = 0; step < 30; step++) {
      await reader.scrollTo(0);
      const first = rows(reader.timeline)[0]?.getBoundingClientRect();
      expect(first?.top).to.be.below(reader.log.getBoundingClientRect().top);
    }
    await still(reader.timeline);
    expect(Number(shownIds(reader.timeline)[0]?.slice(1))).to.be.below(99_700);
  });

  it('reaches the first message and the last one again by scrolling alone', async () => {
    const reader = await roomOf(300);
    await waitUntil(async () => {
      await reader.scrollTo(0);
      return maybe(reader.timeline, '[part="beginning"]');
    }, undefined, { timeout: 50_000 });
    await soon(() => shownIds(reader.timeline)[0] === 'm99700');
    await waitUntil(async () => {
      await reader.scrollTo(reader.log.scrollHeight);
      return !maybeButton(reader.timeline, 'Jump to latest');
    }, undefined, { timeout: 50_000 });
    expect(shownIds(reader.timeline).at(-1)).to.equal('m99999');
    expect(distance(reader.timeline)).to.equal(0);
  });

  it('moves a message in view by nothing while the window moves on', async () => {
    const reader = await roomOf(1000);
    for (const top of [900, 700, 400]) {
      reader.log.scrollTop = top;
      const id = inView(reader);
      const before = topOf(reader.timeline, id);
      await still(reader.timeline);
      expect(topOf(reader.timeline, id)).to.equal(before);
    }
  });

  for (const [where, top] of [
    ['in the middle', (log: HTMLElement) => log.scrollHeight / 2],
    ['at the very top', () => 0],
  ] as const) {
    it(`moves by nothing when 50 older ones come, ${where} of a long list`, async () => {
      const reader = await roomOf(1000);
      await reader.scrollTo(top(reader.log));
      await still(reader.timeline);
      const id = inView(reader);
      const before = topOf(reader.timeline, id);
      await reader.show(endOf(1050));
      await still(reader.timeline);
      expect(topOf(reader.timeline, id)).to.equal(before);
      expectStretch(reader, all);
    });
  }

  it('moves by nothing when old and new ones come and one of them goes, all at once', async () => {
    const reader = await roomOf(1000);
    await reader.scrollTo(reader.log.scrollHeight / 2);
    await still(reader.timeline);
    const id = inView(reader);
    const before = topOf(reader.timeline, id);
    const next = [...endOf(1050).filter((each) => each.id !== 'm99200'), message(), message()];
    await reader.show(next);
    await still(reader.timeline);
    expect(topOf(reader.timeline, id)).to.equal(before);
    expectStretch(reader, next);
  });

  it('touches no row when others come while one reads far above', async () => {
    const reader = await roomOf(1000);
    await reader.scrollTo(800);
    await still(reader.timeline);
    const before = rows(reader.timeline);
    await reader.show([...endOf(1000), ...conversation(200, 200_000)]);
    await still(reader.timeline);
    expect(rows(reader.timeline).every((row, index) => row === before[index])).to.equal(true);
    expect(rows(reader.timeline)).to.have.length(before.length);
    expect(words(find(reader.timeline, '[part="unread"]'))).to.equal('200 new');
  });

  it('jumps to the latest from anywhere', async () => {
    const reader = await roomOf(1000);
    for (let step = 0; step < 12; step++) await reader.scrollTo(0);
    expect(shownIds(reader.timeline)).not.to.contain('m99999');
    button(reader.timeline, 'Jump to latest').click();
    await settled(reader.timeline);
    expect(shownIds(reader.timeline).at(-1)).to.equal('m99999');
    expect(distance(reader.timeline)).to.equal(0);
    expect(maybeButton(reader.timeline, 'Jump to latest')).to.equal(undefined);
  });

  it('shows news once a frame, however many come', async () => {
    const reader = await roomOf(1000);
    // The pace's own wait where there are no frames is 100 ms.
    const turns = watchTurns(100);
    const commits: number[] = [];
    const box = find(reader.timeline, '.rows');
    let newest = box.lastElementChild;
    const observer = new MutationObserver(() => {
      // Where frames are so late that a view of messages came in one, rows in reserve follow in the same frame.
      if (box.lastElementChild !== newest) commits.push(turns.count());
      newest = box.lastElementChild;
    });
    observer.observe(box, { childList: true });
    let messages = endOf(1000);
    try {
      for (let count = 0; count < 60; count++) {
        reader.timeline.messages = messages = [...messages, message()];
        await nextTask();
      }
      await settled(reader.timeline);
    } finally {
      observer.disconnect();
      turns.restore();
    }
    // Each in a turn of its own.
    expect(commits).to.deep.equal([...new Set(commits)]);
    expect(commits).not.to.deep.equal([]);
    expect(rows(reader.timeline).at(-1)?.message).to.equal(messages.at(-1));
  });

  describe('what a row costs', () => {
    const link = 'see https://a.example/b and https://c.example';
    const track = { uri: 'spotify:track:aaaaaaaaaaaaaaaaaaaaaa', title: 'Platform Nine', artists: 'Paper Lanterns' };
    const failed = { state: 'failed', problem: { code: 'network' } } as const;
    const kinds: Record<string, TimelineMessage> = {
      'an ordinary message': message(),
      'one with addresses': message({ body: link }),
      'one of one’s own': own(),
      'one on its way': own({ state: 'sending' }),
      'one that waits': own({ state: 'sending', problem: { code: 'slow-mode', waitSeconds: 5 } }),
      'one that was not sent': own(failed),
      'one that answers another': message({ replyTo: { id: 'q', authorName: 'Ann', body: 'what?', state: 'known' } }),
      'one that was edited': message({ editedAt: 1 }),
      'one on whose change one waits': own({ changing: true }),
      'one with three reactions': message({
        reactions: ['👍', '🎉', '🔥'].map((emoji) => ({ emoji, count: 2, mine: false, names: ['Ann', 'Cleo'] })),
      }),
      'one that names a member': message({ body: 'hi @Ann, hello', mentions: [{ id: 'ann', name: 'Ann' }] }),
      'a long one': message({ body: 'word '.repeat(700) }),
      'a deleted one': message({ body: '', deleted: true }),
      'a shared track': message({ body: track.title, track }),
      'a shared track that was not sent': own({ body: track.title, track, ...failed }),
    };
    for (const [name, given] of Object.entries(kinds)) {
      it(`is not more than the window reckons with: ${name}`, async () => {
        const reader = await reading([given]);
        const [row] = rows(reader.timeline);
        if (!row) throw new Error('no row');
        expect(nodesIn(row)).to.be.at.most(nodesOf(given, undefined));
        expect(nodesIn(row)).to.be.at.least(nodesOf(given, undefined) - 12);
      });
    }

    it('is less for one that continues a group', async () => {
      const [first, second] = [message(), message()];
      const reader = await reading([first, second]);
      const row = rows(reader.timeline)[1];
      if (!row) throw new Error('no row');
      expect(nodesIn(row)).to.be.at.most(nodesOf(second, first));
    });
  });
});

describe('the window of messages', () => {
  const list = conversation(1000);
  const windowOver = (messages: readonly TimelineMessage[]): MessageWindow => {
    const window = new MessageWindow();
    window.take(messages, true, 20);
    return window;
  };

  it('begins at the end', () => {
    const window = windowOver(list);
    expect([window.start, window.end, window.atStart, window.atEnd]).to.deep.equal([980, 1000, false, true]);
  });

  it('holds all of a short list', () => {
    const window = windowOver(list.slice(0, 5));
    expect([window.start, window.end, window.atStart, window.atEnd]).to.deep.equal([0, 5, true, true]);
  });

  it('follows what comes, and lets go at the other side', () => {
    const window = windowOver(list.slice(0, 500));
    for (let length = 501; length <= 1000; length++) window.take(list.slice(0, length), true, 20);
    expect(window.end).to.equal(1000);
    expect(window.end - window.start).to.be.within(60, 160);
  });

  it('begins anew where more came at once than fill the view', () => {
    const window = windowOver(list.slice(0, 500));
    window.take(list, true, 20);
    expect([window.start, window.end]).to.deep.equal([980, 1000]);
  });

  it('stays over the same messages when others come before and behind', () => {
    const window = windowOver(list.slice(100, 500));
    window.take(list, false, 20);
    expect([window.start, window.end]).to.deep.equal([480, 500]);
  });

  it('goes to the end when nothing of it is left', () => {
    const window = windowOver(list);
    expect(window.take(conversation(100, 5000), false, 20)).to.equal(false);
    expect([window.start, window.end]).to.deep.equal([80, 100]);
  });

  it('never lets go of what must stay', () => {
    const window = windowOver(list);
    for (let step = 0; step < 60; step++) window.grow('up', 10, 990);
    expect(window.end).to.equal(991);
  });

  it('has an end to its growth, whatever must stay', () => {
    const window = windowOver(list);
    while (window.grow('up', 10, 999));
    expect(window.end - window.start).to.be.within(150, 400);
    expect(window.atStart).to.equal(false);
  });
});
