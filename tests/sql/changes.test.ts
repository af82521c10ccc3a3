import { describe, expect, test } from 'vitest';
import { isEmoji } from '../../src/chat/text.js';
import { emojiCases } from '../support/emoji-cases.js';
import { act, audited, id, log, refusedAct, send, type Entry } from './acts.js';
import { expectWait, sent } from './pace.js';
import { entries, rooms, userId, useWorld, type World } from './support.js';

const inWorld = useWorld();

const edit = (world: World, entry: string, message: string, body: string) =>
  act(world, 'member', 'edit_message', [entry, message, body]);

interface Now {
  readonly id: string;
  readonly body: string;
  readonly deleted: boolean;
  readonly edited_at: string | null;
  readonly track_uri: string | null;
}

const now = async (world: World, ...messages: string[]): Promise<Now[]> =>
  (await world.as<{ answer: Now }>('guest', 'select messages_now($1, $2) as answer', [rooms.open, messages])).rows
    .map(({ answer }) => answer);

describe('an edit', () => {
  test(
    'is an entry about the message, which itself stays',
    inWorld(async (world) => {
      const message = await send(world, 'member', id(1), 'Helo');
      const change = await edit(world, id(2), id(1), 'Hello \n');
      expect(change).toMatchObject({ seq: 3, id: id(2), kind: 'edit', target_id: id(1), body: 'Hello', redacted: false });
      expect((await log(world))[1]).toMatchObject({ id: id(1), body: message.body });
      expect(await now(world, id(1))).toMatchObject([{ body: 'Hello', deleted: false, edited_at: change.created_at }]);
    }),
  );

  test(
    'the last one counts, and one that is sent twice is stored once',
    inWorld(async (world) => {
      await send(world, 'member', id(1), 'One');
      const first = await edit(world, id(2), id(1), 'Two');
      await edit(world, id(3), id(1), 'Three');
      expect(await edit(world, id(2), id(1), 'Two')).toEqual(first);
      expect(await edit(world, id(2), id(1), 'Something else')).toEqual(first);
      expect(await log(world)).toHaveLength(4);
      expect(await now(world, id(1))).toMatchObject([{ body: 'Three' }]);
    }),
  );

  const refused: readonly [what: string, parameters: readonly unknown[], message: string][] = [
    ["somebody else's message", [id(9), entries.open, 'Mine'], 'not_allowed'],
    ['a message of another room', [id(9), entries.closed, 'Mine'], 'message_unknown'],
    ['nothing that is there', [id(9), id(8), 'Mine'], 'message_unknown'],
    ['an edit', [id(9), id(2), 'Again'], 'message_unknown'],
    ['no message', [id(9), null, 'Mine'], 'message_unknown'],
    ['a shared track', [id(9), id(3), 'Another title'], 'not_allowed'],
    ['a message, to nothing', [id(9), id(1), ' \n'], 'message_empty'],
    ['a message, to too much', [id(9), id(1), 'x'.repeat(4001)], 'message_too_long'],
    ['a message, under an id of somebody else', [entries.open, id(1), 'Hello'], 'message_id_taken'],
  ];
  test.each(refused)('is refused of %s', (_what, parameters, message) =>
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      await edit(world, id(2), id(1), 'Hello again');
      await world.call('member', "share_track($1, $2, 'spotify:track:0123456789abcdefghijkL', 'Song', null)", [rooms.open, id(3)]);
      expect(await refusedAct(world, 'member', 'edit_message', parameters)).toEqual({ message });
      expect(await log(world)).toHaveLength(4);
    })(),
  );

  test(
    'names whom its text names: a name taken out is out, one put in is in, for members alone',
    inWorld(async (world) => {
      await send(world, 'member', id(1), 'Hello @guest', { naming: [userId('guest')] });
      const naming = [userId('author'), userId('stranger'), userId('author')];
      const change = await act(world, 'member', 'edit_message', [id(2), id(1), 'Hello @author', naming]);
      expect(change).toMatchObject({ kind: 'edit', mentions: [userId('author')] });
      expect(await edit(world, id(3), id(1), 'Hello')).toMatchObject({ mentions: [] });
      expect((await log(world)).map(({ mentions }) => mentions)).toEqual([[], [userId('guest')], [userId('author')], []]);
    }),
  );

  test(
    'comes out of the allowance for messages',
    inWorld(async (world) => {
      const start = performance.now();
      await send(world, 'member', id(1));
      await sent(world, 'member', 'entry', 10, 10);
      expectWait(await refusedAct(world, 'member', 'edit_message', [id(2), id(1), 'New']), 20, start);
    }),
  );
});

