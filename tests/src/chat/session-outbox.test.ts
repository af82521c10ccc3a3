import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { BrowserOutbox, MemoryOutbox, scopeOf, type OutboxStore } from '../../../src/chat/outbox-store.js';
import type { Clock } from '../../../src/clock.js';
import { FakeClock, settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { fakeIndexedDb } from './fake-indexed-db.js';
import { bodies, inTheRoom, visitor, type Visitor } from './visitor.js';

const offline = (): never => {
  throw new ChatError('network');
};

const message = { id: 'a', kind: 'message', body: 'x', track: null, targetId: null, replyTo: null, mentions: [], at: 1, state: 'sending', problem: null } as const;

/** A page of one browser: the same storage and the same account as the pages before. */
async function page(outbox: OutboxStore, database: FakeRoom, userId: string | null, prepare = (one: Visitor): void => void one): Promise<Visitor> {
  const one = visitor(database, new FakeClock(), 'lobby', { outbox });
  one.gateway.userId = userId;
  prepare(one);
  one.session.start();
  await settled();
  if (userId === null) await one.session.join('Ann');
  await settled();
  return one;
}

describe('what is on its way when the page goes', () => {
  it('is sent by the next page, once, under its id and before anything new', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    first.gateway.before = (method) => (method === 'send' ? new Promise(() => {}) : undefined);
    first.session.send('one');
    first.session.send('two');
    await settled();
    first.session.dispose();
    const second = await page(outbox, database, first.gateway.userId, (one) => {
      one.gateway.before = (method) => (method === 'send' ? new Promise((go) => setImmediate(go)) : undefined);
    });
    expect(second.session.snapshot.messages).toMatchObject([{ body: 'one' }, { body: 'two' }]);
    second.session.send('three');
    for (let i = 0; i < 10; i++) await settled();
    expect(database.entries.map(({ body }) => body)).toEqual(['one', 'two', 'three']);
    expect(bodies(second)).toEqual(['one', 'two', 'three']);
    const third = await page(outbox, database, first.gateway.userId);
    expect(third.gateway.count('send')).toBe(0);
  });

  it('goes out in the order of writing, also by a clock that was put back in between', async () => {
    const outbox = new MemoryOutbox();
    const clock = new FakeClock();
    let back = 0;
    const putBack: Clock = { now: () => clock.now() - back, after: (ms, run) => clock.after(ms, run) };
    const first = await inTheRoom('Ann', new FakeRoom(), clock, { outbox, clock: putBack });
    first.gateway.before = (method) => (method === 'send' ? new Promise(() => {}) : undefined);
    first.session.send('one');
    back = 3_600_000;
    first.session.send('two');
    await settled();
    expect(bodies(first)).toEqual(['one', 'two']);
    first.session.dispose();
    await page(outbox, first.database, first.gateway.userId);
    expect(first.database.entries.map(({ body }) => body)).toEqual(['one', 'two']);
  });

  it('is there once although the database had it: the answer was lost with the page', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    first.gateway.after = (method) => (method === 'send' ? new Promise(() => {}) : undefined);
    database.deliver = () => {};
    first.session.send('hello');
    await settled();
    first.session.dispose();
    const second = await page(outbox, database, first.gateway.userId);
    await settled();
    expect(database.entries).toHaveLength(1);
    expect(second.session.snapshot.messages).toMatchObject([{ body: 'hello', state: 'sent' }]);
  });

  it('comes back as failed when it had failed, with Retry and Discard', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    first.gateway.before = (method) => (method === 'send' ? offline() : undefined);
    first.session.send('again');
    first.session.send('never mind');
    await settled();
    first.session.dispose();
    const second = await page(outbox, database, first.gateway.userId);
    const [again, never] = second.session.snapshot.messages;
    expect([again, never]).toMatchObject([
      { body: 'again', state: 'failed', problem: { code: 'network' } },
      { body: 'never mind', state: 'failed' },
    ]);
    second.session.retry(again?.id ?? '');
    second.session.discard(never?.id ?? '');
    await settled();
    expect(database.entries.map(({ body }) => body)).toEqual(['again']);
    const third = await page(outbox, database, first.gateway.userId);
    expect(third.session.snapshot.messages).toMatchObject([{ body: 'again', state: 'sent' }]);
  });

  it('may be a change of a message too', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    first.session.send('hello');
    await settled();
    const id = first.session.snapshot.messages[0]?.id ?? '';
    first.gateway.before = (method) => (method === 'edit' ? new Promise(() => {}) : undefined);
    first.session.edit(id, 'hello!');
    await settled();
    first.session.dispose();
    const second = await page(outbox, database, first.gateway.userId);
    await settled();
    expect(second.session.snapshot.messages).toMatchObject([{ body: 'hello!', changing: false }]);
    expect(database.entries.map(({ kind }) => kind)).toEqual(['message', 'edit']);
  });

  it('may be sent by two tabs: it is there once', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    let go = (): void => {};
    first.gateway.before = (method) => (method === 'send' ? new Promise((resolve) => (go = resolve)) : undefined);
    first.session.send('hello');
    await settled();
    const second = await page(outbox, database, first.gateway.userId);
    go();
    await settled();
    expect(database.entries).toHaveLength(1);
    for (const one of [first, second]) expect(one.session.snapshot.messages).toMatchObject([{ body: 'hello', state: 'sent' }]);
  });

  it('is not kept as failed when the log has it: only the answer was lost', async () => {
    const outbox = new MemoryOutbox();
    const first = await page(outbox, new FakeRoom(), null);
    let lose = (): void => {};
    first.gateway.after = (method) =>
      method === 'send' ? new Promise((_, reject) => (lose = () => reject(new ChatError('network')))) : undefined;
    first.session.send('hello');
    await settled();
    expect(first.session.snapshot.messages).toMatchObject([{ body: 'hello', state: 'sent' }]);
    lose();
    await settled();
    const { room, project } = first.database;
    expect(await outbox.load(`${project} ${room.id} ${first.gateway.userId}`)).toEqual([]);
  });

  it('waits as long as slow mode says, also where this page takes itself for a moderator’s', async () => {
    const one = await inTheRoom();
    one.database.change(one.gateway.userId ?? '', { role: 'moderator' });
    // Later ones never end, so that a page that does not wait fails and does not hang.
    one.gateway.before = (method) => {
      if (method !== 'send') return;
      if (one.gateway.count('send') > 5) return new Promise(() => {});
      throw new ChatError('slow-mode', '', 10);
    };
    one.session.send('hello');
    await settled();
    expect(one.gateway.count('send')).toBe(1);
    one.gateway.before = () => {};
    await one.clock.advance(9_000);
    expect(one.gateway.count('send')).toBe(1);
    await one.clock.advance(1_000);
    expect(bodies(one)).toEqual(['hello']);
    expect(one.database.entries).toHaveLength(1);
  });

  it('is of one account: another one on the same browser neither sees nor sends it', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    first.gateway.before = (method) => (method === 'send' ? offline() : undefined);
    first.session.send('mine');
    await settled();
    first.session.dispose();
    const other = await page(outbox, database, null);
    expect(other.session.snapshot.messages).toEqual([]);
  });

  it('stays with its account when the host signs somebody else in', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const [ann, bob] = [database.newAccount(), database.newAccount()];
    database.enter(ann, 'Ann');
    database.enter(bob, 'Bob');
    const one = await page(outbox, database, ann);
    one.gateway.before = (method) => (method === 'send' ? offline() : undefined);
    one.session.send('mine');
    await settled();
    one.gateway.userId = bob;
    one.gateway.line.end();
    await one.clock.advance(10_000);
    expect(one.session.snapshot).toMatchObject({ status: 'ready', me: { name: 'Bob' }, messages: [] });
    one.session.dispose();
    const later = await page(outbox, database, ann);
    expect(later.session.snapshot.messages).toMatchObject([{ body: 'mine', state: 'failed' }]);
  });
});

