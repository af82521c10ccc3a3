import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../demo/services/supabase/database.js';
import { applyMigrations } from '../../demo/services/supabase/db-migrations.js';
import { engine, openTestDatabase } from './engine.js';

const secret = 'a secret that is long enough for a signature';
const people = Array.from({ length: 4 }, (_, place) => `00000000-0000-4000-8000-00000000000${place}`);

function token(sub: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ role: 'authenticated', aud: 'authenticated', sub, exp })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

describe.skipIf(engine() === 'missing')('REST over the shared database', () => {
  let database: Database;

  beforeAll(async () => {
    // lite prints every refusal.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    database = await openTestDatabase({ auth: { jwt_secret: secret, publishable_key: 'sb_publishable_test' } });
    await database.pg.query('insert into auth.users (id) select unnest($1::uuid[])', [people]);
    for (const person of people) await rpc('join_room', { room_slug: 'lobby', display_name: 'Somebody' }, person);
  });

  afterAll(async () => {
    vi.restoreAllMocks();
    await database.close();
  });

  async function request(path: string, person: string | null, init: RequestInit = {}) {
    const headers = new Headers({ apikey: 'sb_publishable_test', 'content-type': 'application/json' });
    if (person) headers.set('authorization', `Bearer ${token(person)}`);
    const response = await database.app.fetch(new Request(`http://localhost/rest/v1/${path}`, { ...init, headers }));
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : null) as unknown };
  }

  const rpc = (name: string, values: Record<string, unknown>, person: string | null) =>
    request(`rpc/${name}`, person, { method: 'POST', body: JSON.stringify(values) });

  const lobby = async (): Promise<string> => {
    const { rows } = await database.pg.query<{ id: string }>("select id from rooms where slug = 'lobby'");
    return rows[0]?.id ?? '';
  };

  test('anybody finds the rooms of the seed', async () => {
    expect(await request('rooms?select=slug,title&order=slug', null)).toEqual({
      status: 200,
      body: [
        { slug: 'late-night', title: 'Late night' },
        { slug: 'lobby', title: 'Lobby' },
      ],
    });
  });

  test('a member reads who is there with their names', async () => {
    const [me = ''] = people;
    const columns = 'user_id,role,profile:room_profiles(display_name)';
    expect(await request(`room_members?select=${columns}&room_id=eq.${await lobby()}&user_id=eq.${me}`, me)).toEqual({
      status: 200,
      body: [{ user_id: me, role: 'member', profile: { display_name: 'Somebody' } }],
    });
  });

  test('what a function raises comes as PostgREST gives it', async () => {
    expect(await rpc('join_room', { room_slug: 'nowhere', display_name: 'Ann' }, people[0] ?? '')).toEqual({
      status: 400,
      body: { code: 'P0001', message: 'room_unknown', details: null, hint: null },
    });
  });

  test('who is not signed in may call no function', async () => {
    expect(await rpc('join_room', { room_slug: 'lobby', display_name: 'Ann' }, null)).toMatchObject({
      status: 401,
      body: { code: '42501' },
    });
  });

  test('requests at one time keep their own role and claims, and ours none', async () => {
    const room_id = await lobby();
    const sends = people.flatMap((person) =>
      Array.from({ length: 12 }, () => rpc('send_message', { room_id, message_id: randomUUID(), body: person }, person)),
    );
    const ours = Array.from({ length: 40 }, () => database.pg.query('select current_user::text, auth.uid()'));
    const answers = await Promise.all(sends);
    for (const { rows } of await Promise.all(ours)) expect(rows).toEqual([{ current_user: 'postgres', uid: null }]);

    const refusals = answers.filter(({ status }) => status !== 200);
    expect(refusals).toHaveLength(people.length);
    for (const { status, body } of refusals) {
      expect(status).toBe(400);
      expect(body).toMatchObject({ message: 'rate_limited', hint: expect.stringMatching(/^\d+$/) as unknown });
    }
    const { rows } = await database.pg.query(
      `select count(*), max(seq), count(*) filter (where body = author_id::text) as own
       from room_entries where room_id = $1`,
      [room_id],
    );
    expect(rows).toEqual([{ count: 44, max: 44, own: 44 }]);
  });

  test('one message sent several times at once is stored once', async () => {
    await database.pg.query('delete from private.recent_sends');
    const values = { room_id: await lobby(), message_id: randomUUID(), body: 'Hello' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => rpc('send_message', values, people[0] ?? '')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 200, body: { id: values.message_id, body: 'Hello' } });
  });

  test('what one listens to is shown and taken back, as JSON and as null', async () => {
    const [me = '', other = ''] = people;
    const room_id = await lobby();
    const listening = { uri: 'spotify:track:0000000000000000000001', title: 'Paper Lanterns', artists: '', artwork: null };
    const seen = async () => (await request('room_listening?select=uri,title,artists,artwork', other)).body;
    expect((await rpc('share_listening', { room_id, listening }, me)).status).toBeLessThan(300);
    expect(await seen()).toEqual([listening]);
    expect((await rpc('share_listening', { room_id, listening: null }, me)).status).toBeLessThan(300);
    expect(await seen()).toEqual([]);
  });

  test('no request has widened what the migrations grant', async () => {
    const { rows } = await database.pg.query(
      `select distinct table_name, privilege_type from information_schema.role_table_grants
       where table_schema in ('public', 'private') and grantee in ('anon', 'authenticated') order by 1`,
    );
    expect(rows).toEqual(
      [
        'room_audit', 'room_bans', 'room_entries', 'room_listening', 'room_members', 'room_profiles', 'room_reads', 'room_reports',
      ].map((table_name) => ({
        table_name,
        privilege_type: 'SELECT',
      })),
    );
  });

  test('a broadcast is announced to listeners once it is committed, and only then', async () => {
    const heard: string[] = [];
    const stop = await database.pg.listen('realtime_messages', (id) => heard.push(id));
    const say = "select realtime.send('{}', 'entry', 'somewhere', true)";
    await database.pg.transaction(async (transaction) => {
      await transaction.query(say);
      await transaction.rollback();
    });
    await database.pg.query(say);
    // On a server it comes by another connection.
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    await stop();
    const { rows } = await database.pg.query<{ id: string }>("select id from realtime.messages where topic = 'somewhere'");
    expect(heard).toEqual(rows.map(({ id }) => id));
    expect(heard).toHaveLength(1);
  });
});

test('a migration that was changed after it was applied is complained of', async () => {
  const { pg, close } = await openTestDatabase();
  await pg.exec("update supabase_migrations.schema_migrations set statements = '{select 1}' where name = 'rooms'");
  await expect(applyMigrations(pg)).rejects.toThrow(/_rooms\.sql .*--reset/);
  await close();
});
