import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samples } from '../support/samples.js';
import { openTestDatabase } from './engine.js';

/** The SQL that README and docs give people to run, run in their order on a project's fresh database. */
describe('SQL in the documentation', () => {
  const statements = samples().filter(({ language }) => language === 'sql');
  let database: Awaited<ReturnType<typeof openTestDatabase>>;

  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pg.exec(`insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000001', 'you@your.site')`);
  });
  afterAll(() => database.close());

  test('there is some', () => expect(statements.length).toBeGreaterThan(1));

  for (const { place, code } of statements) {
    test(place, async () => {
      await database.pg.exec(code);
    });
  }

  test('the room that they make has the owner that they name', async () => {
    const { rows } = await database.pg.query<{ slug: string; owner_id: string }>('select slug, owner_id from public.rooms where owner_id is not null');
    expect(rows[0]).toEqual({ slug: 'jazz', owner_id: '00000000-0000-4000-8000-000000000001' });
  });
});
