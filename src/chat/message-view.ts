import { authorKey } from './authors.js';
import { changed, type Facts } from './fold.js';
import { plainEntry, plainMessage } from './model.js';
import type { Entry, Member, Mention, PendingMessage, Permissions, Quote, Reaction, TimelineMessage, UnsavedEdit } from './model.js';

/** What a message is shown with besides what became of it. */
export interface Surroundings {
  readonly me: Member;
  /** The visitor's own changes of this message that are on their way or failed, in the order of writing. */
  readonly pending: readonly PendingMessage[];
  quote(id: string): Quote;
  name(userId: string): string | null;
}

const mostNames = 10;
const none: readonly never[] = Object.freeze([]);

/** Words that remember what they were made of: later changes go on from there. A WeakMap of 100,000 slows every collection. */
class Remembering {
  readonly #facts: Facts;

  constructor(words: TimelineMessage, facts: Facts) {
    Object.assign(this, words);
    this.#facts = facts;
    Object.freeze(this);
  }

  static facts(message: object): Facts | undefined {
    return #facts in message ? message.#facts : undefined;
  }
}

export function factsBehind(message: TimelineMessage): Facts | undefined {
  return Remembering.facts(message);
}

/** A message of the log as it is shown. Frozen. */
export function messageView(facts: Facts, around: Surroundings): TimelineMessage {
  const { me } = around;
  let shown = facts;
  const onTheWay = around.pending.filter(({ state }) => state === 'sending');
  for (const change of onTheWay) shown = changed(shown, supposed(change, me));
  const { entry, body, deleted } = shown;
  const { mentions } = shown;
  const words: TimelineMessage = {
    id: entry.id,
    seq: entry.seq,
    authorId: authorKey(entry),
    authorName: entry.authorName,
    body,
    track: entry.track && !deleted ? Object.freeze({ ...entry.track, title: body }) : null,
    at: entry.at,
    mine: entry.authorId === me.id,
    state: 'sent',
    problem: onTheWay.find(({ problem }) => problem)?.problem ?? null,
    replyTo: entry.replyTo === null || deleted ? null : around.quote(entry.replyTo),
    editedAt: shown.editedAt,
    deleted,
    reactions: reactionsOf(shown, me.id),
    mentions: mentionsOf(mentions, around),
    mentionsMe: mentions.includes(me.id),
    may: permissions(shown, me),
    changing: onTheWay.length > 0,
    unsaved: unsavedOf(around),
  };
  return new Remembering(words, facts) as Remembering & TimelineMessage;
}

/** An own message that the database has not confirmed. Frozen. */
export function pendingView(message: PendingMessage, around: Omit<Surroundings, 'pending'>): TimelineMessage {
  const { id, body, track, at, state, problem, replyTo, mentions } = message;
  const { me } = around;
  return Object.freeze({
    ...plainMessage,
    id,
    body,
    track,
    at,
    state,
    problem,
    authorId: me.id,
    authorName: me.name,
    mine: true,
    replyTo: replyTo === null ? null : around.quote(replyTo),
    mentions: mentionsOf(mentions, around),
    mentionsMe: mentions.includes(me.id),
  });
}

/** What a reply shows of the message that it answers. */
export function quoteOf({ entry, body, deleted }: Facts): Quote {
  const { id, authorName } = entry;
  return Object.freeze({ id, authorName, body, state: deleted ? 'deleted' : 'known' });
}

function unsavedOf(around: Surroundings): UnsavedEdit | null {
  const failed = around.pending.findLast(({ kind, state }) => kind === 'edit' && state === 'failed');
  if (!failed) return null;
  const { id, body, mentions, problem } = failed;
  return Object.freeze<UnsavedEdit>({ id, body, mentions: mentionsOf(mentions, around), problem: problem ?? { code: 'server' } });
}

/** The entry that a change of one's own will become. */
function supposed({ id, kind, body, targetId, mentions, at }: PendingMessage, me: Member): Entry {
  return { ...plainEntry, seq: 0, id, kind, body, targetId, mentions, authorId: me.id, authorName: me.name, at };
}

function reactionsOf({ reactions }: Facts, me: string): readonly Reaction[] {
  if (reactions.length === 0) return none;
  return Object.freeze(
    reactions.map(({ emoji, by }) =>
      Object.freeze({
        emoji,
        count: by.length,
        mine: by.some(({ id }) => id === me),
        names: Object.freeze(by.slice(0, mostNames).map(({ name }) => name)),
      }),
    ),
  );
}

function mentionsOf(ids: readonly string[], { name }: Pick<Surroundings, 'name'>): readonly Mention[] {
  if (ids.length === 0) return none;
  return Object.freeze(
    ids.flatMap((id) => {
      const known = name(id);
      return known === null ? [] : [Object.freeze({ id, name: known })];
    }),
  );
}

/** The database decides; this is what is worth offering. */
function permissions({ entry, deleted }: Facts, me: Member): Permissions {
  const mine = entry.authorId === me.id;
  const writes = me.mutedUntil === null && !deleted;
  const moderates = me.role !== 'member';
  return offer(
    writes,
    writes && mine && entry.kind === 'message',
    writes && (mine || moderates),
    !deleted && !mine,
    moderates && !mine && entry.authorId !== null,
  );
}

const offers = new Map<string, Permissions>();

/** One object for each combination: a room has many messages. */
function offer(writes: boolean, edit: boolean, remove: boolean, report: boolean, moderate: boolean): Permissions {
  const key = `${writes} ${edit} ${remove} ${report} ${moderate}`;
  let found = offers.get(key);
  if (!found) {
    found = Object.freeze({ reply: writes, react: writes, edit, remove, report, moderate });
    offers.set(key, found);
  }
  return found;
}
