import { expect, it } from 'vitest';
import { News } from '../../../elements/chat-room/news.js';
import { emptySnapshot, type TimelineMessage } from '../../../src/chat/model.js';
import { chatPart } from '../../../src/strings/chat.js';
import { Words } from '../../../src/strings/words.js';
import { message } from '../../elements/support/chat-session.js';
import { ManualClock } from '../../elements/support/manual-clock.js';

/** What is said when a room that showed `before` shows `after`. */
function said(before: TimelineMessage, after: TimelineMessage): string[] {
  const clock = new ManualClock();
  const heard: string[] = [];
  const news = new News(() => clock, { strings: chatPart.english(new Words('en')) }, (text) => heard.push(text));
  const snapshots = [before, after].map((one) => ({ ...emptySnapshot, status: 'ready' as const, messages: [one] }));
  let last = emptySnapshot;
  for (const snapshot of snapshots) {
    news.changed(snapshot, last);
    last = snapshot;
  }
  clock.tick(1000);
  return heard;
}

it('tells a message that names the reader only since it was edited, once, and no other edit', () => {
  const plain = message({ id: 'his', body: 'hello' });
  const edited = { ...plain, body: 'hello @Ann', editedAt: 5 };
  const named = { ...edited, mentionsMe: true };
  expect(said(plain, named)).toEqual(['Bob: hello @Ann']);
  expect(said(plain, edited)).toEqual([]);
  expect(said(named, { ...named, body: 'hello, @Ann' })).toEqual([]);
  expect(said({ ...plain, mine: true }, { ...named, mine: true })).toEqual([]);
});

it('tells of an own message that it waits for a sign-in, once, and then that it failed', () => {
  const waiting = message({ mine: true, seq: null, state: 'sending', problem: { code: 'token-expired' } });
  const lost: TimelineMessage = { ...waiting, state: 'failed', problem: { code: 'not-signed-in' } };
  expect(said(waiting, { ...waiting })).toEqual([expect.stringMatching(/^Your sign-in here has run out/)]);
  expect(said(waiting, lost).join(' ')).toMatch(/^Your sign-in here has run out.* You are no longer signed in/);
  expect(said({ ...waiting, problem: { code: 'slow-mode' } }, { ...waiting, state: 'sent', problem: null })).toEqual([]);
});
