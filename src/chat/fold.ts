import type { Entry } from './model.js';

/** Somebody who reacted. */
interface Reactor {
  /** Of an account that is gone it tells no more than the name. */
  readonly id: string;
  readonly name: string;
}

/** What became of one message: its entry, and every later one about it. Immutable. */
export interface Facts {
  readonly entry: Entry;
  readonly body: string;
  readonly editedAt: number | null;
  readonly deleted: boolean;
  readonly reactions: readonly { readonly emoji: string; readonly by: readonly Reactor[] }[];
}

const none: readonly never[] = Object.freeze([]);

/** Whether the entry is shown itself; if not, it is about one that is. */
export function isShown({ kind }: Pick<Entry, 'kind'>): boolean {
  return kind === 'message' || kind === 'track';
}

/** The same for all entries of one author. */
export function authorKey({ authorId, authorName }: Pick<Entry, 'authorId' | 'authorName'>): string {
  return authorId ?? `gone:${authorName}`;
}

/** A message of which nothing has become yet. */
export function factsOf(entry: Entry): Facts {
  const fresh: Facts = { entry, body: entry.body, editedAt: null, deleted: false, reactions: none };
  return entry.redacted ? gone(fresh) : fresh;
}

/** What something written about it makes of a message. The same object where that is nothing. */
export function changed(facts: Facts, change: Entry): Facts {
  if (facts.deleted) return facts;
  switch (change.kind) {
    case 'delete':
      return gone(facts);
    case 'edit':
      // The text of an edit goes with its message.
      return change.redacted ? gone(facts) : { ...facts, body: change.body, editedAt: change.at };
    case 'react':
      return reacted(facts, change);
    case 'unreact':
      return unreacted(facts, change);
    default:
      return facts;
  }
}

function gone(facts: Facts): Facts {
  return { ...facts, body: '', editedAt: null, deleted: true, reactions: none };
}

function reacted(facts: Facts, change: Entry): Facts {
  const emoji = change.body;
  const reactor: Reactor = { id: authorKey(change), name: change.authorName };
  const before = facts.reactions.find((reaction) => reaction.emoji === emoji);
  if (!before) return { ...facts, reactions: [...facts.reactions, { emoji, by: [reactor] }] };
  if (before.by.some(({ id }) => id === reactor.id)) return facts;
  const after = { emoji, by: [...before.by, reactor] };
  return { ...facts, reactions: facts.reactions.map((reaction) => (reaction === before ? after : reaction)) };
}

function unreacted(facts: Facts, change: Entry): Facts {
  const key = authorKey(change);
  const before = facts.reactions.find((reaction) => reaction.emoji === change.body);
  if (!before?.by.some(({ id }) => id === key)) return facts;
  const by = before.by.filter(({ id }) => id !== key);
  const reactions = facts.reactions.flatMap((reaction) => {
    if (reaction !== before) return [reaction];
    return by.length === 0 ? [] : [{ ...before, by }];
  });
  return { ...facts, reactions };
}
