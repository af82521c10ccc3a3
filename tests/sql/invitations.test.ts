import { describe, expect, test } from 'vitest';
import { act, announced, audited, id, isIn, log, refusedAct, send } from './acts.js';
import { entries, rooms, userId, useWorld, type Caller, type Person, type World } from './support.js';

const inWorld = useWorld();

interface Invitation {
  readonly token: string;
  readonly expires_at: string;
}

const invite = (world: World, lasts = 3600, uses: number | null = null, room: string = rooms.closed) =>
  act<Invitation>(world, 'moderator', 'create_invitation', [lasts, uses], room);

const join = (world: World, who: Person | Caller, token: string | null) => world.call(who, "join_room('closed', null, $1)", [token]);
const refusedJoin = (world: World, who: Person | Caller, token: string | null) =>
  world.refused(who, "join_room('closed', null, $1)", [token]);

const invalid = { message: 'invitation_invalid' };

/** Somebody with a profile who is in no room. */
async function somebody(world: World, number: number): Promise<Caller> {
  const sub = id(900 + number);
  await world.sql('insert into auth.users (id) values ($1)', [sub]);
  await world.sql("insert into room_profiles (user_id, display_name) values ($1, 'Somebody')", [sub]);
  return { claims: { role: 'authenticated', sub } };
}

describe('an invitation', () => {
  test(
    'opens a private room to any number, until it ends; only its hash is stored',
    inWorld(async (world) => {
      const { token, expires_at } = await invite(world);
      expect(token).toMatch(/^[\w-]{22}$/);
      expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(3_500_000);
      for (const number of [1, 2, 3]) await join(world, await somebody(world, number), token);
      const stored = await world.sql<{ text: string }>('select invitation::text as text from room_invitations invitation');
      expect(stored.map(({ text }) => text).join()).not.toContain(token);
      await world.run("update room_invitations set expires_at = now() - interval '1 second'");
      expect(await refusedJoin(world, 'stranger', token)).toEqual(invalid);
    }),
  );

  test(
    'is good for so many people; who is in already uses none up',
    inWorld(async (world) => {
      const { token } = await invite(world, 3600, 2);
      await join(world, 'member', token);
      const first = await somebody(world, 1);
      await join(world, first, token);
      await join(world, first, token);
      await join(world, await somebody(world, 2), token);
      expect(await refusedJoin(world, await somebody(world, 3), token)).toEqual(invalid);
    }),
  );

  test(
    'is for its room alone, and nobody else tells from a wrong one whether there is a room',
    inWorld(async (world) => {
      const { token } = await invite(world, 3600, null, rooms.open);
      expect(await refusedJoin(world, 'stranger', token)).toEqual(invalid);
      expect(await world.refused('stranger', "join_room('nowhere', null, $1)", [token])).toEqual(invalid);
      expect(await refusedJoin(world, 'stranger', '')).toEqual({ message: 'room_unknown' });
      expect(await isIn(world, 'stranger', rooms.closed)).toBe(false);
    }),
  );

  test(
    'opens nothing to the banned, nor to guests where there are none',
    inWorld(async (world) => {
      const { token } = await invite(world, 3600, 1);
      expect(await refusedJoin(world, 'banned', token)).toEqual({ message: 'banned' });
      await world.sql('update rooms set allow_guests = false');
      await world.sql('delete from room_members where user_id = $1', [userId('guest')]);
      expect(await refusedJoin(world, 'guest', token)).toEqual({ message: 'guests_not_allowed' });
      await join(world, 'stranger', token);
    }),
  );

  test(
    'is revoked with all others; both are written down, without the token',
    inWorld(async (world) => {
      const { token } = await invite(world);
      await act(world, 'owner', 'revoke_invitations', [], rooms.closed);
      await act(world, 'owner', 'revoke_invitations', [], rooms.closed);
      expect(await refusedJoin(world, 'stranger', token)).toEqual(invalid);
      const acts = await audited(world);
      expect(acts.map(({ action }) => action)).toEqual(['create_invitation', 'revoke_invitations']);
      expect(JSON.stringify(acts)).not.toContain(token);
    }),
  );

  const ends: readonly [what: string, end: (world: World) => Promise<unknown>][] = [
    ['is a member again', (world) => act(world, 'owner', 'set_role', [userId('moderator'), 'member'], rooms.closed)],
    ['is banned', (world) => act(world, 'owner', 'ban_member', [userId('moderator'), 'infinity'], rooms.closed)],
    ['leaves', (world) => world.sql('delete from room_members where user_id = $1', [userId('moderator')])],
  ];
  test.each(ends)('ends when who made it %s; those of others stay', (_what, end) =>
    inWorld(async (world) => {
      const { token } = await invite(world);
      const others = await act<Invitation>(world, 'owner', 'create_invitation', [3600, null], rooms.closed);
      const elsewhere = await invite(world, 3600, null, rooms.open);
      await end(world);
      expect(await refusedJoin(world, 'stranger', token)).toEqual(invalid);
      await join(world, 'stranger', others.token);
      const left = await world.sql('select from room_invitations where room_id = $1', [rooms.open]);
      expect(left).toHaveLength(_what === 'leaves' ? 0 : 1);
      expect(elsewhere.token).not.toBe(token);
    })(),
  );

  test(
    'stays with a member who becomes a moderator again, and with an owner',
    inWorld(async (world) => {
      await act(world, 'owner', 'set_role', [userId('moderator'), 'member'], rooms.closed);
      await act(world, 'owner', 'set_role', [userId('moderator'), 'moderator'], rooms.closed);
      const { token } = await invite(world);
      await world.sql("update room_members set role = 'owner' where user_id = $1", [userId('moderator')]);
      await join(world, 'stranger', token);
    }),
  );

  test(
    'lasts from a minute to 30 days, for one at least',
    inWorld(async (world) => {
      const lasts = async (seconds: number) => Date.parse((await invite(world, seconds)).expires_at) - Date.now();
      expect(await lasts(0)).toBeGreaterThan(55_000);
      expect(await lasts(2_000_000_000)).toBeLessThanOrEqual(30 * 86_400_000);
      expect(await refusedAct(world, 'moderator', 'create_invitation', [null], rooms.closed)).toEqual(invalid);
      expect(await refusedAct(world, 'moderator', 'create_invitation', [60, 0], rooms.closed)).toEqual(invalid);
    }),
  );
});