describe('what lay unsent for more than 30 days', () => {
  it('is offered, and neither sent by itself nor lost: a clock may have been wrong', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    const scope = scopeOf(database.project, database.room.id, first.gateway.userId ?? '');
    first.session.dispose();
    const old = { ...message, id: 'old', body: 'from 2010', at: Date.UTC(2010, 0, 1) };
    await outbox.put(scope, old);
    const second = await page(outbox, database, first.gateway.userId);
    expect(second.session.snapshot.messages).toMatchObject([{ body: 'from 2010', state: 'failed', problem: { code: 'left-unsent' } }]);
    expect(database.entries).toEqual([]);
    second.session.dispose();
    const third = await page(outbox, database, first.gateway.userId);
    third.session.retry('old');
    await settled();
    expect(third.session.snapshot.messages).toMatchObject([{ body: 'from 2010', state: 'sent' }]);
    expect(await outbox.load(scope)).toEqual([]);
  });
});

describe('what a tab left that is no more', () => {
  it('is sent by another tab that was open before, once, at the slow check', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    const second = await page(outbox, database, first.gateway.userId);
    await first.clock.advance(1);
    first.gateway.before = (method) => (method === 'send' ? new Promise(() => {}) : undefined);
    first.session.send('stuck');
    await settled();
    first.session.dispose();
    await second.clock.advance(20_000);
    expect(second.session.snapshot.messages).toEqual([]);
    await second.clock.advance(60_000);
    expect(bodies(second)).toEqual(['stuck']);
    expect(database.entries.map(({ body }) => body)).toEqual(['stuck']);
    expect(second.session.snapshot.messages).toMatchObject([{ state: 'sent', mine: true }]);
  });

  it('is offered there too where it had failed; what the first tab gives up or sends is no longer offered', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    const second = await page(outbox, database, first.gateway.userId);
    first.gateway.before = (method) => (method === 'send' ? offline() : undefined);
    first.session.send('never mind');
    first.session.send('again');
    await settled();
    await second.clock.advance(60_000);
    expect(second.session.snapshot.messages).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
    const [never, again] = first.session.snapshot.messages;
    first.gateway.before = () => {};
    first.session.discard(never?.id ?? '');
    first.session.retry(again?.id ?? '');
    await settled();
    second.wake();
    await settled();
    for (const one of [first, second]) expect(one.session.snapshot.messages).toMatchObject([{ body: 'again', state: 'sent' }]);
    expect(database.entries).toHaveLength(1);
  });

  it('is there once while both tabs live, and both send it', async () => {
    const outbox = new MemoryOutbox();
    const database = new FakeRoom();
    const first = await page(outbox, database, null);
    const second = await page(outbox, database, first.gateway.userId);
    let go = (): void => {};
    first.gateway.before = (method) => (method === 'send' ? new Promise((resolve) => (go = resolve)) : undefined);
    first.session.send('from both');
    await settled();
    await second.clock.advance(60_000);
    go();
    await settled();
    second.wake();
    await second.clock.advance(60_000);
    expect(database.entries).toHaveLength(1);
    for (const one of [first, second]) expect(one.session.snapshot.messages).toMatchObject([{ body: 'from both', state: 'sent' }]);
    expect(first.gateway.count('send') + second.gateway.count('send')).toBe(2);
  });
});

