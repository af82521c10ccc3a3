import { describe, expect, it } from 'vitest';
import type { Member } from '../../../src/chat/model.js';
import { settled } from './fake-clock.js';
import { FakeRoom, present } from './fake-room.js';
import { couple } from './listening.js';
import { bodies, inTheRoom, visitor, type Visitor } from './visitor.js';

const typists = ({ session }: Visitor): string[] => session.snapshot.typing.map(({ name }) => name);
const idOf = ({ session }: Visitor): string => session.snapshot.me?.id ?? '';
const minutes = (count: number): number => count * 60_000;

/** A room that holds more than a hundred. */
async function crowded(): Promise<{ one: Visitor; ids: string[] }> {
  const one = await inTheRoom();
  const ids = Array.from({ length: 120 }, (_, i) => one.database.enter(`m${i}`, `Member ${i}`).id);
  one.gateway.line.events.here(present(idOf(one), ...ids));
  await one.clock.advance(100);
  return { one, ids };
}

/** One who comes back to a room of `count` messages, and has read up to `seq`. */
async function returning(count: number, seq: number, deleted?: string): Promise<Visitor> {
  const database = new FakeRoom();
  database.fill(count);
  if (deleted) database.remove('author', 'gone', deleted);
  const id = database.newAccount();
  database.enter(id, 'Ann');
  database.reads.set(id, seq);
  const one = visitor(database);
  one.gateway.userId = id;
  one.session.start();
  await settled();
  return one;
}

describe('who is typing', () => {
  it('is shown while they do, told at most once in 3 s, and lapses', async () => {
    const { ann, bob } = await couple();
    let words = 0;
    ann.gateway.line.events.typing = () => {};
    const line = ann.gateway.line;
    const tell = line.typing.bind(line);
    line.typing = () => {
      words++;
      tell();
    };
    for (let i = 0; i < 20; i++) ann.session.typing();
    expect(words).toBe(1);
    expect(typists(bob)).toEqual(['Ann']);
    expect(typists(ann)).toEqual([]);
    await bob.clock.advance(3000);
    ann.session.typing();
    expect(words).toBe(2);
    await bob.clock.advance(5900);
    expect(typists(bob)).toEqual(['Ann']);
    await bob.clock.advance(200);
    expect(typists(bob)).toEqual([]);
  });

  it('ends with what they wrote, and is nobody whom the database does not know', async () => {
    const { ann, bob } = await couple();
    ann.session.typing();
    ann.session.send('there');
    await settled();
    expect(typists(bob)).toEqual([]);
    bob.gateway.line.events.typing('nobody');
    expect(typists(bob)).toEqual([]);
  });

  it('is neither told nor shown with more than a hundred here', async () => {
    const { one } = await crowded();
    one.gateway.line.events.typing('m1');
    expect(typists(one)).toEqual([]);
    let words = 0;
    one.gateway.line.typing = () => void words++;
    one.session.typing();
    expect(words).toBe(0);
  });
});

describe('who is here', () => {
  it('is counted, and away after five minutes out of sight', async () => {
    const { ann, bob } = await couple();
    const seen = (): Member | undefined => ann.session.snapshot.members[1];
    expect(ann.session.snapshot.hereCount).toBe(2);
    bob.hide(true);
    await ann.clock.advance(minutes(4));
    expect(seen()?.away).toBe(false);
    await ann.clock.advance(minutes(1));
    expect(seen()?.away).toBe(true);
    bob.hide(false);
    await settled();
    expect(seen()?.away).toBe(false);
  });

  it('comes and goes in steps of 5 s in a crowd', async () => {
    const { one, ids } = await crowded();
    expect(one.session.snapshot.members).toHaveLength(121);
    await one.clock.advance(5000);
    one.gateway.line.events.here(present(idOf(one), ...ids.slice(0, 110)));
    await one.clock.advance(100);
    const told = one.told.length;
    for (let i = 110; i < 120; i++) one.gateway.line.events.here(present(idOf(one), ...ids.slice(0, i)));
    await one.clock.advance(1000);
    expect(one.told.length).toBe(told);
    await one.clock.advance(5000);
    expect(one.session.snapshot.hereCount).toBe(120);
  });

  it('is counted to the end, although no more than a thousand are looked up', async () => {
    const one = await inTheRoom();
    const ids = Array.from({ length: 3000 }, (_, i) => one.database.enter(`m${i}`, `Member ${i}`).id);
    one.gateway.line.events.here(present('nobody', ...ids, idOf(one), 'm0'));
    await one.clock.advance(100);
    expect(one.session.snapshot.hereCount).toBe(3001);
    expect(one.session.snapshot.members).toHaveLength(1000);
  });

  it('has the role and the name that the database tells', async () => {
    const { ann, bob } = await couple();
    ann.database.change(idOf(bob), { role: 'moderator', name: 'Robert' });
    expect(ann.session.snapshot.members[1]).toMatchObject({ role: 'moderator', name: 'Robert' });
    expect(bob.session.snapshot.moderation).toMatchObject({ reports: { list: [] }, bans: [] });
    expect(ann.session.snapshot.moderation).toBeNull();
  });
});

