import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLog, livingId, withLive, withMe, withNames, withNewer, withOlder, withPending, withQuotes, dropped, timeline } from '../../../src/chat/log.js';
import type { ChatLog } from '../../../src/chat/log.js';
import { plainEntry, plainMember } from '../../../src/chat/model.js';
import type { Entry, EntryKind, Member } from '../../../src/chat/model.js';

const me: Member = { ...plainMember, id: 'ann', name: 'ann' };
const people = ['ann', 'bob', 'cem', 'guest', 'other guest'];
const guests = people.slice(3);
const emoji = ['👍', '🎉'];

interface Step {
  readonly kind: EntryKind;
  readonly who: number;
  readonly target: number;
  readonly emoji: number;
}

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<EntryKind>('message', 'message', 'track', 'edit', 'delete', 'react', 'react', 'react', 'unreact', 'unreact', 'adopt'),
    who: fc.nat(4),
    target: fc.nat(30),
    emoji: fc.nat(1),
  }),
  { maxLength: 60 },
);

/** A database's log after each step, as its functions would let it come about. */
function histories(story: readonly Step[]): Entry[][] {
  let log: Entry[] = [];
  const all: Entry[][] = [log];
  const shown = (): Entry[] => log.filter(({ kind }) => kind === 'message' || kind === 'track');
  for (const step of story) {
    const seq = log.length + 1;
    const author = people[step.who] ?? 'ann';
    const target = shown()[step.target % Math.max(shown().length, 1)];
    const common = { ...plainEntry, seq, id: `e${seq}`, kind: step.kind, authorId: author, authorName: author, at: seq };
    if (step.kind === 'message' || step.kind === 'track') {
      const track = step.kind === 'track' ? { uri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC', artists: 'x' } : null;
      const mentions = [...new Set([author, people[step.target % 5] ?? 'ann'])];
      log = [...log, { ...common, body: `text ${seq}`, track, replyTo: target?.id ?? null, mentions }];
    } else if (step.kind === 'adopt') {
      const from = guests[step.emoji] ?? '';
      const to = people[step.who % 3] ?? 'ann';
      const named = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => (id === from ? to : id)))];
      const theirs = log.map((entry) => ({ ...entry, authorId: entry.authorId === from ? to : entry.authorId, mentions: named(entry.mentions) }));
      log = [...theirs, { ...common, authorId: to, authorName: from, body: '', targetId: from }];
    } else if (target) {
      const body = { edit: `edited ${seq}`, delete: '' }[step.kind as string] ?? emoji[step.emoji] ?? '';
      if (step.kind === 'delete') {
        log = log.map((entry) => {
          const about = entry.id === target.id || (entry.kind === 'edit' && entry.targetId === target.id);
          return about ? { ...entry, body: '', track: null, mentions: [], redacted: true } : entry;
        });
      }
      const mentions = step.kind === 'edit' ? [people[step.target % 5] ?? 'ann'] : [];
      log = [...log, { ...common, body, targetId: target.id, mentions }];
    }
    if (log.length === seq) all.push(log);
  }
  return all;
}

/** What the room shows, the plain way: every message asks the whole log. */
function naive(log: readonly Entry[]): unknown[] {
  const state = (id: string | null): { author: string; body: string; state: string; mentions?: readonly string[] } | null => {
    const entry = log.find((other) => other.id === id);
    if (!entry) return null;
    const edits = log.filter((other) => other.kind === 'edit' && other.targetId === id);
    if (entry.redacted) return { author: entry.authorName, body: '', state: 'deleted' };
    const { body, mentions } = edits.at(-1) ?? entry;
    return { author: entry.authorName, body, mentions, state: 'known' };
  };
  return log
    .filter(({ kind }) => kind === 'message' || kind === 'track')
    .map((entry) => {
      const now = state(entry.id);
      const quoted = state(entry.replyTo);
      const given = new Map<string, Map<string | null, string>>();
      for (const change of entry.redacted ? [] : log.filter(({ targetId }) => targetId === entry.id)) {
        const by = given.get(change.body) ?? new Map<string | null, string>();
        const { authorId: who, authorName } = change;
        if (change.kind === 'react') given.set(change.body, by.set(who, by.get(who) ?? authorName));
        if (change.kind === 'unreact' && by.delete(who) && by.size === 0) given.delete(change.body);
      }
      return {
        id: entry.id,
        authorId: entry.authorId,
        body: now?.body,
        deleted: entry.redacted,
        replyTo: entry.redacted || !quoted ? null : { id: entry.replyTo, authorName: quoted.author, body: quoted.body, state: quoted.state },
        reactions: [...given].map(([mark, by]) => ({ emoji: mark, count: by.size, mine: by.has('ann'), names: [...by.values()] })),
        mine: entry.authorId === 'ann',
        mentionsMe: now?.mentions?.includes('ann') ?? false,
      };
    });
}

