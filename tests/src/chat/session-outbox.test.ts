import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { BrowserOutbox, MemoryOutbox, type OutboxStore } from '../../../src/chat/outbox-store.js';
import { FakeClock, settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { bodies, inTheRoom, visitor, type Visitor } from './visitor.js';

const offline = (): never => {
  throw new ChatError('network');
};

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
});

describe('storage', () => {
  const message = { id: 'a', kind: 'message', body: 'x', track: null, targetId: null, replyTo: null, mentions: [], at: 1, state: 'sending', problem: null } as const;

  it('that is denied is memory', async () => {
    const denied = new BrowserOutbox();
    await denied.put('here', message);
    expect(await denied.load('here')).toEqual([message]);
    expect(await denied.load('there')).toEqual([]);
    await denied.remove('here', ['a']);
    expect(await denied.load('here')).toEqual([]);
  });

  it('that never answers holds nobody up for long', async () => {
    const silent: OutboxStore = { load: () => new Promise(() => {}), put: async () => {}, remove: async () => {} };
    const one = await inTheRoom('Ann', new FakeRoom(), new FakeClock(), { outbox: silent });
    one.session.send('hello');
    await settled();
    expect(one.session.snapshot.messages).toMatchObject([{ state: 'sending' }]);
    await one.clock.advance(2000);
    expect(one.session.snapshot.messages).toMatchObject([{ state: 'sent' }]);
  });
});
