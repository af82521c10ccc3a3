import { randomUUID } from 'node:crypto';

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
  /** The user's token; null when the connection's key is all there is. */
  readonly accessToken: string | null;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const flag = (value: unknown): boolean =>
  typeof value === 'string' ? value.toLowerCase() === 'true' : value === true;

/** API keys are no tokens: realtime-js sends one where there is no session. */
export const userToken = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && !value.startsWith('sb_') ? value : null;

export function readJoin(payload: unknown): Join {
  const { config, access_token, user_token } = record(payload);
  const { broadcast, presence, postgres_changes, private: isPrivate } = record(config);
  const { ack, self } = record(broadcast);
  const { key, enabled } = record(presence);
  return {
    private: flag(isPrivate),
    ack: flag(ack),
    self: flag(self),
    presenceEnabled: flag(enabled),
    presenceKey: typeof key === 'string' && key !== '' ? key : randomUUID(),
    postgresChanges: Array.isArray(postgres_changes) ? postgres_changes.filter((change) => change !== null) : [],
    accessToken: userToken(user_token) ?? userToken(access_token),
  };
}
