import { describe, expect, test } from 'vitest';
import { act, announced, audited, id, isIn, log, refusedAct, send } from './acts.js';
import { entries, listening, rooms, userId, useWorld, type World } from './support.js';

const inWorld = useWorld();

const member = userId('member');
const topic = `room:${rooms.open}:1`;

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

/** A hint of about an hour, in seconds. */
const aboutAnHour = (refusal: { message: string; hint?: string }, message: string): void => {
  expect(refusal.message).toBe(message);
  expect(Number(refusal.hint)).toBeGreaterThan(3500);
  expect(Number(refusal.hint)).toBeLessThanOrEqual(3600);
};

const epoch = async (world: World): Promise<number> =>
  (await world.sql<{ epoch: number }>('select epoch from rooms where id = $1', [rooms.open]))[0]?.epoch ?? 0;

describe('a mute', () => {
  test(
    'keeps a member from every write until it is over, and says for how long',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      await act(world, 'moderator', 'mute_member', [member, inAnHour(), 'Shouting']);
      aboutAnHour(await refusedAct(world, 'member', 'send_message', [id(2), 'Hello']), 'muted');
      aboutAnHour(await refusedAct(world, 'member', 'edit_message', [id(2), id(1), 'Hello']), 'muted');
      aboutAnHour(await refusedAct(world, 'member', 'delete_message', [id(2), id(1)]), 'muted');
      aboutAnHour(await refusedAct(world, 'member', 'react', [id(2), id(1), '👍']), 'muted');
      aboutAnHour(await refusedAct(world, 'member', 'unreact', [id(2), id(1), '👍']), 'muted');
      const track = "share_track($1, $2, 'spotify:track:0123456789abcdefghijkL', 'Song', null)";
      aboutAnHour(await world.refused('member', track, [rooms.open, id(2)]), 'muted');
      aboutAnHour(await world.refused('member', 'share_listening($1, $2)', [rooms.open, JSON.stringify(listening)]), 'muted');
      await world.run("update room_members set muted_until = now() - interval '1 second' where muted_until is not null");
      expect((await send(world, 'member', id(2))).seq).toBe(3);
    }),
  );

  test(
    'for good has no end to tell',
    inWorld(async (world) => {
      await act(world, 'moderator', 'mute_member', [member, 'infinity']);
      expect(await refusedAct(world, 'member', 'send_message', [id(1), 'Hello'])).toEqual({ message: 'muted' });
      expect((await world.call<{ me: unknown }>('member', "join_room('open')")).me).toMatchObject({ muted_until: 'infinity' });
    }),
  );

  test(
    'holds in its room alone, and leaves what was sent before as it was',
    inWorld(async (world) => {
      const message = await send(world, 'member', id(1));
      await act(world, 'moderator', 'mute_member', [member, 'infinity']);
      expect(await send(world, 'member', id(1))).toEqual(message);
      expect(await send(world, 'member', id(2), 'Hello', { room: rooms.closed })).toMatchObject({ seq: 2 });
    }),
  );

  test(
    'takes down what the member shows of their listening',
    inWorld(async (world) => {
      await act(world, 'moderator', 'mute_member', [userId('author'), 'infinity']);
      expect(await world.sql('select room_id from room_listening')).toEqual([{ room_id: rooms.closed }]);
    }),
  );

  test(
    'is told to the room, taken back, and each is written down once',
    inWorld(async (world) => {
      const until = inAnHour();
      await act(world, 'moderator', 'mute_member', [member, until, 'Shouting']);
      await act(world, 'moderator', 'mute_member', [member, until, 'Shouting']);
      expect(await announced(world, 'member')).toEqual([
        {
          topic,
          payload: { user_id: member, role: 'member', display_name: 'member', muted_until: expect.any(String) as unknown },
        },
      ]);
      await act(world, 'owner', 'unmute_member', [member]);
      await act(world, 'owner', 'unmute_member', [member]);
      expect(await announced(world, 'member')).toMatchObject([{ payload: { user_id: member, muted_until: null } }]);
      expect(await audited(world)).toMatchObject([
        { actor_id: userId('moderator'), action: 'mute', target_user: member, detail: { reason: 'Shouting' } },
        { actor_id: userId('owner'), action: 'unmute', target_user: member, detail: {} },
      ]);
      expect((await send(world, 'member', id(1))).seq).toBe(2);
    }),
  );
});

