import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { couple, heard, song, told } from './listening.js';
import { inTheRoom, visitor } from './visitor.js';
import type { Visitor } from './visitor.js';

const offline = (): never => {
  throw new ChatError('network');
};

describe('what others show', () => {
  it('is read when the line comes up, for it may have been told to nobody', async () => {
    const database = new FakeRoom();
    const ann = await inTheRoom('Ann', database);
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    const bob = await inTheRoom('Bob', database, ann.clock);
    await bob.clock.advance(100);
    expect(heard(bob, 'Ann')).toBe('Song a');
    bob.gateway.line.down();
    ann.session.setListening(song('b'));
    await ann.clock.advance(5000);
    bob.gateway.line.up();
    await bob.clock.advance(100);
    expect(heard(bob, 'Ann')).toBe('Song b');
  });

  it('is gone with whoever goes, and is not believed when they come back', async () => {
    const { ann, bob } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    // The browser crashes, and the database drops what it had after a while, telling nobody.
    ann.gateway.line.leave();
    expect(bob.session.snapshot.members.map(({ name }) => name)).toEqual(['Bob']);
    ann.database.listening.clear();
    await bob.clock.advance(60_000);
    const again = await inTheRoom('Ann', ann.database, ann.clock);
    ann.database.tellPresence();
    expect(heard(bob, 'Ann')).toBeNull();
    again.session.dispose();
  });

  it('is there again when only their line was gone', async () => {
    const { ann, bob } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    ann.gateway.line.down();
    expect(heard(bob, 'Ann')).toBeNull();
    ann.gateway.line.up();
    await bob.clock.advance(100);
    expect(heard(bob, 'Ann')).toBe('Song a');
  });

  it('ends in time although nobody told', async () => {
    const { ann, bob } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    ann.database.tellListening = () => {};
    ann.session.setSharing(false);
    await bob.clock.advance(60_000);
    expect(heard(bob, 'Ann')).toBeNull();
  });

  it('is of this moment: what is told during a reading wins', async () => {
    const { ann, bob } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    let answer = (): void => {};
    bob.gateway.after = (method) => {
      if (method === 'listening') return new Promise((resolve) => (answer = resolve));
    };
    bob.gateway.line.up();
    await bob.clock.advance(100);
    ann.session.setSharing(false);
    await settled();
    answer();
    await settled();
    expect(heard(bob, 'Ann')).toBeNull();
  });

  it('is the same object while nothing changed, however often it is read', async () => {
    const { ann, bob } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    const { members } = bob.session.snapshot;
    ann.database.listening.set(ann.gateway.userId ?? '', { ...song('a') });
    bob.gateway.line.up();
    await bob.clock.advance(1000);
    expect(bob.gateway.count('listening')).toBeGreaterThan(1);
    expect(bob.session.snapshot.members).toBe(members);
  });

  it('does not hold the room up when it cannot be read', async () => {
    const database = new FakeRoom();
    const ann = await inTheRoom('Ann', database);
    ann.gateway.before = (method) => (method === 'listening' ? offline() : undefined);
    ann.gateway.line.up();
    await ann.clock.advance(1000);
    expect(ann.session.snapshot).toMatchObject({ status: 'ready', problem: null });
    const reads = ann.gateway.count('listening');
    await ann.clock.advance(60_000);
    expect(ann.gateway.count('listening')).toBeGreaterThan(reads);
  });

  it('is no reason to call anything: a hostile room changes nothing but what is shown', async () => {
    const { ann } = await couple();
    const calls = ann.gateway.calls.length;
    ann.gateway.line.events.listening('somebody', song('x'));
    ann.gateway.line.events.listening(ann.gateway.userId ?? '', song('x'));
    await settled();
    expect(ann.gateway.calls).toHaveLength(calls);
    expect(ann.session.snapshot.members).toHaveLength(2);
  });
});

describe('two pages of one visitor', () => {
  /** Ann once more, on another page. */
  async function another({ gateway, database, clock }: Visitor): Promise<Visitor> {
    const page = visitor(database, clock);
    page.gateway.userId = gateway.userId;
    page.session.start();
    await settled();
    return page;
  }

  it('what a page could not take back, the next one takes back', async () => {
    const ann = await inTheRoom('Ann');
    const { database } = ann;
    ann.session.dispose();
    database.listening.set(ann.gateway.userId ?? '', song('a'));
    const { session, gateway, clock } = await another(ann);
    await clock.advance(1000);
    expect(session.snapshot).toMatchObject({ status: 'ready', sharingListening: false, me: { listening: null } });
    expect(gateway.count('shareListening')).toBe(1);
    expect(database.listening.size).toBe(0);
  });

  it('what is still true on the first page is shown again, once', async () => {
    const { ann: left, bob } = await couple();
    left.session.setSharing(true);
    left.session.setListening(song('a'));
    await left.clock.advance(5000);
    const right = await another(left);
    await left.clock.advance(30_000);
    expect(heard(bob, 'Ann')).toBe('Song a');
    expect(told(right)).toEqual([null]);
    expect(told(left)).toEqual(['Song a', 'Song a']);
  });
});
