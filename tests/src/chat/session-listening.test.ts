import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { settled } from './fake-clock.js';
import { couple, heard, song, told } from './listening.js';
import type { Visitor } from './visitor.js';

const offline = (): never => {
  throw new ChatError('network');
};

describe('showing what one listens to', () => {
  it('is off until it is turned on, and then the others see it', async () => {
    const { ann, bob } = await couple();
    ann.session.setListening(song('a'));
    await ann.clock.advance(60_000);
    expect(told(ann)).toEqual([]);
    expect(ann.session.snapshot.sharingListening).toBe(false);
    ann.session.setSharing(true);
    expect(ann.session.snapshot.sharingListening).toBe(true);
    await settled();
    expect(heard(bob, 'Ann')).toBe('Song a');
    expect(bob.session.snapshot.members.find(({ name }) => name === 'Ann')?.listening).toEqual(song('a'));
    expect(heard(ann, 'Ann')).toBe('Song a');
    expect(ann.session.snapshot.me?.listening).toEqual(song('a'));
  });

  it('tells where a visitor stays who skips, at most once in 3 s', async () => {
    const { ann, bob } = await couple();
    ann.session.setSharing(true);
    for (const letter of 'abcdefghij') {
      ann.session.setListening(song(letter));
      await ann.clock.advance(500);
    }
    await ann.clock.advance(3000);
    expect(told(ann)).toEqual(['Song a', 'Song f', 'Song j']);
    expect(heard(bob, 'Ann')).toBe('Song j');
  });

  it('tells no track twice, however often the player reports it', async () => {
    const { ann } = await couple();
    ann.session.setSharing(true);
    for (let i = 0; i < 100; i++) {
      ann.session.setListening({ ...song('a') });
      await ann.clock.advance(1000);
    }
    expect(told(ann)).toEqual(['Song a']);
  });

  it('tells nothing of a detour that ended where it began', async () => {
    const { ann } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    ann.session.setListening(song('b'));
    ann.session.setListening(song('a'));
    await ann.clock.advance(10_000);
    expect(told(ann)).toEqual(['Song a']);
  });

  it('is renewed every 5 minutes while it is true, and no longer', async () => {
    const { ann } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await ann.clock.advance(20 * 60_000 + 1000);
    expect(told(ann)).toEqual(Array(5).fill('Song a'));
    ann.session.setListening(null);
    await ann.clock.advance(20 * 60_000);
    expect(told(ann)).toEqual([...Array<string>(5).fill('Song a'), null]);
  });

  it('never leaves the page for what cannot be named: a file of the visitor’s own', async () => {
    const { ann, bob } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    ann.session.setListening({ ...song('b'), uri: 'spotify:local:Me:Private:Song:1' });
    await ann.clock.advance(10_000);
    expect(told(ann)).toEqual(['Song a', null]);
    expect(heard(bob, 'Ann')).toBeNull();
  });

  it('gives up after some tries, and begins anew with the next track', async () => {
    const { ann, bob } = await couple();
    ann.gateway.before = (method) => (method === 'shareListening' ? offline() : undefined);
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await ann.clock.advance(10 * 60_000);
    expect(told(ann)).toHaveLength(6);
    ann.gateway.before = () => {};
    ann.session.setListening(song('b'));
    await ann.clock.advance(60_000);
    expect(heard(bob, 'Ann')).toBe('Song b');
  });

  it('begins anew when the page wakes', async () => {
    const { ann, bob } = await couple();
    ann.gateway.before = (method) => (method === 'shareListening' ? offline() : undefined);
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await ann.clock.advance(10 * 60_000);
    ann.gateway.before = () => {};
    ann.wake();
    await ann.clock.advance(60_000);
    expect(heard(bob, 'Ann')).toBe('Song a');
  });

  it('waits as long as the database says', async () => {
    const { ann } = await couple();
    ann.gateway.before = (method) => {
      if (method === 'shareListening') throw new ChatError('rate-limited', '', 20);
    };
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await ann.clock.advance(19_000);
    expect(told(ann)).toHaveLength(1);
    await ann.clock.advance(2000);
    expect(told(ann)).toHaveLength(2);
  });

  it('is no problem of the room when it fails', async () => {
    const { ann } = await couple();
    ann.gateway.before = (method) => (method === 'shareListening' ? offline() : undefined);
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    expect(ann.session.snapshot).toMatchObject({ status: 'ready', problem: null });
  });
});

