import { expect } from '@open-wc/testing';
import type { TimelineMessage } from '../../src/chat/model.js';
import { distance, roomInPage, rows, settled } from './support/chat-page.js';
import { conversation, message } from './support/chat-session.js';
import { nodesIn, reading, still } from './support/chat-timeline.js';
import { find } from './support/shadow.js';

const flood = 1000;

/** Until the page had a turn, without a frame: a frame may come in between. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

describe('<chat-timeline> in a flood', function () {
  this.timeout(60_000);

  /** Messages one by one, each in a task of its own. @returns how many rows were made in each commit */
  async function pour(messages: TimelineMessage[], height: number): Promise<{ made: number[]; timeline: Element }> {
    const reader = await reading(messages, height);
    const made: number[] = [];
    const observer = new MutationObserver((changes) => made.push(changes.reduce((sum, { addedNodes }) => sum + addedNodes.length, 0)));
    observer.observe(find(reader.timeline, '.rows'), { childList: true });
    for (let count = 0; count < flood; count++) {
      reader.timeline.messages = messages = [...messages, message({ authorId: `author ${count % 50}` })];
      await nextTask();
    }
    await settled(reader.timeline);
    expect(rows(reader.timeline).at(-1)?.message).to.equal(messages.at(-1));
    expect(distance(reader.timeline)).to.equal(0);
    await still(reader.timeline);
    observer.disconnect();
    return { made, timeline: reader.timeline };
  }

  it('makes no more rows in a commit than fill the view, however many came meanwhile', async () => {
    const { made, timeline } = await pour(conversation(2000), 640);
    // 40 px are the least that a row has: 17 fill the view, and a few are made beside them while the window moves.
    expect(Math.max(...made)).to.be.at.most(2 * 17);
    expect(nodesIn(timeline)).to.be.at.most(1500);
  });

  it('commits far less often than messages come', async () => {
    const { made } = await pour(conversation(100), 640);
    expect(made.length).to.be.below(flood / 2);
  });
});

describe('<chat-room> in a flood', () => {
  it('speaks once, and not a thousand times', async () => {
    const test = await roomInPage();
    test.session.open({ messages: conversation(20) });
    await test.shown();
    const voice = find(test.room, '[role="status"]');
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(voice.textContent ?? ''));
    observer.observe(voice, { childList: true, characterData: true, subtree: true });
    let { messages } = test.session.snapshot;
    for (let count = 0; count < flood; count++) {
      messages = [...messages, message()];
      test.session.show({ messages });
      if (count % 10 === 0) test.clock.tick(9);
    }
    await test.shown();
    expect(said).to.deep.equal([]);
    test.clock.tick(1000);
    await test.shown();
    observer.disconnect();
    expect(said).to.deep.equal(['1,000 new messages']);
  });
});
