import { fixture, html, nextFrame } from '@open-wc/testing';
import '../../../elements/chat-room/define.js';
import '../../../elements/chat-room/parts.js';
import type { ChatRoom } from '../../../elements/chat-room/chat-room.js';
import type { ChatMessage } from '../../../elements/chat-message/chat-message.js';
import type { ChatTimeline } from '../../../elements/chat-timeline/chat-timeline.js';
import type { DefaultChatOptions } from '../../../src/chat/default-session.js';
import { FakeSession } from './chat-session.js';
import { ManualClock } from './manual-clock.js';
import { find, shadowHosts } from './shadow.js';
import { waitUntil } from './wait.js';

// Chromium has a way of its own to be told news (chat-voice.test.ts gives one to each engine): the others read the region.
Reflect.deleteProperty(Element.prototype, 'ariaNotify');

/** A room in the page, with everything around it that a test steers. */
export interface TestRoom {
  readonly room: ChatRoom;
  /** One for each time the element made a session, newest last. */
  readonly sessions: FakeSession[];
  readonly options: DefaultChatOptions[];
  readonly clock: ManualClock;
  /** The newest session. */
  readonly session: FakeSession;
  /** Waits until the page shows what the session says. */
  shown(): Promise<void>;
  readonly timeline: ChatTimeline;
}

/** A room that is not in the page yet, with a fake for its session. */
export function prepared(attributes: Record<string, string> = {}): Omit<TestRoom, 'session' | 'timeline'> {
  const room = document.createElement('chat-room');
  const given = { room: 'lobby', 'supabase-url': '/supabase', 'supabase-key': 'sb_publishable_test', ...attributes };
  for (const [name, value] of Object.entries(given)) room.setAttribute(name, value);
  const sessions: FakeSession[] = [];
  const options: DefaultChatOptions[] = [];
  const clock = new ManualClock();
  room.clock = clock;
  room.createSession = (asked) => {
    const session = new FakeSession();
    sessions.push(session);
    options.push(asked);
    return session;
  };
  return { room, sessions, options, clock, shown: () => settled(room) };
}

/** The same in the page. `width` in px. */
export async function roomInPage(attributes: Record<string, string> = {}, width = 400): Promise<TestRoom> {
  const parts = prepared(attributes);
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.style.setProperty('inline-size', `${width}px`);
  box.append(parts.room);
  await settled(parts.room);
  return {
    ...parts,
    get session() {
      const session = parts.sessions.at(-1);
      if (!session) throw new Error('The room made no session.');
      return session;
    },
    get timeline() {
      return find<ChatTimeline>(parts.room, 'chat-timeline');
    },
  };
}

/** The element and all in it are rendered and laid out, and what observes sizes has answered. */
export async function settled(root: Element): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const element of shadowHosts(root)) await (element as { updateComplete?: Promise<unknown> }).updateComplete;
    await nextFrame();
    await nextFrame();
  }
}

/** What has no promise to wait for. A second, as `waitUntil` has it, is little on a busy machine. */
export const soon = (condition: () => unknown): Promise<void> => waitUntil(condition, undefined, { timeout: 9000, interval: 10 });

export const rows = (timeline: ChatTimeline): ChatMessage[] => [
  ...(timeline.shadowRoot?.querySelectorAll<ChatMessage>('chat-message') ?? []),
];

/** The bubble of the message `id`. */
export function bubble(timeline: ChatTimeline, id: string): HTMLElement {
  const row = rows(timeline).find(({ message }) => message?.id === id);
  if (!row) throw new Error(`No message ${id} in the timeline.`);
  return find(row, '[part="bubble"]');
}

/** How far the log is from its end, in px. */
export function distance(timeline: ChatTimeline): number {
  const log = find(timeline, '[role="log"]');
  return Math.round(log.scrollHeight - log.scrollTop - log.clientHeight);
}

/** Console warnings while a test runs. @returns what ends the recording */
export function recordWarnings(): { readonly warnings: string[]; restore(): void } {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
  return { warnings, restore: () => (console.warn = warn) };
}

