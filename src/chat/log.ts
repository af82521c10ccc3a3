import { plainMessage } from './model.js';
import type { ChatProblem, Entry, Member, PendingMessage, TimelineMessage } from './model.js';
import type { Outgoing } from './send-queue.js';

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
  /** Own messages on their way, in the order of writing. */
  readonly pending: readonly PendingMessage[];
  /** Shared with older versions of this log, each of which sees its own `count`: growing by one copies nothing. */
  readonly buffer: TimelineMessage[];
  readonly count: number;
}

/** What is missing between what is known and what was heard of. Both ends belong to it. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** More than this beyond a gap is not kept: the table has it, and the gap is remembered by its number. */
const mostAhead = 200;

/**
 * @param me who is `mine`
 * @param end `seq` of the room's newest entry, 0 in an empty room
 * @param pending own messages to carry over from an earlier log
 */
export function emptyLog(me: Member, end: number, pending: readonly PendingMessage[] = []): ChatLog {
  return { me, first: end + 1, last: end, heard: end, ahead: [], pending, buffer: [], count: 0 };
}

/** Takes a page of history, read right before `log.first`. An empty one says that there is nothing older. */
export function withOlder(log: ChatLog, page: readonly Entry[]): ChatLog {
  const older = inOrder(page).filter((entry) => entry.seq < log.first);
  const oldest = older[0];
  if (!oldest) return { ...log, first: Math.min(log.first, 1) };
  const buffer = [...older.map((entry) => sent(entry, log.me)), ...log.buffer.slice(0, log.count)];
  return { ...withoutPending(log, older), first: oldest.seq, buffer, count: buffer.length };
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
  if (log.ahead.length >= mostAhead || log.ahead.some((other) => other.seq === entry.seq)) {
    return heard === log.heard ? log : { ...log, heard };
  }
  return { ...log, heard, ahead: inOrder([...log.ahead, entry]) };
}

/** Adds an own message that is on its way. */
export function withPending(log: ChatLog, message: Outgoing, at: number): ChatLog {
  return { ...log, pending: [...log.pending, { ...message, at, state: 'sending', problem: null }] };
}

/** An own message did not arrive, as far as one knows. It keeps its text and its place. */
export function failed(log: ChatLog, id: string, problem: ChatProblem): ChatLog {
  return changed(log, id, (message) => ({ ...message, state: 'failed', problem }));
}

/** A failed message goes out again, under the same id. */
export function retried(log: ChatLog, id: string): ChatLog {
  return changed(log, id, (message) => ({ ...message, state: 'sending', problem: null }));
}

/** The visitor gives a failed message up. If it did arrive, its entry shows it all the same. */
export function discarded(log: ChatLog, id: string): ChatLog {
  if (!log.pending.some((message) => message.id === id && message.state === 'failed')) return log;
  return { ...log, pending: log.pending.filter((message) => message.id !== id) };
}

/** What is missing; null when everything that was heard of is here. */
export function gap(log: ChatLog): Gap | null {
  if (log.heard <= log.last) return null;
  const next = log.ahead[0];
  return { from: log.last + 1, to: next ? next.seq - 1 : log.heard };
}

const timelines = new WeakMap<ChatLog, readonly TimelineMessage[]>();
const pendingViews = new WeakMap<PendingMessage, TimelineMessage>();

/** The log as it is shown, oldest first. A message that did not change is the same object as before. */
export function timeline(log: ChatLog): readonly TimelineMessage[] {
  let messages = timelines.get(log);
  if (!messages) {
    const all = log.buffer.slice(0, log.count);
    for (const message of log.pending) all.push(pendingView(message, log.me));
    messages = Object.freeze(all);
    timelines.set(log, messages);
  }
  return messages;
}

function pendingView(message: PendingMessage, me: Member): TimelineMessage {
  let view = pendingViews.get(message);
  if (!view || view.authorId !== me.id || view.authorName !== me.name) {
    view = pendingMessage(message, me);
    pendingViews.set(message, view);
  }
  return view;
}

function pendingMessage({ id, body, track, at, state, problem }: PendingMessage, me: Member): TimelineMessage {
  return Object.freeze({ ...plainMessage, id, body, track, at, state, problem, authorId: me.id, authorName: me.name, mine: true });
}

function sent(entry: Entry, me: Member): TimelineMessage {
  const { id, authorName, body, at } = entry;
  return Object.freeze({
    ...plainMessage,
    id,
    seq: entry.seq,
    authorId: entry.authorId ?? `gone:${authorName}`,
    authorName,
    body,
    track: entry.track && Object.freeze({ ...entry.track, title: body }),
    at,
    mine: entry.authorId === me.id,
    state: 'sent',
    problem: null,
  });
}

/** @param entries in order, the first of them right after `log.last` */
function appended(log: ChatLog, entries: readonly Entry[]): ChatLog {
  const last = entries.at(-1)?.seq ?? log.last;
  // Whoever is not the newest version of its buffer takes a copy, so that no version ever sees another's messages.
  const buffer = log.buffer.length === log.count ? log.buffer : log.buffer.slice(0, log.count);
  for (const entry of entries) buffer.push(sent(entry, log.me));
  return {
    ...withoutPending(log, entries),
    last,
    heard: Math.max(log.heard, last),
    buffer,
    count: buffer.length,
  };
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
  const pending = log.pending.filter((message) => !ids.has(message.id));
  return pending.length === log.pending.length ? log : { ...log, pending };
}

function changed(log: ChatLog, id: string, change: (message: PendingMessage) => PendingMessage): ChatLog {
  if (!log.pending.some((message) => message.id === id)) return log;
  return { ...log, pending: log.pending.map((message) => (message.id === id ? change(message) : message)) };
}

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const sorted = [...entries].sort((a, b) => a.seq - b.seq);
  return sorted.filter((entry, index) => entry.seq !== sorted[index - 1]?.seq);
}
