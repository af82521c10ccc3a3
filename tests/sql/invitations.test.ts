import { describe, expect, test } from 'vitest';
import { act, announced, audited, id, isIn, log, refusedAct, send } from './acts.js';
import { rooms, userId, useWorld, type Caller, type Person, type World } from './support.js';

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
  await world.sql("insert into profiles (user_id, display_name) values ($1, 'Somebody')", [sub]);
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
    'keeps what they wrote, their rooms, their place and their name',
    inWorld(async (world) => {
      await send(world, 'guest', id(1), 'Hello');
      await send(world, 'member', id(2), 'Hello, guest', { naming: [userId('guest')] });
      await act(world, 'guest', 'mark_read', [2]);
      const { code } = await offer(world);
      await adopt(world, 'stranger', code);
      const stored = await log(world);
      expect(stored[1]).toMatchObject({ author_id: userId('stranger'), author_name: 'guest' });
      expect(stored[2]).toMatchObject({ mentions: [userId('stranger')] });
      expect(await isIn(world, 'guest')).toBe(false);
      expect(await world.call('stranger', "join_room('closed')")).toMatchObject({
        me: { display_name: 'guest', is_guest: false, role: 'member' },
      });
      expect(await world.call('stranger', "join_room('open')")).toMatchObject({ me: { read_seq: 2 } });
      expect(await act(world, 'stranger', 'edit_message', [id(3), id(1), 'Hello again'])).toMatchObject({ kind: 'edit' });
      expect(await world.sql('select from profiles where user_id = $1', [userId('guest')])).toEqual([]);
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
      expect(told.at(-1)?.payload).toMatchObject({ user_id: userId('moderator'), display_name: 'guest' });
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

  test(
    'in the same account needs no code: the next join says so',
    inWorld(async (world) => {
      expect(await world.call('guest', "join_room('open')")).toMatchObject({ me: { is_guest: true } });
      await world.sql('update auth.users set is_anonymous = false where id = $1', [userId('guest')]);
      // The token may still be the guest's.
      expect(await world.call('guest', "join_room('accounts-only')")).toMatchObject({ me: { is_guest: false } });
      expect(await world.sql('select is_guest from profiles where user_id = $1', [userId('guest')])).toEqual([{ is_guest: false }]);
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
