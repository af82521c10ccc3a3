import { describe, expect, test } from 'vitest';
import { heard, lanterns, refused, share, shown, stored } from './listening.js';
import { expectWait, later, sent } from './pace.js';
import { listening as authors, rooms, userId, useWorld, type Caller } from './support.js';

const inWorld = useWorld();

const nobody: Caller = { claims: { role: 'authenticated' } };

describe('what one listens to', () => {
  test(
    'is read by the members as it was said',
    inWorld(async (world) => {
      await share(world, 'member');
      expect(await shown(world, 'member')).toEqual([lanterns]);
      expect(await shown(world, 'member', rooms.closed)).toEqual([]);
      expect(await shown(world, 'member', rooms.open, 'stranger')).toEqual([]);
    }),
  );

  test(
    'is the present value: the next takes its place, and nothing of it stays',
    inWorld(async (world) => {
      const before = await stored(world);
      const episode = { uri: 'spotify:episode:0123456789abcdefghijkL', title: 'One', artists: '', artwork: null };
      await share(world, 'member');
      await share(world, 'member', episode);
      expect(await shown(world, 'member')).toEqual([episode]);
      expect(await stored(world)).toBe(before + 1);
    }),
  );

  test(
    'is said to each room by itself',
    inWorld(async (world) => {
      await share(world, 'member');
      await share(world, 'member', { ...lanterns, title: 'Another' }, rooms.closed);
      await share(world, 'member', null);
      expect(await shown(world, 'member')).toEqual([]);
      expect(await shown(world, 'member', rooms.closed)).toMatchObject([{ title: 'Another' }]);
    }),
  );

  test(
    "is deleted by null, of SQL or of JSON, and by nobody else's",
    inWorld(async (world) => {
      await share(world, 'member');
      await share(world, 'guest', null);
      expect(await shown(world, 'member')).toHaveLength(1);
      await share(world, 'member', null);
      expect(await shown(world, 'member')).toEqual([]);
      await share(world, 'member');
      await world.call('member', "share_listening($1, 'null')", [rooms.open]);
      expect(await shown(world, 'member')).toEqual([]);
      await share(world, 'member', null);
      expect(await shown(world, 'author')).toEqual([authors]);
    }),
  );

  const insecure = 'http://127.0.0.1:5173/a.svg';
  const long = `https://${'x'.repeat(492)}`;
  const { artists: _artists, artwork: _artwork, ...least } = lanterns;
  const kept: readonly [what: string, given: unknown, stored: object][] = [
    ['no artists and no artwork', least, { artists: '', artwork: null }],
    ['null for them', { ...lanterns, artists: null, artwork: null }, { artists: '', artwork: null }],
    ['other keys, which are ignored', { ...lanterns, user_id: userId('owner'), room_id: 1, updated_at: {} }, lanterns],
    ['300 characters', { ...lanterns, title: '\u{1f3b5}'.repeat(300) }, { title: '\u{1f3b5}'.repeat(300) }],
    ['300 and white space', { ...lanterns, artists: ` ${'x'.repeat(300)}\n` }, { artists: 'x'.repeat(300) }],
    ['control characters', { ...lanterns, title: 'Paper\u0007\nLanterns\u202e' }, { title: 'Paper Lanterns' }],
    ['an address without TLS', { ...lanterns, artwork: insecure }, { artwork: insecure }],
    ['500 characters of address', { ...lanterns, artwork: long }, { artwork: long }],
  ];
  test.each(kept)('may have %s', (_what, given, expected) =>
    inWorld(async (world) => {
      await share(world, 'member', given);
      expect(await shown(world, 'member')).toEqual([{ ...lanterns, ...expected }]);
    })(),
  );

  const none: readonly [what: string, given: unknown][] = [
    ['a text', 'spotify:track:0123456789abcdefghijkL'],
    ['a number', 1],
    ['a list', [lanterns]],
    ['nothing in it', {}],
    ['no address', { ...lanterns, uri: null }],
    ['an album, which nobody hears at once', { ...lanterns, uri: 'spotify:album:0123456789abcdefghijkL' }],
    ['a user', { ...lanterns, uri: 'spotify:user:0123456789abcdefghijkL' }],
    ['a script', { ...lanterns, uri: 'javascript:alert(1)' }],
    ['a line after the address', { ...lanterns, uri: `${lanterns.uri}\n` }],
    ['an address that is a list', { ...lanterns, uri: [lanterns.uri] }],
    ['no title', { ...lanterns, title: undefined }],
    ['an empty title', { ...lanterns, title: ' \n' }],
    ['a title with nothing to be seen', { ...lanterns, title: '\u200b' }],
    ['a title that is a number', { ...lanterns, title: 7 }],
    ['a title of 301 characters', { ...lanterns, title: 'x'.repeat(301) }],
    ['a title of 10,000 characters', { ...lanterns, title: 'x'.repeat(10_000) }],
    ['artists of 301 characters', { ...lanterns, artists: 'x'.repeat(301) }],
    ['artists that are a list', { ...lanterns, artists: ['Ada Bright'] }],
    ['artwork that is a script', { ...lanterns, artwork: 'javascript:alert(1)' }],
    ['artwork that is data', { ...lanterns, artwork: 'data:image/svg+xml,<svg/>' }],
    ['artwork with a line before it', { ...lanterns, artwork: 'x\nhttps://images.example/' }],
    ['artwork with white space', { ...lanterns, artwork: 'https://images.example/a b.jpg' }],
    ['artwork that is empty', { ...lanterns, artwork: '' }],
    ['artwork of 501 characters', { ...lanterns, artwork: `${long}x` }],
    ['artwork that is an object', { ...lanterns, artwork: { url: lanterns.artwork } }],
  ];
  test.each(none)('is refused: %s', (_what, given) =>
    inWorld(async (world) => {
      await share(world, 'member');
      await heard(world);
      expect(await refused(world, 'member', given)).toEqual({ message: 'listening_invalid' });
      expect(await shown(world, 'member')).toEqual([lanterns]);
      expect(await heard(world)).toEqual([]);
    })(),
  );

  test(
    'needs a sign-in and a membership, which a private room and none tell alike',
    inWorld(async (world) => {
      for (const value of [lanterns, null, 'nonsense']) {
        expect(await refused(world, nobody, value)).toEqual({ message: 'not_signed_in' });
        for (const room of [rooms.open, rooms.closed, rooms.missing]) {
          expect(await refused(world, 'stranger', value, room)).toEqual({ message: 'not_a_member' });
        }
      }
    }),
  );

  test.each([
    ['uri', "'spotify:user:0123456789abcdefghijkL'"],
    ['title', "''"],
    ['title', "repeat('x', 301)"],
    ['title', "E'a\\nb'"],
    ['artists', "repeat('x', 301)"],
    ['artists', "E'a\\u0085b'"],
    ['artwork', "'javascript:alert(1)'"],
    ['artwork', "'https://' || repeat('x', 493)"],
  ])('holds to its rules, whoever writes the row: %s %s', (column, value) =>
    inWorld(async (world) => {
      const update = `update room_listening set ${column} = ${value}`;
      expect(await world.attempt('service', update)).toMatch(/check constraint/);
    })(),
  );
});

