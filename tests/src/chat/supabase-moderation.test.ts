import { describe, expect, it, vi } from 'vitest';
import { systemClock, type Clock } from '../../../src/clock.js';
import { bodies, idOf, People, reaches, until } from './people.js';

// On a busy machine a database takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const people = new People();
const inAnHour = (): number => Date.now() + 3_600_000;

describe('moderating, down to the database', () => {
  it('mutes a member, who is told and refused, and lets them write again', async () => {
    const { owner, room } = await people.owner('Ann');
    const bob = await people.join('Bob', { room });
    const end = inAnHour();
    expect(await owner.session.moderate.mute(idOf(bob), end)).toBeNull();
    await until(() => expect(bob.session.snapshot.me?.mutedUntil).toBe(end));
    bob.session.send('let me');
    await until(() => expect(bob.session.snapshot.messages).toMatchObject([{ state: 'failed', problem: { code: 'muted' } }]));
    expect(await owner.session.moderate.unmute(idOf(bob))).toBeNull();
    await until(() => expect(bob.session.snapshot.me?.mutedUntil).toBeNull());
    bob.session.retry(bob.session.snapshot.messages[0]?.id ?? '');
    await until(() => expect(bodies(owner)).toEqual(['let me']));
  });

  it('mutes for as long as it says, by clocks that are an hour off', async () => {
    const off = (ms: number): Clock => ({ ...systemClock, now: () => Date.now() + ms });
    const [slow, fast] = [off(-3_600_000), off(3_600_000)];
    const { owner, room } = await people.owner('Ann', { clock: slow });
    const bob = await people.join('Bob', { room, clock: fast });
    expect(await owner.session.moderate.mute(idOf(bob), slow.now() + 600_000)).toBeNull();
    await until(() => expect(bob.session.snapshot.me?.mutedUntil).not.toBeNull());
    const left = ((bob.session.snapshot.me?.mutedUntil ?? 0) - fast.now()) / 60_000;
    expect(left).toBeGreaterThan(8);
    expect(left).toBeLessThan(12);
    await until(() => {
      const seen = owner.session.snapshot.members.find(({ id }) => id === idOf(bob))?.mutedUntil ?? 0;
      expect(Math.abs((seen - slow.now()) / 60_000 - left)).toBeLessThan(2);
    });
    bob.session.send('let me');
    await until(() => expect(bob.session.snapshot.messages).toMatchObject([{ state: 'failed', problem: { code: 'muted' } }]));
  });

  it('bans a member: within 5 s they are out, receive nothing, and what they try is refused; then lets them in again', async () => {
    const { owner, room } = await people.owner('Ann');
    const bob = await people.join('Bob', { room });
    const cem = await people.join('Cem', { room });
    const bobId = idOf(bob);

    // Somebody who takes no notice of the topic's end, and whose policies the server has cached.
    const eavesdropper = people.backend.client({ role: 'authenticated', sub: bobId });
    const { data } = await eavesdropper.from('rooms').select('id,epoch').eq('slug', room).single();
    const { id, epoch } = data as { id: string; epoch: number };
    const overheard: unknown[] = [];
    await eavesdropper.realtime.setAuth();
    const topic = (name: string) => eavesdropper.channel(name, { config: { private: true } });
    const old = topic(`room:${id}:${epoch}`);
    await new Promise<void>((live) => {
      old
        .on('broadcast', { event: 'entry' }, ({ payload }) => void overheard.push(payload))
        .subscribe((status) => status === 'SUBSCRIBED' && live());
    });
    cem.session.send('before');
    await until(() => expect(overheard).toMatchObject([{ body: 'before' }]));

    const bannedAt = Date.now();
    expect(await owner.session.moderate.ban(bobId, Infinity, 'Spam')).toBeNull();
    await until(() => expect(bob.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'banned' } }));
    expect(Date.now() - bannedAt).toBeLessThan(5000);
    cem.session.send('after');
    await until(() => expect(bodies(owner)).toEqual(['before', 'after']));
    expect(bodies(bob)).toEqual(['before']);
    expect(overheard).toHaveLength(1);
    const turned = topic(`room:${id}:${epoch + 1}`);
    expect(await new Promise((answer) => turned.subscribe((status) => answer(status)))).toBe('CHANNEL_ERROR');
    expect((await eavesdropper.from('room_entries').select('body').eq('room_id', id)).data).toEqual([]);
    await eavesdropper.removeAllChannels();
    await eavesdropper.realtime.disconnect();

    expect(bob.session.send('let me')).toMatchObject({ code: 'banned' });
    await until(() => expect(owner.session.snapshot.moderation?.bans).toMatchObject([{ userId: bobId, name: 'Bob', until: Infinity, reason: 'Spam' }]));
    expect(await owner.session.moderate.unban(bobId)).toBeNull();
    await until(() => expect(owner.session.snapshot.moderation?.bans).toEqual([]));
    bob.session.start();
    await reaches(bob, 'ready');
    await until(() => expect(bodies(bob)).toEqual(['before', 'after']));
  });

  it('bans two within a second: both are out within 5 s, and the others hear what is said on the topic after both turns', async () => {
    const { owner, room } = await people.owner('Ann');
    const [bob, cem, dora] = [await people.join('Bob', { room }), await people.join('Cem', { room }), await people.join('Dora', { room })];
    const bannedAt = Date.now();
    const bans = [bob, cem].map((one) => owner.session.moderate.ban(idOf(one), Infinity));
    expect(await Promise.all(bans)).toEqual([null, null]);
    expect(Date.now() - bannedAt).toBeLessThan(1000);
    for (const one of [bob, cem]) {
      await until(() => expect(one.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'banned' } }));
    }
    expect(Date.now() - bannedAt).toBeLessThan(5000);
    expect(owner.session.send('after both')).toBeNull();
    await until(() => expect(bodies(dora)).toEqual(['after both']));
    await reaches(dora, 'ready');
    expect([bodies(bob), bodies(cem)]).toEqual([[], []]);
  });

  it('makes a moderator, who deletes and sees reports, and no more than that', async () => {
    const { owner, room } = await people.owner('Ann');
    const bob = await people.join('Bob', { room });
    const cem = await people.join('Cem', { room });
    cem.session.send('rude');
    await until(() => expect(bodies(bob)).toEqual(['rude']));
    const messageId = bob.session.snapshot.messages[0]?.id ?? '';
    expect(await bob.session.moderate.mute(idOf(cem), Infinity)).toEqual({ code: 'not-allowed' });
    expect(await bob.session.report(messageId, 'Rude')).toBeNull();
    expect(await bob.session.report(messageId, 'Rude again')).toBeNull();
    expect(bob.session.snapshot.moderation).toBeNull();

    expect(await owner.session.moderate.setRole(idOf(bob), 'moderator')).toBeNull();
    await until(() =>
      expect(bob.session.snapshot.moderation?.reports).toMatchObject({
        messages: 1,
        reports: 1,
        list: [{ messageId, body: 'rude', authorName: 'Cem', reporters: 1, reports: [{ reporterName: 'Bob', reason: 'Rude' }] }],
      }),
    );
    expect(await bob.session.moderate.setRole(idOf(cem), 'moderator')).toEqual({ code: 'not-allowed' });
    expect(await bob.session.moderate.ban(idOf(owner), Infinity)).toEqual({ code: 'not-allowed' });
    bob.session.remove(messageId);
    for (const one of [owner, bob, cem]) {
      await until(() => expect(one.session.snapshot.messages).toMatchObject([{ deleted: true, body: '', changing: false }]));
    }
    // Of a deleted one its author is known still, and what may be done about them.
    expect(bob.session.snapshot.messages[0]?.may).toMatchObject({ remove: false, report: false, moderate: true });
    expect(await bob.session.moderate.member(bob.session.snapshot.messages[0]?.authorId ?? '')).toMatchObject({ name: 'Cem', role: 'member' });
    expect(await bob.session.moderate.resolve(messageId)).toBeNull();
    await until(() => expect(bob.session.snapshot.moderation?.reports).toMatchObject({ messages: 0, list: [] }));
    expect(await owner.session.moderate.setRole(idOf(bob), 'member')).toBeNull();
    await until(() => expect(bob.session.snapshot.moderation).toBeNull());
  });

  it('changes the room for everybody in it: moderators its pace, the owner the rest', async () => {
    const { owner, room } = await people.owner('Ann');
    const bob = await people.join('Bob', { room });
    await owner.session.moderate.setRole(idOf(bob), 'moderator');
    const cem = await people.join('Cem', { room });
    expect(await bob.session.moderate.setRoom({ slowSeconds: 60 })).toBeNull();
    await until(() => expect(cem.session.snapshot.room?.slowSeconds).toBe(60));
    cem.session.send('one');
    await until(() => expect(cem.session.snapshot.slowUntil).toBeGreaterThan(Date.now() + 30_000));
    cem.session.send('two');
    await until(() => expect(cem.session.snapshot.messages[1]).toMatchObject({ state: 'sending', problem: { code: 'slow-mode' } }));
    expect(await bob.session.moderate.setRoom({ title: 'Mine' })).toEqual({ code: 'not-allowed' });
    expect(await owner.session.moderate.setRoom({ title: 'Ours', slowSeconds: 0 })).toBeNull();
    await until(() => expect(cem.session.snapshot.room).toMatchObject({ title: 'Ours', slowSeconds: 0 }));
    await until(() => expect(bodies(owner)).toEqual(['one', 'two']));
    expect(await owner.session.moderate.setRoom({ allowsGuests: false })).toBeNull();
    await until(() => expect(owner.session.snapshot.room).toMatchObject({ allowsGuests: false }));
    // A guest who was inside is out with it.
    await until(() => expect(cem.session.snapshot.status).not.toBe('ready'));
    const dan = people.come({ room });
    await reaches(dan, 'signed-out');
    await dan.session.join('Dan');
    await until(() => expect(dan.session.snapshot.problem).toMatchObject({ code: 'guests-refused' }));
  });

  it('opens a private room by an invitation, so often as it says', async () => {
    const { owner, room } = await people.owner('Ann');
    expect(await owner.session.moderate.setRoom({ isPublic: false })).toBeNull();
    const stranger = people.come({ room });
    await until(() => expect(stranger.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'room-unknown' } }));
    const made = await owner.session.moderate.invite(3600, 1);
    const invitation = 'token' in made ? made.token : '';
    const bob = await people.join('Bob', { room, invitation });
    owner.session.send('welcome');
    await until(() => expect(bodies(bob)).toEqual(['welcome']));
    const late = people.come({ room, invitation });
    await reaches(late, 'signed-out');
    await late.session.join('Late');
    await until(() => expect(late.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'invitation-invalid' } }));
    const second = await owner.session.moderate.invite(3600, null);
    expect(await owner.session.moderate.revokeInvitations()).toBeNull();
    const revoked = people.come({ room, invitation: 'token' in second ? second.token : '' });
    await reaches(revoked, 'signed-out');
    await revoked.session.join('Dan');
    await until(() => expect(revoked.session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'invitation-invalid' } }));
    // Who is in needs no invitation any more, and an old one does no harm.
    bob.session.dispose();
    const again = people.come({ room, invitation, storageKey: bob.storageKey });
    await reaches(again, 'ready');
  });
});
