import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  discarded,
  emptyLog,
  failed,
  gap,
  retried,
  timeline,
  withEnd,
  withLive,
  withNewer,
  withOlder,
  withPending,
} from '../../../src/chat/log.js';
import type { ChatLog } from '../../../src/chat/log.js';
import { plainEntry, plainMember } from '../../../src/chat/model.js';
import type { Entry, Member } from '../../../src/chat/model.js';
import type { Outgoing } from '../../../src/chat/outbox.js';

const me: Member = { ...plainMember, id: 'me', name: 'Me' };

function entry(seq: number, id = `m${seq}`, authorId = 'other'): Entry {
  return { ...plainEntry, seq, id, kind: 'message', authorId, authorName: authorId, body: `text ${id}`, at: seq };
}

function own(id: string, body: string): Outgoing {
  return { ...plainEntry, id, kind: 'message', body, track: null };
}

function entries(from: number, to: number): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
}

function ids(log: ChatLog): string[] {
  return timeline(log).map((message) => message.id);
}

describe('a room’s log', () => {
  it('is empty and complete in an empty room', () => {
    const log = emptyLog(me, 0);
    expect(timeline(log)).toEqual([]);
    expect(gap(log)).toBeNull();
    expect(log.first).toBe(1);
  });

  it('shows a page of the newest, then an older one before it', () => {
    let log = withOlder(emptyLog(me, 120), entries(71, 120));
    log = withOlder(log, entries(21, 70));
    expect(timeline(log).map((message) => message.at)).toEqual(entries(21, 120).map((e) => e.seq));
    expect(log.first).toBe(21);
  });

  it('knows that there is nothing older when a page of history is empty', () => {
    const log = withOlder(withOlder(emptyLog(me, 9), entries(7, 9)), []);
    expect(log.first).toBe(1);
    expect(ids(log)).toEqual(['m7', 'm8', 'm9']);
  });

  it('appends what is told in order, and takes a repetition for nothing new', () => {
    const log = withLive(withLive(emptyLog(me, 0), entry(1)), entry(2));
    expect(withLive(log, entry(2))).toBe(log);
    expect(ids(log)).toEqual(['m1', 'm2']);
  });

  it('holds back what lies beyond a gap, and says which range is missing', () => {
    const log = withLive(withLive(emptyLog(me, 10), entry(14)), entry(13));
    expect(ids(log)).toEqual([]);
    expect(gap(log)).toEqual({ from: 11, to: 12 });
    const filled = withNewer(log, entries(11, 12));
    expect(ids(filled)).toEqual(['m11', 'm12', 'm13', 'm14']);
    expect(gap(filled)).toBeNull();
  });

  it('fills a gap from the live line as well', () => {
    const log = withLive(withLive(withLive(emptyLog(me, 0), entry(3)), entry(2)), entry(1));
    expect(ids(log)).toEqual(['m1', 'm2', 'm3']);
  });

  it('takes a hole in a page for a hole in the database', () => {
    const log = withNewer(emptyLog(me, 5), [entry(7), entry(9)]);
    expect(log.last).toBe(9);
    expect(gap(log)).toBeNull();
  });

  it('forgets a hint that the table does not bear out, and keeps what was told while it was read', () => {
    const hinted = withLive(emptyLog(me, 5), entry(999));
    expect(gap(withEnd(hinted, hinted.heard))).toBeNull();
    const meanwhile = withLive(hinted, entry(1001));
    expect(withEnd(meanwhile, hinted.heard).ahead.map((e) => e.seq)).toEqual([1001]);
  });

  it('remembers how much is missing although it keeps only so much beyond a gap', () => {
    let log = emptyLog(me, 0);
    for (const told of entries(2, 5000)) log = withLive(log, told);
    expect(log.ahead.length).toBeLessThan(1000);
    expect(log.heard).toBe(5000);
    log = withNewer(log, entries(1, 1000));
    expect(gap(log)).not.toBeNull();
    expect(ids(withNewer(log, entries(1001, 5000)))).toHaveLength(5000);
  });

  it('does not change a version that somebody still holds', () => {
    const one = withLive(emptyLog(me, 0), entry(1));
    const left = withLive(one, entry(2, 'left'));
    const right = withLive(one, entry(2, 'right'));
    expect([ids(one), ids(left), ids(right)]).toEqual([['m1'], ['m1', 'left'], ['m1', 'right']]);
  });
});

