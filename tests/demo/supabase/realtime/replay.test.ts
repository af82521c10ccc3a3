import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../../../demo/services/supabase/database.js';
import { createBroadcastStore, readReplay } from '../../../../demo/services/supabase/realtime/replay.js';

/* Ported from supabase/realtime, test/realtime/messages_test.exs; the quoted names are theirs. */

describe('what a replay is asked by', () => {
  it('"invalid replay params"', () => {
    for (const since of ['not a number', null, 1.5, 253_402_300_800_000]) expect(readReplay({ since, limit: 10 })).toBeNull();
    expect(readReplay({ since: 123, limit: 'not a number' })).toBeNull();
  });

  it('"replay respects hard max limit of 25", "hard min limit of 1"', () => {
    expect(readReplay({ since: 0, limit: 30 })).toEqual({ since: 0, limit: 25 });
    expect(readReplay({ since: 0, limit: 0 })).toEqual({ since: 0, limit: 1 });
    expect(readReplay({ since: 0, limit: undefined })).toEqual({ since: 0, limit: 25 });
  });
});

describe('the broadcasts that the database keeps', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ auth: { jwt_secret: 'secret', publishable_key: 'sb_publishable_demo' } });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.pg.query('delete from realtime.messages');
  });

  interface Row {
    readonly event: string;
    readonly minutesAgo: number;
    readonly private?: boolean;
    readonly extension?: string;
    readonly topic?: string;
  }

  const keep = async (...rows: readonly Row[]): Promise<void> => {
    for (const { event, minutesAgo, private: isPrivate = true, extension = 'broadcast', topic = 'test' } of rows) {
      await database.pg.query(
        `insert into realtime.messages (topic, extension, payload, event, private, inserted_at)
         values ($1, $2, '{"value": 1}', $3, $4, (now() at time zone 'utc') - make_interval(mins => $5))`,
        [topic, extension, event, isPrivate, minutesAgo],
      );
    }
  };
  const replay = async (since = 0, limit = 25): Promise<string[]> =>
    (await createBroadcastStore(database.pg).newest('test', since, limit)).map(({ event }) => event);

  it('"replay respects limit": the newest, oldest first', async () => {
    await keep({ event: 'first', minutesAgo: 3 }, { event: 'second', minutesAgo: 2 }, { event: 'third', minutesAgo: 1 });
    expect(await replay(0, 2)).toEqual(['second', 'third']);
    expect(await replay()).toEqual(['first', 'second', 'third']);
  });

  it('"replay private topic only", "replay extension=broadcast", and its own topic', async () => {
    await keep(
      { event: 'public', minutesAgo: 1, private: false },
      { event: 'presence', minutesAgo: 1, extension: 'presence' },
      { event: 'elsewhere', minutesAgo: 1, topic: 'other' },
    );
    expect(await replay()).toEqual([]);
  });

  it('"replay respects since", and passes over what is of tomorrow', async () => {
    await keep({ event: 'old', minutesAgo: 10 }, { event: 'new', minutesAgo: 1 }, { event: 'tomorrow', minutesAgo: -1440 });
    expect(await replay(Date.now() - 5 * 60_000)).toEqual(['new']);
  });

  it('"replay binary and json payloads in insertion order"', async () => {
    await keep({ event: 'text', minutesAgo: 2 });
    await database.pg.query(
      `insert into realtime.messages (topic, extension, binary_payload, event, private, inserted_at)
       values ('test', 'broadcast', $1, 'bytes', true, now() at time zone 'utc')`,
      [Uint8Array.of(0, 255)],
    );
    const [text, bytes] = await createBroadcastStore(database.pg).newest('test', 0, 10);
    expect(text).toMatchObject({ event: 'text', body: { encoding: 'json', text: '{"value": 1}' } });
    expect(bytes).toMatchObject({ event: 'bytes', body: { encoding: 'binary', bytes: Uint8Array.of(0, 255) } });
  });
});
