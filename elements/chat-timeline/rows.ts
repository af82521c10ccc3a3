import type { TimelineMessage } from '../../src/chat/model.js';
import { dayOf } from '../chat-message/time.js';

/** A line of the timeline: the first of a day is preceded by that day's divider. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'message'; readonly key: string; readonly message: TimelineMessage; readonly grouped: boolean };

/** How long one author's messages stay together, in ms from one to the next. */
const groupWindow = 5 * 60_000;

/** @param messages oldest first */
export function rowsOf(messages: readonly TimelineMessage[]): Row[] {
  const rows: Row[] = [];
  let previous: TimelineMessage | undefined;
  let day = '';
  for (const message of messages) {
    const today = dayOf(message.at);
    const newDay = today !== day;
    // By the message's id, not by its date: the clock of one's own pending message may be a day off, and keys are unique.
    if (newDay) rows.push({ kind: 'day', key: `day before ${message.id}`, at: message.at });
    const grouped =
      !newDay && previous?.authorId === message.authorId && Math.abs(message.at - previous.at) <= groupWindow;
    rows.push({ kind: 'message', key: message.id, message, grouped });
    previous = message;
    day = today;
  }
  return rows;
}
