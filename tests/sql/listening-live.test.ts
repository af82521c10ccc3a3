import { describe, expect, test } from 'vitest';
import { age, announcement, heard, lanterns, share, shown, stored } from './listening.js';
import { rooms, userId, useWorld } from './support.js';

const inWorld = useWorld();

describe('the announcement of it', () => {
  test(
    'tells who and what on the live topic, in private',
    inWorld(async (world) => {
      await heard(world);
      await world.run("update rooms set epoch = 4 where slug = 'open'");
      await share(world, 'member');
      expect(await heard(world)).toEqual([{ ...announcement('member', lanterns), topic: `room:${rooms.open}:4` }]);
    }),
  );

  test(
    'is made of every change, and of nothing else',
    inWorld(async (world) => {
      await heard(world);
      await share(world, 'member', null);
      expect(await heard(world)).toEqual([]);
      await share(world, 'member');
      expect(await heard(world)).toEqual([announcement('member', lanterns)]);
      await share(world, 'member');
      await share(world, 'member', { ...lanterns, title: ` ${lanterns.title}\n`, other: true });
      expect(await heard(world)).toEqual([]);

      const changes = { uri: 'spotify:track:0000000000000000000002', title: 'B', artists: '', artwork: null };
      for (const [key, value] of Object.entries(changes)) {
        const changed = { ...lanterns, [key]: value };
        await share(world, 'member', changed);
        expect(await heard(world)).toEqual([announcement('member', changed)]);
        await share(world, 'member');
        expect(await heard(world)).toEqual([announcement('member', lanterns)]);
      }

      await share(world, 'member', null);
      expect(await heard(world)).toEqual([announcement('member', null)]);
      await share(world, 'member', null);
      expect(await heard(world)).toEqual([]);
    }),
  );

  test(
    'is made when a member is removed, and when an account goes, in all its rooms',
    inWorld(async (world) => {
      await heard(world);
      await world.sql('delete from room_members where room_id = $1 and user_id = $2', [rooms.open, userId('author')]);
      expect(await heard(world)).toEqual([announcement('author', null)]);
      for (const room of [rooms.open, rooms.closed]) await share(world, 'member', lanterns, room);
      await heard(world);
      await world.sql('delete from auth.users where id = $1', [userId('member')]);
      const both = await heard(world);
      expect(both).toHaveLength(2);
      expect(both).toEqual(
        expect.arrayContaining([announcement('member', null), announcement('member', null, rooms.closed)]),
      );
      expect(await world.sql('select from room_listening where user_id = $1', [userId('member')])).toEqual([]);
    }),
  );

  test(
    'is not made of a room that goes with all that is in it',
    inWorld(async (world) => {
      await heard(world);
      await world.sql('delete from rooms where id = $1', [rooms.open]);
      expect(await heard(world)).toEqual([]);
      expect(await stored(world)).toBe(1);
    }),
  );

  test(
    'may fail without the change being lost',
    inWorld(async (world) => {
      await world.run('alter table realtime.messages rename to away');
      await share(world, 'member');
      expect(await shown(world, 'member')).toEqual([lanterns]);
    }),
  );
});

describe('what is not renewed', () => {
  test(
    'is shown for 15 minutes, and then to nobody, oneself included',
    inWorld(async (world) => {
      await share(world, 'member');
      await age(world, 'member', 15 * 60 - 1);
      expect(await shown(world, 'member')).toEqual([lanterns]);
      await age(world, 'member', 1);
      for (const reader of ['guest', 'member', 'owner'] as const) {
        expect(await shown(world, 'member', rooms.open, reader)).toEqual([]);
      }
    }),
  );

  test(
    'is shown on when it was renewed in time, without a word',
    inWorld(async (world) => {
      await share(world, 'member');
      await age(world, 'member', 10 * 60);
      await heard(world);
      await share(world, 'member');
      await age(world, 'member', 10 * 60);
      expect(await shown(world, 'member')).toEqual([lanterns]);
      expect(await heard(world)).toEqual([]);
    }),
  );

  test(
    'is shown again when it is renewed too late, and that is announced',
    inWorld(async (world) => {
      await share(world, 'member');
      await age(world, 'member', 60 * 60);
      await heard(world);
      await share(world, 'member');
      expect(await shown(world, 'member')).toEqual([lanterns]);
      expect(await heard(world)).toEqual([announcement('member', lanterns)]);
    }),
  );

  test.each([
    ['says something', 'guest', lanterns, rooms.open],
    ['says something in another room', 'stranger', lanterns, rooms.elsewhere],
    ['takes something back', 'guest', null, rooms.open],
  ] as const)('is gone for good once somebody %s', (_what, somebody, value, room) =>
    inWorld(async (world) => {
      await share(world, 'member');
      await age(world, 'author', 15 * 60);
      await share(world, somebody, value, room);
      expect(await world.sql('select from room_listening where user_id = $1', [userId('author')])).toEqual([]);
      expect(await shown(world, 'member')).toEqual([lanterns]);
      expect(await shown(world, somebody, room, somebody)).toEqual(value ? [value] : []);
    })(),
  );

  test(
    'is announced to be gone, in the rooms where it was shown',
    inWorld(async (world) => {
      await age(world, 'author', 15 * 60);
      await heard(world);
      await share(world, 'stranger', null, rooms.elsewhere);
      const both = await heard(world);
      expect(both).toHaveLength(2);
      expect(both).toEqual(
        expect.arrayContaining([announcement('author', null), announcement('author', null, rooms.closed)]),
      );
    }),
  );
});