describe('storage', () => {
  it('that is denied is memory', async () => {
    const denied = new BrowserOutbox();
    await denied.put('here', message);
    expect(await denied.load('here')).toEqual([message]);
    expect(await denied.load('there')).toEqual([]);
    await denied.remove('here', ['a']);
    expect(await denied.load('here')).toEqual([]);
  });

  it('that fails for a moment is used again: what was given up does not come back', async () => {
    const rows = fakeIndexedDb();
    const store = new BrowserOutbox();
    await store.put('here', { ...message, at: Date.UTC(2026, 0, 1) });
    rows.failing = true;
    await store.put('here', { ...message, id: 'b', at: Date.UTC(2026, 0, 1) + 1 });
    rows.failing = false;
    expect((await store.load('here')).map(({ id }) => id)).toEqual(['a', 'b']);
    await store.remove('here', ['a', 'b']);
    expect(await store.load('here')).toEqual([]);
    expect(rows.size).toBe(0);
  });

  it('is on the disk before it says so, for a dead battery', async () => {
    const rows = fakeIndexedDb();
    const store = new BrowserOutbox();
    await store.put('here', message);
    await store.remove('here', ['a']);
    expect([...rows.durabilities]).toEqual(['strict']);
  });

  it('that answered before and does not now is no empty one', async () => {
    const rows = fakeIndexedDb();
    const store = new BrowserOutbox();
    await store.put('here', message);
    rows.failing = true;
    await expect(store.load('here')).rejects.toThrow('storage');
    rows.failing = false;
    expect(await store.load('here')).toEqual([message]);
  });

  it('hands on what one account left in the rooms of one project, and nothing else', async () => {
    const rows = fakeIndexedDb();
    const clock = new FakeClock();
    const store = new BrowserOutbox();
    const at = clock.now();
    const scopes = ['p r1 guest', 'p r2 guest', 'p r1 other', 'q r1 guest'];
    const left = async (scope: string): Promise<string[]> => (await store.load(scope)).map(({ id }) => id);
    for (const scope of scopes) await store.put(scope, { ...message, id: `from ${scope}`, at });
    rows.failing = true;
    await store.put(scopeOf('p', 'r1', 'guest'), { ...message, id: 'kept in memory', at: at + 1 });
    rows.failing = false;
    await store.inherit('p', 'guest', 'member');
    await store.inherit('p', 'guest', 'member');
    expect(await left('p r1 member')).toEqual(['from p r1 guest', 'kept in memory']);
    expect(await left('p r2 member')).toEqual(['from p r2 guest']);
    expect(await Promise.all(scopes.map(left))).toEqual([[], [], ['from p r1 other'], ['from q r1 guest']]);
    expect(rows.size).toBe(4);
  });

  it('that never answers holds nobody up for long', async () => {
    const silent: OutboxStore = { load: () => new Promise(() => {}), put: async () => {}, remove: async () => {}, inherit: async () => {} };
    const one = await inTheRoom('Ann', new FakeRoom(), new FakeClock(), { outbox: silent });
    one.session.send('hello');
    await settled();
    expect(one.session.snapshot.messages).toMatchObject([{ state: 'sending' }]);
    await one.clock.advance(2000);
    expect(one.session.snapshot.messages).toMatchObject([{ state: 'sent' }]);
  });
});
