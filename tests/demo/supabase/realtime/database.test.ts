import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, type Database } from '../../../../demo/services/supabase/database.js';
import type { TokenClaims } from '../../../../demo/services/supabase/jwt.js';
import { createAuthorisation, type Authorisation } from '../../../../demo/services/supabase/realtime/authorisation.js';
import { forwardDatabaseBroadcasts } from '../../../../demo/services/supabase/realtime/database-broadcasts.js';
import { Topics, type Subscriber } from '../../../../demo/services/supabase/realtime/topics.js';
import { until } from '../support.js';
import { ManualClock } from '../../../support/manual-clock.js';

let database: Database;
let authorisation: Authorisation;
beforeAll(async () => {
  database = await openDatabase({ auth: { jwt_secret: 'secret', publishable_key: 'sb_publishable_demo' } });
  authorisation = createAuthorisation(database.pg);
  // Beside the project's own policies: topics on which the members of a list may do what the list says.
  await database.pg.exec(`
    create table public.guests (id uuid primary key, may text[] not null);
    grant select on public.guests to authenticated;
    create policy "Guests read" on realtime.messages for select to authenticated using (
      realtime.topic() = 'party'
      and extension = any ((select may from public.guests where id = auth.uid())::text[])
    );
    create policy "Guests write" on realtime.messages for insert to authenticated with check (
      realtime.topic() = 'party'
      and 'write ' || extension = any ((select may from public.guests where id = auth.uid())::text[])
    );
    create policy "Broken" on realtime.messages for select to authenticated using (
      case when realtime.topic() = 'broken' then 1 / (length(topic) - 6) = 0 end
    );
  `);
});
afterAll(() => database.close());

const claims = (sub?: string, role = 'authenticated'): TokenClaims => ({ role, exp: 2e9, ...(sub && { sub }) });
const extensions = ['broadcast', 'presence'] as const;

async function guest(...may: string[]): Promise<TokenClaims> {
  const id = randomUUID();
  await database.pg.query('insert into public.guests values ($1, $2)', [id, may]);
  return claims(id);
}

async function storedMessages(): Promise<number> {
  const { rows } = await database.pg.query<{ count: number }>('select count(*)::int as count from realtime.messages');
  return rows[0]?.count ?? -1;
}

describe('permissions on a topic', () => {
  it('are what the policies say, each for itself', async () => {
    const all = await guest('broadcast', 'presence', 'write broadcast', 'write presence');
    expect(await authorisation.read(all, 'party', extensions)).toEqual({ broadcast: true, presence: true });
    expect(await authorisation.write(all, 'party', extensions)).toEqual({ broadcast: true, presence: true });

    const some = await guest('presence', 'write broadcast');
    expect(await authorisation.read(some, 'party', extensions)).toEqual({ broadcast: false, presence: true });
    expect(await authorisation.write(some, 'party', extensions)).toEqual({ broadcast: true, presence: false });
  });

  it('are none on another topic, for a stranger and for nobody', async () => {
    const all = await guest('broadcast', 'presence', 'write broadcast', 'write presence');
    const none = { broadcast: false, presence: false };
    const stranger = claims(randomUUID());
    const nobody = claims(undefined, 'anon');
    for (const [who, topic] of [[all, 'elsewhere'], [stranger, 'party'], [nobody, 'party']] as const) {
      expect(await authorisation.read(who, topic, extensions)).toEqual(none);
      expect(await authorisation.write(who, topic, extensions)).toEqual(none);
    }
  });

  it('are asked only for what is wished', async () => {
    const all = await guest('broadcast', 'presence');
    expect(await authorisation.read(all, 'party', ['broadcast'])).toEqual({ broadcast: true });
  });

  it('see the whole token, as the policies do', async () => {
    await database.pg.exec(`create policy "Anonymous" on realtime.messages for select to authenticated
      using (realtime.topic() = 'masked' and (auth.jwt() ->> 'is_anonymous')::boolean)`);
    for (const is_anonymous of [true, false]) {
      const guest = { ...claims(randomUUID()), is_anonymous };
      expect(await authorisation.read(guest, 'masked', ['broadcast'])).toEqual({ broadcast: is_anonymous });
    }
  });

  it('are none when a policy fails or the role does not exist, and the developer reads why', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(await authorisation.read(claims(randomUUID()), 'broken', ['broadcast'])).toEqual({ broadcast: false });
    expect(warn.mock.lastCall?.[0]).toContain('division by zero');
    const none = { broadcast: false, presence: false };
    expect(await authorisation.write(claims(randomUUID(), 'nobody'), 'party', extensions)).toEqual(none);
    expect(warn.mock.lastCall?.[0]).toContain('nobody');
    warn.mockRestore();
  });

  it('leave nothing behind', async () => {
    const before = await storedMessages();
    const all = await guest('broadcast', 'presence', 'write broadcast', 'write presence');
    await authorisation.read(all, 'party', extensions);
    await authorisation.write(all, 'party', extensions);
    expect(await storedMessages()).toBe(before);
    const { rows } = await database.pg.query(
      "select current_user::text as role, current_setting('request.jwt.claims', true) as claims",
    );
    expect(rows).toEqual([{ role: 'postgres', claims: '' }]);
  });
});

