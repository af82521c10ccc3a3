import type { TimelineMessage } from '../../src/chat/model.js';
import { dayOf } from '../chat-message/time.js';

/** A line of the timeline: the first of a day is preceded by that day's divider. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: TimelineMessage;
      readonly grouped: boolean;
      /** Its place in the whole list. */
      readonly index: number;
    };

/** A row, or the line above the first message that the reader had not read. */
export type TimelineRow = Row | { readonly kind: 'unread'; readonly key: 'unread' };

/** How long one author's messages stay together, in ms from one to the next. */
const groupWindow = 5 * 60_000;

/** Whether `message` is another word of the same author as the one above, on the same day. */
export const continues = (previous: TimelineMessage | undefined, message: TimelineMessage): boolean =>
  previous?.authorId === message.authorId && Math.abs(message.at - previous.at) <= groupWindow;

/**
 * The rows of `messages[start]` up to, not including, `messages[end]`. What stands before counts for days and groups, so
 * that a row looks the same wherever the window begins.
 *
 * @param messages oldest first
 */
export function rowsOf(messages: readonly TimelineMessage[], start = 0, end = messages.length): Row[] {
  const rows: Row[] = [];
  let previous = messages[start - 1];
  let day = previous ? dayOf(previous.at) : '';
  for (let index = start; index < end; index++) {
    const message = messages[index];
    if (!message) break;
    const today = dayOf(message.at);
    const newDay = today !== day;
    // By the message's id, not by its date: the clock of one's own pending message may be a day off, and keys are unique.
    if (newDay) rows.push({ kind: 'day', key: `day before ${message.id}`, at: message.at });
    rows.push({ kind: 'message', key: message.id, message, grouped: !newDay && continues(previous, message), index });
    previous = message;
    day = today;
  }
  return rows;
}

/** The same with the line above the message `firstUnread`, where that is among them. Below the line a name is shown again. */
export function withUnreadLine(rows: readonly Row[], firstUnread: string | null): readonly TimelineRow[] {
  const place = firstUnread === null ? -1 : rows.findIndex((row) => row.kind === 'message' && row.key === firstUnread);
  const first = rows[place];
  if (first?.kind !== 'message') return rows;
  return [...rows.slice(0, place), { kind: 'unread', key: 'unread' }, { ...first, grouped: false }, ...rows.slice(place + 1)];
}
