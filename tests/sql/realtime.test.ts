import { describe, expect, test } from 'vitest';
import { claimsOf, everybody, rooms, useWorld, type Caller, type Person, type World } from './support.js';

const inWorld = useWorld();

const open = `room:${rooms.open}:1`;
const closed = `room:${rooms.closed}:1`;

const caller = (person: Person, topic: string): Caller => ({ claims: claimsOf(person), topic });

/** Asks as Realtime does: is the row that it puts there for a moment seen? */
async function mayReceive(world: World, person: Person, topic: string, extension: string): Promise<boolean> {
  const rows = await world.sql<{ id: string }>(
    'insert into realtime.messages (topic, extension) values ($1, $2) returning id',
    [topic, extension],
  );
  const seen = await world.as(caller(person, topic), 'select from realtime.messages where id = $1', [rows[0]?.id]);
  return seen.rows.length === 1;
}

/** Asks as Realtime does: may such a row be put there? */
async function mayWrite(world: World, person: Person, topic: string, extension: string): Promise<boolean> {
  const outcome = await world.attempt(
    caller(person, topic),
    `insert into realtime.messages (topic, extension) values ('${topic.replaceAll("'", "''")}', '${extension}')`,
  );
  if (outcome !== 1 && outcome !== 'denied') throw new Error(String(outcome));
  return outcome === 1;
}

const inTheRoom = everybody.filter((person) => !['anon', 'stranger', 'banned', 'service'].includes(person));

