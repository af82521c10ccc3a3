import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { plainEntry } from '../../../src/chat/model.js';
import type { Entry } from '../../../src/chat/model.js';
import { settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { bodies, inTheRoom, visitor } from './visitor.js';

const offline = (): never => {
  throw new ChatError('network');
};

describe('reading', () => {
  it('shows what others write, in the order of the database', async () => {
    const ann = await inTheRoom('Ann');
    const bob = await inTheRoom('Bob', ann.database, ann.clock);
    ann.session.send('hello Bob');
    await settled();
    bob.session.send('hello Ann');
    await settled();
    expect(bodies(ann)).toEqual(['hello Bob', 'hello Ann']);
    expect(bodies(bob)).toEqual(bodies(ann));
    expect(ann.session.snapshot.messages.map((message) => message.mine)).toEqual([true, false]);
    expect(bob.session.snapshot.messages.map((message) => message.authorName)).toEqual(['Ann', 'Bob']);
  });

  it('loads older pages of 50, shared by whoever asks at the same time, until there are none', async () => {
    const database = new FakeRoom();
    database.fill(120);
    const one = await inTheRoom('Ann', database);
    const both = Promise.all([one.session.loadOlder(), one.session.loadOlder()]);
    expect(one.session.snapshot.loadingOlder).toBe(true);
    await both;
    expect(one.gateway.count('entriesBefore')).toBe(2);
    expect(one.session.snapshot).toMatchObject({ loadingOlder: false, hasOlder: true });
    await one.session.loadOlder();
    expect(one.session.snapshot.hasOlder).toBe(false);
    expect(bodies(one)).toEqual(database.entries.map((entry) => entry.body));
    await one.session.loadOlder();
    expect(one.gateway.count('entriesBefore')).toBe(3);
  });

  it('waits before it asks for history again that failed, however often a view asks', async () => {
    const database = new FakeRoom();
    database.fill(60);
    const one = await inTheRoom('Ann', database);
    one.gateway.before = offline;
    for (let i = 0; i < 10; i++) await one.session.loadOlder();
    expect(one.gateway.count('entriesBefore')).toBe(2);
    expect(one.session.snapshot).toMatchObject({ status: 'ready', loadingOlder: false, problem: { code: 'network' } });
    one.gateway.before = () => {};
    await one.clock.advance(2000);
    await one.session.loadOlder();
    expect(one.session.snapshot).toMatchObject({ hasOlder: false, problem: null });
  });

  it('fetches what a jump in the numbers says is missing', async () => {
    const one = await inTheRoom();
    one.database.deliver = () => {};
    one.database.fill(3);
    one.database.deliver = (line, entry) => line.events.entry(entry);
    one.database.fill(1);
    expect(bodies(one)).toEqual([]);
    await one.clock.advance(200);
    expect(bodies(one)).toEqual(['message 1', 'message 2', 'message 3', 'message 4']);
  });

  it('asks nobody when a gap fills by itself', async () => {
    const one = await inTheRoom();
    const asked = one.gateway.count('entriesAfter');
    one.database.deliver = () => {};
    one.database.fill(2);
    const [first, second] = one.database.entries;
    if (!first || !second) throw new Error('two entries');
    one.gateway.line.events.entry(second);
    one.gateway.line.events.entry(first);
    expect(bodies(one)).toEqual(['message 1', 'message 2']);
    await one.clock.advance(1000);
    expect(one.gateway.count('entriesAfter')).toBeLessThanOrEqual(asked + 1);
  });

  it('finds by the slow check what the line never told', async () => {
    const one = await inTheRoom();
    one.database.deliver = () => {};
    one.database.fill(2);
    await one.clock.advance(30_000);
    expect(bodies(one)).toEqual([]);
    await one.clock.advance(30_000);
    expect(bodies(one)).toEqual(['message 1', 'message 2']);
  });

  it('looks at once when the page wakes', async () => {
    const one = await inTheRoom();
    one.database.deliver = () => {};
    one.database.fill(2);
    one.wake();
    await settled();
    expect(bodies(one)).toEqual(['message 1', 'message 2']);
  });

  it('does not believe a number that the table does not know', async () => {
    const one = await inTheRoom();
    const ghost = { ...plainEntry, seq: 900, id: 'ghost', kind: 'message', authorId: 'x', authorName: 'X', body: 'boo', track: null, at: 1 } as const;
    one.gateway.line.events.entry(ghost);
    await one.clock.advance(1000);
    const asked = one.gateway.count('entriesAfter');
    await one.clock.advance(10_000);
    expect(one.gateway.count('entriesAfter')).toBe(asked);
    one.database.fill(1);
    expect(bodies(one)).toEqual(['message 1']);
  });
});

describe('writing', () => {
  it('shows a message at once, and as sent when the database has it', async () => {
    const one = await inTheRoom();
    expect(one.session.send('  hello\n')).toBeNull();
    expect(one.session.snapshot.messages).toMatchObject([{ body: 'hello', state: 'sending', mine: true, authorName: 'Ann' }]);
    await settled();
    expect(one.session.snapshot.messages).toMatchObject([{ body: 'hello', state: 'sent', mine: true }]);
    expect(one.database.entries).toHaveLength(1);
  });

  it.each([
    ['an empty message', '', 'message-empty'],
    ['a blank one', ' \n\t ', 'message-empty'],
    ['one of no width', '\u200b\u2060', 'message-empty'],
    ['one of 4,001 characters', 'x'.repeat(4001), 'message-too-long'],
  ])('leaves %s with the composer', async (_, body, code) => {
    const one = await inTheRoom();
    expect(one.session.send(body)).toEqual({ code });
    expect(one.session.snapshot.messages).toEqual([]);
  });

  it('takes 4,000 characters, counted as the database counts', async () => {
    const one = await inTheRoom();
    expect(one.session.send('🎵'.repeat(4000))).toBeNull();
    await settled();
    expect(one.session.snapshot.messages[0]?.state).toBe('sent');
  });

  it('sends what Postgres can store', async () => {
    const one = await inTheRoom();
    one.session.send('a\0b\uD800c');
    await settled();
    expect(one.database.entries[0]?.body).toBe('ab\uFFFDc');
  });

  it('takes nothing before one has joined', async () => {
    const one = visitor();
    one.session.start();
    await settled();
    expect(one.session.send('hello')).toEqual({ code: 'not-signed-in' });
  });

  it('writes in the order of writing, however long each takes', async () => {
    const one = await inTheRoom();
    const waiting: (() => void)[] = [];
    one.gateway.before = (method) => (method === 'send' ? new Promise((resolve) => waiting.push(resolve)) : undefined);
    for (const body of ['one', 'two', 'three']) one.session.send(body);
    await settled();
    expect(waiting).toHaveLength(1);
    for (let i = 0; i < 3; i++) {
      waiting[i]?.();
      await settled();
    }
    expect(one.database.entries.map((entry) => entry.body)).toEqual(['one', 'two', 'three']);
  });

  it('keeps the text of a message that failed, lets later ones pass, and sends it again under its id', async () => {
    const one = await inTheRoom();
    one.gateway.before = (method) => (method === 'send' ? offline() : undefined);
    one.session.send('lost');
    await settled();
    one.gateway.before = () => {};
    one.session.send('later');
    await settled();
    const [later, lost] = one.session.snapshot.messages;
    expect(later).toMatchObject({ body: 'later', state: 'sent' });
    expect(lost).toMatchObject({ body: 'lost', state: 'failed', problem: { code: 'network' } });
    one.session.retry(lost?.id ?? '');
    expect(one.session.snapshot.messages[1]).toMatchObject({ state: 'sending', problem: null });
    await settled();
    expect(one.database.entries.map((entry) => [entry.id, entry.body])).toEqual([
      [later?.id, 'later'],
      [lost?.id, 'lost'],
    ]);
    expect(bodies(one)).toEqual(['later', 'lost']);
  });

  it('shows a message once whose answer was lost, before and after Retry', async () => {
    const one = await inTheRoom();
    one.database.deliver = () => {};
    one.gateway.after = (method) => (method === 'send' ? offline() : undefined);
    one.session.send('hello');
    await settled();
    expect(one.session.snapshot.messages).toMatchObject([{ state: 'failed' }]);
    one.gateway.after = () => {};
    one.session.retry(one.session.snapshot.messages[0]?.id ?? '');
    await settled();
    expect(one.session.snapshot.messages).toMatchObject([{ body: 'hello', state: 'sent' }]);
    expect(one.database.entries).toHaveLength(1);
  });

  it('gives a message up after its time, and the next one goes', async () => {
    const one = await inTheRoom();
    one.gateway.before = (method) => (method === 'send' ? new Promise(() => {}) : undefined);
    one.session.send('stuck');
    await settled();
    one.gateway.before = () => {};
    one.session.send('next');
    await one.clock.advance(15_000);
    expect(one.session.snapshot.messages).toMatchObject([
      { body: 'next', state: 'sent' },
      { body: 'stuck', state: 'failed', problem: { code: 'network' } },
    ]);
  });

  it('does not send again what turned out to have arrived while its Retry waited', async () => {
    const one = await inTheRoom();
    one.database.deliver = () => {};
    one.gateway.after = (method) => (method === 'send' ? offline() : undefined);
    one.session.send('hello');
    await settled();
    let answer = (): void => {};
    one.gateway.after = (method) => (method === 'send' ? new Promise((resolve) => (answer = resolve)) : undefined);
    one.session.send('slow');
    one.session.retry(one.session.snapshot.messages[0]?.id ?? '');
    one.gateway.line.events.entry(one.database.entries[0] as Entry);
    await settled();
    answer();
    await settled();
    expect(one.gateway.count('send')).toBe(2);
    expect(one.session.snapshot.messages).toMatchObject([{ body: 'hello', state: 'sent' }, { body: 'slow', state: 'sent' }]);
  });

  it('waits by itself when one writes too fast, says how long, and then sends', async () => {
    const one = await inTheRoom();
    one.gateway.before = (method) => {
      if (method === 'send') throw new ChatError('rate-limited', '', 12);
    };
    one.session.send('again');
    await settled();
    expect(one.session.snapshot.messages).toMatchObject([
      { state: 'sending', problem: { code: 'rate-limited', waitSeconds: 12 } },
    ]);
    one.gateway.before = () => {};
    await one.clock.advance(11_000);
    expect(one.database.entries).toHaveLength(0);
    await one.clock.advance(1000);
    expect(one.session.snapshot.messages).toMatchObject([{ body: 'again', state: 'sent', problem: null }]);
  });

  it('takes so many messages at once, and then says when to go on', async () => {
    const one = await inTheRoom();
    one.gateway.before = (method) => {
      if (method === 'send') throw new ChatError('rate-limited', '', 20);
    };
    one.session.send('first');
    await settled();
    const answers = Array.from({ length: 1000 }, (_, i) => one.session.send(`message ${i}`));
    expect(answers.filter((answer) => answer === null)).toHaveLength(49);
    expect(answers.at(-1)).toEqual({ code: 'rate-limited', waitSeconds: 20 });
    one.gateway.before = () => {};
    await one.clock.advance(20_000);
    expect(one.database.entries).toHaveLength(50);
    expect(one.session.send('on')).toBeNull();
  });

  it('forgets a failed message that is given up', async () => {
    const one = await inTheRoom();
    one.gateway.before = (method) => (method === 'send' ? offline() : undefined);
    one.session.send('never mind');
    await settled();
    one.session.discard(one.session.snapshot.messages[0]?.id ?? '');
    expect(one.session.snapshot.messages).toEqual([]);
  });

  it('is right about the order when the answer overtakes the line', async () => {
    const one = await inTheRoom();
    one.database.deliver = () => {};
    one.database.fill(1);
    one.session.send('mine');
    await settled();
    expect(bodies(one)).toEqual(['mine']);
    await one.clock.advance(200);
    expect(bodies(one)).toEqual(['message 1', 'mine']);
    expect(one.session.snapshot.messages[1]?.state).toBe('sent');
  });
});
