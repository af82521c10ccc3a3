import type { PGlite } from '@electric-sql/pglite';
import type { Clock } from '../../../../src/clock.js';
import { complain } from '../complain.js';
import type { BroadcastBody } from './serializer.js';
import type { Topics } from './topics.js';

interface MessageRow {
  readonly topic: string;
  readonly event: string;
  readonly private: boolean;
  readonly payload: string | null;
  readonly binary_payload: Uint8Array | null;
}

const sweepMs = 60 * 60_000;

/**
 * Hands what `realtime.send` wrote to those who listen to its topic. A notification comes after the commit and holds
 * the row's id alone, because it may be 8000 bytes at most.
 *
 * @returns what ends it
 */
export async function forwardDatabaseBroadcasts(pg: PGlite, topics: Topics, clock: Clock): Promise<() => Promise<void>> {
  let ended = false;
  let cancelSweep = (): void => {};
  // One after the other, so that the order of the commits is the order of the deliveries.
  let queue: Promise<void> = Promise.resolve();
  const enqueue = (run: () => Promise<void>): void => {
    queue = queue
      .then(() => (ended ? undefined : run()))
      .catch((error: unknown) => complain('a broadcast of the database could not be delivered.', error));
  };

  const deliver = async (id: string): Promise<void> => {
    const { rows } = await pg.query<MessageRow>(
      'select topic, event, private, payload::text, binary_payload from realtime.messages where id = $1',
      [id],
    );
    const [row] = rows;
    if (!row) return;
    const { topic: name, event, payload, binary_payload: bytes } = row;
    const body: BroadcastBody = bytes ? { encoding: 'binary', bytes } : { encoding: 'json', text: payload ?? '{}' };
    topics.broadcast({ name, private: row.private }, { event, body, meta: { id } });
  };

  // The real server drops the table's partitions after three days.
  const sweep = (): void => {
    enqueue(async () => {
      await pg.query("delete from realtime.messages where inserted_at < (now() at time zone 'utc') - interval '3 days'");
    });
    cancelSweep = clock.after(sweepMs, sweep);
  };

  const unlisten = await pg.listen('realtime_messages', (id) => enqueue(() => deliver(id)));
  sweep();
  return async () => {
    ended = true;
    cancelSweep();
    await unlisten();
    await queue;
  };
}
