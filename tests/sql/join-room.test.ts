import { describe, expect, test } from 'vitest';
import { rooms, userId, useWorld, type Caller, type Person, type World } from './support.js';

const inWorld = useWorld();

interface Joined {
  readonly room: { id: string; slug: string; title: string; epoch: number; last_seq: number };
  readonly me: { user_id: string; display_name: string; role: string };
}

/** What joining tells, besides the time. */
async function join(world: World, who: Person | Caller, slug: string, name: string | null = null): Promise<Joined> {
  const { now, ...joined } = await world.call<Joined & { now: string }>(who, 'join_room($1, $2)', [slug, name]);
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  return joined;
}

const refused = (world: World, who: Person | Caller, slug: string, name: string | null = null) =>
  world.refused(who, 'join_room($1, $2)', [slug, name]);

const membership = (world: World, person: Person, slug: string) =>
  world.sql<{ role: string }>(
    'select role from room_members join rooms on id = room_id where slug = $1 and user_id = $2',
    [slug, userId(person)],
  );

/** A person who signed up just now: an account and nothing else. */
async function newcomer(world: World): Promise<Caller> {
  const sub = '00000000-0000-4000-8003-000000000001';
  await world.sql('insert into auth.users (id) values ($1)', [sub]);
  return { claims: { role: 'authenticated', sub } };
}

describe('joining', () => {
  test(
    'tells the room, its live epoch, the end of its log and who one is in it',
    inWorld(async (world) => {
      await world.run("update rooms set epoch = 3 where slug = 'open'");
      expect(await join(world, 'stranger', 'open', 'Ann')).toEqual({
        room: {
          id: rooms.open, slug: 'open', title: 'Open', is_public: true, allow_guests: true, slow_seconds: 0,
          epoch: 3, last_seq: 1,
        },
        me: {
          user_id: userId('stranger'), display_name: 'Ann', role: 'member', is_guest: false, muted_until: null,
          read_seq: 1, unread: 0,
        },
      });
      expect(await membership(world, 'stranger', 'open')).toEqual([{ role: 'member' }]);
    }),
  );

  test(
    'again gives the same and changes nothing',
    inWorld(async (world) => {
      const state = () =>
        world.sql("select m.*, m.xmin, p.*, p.xmin from room_members m join room_profiles p using (user_id) where user_id = $1", [
          userId('stranger'),
        ]);
      const first = await join(world, 'stranger', 'open', 'Ann');
      const before = await state();
      expect(await join(world, 'stranger', 'open', 'Ann')).toEqual(first);
      expect(await join(world, 'stranger', 'open')).toEqual(first);
      expect(await state()).toEqual(before);
    }),
  );

  test(
    'needs an account that is still there',
    inWorld(async (world) => {
      const nobody: Caller = { claims: { role: 'authenticated' } };
      expect(await refused(world, nobody, 'open', 'Ann')).toEqual({ message: 'not_signed_in' });
      await world.sql('delete from auth.users where id = $1', [userId('stranger')]);
      expect(await refused(world, 'stranger', 'open', 'Ann')).toEqual({ message: 'not_signed_in' });
    }),
  );

  test(
    'answers a stranger alike for a private room and for none',
    inWorld(async (world) => {
      const answers = [
        await refused(world, 'stranger', 'closed', 'Ann'),
        await refused(world, 'stranger', 'nowhere', 'Ann'),
        await refused(world, 'stranger', 'closed', 'a name that is too long for everybody who reads it'),
      ];
      for (const answer of answers) expect(answer).toEqual({ message: 'room_unknown' });
      expect(await membership(world, 'stranger', 'closed')).toEqual([]);
    }),
  );

  test(
    'a private room is open to those who are in it already',
    inWorld(async (world) => {
      expect((await join(world, 'member', 'closed')).me.role).toBe('member');
      await world.sql('delete from room_members where user_id = $1', [userId('member')]);
      expect(await refused(world, 'member', 'closed')).toEqual({ message: 'room_unknown' });
    }),
  );

  test(
    'the owner gets in anywhere, as the owner',
    inWorld(async (world) => {
      await world.sql('delete from room_members where user_id = $1', [userId('owner')]);
      expect((await join(world, 'owner', 'closed')).me.role).toBe('owner');
    }),
  );

  test(
    'a member to whom the room was given becomes its owner, a moderator stays one',
    inWorld(async (world) => {
      await world.sql("update rooms set owner_id = $1 where slug = 'open'", [userId('member')]);
      expect((await join(world, 'member', 'open')).me.role).toBe('owner');
      expect((await join(world, 'moderator', 'open')).me.role).toBe('moderator');
    }),
  );

  test(
    'who is muted keeps their name, in every room, until the mute is over',
    inWorld(async (world) => {
      expect((await join(world, 'muted', 'open', 'Somebody else')).me.display_name).toBe('muted');
      expect((await join(world, 'muted', 'accounts-only', 'Somebody else')).me.display_name).toBe('muted');
      await world.sql('update room_members set muted_until = now() where user_id = $1', [userId('muted')]);
      expect((await join(world, 'muted', 'open', 'Somebody else')).me.display_name).toBe('Somebody else');
    }),
  );

  test(
    'a guest is refused where only accounts are allowed, an account is not',
    inWorld(async (world) => {
      expect(await refused(world, 'guest', 'accounts-only')).toEqual({ message: 'guests_not_allowed' });
      expect(await membership(world, 'guest', 'accounts-only')).toEqual([]);
      expect((await join(world, 'member', 'accounts-only')).me.role).toBe('member');
    }),
  );
});

