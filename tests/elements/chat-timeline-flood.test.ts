import { expect } from '@open-wc/testing';
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

  it('makes no more rows in a commit than fill the view, however many came meanwhile', async () => {
    let messages = conversation(2000);
    const { timeline } = await reading(messages, 640);
    let most = 0;
    const observer = new MutationObserver((changes) => {
      most = Math.max(most, changes.reduce((sum, { addedNodes }) => sum + addedNodes.length, 0));
    });
    observer.observe(find(timeline, '.rows'), { childList: true });
    for (let count = 0; count < flood; count++) {
      timeline.messages = messages = [...messages, message({ authorId: `author ${count % 50}` })];
      await nextTask();
    }
    await settled(timeline);
    expect(rows(timeline).at(-1)?.message).to.equal(messages.at(-1));
    expect(distance(timeline)).to.equal(0);
    await still(timeline);
    observer.disconnect();
    // 40 px are the least that a row has: 17 fill the view, and a few are made beside them while the window moves.
    expect(most).to.be.within(1, 2 * 17);
    expect(nodesIn(timeline)).to.be.at.most(1500);
  });
});

describe('<chat-room> in a flood', function () {
  this.timeout(60_000);

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
