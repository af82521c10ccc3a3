import { systemClock, withTimeLimit, type Clock } from '../clock.js';
import { PlayerError } from './engine.js';
import type { Grant, OAuth } from './oauth.js';
import type { Forgotten } from './other-tabs.js';
import type { TokenStore } from './token-store.js';

/** Where the SDK and the Web API get their access token from. */
export interface TokenSource {
  /**
   * A token that is good for a while yet.
   * @throws PlayerError `sign-in-expired` when the visitor has to sign in again, or why it could not be renewed now
   */
  get(): Promise<string>;
  /** As `get`, after Spotify refused `refused`. */
  renew(refused: string): Promise<string>;
}

/** The visitor's tokens: the access token in memory, the refresh token in the store. */
export interface Tokens extends TokenSource {
  /** Whether a token can be had without asking the visitor. */
  readonly remembered: boolean;
  accept(grant: Grant): void;
  /** Forgets everything, by default in storage too. */
  forget(where?: Forgotten): void;
}

export interface TokensOptions {
  readonly oauth: Pick<OAuth, 'refresh'>;
  readonly store: TokenStore;
  /** Holds the tabs of one origin apart; undefined in browsers without Web Locks. */
  readonly locks?: Pick<LockManager, 'request'> | undefined;
  readonly lockName: string;
  readonly clock?: Clock;
}

/** Early enough that a token does not run out on its way. */
const margin = 60_000;
/** Longer than one refresh takes at most; a tab that was frozen while it held the lock must not stop the others. */
const lockLimit = 20_000;

export function createTokens({ oauth, store, locks, lockName, clock = systemClock }: TokensOptions): Tokens {
  let access: { readonly token: string; readonly expiresAt: number } | null = null;
  let refreshing: Promise<string> | null = null;
  /** What was begun before the last `forget` must not bring anything back. */
  let age = 0;

  function keep(grant: Grant): string {
    access = { token: grant.accessToken, expiresAt: clock.now() + grant.expiresInMs };
    // A refresh may or may not return a new one: keep `new ?? old` (spotify.md).
    if (grant.refreshToken) store.write(grant.refreshToken);
    return grant.accessToken;
  }

  /** Runs inside the lock: what the store holds now is what no other tab is spending. */
  async function spend(begun: number, spent: string | null = null): Promise<string> {
    // The lock may have been long in coming: what the store holds now may be another sign-in's, and is not spent for this.
    if (begun !== age) throw new PlayerError('sign-in-expired', 'signed out meanwhile');
    const token = store.read();
    if (!token) throw new PlayerError('sign-in-expired', 'not signed in');
    if (token === spent) throw new PlayerError('sign-in-expired', 'the refresh token was refused');
    try {
      const grant = await oauth.refresh(token);
      if (begun !== age) throw new PlayerError('sign-in-expired', 'signed out meanwhile');
      return keep(grant);
    } catch (error) {
      if (!(error instanceof PlayerError) || error.code !== 'sign-in-expired' || begun !== age) throw error;
      // Another tab may have rotated it where there is no lock: then the new one is worth a try. The same one never is.
      if (spent === null && store.read() !== token) return spend(begun, token);
      access = null;
      store.clear();
      throw error;
    }
  }

  async function locked(begun: number): Promise<string> {
    if (!locks) return spend(begun);
    const waiting = new AbortController();
    let granted = false;
    const cancel = clock.after(lockLimit, () => {
      if (!granted) waiting.abort();
    });
    try {
      return await locks.request(lockName, { signal: waiting.signal }, () => {
        granted = true;
        return spend(begun);
      });
    } catch (error) {
      // Refused (an opaque origin) or waited for in vain: rather a rare race between two tabs than no music.
      if (!granted) return spend(begun);
      throw error;
    } finally {
      cancel();
    }
  }

  function refresh(): Promise<string> {
    if (refreshing) return refreshing;
    const tooLate = (): PlayerError => new PlayerError('network', 'the refresh took too long');
    const own = withTimeLimit(locked(age), 2 * lockLimit, tooLate, clock).finally(() => {
      if (refreshing === own) refreshing = null;
    });
    refreshing = own;
    return own;
  }

  const get = (): Promise<string> =>
    access && access.expiresAt - margin > clock.now() ? Promise.resolve(access.token) : refresh();

  return {
    get remembered() {
      return access !== null || store.read() !== null;
    },
    get,
    renew(refused) {
      // Another command may have renewed it already.
      if (access?.token === refused) access = null;
      return get();
    },
    accept(grant) {
      age++;
      refreshing = null;
      keep(grant);
    },
    forget(where) {
      age++;
      refreshing = null;
      access = null;
      store.clear(where);
    },
  };
}
