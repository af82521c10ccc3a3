import { describe, expect, test } from 'vitest';
import { act, id, refusedAct, send } from './acts.js';
import { entries, rooms, userId, useWorld, type Person, type World } from './support.js';

const inWorld = useWorld();

const mark = (world: World, who: Person, seq: number | string | null) => act(world, who, 'mark_read', [seq]);

const standing = async (world: World, who: Person) =>
  (await world.call<{ me: { read_seq: number; unread: number } }>(who, "join_room('open')")).me;

describe('how far a member has read', () => {
  test(
    'goes forward only, and never beyond the end',
    inWorld(async (world) => {
      for (let number = 1; number <= 4; number++) await send(world, 'member', id(number));
      await mark(world, 'guest', 3);
      expect(await standing(world, 'guest')).toMatchObject({ read_seq: 3, unread: 2 });
      for (const seq of [2, 0, -1, null]) await mark(world, 'guest', seq);
      expect(await standing(world, 'guest')).toMatchObject({ read_seq: 3 });
      await mark(world, 'guest', '9223372036854775807');
      expect(await standing(world, 'guest')).toMatchObject({ read_seq: 5, unread: 0 });
      await send(world, 'member', id(5));
      expect(await standing(world, 'guest')).toMatchObject({ read_seq: 5, unread: 1 });
    }),
  );

  test(
    'is each their own, in each room, and seen by nobody else',
    inWorld(async (world) => {
      await mark(world, 'guest', 1);
      await act(world, 'member', 'mark_read', [1], rooms.closed);
      expect((await world.as('guest', 'select room_id, read_seq from room_reads')).rows).toEqual([
        { room_id: rooms.open, read_seq: 1 },
      ]);
      expect((await world.as('owner', 'select from room_reads')).rows).toEqual([]);
      expect(await standing(world, 'member')).toMatchObject({ read_seq: 0 });
    }),
  );

  test(
    'is no news to anybody',
    inWorld(async (world) => {
      await world.run('delete from realtime.messages');
      await mark(world, 'guest', 1);
      expect(await world.sql('select event from realtime.messages')).toEqual([]);
    }),
  );
});

describe('what is unread', () => {
  test(
    'are messages and tracks of others, not what happens to them, not what was deleted',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      await send(world, 'guest', id(2));
      await world.call('member', "share_track($1, $2, 'spotify:track:0123456789abcdefghijkL', 'Song', null)", [rooms.open, id(3)]);
      await act(world, 'member', 'edit_message', [id(4), id(1), 'New']);
      await act(world, 'member', 'react', [id(5), id(2), '👍']);
      await send(world, 'member', id(6));
      await act(world, 'member', 'delete_message', [id(7), id(6)]);
      // The author's first message, the member's first and their track.
      expect(await standing(world, 'guest')).toMatchObject({ unread: 3 });
      expect(await standing(world, 'author')).toMatchObject({ unread: 3 });
    }),
  );

  test(
    'is nothing of what was said before one came',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      expect(await standing(world, 'stranger')).toMatchObject({ read_seq: 2, unread: 0 });
      await send(world, 'member', id(2));
      expect(await standing(world, 'stranger')).toMatchObject({ read_seq: 2, unread: 1 });
    }),
  );

  test(
    'is counted up to 100',
    inWorld(async (world) => {
      await world.sql(
        `insert into room_entries (room_id, seq, id, author_id, author_name, body)
         select $1, place, gen_random_uuid(), $2, 'author', 'Hello' from generate_series(2, 150) place`,
        [rooms.open, userId('author')],
      );
      await world.run("update rooms set last_seq = 150 where slug = 'open'");
      expect(await standing(world, 'guest')).toMatchObject({ unread: 100 });
      await mark(world, 'guest', 51);
      expect(await standing(world, 'guest')).toMatchObject({ unread: 99 });
    }),
  );
});

