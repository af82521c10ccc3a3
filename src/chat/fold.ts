import { authorKey } from './authors.js';
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
  /** Ids of the members that its text names now. */
  readonly mentions: readonly string[];
  readonly editedAt: number | null;
  readonly deleted: boolean;
  readonly reactions: readonly { readonly emoji: string; readonly by: readonly Reactor[] }[];
  /** What `reactions` came of, in order: two who turn out to be one reacted once. */
  readonly given: readonly Entry[];
}

/** A guest became a member: what they wrote before `seq` is the account's. */
export interface Adoption {
  readonly seq: number;
  readonly from: string;
  /** null: that account is gone by now. */
  readonly to: string | null;
}

const none: readonly never[] = Object.freeze([]);

/** Whether the entry is shown itself; if not, it is about one that is. */
export function isShown({ kind }: Pick<Entry, 'kind'>): boolean {
  return kind === 'message' || kind === 'track';
}

/** A message of which nothing has become yet. */
export function factsOf(entry: Entry): Facts {
  const { body, mentions } = entry;
  const fresh: Facts = { entry, body, mentions, editedAt: null, deleted: false, reactions: none, given: none };
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
      return change.redacted ? gone(facts) : { ...facts, body: change.body, mentions: change.mentions, editedAt: change.at };
    case 'react':
    case 'unreact':
      return { ...reacted(facts, change), given: [...facts.given, change] };
    default:
      return facts;
  }
}

function gone(facts: Facts): Facts {
  return { ...facts, body: '', mentions: none, editedAt: null, deleted: true, reactions: none, given: none };
}

/** Whether an entry is an adoption. The rest of it is in the database. */
export function adoptionOf({ kind, seq, authorId, targetId }: Entry): Adoption | null {
  return kind === 'adopt' && targetId !== null ? { seq, from: targetId, to: authorId } : null;
}

/** An entry as it reads since a guest became a member: as the database rewrote it. The same object where that is the same. */
export function adopted(entry: Entry, { seq, from, to }: Adoption): Entry {
  const theirs = entry.authorId === from;
  if (entry.seq >= seq || !(theirs || entry.mentions.includes(from))) return entry;
  return { ...entry, authorId: theirs ? to : entry.authorId, mentions: renamed(entry.mentions, from, to) };
}

/** What became of a message, likewise. */
export function adoptedFacts(facts: Facts, adoption: Adoption): Facts {
  const entry = adopted(facts.entry, adoption);
  const given = facts.given.map((change) => adopted(change, adoption));
  const names = facts.mentions.includes(adoption.from);
  const reacts = given.some((change, at) => change !== facts.given[at]);
  if (entry === facts.entry && !names && !reacts) return facts;
  const after: Facts = { ...facts, entry, mentions: renamed(facts.mentions, adoption.from, adoption.to), given };
  return reacts ? given.reduce(reacted, { ...after, reactions: none }) : after;
}

function renamed(ids: readonly string[], from: string, to: string | null): readonly string[] {
  if (!ids.includes(from)) return ids;
  if (to === null || ids.includes(to)) return ids.filter((id) => id !== from);
  return ids.map((id) => (id === from ? to : id));
}

function reacted(facts: Facts, change: Entry): Facts {
  if (change.kind === 'unreact') return unreacted(facts, change);
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