describe('a ban', () => {
  test(
    'ends the membership and the topic at once, and tells the old topic',
    inWorld(async (world) => {
      await act(world, 'moderator', 'ban_member', [member, 'infinity', 'Spam']);
      expect(await isIn(world, 'member')).toBe(false);
      expect(await epoch(world)).toBe(2);
      expect(await announced(world, 'epoch')).toEqual([{ topic, payload: { epoch: 2, gone: member } }]);
      for (const live of [topic, `room:${rooms.open}:2`]) {
        const asked = { claims: { role: 'authenticated', sub: member }, topic: live } as const;
        await world.sql("insert into realtime.messages (topic, extension) values ($1, 'broadcast')", [live]);
        expect((await world.as(asked, 'select from realtime.messages where topic = $1', [live])).rows).toEqual([]);
      }
      await announced(world, 'entry');
      expect(await send(world, 'guest', id(1))).toMatchObject({ seq: 2 });
      expect((await announced(world, 'entry')).map((each) => each.topic)).toEqual([`room:${rooms.open}:2`]);
    }),
  );

  test(
    'lets nothing more through, and says so to whoever joins again',
    inWorld(async (world) => {
      await act(world, 'moderator', 'ban_member', [member, inAnHour()]);
      aboutAnHour(await world.refused('member', "join_room('open', 'Somebody else')"), 'banned');
      aboutAnHour(await refusedAct(world, 'member', 'send_message', [id(1), 'Hello']), 'banned');
      aboutAnHour(await refusedAct(world, 'member', 'react', [id(1), entries.open, '👍']), 'banned');
      aboutAnHour(await refusedAct(world, 'member', 'mark_read', [1]), 'banned');
      expect((await world.as('member', 'select from room_entries where room_id = $1', [rooms.open])).rows).toEqual([]);
      expect(await log(world)).toHaveLength(1);
      expect(await send(world, 'member', id(1), 'Hello', { room: rooms.closed })).toMatchObject({ seq: 2 });
    }),
  );

  test(
    'for good has no end to tell; a private room tells its banned as well',
    inWorld(async (world) => {
      expect(await world.refused('banned', "join_room('open')")).toEqual({ message: 'banned' });
      expect(await world.refused('banned', "join_room('closed')")).toEqual({ message: 'banned' });
    }),
  );

  test(
    'that is over lets its person join, still muted',
    inWorld(async (world) => {
      await act(world, 'moderator', 'mute_member', [member, 'infinity']);
      await act(world, 'moderator', 'ban_member', [member, inAnHour()]);
      await world.run("update room_bans set until = now() - interval '1 second'");
      expect(await refusedAct(world, 'member', 'send_message', [id(1), 'Hello'])).toEqual({ message: 'not_a_member' });
      const { me } = await world.call<{ me: unknown }>('member', "join_room('open')");
      expect(me).toMatchObject({ role: 'member', muted_until: 'infinity' });
      expect(await world.sql('select from room_bans where room_id = $1 and user_id = $2', [rooms.open, member])).toEqual([]);
    }),
  );

  test(
    'is taken back',
    inWorld(async (world) => {
      await act(world, 'moderator', 'unban_member', [userId('banned')]);
      await act(world, 'moderator', 'unban_member', [userId('banned')]);
      await world.call('banned', "join_room('open')");
      expect(await isIn(world, 'banned')).toBe(true);
      expect(await audited(world)).toMatchObject([{ action: 'unban', target_user: userId('banned') }]);
    }),
  );

  test(
    'that is taken back takes no mute back with it',
    inWorld(async (world) => {
      await act(world, 'moderator', 'mute_member', [member, 'infinity']);
      await act(world, 'moderator', 'ban_member', [member, 'infinity']);
      await act(world, 'moderator', 'unban_member', [member]);
      await world.call('member', "join_room('open')");
      expect((await refusedAct(world, 'member', 'send_message', [id(2), 'Hello'])).message).toBe('muted');
      await act(world, 'moderator', 'unmute_member', [member]);
      expect((await send(world, 'member', id(2))).seq).toBe(2);
    }),
  );

  test(
    'again changes its end and is written down; the same again is nothing',
    inWorld(async (world) => {
      await act(world, 'moderator', 'ban_member', [member, 'infinity', 'Spam']);
      await act(world, 'moderator', 'ban_member', [member, 'infinity', 'Spam']);
      const until = inAnHour();
      await act(world, 'owner', 'ban_member', [member, until, 'Spam']);
      expect(await epoch(world)).toBe(2);
      expect(await audited(world)).toMatchObject([
        { action: 'ban', detail: { until: 'infinity', reason: 'Spam' } },
        { actor_id: userId('owner'), action: 'ban', target_user: member },
      ]);
      aboutAnHour(await world.refused('member', "join_room('open')"), 'banned');
    }),
  );

  test(
    'keeps the name, for moderators, who cannot see the profile any more',
    inWorld(async (world) => {
      await act(world, 'moderator', 'ban_member', [member, 'infinity', 'Spam']);
      const seen = await world.as('moderator', 'select display_name, reason from room_bans where room_id = $1 order by 1', [
        rooms.open,
      ]);
      expect(seen.rows).toEqual([{ display_name: 'banned', reason: null }, { display_name: 'member', reason: 'Spam' }]);
    }),
  );

  test(
    'ends the invitations that its person made',
    inWorld(async (world) => {
      const { token } = await act<{ token: string }>(world, 'moderator', 'create_invitation', [3600], rooms.closed);
      await act(world, 'owner', 'ban_member', [userId('moderator'), 'infinity'], rooms.closed);
      expect(await world.refused('stranger', "join_room('closed', null, $1)", [token])).toEqual({ message: 'invitation_invalid' });
    }),
  );
});

