import { describe, expect, it } from 'vitest';
import { ChatError } from '../../../src/chat/gateway.js';
import { settled } from './fake-clock.js';
import { couple } from './listening.js';
import { bodies, visitor, type Visitor } from './visitor.js';

const idOf = ({ session }: Visitor): string => session.snapshot.me?.id ?? '';

describe('slow mode', () => {
  it('holds the next message back by itself, and lets changes pass', async () => {
    const { ann } = await couple();
    ann.database.set({ slowSeconds: 30 });
    ann.session.send('one');
    await settled();
    expect(ann.session.snapshot.slowUntil).toBe(ann.clock.now() + 30_000);
    ann.session.send('two');
    ann.session.react(ann.session.snapshot.messages[0]?.id ?? '', '👍');
    await settled();
    expect(ann.session.snapshot.messages).toMatchObject([
      { body: 'one', changing: false, reactions: [{ emoji: '👍' }] },
      { body: 'two', state: 'sending', problem: { code: 'slow-mode', waitSeconds: 30 } },
    ]);
    await ann.clock.advance(30_000);
    expect(bodies(ann)).toEqual(['one', 'two']);
    expect(ann.session.snapshot.messages[1]).toMatchObject({ state: 'sent', problem: null });
  });

  it('is the database’s word where this page knows nothing of it, and nothing to a moderator', async () => {
    const { ann, bob } = await couple();
    ann.gateway.before = (method) => {
      if (method === 'send') throw new ChatError('slow-mode', '', 12);
    };
    ann.session.send('another device wrote');
    await settled();
    expect(ann.session.snapshot.slowUntil).toBe(ann.clock.now() + 12_000);
    ann.gateway.before = () => {};
    await ann.clock.advance(12_000);
    expect(bodies(bob)).toEqual(['another device wrote']);
    bob.database.change(idOf(bob), { role: 'moderator' });
    bob.database.set({ slowSeconds: 60 });
    bob.session.send('one');
    bob.session.send('two');
    await settled();
    expect(bodies(bob).slice(-2)).toEqual(['one', 'two']);
    expect(bob.session.snapshot.slowUntil).toBeNull();
  });
});

describe('a guest who becomes a member', () => {
  /** @param told whether the line tells of it, or the next reading */
  const met = async (told: boolean) => {
    const { ann, bob } = await couple();
    const { database } = ann;
    const guest = idOf(bob);
    bob.session.send('hello');
    await settled();
    database.change(idOf(ann), { role: 'moderator' });
    database.enter('account', 'Robert');
    if (!told) database.deliver = () => {};
    database.adopt(guest, 'account');
    bob.session.dispose();
    await ann.clock.advance(60_000);
    return { ann, database, guest };
  };

  it.each([true, false])('is the member on the others’ pages, told live (%s) or read later', async (told) => {
    const { ann } = await met(told);
    expect(ann.session.snapshot.messages.at(-1)).toMatchObject({ body: 'hello', authorId: 'account', authorName: 'Bob' });
    expect(ann.session.snapshot.members.map(({ name }) => name)).toEqual(['Ann']);
  });

  it('is acted upon as the member, by whatever id one began', async () => {
    const { ann, database, guest } = await met(true);
    expect(await ann.session.moderate.ban(guest, Infinity)).toBeNull();
    expect([...database.bans.keys()]).toEqual(['account']);
  });
});

describe('a topic that turns', () => {
  it('is followed at once by everybody but the banned', async () => {
    const { ann, bob } = await couple();
    ann.database.change(idOf(ann), { role: 'owner' });
    expect(await ann.session.moderate.ban(idOf(bob), Infinity, 'spam')).toBeNull();
    // The one who had to go finds out before all others ask: in a full room these take a while.
    await ann.clock.advance(200);
    expect(bob.session.snapshot.status).toBe('failed');
    expect(ann.gateway.count('join')).toBe(1);
    await ann.clock.advance(2000);
    expect(bob.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'banned' } });
    expect(ann.session.snapshot.status).toBe('ready');
    ann.database.fill(1);
    expect(bodies(ann)).toEqual(['message 1']);
    expect(bodies(bob)).toEqual([]);
    expect(ann.session.snapshot.moderation?.bans).toMatchObject([{ name: 'Bob', until: Infinity, reason: 'spam' }]);
    expect(ann.gateway.lines.filter((line) => line.isLive)).toHaveLength(1);
  });
});

describe('a ban for a time', () => {
  it('says when it ends, and ends by itself in an open page', async () => {
    const { ann, bob } = await couple();
    bob.gateway.before = (method) => {
      if (method === 'join') throw new ChatError('banned', '', 600);
    };
    ann.database.ban(idOf(bob));
    await ann.clock.advance(2000);
    expect(bob.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'banned', waitSeconds: 600 } });
    // Said to end when it ends, whenever that is read, and not ten minutes from then.
    const until = bob.session.snapshot.problem?.until ?? 0;
    expect(until - ann.clock.now()).toBeGreaterThan(597_000);
    expect(until - ann.clock.now()).toBeLessThanOrEqual(600_000);
    const asked = bob.gateway.count('join');
    await ann.clock.advance(590_000);
    expect(bob.gateway.count('join')).toBe(asked);
    ann.database.bans.clear();
    bob.database.enter(bob.gateway.userId ?? '', 'Bob');
    bob.gateway.before = () => {};
    await ann.clock.advance(20_000);
    expect(bob.session.snapshot).toMatchObject({ status: 'ready', problem: null });
  });

  it('lets one in who comes while it lasts, as soon as it has ended', async () => {
    const { ann, bob } = await couple();
    const late = visitor(ann.database, ann.clock);
    late.gateway.userId = bob.gateway.userId;
    late.gateway.before = (method) => {
      if (method === 'join') throw new ChatError('banned', '', 30);
    };
    late.session.start();
    await settled();
    expect(late.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'banned', waitSeconds: 30 } });
    late.gateway.before = () => {};
    await ann.clock.advance(32_000);
    expect(late.session.snapshot.status).toBe('ready');
  });
});

