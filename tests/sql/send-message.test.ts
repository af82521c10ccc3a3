import { describe, expect, test } from 'vitest';
import { expectWait, later, sent } from './pace.js';
import { entries, rooms, userId, useWorld, type Person, type World } from './support.js';

const inWorld = useWorld();

interface Sent {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly body: string;
  readonly created_at: string;
}

const id = (number: number): string => `00000000-0000-4000-8004-${String(number).padStart(12, '0')}`;

const send = (world: World, who: Person, message: string, body = 'Hello', room: string = rooms.open): Promise<Sent> =>
  world.call<Sent>(who, 'send_message($1, $2, $3)', [room, message, body]);

const refused = (world: World, who: Person, message: string, body = 'Hello', room: string = rooms.open) =>
  world.refused(who, 'send_message($1, $2, $3)', [room, message, body]);

const log = async (world: World, room: string = rooms.open): Promise<number[]> =>
  (await world.sql<{ seq: number }>('select seq from room_entries where room_id = $1 order by seq', [room])).map(
    ({ seq }) => seq,
  );

const lastSeq = async (world: World, room: string = rooms.open): Promise<number> =>
  (await world.sql<{ last_seq: number }>('select last_seq from rooms where id = $1', [room]))[0]?.last_seq ?? -1;

describe('a message', () => {
  test(
    'is answered as it is stored',
    inWorld(async (world) => {
      const sent = await send(world, 'member', id(1), 'Hello');
      expect(sent).toEqual({
        seq: 2,
        id: id(1),
        kind: 'message',
        author_id: userId('member'),
        author_name: 'member',
        body: 'Hello',
        track_uri: null,
        track_artists: null,
        target_id: null,
        reply_to: null,
        mentions: [],
        redacted: false,
        created_at: expect.any(String),
      });
      const stored = await world.call('guest', '(select to_jsonb(entry) from room_entries entry where seq = 2)');
      expect(stored).toEqual({ ...sent, room_id: rooms.open });
    }),
  );

  test(
    'bears the name that its writer has then',
    inWorld(async (world) => {
      await world.call('member', "join_room('open', 'Mo')");
      expect((await send(world, 'member', id(1))).author_name).toBe('Mo');
    }),
  );

  const kept: readonly [what: string, given: string, stored: string][] = [
    ['the end is trimmed, of all white space', 'Hello \t\n\u00a0\u3000\ufeff', 'Hello'],
    ['the start and the inside are not', '  a\n\n  b', '  a\n\n  b'],
    ['4,000 characters', 'x'.repeat(4000), 'x'.repeat(4000)],
    ['4,000 characters beyond the basic plane', '\u{1f3b5}'.repeat(4000), '\u{1f3b5}'.repeat(4000)],
    ['4,000 characters and white space', `${'x'.repeat(4000)}\n\n`, 'x'.repeat(4000)],
    ['markup is text', '<b>\'"; drop table rooms; --', '<b>\'"; drop table rooms; --'],
  ];
  test.each(kept)('%s', (_what, given, stored) =>
    inWorld(async (world) => {
      expect((await send(world, 'member', id(1), given)).body).toBe(stored);
    })(),
  );

  const none: readonly [what: string, given: string, message: string][] = [
    ['nothing', '', 'message_empty'],
    ['white space', ' \n\t\u00a0\u3000', 'message_empty'],
    ['nothing to be seen', '\u200b\u200b', 'message_empty'],
    ['4,001 characters', 'x'.repeat(4001), 'message_too_long'],
    ['4,001 characters beyond the basic plane', '\u{1f3b5}'.repeat(4001), 'message_too_long'],
  ];
  test.each(none)('is refused: %s', (_what, given, message) =>
    inWorld(async (world) => {
      expect(await refused(world, 'member', id(1), given)).toEqual({ message });
    })(),
  );

  test(
    'needs a sign-in and a membership',
    inWorld(async (world) => {
      const nobody = { claims: { role: 'authenticated' } } as const;
      const parameters = [rooms.open, id(1), 'Hello'];
      expect(await world.refused(nobody, 'send_message($1, $2, $3)', parameters)).toEqual({ message: 'not_signed_in' });
      await world.sql('delete from room_members where user_id = $1', [userId('member')]);
      expect(await refused(world, 'member', id(1))).toEqual({ message: 'not_a_member' });
    }),
  );

  test(
    'stays with its name when the account goes',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      await world.sql('delete from auth.users where id = $1', [userId('member')]);
      expect(await world.sql('select author_id, author_name, body from room_entries where id = $1', [id(1)])).toEqual([
        { author_id: null, author_name: 'member', body: 'Hello' },
      ]);
      expect(await world.sql('select from room_members where user_id = $1', [userId('member')])).toEqual([]);
      expect(await world.sql('select from private.recent_sends where user_id = $1', [userId('member')])).toEqual([]);
    }),
  );
});