describe('roles', () => {
  test(
    'are given and taken by the owner, told to the room and written down',
    inWorld(async (world) => {
      await act(world, 'owner', 'set_role', [member, 'moderator']);
      await act(world, 'owner', 'set_role', [member, 'moderator']);
      expect(await announced(world, 'member')).toMatchObject([{ topic, payload: { user_id: member, role: 'moderator' } }]);
      expect(await act(world, 'member', 'delete_message', [id(1), entries.open])).toMatchObject({ kind: 'delete' });
      expect(await refusedAct(world, 'moderator', 'mute_member', [member, 'infinity'])).toEqual({ message: 'not_allowed' });
      await act(world, 'owner', 'set_role', [member, 'member']);
      expect(await refusedAct(world, 'member', 'mute_member', [userId('guest'), 'infinity'])).toEqual({ message: 'not_allowed' });
      expect((await audited(world)).map(({ action, detail }) => [action, detail])).toEqual([
        ['set_role', { role: 'moderator' }],
        ['delete_message', {}],
        ['set_role', { role: 'member' }],
      ]);
    }),
  );

  test.each([['owner'], ['admin'], [''], [null]])('are none but two: %j', (role) =>
    inWorld(async (world) => {
      expect(await refusedAct(world, 'owner', 'set_role', [member, role])).toEqual({ message: 'not_allowed' });
    })(),
  );
});