describe('looking after a room', () => {
  it('shows moderators what members reported, until it is resolved', async () => {
    const { ann, bob } = await couple();
    bob.session.send('rude');
    await settled();
    const id = bob.session.snapshot.messages[0]?.id ?? '';
    expect(await ann.session.report(id, 'x'.repeat(600))).toBeNull();
    ann.database.change(idOf(ann), { role: 'moderator' });
    await settled();
    expect(ann.session.snapshot.moderation?.reports).toMatchObject({
      messages: 1,
      reports: 1,
      list: [{ messageId: id, authorName: 'Bob', body: 'rude', reporters: 1, reports: [{ reporterName: 'Ann', reason: 'x'.repeat(500) }] }],
    });
    expect(await ann.session.moderate.resolve(id)).toBeNull();
    await settled();
    expect(ann.session.snapshot.moderation?.reports).toEqual({ messages: 0, reports: 0, list: [] });
  });

  it('lists more of them when asked, and keeps to that', async () => {
    const { ann, bob } = await couple();
    bob.database.fill(45);
    // Until the room is calm again: what changes in a busy one is told with the frames.
    await ann.clock.advance(5000);
    const ids = bob.database.entries.map(({ id }) => id);
    for (const id of ids) await bob.session.report(id, 'no');
    ann.database.change(idOf(ann), { role: 'moderator' });
    await settled();
    const listed = (): unknown => ann.session.snapshot.moderation?.reports.list.length;
    expect(listed()).toBe(20);
    expect(ann.session.snapshot.moderation?.reports.messages).toBe(45);
    await ann.session.moderate.moreReports();
    expect(listed()).toBe(40);
    await ann.session.moderate.resolve(ids[0] ?? '');
    await settled();
    expect(listed()).toBe(40);
    expect(ann.session.snapshot.moderation?.reports.messages).toBe(44);
  });

  it('knows a member who is not here, and nobody where there is none', async () => {
    const { ann, bob } = await couple();
    ann.database.change(idOf(ann), { role: 'owner' });
    ann.database.change(idOf(bob), { mutedUntil: Infinity });
    bob.session.dispose();
    await settled();
    expect(ann.session.snapshot.members.map(({ name }) => name)).not.toContain('Bob');
    expect(await ann.session.moderate.member(idOf(bob))).toMatchObject({ name: 'Bob', mutedUntil: Infinity });
    expect(await ann.session.moderate.member('nobody')).toBeNull();
    ann.gateway.before = (method) => {
      if (method === 'members') throw new ChatError('network');
    };
    expect(await ann.session.moderate.member(idOf(bob))).toBeNull();
  });

  it('tells what was refused, and offers nothing to others', async () => {
    const { ann, bob } = await couple();
    expect(await ann.session.moderate.mute(idOf(bob), Infinity)).toEqual({ code: 'not-allowed' });
    expect(await ann.session.moderate.invite(3600, null)).toEqual({ code: 'not-allowed' });
    expect(await ann.session.moderate.revokeInvitations()).toEqual({ code: 'not-allowed' });
    expect(await visitor().session.moderate.member('x')).toBeNull();
    expect(await visitor().session.moderate.unban('x')).toEqual({ code: 'not-allowed' });
  });

  it('takes away what a muted member may do, and gives it back when that ends', async () => {
    const { ann, bob } = await couple();
    bob.session.send('hello');
    await settled();
    bob.database.change(idOf(bob), { mutedUntil: bob.clock.now() + 60_000 });
    const may = (): boolean | undefined => bob.session.snapshot.messages[0]?.may.reply;
    expect(may()).toBe(false);
    bob.session.send('muted');
    await settled();
    expect(bob.session.snapshot.messages[1]).toMatchObject({ state: 'failed', problem: { code: 'muted' } });
    await ann.clock.advance(60_000);
    expect(may()).toBe(true);
  });
});

describe('an invitation', () => {
  it('goes with the joining of a room that is not shown to strangers', async () => {
    const one = visitor(undefined, undefined, 'lobby', { invitation: ' token ' });
    one.gateway.before = (method) => {
      if (method === 'find') throw new ChatError('room-unknown');
    };
    one.session.start();
    await settled();
    expect(one.session.snapshot.status).toBe('signed-out');
    await one.session.join('Ann');
    await settled();
    expect(one.session.snapshot).toMatchObject({ status: 'ready', room: { title: 'The lobby' } });
    expect(one.gateway.calls.find(({ method }) => method === 'join')?.args).toEqual(['lobby', 'Ann', 'token']);
  });

  it('that is no good any more says so', async () => {
    const one = visitor(undefined, undefined, 'lobby', { invitation: 'token' });
    one.gateway.before = (method) => {
      if (method === 'join') throw new ChatError('invitation-invalid');
    };
    one.session.start();
    await settled();
    await one.session.join('Ann');
    expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'invitation-invalid' } });
  });
});