describe("the database's own broadcasts", () => {
  let clock: ManualClock;
  let topics: Topics;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    clock = new ManualClock();
    topics = new Topics();
    stop = await forwardDatabaseBroadcasts(database.pg, topics, clock);
    return () => stop();
  });

  const listen = (name: string, isPrivate = true): unknown[] => {
    const heard: unknown[] = [];
    const subscriber: Subscriber = {
      version: '1.0.0',
      readsBroadcast: true,
      readsPresence: true,
      hasReplayed: () => false,
      counted: () => {},
      sendFrame: (frame) => heard.push((JSON.parse(String(frame)) as { payload: unknown }).payload),
    };
    topics.join({ name, private: isPrivate }, subscriber);
    return heard;
  };

  const send = (body: object, topic = 'news', isPrivate = true): Promise<unknown> =>
    database.pg.query("select realtime.send($1, 'entry', $2, $3)", [body, topic, isPrivate]);

  it('come after the commit, in order', async () => {
    const heard = listen('news');
    await database.pg.transaction(async (transaction) => {
      for (const id of [1, 2]) await transaction.query("select realtime.send($1, 'entry', 'news', true)", [{ id }]);
      expect(heard).toEqual([]);
    });
    await send({ id: 3 });
    await until(() => expect(heard).toHaveLength(3));
    expect(heard).toEqual(
      [1, 2, 3].map((id) => ({ type: 'broadcast', event: 'entry', payload: { id }, meta: { id: expect.any(String) } })),
    );
  });

  it('do not come when it is rolled back', async () => {
    const heard = listen('news');
    await database.pg.transaction(async (transaction) => {
      await transaction.query("select realtime.send($1, 'entry', 'news', true)", [{ id: 1 }]);
      await transaction.rollback();
    });
    await send({ id: 2 });
    await until(() => expect(heard).toMatchObject([{ payload: { id: 2 } }]));
  });

  it('go to private channels or to public ones, as they were sent', async () => {
    const [inside, outside] = [listen('news'), listen('news', false)];
    await send({ id: 1 });
    await send({ id: 2 }, 'news', false);
    await until(() => {
      expect(inside).toMatchObject([{ payload: { id: 1 } }]);
      expect(outside).toMatchObject([{ payload: { id: 2 } }]);
    });
  });

  it('may be longer than a notification', async () => {
    const heard = listen('news');
    await send({ id: 1, body: 'x'.repeat(20_000) });
    await until(() => expect(heard).toHaveLength(1));
  });

  it('are forgotten after three days', async () => {
    await send({ id: 'young' });
    await send({ id: 'old' });
    await database.pg.exec(`
      update realtime.messages set inserted_at = inserted_at - interval '73 hours' where payload ->> 'id' = 'old'
    `);
    clock.tick(60 * 60_000);
    await until(async () => {
      const { rows } = await database.pg.query<{ id: string }>(
        "select payload ->> 'id' as id from realtime.messages where payload ->> 'id' in ('young', 'old')",
      );
      expect(rows).toEqual([{ id: 'young' }]);
    });
  });

  it('stop when told', async () => {
    const heard = listen('news');
    await stop();
    await send({ id: 1 });
    expect(clock.waiting).toBe(0);
    expect(heard).toEqual([]);
  });
});
