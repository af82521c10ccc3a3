import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLog, withLive, withMe, withNames, withNewer, withOlder, withPending, withQuotes, dropped, timeline } from '../../../src/chat/log.js';
import type { ChatLog } from '../../../src/chat/log.js';
import { plainEntry, plainMember } from '../../../src/chat/model.js';
import type { Entry, EntryKind, Member } from '../../../src/chat/model.js';

const me: Member = { ...plainMember, id: 'ann', name: 'ann' };
const people = ['ann', 'bob', 'cem'];
const emoji = ['👍', '🎉'];

interface Step {
  readonly kind: EntryKind;
  readonly who: number;
  readonly target: number;
  readonly emoji: number;
}

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<EntryKind>('message', 'message', 'track', 'edit', 'delete', 'react', 'react', 'unreact'),
    who: fc.nat(2),
    target: fc.nat(30),
    emoji: fc.nat(1),
  }),
  { maxLength: 60 },
);

/** A database's log, as its functions would let it come about. */
function history(story: readonly Step[]): Entry[] {
  const log: Entry[] = [];
  const shown = (): Entry[] => log.filter(({ kind }) => kind === 'message' || kind === 'track');
  for (const step of story) {
    const seq = log.length + 1;
    const author = people[step.who] ?? 'ann';
    const target = shown()[step.target % Math.max(shown().length, 1)];
    const common = { ...plainEntry, seq, id: `e${seq}`, kind: step.kind, authorId: author, authorName: author, at: seq };
    if (step.kind === 'message' || step.kind === 'track') {
      const track = step.kind === 'track' ? { uri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC', artists: 'x' } : null;
      log.push({ ...common, body: `text ${seq}`, track, replyTo: target?.id ?? null, mentions: [author] });
    } else if (target) {
      const body = { edit: `edited ${seq}`, delete: '' }[step.kind as string] ?? emoji[step.emoji] ?? '';
      if (step.kind === 'delete') {
        log.forEach((entry, at) => {
          const about = entry.id === target.id || (entry.kind === 'edit' && entry.targetId === target.id);
          if (about) log[at] = { ...entry, body: '', track: null, mentions: [], redacted: true };
        });
      }
      log.push({ ...common, body, targetId: target.id });
    }
  }
  return log;
}

/** What the room shows, the plain way: every message asks the whole log. */
function naive(log: readonly Entry[]): unknown[] {
  const state = (id: string | null): { author: string; body: string; state: string } | null => {
    const entry = log.find((other) => other.id === id);
    if (!entry) return null;
    const edits = log.filter((other) => other.kind === 'edit' && other.targetId === id);
    if (entry.redacted) return { author: entry.authorName, body: '', state: 'deleted' };
    return { author: entry.authorName, body: (edits.at(-1) ?? entry).body, state: 'known' };
  };
  return log
    .filter(({ kind }) => kind === 'message' || kind === 'track')
    .map((entry) => {
      const now = state(entry.id);
      const quoted = state(entry.replyTo);
      const given = new Map<string, Set<string>>();
      for (const change of entry.redacted ? [] : log.filter(({ targetId }) => targetId === entry.id)) {
        const by = given.get(change.body) ?? new Set();
        if (change.kind === 'react') given.set(change.body, by.add(change.authorName));
        if (change.kind === 'unreact' && by.delete(change.authorName) && by.size === 0) given.delete(change.body);
      }
      return {
        id: entry.id,
        body: now?.body,
        deleted: entry.redacted,
        replyTo: entry.redacted || !quoted ? null : { id: entry.replyTo, authorName: quoted.author, body: quoted.body, state: quoted.state },
        reactions: [...given].map(([mark, by]) => ({ emoji: mark, count: by.size, mine: by.has('ann'), names: [...by] })),
        mentionsMe: entry.mentions.includes('ann'),
      };
    });
}

function shown(log: ChatLog): unknown[] {
  return timeline(log).map(({ id, body, deleted, replyTo, reactions, mentionsMe }) => ({ id, body, deleted, replyTo, reactions, mentionsMe }));
}

const message = (seq: number, given: Partial<Entry> = {}): Entry => ({
  ...plainEntry, seq, id: `m${seq}`, kind: 'message', authorId: 'bob', authorName: 'Bob', body: `text ${seq}`, at: seq, ...given,
});
const about = (seq: number, kind: EntryKind, targetId: string, body = '', who = 'bob'): Entry =>
  message(seq, { id: `c${seq}`, kind, targetId, body, authorId: who, authorName: who });
const own = { ...plainEntry, id: 'own', body: '' };

describe('what became of the messages', () => {
  it('is the same in whatever pages the log was read', () => {
    fc.assert(
      fc.property(steps, fc.nat(60), fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 80 }), (story, opened, sizes) => {
        const all = history(story);
        const end = Math.min(opened, all.length);
        let log = emptyLog(me, end);
        for (const [turn, size] of sizes.entries()) {
          if (turn % 2) log = withNewer(log, all.slice(log.last, log.last + size));
          else if (log.first > 1) log = withOlder(log, all.slice(Math.max(log.first - 1 - size, 0), log.first - 1));
        }
        log = withOlder(log, all.slice(0, log.first - 1));
        for (const entry of all.slice(log.last)) log = withLive(log, entry);
        expect(shown(log)).toEqual(naive(all));
      }),
      { numRuns: 400 },
    );
  });

  it('leaves every other message the object that it was', () => {
    const before = withNewer(emptyLog(me, 0), [1, 2, 3].map((seq) => message(seq)));
    const after = withLive(before, about(4, 'react', 'm2', '👍'));
    const [one, two, three] = timeline(after);
    expect(one).toBe(timeline(before)[0]);
    expect(three).toBe(timeline(before)[2]);
    expect(two).toMatchObject({ reactions: [{ emoji: '👍', count: 1, mine: false, names: ['bob'] }] });
    expect(timeline(before)[1]?.reactions).toEqual([]);
  });

  it('stays the same object when the same is said again', () => {
    let log = withNewer(emptyLog(me, 0), [message(1), about(2, 'react', 'm1', '👍')]);
    const first = timeline(log)[0];
    log = withLive(log, about(2, 'react', 'm1', '👍'));
    expect(timeline(log)[0]).toBe(first);
  });

  it('shows ten names of a reaction, and the number of all', () => {
    const changes = Array.from({ length: 12 }, (_, i) => about(i + 2, 'react', 'm1', '👍', `p${i}`));
    const log = withNewer(emptyLog(me, 0), [message(1), ...changes]);
    expect(timeline(log)[0]?.reactions[0]).toMatchObject({ count: 12, names: changes.slice(0, 10).map(({ authorName }) => authorName) });
  });

  it('changes the line that a reply quotes together with its source', () => {
    let log = withNewer(emptyLog(me, 0), [message(1), message(2, { replyTo: 'm1' })]);
    expect(timeline(log)[1]?.replyTo).toMatchObject({ authorName: 'Bob', body: 'text 1', state: 'known' });
    log = withLive(log, about(3, 'edit', 'm1', 'better'));
    expect(timeline(log)[1]?.replyTo).toMatchObject({ body: 'better', state: 'known' });
    log = withLive(log, about(4, 'delete', 'm1'));
    expect(timeline(log)[1]?.replyTo).toMatchObject({ body: '', state: 'deleted' });
  });

  it('asks for a quoted message that it does not have, until it is told or read', () => {
    let log = withOlder(emptyLog(me, 9), [message(9, { replyTo: 'm1' })]);
    expect([...log.lacking.quotes]).toEqual(['m1']);
    expect(timeline(log)[0]?.replyTo).toMatchObject({ id: 'm1', state: 'loading' });
    log = withQuotes(log, [{ id: 'm1', authorName: 'Bob', body: 'told', state: 'known' }]);
    expect([...log.lacking.quotes]).toEqual([]);
    expect(timeline(log)[0]?.replyTo).toMatchObject({ body: 'told', state: 'known' });
    log = withLive(log, about(10, 'edit', 'm1', 'edited'));
    expect(timeline(log)[0]?.replyTo).toMatchObject({ body: 'edited' });
    log = withOlder(log, Array.from({ length: 8 }, (_, i) => message(i + 1)));
    expect(timeline(log).at(-1)?.replyTo).toMatchObject({ body: 'edited', state: 'known' });
  });

  it('never quotes what was deleted or edited while it was asked for', () => {
    const asking = withOlder(emptyLog(me, 9), [message(9, { replyTo: 'm1' })]);
    const late = { id: 'm1', authorName: 'Bob', body: 'old', state: 'known' } as const;
    const edited = withLive(asking, about(10, 'edit', 'm1', 'edited'));
    expect(timeline(withQuotes(edited, [late]))[0]?.replyTo).toMatchObject({ body: 'edited', state: 'known' });
    const deleted = withLive(edited, about(11, 'delete', 'm1'));
    expect(timeline(withQuotes(deleted, [late]))[0]?.replyTo).toMatchObject({ body: '', state: 'deleted' });
  });

  it('names whom a message mentions as soon as somebody knows', () => {
    let log = withNewer(emptyLog(me, 0), [message(1, { mentions: ['ann', 'bob', 'nobody'] })]);
    expect(timeline(log)[0]).toMatchObject({ mentions: [], mentionsMe: true });
    expect([...log.lacking.names]).toEqual(['ann', 'bob', 'nobody']);
    log = withNames(log, new Map([['ann', 'Ann'], ['bob', 'Bob'], ['nobody', null]]));
    expect(timeline(log)[0]?.mentions).toEqual([{ id: 'ann', name: 'Ann' }, { id: 'bob', name: 'Bob' }]);
    expect(log.lacking.names.size).toBe(0);
  });
});

