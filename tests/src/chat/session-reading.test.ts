import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { settled } from './fake-clock.js';
import { FakeRoom } from './fake-room.js';
import { inTheRoom, visitor, type Visitor } from './visitor.js';

const marks = ({ gateway }: Visitor): unknown[] => gateway.calls.filter(({ method }) => method === 'markRead').map(({ args }) => args.slice(1));
const stored = ({ database, gateway }: Visitor): number | undefined => database.reads.get(gateway.userId ?? '');

/** The same account once more, on another device. */
async function again(one: Visitor): Promise<Visitor> {
  const two = visitor(one.database, one.clock);
  two.gateway.userId = one.gateway.userId;
  two.session.start();
  await settled();
  return two;
}

describe('how far one has read', () => {
  it('is kept when the page goes right after the reading, by a call that outlives it', async () => {
    const one = await inTheRoom();
    one.database.fill(3);
    one.session.markRead(1);
    await settled();
    one.session.markRead(3);
    one.leavePage();
    expect(marks(one)).toEqual([
      [1, {}],
      [3, { keepalive: true }],
    ]);
    await settled();
    expect(stored(one)).toBe(3);
  });

  it('is told again by a page that goes while the first call is on its way, and by one that comes back', async () => {
    const one = await inTheRoom();
    one.database.fill(1);
    one.gateway.before = (method) => (method === 'markRead' ? new Promise(() => {}) : undefined);
    one.session.markRead(1);
    one.leavePage();
    expect(marks(one)).toEqual([
      [1, {}],
      [1, { keepalive: true }],
    ]);
    one.leavePage();
    await one.clock.advance(20_000);
    one.gateway.before = () => {};
    one.wake();
    await settled();
    expect(stored(one)).toBe(1);
    const told = marks(one).length;
    one.leavePage();
    await one.clock.advance(120_000);
    expect(marks(one)).toHaveLength(told);
  });

  it('is told again after a failure, at the next slow check', async () => {
    const one = await inTheRoom();
    one.database.fill(5);
    one.gateway.before = (method) => {
      if (method === 'markRead') throw new ChatError('network');
    };
    one.session.markRead(5);
    await settled();
    one.gateway.before = () => {};
    await one.clock.advance(60_000);
    expect(stored(one)).toBe(5);
  });

  it('on one device is what is read on the other, as soon as that wakes and at the latest with the slow check', async () => {
    const one = await inTheRoom();
    const two = await again(one);
    one.database.fill(5);
    await settled();
    one.session.markRead(4);
    await settled();
    expect(two.session.snapshot.unread).toBe(5);
    two.wake();
    await settled();
    expect(two.session.snapshot.unread).toBe(1);
    one.session.markRead(5);
    await one.clock.advance(60_000);
    expect(two.session.snapshot.unread).toBe(0);
  });

  it('is not asked for by who has nothing left to read', async () => {
    const one = await inTheRoom();
    one.database.fill(5);
    one.session.markRead(5);
    await one.clock.advance(200_000);
    expect(one.gateway.count('readUpTo')).toBe(0);
  });
});

describe('the line above what is new', () => {
  it('is there also for who first came into an empty room', async () => {
    const one = await inTheRoom();
    one.session.dispose();
    one.database.fill(5);
    const two = await again(one);
    expect(two.session.snapshot).toMatchObject({ unread: 5, firstUnread: 'old-1' });
  });

  it('is not there for who comes for the first time', async () => {
    const database = new FakeRoom();
    database.fill(5);
    const one = await inTheRoom('Ann', database);
    expect(one.session.snapshot).toMatchObject({ unread: 0, firstUnread: null });
  });
});
