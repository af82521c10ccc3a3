import { describe, expect, test } from 'vitest';
import { expectWait, sent } from './pace.js';
import { entries, rooms, userId, useWorld, type Caller, type Person, type World } from './support.js';

const inWorld = useWorld();

interface Track {
  readonly uri: string | null;
  readonly title: string | null;
  readonly artists: string | null;
}

interface Entry {
  readonly seq: number;
  readonly kind: string;
  readonly body: string;
  readonly track_uri: string | null;
  readonly track_artists: string | null;
}

const id = (number: number): string => `00000000-0000-4000-8004-${String(number).padStart(12, '0')}`;
const lanterns: Track = { uri: 'spotify:track:0123456789abcdefghijkL', title: 'Paper Lanterns', artists: 'The Quiet Hours' };

const call = 'share_track($1, $2, $3, $4, $5)';
const given = (entry: string, track: Partial<Track>, room: string) => {
  const { uri, title, artists } = { ...lanterns, ...track };
  return [room, entry, uri, title, artists];
};

const share = (world: World, who: Person, entry: string, track: Partial<Track> = {}, room: string = rooms.open) =>
  world.call<Entry>(who, call, given(entry, track, room));

const refused = (world: World, who: Person | Caller, entry: string, track: Partial<Track> = {}, room: string = rooms.open) =>
  world.refused(who, call, given(entry, track, room));

const say = (world: World, who: Person, entry: string) =>
  world.call<Entry>(who, 'send_message($1, $2, $3)', [rooms.open, entry, 'Hello']);

describe('a shared track', () => {
  test(
    'is answered as it is stored, and as it is announced',
    inWorld(async (world) => {
      const shared = await share(world, 'member', id(1));
      expect(shared).toEqual({
        seq: 2,
        id: id(1),
        kind: 'track',
        author_id: userId('member'),
        author_name: 'member',
        body: 'Paper Lanterns',
        track_uri: lanterns.uri,
        track_artists: 'The Quiet Hours',
        target_id: null,
        reply_to: null,
        mentions: [],
        redacted: false,
        created_at: expect.any(String),
      });
      const stored = await world.call('guest', '(select to_jsonb(entry) from room_entries entry where seq = 2)');
      expect(stored).toEqual({ ...shared, room_id: rooms.open });
      const announced = await world.sql(
        "select topic, event, private, payload from realtime.messages where payload ->> 'id' = $1",
        [id(1)],
      );
      expect(announced).toEqual([{ topic: `room:${rooms.open}:1`, event: 'entry', private: true, payload: shared }]);
    }),
  );

  test.each(['track', 'episode', 'album', 'playlist'])("may be Spotify's: %s", (what) =>
    inWorld(async (world) => {
      const uri = `spotify:${what}:0123456789ABCDEFghijkl`;
      expect((await share(world, 'member', id(1), { uri })).track_uri).toBe(uri);
    })(),
  );

  const id22 = '0123456789abcdefghijkL';
  const none: readonly [what: string, track: Partial<Track>][] = [
    ['no address', { uri: null }],
    ['an empty one', { uri: '' }],
    ['a user', { uri: `spotify:user:${id22}` }],
    ['an artist', { uri: `spotify:artist:${id22}` }],
    ['a file of somebody', { uri: 'spotify:local:a:b:c:1' }],
    ['a script', { uri: `javascript:alert(1)//spotify:track:${id22}` }],
    ['a page', { uri: `https://open.spotify.com/track/${id22}` }],
    ['another case', { uri: `Spotify:Track:${id22}` }],
    ['an id that is too short', { uri: `spotify:track:${id22.slice(1)}` }],
    ['an id that is too long', { uri: `spotify:track:${id22}0` }],
    ['an id of other characters', { uri: `spotify:track:${id22.slice(1)}é` }],
    ['a line before it', { uri: `x\nspotify:track:${id22}` }],
    ['a line after it', { uri: `spotify:track:${id22}\n` }],
    ['no title', { title: null }],
    ['an empty title', { title: '' }],
    ['a title of white space and control characters', { title: ' \u0007\n\u00a0' }],
    ['a title with nothing to be seen', { title: '\u200b\u2060' }],
  ];
  test.each(none)('is refused: %s', (_what, track) =>
    inWorld(async (world) => {
      expect(await refused(world, 'member', id(1), track)).toEqual({ message: 'track_invalid' });
    })(),
  );

  const asGiven = "Don't  Stop (2011\u3000Remaster) – “Live”";
  const kept: readonly [what: string, given: string, stored: string][] = [
    ['all that Spotify gives', asGiven, asGiven],
    ['markup, being text', '<b>\'"; drop table rooms; --', '<b>\'"; drop table rooms; --'],
    ['what is around it goes', ' \n\u00a0Paper Lanterns\ufeff\t', 'Paper Lanterns'],
    ['control characters and new lines become a space', 'Paper\r\n\u0007Lanterns\u2028\u0085Again', 'Paper Lanterns Again'],
    ['direction overrides go', '\u2066Paper\u202e Lanterns\u2069', 'Paper Lanterns'],
    ['300 characters beyond the basic plane', '\u{1f3b5}'.repeat(300), '\u{1f3b5}'.repeat(300)],
    ['more is cut', '\u{1f3b5}'.repeat(10_000), '\u{1f3b5}'.repeat(300)],
    ['a cut leaves no white space', `${'x'.repeat(299)} y`, 'x'.repeat(299)],
  ];
  test.each(kept)('keeps of its title and its artists: %s', (_what, text, stored) =>
    inWorld(async (world) => {
      expect(await share(world, 'member', id(1), { title: text, artists: text })).toMatchObject({
        body: stored,
        track_artists: stored,
      });
    })(),
  );

  test(
    'may have no artists',
    inWorld(async (world) => {
      expect((await share(world, 'member', id(1), { artists: null })).track_artists).toBe('');
      expect((await share(world, 'member', id(2), { artists: ' ' })).track_artists).toBe('');
    }),
  );

  test(
    'needs a sign-in and a membership',
    inWorld(async (world) => {
      const nobody: Caller = { claims: { role: 'authenticated' } };
      expect(await refused(world, nobody, id(1))).toEqual({ message: 'not_signed_in' });
      expect(await refused(world, 'stranger', id(1))).toEqual({ message: 'not_a_member' });
      expect(await refused(world, 'stranger', id(1), { uri: 'x' }, rooms.missing)).toEqual({ message: 'not_a_member' });
    }),
  );

  test.each([
    ['a message with an address', "'message', 'Hello', 'spotify:track:0123456789abcdefghijkL', null"],
    ['a message with artists', "'message', 'Hello', null, ''"],
    ['a track without an address', "'track', 'Hello', null, ''"],
    ['a track without artists', "'track', 'Hello', 'spotify:track:0123456789abcdefghijkL', null"],
    ['a track that is something else', "'track', 'Hello', 'spotify:user:0123456789abcdefghijkL', ''"],
    ['a track with a long title', "'track', repeat('x', 301), 'spotify:track:0123456789abcdefghijkL', ''"],
    ['a track with many artists', "'track', 'Hello', 'spotify:track:0123456789abcdefghijkL', repeat('x', 301)"],
    ['something new', "'poll', 'Hello', null, null"],
  ])('is one or is none, whoever writes the row: %s', (_what, values) =>
    inWorld(async (world) => {
      const row = `'${rooms.open}', 2, gen_random_uuid(), 'author', ${values}`;
      const columns = 'room_id, seq, id, author_name, kind, body, track_uri, track_artists';
      const insert = `insert into room_entries (${columns}) values (${row})`;
      expect(await world.attempt('service', insert)).toMatch(/check constraint/);
    })(),
  );
});