describe('a report', () => {
  interface Listed {
    readonly list: readonly { readonly message_id: string; readonly reports: readonly { readonly reporter_name: string }[] }[];
  }
  const listed = (world: World, most: number | null = null) => act<Listed>(world, 'moderator', 'open_reports', [most]);
  const reports = (world: World) =>
    world.as(
      'moderator',
      `select message_id, reporter_name, reason, resolved_at is not null as done, note from room_reports
       order by message_id, reporter_name desc`,
    );

  test(
    'is kept once for each who reports, and seen by moderators',
    inWorld(async (world) => {
      await act(world, 'member', 'report_message', [entries.open, ' Rude \n']);
      await act(world, 'member', 'report_message', [entries.open, 'Rude, I said']);
      await act(world, 'guest', 'report_message', [entries.open, null]);
      expect((await reports(world)).rows).toEqual([
        { message_id: entries.open, reporter_name: 'member', reason: 'Rude', done: false, note: null },
        { message_id: entries.open, reporter_name: 'guest', reason: '', done: false, note: null },
      ]);
    }),
  );

  test(
    'is closed with all of its message in one act, and that is written down',
    inWorld(async (world) => {
      await send(world, 'guest', id(1));
      for (const who of ['member', 'guest'] as const) await act(world, who, 'report_message', [entries.open, 'Rude']);
      await act(world, 'member', 'report_message', [id(1), 'Rude too']);
      await act(world, 'moderator', 'resolve_reports', [entries.open, 'Talked to them']);
      await act(world, 'owner', 'resolve_reports', [entries.open, 'Again']);
      await act(world, 'owner', 'resolve_reports', [id(9)]);
      expect((await reports(world)).rows).toMatchObject([
        { message_id: entries.open, done: true, note: 'Talked to them' },
        { message_id: entries.open, done: true, note: 'Talked to them' },
        { message_id: id(1), done: false, note: null },
      ]);
      expect(await world.sql('select actor_id, action, target_message, detail from room_audit')).toEqual([
        {
          actor_id: userId('moderator'),
          action: 'resolve_reports',
          target_message: entries.open,
          detail: { reports: 2, note: 'Talked to them' },
        },
      ]);
      // Who reported it has said what they had to say.
      await act(world, 'member', 'report_message', [entries.open, 'Still']);
      expect((await reports(world)).rows).toHaveLength(3);
      expect(await listed(world)).toMatchObject({ messages: 1, reports: 1, list: [{ message_id: id(1) }] });
    }),
  );

  test(
    'stands with the others of its message, and says how many there are',
    inWorld(async (world) => {
      expect(await listed(world)).toEqual({ messages: 0, reports: 0, list: [] });
      await act(world, 'member', 'report_message', [entries.open, 'Rude']);
      await world.run("update room_reports set created_at = created_at - interval '1 minute'");
      await act(world, 'guest', 'report_message', [entries.open, 'Very rude']);
      expect(await listed(world)).toMatchObject({
        messages: 1,
        reports: 2,
        list: [
          {
            message_id: entries.open,
            reporters: 2,
            reports: [
              { reporter_name: 'guest', reason: 'Very rude' },
              { reporter_name: 'member', reason: 'Rude' },
            ],
          },
        ],
      });
    }),
  );

  test(
    'is not hidden by many of one member, and of one message the last five are told',
    inWorld(async (world) => {
      await world.sql(
        `insert into room_reports (room_id, message_id, reporter_id, reporter_name, reason, created_at)
         select $1, gen_random_uuid(), $2, 'guest', 'Flood', now() + make_interval(secs => n) from generate_series(1, 200) n`,
        [rooms.open, userId('guest')],
      );
      await act(world, 'member', 'report_message', [entries.open, 'Threat']);
      const first = await listed(world, 2);
      expect(first).toMatchObject({ messages: 201, reports: 201, list: [{ reporters: 1 }, { message_id: entries.open }] });
      expect((await listed(world)).list).toHaveLength(20);
      for (const most of [0, -1]) expect((await listed(world, most)).list).toHaveLength(1);
      expect((await listed(world, 2_000_000_000)).list).toHaveLength(201);
      await world.sql(
        `insert into room_reports (room_id, message_id, reporter_name, reason, created_at)
         select $1, $2, 'Reader ' || n, '', now() + make_interval(secs => n) from generate_series(1, 7) n`,
        [rooms.open, entries.open],
      );
      const [one] = (await listed(world, 1)).list;
      expect(one).toMatchObject({ message_id: entries.open, reporters: 8 });
      expect(one?.reports.map(({ reporter_name: name }) => name)).toEqual([7, 6, 5, 4, 3].map((number) => `Reader ${number}`));
    }),
  );

  test(
    'is about a message of the room, in 500 characters, and not without end',
    inWorld(async (world) => {
      for (const message of [entries.closed, id(9), null]) {
        expect(await refusedAct(world, 'member', 'report_message', [message, ''])).toEqual({ message: 'message_unknown' });
      }
      const refused = await refusedAct(world, 'member', 'report_message', [entries.open, 'x'.repeat(501)]);
      expect(refused).toEqual({ message: 'message_too_long' });
      for (let number = 1; number <= 10; number++) await send(world, 'guest', id(number));
      for (let number = 1; number <= 10; number++) await act(world, 'member', 'report_message', [id(number), '']);
      expect(await refusedAct(world, 'member', 'report_message', [entries.open, ''])).toMatchObject({ message: 'rate_limited' });
    }),
  );
});
