import type { TimelineMessage } from '../../src/chat/model.js';
import type { Row } from './project.js';

/** A message as it has to be shown, in the form in which it is compared: one line. */
export type Shown = string;

const line = (id: string, author: string, body: string, deleted: boolean, edited: boolean, reactions: readonly string[]): Shown =>
  `${id} ${author} ${deleted ? '(deleted)' : body}${edited ? ' (edited)' : ''} ${[...reactions].sort().join(' ')}`;

/** What became of each message of a log, folded the plain way: an object for each, and all changes in order. */
export function shownBy(rows: readonly Row[]): readonly Shown[] {
  const messages = new Map<string, { row: Row; body: string; deleted: boolean; edited: boolean; given: Set<string> }>();
  for (const row of rows) {
    if (row.kind === 'message') {
      messages.set(row.id, { row, body: row.body, deleted: row.redacted, edited: false, given: new Set() });
      continue;
    }
    const target = messages.get(row.target_id ?? '');
    if (!target) throw new Error(`Entry ${row.seq} is about a message that is not there`);
    const gift = `${row.body}\n${row.author_id}`;
    if (row.kind === 'edit') [target.body, target.edited] = [row.body, true];
    if (row.kind === 'delete') target.deleted = true;
    if (row.kind === 'react') target.given.add(gift);
    if (row.kind === 'unreact') target.given.delete(gift);
  }
  return [...messages.values()].map(({ row, body, deleted, edited, given }) => {
    const counts = new Map<string, number>();
    for (const gift of given) {
      const emoji = gift.split('\n')[0] ?? '';
      counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
    }
    const reactions = deleted ? [] : [...counts].map(([emoji, count]) => `${emoji}${count}`);
    return line(row.id, row.author_id, body, deleted, edited && !deleted, reactions);
  });
}

/** The same of what a visitor's session shows. */
export function shownTo(messages: readonly TimelineMessage[]): readonly Shown[] {
  return messages.map((message) => {
    const { id, authorId, body, deleted, editedAt, state } = message;
    const reactions = deleted ? [] : (message.reactions ?? []).map(({ emoji, count }) => `${emoji}${count}`);
    const text = state === 'sent' ? body : `${body} (${state})`;
    return line(id, authorId, text, deleted, editedAt !== null && !deleted, reactions);
  });
}

/** @returns where two logs differ first; null when they do not */
export function difference(shown: readonly Shown[], truth: readonly Shown[]): string | null {
  const at = truth.findIndex((expected, index) => shown[index] !== expected);
  if (at < 0 && shown.length === truth.length) return null;
  const place = at < 0 ? truth.length : at;
  return `message ${place} of ${truth.length}: shows ${shown[place] ?? 'nothing'}, should show ${truth[place] ?? 'nothing'} (${shown.length} shown)`;
}
