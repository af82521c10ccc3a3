import '../../../elements/chat-composer/define.js';
import '../../../elements/chat-timeline/define.js';
import type { ChatTimeline } from '../../../elements/chat-timeline/chat-timeline.js';
import type { TimelineMessage } from '../../../src/chat/model.js';

/** A message as the bench gives it. */
export interface BenchMessage {
  readonly i: number;
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly text: string;
  readonly ts: number;
  readonly me: boolean;
}

let timeline: ChatTimeline;
let current: readonly BenchMessage[] = [];

const may = Object.freeze({ reply: true, react: true, edit: false, remove: false, report: true, moderate: false });
const none = Object.freeze([]);

const messageOf = ({ i, id, userId, userName, text, ts, me }: BenchMessage): TimelineMessage => ({
  id,
  seq: i,
  authorId: userId,
  authorName: userName,
  body: text,
  track: null,
  at: ts,
  mine: me,
  state: 'sent',
  problem: null,
  replyTo: null,
  editedAt: null,
  deleted: false,
  reactions: none,
  mentions: none,
  mentionsMe: false,
  may,
  changing: false,
  unsaved: null,
});

const known = new WeakMap<BenchMessage, TimelineMessage>();

export function knownMessage(message: BenchMessage): TimelineMessage {
  let ours = known.get(message);
  if (!ours) known.set(message, (ours = messageOf(message)));
  return ours;
}

/**
 * The bench's own list, each message in our words when it is read. A room has its messages in these words from the
 * beginning: to put 100,000 of them into other words first would be measured, and is nothing that the list does. The
 * copy of the array for each change stays: the baselines make it too, and so does a room.
 */
function show(messages: readonly BenchMessage[]): void {
  current = messages;
  timeline.messages = new Proxy(messages as unknown as TimelineMessage[], {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      return typeof key === 'string' && typeof value === 'object' ? knownMessage(value as BenchMessage) : value;
    },
  });
}

/** The conversation and the box below it, as a room shows them. */
export async function mount(root: HTMLElement): Promise<void> {
  const room = document.createElement('div');
  timeline = document.createElement('chat-timeline');
  room.append(timeline, document.createElement('chat-composer'));
  // By CSSOM: a style attribute would be refused under the strict policy of the checks.
  const look = { display: 'grid', gridTemplateRows: 'minmax(0, 1fr) auto', inlineSize: '400px', blockSize: '640px' };
  Object.assign(room.style, look);
  root.append(room);
  await timeline.updateComplete;
}

export function setMessages(messages: readonly BenchMessage[]): void {
  show(messages);
}

export function append(message: BenchMessage): void {
  show([...current, message]);
}

export function prepend(messages: readonly BenchMessage[]): void {
  show([...messages, ...current]);
}