describe('one’s own messages', () => {
  const written = withPending(withPending(emptyLog(me, 4), own('a', 'first'), 1), own('b', 'second'), 2);

  it('come after the confirmed ones, in the order of writing', () => {
    const log = withLive(written, entry(5));
    expect(ids(log)).toEqual(['m5', 'a', 'b']);
    expect(timeline(log).map((message) => [message.mine, message.state])).toEqual([
      [false, 'sent'],
      [true, 'sending'],
      [true, 'sending'],
    ]);
  });

  it('become the confirmed one, whichever way it comes first', () => {
    const broadcast = withLive(written, entry(5, 'a', 'me'));
    const answered = withLive(broadcast, entry(5, 'a', 'me'));
    expect(answered).toBe(broadcast);
    expect(timeline(answered).map((message) => [message.id, message.state, message.mine])).toEqual([
      ['a', 'sent', true],
      ['b', 'sending', true],
    ]);
    expect(ids(withNewer(written, [entry(5, 'a', 'me')]))).toEqual(['a', 'b']);
  });

  it('stay on their way while their entry waits beyond a gap, and are never seen twice', () => {
    const ahead = withLive(written, entry(6, 'a', 'me'));
    expect(ids(ahead)).toEqual(['a', 'b']);
    expect(ids(withLive(ahead, entry(5)))).toEqual(['m5', 'a', 'b']);
    expect(timeline(withLive(ahead, entry(5))).map((message) => message.state)).toEqual(['sent', 'sent', 'sending']);
  });

  it('keep their place when they fail, go out again, and leave when they are given up', () => {
    const broken = failed(written, 'a', { code: 'network' });
    expect(timeline(broken)[0]).toMatchObject({ id: 'a', state: 'failed', problem: { code: 'network' }, body: 'first' });
    expect(timeline(retried(broken, 'a'))[0]).toMatchObject({ id: 'a', state: 'sending', problem: null });
    expect(ids(discarded(broken, 'a'))).toEqual(['b']);
  });

  it('cannot be given up while they are on their way', () => {
    expect(discarded(written, 'a')).toBe(written);
  });

  it('show up when they arrived although they counted as failed', () => {
    const log = withLive(failed(written, 'a', { code: 'network' }), entry(5, 'a', 'me'));
    expect(timeline(log).map((message) => [message.id, message.state])).toEqual([
      ['a', 'sent'],
      ['b', 'sending'],
    ]);
  });

  it('are recognised in history too', () => {
    const log = withOlder(written, [entry(3), entry(4, 'a', 'me')]);
    expect(ids(log)).toEqual(['m3', 'a', 'b']);
  });
});

describe('the timeline', () => {
  it('is the same array for the same log, and keeps the object of a message that did not change', () => {
    const log = withPending(withOlder(emptyLog(me, 50), entries(1, 50)), own('a', 'mine'), 1);
    expect(timeline(log)).toBe(timeline(log));
    const before = timeline(log);
    const after = timeline(withLive(log, entry(51)));
    expect(after.slice(0, 50).every((message, i) => message === before[i])).toBe(true);
    expect(after[51]).toBe(before[50]);
  });

  it('is frozen, as each of its messages is', () => {
    const messages = timeline(withPending(withLive(emptyLog(me, 0), entry(1)), own('a', 'mine'), 1));
    expect([messages, ...messages].every((value) => Object.isFrozen(value))).toBe(true);
  });
});

describe('whatever the network does (I5)', () => {
  /** What may reach a replica, with the database's log as it stands at the time. */
  const action = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), own: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('tell' as const), which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('older' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  );

  it('no message is lost, none is shown twice, and the order is the database’s', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.array(action, { maxLength: 80 }), (history, actions) => {
        const database = entries(1, history);
        let log = emptyLog(me, history);
        let written = 0;
        for (const step of actions) {
          const seq = database.length + 1;
          if (step.do === 'write' && step.own) {
            log = withPending(log, own(`own${++written}`, 'text'), seq);
            database.push(entry(seq, `own${written}`, 'me'));
          } else if (step.do === 'write') {
            database.push(entry(seq));
          } else if (step.do === 'tell' && database.length > 0) {
            // Any of them, any number of times, in any order, or never.
            log = withLive(log, database[step.which % database.length] as Entry);
          } else if (step.do === 'read') {
            const { last, heard } = log;
            const page = database.slice(last, last + step.limit);
            log = page.length > 0 ? withNewer(log, page) : withEnd(log, heard);
          } else if (step.do === 'older' && log.first > 1) {
            log = withOlder(log, database.slice(Math.max(0, log.first - 1 - step.limit), log.first - 1));
          }
          const shown = timeline(log);
          const confirmed = shown.filter((message) => message.state === 'sent').map((message) => message.id);
          expect(confirmed).toEqual(database.slice(log.first - 1, log.last).map((e) => e.id));
          expect(new Set(shown.map((message) => message.id)).size).toBe(shown.length);
        }
        log = withNewer(log, database.slice(log.last));
        log = withOlder(log, database.slice(0, log.first - 1));
        expect(ids(log)).toEqual(database.map((e) => e.id));
        expect(gap(log)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});

describe('shared tracks', () => {
  const shared = { uri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC', title: 'A song', artists: 'Somebody' };

  it('are shown while they wait as when they are stored', () => {
    const waiting = withPending(emptyLog(me, 0), { ...own('a', shared.title), kind: 'track', track: shared }, 1);
    expect(timeline(waiting)).toMatchObject([{ body: 'A song', track: shared, mine: true, state: 'sending' }]);
    const { uri, artists } = shared;
    const stored: Entry = { ...entry(1, 'a', 'me'), kind: 'track', body: 'A song', track: { uri, artists } };
    expect(timeline(withLive(waiting, stored))).toMatchObject([{ body: 'A song', track: shared, mine: true, state: 'sent' }]);
  });
});

describe('authors whose account is gone', () => {
  it('stay apart by their names, and are nobody who is here', () => {
    const gone = (seq: number, authorName: string): Entry => ({ ...entry(seq), authorId: null, authorName });
    const [first, second, third] = timeline(withNewer(emptyLog(me, 0), [gone(1, 'Ann'), gone(2, 'Bob'), gone(3, 'Ann')]));
    expect(first?.authorId).toBe(third?.authorId);
    expect(first?.authorId).not.toBe(second?.authorId);
    expect([first, second, third].map((message) => message?.mine)).toEqual([false, false, false]);
  });
});