describe('own changes', () => {
  const two = withNewer(emptyLog(me, 0), [message(1, { authorId: 'ann', authorName: 'ann' }), message(2)]);

  it('are shown at once, marked as on their way, and stay when they are confirmed', () => {
    const waiting = withPending(two, { ...own, kind: 'edit', targetId: 'm1', body: 'better', track: null }, 5);
    expect(timeline(waiting)[0]).toMatchObject({ body: 'better', changing: true });
    expect(timeline(waiting)).toHaveLength(2);
    const confirmed = withLive(waiting, { ...about(3, 'edit', 'm1', 'better', 'ann'), id: 'own' });
    expect(timeline(confirmed)[0]).toMatchObject({ body: 'better', changing: false, editedAt: 3 });
    expect(confirmed.pending).toEqual([]);
  });

  it('are undone when they are refused', () => {
    const waiting = withPending(two, { ...own, kind: 'delete', targetId: 'm1', track: null }, 5);
    expect(timeline(waiting)[0]).toMatchObject({ deleted: true, body: '', changing: true });
    expect(timeline(dropped(waiting, 'own'))[0]).toMatchObject({ deleted: false, body: 'text 1', changing: false });
  });
});

describe('what one may do', () => {
  const mine = message(1, { authorId: 'ann' });
  const log = withNewer(emptyLog(me, 0), [mine, message(2), message(3, { redacted: true, body: '' })]);
  const may = (given: Partial<Member>): unknown[] =>
    timeline(withMe(log, { ...me, ...given })).map((one) => Object.entries(one.may).flatMap(([what, is]) => (is ? [what] : [])).join(' '));

  it('follows the role, the author, and whether one is muted', () => {
    expect(may({})).toEqual(['reply react edit remove', 'reply react report', '']);
    expect(may({ role: 'moderator' })).toEqual(['reply react edit remove', 'reply react remove report moderate', 'moderate']);
    expect(may({ mutedUntil: Infinity })).toEqual(['', 'report', '']);
  });
});

describe('a long room', () => {
  it('takes 100,000 messages, one at a time, and a change among them', () => {
    let log = emptyLog(me, 0);
    const start = performance.now();
    for (let seq = 1; seq <= 100_000; seq++) log = withLive(log, message(seq));
    const each = (performance.now() - start) / 100_000;
    // A copy of what is there, at each of them, would take a hundred times as long.
    expect(each).toBeLessThan(0.5);
    log = withLive(log, about(100_001, 'edit', 'm50000', 'changed'));
    expect(timeline(log)[49_999]).toMatchObject({ body: 'changed' });
    expect(timeline(log)).toHaveLength(100_000);
  }, 60_000);
});