describe('a deletion', () => {
  const remove = (world: World, who: 'member' | 'moderator' | 'owner', entry: string, message: string) =>
    act(world, who, 'delete_message', [entry, message]);

  test(
    'leaves the text nowhere: not in the message, its edits, their names, nor in what was broadcast',
    inWorld(async (world) => {
      await send(world, 'member', id(1), 'Secret one', { naming: [userId('author')] });
      await act(world, 'member', 'edit_message', [id(2), id(1), 'Secret two', [userId('guest')]]);
      await act(world, 'guest', 'react', [id(3), id(1), '👍']);
      const answer = await remove(world, 'member', id(4), id(1));
      expect(answer).toMatchObject({ kind: 'delete', target_id: id(1), body: '', seq: 5, redacted: false });

      const stored = await log(world);
      expect(stored.slice(1, 3)).toMatchObject([
        { id: id(1), kind: 'message', body: '', mentions: [], redacted: true, author_name: 'member' },
        { id: id(2), kind: 'edit', body: '', mentions: [], redacted: true },
      ]);
      expect(stored[3]).toMatchObject({ kind: 'react', body: '👍', redacted: false });
      const everything = await world.sql<{ text: string }>(
        `select payload::text as text from realtime.messages union all select entry::text from room_entries entry
         union all select audit::text from room_audit audit`,
      );
      expect(everything.map(({ text }) => text).join()).not.toContain('Secret');
      expect(await now(world, id(1))).toMatchObject([{ body: '', deleted: true, edited_at: null }]);
    }),
  );

  test(
    'takes the address and the names of a shared track along',
    inWorld(async (world) => {
      await world.call('member', "share_track($1, $2, 'spotify:track:0123456789abcdefghijkL', 'Song', 'Ada')", [rooms.open, id(1)]);
      await remove(world, 'member', id(2), id(1));
      expect((await log(world))[1]).toMatchObject({
        kind: 'track', body: '', track_uri: null, track_artists: null, redacted: true,
      });
      expect(await now(world, id(1))).toMatchObject([{ track_uri: null, deleted: true }]);
    }),
  );

  test(
    'again gives the first one, whoever asks; nothing more is written',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      const first = await remove(world, 'member', id(2), id(1));
      expect(await remove(world, 'member', id(2), id(1))).toEqual(first);
      expect(await remove(world, 'member', id(3), id(1))).toEqual(first);
      expect(await remove(world, 'moderator', id(4), id(1))).toEqual(first);
      expect(await log(world)).toHaveLength(3);
      expect(await audited(world)).toEqual([]);
    }),
  );

  test.each(['moderator', 'owner'] as const)('by the %s is written down, without the text', (who) =>
    inWorld(async (world) => {
      await send(world, 'member', id(1), 'Secret');
      await remove(world, who, id(2), id(1));
      expect(await audited(world)).toEqual([
        { actor_id: userId(who), action: 'delete_message', target_user: userId('member'), target_message: id(1), detail: {} },
      ]);
    })(),
  );

  test(
    'ends edits and reactions; an answer to it still comes through',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      await remove(world, 'member', id(2), id(1));
      const gone = { message: 'message_unknown' };
      expect(await refusedAct(world, 'member', 'edit_message', [id(3), id(1), 'Back'])).toEqual(gone);
      expect(await refusedAct(world, 'guest', 'react', [id(3), id(1), '👍'])).toEqual(gone);
      expect(await refusedAct(world, 'guest', 'unreact', [id(3), id(1), '👍'])).toEqual(gone);
      expect(await refusedAct(world, 'guest', 'report_message', [id(1), ''])).toEqual(gone);
      expect((await send(world, 'guest', id(4), 'What was it?', { to: id(1) })).reply_to).toBe(id(1));
    }),
  );

  test(
    'of something that is no message is refused',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      await edit(world, id(2), id(1), 'New');
      for (const target of [id(2), id(9), entries.closed, null]) {
        expect(await refusedAct(world, 'moderator', 'delete_message', [id(3), target])).toEqual({ message: 'message_unknown' });
      }
    }),
  );
});

