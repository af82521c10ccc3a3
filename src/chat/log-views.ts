import type { Facts } from './fold.js';
import { isShown } from './fold.js';
import type { ChatLog } from './log.js';
import { factsBehind, messageView, pendingView, quoteOf } from './message-view.js';
import type { Entry, PendingMessage, Quote, TimelineMessage } from './model.js';

const timelines = new WeakMap<ChatLog, readonly TimelineMessage[]>();
const pendingViews = new WeakMap<PendingMessage, TimelineMessage>();

/** The log as it is shown, oldest first. A message that did not change is the same object as before. */
export function timeline(log: ChatLog): readonly TimelineMessage[] {
  let messages = timelines.get(log);
  if (!messages) {
    const waiting = log.pending.filter(isShown).map((message) => waitingView(log, message));
    messages = waiting.length === 0 ? log.list.toArray() : Object.freeze(log.list.toArray().concat(waiting));
    timelines.set(log, messages);
  }
  return messages;
}

function waitingView(log: ChatLog, message: PendingMessage): TimelineMessage {
  const before = pendingViews.get(message);
  const next = pendingView(message, { me: log.me, quote: (id) => quote(log, id), name: (id) => log.names.get(id) ?? null });
  if (before && alike(before, next)) return before;
  pendingViews.set(message, next);
  return next;
}

/** Whether two views of one pending message say the same: its own fields are the same anyway. */
function alike(one: TimelineMessage, other: TimelineMessage): boolean {
  const sameAuthor = one.authorId === other.authorId && one.authorName === other.authorName;
  return sameAuthor && isSameQuote(one.replyTo, other.replyTo) && one.mentions.length === other.mentions.length;
}

function isSameQuote(one: Quote | null, other: Quote | null): boolean {
  if (!one || !other) return one === other;
  return one.state === other.state && one.body === other.body && one.authorName === other.authorName;
}

export function view(log: ChatLog, facts: Facts, batch?: ReadonlyMap<string, Facts>): TimelineMessage {
  const { id } = facts.entry;
  return messageView(facts, {
    me: log.me,
    pending: log.pending.filter((change) => change.targetId === id),
    quote: (quoted) => quote(log, quoted, batch),
    name: (userId) => log.names.get(userId) ?? null,
  });
}

function quote(log: ChatLog, id: string, batch?: ReadonlyMap<string, Facts>): Quote {
  const source = batch?.get(id) ?? factsIn(log, id);
  if (source) return quoteOf(source);
  return log.quotes.get(id) ?? Object.freeze({ id, authorName: '', body: '', state: 'loading' });
}

export function factsIn(log: ChatLog, id: string): Facts | undefined {
  const message = log.list.get(id);
  return message && factsBehind(message);
}

/** Makes the views of `ids`, and of whatever quotes them, anew. @param facts what became of them, where that is new */
export function refreshed(log: ChatLog, ids: Iterable<string>, facts: ReadonlyMap<string, Facts> = new Map()): ChatLog {
  const all = new Set(ids);
  if (facts.size > 0) for (const id of repliesTo(log, facts.keys())) all.add(id);
  const views = [...all].flatMap((id) => {
    const source = facts.get(id) ?? factsIn(log, id);
    return source ? [view(log, source, facts)] : [];
  });
  const list = log.list.replace(views);
  return list === log.list ? log : { ...log, list };
}

export function repliesTo(log: ChatLog, ids: Iterable<string>): string[] {
  return [...ids].flatMap((id) => [...(log.links.replies.get(id) ?? [])]);
}

/** Remembers what new messages show of others, and what is to be looked up for that. */
export function linked(log: ChatLog, messages: Iterable<Facts>): ChatLog {
  const entries = [...messages].map(({ entry: { id, replyTo }, mentions }) => ({ id, replyTo, mentions }));
  for (const { id, replyTo, mentions } of entries) {
    if (replyTo !== null) link(log.links.replies, replyTo, id);
    linkMentions(log, mentions, id);
  }
  return withLacking(log, entries, new Set(entries.map(({ id }) => id)));
}

export function withLacking(
  log: ChatLog,
  messages: readonly Pick<Entry, 'replyTo' | 'mentions'>[],
  here: ReadonlySet<string> = new Set(),
): ChatLog {
  const quotes = messages.flatMap(({ replyTo }) =>
    replyTo === null || here.has(replyTo) || log.list.get(replyTo) || log.quotes.has(replyTo) ? [] : [replyTo],
  );
  const names = messages.flatMap(({ mentions }) => mentions.filter((id) => !log.names.has(id)));
  if (quotes.length === 0 && names.length === 0) return log;
  const lacking = {
    quotes: new Set([...log.lacking.quotes, ...quotes]),
    names: new Set([...log.lacking.names, ...names]),
  };
  return { ...log, lacking };
}

export function linkMentions({ links }: ChatLog, mentions: readonly string[], id: string): void {
  for (const userId of mentions) link(links.mentions, userId, id);
}

function link(links: Map<string, Set<string>>, to: string, from: string): void {
  const known = links.get(to);
  if (known) known.add(from);
  else links.set(to, new Set([from]));
}