describe('the name', () => {
  const kept: readonly [given: string, stored: string][] = [
    ['Ann', 'Ann'],
    ['  Ann  ', 'Ann'],
    ['Ann\t\u00a0 of \u3000\n Green', 'Ann of Green'],
    ['\ufeffAnn\u2028', 'Ann'],
    ['\u{1f3a7}'.repeat(40), '\u{1f3a7}'.repeat(40)],
    [`${'x'.repeat(40)}   `, 'x'.repeat(40)],
    ['\u{1f469}\u200d\u{1f680}', '\u{1f469}\u200d\u{1f680}'],
    ['مریم', 'مریم'],
  ];
  test.each(kept)('%j is kept as %j', (given, stored) =>
    inWorld(async (world) => {
      expect((await join(world, 'stranger', 'open', given)).me.display_name).toBe(stored);
      expect(await world.sql('select display_name from room_profiles where user_id = $1', [userId('stranger')])).toEqual([
        { display_name: stored },
      ]);
    })(),
  );

  const none: readonly [why: string, given: string][] = [
    ['empty', ''],
    ['white space only', ' \t\n\u00a0\u3000'],
    ['nothing to be seen', '\u200b\u200d\u2060'],
    ['41 characters', 'x'.repeat(41)],
    ['41 characters beyond the basic plane', '\u{1f3a7}'.repeat(41)],
    ['a control character', 'An\u0007n'],
    ['a control character of the second block', 'An\u0085n'],
    ['an escape sequence', '\u001b[31mAnn'],
    ['a direction override', 'Ann\u202e'],
    ['a direction isolate', '\u2066Ann'],
  ];
  test.each(none)('is refused: %s', (_why, given) =>
    inWorld(async (world) => {
      expect(await refused(world, 'stranger', 'open', given)).toEqual({ message: 'name_invalid' });
      expect(await membership(world, 'stranger', 'open')).toEqual([]);
    })(),
  );

  test(
    'left out keeps the known one, and is refused when there is none',
    inWorld(async (world) => {
      expect((await join(world, 'stranger', 'open')).me.display_name).toBe('stranger');
      const somebody = await newcomer(world);
      expect(await refused(world, somebody, 'open')).toEqual({ message: 'name_invalid' });
      expect((await join(world, somebody, 'open', 'Nora')).me.display_name).toBe('Nora');
      expect((await join(world, somebody, 'elsewhere')).me.display_name).toBe('Nora');
    }),
  );

  test(
    'given anew holds in all rooms; what was written keeps the old one',
    inWorld(async (world) => {
      await join(world, 'author', 'open', 'Auberon');
      const seen = await world.as(
        'member',
        'select display_name, author_name from room_entries join room_profiles on user_id = author_id where room_id = $1',
        [rooms.closed],
      );
      expect(seen.rows).toEqual([{ display_name: 'Auberon', author_name: 'author' }]);
    }),
  );
});