describe("a room's settings", () => {
  const change = (world: World, who: 'owner' | 'moderator', settings: unknown) =>
    act(world, who, 'update_room', [JSON.stringify(settings)]);

  test(
    'are changed, told and written down',
    inWorld(async (world) => {
      const settings = { title: ' Quiet\nhours ', slow_seconds: 30, allow_guests: false, is_public: false };
      await change(world, 'owner', settings);
      await change(world, 'owner', settings);
      expect(await announced(world, 'room')).toEqual([
        { topic, payload: { title: 'Quiet hours', slow_seconds: 30, allow_guests: false, is_public: false } },
      ]);
      expect((await world.call<{ room: unknown }>('member', "join_room('open')")).room).toMatchObject({
        title: 'Quiet hours', slow_seconds: 30, allow_guests: false, is_public: false,
      });
      expect(await audited(world)).toMatchObject([{ action: 'update_room', detail: { slow_seconds: 30 } }]);
    }),
  );

  test(
    'put guests out with the switch, but for who was given a role; a mute waits for them',
    inWorld(async (world) => {
      const moderated = "update room_members set role = 'moderator' where room_id = $1 and user_id = $2";
      await world.sql("update room_members set muted_until = 'infinity' where user_id = $1", [userId('guest')]);
      await world.sql("update room_profiles set is_guest = true where user_id in ($1, $2)", [userId('author'), member]);
      await world.sql(moderated, [rooms.open, userId('author')]);
      await change(world, 'owner', { allow_guests: false });
      expect(await isIn(world, 'guest')).toBe(false);
      expect(await isIn(world, 'member')).toBe(false);
      expect(await isIn(world, 'author')).toBe(true);
      expect(await isIn(world, 'muted')).toBe(true);
      expect(await isIn(world, 'guest', rooms.closed)).toBe(true);
      expect(await announced(world, 'epoch')).toEqual([{ topic, payload: { epoch: 2 } }]);
      expect(await world.refused('guest', "join_room('open', null)")).toEqual({ message: 'guests_not_allowed' });
      expect(await world.sql('select from room_bans where room_id = $1 and until > clock_timestamp()', [rooms.open])).toHaveLength(1);

      await change(world, 'owner', { allow_guests: true });
      expect(await world.call<{ me: unknown }>('guest', "join_room('open', null)")).toMatchObject({ me: { muted_until: 'infinity' } });
      expect(await announced(world, 'epoch')).toEqual([]);
    }),
  );

  test(
    'let a guest with a role come back where no others may',
    inWorld(async (world) => {
      await world.sql("update room_members set role = 'moderator' where room_id = $1 and user_id = $2", [rooms.open, userId('guest')]);
      await change(world, 'owner', { allow_guests: false });
      expect(await world.call<{ me: unknown }>('guest', "join_room('open', null)")).toMatchObject({ me: { role: 'moderator' } });
    }),
  );

  const bad: readonly unknown[] = [
    null, 'title', [], { title: 1 }, { title: ' ' }, { title: 'x'.repeat(81) }, { title: null }, { slow_seconds: -1 },
    { slow_seconds: 21601 }, { slow_seconds: 1.5 }, { slow_seconds: 1e30 }, { slow_seconds: '5' }, { is_public: 'yes' },
    { slug: 'mine' }, { owner_id: member }, { epoch: 1 },
  ];
  test.each(bad)('are refused: %j', (settings) =>
    inWorld(async (world) => {
      const parameters = [JSON.stringify(settings)];
      expect(await refusedAct(world, 'owner', 'update_room', parameters)).toEqual({ message: 'settings_invalid' });
    })(),
  );
});

describe('slow mode', () => {
  const slow = (world: World, seconds = 60) => world.sql('update rooms set slow_seconds = $1', [seconds]);
  const track = "share_track($1, $2, 'spotify:track:0123456789abcdefghijkL', 'Song', null)";

  test(
    'holds a member to one message or track in so many seconds, and says for how long',
    inWorld(async (world) => {
      await slow(world);
      await send(world, 'member', id(1));
      const refused = await refusedAct(world, 'member', 'send_message', [id(2), 'Hello']);
      expect(refused.message).toBe('slow_mode');
      expect(Number(refused.hint)).toBeGreaterThan(50);
      expect(Number(refused.hint)).toBeLessThanOrEqual(60);
      expect(await world.refused('member', track, [rooms.open, id(2)])).toMatchObject({ message: 'slow_mode' });
      await world.run("update private.slow_sends set sent_at = sent_at - interval '60 seconds'");
      expect(await world.call('member', track, [rooms.open, id(2)])).toMatchObject({ seq: 3 });
    }),
  );

  test(
    'holds for nothing else: what is sent again, edits, reactions, deletions, other members, other rooms',
    inWorld(async (world) => {
      await slow(world);
      const message = await send(world, 'member', id(1));
      expect(await send(world, 'member', id(1))).toEqual(message);
      await act(world, 'member', 'edit_message', [id(2), id(1), 'New']);
      await act(world, 'member', 'react', [id(3), id(1), '👍']);
      await act(world, 'member', 'delete_message', [id(4), id(1)]);
      await send(world, 'guest', id(5));
      await send(world, 'member', id(6), 'Hello', { room: rooms.closed });
    }),
  );

  test.each(['moderator', 'owner'] as const)('does not hold the %s', (who) =>
    inWorld(async (world) => {
      await slow(world);
      await send(world, who, id(1));
      expect(await send(world, who, id(2))).toMatchObject({ seq: 3 });
    })(),
  );

  test(
    'counts nothing that was refused',
    inWorld(async (world) => {
      await slow(world);
      await refusedAct(world, 'member', 'send_message', [id(1), '']);
      await refusedAct(world, 'member', 'send_message', [id(1), 'Hello', id(9)]);
      await refusedAct(world, 'member', 'send_message', [entries.open, 'Hello']);
      await send(world, 'member', id(1));
    }),
  );
});
