import { adopted, adoptedFacts, adoptionOf, changed, factsOf, isShown, type Adoption, type Facts } from './fold.js';
import { MessageList } from './message-list.js';
import { factsIn, linked, linkMentions, refreshed, repliesTo, view, withLacking } from './log-views.js';
import type { ChatProblem, Entry, Member, PendingMessage, Quote } from './model.js';
import type { Outgoing } from './outbox.js';

export { timeline } from './log-views.js';

/**
 * One room's log as this visitor has it: a contiguous range of the database's log, what was heard from beyond a gap, and
 * the visitor's own messages that the database has not confirmed. An immutable value; every function here is pure.
 *
 * A live entry is a hint, a page read from the table is the truth. Numbers are contiguous and are given under the room
 * row's lock, so a page that was read after `seq` holds everything that comes next, and a jump in a live entry's number
 * means that something is missing (supabase.md, "Delivery is not guaranteed").
 */
export interface ChatLog {
  readonly me: Member;
  /** `seq` from which on everything is known; older entries are in the database only. */
  readonly first: number;
  /** `seq` up to which everything is known. */
  readonly last: number;
  /** The largest `seq` anybody told of. Greater than `last` while something is missing. */
  readonly heard: number;
  /** Told live from beyond the gap, by `seq`. Not shown until the gap is filled: all members see one order. */
  readonly ahead: readonly Entry[];
  /** Own messages, and changes of messages, on their way, in the order of writing. */
  readonly pending: readonly PendingMessage[];
  /** The messages of the known range, as they are shown. */
  readonly list: MessageList;
  /** What is known to have become of messages before `first`, by their ids, in order. */
  readonly orphans: ReadonlyMap<string, readonly Entry[]>;
  /** Guests who became members since the log was opened, in order: a page that was on its way may not know. */
  readonly adoptions: readonly Adoption[];
  /** Quoted messages from outside the known range. */
  readonly quotes: ReadonlyMap<string, Quote>;
  /** Names of members who are mentioned; null: nobody of that id. */
  readonly names: ReadonlyMap<string, string | null>;
  /** Ids that somebody should look up: quoted messages, mentioned members. */
  readonly lacking: Lacking;
  /** Shared with all versions, and may know of more messages than this one has. */
  readonly links: Links;
}

