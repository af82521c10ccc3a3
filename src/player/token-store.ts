import type { Forgotten } from './other-tabs.js';
import { record, text } from './parse.js';

/** Where the refresh token rests between visits: the host origin's storage and nowhere else (I3). */
export interface TokenStore {
  read(): string | null;
  write(token: string): void;
  /** By default in storage too. */
  clear(where?: Forgotten): void;
}

/**
 * A store under `${storageKey}:spotify`, which remembers for whom the token was made: one of another client ID is no
 * use.
 *
 * @param storage throws where the visitor denies storage; then the token lives as long as the page does
 */
export function createTokenStore(storage: () => Storage, storageKey: string, clientId: string): TokenStore {
  const key = `${storageKey}:spotify`;
  /** What could not be stored. */
  let memory: string | null = null;
  /** What this page stored last. */
  let written: string | null = null;

  return {
    read() {
      try {
        const { client, token } = record(JSON.parse(storage().getItem(key) ?? 'null'));
        return (client === clientId && text(token)) || memory;
      } catch {
        // Denied, or written by something else.
        return memory;
      }
    },
    write(token) {
      try {
        storage().setItem(key, (written = JSON.stringify({ client: clientId, token })));
        memory = null;
      } catch {
        memory = token;
      }
    },
    clear(where = 'browser') {
      memory = null;
      try {
        // A refresh of this page's may have come after the other tab cleared it; a newer sign-in is not this page's.
        if (where === 'browser' || storage().getItem(key) === written) storage().removeItem(key);
      } catch {
        // Denied: nothing was ever written.
      }
    },
  };
}