describe('the order', () => {
  test(
    'is contiguous in each room, whoever writes and whatever is refused between',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      await refused(world, 'member', id(2), '');
      await send(world, 'guest', id(3));
      await refused(world, 'guest', id(1));
      await send(world, 'owner', id(4), 'Hello', rooms.closed);
      await refused(world, 'stranger', id(5));
      await send(world, 'member', id(1));
      await send(world, 'author', id(6));
      expect(await log(world)).toEqual([1, 2, 3, 4]);
      expect(await log(world, rooms.closed)).toEqual([1, 2]);
      expect(await lastSeq(world)).toBe(4);
      expect(await lastSeq(world, rooms.closed)).toBe(2);
    }),
  );

  test(
    'is the order of the times: the clock counts, not the start of a transaction that waited',
    inWorld(async (world) => {
      for (let number = 1; number <= 5; number++) await send(world, 'member', id(number));
      const out = await world.sql(
        `select seq from (select seq, created_at, lag(created_at) over (order by seq) earlier
                          from room_entries where room_id = $1) pair
         where seq > 1 and (created_at < earlier or created_at <= now())`,
        [rooms.open],
      );
      expect(out).toEqual([]);
    }),
  );
});

describe('the same id', () => {
  test(
    'from the same writer gives the stored entry, whatever the text',
    inWorld(async (world) => {
      const sent = await send(world, 'member', id(1), 'Hello');
      expect(await send(world, 'member', id(1), 'Hello')).toEqual(sent);
      expect(await send(world, 'member', id(1), 'Something else')).toEqual(sent);
      expect(await log(world)).toEqual([1, 2]);
    }),
  );

  test(
    'from somebody else in the room is refused',
    inWorld(async (world) => {
      expect(await refused(world, 'member', entries.open)).toEqual({ message: 'message_id_taken' });
      expect(await lastSeq(world)).toBe(1);
    }),
  );

  test(
    "from the same writer in another room is refused, a room's entry being one",
    inWorld(async (world) => {
      expect(await refused(world, 'author', entries.closed)).toEqual({ message: 'message_id_taken' });
    }),
  );

  test(
    'tells nobody whether a room that they cannot read has it, and takes nothing from that room',
    inWorld(async (world) => {
      const sent = await send(world, 'stranger', entries.closed, 'Hello', rooms.elsewhere);
      expect(sent).toMatchObject({ seq: 1, author_id: userId('stranger') });
      expect((await send(world, 'author', entries.closed, 'Hello', rooms.closed)).body).toBe('First behind the door');
    }),
  );
});

describe('the pace', () => {
  const wrote = (world: World, person: Person, count: number, secondsAgo: number) =>
    sent(world, person, 'entry', count, secondsAgo);

  test(
    'is eleven messages in 30 seconds, then the seconds to wait',
    inWorld(async (world) => {
      const start = performance.now();
      for (let number = 1; number <= 11; number++) await send(world, 'member', id(number));
      expectWait(await refused(world, 'member', id(12)), 30, start);
      await later(world, 15);
      expectWait(await refused(world, 'member', id(12)), 15, start);
      await later(world, 15);
      expect((await send(world, 'member', id(12))).seq).toBe(13);
    }),
  );

  test(
    'holds in every 30 seconds, not only in fixed ones',
    inWorld(async (world) => {
      const start = performance.now();
      await wrote(world, 'member', 10, 5);
      await wrote(world, 'member', 1, 15);
      expectWait(await refused(world, 'member', id(1)), 15, start);
      await later(world, 15);
      await send(world, 'member', id(1));
      expectWait(await refused(world, 'member', id(2)), 10, start);
    }),
  );

  test(
    'costs nothing for what is refused or sent again',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      for (let number = 0; number < 12; number++) {
        await send(world, 'member', id(1));
        await refused(world, 'member', id(2), '');
        await refused(world, 'member', entries.open);
      }
      await wrote(world, 'member', 9, 1);
      await send(world, 'member', id(2));
      expect(await refused(world, 'member', id(3))).toMatchObject({ message: 'rate_limited' });
      expect((await send(world, 'member', id(1))).seq).toBe(2);
    }),
  );

  test(
    "is one's own, over all rooms",
    inWorld(async (world) => {
      await wrote(world, 'member', 11, 1);
      expect(await refused(world, 'member', id(1), 'Hello', rooms.closed)).toMatchObject({ message: 'rate_limited' });
      await send(world, 'guest', id(1));
    }),
  );

  test.each(['moderator', 'owner'] as const)('is a hundred for the %s', (person) =>
    inWorld(async (world) => {
      const start = performance.now();
      await wrote(world, person, 99, 10);
      await send(world, person, id(1));
      expectWait(await refused(world, person, id(2)), 20, start);
    })(),
  );
});
