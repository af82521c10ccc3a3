import { fixture, html } from '@open-wc/testing';
import '../../../elements/chat-timeline/define.js';
import type { ChatTimeline } from '../../../elements/chat-timeline/chat-timeline.js';
import type { TimelineMessage } from '../../../src/chat/model.js';
import { bubble, rows, settled } from './chat-page.js';
import { find } from './shadow.js';
import { waitUntil } from './wait.js';

/** Somebody who reads a conversation, and what of it is in the page. */
export interface Reader {
  readonly timeline: ChatTimeline;
  readonly log: HTMLElement;
  /** How often older history was asked for. */
  readonly asked: () => number;
  /** Shows these, and waits until they are on the screen. */
  show(messages: readonly TimelineMessage[], rest?: Partial<Pick<ChatTimeline, 'hasOlder' | 'loadingOlder' | 'firstUnread'>>): Promise<void>;
  /** Scrolls as a reader does. */
  scrollTo(top: number): Promise<void>;
}

/** A timeline in the page, 360 px wide. @param height in px */
export async function reading(messages: readonly TimelineMessage[], height = 400): Promise<Reader> {
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.style.setProperty('inline-size', '360px');
  const timeline = document.createElement('chat-timeline');
  timeline.style.setProperty('block-size', `${height}px`);
  Object.assign(timeline, { messages, locale: 'en-GB' });
  const nothing = document.createElement('p');
  nothing.slot = 'empty';
  nothing.textContent = 'Nobody wrote.';
  timeline.append(nothing);
  box.append(timeline);
  let asked = 0;
  timeline.addEventListener('older-request', () => asked++);
  await still(timeline);
  const log = find(timeline, '[role="log"]');
  return {
    timeline,
    log,
    asked: () => asked,
    async show(next, rest = {}) {
      Object.assign(timeline, { messages: next, ...rest });
      await settled(timeline);
    },
    async scrollTo(top) {
      log.scrollTop = top;
      await settled(timeline);
    },
  };
}

export const topOf = (timeline: ChatTimeline, id: string): number => bubble(timeline, id).getBoundingClientRect().top;

/** A message that the reader has in front of them. */
export function inView({ timeline, log }: Reader): string {
  const box = log.getBoundingClientRect();
  const row = rows(timeline).find((candidate) => candidate.getBoundingClientRect().top > box.top + box.height / 3);
  if (!row?.message) throw new Error('No message in view.');
  return row.message.id;
}

/** Until the window has all the rows that it wants. */
export async function still(timeline: ChatTimeline): Promise<void> {
  let before: string | null = null;
  const same = async (): Promise<boolean> => {
    await settled(timeline);
    const last = before;
    before = shownIds(timeline).join();
    return before === last;
  };
  await waitUntil(same, 'The window does not come to rest.', { timeout: 30_000, interval: 1 });
}

/** Ids of the messages in the page, oldest first. */
export const shownIds = (timeline: ChatTimeline): string[] => rows(timeline).map(({ message }) => message?.id ?? '');

/** All nodes of `root` and of the shadow trees in it: elements, text, comments, and the shadow roots themselves. */
export function nodesIn(root: Node): number {
  let count = 1;
  if (root instanceof Element && root.shadowRoot) count += nodesIn(root.shadowRoot);
  for (const child of root.childNodes) count += nodesIn(child);
  return count;
}
