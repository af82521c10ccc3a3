import type { BroadcastBody } from './serializer.js';

/*
 * Broadcasts of the database once more, for a channel that joins with `config.broadcast.replay` (lib/realtime/messages.ex).
 */

/** What a client asked for, unchecked. */
export interface ReplayRequest {
  readonly since: unknown;
  readonly limit: unknown;
}

export interface StoredBroadcast {
  readonly id: string;
  readonly event: string;
  readonly body: BroadcastBody;
}

export interface BroadcastStore {
  /** The newest private broadcasts of a topic, oldest first. @param since ms since the epoch */
  newest(topic: string, since: number, limit: number): Promise<readonly StoredBroadcast[]>;
}

/** As much of a database as is needed here. */
interface Queries {
  query<Row>(sql: string, parameters: unknown[]): Promise<{ rows: Row[] }>;
}

interface Row {
  readonly id: string;
  readonly event: string | null;
  readonly payload: string | null;
  readonly binary_payload: Uint8Array | null;
}

/** The first and last moment that Elixir's DateTime knows, in ms since the epoch. */
const earliest = -377_705_116_800_000;
const latest = 253_402_300_799_999;
const mostReplayed = 25;

/** @returns null when the parameters are not valid */
export function readReplay({ since, limit }: ReplayRequest): { since: number; limit: number } | null {
  const count = limit ?? mostReplayed;
  if (!Number.isInteger(since) || !Number.isInteger(count)) return null;
  if ((since as number) < earliest || (since as number) > latest) return null;
  return { since: since as number, limit: Math.max(1, Math.min(count as number, mostReplayed)) };
}

export function createBroadcastStore(database: Queries): BroadcastStore {
  return {
    async newest(topic, since, limit) {
      // The column is without a time zone, and in UTC.
      const { rows } = await database.query<Row>(
        `select id, event, payload::text, binary_payload from realtime.messages
         where topic = $1 and private and extension = 'broadcast'
           and inserted_at >= to_timestamp($2::float8 / 1000) at time zone 'utc'
           and inserted_at < now() at time zone 'utc' + interval '1 minute'
         order by inserted_at desc limit $3`,
        [topic, since, limit],
      );
      return rows.reverse().map(({ id, event, payload, binary_payload: bytes }) => ({
        id,
        event: event ?? '',
        body: bytes ? { encoding: 'binary', bytes } : { encoding: 'json', text: payload ?? '{}' },
      }));
    },
  };
}