describe('who is let into a topic', () => {
  test.each([
    ['of a public room', open],
    ['of a private room', closed],
  ])('%s: its members, to hear and to be seen', (_which, topic) =>
    inWorld(async (world) => {
      for (const person of inTheRoom) {
        expect(await mayReceive(world, person, topic, 'broadcast')).toBe(true);
        expect(await mayReceive(world, person, topic, 'presence')).toBe(true);
        expect(await mayWrite(world, person, topic, 'presence')).toBe(true);
        // What a client says on this topic would look like an entry.
        expect(await mayWrite(world, person, topic, 'broadcast')).toBe(false);
      }
      for (const person of ['anon', 'stranger', 'banned'] as const) {
        for (const extension of ['broadcast', 'presence']) {
          expect(await mayReceive(world, person, topic, extension)).toBe(false);
          expect(await mayWrite(world, person, topic, extension)).toBe(false);
        }
      }
    })(),
  );

  test(
    'of typing: its members, to hear and, unless they are muted, to tell; nobody is present there',
    inWorld(async (world) => {
      for (const person of everybody.filter((each) => each !== 'service')) {
        const isIn = inTheRoom.includes(person);
        const typing = `${open}:typing`;
        expect(await mayReceive(world, person, typing, 'broadcast')).toBe(isIn);
        expect(await mayWrite(world, person, typing, 'broadcast')).toBe(isIn && person !== 'muted');
        expect(await mayReceive(world, person, typing, 'presence')).toBe(false);
        expect(await mayWrite(world, person, typing, 'presence')).toBe(false);
      }
      await world.run("update room_members set muted_until = now() - interval '1 second'");
      expect(await mayWrite(world, 'muted', `${open}:typing`, 'broadcast')).toBe(true);
    }),
  );

  const nobodys = [
    ['an epoch that is over', `room:${rooms.open}:0`],
    ['an epoch to come', `room:${rooms.open}:2`],
    ['a room that is not', `room:${rooms.missing}:1`],
    ["somebody else's room", `room:${rooms.elsewhere}:1`],
    ['no epoch', `room:${rooms.open}`],
    ['an empty epoch', `room:${rooms.open}:`],
    ['an epoch that is no number', `room:${rooms.open}:one`],
    ['an epoch with a zero before it', `room:${rooms.open}:01`],
    ['an epoch beyond all numbers', `room:${rooms.open}:99999999999999999999`],
    ['more than an epoch', `${open}:more`],
    ['the typing of an epoch that is over', `room:${rooms.open}:0:typing`],
    ["somebody else's typing", `room:${rooms.elsewhere}:1:typing`],
    ['an id that is none', 'room:open:1'],
    ['an id in capitals', open.toUpperCase()],
    ['no id', 'room::1'],
    ['another word', `rooms:${rooms.open}:1`],
    ['white space around it', ` ${open} `],
    ['a pattern', 'room:%'],
    ['a quote', "room:'; select 1; --:1"],
    ['nothing', ''],
    ['very much', 'x'.repeat(100_000)],
  ] as const;
  test.each(nobodys)('%s: nobody, and without an error', (_what, topic) =>
    inWorld(async (world) => {
      for (const person of ['owner', 'member', 'anon'] as const) {
        for (const extension of ['broadcast', 'presence']) {
          expect(await mayReceive(world, person, topic, extension)).toBe(false);
          expect(await mayWrite(world, person, topic, extension)).toBe(false);
        }
      }
    })(),
  );

  test(
    'nothing but broadcast and presence',
    inWorld(async (world) => {
      for (const extension of ['postgres_changes', 'system', '']) {
        expect(await mayReceive(world, 'owner', open, extension)).toBe(false);
        expect(await mayWrite(world, 'owner', open, extension)).toBe(false);
      }
    }),
  );

  test(
    'who leaves the room, or stays while its epoch is raised, is out of the old topic',
    inWorld(async (world) => {
      await world.run("update rooms set epoch = 2 where slug = 'open'");
      expect(await mayReceive(world, 'member', open, 'broadcast')).toBe(false);
      expect(await mayReceive(world, 'member', `room:${rooms.open}:2`, 'broadcast')).toBe(true);
      await world.run("delete from room_members where role = 'member'");
      expect(await mayReceive(world, 'member', `room:${rooms.open}:2`, 'broadcast')).toBe(false);
    }),
  );

  test(
    'being let into one topic shows the rows of no other, and changes none',
    inWorld(async (world) => {
      await world.sql("insert into realtime.messages (topic, extension) values ($1, 'broadcast'), ($2, 'broadcast')", [
        closed,
        `room:${rooms.elsewhere}:1`,
      ]);
      const here = caller('stranger', `room:${rooms.elsewhere}:1`);
      expect((await world.as(here, 'select distinct topic from realtime.messages')).rows).toEqual([{ topic: here.topic }]);
      const there = `insert into realtime.messages (topic, extension) values ('${closed}', 'presence')`;
      expect(await world.attempt(here, there)).toBe('denied');
      expect(await world.attempt(here, "update realtime.messages set event = 'x'")).toBe(0);
      expect(await world.attempt(here, 'delete from realtime.messages')).toBe('denied');
    }),
  );
});

describe('the announcement of an entry', () => {
  const send = (world: World, body: string) =>
    world.call('member', 'send_message($1, gen_random_uuid(), $2)', [rooms.open, body]);

  const announced = (world: World) =>
    world.sql("select topic, event, extension, private, payload from realtime.messages where payload ->> 'body' = 'Hello'");

  test(
    'is what its writer was answered, on the live topic, in private',
    inWorld(async (world) => {
      await world.run("update rooms set epoch = 4 where slug = 'open'");
      const sent = await send(world, 'Hello');
      expect(await announced(world)).toEqual([
        { topic: `room:${rooms.open}:4`, event: 'entry', extension: 'broadcast', private: true, payload: sent },
      ]);
    }),
  );

  test(
    'is not made twice for a message that is sent twice',
    inWorld(async (world) => {
      const message = '00000000-0000-4000-8004-000000000001';
      for (let time = 0; time < 3; time++) {
        await world.call('member', 'send_message($1, $2, $3)', [rooms.open, message, 'Hello']);
      }
      expect(await announced(world)).toHaveLength(1);
    }),
  );

  test(
    'may fail without the message being lost',
    inWorld(async (world) => {
      await world.run('alter table realtime.messages rename to away');
      expect(await send(world, 'Hello')).toMatchObject({ seq: 2, body: 'Hello' });
    }),
  );
});