describe('news of somebody', () => {
  it('are not undone by an answer of the database that is older', async () => {
    const { ann, bob } = await couple();
    const bobs = idOf(bob);
    const seen = () => ann.session.snapshot.members[1];
    let answer = (): void => {};
    ann.gateway.after = (method) => (method === 'members' ? new Promise((resolve) => (answer = resolve)) : undefined);
    ann.gateway.line.events.arrived([bobs]);
    await ann.clock.advance(40_000);
    ann.gateway.after = () => {};
    ann.database.change(bobs, { mutedUntil: Infinity });
    answer();
    await settled();
    expect(seen()).toMatchObject({ name: 'Bob', mutedUntil: Infinity });
    ann.database.enter(bobs, 'Robert', { mutedUntil: null });
    ann.gateway.line.events.arrived([bobs]);
    await ann.clock.advance(40_000);
    expect(seen()).toMatchObject({ name: 'Robert', mutedUntil: null });
  });
});

describe('what is unread', () => {
  it('counts what others wrote after the place that was read last, on whatever device', async () => {
    const one = await returning(10, 7);
    expect(one.session.snapshot).toMatchObject({ unread: 3, firstUnread: 'old-8' });
    one.database.fill(1);
    one.session.send('mine');
    await settled();
    expect(one.session.snapshot.unread).toBe(4);
    one.session.markRead(9);
    expect(one.session.snapshot).toMatchObject({ unread: 2, firstUnread: 'old-8' });
    one.session.markRead(5);
    for (const seq of [10, 11, 12]) one.session.markRead(seq);
    expect(one.session.snapshot.unread).toBe(0);
    await one.clock.advance(6000);
    expect(one.gateway.calls.filter(({ method }) => method === 'markRead').map(({ args }) => args[1])).toEqual([9, 12]);
  });

  it('begins with what can still be read', async () => {
    const one = await returning(10, 7, 'old-8');
    expect(one.session.snapshot.firstUnread).toBe('old-9');
  });

  it('counts more than a page by the server’s number', async () => {
    const one = await returning(90, 10);
    expect(one.session.snapshot).toMatchObject({ unread: 80, firstUnread: null });
    await one.session.loadOlder();
    expect(one.session.snapshot).toMatchObject({ unread: 80, firstUnread: 'old-11' });
    one.database.fill(40);
    await one.clock.advance(200);
    expect(one.session.snapshot.unread).toBe(100);
  });
});

describe('a busy room', () => {
  it('is told at most once a frame, and at once again when it is calm', async () => {
    const one = await inTheRoom();
    one.database.fill(5);
    expect(one.session.snapshot.busy).toBe(false);
    const told = one.told.length;
    one.database.fill(500);
    expect(one.told.length - told).toBeLessThanOrEqual(1);
    await one.clock.advance(100);
    expect(one.session.snapshot).toMatchObject({ busy: true });
    expect(one.session.snapshot.messages).toHaveLength(505);
    one.session.send('mine shows at once');
    expect(bodies(one).at(-1)).toBe('mine shows at once');
    await one.clock.advance(3200);
    expect(one.session.snapshot.busy).toBe(false);
  });
});

describe('after everything', () => {
  it('leaves no timer behind', async () => {
    const { ann, bob } = await couple();
    ann.session.typing();
    ann.database.set({ slowSeconds: 30 });
    ann.session.send('one');
    ann.session.send('two');
    bob.hide(true);
    await settled();
    for (const { session } of [ann, bob]) session.dispose();
    await ann.clock.advance(minutes(10));
    expect(ann.clock.waiting).toBe(0);
  });

  it('leaves none behind when answers come late to a busy room', async () => {
    const database = new FakeRoom();
    database.fill(50);
    database.write('author', 'reply', 'yes', null, { replyTo: 'old-1' });
    database.fill(150);
    const one = await inTheRoom('Ann', database);
    let answer = (): void => {};
    one.gateway.after = (method) => (method === 'entriesBefore' ? new Promise((resolve) => (answer = resolve)) : undefined);
    void one.session.loadOlder();
    await settled();
    const [page, names] = [(): void => answer(), new Array<() => void>()];
    one.gateway.after = (method) => (method === 'members' ? new Promise((resolve) => void names.push(resolve)) : undefined);
    const ids = Array.from({ length: 120 }, (_, i) => database.enter(`m${i}`, `Member ${i}`).id);
    one.gateway.line.events.here(present(idOf(one), ...ids));
    database.fill(10);
    await one.clock.advance(100);
    expect(names).toHaveLength(1);
    expect(one.session.snapshot.busy).toBe(true);
    one.session.dispose();
    page();
    for (const told of names) told();
    await settled();
    expect(one.clock.waiting).toBe(0);
  });
});
