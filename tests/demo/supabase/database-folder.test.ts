import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../demo/services/supabase/database.js';

describe('a database in a folder', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roomtone-'));
    await inFolder(({ pg }) => pg.exec("update rooms set title = 'Hall' where slug = 'lobby'"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const inFolder = async <T>(body: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openDatabase({ dataDir: join(folder, 'data') });
    try {
      return await body(database);
    } finally {
      await database.close();
    }
  };

  test('keeps what was written, and is not seeded over', async () => {
    const rows = await inFolder(async ({ pg }) => (await pg.query('select slug, title from rooms order by slug')).rows);
    expect(rows).toEqual([
      { slug: 'late-night', title: 'Late night' },
      { slug: 'lobby', title: 'Hall' },
    ]);
  });
});