export interface Lacking {
  readonly quotes: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/** Which messages show something of another one, or of a member: by the id of the latter. */
interface Links {
  readonly replies: Map<string, Set<string>>;
  readonly mentions: Map<string, Set<string>>;
}

/** What is missing between what is known and what was heard of. Both ends belong to it. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

const none: readonly never[] = Object.freeze([]);

/** More than this beyond a gap is not kept: the table has it, and the gap is remembered by its number. */
const mostAhead = 200;

/**
 * @param me who is `mine`
 * @param end `seq` of the room's newest entry, 0 in an empty room
 * @param pending own messages to carry over from an earlier log
 */
export function emptyLog(me: Member, end: number, pending: readonly PendingMessage[] = []): ChatLog {
  return {
    me,
    first: end + 1,
    last: end,
    heard: end,
    ahead: [],
    pending,
    list: MessageList.empty(),
    orphans: new Map(),
    adoptions: none,
    quotes: new Map(),
    names: new Map(),
    lacking: { quotes: new Set(), names: new Set() },
    links: { replies: new Map(), mentions: new Map() },
  };
}

/**
 * The same room from its end on: what lies between was not read, and is history now. What is on its way comes along.
 * @param end `seq` of the room's newest entry
 */
export function startedOver(log: ChatLog, end: number): ChatLog {
  const { me, names, adoptions, heard } = log;
  const ahead = log.ahead.filter(({ seq }) => seq > end);
  const fresh = { ...emptyLog(me, end), names, adoptions, heard: Math.max(heard, end), ahead };
  return joined(withoutPending(carried(fresh, log.pending), log.ahead));
}

/** Takes a page of history, read right before `log.first`. An empty one says that there is nothing older. */
export function withOlder(log: ChatLog, page: readonly Entry[]): ChatLog {
  const older = inOrder(page)
    .filter((entry) => entry.seq < log.first)
    .map((entry) => log.adoptions.reduce(adopted, entry));
  const oldest = older[0];
  if (!oldest) return { ...log, first: Math.min(log.first, 1) };
  const orphans = new Map(log.orphans);
  const changes = byTarget(older);
  const found = new Map<string, Facts>();
  for (const entry of older) {
    if (!isShown(entry)) continue;
    const about = [...(changes.get(entry.id) ?? []), ...(orphans.get(entry.id) ?? [])];
    found.set(entry.id, about.reduce(changed, factsOf(entry)));
    changes.delete(entry.id);
    orphans.delete(entry.id);
  }
  for (const [target, about] of changes) orphans.set(target, [...about, ...(orphans.get(target) ?? [])]);
  const known = linked({ ...log, first: oldest.seq, orphans }, found.values());
  const views = [...found.values()].map((facts) => view(known, facts, found));
  const grown = { ...known, list: known.list.prepend(views) };
  return withoutPending(refreshed(grown, repliesTo(grown, found.keys())), older);
}

/** Takes a page of the newest, read right after `log.last` or an earlier `seq`. Holes in it are holes in the database. */
export function withNewer(log: ChatLog, page: readonly Entry[]): ChatLog {
  const newer = inOrder(page).filter((entry) => entry.seq > log.last);
  return newer.length === 0 ? log : joined(appended(log, newer));
}

/**
 * The table was read to its end, and there was nothing more.
 * @param heard `log.heard` when that reading began: what was told before and is not there will not come
 */
export function withEnd(log: ChatLog, heard: number): ChatLog {
  if (heard <= log.last) return log;
  const ahead = log.ahead.filter((entry) => entry.seq > heard);
  return { ...log, ahead, heard: log.heard > heard ? log.heard : log.last };
}

/** Takes an entry as it was told: by the live line, or in answer to an own send. Repeated and early ones are welcome. */
export function withLive(log: ChatLog, entry: Entry): ChatLog {
  if (entry.seq <= log.last) return withoutPending(log, [entry]);
  if (entry.seq === log.last + 1) return joined(appended(log, [entry]));
  const heard = Math.max(log.heard, entry.seq);
  // What is one's own ends a wait, wherever the log goes on.
  const full = log.ahead.length >= mostAhead && !log.pending.some(({ id }) => id === entry.id);
  if (full || log.ahead.some((other) => other.seq === entry.seq)) {
    return heard === log.heard ? log : { ...log, heard };
  }
  return { ...log, heard, ahead: inOrder([...log.ahead, entry]) };
}

/** Adds an own message, or a change of a message, that is on its way. */
export function withPending(log: ChatLog, message: Outgoing, at: number): ChatLog {
  return carried(log, [{ ...message, at, state: 'sending', problem: null }]);
}

/** Adds what waited from an earlier visit, unless it is here already. */
export function carried(log: ChatLog, messages: readonly PendingMessage[]): ChatLog {
  const fresh = messages.filter(({ id }) => !log.pending.some((other) => other.id === id) && !log.list.get(id));
  if (fresh.length === 0) return log;
  const lacks = fresh.map(({ replyTo, mentions }) => ({ replyTo, mentions }));
  const pending = [...log.pending, ...fresh].sort((a, b) => a.at - b.at);
  for (const { targetId, mentions } of fresh) if (targetId !== null) linkMentions(log, mentions, targetId);
  return refreshed(withLacking({ ...log, pending }, lacks), targetsOf(fresh));
}

/** An own message waits for its time. */
export function delayed(log: ChatLog, id: string, problem: ChatProblem): ChatLog {
  return altered(log, id, (message) => ({ ...message, state: 'sending', problem }));
}

/** An own change is over: it changed nothing, or was refused and is undone. */
export function dropped(log: ChatLog, id: string): ChatLog {
  const over = log.pending.filter((message) => message.id === id);
  if (over.length === 0) return log;
  return refreshed({ ...log, pending: log.pending.filter((message) => message.id !== id) }, targetsOf(over));
}

/** An own message did not arrive, as far as one knows. It keeps its text and its place. */
export function failed(log: ChatLog, id: string, problem: ChatProblem): ChatLog {
  return altered(log, id, (message) => ({ ...message, state: 'failed', problem }));
}

/** A failed message goes out again, under the same id. */
export function retried(log: ChatLog, id: string): ChatLog {
  return altered(log, id, (message) => ({ ...message, state: 'sending', problem: null }));
}

/** The visitor gives a failed message up. If it did arrive, its entry shows it all the same. */
export function discarded(log: ChatLog, id: string): ChatLog {
  return log.pending.some((message) => message.id === id && message.state === 'failed') ? dropped(log, id) : log;
}

/** What is missing; null when everything that was heard of is here. */
export function gap(log: ChatLog): Gap | null {
  if (log.heard <= log.last) return null;
  const next = log.ahead[0];
  return { from: log.last + 1, to: next ? next.seq - 1 : log.heard };
}

/** Who somebody is by now: a guest may have become a member. */
export function livingId({ adoptions }: ChatLog, id: string): string {
  return adoptions.reduce((now, { from, to }) => (now === from && to !== null ? to : now), id);
}

/** Who reads: another name, role or right to write changes what is offered. */
export function withMe(log: ChatLog, me: Member): ChatLog {
  const { name, role, mutedUntil } = log.me;
  if (me.name === name && me.role === role && me.mutedUntil === mutedUntil) return { ...log, me };
  return refreshed(
    { ...log, me },
    log.list.toArray().map(({ id }) => id),
  );
}

/** What was found out of quoted messages. */
export function withQuotes(log: ChatLog, found: readonly Quote[]): ChatLog {
  if (found.length === 0) return log;
  const quotes = new Map(log.quotes);
  const lacking = new Set(log.lacking.quotes);
  for (const quote of found) {
    // What the log heard of it meanwhile may be newer than the answer, and says the last word.
    quotes.set(quote.id, Object.freeze((log.orphans.get(quote.id) ?? none).reduce(quoteAfter, quote)));
    lacking.delete(quote.id);
  }
  const known = { ...log, quotes, lacking: { ...log.lacking, quotes: lacking } };
  return refreshed(known, repliesTo(known, new Set(found.map(({ id }) => id))));
}

/** What mentioned members are called; null: there is nobody of that id. */
export function withNames(log: ChatLog, found: ReadonlyMap<string, string | null>): ChatLog {
  const fresh = [...found].filter(([id, name]) => log.names.get(id) !== name && log.links.mentions.has(id));
  if (fresh.length === 0) return log;
  const lacking = new Set(log.lacking.names);
  for (const [id] of fresh) lacking.delete(id);
  const known = { ...log, names: new Map([...log.names, ...fresh]), lacking: { ...log.lacking, names: lacking } };
  return refreshed(
    known,
    fresh.flatMap(([id]) => [...(log.links.mentions.get(id) ?? [])]),
  );
}

/** @param told in order, the first of them right after `current.last` */
function appended(current: ChatLog, told: readonly Entry[]): ChatLog {
  const adoptions = told.map(adoptionOf).filter((adoption) => adoption !== null);
  const log = adoptions.reduce(withAdoption, current);
  const entries = told.map((entry) => adoptions.reduce(adopted, entry));
  const last = entries.at(-1)?.seq ?? log.last;
  const fresh = new Map<string, Facts>();
  const stale = new Map<string, Facts>();
  let orphans = log.orphans;
  for (const entry of entries) {
    const target = entry.targetId ?? '';
    if (isShown(entry)) {
      fresh.set(entry.id, factsOf(entry));
      continue;
    }
    if (entry.kind === 'adopt') continue;
    const before = fresh.get(target) ?? stale.get(target) ?? factsIn(log, target);
    if (!before) orphans = new Map(orphans).set(target, [...(orphans.get(target) ?? []), entry]);
    else if (fresh.has(target)) fresh.set(target, changed(before, entry));
    else stale.set(target, changed(before, entry));
  }
  const known = linked({ ...log, last, heard: Math.max(log.heard, last), orphans }, [...fresh.values(), ...stale.values()]);
  const views = [...fresh.values()].map((facts) => view(known, facts, fresh));
  const grown = { ...known, list: known.list.append(views) };
  const settled = stale.size === 0 ? grown : refreshed(grown, stale.keys(), stale);
  return withoutPending(requoted(settled, entries), entries);
}

/** What a guest wrote, gave and was named in is the account's, as the database has rewritten it. */
function withAdoption(log: ChatLog, adoption: Adoption): ChatLog {
  const theirs = new Map<string, Facts>();
  for (const { id } of log.list.toArray()) {
    const before = factsIn(log, id);
    const after = before && adoptedFacts(before, adoption);
    if (after && after !== before) theirs.set(id, after);
  }
  const orphans = new Map([...log.orphans].map(([id, about]) => [id, about.map((entry) => adopted(entry, adoption))]));
  const known = linked({ ...log, orphans, adoptions: [...log.adoptions, adoption] }, theirs.values());
  return refreshed(known, theirs.keys(), theirs);
}

/** Quoted messages from before the known range change too. */
function requoted(log: ChatLog, entries: readonly Entry[]): ChatLog {
  if (log.quotes.size === 0) return log;
  const quoted = new Map<string, Quote>();
  for (const entry of entries) {
    const before = quoted.get(entry.targetId ?? '') ?? log.quotes.get(entry.targetId ?? '');
    const after = before && quoteAfter(before, entry);
    if (after && after !== before) quoted.set(after.id, after);
  }
  return withQuotes(log, [...quoted.values()]);
}

/** What a change makes of the line that quotes its message. The same object where that is nothing. */
function quoteAfter(quote: Quote, { kind, body, redacted }: Entry): Quote {
  if (quote.state !== 'known' || (kind !== 'delete' && kind !== 'edit')) return quote;
  return kind === 'delete' || redacted ? { ...quote, body: '', state: 'deleted' } : { ...quote, body };
}

/** Moves what follows without a gap from `ahead` to the known range. */
function joined(log: ChatLog): ChatLog {
  const rest = log.ahead.filter((entry) => entry.seq > log.last);
  let run = 0;
  while (rest[run]?.seq === log.last + 1 + run) run++;
  const trimmed = rest.length === log.ahead.length ? log : { ...log, ahead: rest };
  return run === 0 ? trimmed : { ...appended(trimmed, rest.slice(0, run)), ahead: rest.slice(run) };
}

/** A confirmed message replaces its pending twin by id, whichever way it came. */
function withoutPending(log: ChatLog, entries: readonly Entry[]): ChatLog {
  if (log.pending.length === 0) return log;
  const ids = new Set(entries.map((entry) => entry.id));
  const over = log.pending.filter((message) => ids.has(message.id));
  if (over.length === 0) return log;
  return refreshed({ ...log, pending: log.pending.filter((message) => !ids.has(message.id)) }, targetsOf(over));
}

function altered(log: ChatLog, id: string, change: (message: PendingMessage) => PendingMessage): ChatLog {
  const before = log.pending.find((message) => message.id === id);
  if (!before) return log;
  const pending = log.pending.map((message) => (message === before ? change(message) : message));
  return refreshed({ ...log, pending }, targetsOf([before]));
}

function targetsOf(messages: readonly PendingMessage[]): string[] {
  return messages.flatMap(({ targetId }) => (targetId === null ? [] : [targetId]));
}

/** The changes among these entries, by what they are about, in order. */
function byTarget(entries: readonly Entry[]): Map<string, Entry[]> {
  const changes = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (isShown(entry) || entry.kind === 'adopt' || entry.targetId === null) continue;
    const about = changes.get(entry.targetId);
    if (about) about.push(entry);
    else changes.set(entry.targetId, [entry]);
  }
  return changes;
}

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const sorted = [...entries].sort((a, b) => a.seq - b.seq);
  return sorted.filter((entry, index) => entry.seq !== sorted[index - 1]?.seq);
}
