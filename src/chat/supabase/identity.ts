import { systemClock, type Clock } from '../../clock.js';
import { ChatError } from '../gateway.js';
import { limited } from '../time-limit.js';
import type { ProjectClient } from './client.js';
import { authFailure, isUnreachable } from './errors.js';
import type { SessionStore } from './storage.js';

/** Whom the database takes this visitor for. */
export interface Identity {
  /** Whether there is one, from an earlier visit or from the host. */
  known(): Promise<boolean>;
  /** Makes one where there is none and the product may. */
  make(): Promise<void>;
  /**
   * The database did not know the visitor. @returns whether the identity holds all the same; false when there is none any
   * more
   */
  holds(): Promise<boolean>;
  /** Takes over what the visitor wrote under an earlier identity. Never fails: it is tried again another time. */
  adopt(): Promise<void>;
  /** Then, in the room: takes over what was not sent yet. Never fails either. */
  inherit(): Promise<void>;
}

/** Gives the account what an earlier identity left in this browser, and forgets that identity. */
export type HandOn = () => Promise<void>;

/** A guest by anonymous sign-in, remembered in the product's own storage. Signing out loses the account (supabase.md). */
export class GuestIdentity implements Identity {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: ProjectClient,
    private readonly storageKey: string,
    private readonly store: SessionStore,
  ) {}

  async known(): Promise<boolean> {
    const first = await this.client.auth.getSession();
    if (!first.error) return first.data.session !== null;
    // Offline one is still who one was.
    if (isUnreachable(first.error)) throw authFailure(first.error);
    // Refused for good, or another tab refreshed at the same time: what is stored now decides.
    const second = await this.client.auth.getSession();
    return second.data.session !== null;
  }

  /** Rooms and tabs that join at the same moment make one account: each looks again when its turn comes. */
  make(): Promise<void> {
    return this.#exclusively(async () => {
      if (await this.known()) return;
      const { error } = await this.client.auth.signInAnonymously();
      if (error) throw authFailure(error);
    });
  }

  async holds(): Promise<boolean> {
    // The server's word, not the token's: a token outlives its account.
    const { error } = await this.client.auth.getUser();
    if (!error) return true;
    if (isUnreachable(error)) throw authFailure(error);
    // By a clock that is slow a token lasts for longer than the server takes it.
    const { error: refused } = await this.client.auth.refreshSession();
    if (!refused) return true;
    if (isUnreachable(refused)) throw authFailure(refused);
    const { error: stayed } = await this.client.auth.signOut({ scope: 'local' });
    // SDK quirk: a sign-out that the server answers with anything but 401, 403 or 404 keeps the session.
    if (stayed) this.store.removeItem(this.storageKey);
    return false;
  }

  async adopt(): Promise<void> {}

  async inherit(): Promise<void> {}

  async #exclusively(work: () => Promise<void>): Promise<void> {
    // Across tabs where the browser can; absent in insecure contexts and outside browsers.
    const locks = globalThis.navigator?.locks;
    let granted = false;
    try {
      const locked = (): Promise<void> => {
        granted = true;
        return work();
      };
      if (locks) return await locks.request(`${this.storageKey}:sign-in`, locked);
    } catch (error) {
      // Refused: in a frame of another site, where the browser keeps storage from it. No tab shares an account then.
      if (granted) throw error;
    }
    const turn = this.#turn.then(work);
    // The next one looks for itself whether this one succeeded.
    this.#turn = turn.catch(() => undefined);
    await turn;
  }
}

/** The host page's identity, by its own client or by an access token. Never changed from here (I7). */
export class HostIdentity implements Identity {
  #adopted: Promise<HandOn | null> | null = null;
  #inherited: Promise<void> | null = null;

  /**
   * @param token whether the host has somebody signed in
   * @param takeOver what the visitor wrote here as a guest becomes theirs
   */
  constructor(
    private readonly token: () => Promise<boolean>,
    private readonly takeOver: () => Promise<HandOn | null> = async () => null,
    private readonly clock: Clock = systemClock,
  ) {}

  async known(): Promise<boolean> {
    return await this.token();
  }

  async make(): Promise<void> {
    if (!(await this.token())) throw new ChatError('not-signed-in', 'the host has nobody signed in');
  }

  async holds(): Promise<boolean> {
    return false;
  }

  /** Rooms that join at the same moment share it: an offer is good once. */
  async adopt(): Promise<void> {
    if (!this.#adopted && !(await this.token())) return;
    await (this.#adopted ??= limited(this.takeOver(), this.clock).catch(() => {
      // The guest's session stays in the browser, and the next visit tries again.
      return null;
    }));
  }

  /** Once for all rooms, before any of them reads what waits. */
  async inherit(): Promise<void> {
    const handOn = await this.#adopted;
    if (!handOn) return;
    await (this.#inherited ??= limited(handOn(), this.clock).catch(() => {
      // As above.
    }));
  }
}

/** Whether somebody is signed in with the host's own client. */
export async function hostSignedIn(client: ProjectClient): Promise<boolean> {
  let session;
  try {
    session = await client.auth.getSession();
  } catch {
    // SDK quirk: a client that was made with `accessToken` throws at any use of `auth`. The host vouches for it then.
    return true;
  }
  if (session.error && isUnreachable(session.error)) throw authFailure(session.error);
  return session.data.session !== null;
}
