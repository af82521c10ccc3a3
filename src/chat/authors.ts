import type { Entry, Mention, TimelineMessage } from './model.js';

const gone = 'gone:';

/** The same for all entries of one author. */
export function authorKey({ authorId, authorName }: Pick<Entry, 'authorId' | 'authorName'>): string {
  return authorId ?? `${gone}${authorName}`;
}

const found = new WeakMap<readonly TimelineMessage[], readonly Mention[]>();

/** Who wrote these messages, by the last name they had, who wrote last first; without oneself, and accounts that are gone. */
export function authorsOf(messages: readonly TimelineMessage[]): readonly Mention[] {
  let authors = found.get(messages);
  if (!authors) {
    const byId = new Map<string, Mention>();
    for (let index = messages.length - 1; index >= 0; index--) {
      const message = messages[index];
      if (!message || message.mine || byId.has(message.authorId) || message.authorId.startsWith(gone)) continue;
      byId.set(message.authorId, { id: message.authorId, name: message.authorName });
    }
    authors = [...byId.values()];
    found.set(messages, authors);
  }
  return authors;
}