describe('taking it back', () => {
  async function showing(): Promise<{ ann: Visitor; bob: Visitor }> {
    const { ann, bob } = await couple();
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    await settled();
    expect(heard(bob, 'Ann')).toBe('Song a');
    return { ann, bob };
  }

  it('by turning it off is done at once', async () => {
    const { ann, bob } = await showing();
    ann.session.setSharing(false);
    expect(ann.session.snapshot.sharingListening).toBe(false);
    await settled();
    expect(heard(bob, 'Ann')).toBeNull();
    expect(heard(ann, 'Ann')).toBeNull();
    expect(ann.database.listening.size).toBe(0);
  });

  it('happens at once when nothing plays, and playing again shows again', async () => {
    const { ann, bob } = await showing();
    ann.session.setListening(null);
    await settled();
    expect(heard(bob, 'Ann')).toBeNull();
    expect(ann.session.snapshot.sharingListening).toBe(true);
    ann.session.setListening(song('a'));
    await ann.clock.advance(3000);
    expect(heard(bob, 'Ann')).toBe('Song a');
  });

  it('happens when the room is left', async () => {
    const { ann, bob } = await showing();
    ann.session.dispose();
    await settled();
    expect(ann.database.listening.size).toBe(0);
    expect(heard(bob, 'Ann')).toBeNull();
    const calls = told(ann).length;
    await ann.clock.advance(60_000);
    expect(told(ann)).toHaveLength(calls);
  });

  it('happens when the page goes away, by a call that outlives it', async () => {
    const { ann, bob } = await showing();
    ann.leavePage();
    expect(ann.gateway.calls.at(-1)).toMatchObject({ method: 'shareListening', args: ['room-1', null, { keepalive: true }] });
    await settled();
    expect(heard(bob, 'Ann')).toBeNull();
  });

  it('by a page that went away is undone when the page comes back', async () => {
    const { ann, bob } = await showing();
    ann.leavePage();
    await ann.clock.advance(60_000);
    ann.wake();
    await settled();
    expect(heard(bob, 'Ann')).toBe('Song a');
  });

  it('asks nothing of a page that showed nothing', async () => {
    const { ann } = await couple();
    ann.session.setListening(song('a'));
    ann.leavePage();
    ann.session.setListening(null);
    ann.session.setSharing(true);
    ann.session.setSharing(false);
    ann.session.dispose();
    expect(told(ann)).toEqual([]);
  });

  it('does not wait for a call that hangs, and is done again after it', async () => {
    const { ann, bob } = await couple();
    let arrive = (): void => {};
    ann.gateway.before = (method) => {
      if (method === 'shareListening' && told(ann).length === 1) return new Promise((resolve) => (arrive = resolve));
    };
    ann.session.setSharing(true);
    ann.session.setListening(song('a'));
    ann.session.setSharing(false);
    await settled();
    expect(told(ann)).toEqual(['Song a', null]);
    arrive();
    await settled();
    expect(told(ann)).toEqual(['Song a', null, null]);
    expect(heard(bob, 'Ann')).toBeNull();
    expect(ann.database.listening.size).toBe(0);
  });

  it('is tried until it worked', async () => {
    const { ann, bob } = await showing();
    ann.gateway.before = (method) => (method === 'shareListening' ? offline() : undefined);
    ann.session.setSharing(false);
    await ann.clock.advance(3000);
    ann.gateway.before = () => {};
    await ann.clock.advance(5000);
    expect(heard(bob, 'Ann')).toBeNull();
  });

  it('is not tried for longer than the database would keep it', async () => {
    const { ann } = await showing();
    ann.gateway.before = (method) => (method === 'shareListening' ? offline() : undefined);
    ann.session.setSharing(false);
    await ann.clock.advance(16 * 60_000);
    const tries = told(ann).length;
    await ann.clock.advance(60 * 60_000);
    expect(told(ann)).toHaveLength(tries);
  });

  it('comes before what a quick hand turned on again', async () => {
    const { ann, bob } = await showing();
    ann.session.setSharing(false);
    ann.session.setSharing(true);
    await ann.clock.advance(10_000);
    expect(heard(bob, 'Ann')).toBe('Song a');
    expect(told(ann)).toEqual(['Song a', null, 'Song a']);
  });

  it('goes with the room: whoever is let in again has it off', async () => {
    const { ann } = await showing();
    ann.database.members.delete(ann.gateway.userId ?? '');
    ann.gateway.before = (method) => {
      if (method === 'join') throw new ChatError('not-a-member');
    };
    ann.gateway.line.end(new ChatError('not-a-member'));
    await ann.clock.advance(60_000);
    expect(ann.session.snapshot).toMatchObject({ status: 'failed', sharingListening: false });
    ann.gateway.before = () => {};
    ann.database.enter(ann.gateway.userId ?? '', 'Ann');
    ann.session.start();
    await ann.clock.advance(1000);
    expect(ann.session.snapshot).toMatchObject({ status: 'ready', sharingListening: false });
  });
});
