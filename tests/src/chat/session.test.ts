import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import type { Entry } from '../../../src/chat/model.js';
import { settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { bodies, inTheRoom, names, visitor } from './visitor.js';

const offline = (): never => {
  throw new ChatError('network');
};

describe('opening a room', () => {
  it('asks a stranger for a name, and makes no account before', async () => {
    const { session, gateway, told } = visitor();
    expect(session.snapshot).toMatchObject({ status: 'loading', room: null, me: null, messages: [], members: [] });
    session.start();
    await settled();
    expect(session.snapshot).toMatchObject({ status: 'signed-out', room: { title: 'The lobby' }, me: null, problem: null });
    expect(gateway.count('join')).toBe(0);
    expect(told.every((snapshot) => Object.isFrozen(snapshot) && Object.isFrozen(snapshot.messages))).toBe(true);
  });

  it('joins by the name given, reads the newest page and goes live', async () => {
    const database = new FakeRoom();
    database.fill(120);
    const { session, told } = await inTheRoom('  Ann  ', database);
    expect(session.snapshot).toMatchObject({ status: 'ready', me: { name: 'Ann' }, hasOlder: true, problem: null });
    expect(session.snapshot.messages.map((message) => message.body)).toEqual(
      Array.from({ length: 50 }, (_, i) => `message ${71 + i}`),
    );
    expect([...new Set(told.map((snapshot) => snapshot.status))]).toEqual(['signed-out', 'connecting', 'ready']);
  });

  it('lets a known visitor in without asking', async () => {
    const one = visitor();
    one.gateway.userId = 'known';
    one.database.enter('known', 'Kim');
    one.session.start();
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'ready', me: { id: 'known', name: 'Kim' } });
  });

  it('asks somebody for a name who has an account and no name', async () => {
    const one = visitor();
    one.gateway.userId = 'nameless';
    one.session.start();
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', problem: null });
    await one.session.join('Noa');
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'ready', me: { id: 'nameless', name: 'Noa' } });
  });

  it.each([
    ['empty', ''],
    ['blank', '   '],
    ['of no width', '\u200b'],
    ['of 41 characters', 'x'.repeat(41)],
    ['that turns its surroundings', 'a\u202eb'],
    ['with a control character', 'a\u0007b'],
  ])('refuses a name %s without asking the database', async (_, name) => {
    const one = visitor();
    one.session.start();
    await settled();
    await one.session.join(name);
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', problem: { code: 'name-invalid' } });
    expect(one.gateway.count('join')).toBe(0);
  });

  it('counts a name in characters, not in UTF-16 units', async () => {
    const one = await inTheRoom('🎧'.repeat(40));
    expect(one.session.snapshot.status).toBe('ready');
  });

  it.each(['guests-refused', 'rate-limited', 'network', 'not-signed-in'] as const)('keeps the form when joining fails with %s', async (code) => {
    const one = visitor();
    one.session.start();
    await settled();
    one.gateway.before = () => {
      throw new ChatError(code, '', code === 'rate-limited' ? 9 : undefined);
    };
    await one.session.join('Ann');
    const problem = code === 'rate-limited' ? { code, waitSeconds: 9 } : { code };
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', problem });
    one.gateway.before = () => {};
    await one.session.join('Ann');
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('says that there is no such room, and does not ask again', async () => {
    const one = visitor(undefined, undefined, 'nowhere');
    one.session.start();
    await one.clock.advance(120_000);
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'room-unknown' } });
    expect(one.gateway.count('find')).toBe(1);
  });

  it('says at once that there is no network, and gets in by itself when there is', async () => {
    const one = visitor();
    one.gateway.before = offline;
    one.session.start();
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'network' } });
    one.gateway.before = () => {};
    one.wake();
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', problem: null });
  });

  it('counts no answer as no network', async () => {
    const one = visitor();
    one.gateway.before = () => new Promise(() => {});
    one.session.start();
    await one.clock.advance(15_000);
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'network' } });
  });

  it('tries again later and later while there is no network', async () => {
    const one = visitor();
    one.gateway.before = offline;
    one.session.start();
    await one.clock.advance(10_000);
    const early = one.gateway.count('find');
    await one.clock.advance(600_000);
    expect(early).toBeGreaterThanOrEqual(3);
    // 22.5 s at most with this jitter.
    expect(one.gateway.count('find')).toBeLessThan(early + 30);
  });

  it('starts over when asked after a failure', async () => {
    const one = visitor();
    one.gateway.before = () => {
      throw new ChatError('key-refused');
    };
    one.session.start();
    await settled();
    expect(one.session.snapshot.problem).toEqual({ code: 'key-refused' });
    one.gateway.before = () => {};
    one.session.start();
    await settled();
    expect(one.session.snapshot.status).toBe('signed-out');
  });
});

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
    one.gateway.line.events.entry({ seq: 900, id: 'ghost', kind: 'message', authorId: 'x', authorName: 'X', body: 'boo', at: 1 });
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

  it('says how long to wait when one writes too fast', async () => {
    const one = await inTheRoom();
    one.gateway.before = (method) => {
      if (method === 'send') throw new ChatError('rate-limited', '', 12);
    };
    one.session.send('again');
    await settled();
    expect(one.session.snapshot.messages).toMatchObject([
      { state: 'failed', problem: { code: 'rate-limited', waitSeconds: 12 } },
    ]);
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

describe('who is here', () => {
  it('shows oneself first, then the others by name, and not who left', async () => {
    const ann = await inTheRoom('Mia');
    const zoe = await inTheRoom('Zoe', ann.database, ann.clock);
    await inTheRoom('Émile', ann.database, ann.clock);
    await inTheRoom('anna', ann.database, ann.clock);
    await ann.clock.advance(100);
    expect(names(ann)).toEqual(['Mia', 'anna', 'Émile', 'Zoe']);
    expect(names(zoe)).toEqual(['Zoe', 'anna', 'Émile', 'Mia']);
    zoe.session.dispose();
    await ann.clock.advance(100);
    expect(names(ann)).toEqual(['Mia', 'anna', 'Émile']);
  });

  it('ignores ids that nobody knows, and asks for each once', async () => {
    const one = await inTheRoom();
    await one.clock.advance(100);
    const asked = one.gateway.count('members');
    one.gateway.line.events.here(['nobody', one.gateway.userId ?? '', 'nobody']);
    await one.clock.advance(100);
    one.gateway.line.events.here(['nobody', one.gateway.userId ?? '']);
    await one.clock.advance(100);
    expect(names(one)).toEqual(['Ann']);
    expect(one.gateway.count('members')).toBe(asked + 1);
  });

  it('looks many up together', async () => {
    const one = await inTheRoom();
    await one.clock.advance(100);
    const asked = one.gateway.count('members');
    const ids = Array.from({ length: 150 }, (_, i) => one.database.enter(`m${i}`, `Member ${i}`).id);
    for (let i = 1; i <= ids.length; i++) one.gateway.line.events.here(ids.slice(0, i));
    await one.clock.advance(100);
    expect(one.session.snapshot.members).toHaveLength(151);
    expect(one.gateway.count('members')).toBe(asked + 2);
  });

  it('shows the new name of somebody who comes again', async () => {
    const one = await inTheRoom();
    const bob = await inTheRoom('Bob', one.database, one.clock);
    await one.clock.advance(100);
    one.database.enter(bob.gateway.userId ?? '', 'Robert');
    one.gateway.line.events.arrived([bob.gateway.userId ?? '']);
    await one.clock.advance(100);
    expect(names(one)).toEqual(['Ann', 'Robert']);
  });

  it('keeps asking for a name that could not be read', async () => {
    const one = await inTheRoom();
    one.gateway.before = (method) => (method === 'members' ? offline() : undefined);
    await inTheRoom('Bob', one.database, one.clock);
    await one.clock.advance(100);
    expect(names(one)).toEqual(['Ann']);
    one.gateway.before = () => {};
    await one.clock.advance(60_000);
    expect(names(one)).toEqual(['Ann', 'Bob']);
  });
});

describe('a line that breaks', () => {
  it('catches up on every rejoin, however much was missed', async () => {
    const one = await inTheRoom();
    one.gateway.line.down();
    expect(one.session.snapshot.status).toBe('reconnecting');
    one.database.fill(130);
    one.gateway.line.up();
    await settled();
    expect(one.session.snapshot.status).toBe('ready');
    expect(bodies(one)).toEqual(one.database.entries.map((entry) => entry.body));
  });

  it('is not ready before it has caught up, and loses nothing that is told meanwhile', async () => {
    const one = await inTheRoom();
    one.gateway.line.down();
    one.database.fill(3);
    let answer = (): void => {};
    one.gateway.after = (method) => (method === 'entriesAfter' ? new Promise((resolve) => (answer = resolve)) : undefined);
    one.gateway.line.up();
    await settled();
    one.database.fill(2);
    expect(one.session.snapshot.status).toBe('reconnecting');
    one.gateway.after = () => {};
    answer();
    await settled();
    expect(one.session.snapshot.status).toBe('ready');
    expect(bodies(one)).toEqual(['message 1', 'message 2', 'message 3', 'message 4', 'message 5']);
  });

  it('reads once more when it goes live during a reading: what was written in between was told to nobody', async () => {
    const one = await inTheRoom();
    one.gateway.line.down();
    let answer = (): void => {};
    one.gateway.after = (method) => (method === 'entriesAfter' ? new Promise((resolve) => (answer = resolve)) : undefined);
    one.gateway.line.up();
    await settled();
    one.gateway.line.down();
    one.database.fill(1);
    one.gateway.line.up();
    one.gateway.after = () => {};
    answer();
    await settled();
    expect(one.session.snapshot.status).toBe('ready');
    expect(bodies(one)).toEqual(['message 1']);
  });

  it('keeps reading and writing while the line stays down', async () => {
    const one = await inTheRoom();
    one.gateway.connects = false;
    one.gateway.line.down();
    one.database.fill(1);
    expect(one.session.send('still here')).toBeNull();
    await one.clock.advance(60_000);
    expect(bodies(one)).toEqual(['message 1', 'still here']);
    expect(one.session.snapshot.status).toBe('reconnecting');
  });

  it('subscribes anew when the line stays down although the database answers', async () => {
    const one = await inTheRoom();
    one.gateway.line.down();
    await one.clock.advance(60_000);
    expect(one.gateway.lines).toHaveLength(2);
    expect(one.session.snapshot.status).toBe('ready');
  });

  it('subscribes anew after the server ended the line, and hears nothing from the old one', async () => {
    const one = await inTheRoom();
    const old = one.gateway.line;
    old.end();
    expect(one.session.snapshot.status).toBe('reconnecting');
    one.database.fill(2);
    await one.clock.advance(5000);
    expect(one.gateway.lines).toHaveLength(2);
    expect(one.session.snapshot.status).toBe('ready');
    expect(bodies(one)).toEqual(['message 1', 'message 2']);
    old.events.down();
    old.events.here([]);
    expect(one.session.snapshot.status).toBe('ready');
  });

  it('comes back later and later, and in the end says why it does not', async () => {
    const one = await inTheRoom();
    one.gateway.connects = false;
    const times: number[] = [];
    while (one.session.snapshot.status !== 'failed' && times.length < 20) {
      const lines = one.gateway.lines.length;
      one.gateway.line.end(new ChatError('server'));
      const from = one.clock.now();
      while (one.gateway.lines.length === lines && one.session.snapshot.status !== 'failed') await one.clock.advance(100);
      times.push(one.clock.now() - from);
    }
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'server' } });
    expect(times.length).toBeLessThan(10);
    expect(times[4]).toBeGreaterThan((times[0] ?? 0) * 4);
    one.gateway.connects = true;
    one.wake();
    await settled();
    expect(one.session.snapshot.status).toBe('ready');
  });

  it('stays out when one is no member any more', async () => {
    const one = await inTheRoom();
    one.gateway.before = (method) => {
      if (method === 'join') throw new ChatError('not-a-member');
    };
    one.gateway.line.end(new ChatError('not-a-member'));
    await one.clock.advance(5000);
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'not-a-member' } });
    await one.clock.advance(600_000);
    expect(one.gateway.count('join')).toBe(2);
  });

  it('follows the room to a new topic when the epoch was raised', async () => {
    const one = await inTheRoom();
    one.database.epoch = 2;
    for (const line of one.database.lines) line.isLive = false;
    one.database.fill(1);
    await one.clock.advance(60_000);
    expect(one.session.snapshot.status).toBe('ready');
    expect(one.gateway.line.epoch).toBe(2);
    one.database.fill(1);
    await settled();
    expect(bodies(one)).toEqual(['message 1', 'message 2']);
  });

  it('asks for a name again when the account is gone, and keeps what was written', async () => {
    const one = await inTheRoom();
    one.session.send('before');
    await settled();
    one.gateway.userId = null;
    one.session.send('unsent');
    await one.clock.advance(1000);
    expect(one.session.snapshot).toMatchObject({ status: 'signed-out', me: null, problem: { code: 'not-signed-in' } });
    await one.session.join('Ann again');
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'ready', me: { name: 'Ann again' } });
    expect(one.session.snapshot.messages).toMatchObject([
      { body: 'before', mine: false },
      { body: 'unsent', mine: true, state: 'failed' },
    ]);
    one.session.retry(one.session.snapshot.messages[1]?.id ?? '');
    await settled();
    expect(one.session.snapshot.messages[1]).toMatchObject({ state: 'sent', mine: true });
  });
});

describe('leaving', () => {
  it('leaves nothing behind: no line, no timer, no word', async () => {
    const one = await inTheRoom();
    one.session.send('on its way');
    one.session.dispose();
    const told = one.told.length;
    await settled();
    one.database.fill(3);
    one.wake();
    await settled();
    expect(one.gateway.disposed).toBe(true);
    expect(one.database.lines.size).toBe(0);
    expect(one.told).toHaveLength(told);
    await one.clock.advance(20_000);
    expect(one.clock.waiting).toBe(0);
    one.session.dispose();
    one.session.start();
    await settled();
    expect(one.told).toHaveLength(told);
  });

  it('may come at any moment of opening', async () => {
    for (let turns = 0; turns < 12; turns++) {
      const one = visitor();
      one.gateway.userId = 'known';
      one.database.enter('known', 'Kim');
      one.session.start();
      for (let i = 0; i < turns; i++) await Promise.resolve();
      one.session.dispose();
      await one.clock.advance(20_000);
      expect(one.database.lines.size).toBe(0);
      expect(one.clock.waiting).toBe(0);
    }
  });
});