describe('a guest who becomes a member', () => {
  const offer = (world: World) => world.call<{ code: string }>('guest', 'offer_guest()');
  const adopt = (world: World, who: Person, code: string) => world.call(who, 'adopt_guest($1)', [code]);

  test(
    'keeps what they wrote, their rooms and their place',
    inWorld(async (world) => {
      await send(world, 'guest', id(1), 'Hello');
      await send(world, 'member', id(2), 'Hello, guest', { naming: [userId('guest')] });
      await act(world, 'guest', 'mark_read', [2]);
      const { code } = await offer(world);
      await adopt(world, 'stranger', code);
      const stored = await log(world);
      expect(stored[1]).toMatchObject({ author_id: userId('stranger'), author_name: 'guest' });
      expect(stored[2]).toMatchObject({ mentions: [userId('stranger')] });
      expect(await act(world, 'stranger', 'send_message', [id(1), 'Again'])).toMatchObject({ seq: 2, body: 'Hello' });
      expect(await isIn(world, 'guest')).toBe(false);
      expect(await world.call('stranger', "join_room('closed')")).toMatchObject({
        me: { display_name: 'stranger', is_guest: false, role: 'member' },
      });
      expect(await world.call('stranger', "join_room('open')")).toMatchObject({ me: { read_seq: 2 } });
      expect(await act(world, 'stranger', 'edit_message', [id(3), id(1), 'Hello again'])).toMatchObject({ kind: 'edit' });
      expect(await world.sql('select from room_profiles where user_id = $1', [userId('guest')])).toEqual([]);
    }),
  );

  test(
    'does so once, with the newest code, within ten minutes',
    inWorld(async (world) => {
      const gone = { message: 'code_invalid' };
      const first = await offer(world);
      const second = await offer(world);
      expect(await world.refused('stranger', 'adopt_guest($1)', [first.code])).toEqual(gone);
      await world.run("update private.guest_offers set expires_at = now() - interval '1 second'");
      expect(await world.refused('stranger', 'adopt_guest($1)', [second.code])).toEqual(gone);
      const { code } = await offer(world);
      await adopt(world, 'stranger', code);
      expect(await world.refused('member', 'adopt_guest($1)', [code])).toEqual(gone);
    }),
  );

  test(
    'who was in the room already keeps the higher role, and takes a mute over',
    inWorld(async (world) => {
      await act(world, 'owner', 'mute_member', [userId('guest'), 'infinity']);
      await announced(world, 'member');
      await adopt(world, 'moderator', (await offer(world)).code);
      expect(await world.sql('select role, muted_until from room_members where room_id = $1 and user_id = $2', [
        rooms.open, userId('moderator'),
      ])).toEqual([{ role: 'moderator', muted_until: 'infinity' }]);
      const told = await announced(world, 'member');
      expect(told.at(-1)?.payload).toMatchObject({ user_id: userId('moderator'), muted_until: 'infinity', display_name: 'moderator' });
    }),
  );

  const named = (world: World, who: Person) =>
    world.sql<{ display_name: string; is_guest: boolean }>(
      'select display_name, is_guest from room_profiles where user_id = $1', [userId(who)],
    );

  test(
    'keeps the name that the account has; one without a name takes the guest’s',
    inWorld(async (world) => {
      await adopt(world, 'member', (await offer(world)).code);
      expect(await named(world, 'member')).toEqual([{ display_name: 'member', is_guest: false }]);
      await world.sql('delete from room_profiles where user_id = $1', [userId('stranger')]);
      await world.call('guest', "join_room('open', 'Gus')");
      await adopt(world, 'stranger', (await offer(world)).code);
      expect(await named(world, 'stranger')).toEqual([{ display_name: 'Gus', is_guest: false }]);
      expect((await log(world)).map(({ kind, author_name: name }) => [kind, name]).slice(1)).toEqual([
        ['adopt', 'guest'], ['adopt', 'Gus'],
      ]);
    }),
  );

  test(
    'gives nobody another name who is muted, and none past the pace of names',
    inWorld(async (world) => {
      await world.call('guest', "join_room('elsewhere', 'THE OWNER IS A FOOL')");
      await announced(world, 'member');
      await adopt(world, 'muted', (await offer(world)).code);
      expect(await named(world, 'muted')).toEqual([{ display_name: 'muted', is_guest: false }]);
      expect(JSON.stringify(await announced(world, 'member'))).not.toContain('FOOL');
    }),
  );

  test(
    'is told to the rooms as an entry of their logs, with the id that it was and the one that it is',
    inWorld(async (world) => {
      await send(world, 'guest', id(1), 'Hello');
      await send(world, 'member', id(2), 'Hello, guest', { naming: [userId('guest')], room: rooms.closed });
      await world.sql('delete from room_members where user_id = $1 and room_id = $2', [userId('guest'), rooms.closed]);
      await world.sql('insert into room_bans (room_id, user_id, display_name, until) values ($1, $2, $3, $4)', [
        rooms.elsewhere, userId('guest'), 'guest', 'infinity',
      ]);
      await announced(world, 'entry');
      await adopt(world, 'stranger', (await offer(world)).code);
      const stored = (await log(world)).at(-1);
      expect(stored).toMatchObject({
        seq: 3, kind: 'adopt', author_id: userId('stranger'), author_name: 'guest', target_id: userId('guest'), body: '',
      });
      expect((await log(world, rooms.closed)).at(-1)).toMatchObject({ kind: 'adopt', target_id: userId('guest') });
      const told = await announced(world, 'entry');
      expect(told.map(({ topic }) => topic).sort()).toEqual([`room:${rooms.open}:1`, `room:${rooms.closed}:1`].sort());
      expect(told[0]?.payload).toMatchObject({ kind: 'adopt', target_id: userId('guest'), author_id: userId('stranger') });
      // Of a room where nothing of theirs is, the ban alone goes over.
      expect(await log(world, rooms.elsewhere)).toEqual([]);
    }),
  );

  test(
    'is one voice with the account: a reaction of both is one, and taken back by either; named once',
    inWorld(async (world) => {
      await act(world, 'guest', 'react', [id(1), entries.open, '👍']);
      await act(world, 'member', 'react', [id(2), entries.open, '👍']);
      await send(world, 'author', id(3), 'You two', { naming: [userId('guest'), userId('member')] });
      await send(world, 'author', id(4), 'You one', { naming: [userId('guest'), userId('author')] });
      await adopt(world, 'member', (await offer(world)).code);
      expect(await act(world, 'member', 'react', [id(5), entries.open, '👍'])).toBeNull();
      expect(await act(world, 'member', 'unreact', [id(6), entries.open, '👍'])).toMatchObject({ kind: 'unreact' });
      expect(await act(world, 'member', 'unreact', [id(7), entries.open, '👍'])).toBeNull();
      const stored = await log(world);
      expect(stored.find((entry) => entry.id === id(3))?.mentions).toEqual([userId('member')]);
      expect([...(stored.find((entry) => entry.id === id(4))?.mentions ?? [])].sort()).toEqual([userId('member'), userId('author')].sort());
    }),
  );

  test(
    'takes invitations over, which end with the account’s right to invite',
    inWorld(async (world) => {
      await act(world, 'owner', 'set_role', [userId('guest'), 'moderator'], rooms.closed);
      const { token } = await act<Invitation>(world, 'guest', 'create_invitation', [3600], rooms.closed);
      await adopt(world, 'member', (await offer(world)).code);
      await join(world, 'stranger', token);
      await act(world, 'owner', 'set_role', [userId('member'), 'member'], rooms.closed);
      expect(await refusedJoin(world, await somebody(world, 1), token)).toEqual(invalid);
    }),
  );

  test(
    'no ban is got around: neither the account by its guest nor the guest by an account',
    inWorld(async (world) => {
      await adopt(world, 'banned', (await offer(world)).code);
      expect(await isIn(world, 'banned')).toBe(false);
      expect(await isIn(world, 'guest')).toBe(false);
      expect(await world.refused('banned', "join_room('open')")).toEqual({ message: 'banned' });
      expect(await world.sql('select epoch from rooms where id = $1', [rooms.open])).toEqual([{ epoch: 2 }]);
    }),
  );

  test(
    'a banned guest is a banned account',
    inWorld(async (world) => {
      await act(world, 'owner', 'ban_member', [userId('guest'), 'infinity']);
      await adopt(world, 'stranger', (await offer(world)).code);
      expect(await world.refused('stranger', "join_room('open')")).toEqual({ message: 'banned' });
      expect(await isIn(world, 'stranger', rooms.closed)).toBe(true);
    }),
  );

  const banOf = (world: World, who: Person) =>
    world.sql('select until, muted_until, reason from room_bans where room_id = $1 and user_id = $2', [rooms.open, userId(who)]);

  test(
    'a banned guest is a banned account where that is a member too; the topic turns',
    inWorld(async (world) => {
      await act(world, 'owner', 'mute_member', [userId('member'), 'infinity']);
      await act(world, 'owner', 'ban_member', [userId('guest'), 'infinity', 'Rude']);
      await adopt(world, 'member', (await offer(world)).code);
      expect(await isIn(world, 'member')).toBe(false);
      expect(await isIn(world, 'member', rooms.closed)).toBe(true);
      expect(await world.refused('member', "join_room('open')")).toEqual({ message: 'banned' });
      expect(await banOf(world, 'member')).toEqual([{ until: 'infinity', muted_until: 'infinity', reason: 'Rude' }]);
      expect(await world.sql('select epoch from rooms where id = $1', [rooms.open])).toEqual([{ epoch: 3 }]);
    }),
  );

  test(
    'a ban that is over does not stand in the way of one that is in force',
    inWorld(async (world) => {
      await act(world, 'owner', 'ban_member', [userId('member'), 'infinity']);
      await act(world, 'owner', 'unban_member', [userId('member')]);
      await act(world, 'owner', 'ban_member', [userId('guest'), 'infinity']);
      await adopt(world, 'member', (await offer(world)).code);
      expect(await world.refused('member', "join_room('open')")).toEqual({ message: 'banned' });
    }),
  );

  test(
    'who was given a role stays, whoever their guest was: moderators act on members only',
    inWorld(async (world) => {
      await act(world, 'moderator', 'ban_member', [userId('guest'), 'infinity']);
      await adopt(world, 'owner', (await offer(world)).code);
      expect(await isIn(world, 'owner')).toBe(true);
      expect(await banOf(world, 'owner')).toEqual([]);
      await act(world, 'owner', 'update_room', [{ slow_seconds: 5 }]);
    }),
  );

  test(
    'a mute that waits for the guest waits for the account, in the room or out of it',
    inWorld(async (world) => {
      await act(world, 'owner', 'mute_member', [userId('guest'), 'infinity']);
      await act(world, 'owner', 'ban_member', [userId('guest'), 'infinity']);
      await act(world, 'owner', 'unban_member', [userId('guest')]);
      await adopt(world, 'member', (await offer(world)).code);
      expect(await refusedAct(world, 'member', 'send_message', [id(1), 'Hello'])).toEqual({ message: 'muted' });
    }),
  );

  test(
    'in the same account needs no code: the next join says so',
    inWorld(async (world) => {
      expect(await world.call('guest', "join_room('open')")).toMatchObject({ me: { is_guest: true } });
      await world.sql('update auth.users set is_anonymous = false where id = $1', [userId('guest')]);
      // The token may still be the guest's.
      expect(await world.call('guest', "join_room('accounts-only')")).toMatchObject({ me: { is_guest: false } });
      expect(await world.sql('select is_guest from room_profiles where user_id = $1', [userId('guest')])).toEqual([{ is_guest: false }]);
    }),
  );

  test(
    'a name is changed ten times in 30 seconds at most, for each change is told to all rooms',
    inWorld(async (world) => {
      for (let number = 0; number < 10; number++) await world.call('member', "join_room('open', $1)", [`Member ${number}`]);
      expect(await world.refused('member', "join_room('open', 'One more')")).toMatchObject({ message: 'rate_limited' });
      await world.call('member', "join_room('open', 'Member 9')");
    }),
  );
});
