import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { settled } from './fake-clock.js';
import { FakeRoom, present } from './fake-room.js';
import { bodies, inTheRoom, names } from './visitor.js';

const offline = (): never => {
  throw new ChatError('network');
};

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
    one.gateway.line.events.here(present('nobody', one.gateway.userId ?? '', 'nobody'));
    await one.clock.advance(100);
    one.gateway.line.events.here(present('nobody', one.gateway.userId ?? ''));
    await one.clock.advance(100);
    expect(names(one)).toEqual(['Ann']);
    expect(one.gateway.count('members')).toBe(asked + 1);
  });

  it('looks many up together', async () => {
    const one = await inTheRoom();
    await one.clock.advance(100);
    const asked = one.gateway.count('members');
    const ids = Array.from({ length: 150 }, (_, i) => one.database.enter(`m${i}`, `Member ${i}`).id);
    for (let i = 1; i <= ids.length; i++) one.gateway.line.events.here(present(...ids.slice(0, i)));
    await one.clock.advance(100);
    expect(one.session.snapshot.members).toHaveLength(151);
    expect(one.gateway.count('members')).toBe(asked + 2);
  });

  it('shows the new name of somebody who comes again, in a while where nothing told of it', async () => {
    const one = await inTheRoom();
    const bob = await inTheRoom('Bob', one.database, one.clock);
    await one.clock.advance(100);
    one.database.enter(bob.gateway.userId ?? '', 'Robert');
    one.gateway.line.events.arrived([bob.gateway.userId ?? '']);
    await one.clock.advance(40_000);
    expect(names(one)).toEqual(['Ann', 'Robert']);
  });

  it('asks once for all who come again and again, and at once for who is new', async () => {
    const one = await inTheRoom();
    const bob = await inTheRoom('Bob', one.database, one.clock);
    await one.clock.advance(100);
    const asked = one.gateway.count('members');
    for (let times = 0; times < 20; times++) {
      one.gateway.line.events.arrived([bob.gateway.userId ?? '']);
      await one.clock.advance(1000);
    }
    expect(one.gateway.count('members')).toBe(asked);
    await inTheRoom('Cleo', one.database, one.clock);
    await one.clock.advance(100);
    expect(names(one)).toEqual(['Ann', 'Bob', 'Cleo']);
    await one.clock.advance(40_000);
    expect(one.gateway.count('members')).toBe(asked + 1);
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

  it('starts over at the end when too much was missed, with what was on its way, and reads back from there', async () => {
    const one = await inTheRoom();
    one.database.fill(10);
    one.gateway.before = (method) => (method === 'send' ? offline() : undefined);
    one.session.send('on its way');
    await settled();
    one.gateway.line.down();
    one.database.fill(20_000);
    const [asked, ends] = [one.gateway.calls.length, one.gateway.count('latest')];
    one.gateway.line.up();
    for (let i = 0; i < 20; i++) await one.clock.advance(10);
    expect(one.session.snapshot.status).toBe('ready');
    expect(one.gateway.calls.length - asked).toBeLessThan(20);
    expect(one.gateway.count('latest') - ends).toBe(1);
    const stored = (): string[] => one.database.entries.map((entry) => entry.body);
    const shown = bodies(one).filter((body) => body !== 'on its way');
    expect(shown).toEqual(stored().slice(-shown.length));
    expect(shown.length).toBeGreaterThanOrEqual(200);
    expect(bodies(one)).toContain('on its way');
    expect(one.session.snapshot).toMatchObject({ unread: 100, hasOlder: true });
    await one.session.loadOlder();
    await one.clock.advance(100);
    const longer = bodies(one).filter((body) => body !== 'on its way');
    expect(longer.length).toBeGreaterThan(shown.length);
    expect(longer).toEqual(stored().slice(-longer.length));
  });

  it('keeps who reads elsewhere where they are, tells how far it has come, and starts over once they are at the end', async () => {
    const one = await inTheRoom();
    one.database.fill(10);
    one.session.follow(false);
    let readings = 0;
    let goOn = (): void => {};
    one.gateway.after = async (method) => {
      if (method === 'entriesAfter' && ++readings === 12) await new Promise<void>((resolve) => (goOn = resolve));
    };
    one.gateway.line.down();
    one.database.fill(20_000);
    one.gateway.line.up();
    for (let i = 0; i < 20; i++) await one.clock.advance(10);
    expect(bodies(one).slice(0, 2)).toEqual(['message 1', 'message 2']);
    expect(one.session.snapshot.status).toBe('reconnecting');
    expect(one.session.snapshot.progress).toMatchObject({ to: 'end', of: 20_000 });
    expect(one.session.snapshot.progress?.done).toBeGreaterThan(5_000);
    one.session.follow(true);
    goOn();
    for (let i = 0; i < 20; i++) await one.clock.advance(10);
    expect(one.session.snapshot).toMatchObject({ status: 'ready', progress: null, hasOlder: true });
    expect(one.gateway.count('entriesAfter')).toBeLessThan(18);
    expect(bodies(one)).toEqual(one.database.entries.slice(-bodies(one).length).map(({ body }) => body));
  });

  it('takes what was sent meanwhile for sent, though its entry is among what is not read', async () => {
    const one = await inTheRoom();
    one.database.fill(1);
    one.gateway.line.down();
    one.database.fill(5_000);
    one.session.send('in between');
    await settled();
    one.database.fill(5_000);
    one.gateway.line.up();
    for (let i = 0; i < 20; i++) await one.clock.advance(10);
    expect(one.session.snapshot.status).toBe('ready');
    expect(one.session.snapshot.messages.filter(({ state }) => state !== 'sent')).toEqual([]);
    expect(bodies(one)).not.toContain('in between');
  });

  it('takes no page of history into a log that started over meanwhile', async () => {
    const database = new FakeRoom();
    database.fill(500);
    const one = await inTheRoom('Ann', database);
    let answer = (): void => {};
    one.gateway.after = (method) => (method === 'entriesBefore' ? new Promise((resolve) => (answer = resolve)) : undefined);
    void one.session.loadOlder();
    await settled();
    one.gateway.after = () => {};
    one.gateway.line.down();
    one.database.fill(10_000);
    one.gateway.line.up();
    for (let i = 0; i < 20; i++) await one.clock.advance(10);
    answer();
    await settled();
    expect(bodies(one)).toEqual(database.entries.slice(-bodies(one).length).map((entry) => entry.body));
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

  it('is tried without end while the refusals may pass, later and later, reading and writing meanwhile', async () => {
    const one = await inTheRoom();
    one.gateway.connects = false;
    const waits: number[] = [];
    while (waits.length < 20) {
      const lines = one.gateway.lines.length;
      one.gateway.line.end(new ChatError('server', 'DatabaseLackOfConnections'));
      const from = one.clock.now();
      while (one.gateway.lines.length === lines) await one.clock.advance(500);
      waits.push(one.clock.now() - from);
      expect(one.session.snapshot).toMatchObject({ status: 'reconnecting', problem: { code: 'server' } });
    }
    expect(waits[4]).toBeGreaterThan((waits[0] ?? 0) * 4);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_500);
    one.database.fill(1);
    expect(one.session.send('still here')).toBeNull();
    await one.clock.advance(60_000);
    expect(bodies(one).toSorted()).toEqual(['message 1', 'still here']);
    one.gateway.connects = true;
    one.gateway.line.end(new ChatError('server', 'DatabaseLackOfConnections'));
    await one.clock.advance(31_000);
    expect(one.session.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('comes back at once when the page wakes', async () => {
    const one = await inTheRoom();
    one.gateway.connects = false;
    for (let i = 0; i < 10; i++) {
      one.gateway.line.end(new ChatError('server'));
      await one.clock.advance(31_000);
    }
    one.gateway.line.end(new ChatError('server'));
    one.gateway.connects = true;
    one.wake();
    await settled();
    expect(one.session.snapshot.status).toBe('ready');
  });

  it('ends where the line says again and again that one has no part in it, whatever joining says', async () => {
    const one = await inTheRoom();
    one.gateway.connects = false;
    for (let i = 0; i < 7; i++) {
      expect(one.session.snapshot.status).not.toBe('failed');
      one.gateway.line.end(new ChatError('not-a-member', 'Unauthorized'));
      await one.clock.advance(31_000);
    }
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'not-a-member' } });
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
