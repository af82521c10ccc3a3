import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openServer, type ServerSession } from '../../demo/services/supabase/db-server.js';
import type { Queries, SessionTransaction } from '../../demo/services/supabase/db-session.js';
import { createServerDatabase, engine } from './engine.js';

/** What only several connections can do to each other. PGlite has one: there everything takes turns anyway. */
describe.skipIf(engine() === 'missing')('at the same time', () => {
  const people = Array.from({ length: 8 }, () => randomUUID());
  const [owner = '', member = ''] = people;
  let server: ServerSession;
  let drop: () => Promise<void>;
  let room: string;

  beforeAll(async () => {
    const database = await createServerDatabase();
    drop = database.drop;
    server = openServer(database.url);
    await server.query('insert into auth.users (id) select unnest($1::uuid[])', [people]);
    const { rows } = await server.query<{ id: string }>(
      "insert into rooms (slug, title, is_public, owner_id) values ('race', 'Race', true, $1) returning id",
      [owner],
    );
    room = rows[0]?.id ?? '';
    for (const person of people) await as(person, (transaction) => join(transaction));
  });
  afterAll(async () => {
    await server.close();
    await drop();
  });

  /** A transaction of a signed-in person, as PostgREST makes one. */
  const as = <T>(person: string, body: (transaction: SessionTransaction) => Promise<T>): Promise<T> =>
    server.transaction(async (transaction) => {
      await transaction.query("select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)", [
        JSON.stringify({ role: 'authenticated', sub: person }),
      ]);
      return body(transaction);
    });

  const join = (queries: Queries) => queries.query("select join_room('race', 'Somebody')");
  const send = (queries: Queries, id: string = randomUUID()) =>
    queries.query<{ id: string }>("select send_message($1, $2, 'Hello') ->> 'id' as id", [room, id]);
  const ban = (queries: Queries) => queries.query("select ban_member($1, $2, 'infinity')", [room, member]);

  /** Resolves once so many connections wait for locks that others hold. */
  const untilWaiting = async (waiting = 1): Promise<void> => {
    for (;;) {
      const { rows } = await server.query(
        "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      if (rows.length >= waiting) return;
    }
  };

  const outcome = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

  const song = { uri: 'spotify:track:0000000000000000000001', title: 'Paper Lanterns' };
  const forgive = () => server.exec('delete from room_bans; delete from private.recent_sends; update room_members set muted_until = null');

  test('entries of many writers have one order without a gap, and times that rise', async () => {
    await Promise.all(people.flatMap((person) => Array.from({ length: 10 }, () => as(person, (own) => send(own)))));
    const { rows } = await server.query<{ seq: number; sorted: boolean }>(
      `select seq, created_at >= lag(created_at, 1, '-infinity') over (order by seq) as sorted
       from room_entries where room_id = $1 order by seq`,
      [room],
    );
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 80 }, (_, place) => place + 1));
    expect(rows.every(({ sorted }) => sorted)).toBe(true);
  });

  test('one message sent several times at once is stored once and answered alike', async () => {
    await forgive();
    const id = randomUUID();
    await Promise.all(Array.from({ length: 4 }, () => as(member, (own) => send(own, id))));
    expect((await server.query('select from room_entries where id = $1', [id])).rows).toHaveLength(1);
    const { rows } = await server.query<{ sent: number }>(
      'select cardinality(sent_at) as sent from private.recent_sends where user_id = $1',
      [member],
    );
    expect(rows).toEqual([{ sent: 1 }]);
  });

  test('a message that waits while its writer is banned does not pass', async () => {
    await forgive();
    const id = randomUUID();
    let sending = Promise.resolve('');
    await as(owner, async (moderator) => {
      await ban(moderator);
      sending = outcome(as(member, (own) => send(own, id)));
      await untilWaiting();
    });
    expect(await sending).toBe('banned');
    expect((await server.query('select from room_entries where id = $1', [id])).rows).toEqual([]);
  });

  test('who joins while they are being banned is not in', async () => {
    await forgive();
    await as(member, join);
    let joining = Promise.resolve('');
    await as(owner, async (moderator) => {
      await ban(moderator);
      joining = outcome(as(member, join));
      await untilWaiting();
    });
    expect(await joining).toBe('banned');
    expect((await server.query('select from room_members where user_id = $1', [member])).rows).toEqual([]);
  });

  test('who is banned while they are joining is not in', async () => {
    await forgive();
    let banning = Promise.resolve('');
    await as(member, async (own) => {
      await join(own);
      // They were here before, as far as the moderator knows.
      banning = outcome(as(owner, ban));
      await untilWaiting();
    });
    expect(await banning).toBe('done');
    expect((await server.query('select from room_members where user_id = $1', [member])).rows).toEqual([]);
  });

  test('what a member shows while they are being muted is gone as well', async () => {
    await forgive();
    await as(member, join);
    let sharing = Promise.resolve('');
    await as(owner, async (moderator) => {
      await moderator.query("select mute_member($1, $2, 'infinity')", [room, member]);
      sharing = outcome(as(member, (own) => own.query('select share_listening($1, $2)', [room, JSON.stringify(song)])));
      await Promise.race([untilWaiting(), sharing]);
    });
    expect(await sharing).toBe('muted');
    expect((await server.query('select from room_listening where user_id = $1', [member])).rows).toEqual([]);
  });

  test('an invitation that a moderator makes while they are being banned is none', async () => {
    await forgive();
    await as(member, join);
    await server.query("update room_members set role = 'moderator' where user_id = $1", [member]);
    let inviting = Promise.resolve('');
    await as(owner, async (moderator) => {
      await ban(moderator);
      inviting = outcome(as(member, (own) => own.query('select create_invitation($1, 3600)', [room])));
      await Promise.race([untilWaiting(), inviting]);
    });
    expect(await inviting).toBe('banned');
    expect((await server.query('select from room_invitations where created_by = $1', [member])).rows).toEqual([]);
  });

  test('an account joins a room while it takes over what a guest wrote there', async () => {
    await forgive();
    const [guest, account] = [randomUUID(), randomUUID()];
    await server.query('insert into auth.users (id, is_anonymous) values ($1, true), ($2, false)', [guest, account]);
    // Two rooms, and the one that is waited for comes last.
    await server.query(
      "insert into rooms (id, slug, title, is_public) values ('00000000-0000-4000-8000-000000000000', 'before', 'Before', true)",
    );
    await as(guest, (own) => own.query("select join_room('before', 'Gus'), join_room('race')"));
    const { rows } = await as(guest, (own) => own.query<{ code: string }>("select offer_guest() ->> 'code' as code"));
    let adopting = Promise.resolve('');
    let joining = Promise.resolve('');
    await as(owner, async (other) => {
      await send(other);
      adopting = outcome(as(account, (own) => own.query('select adopt_guest($1)', [rows[0]?.code])));
      await untilWaiting();
      joining = outcome(as(account, join));
      await Promise.race([untilWaiting(2), joining]);
    });
    expect([await adopting, await joining]).toEqual(['done', 'done']);
  });

  const doors = [
    ['a guest', 'is closed to guests', { allow_guests: false }, true, 'guests_not_allowed'],
    ['a stranger', 'becomes private', { is_public: false }, false, 'room_unknown'],
  ] as const;
  const open = () => server.query('update rooms set allow_guests = true, is_public = true where id = $1', [room]);
  const newcomer = async (guest: boolean): Promise<string> => {
    const person = randomUUID();
    await server.query('insert into auth.users (id, is_anonymous) values ($1, $2)', [person, guest]);
    return person;
  };
  const close = (queries: Queries, settings: object) =>
    queries.query('select update_room($1, $2)', [room, JSON.stringify(settings)]);
  const isMember = async (person: string): Promise<boolean> =>
    (await server.query('select from room_members where user_id = $1', [person])).rows.length === 1;

  test.each(doors)('%s who joins while the room %s is not in', async (_who, _what, settings, guest, refusal) => {
    await open();
    const person = await newcomer(guest);
    let joining = Promise.resolve('');
    await as(owner, async (own) => {
      await close(own, settings);
      joining = outcome(as(person, join));
      await Promise.race([untilWaiting(), joining]);
    });
    expect(await joining).toBe(refusal);
    expect(await isMember(person)).toBe(false);
  });

  test('a guest who has joined when the room is closed to guests is out again', async () => {
    await open();
    const person = await newcomer(true);
    let closing = Promise.resolve('');
    await as(person, async (own) => {
      await join(own);
      closing = outcome(as(owner, (other) => close(other, { allow_guests: false })));
      await Promise.race([untilWaiting(), closing]);
    });
    expect(await closing).toBe('done');
    expect(await isMember(person)).toBe(false);
  });

  test('joining holds nobody up who writes, nor who changes the title', async () => {
    await open();
    const person = await newcomer(false);
    await as(person, async (own) => {
      await join(own);
      expect(await outcome(as(owner, (other) => send(other)))).toBe('done');
      expect(await outcome(as(owner, (other) => close(other, { title: 'Race' + person.slice(0, 4) })))).toBe('done');
    });
  });

  test('joining again holds nobody up who writes', async () => {
    await forgive();
    await as(member, async (own) => {
      await join(own);
      expect(await outcome(as(owner, (other) => send(other)))).toBe('done');
    });
  });

  test('the last use of an invitation is one', async () => {
    await server.query("update rooms set is_public = false where id = $1", [room]);
    await server.query('delete from room_members where user_id = any($1)', [people.slice(2)]);
    const { rows } = await as(owner, (own) =>
      own.query<{ token: string }>("select create_invitation($1, 3600, 2) ->> 'token' as token", [room]),
    );
    const outcomes = await Promise.all(
      people.slice(2).map((person) =>
        outcome(as(person, (own) => own.query("select join_room('race', null, $1)", [rows[0]?.token]))),
      ),
    );
    expect(outcomes.sort()).toEqual(['done', 'done', ...Array<string>(4).fill('invitation_invalid')]);
  });
});