function shown(log: ChatLog): unknown[] {
  return timeline(log).map(({ id, authorId, body, deleted, replyTo, reactions, mine, mentionsMe }) => ({
    id, authorId, body, deleted, replyTo, reactions, mine, mentionsMe,
  }));
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
        const all = histories(story).at(-1) ?? [];
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

  it('is the same when it was told and read as it stood at the time, whatever was rewritten since', () => {
    fc.assert(
      fc.property(steps, fc.nat(60), fc.array(fc.record({ what: fc.nat(2), size: fc.nat(12), ago: fc.nat(8) }), { maxLength: 120 }), (story, opened, turns) => {
        const told = histories(story);
        const opening = Math.min(opened, told.length - 1);
        let log = emptyLog(me, opening);
        let now = opening;
        for (const { what, size, ago } of turns) {
          // A page that was read some steps ago, and comes only now.
          const read = told[Math.max(now - ago, opening)] ?? [];
          const next = told[now + 1]?.[now];
          if (what === 0 && next) log = withLive(log, (now++, next));
          else if (what === 1) log = withNewer(log, read.slice(log.last, log.last + size));
          else if (log.first > 1) log = withOlder(log, read.slice(Math.max(log.first - 2 - size, 0), log.first - 1));
        }
        const all = told.at(-1) ?? [];
        log = withOlder(log, (told[now] ?? []).slice(0, log.first - 1));
        for (; now < all.length; now++) log = withLive(log, told[now + 1]?.[now] as Entry);
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

describe('a guest who becomes a member', () => {
  const adopt = (seq: number, from: string, to: string): Entry => about(seq, 'adopt', from, '', to);

  it('is the member from then on: as an author, in what they gave, and where they are named', () => {
    let log = withNewer(emptyLog(me, 0), [
      message(1, { authorId: 'guest', authorName: 'Gus' }), message(2, { mentions: ['guest'] }), about(3, 'react', 'm2', '👍', 'guest'),
      message(4),
    ]);
    const [, , untouched] = timeline(log);
    log = withLive(log, adopt(5, 'guest', 'ann'));
    expect(timeline(log)[0]).toMatchObject({ authorId: 'ann', authorName: 'Gus', mine: true });
    expect(timeline(log)[1]).toMatchObject({ mentionsMe: true, reactions: [{ emoji: '👍', mine: true, names: ['guest'] }] });
    expect(timeline(log)[2]).toBe(untouched);
    expect([...log.lacking.names]).toContain('ann');
    log = withLive(log, about(6, 'unreact', 'm2', '👍', 'ann'));
    expect(timeline(log)[1]?.reactions).toEqual([]);
    expect(livingId(log, 'guest')).toBe('ann');
  });

  it('may be a guest again, who is somebody else', () => {
    let log = withLive(withNewer(emptyLog(me, 0), [message(1, { authorId: 'guest' })]), adopt(2, 'guest', 'ann'));
    log = withLive(log, message(3, { authorId: 'guest' }));
    expect(timeline(log).map(({ authorId }) => authorId)).toEqual(['ann', 'guest']);
    log = withLive(log, adopt(4, 'guest', 'bob'));
    expect(timeline(log).map(({ authorId }) => authorId)).toEqual(['ann', 'bob']);
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