describe('a reaction', () => {
  const react = (world: World, entry: string, emoji = '👍') => act<Entry | null>(world, 'member', 'react', [entry, entries.open, emoji]);
  const unreact = (world: World, entry: string, emoji = '👍') =>
    act<Entry | null>(world, 'member', 'unreact', [entry, entries.open, emoji]);

  test(
    'is given and taken back, each once; what changes nothing is answered with null',
    inWorld(async (world) => {
      expect(await unreact(world, id(1))).toBeNull();
      const given = await react(world, id(2));
      expect(given).toMatchObject({ seq: 2, kind: 'react', target_id: entries.open, body: '👍' });
      expect(await react(world, id(3))).toBeNull();
      expect(await react(world, id(2))).toEqual(given);
      expect(await unreact(world, id(4))).toMatchObject({ seq: 3, kind: 'unreact' });
      expect(await unreact(world, id(5))).toBeNull();
      expect(await react(world, id(6))).toMatchObject({ seq: 4 });
      expect((await log(world)).map(({ kind }) => kind)).toEqual(['message', 'react', 'unreact', 'react']);
    }),
  );

  test(
    "is each member's own and each emoji's own",
    inWorld(async (world) => {
      await react(world, id(1));
      expect(await react(world, id(2), '🎵')).not.toBeNull();
      expect(await act(world, 'guest', 'react', [id(3), entries.open, '👍'])).not.toBeNull();
    }),
  );

  test.each(emojiCases)('may be %j: %s', (text, is) =>
    inWorld(async (world) => {
      if (is) return expect(await act(world, 'member', 'react', [id(1), entries.open, text])).toMatchObject({ body: text });
      for (const name of ['react', 'unreact'] as const) {
        expect(await refusedAct(world, 'member', name, [id(1), entries.open, text])).toEqual({ message: 'reaction_invalid' });
      }
    })(),
  );

  test(
    'is an emoji by the rule of the pages: the same pictures, and no letter',
    inWorld(async (world) => {
      const [found] = await world.sql<{ ranges: string }>(
        `select string_agg(to_hex(first) || '-' || to_hex(last), ' ' order by first) as ranges from (
           select min(code) as first, max(code) as last from (
             select code, code - row_number() over (order by code) as run from 
               (select generate_series(1, 55295) union all select generate_series(126976, 131071)) codes (code)
             where private.is_emoji(chr(code))
           ) single group by run
         ) runs`,
      );
      const same: string[] = [];
      for (let code = 1, first = 0; code < 0x20000; code++) {
        const is = (code < 0xd800 || code >= 0x1f000) && isEmoji(String.fromCodePoint(code));
        if (is && !first) first = code;
        if (!is && first) same.push(`${first.toString(16)}-${(code - 1).toString(16)}`);
        if (!is) first = 0;
      }
      expect(found?.ranges).toBe(same.join(' '));
    }),
  );

  test(
    'is one of 20 different ones at most; what was taken back makes room, and what is there may be given by others',
    inWorld(async (world) => {
      const emoji = (index: number): string => String.fromCodePoint(0x1f400 + index);
      await world.sql(
        `insert into room_entries (room_id, seq, id, kind, author_id, author_name, body, target_id)
         select $1, 1 + nr, gen_random_uuid(), 'react', $2, 'author', chr(128000 + nr::int - 1), $3 from generate_series(1, 20) nr`,
        [rooms.open, userId('author'), entries.open],
      );
      await world.sql('update rooms set last_seq = 21 where id = $1', [rooms.open]);
      expect(await refusedAct(world, 'member', 'react', [id(1), entries.open, emoji(20)])).toEqual({ message: 'reactions_full' });
      expect(await react(world, id(2), emoji(7))).toMatchObject({ seq: 22 });
      await act(world, 'author', 'unreact', [id(3), entries.open, emoji(7)]);
      expect(await refusedAct(world, 'member', 'react', [id(4), entries.open, emoji(20)])).toEqual({ message: 'reactions_full' });
      await unreact(world, id(5), emoji(7));
      expect(await react(world, id(6), emoji(20))).toMatchObject({ kind: 'react', body: emoji(20) });
    }),
  );

  test(
    'comes out of the allowance for messages; one that changes nothing is free',
    inWorld(async (world) => {
      await react(world, id(1));
      await sent(world, 'member', 'entry', 10, 10);
      expect(await react(world, id(2))).toBeNull();
      expect(await refusedAct(world, 'member', 'react', [id(3), entries.open, '🎵'])).toMatchObject({ message: 'rate_limited' });
    }),
  );
});

describe('messages as they are now', () => {
  test(
    'are those of the room among the first 50 ids, each once',
    inWorld(async (world) => {
      await send(world, 'member', id(1));
      await edit(world, id(2), id(1), 'New');
      const asked = [entries.open, entries.open, entries.closed, id(1), id(2), id(9)];
      expect((await now(world, ...asked)).map((message) => message.id).sort()).toEqual([entries.open, id(1)].sort());
      const many = Array.from({ length: 50 }, (_, place) => id(100 + place));
      expect(await now(world, ...many, entries.open)).toEqual([]);
      expect(await now(world)).toEqual([]);
    }),
  );
});

describe('a reply', () => {
  test(
    'names the message that it answers',
    inWorld(async (world) => {
      const reply = await send(world, 'member', id(1), 'Indeed', { to: entries.open });
      expect(reply).toMatchObject({ kind: 'message', reply_to: entries.open, target_id: null });
      expect((await send(world, 'guest', id(2), 'Yes', { to: id(1) })).reply_to).toBe(id(1));
    }),
  );

  test(
    'answers no change, no other room and nothing that is not there',
    inWorld(async (world) => {
      await act(world, 'guest', 'react', [id(1), entries.open, '👍']);
      for (const to of [id(1), entries.closed, id(9)]) {
        expect(await refusedAct(world, 'member', 'send_message', [id(2), 'Indeed', to])).toEqual({ message: 'message_unknown' });
      }
    }),
  );
});

describe('mentions', () => {
  test(
    'are of members, each once; others are left out and the message stays',
    inWorld(async (world) => {
      const naming = [userId('guest'), userId('stranger'), userId('guest'), userId('banned'), id(9), userId('member')];
      const message = await send(world, 'member', id(1), 'Hello', { naming });
      expect([...message.mentions].sort()).toEqual([userId('guest'), userId('member')]);
      expect((await send(world, 'member', id(2))).mentions).toEqual([]);
    }),
  );
});