describe('the pace of it', () => {
  test(
    'is twenty in 30 seconds, then the seconds to wait; what was shown before stays',
    inWorld(async (world) => {
      const start = performance.now();
      for (let number = 1; number <= 20; number++) await share(world, 'member', { ...lanterns, title: `${number}` });
      expectWait(await refused(world, 'member'), 30, start);
      expect(await shown(world, 'member')).toMatchObject([{ title: '20' }]);
      await later(world, 30);
      await share(world, 'member');
      expect(await shown(world, 'member')).toEqual([lanterns]);
    }),
  );

  test(
    'never keeps anybody from taking it back',
    inWorld(async (world) => {
      await share(world, 'member');
      await sent(world, 'member', 'listening', 19, 1);
      expect(await refused(world, 'member')).toMatchObject({ message: 'rate_limited' });
      for (let number = 0; number < 25; number++) await share(world, 'member', null);
      expect(await shown(world, 'member')).toEqual([]);
      expect(await refused(world, 'member')).toMatchObject({ message: 'rate_limited' });
    }),
  );

  test(
    'is apart from that of messages, over all rooms, and the same for the owner',
    inWorld(async (world) => {
      await sent(world, 'member', 'entry', 11, 1);
      await share(world, 'member');
      for (const person of ['guest', 'owner'] as const) {
        await sent(world, person, 'listening', 20, 1);
        expect(await refused(world, person, lanterns, rooms.closed)).toMatchObject({ message: 'rate_limited' });
        await world.call(person, "send_message($1, gen_random_uuid(), 'Hello')", [rooms.open]);
      }
    }),
  );

  test(
    'counts renewals, and nothing that is refused',
    inWorld(async (world) => {
      await sent(world, 'member', 'listening', 18, 1);
      for (let number = 0; number < 5; number++) await refused(world, 'member', { ...lanterns, title: '' });
      await share(world, 'member');
      await share(world, 'member');
      expect(await refused(world, 'member')).toMatchObject({ message: 'rate_limited' });
    }),
  );
});