describe('its place in the log', () => {
  test(
    'is among the messages, in one order without a gap',
    inWorld(async (world) => {
      await say(world, 'member', id(1));
      await share(world, 'guest', id(2));
      await refused(world, 'guest', id(3), { title: '' });
      await refused(world, 'guest', id(1));
      await say(world, 'guest', id(4));
      await share(world, 'owner', id(5), {}, rooms.closed);
      const log = 'select seq, kind from room_entries where room_id = $1 order by seq';
      expect(await world.sql(log, [rooms.open])).toEqual([
        { seq: 1, kind: 'message' },
        { seq: 2, kind: 'message' },
        { seq: 3, kind: 'track' },
        { seq: 4, kind: 'message' },
      ]);
      expect(await world.sql('select slug, last_seq from rooms where owner_id is not null order by slug')).toEqual([
        { slug: 'closed', last_seq: 2 },
        { slug: 'open', last_seq: 4 },
      ]);
    }),
  );

  test(
    'is the same for the same id from the same writer, whatever comes with it',
    inWorld(async (world) => {
      const shared = await share(world, 'member', id(1));
      expect(await share(world, 'member', id(1))).toEqual(shared);
      expect(await share(world, 'member', id(1), { title: 'Another', artists: null })).toEqual(shared);
      expect(await say(world, 'member', id(1))).toEqual(shared);
      expect(await world.sql('select from room_entries where room_id = $1', [rooms.open])).toHaveLength(2);
      expect(await world.sql("select from realtime.messages where payload ->> 'id' = $1", [id(1)])).toHaveLength(1);
    }),
  );

  test(
    'is not to be had with an id that somebody else wrote',
    inWorld(async (world) => {
      expect(await refused(world, 'member', entries.open)).toEqual({ message: 'message_id_taken' });
    }),
  );

  test(
    'comes out of the allowance for messages',
    inWorld(async (world) => {
      const start = performance.now();
      await sent(world, 'member', 'entry', 9, 10);
      await share(world, 'member', id(1));
      await say(world, 'member', id(2));
      expectWait(await refused(world, 'member', id(3)), 20, start);
      expect((await share(world, 'member', id(1))).seq).toBe(2);
      await sent(world, 'owner', 'entry', 99, 1);
      await share(world, 'owner', id(4));
      expect(await refused(world, 'owner', id(5))).toMatchObject({ message: 'rate_limited' });
    }),
  );
});
