import { randomUUID } from 'node:crypto';
import type { ReplayRequest } from './replay.js';

/** What a client asks for when it joins. Whatever is missing or odd counts as off, as on the real server. */
export interface Join {
  readonly private: boolean;
  /** Answer each broadcast of the client's own. */
  readonly ack: boolean;
  /** Hand the client's own broadcasts back to it. */
  readonly self: boolean;
  readonly presenceEnabled: boolean;
  readonly presenceKey: string;
  readonly postgresChanges: readonly unknown[];
  /** Broadcasts of the past to begin with; absent when the client did not ask, null when what it asked is no request. */
  readonly replay?: ReplayRequest | null;
  /** Tell when the broadcasts of the database can arrive. */
  readonly replicationReady: boolean;
  /** The user's token; null when the connection's key is all there is. */
  readonly accessToken: string | null;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const flag = (value: unknown): boolean =>
  typeof value === 'string' ? value.toLowerCase() === 'true' : value === true;

/** API keys are no tokens: realtime-js sends one where there is no session. An empty text is a token, and a bad one. */
export const userToken = (value: unknown): string | null =>
  typeof value === 'string' && !value.startsWith('sb_') ? value : null;

/** An API key in the first place puts the second aside, too. */
const tokenOf = (accessToken: unknown, olderName: unknown): string | null =>
  userToken(accessToken ?? olderName) === null ? null : (userToken(olderName) ?? userToken(accessToken));

const replayOf = (broadcast: Record<string, unknown>): Pick<Join, 'replay'> => {
  if (!('replay' in broadcast)) return {};
  const { replay } = broadcast;
  const { since, limit } = record(replay);
  return { replay: typeof replay === 'object' && replay !== null ? { since, limit } : null };
};

export function readJoin(payload: unknown): Join {
  const { config, access_token, user_token } = record(payload);
  const { broadcast, presence, postgres_changes, private: isPrivate } = record(config);
  const { ack, self, replication_ready } = record(broadcast);
  const { key, enabled } = record(presence);
  return {
    private: flag(isPrivate),
    ack: flag(ack),
    self: flag(self),
    presenceEnabled: flag(enabled),
    presenceKey: typeof key === 'number' ? String(key) : typeof key === 'string' && key !== '' ? key : randomUUID(),
    postgresChanges: Array.isArray(postgres_changes) ? postgres_changes.filter((change) => change !== null) : [],
    ...replayOf(record(broadcast)),
    replicationReady: flag(replication_ready),
    accessToken: tokenOf(access_token, user_token),
  };
}
