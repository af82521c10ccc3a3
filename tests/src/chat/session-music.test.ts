import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import type { Listening } from '../../../src/chat/model.js';
import { settled } from './fake-clock.js';
import { FakeRoom } from './fake-gateway.js';
import { bodies, inTheRoom, visitor } from './visitor.js';
import type { Visitor } from './visitor.js';

const ids = 'abcdefghijklmnopqrstuvwxyz';

/** One track for each letter. */
function song(letter: string): Listening {
  const uri = `spotify:track:${letter.repeat(22)}`;
  return { uri, title: `Song ${letter}`, artists: 'Somebody', artwork: 'https://i.scdn.co/image/1' };
}

const shared = { uri: `spotify:album:${'a'.repeat(22)}`, title: 'An album', artists: 'Somebody' };

const offline = (): never => {
  throw new ChatError('network');
};

/** What `one` sees that `name` listens to. */
function heard({ session }: Visitor, name: string): string | null {
  return session.snapshot.members.find((member) => member.name === name)?.listening?.title ?? null;
}

/** What was told of one's listening, in order. */
function told({ gateway }: Visitor): (string | null)[] {
  const calls = gateway.calls.filter(({ method }) => method === 'shareListening');
  return calls.map(({ args }) => (args[1] as Listening | null)?.title ?? null);
}

async function couple(): Promise<{ ann: Visitor; bob: Visitor }> {
  const ann = await inTheRoom('Ann');
  const bob = await inTheRoom('Bob', ann.database, ann.clock);
  await ann.clock.advance(1000);
  return { ann, bob };
}

describe('sharing a track', () => {
  it('is writing a message: shown at once, stored once, seen by everybody', async () => {
    const { ann, bob } = await couple();
    expect(ann.session.shareTrack(shared)).toBeNull();
    expect(ann.session.snapshot.messages).toMatchObject([{ body: 'An album', track: shared, state: 'sending', mine: true }]);
    await settled();
    expect(ann.session.snapshot.messages).toMatchObject([{ body: 'An album', track: shared, state: 'sent', mine: true }]);
    expect(bob.session.snapshot.messages).toMatchObject([{ body: 'An album', track: shared, state: 'sent', mine: false }]);
  });

  it('keeps its place among what is written', async () => {
    const { ann, bob } = await couple();
    ann.session.send('listen to this');
    ann.session.shareTrack(shared);
    ann.session.send('good, is it not?');
    await settled();
    expect(bodies(bob)).toEqual(['listen to this', 'An album', 'good, is it not?']);
  });

  it('can be tried again, and then is there once although the first answer was lost', async () => {
    const { ann } = await couple();
    ann.gateway.after = offline;
    ann.database.deliver = () => {};
    ann.session.shareTrack(shared);
    await settled();
    const [failed] = ann.session.snapshot.messages;
    expect(failed).toMatchObject({ state: 'failed', track: shared, problem: { code: 'network' } });
    ann.gateway.after = () => {};
    ann.session.retry(failed?.id ?? '');
    await settled();
    expect(ann.session.snapshot.messages).toMatchObject([{ state: 'sent', track: shared }]);
    expect(ann.database.entries).toHaveLength(1);
  });

  it('can be given up', async () => {
    const { ann } = await couple();
    ann.gateway.before = offline;
    ann.session.shareTrack(shared);
    await settled();
    ann.session.discard(ann.session.snapshot.messages[0]?.id ?? '');
    expect(ann.session.snapshot.messages).toEqual([]);
  });

  it.each(['javascript:alert(1)', `spotify:user:${'a'.repeat(22)}`, 'spotify:local:a:b:c:1', ''])('of %j is refused here', async (uri) => {
    const { ann } = await couple();
    expect(ann.session.shareTrack({ ...shared, uri })).toEqual({ code: 'track-invalid' });
    expect(ann.session.snapshot.messages).toEqual([]);
    expect(ann.gateway.count('shareTrack')).toBe(0);
  });

  it('cuts a title that no room takes', async () => {
    const { ann } = await couple();
    ann.session.shareTrack({ ...shared, title: 'x'.repeat(10_000) });
    await settled();
    expect(bodies(ann)).toEqual(['x'.repeat(300)]);
  });

  it('waits for a room', async () => {
    const { ann } = await couple();
    ann.gateway.line.end(new ChatError('not-a-member'));
    ann.database.members.clear();
    ann.gateway.userId = null;
    await ann.clock.advance(60_000);
    expect(ann.session.shareTrack(shared)).not.toBeNull();
  });
});

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
    for (const letter of ids.slice(0, 10)) {
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
