import '../../../elements/chat-composer/define.js';
import '../../../elements/chat-timeline/define.js';
import type { ChatTimeline } from '../../../elements/chat-timeline/chat-timeline.js';
import type { TimelineMessage } from '../../../src/chat/model.js';

/** A message as the bench gives it. */
interface BenchMessage {
  readonly i: number;
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly text: string;
  readonly ts: number;
  readonly me: boolean;
}

let timeline: ChatTimeline;

const may = Object.freeze({ reply: true, react: true, edit: false, remove: false, report: true });

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
  reactions: [],
  mentions: [],
  mentionsMe: false,
  may,
  changing: false,
});

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
  timeline.messages = messages.map(messageOf);
}

export function append(message: BenchMessage): void {
  timeline.messages = [...timeline.messages, messageOf(message)];
}

export function prepend(messages: readonly BenchMessage[]): void {
  timeline.messages = [...messages.map(messageOf), ...timeline.messages];
}
