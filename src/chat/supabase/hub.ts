import type { Clock } from '../../clock.js';
import type { LiveEvents, LiveRoom } from '../gateway.js';
import { ChatError } from '../gateway.js';
import { Accounts } from './account.js';
import type { ProjectClient } from './client.js';
import type { Identity } from './identity.js';
import { ServerTime } from './server-time.js';
import { Topic } from './topic.js';

/** What makes two rooms share a client: the same project, storage and identity. */
export interface HubKey {
  readonly url: string;
  readonly key: string;
  readonly storageKey: string;
  /** The host's own client. */
  readonly client?: ProjectClient;
  /**
   * The host's own token source. That there is one makes the difference, not which function: a page has one identity for
   * a project and storage key, and frameworks make new functions at every render. The one given last is asked.
   */
  readonly accessToken?: () => Promise<string | null>;
}

export interface HubParts {
  readonly client: ProjectClient;
  readonly identity: Identity;
  readonly clock: Clock;
}

/** @param current the key that was given last @param accounts to be told of the tokens that pass */
export type BuildHub = (current: () => HubKey, accounts: Accounts) => HubParts;

/** One client, one socket and one identity, for all rooms of one project on this page. */
export class Hub {
  readonly client: ProjectClient;
  readonly identity: Identity;
  readonly accounts: Accounts;
  readonly time: ServerTime;
  readonly #clock: Clock;
  readonly #topics = new Map<string, Topic>();
  readonly #leaving = new Map<string, Promise<void>>();
  #key: HubKey;
  #users = 0;
  #closing: Promise<unknown> = Promise.resolve();

  constructor(key: HubKey, build: BuildHub) {
    this.#key = key;
    this.accounts = new Accounts(key.client);
    const { client, identity, clock } = build(() => this.#key, this.accounts);
    this.client = client;
    this.identity = identity;
    this.#clock = clock;
    this.time = new ServerTime(clock);
  }

  fits(key: HubKey): boolean {
    const own = this.#key;
    if (own.client || key.client) return own.client === key.client;
    const sameToken = Boolean(own.accessToken) === Boolean(key.accessToken);
    return sameToken && own.url === key.url && own.key === key.key && own.storageKey === key.storageKey;
  }

  retain(key: HubKey): void {
    this.#key = key;
    if (this.#users++ === 0) globalThis.document?.addEventListener('visibilitychange', this.#refreshToken);
  }

  /** The last one out closes the socket. */
  release(): void {
    if (--this.#users > 0) return;
    globalThis.document?.removeEventListener('visibilitychange', this.#refreshToken);
    void this.#close();
  }

  /** @param userId whom presence shows */
  listen(name: string, userId: string, events: LiveEvents): LiveRoom {
    let topic = this.#topics.get(name);
    if (topic && topic.userId !== userId) {
      // Another account is signed in by now: whoever still listens as the one before joins again.
      topic.end(new ChatError('not-signed-in', 'another account'));
      topic = undefined;
    }
    if (!topic) {
      topic = new Topic({
        client: this.client,
        name,
        userId,
        clock: this.#clock,
        before: Promise.all([this.#leaving.get(name), this.#closing]),
        ended: () => this.#drop(name),
      });
      this.#topics.set(name, topic);
    }
    const shared = topic;
    shared.add(events);
    return {
      leave: () => {
        if (shared.remove(events) === 0 && this.#topics.get(name) === shared) this.#drop(name);
      },
      typing: () => shared.typing(),
      away: (away) => shared.away(away),
    };
  }

  #drop(name: string): void {
    const topic = this.#topics.get(name);
    if (!topic) return;
    this.#topics.delete(name);
    const left = topic.leave().finally(() => {
      if (this.#leaving.get(name) === left) this.#leaving.delete(name);
    });
    this.#leaving.set(name, left);
  }

  async #close(): Promise<void> {
    await Promise.all(this.#leaving.values());
    // Somebody may have come meanwhile: an element that moves in its document leaves and joins at once.
    if (this.#users > 0 || this.#key.client) return;
    // SDK quirk: a channel that subscribes while the socket closes joins it, goes down with it, and is never repaired.
    this.#closing = this.client.realtime.disconnect();
    await this.#closing;
  }

  /** On wake the socket may rejoin with a stale token (supabase-js #2613). */
  readonly #refreshToken = (): void => {
    if (document.visibilityState !== 'visible') return;
    this.client.realtime.setAuth().catch(() => {
      // A join that is refused for its token is repaired by the session, with a fresh one.
    });
  };
}

/** The hubs of a page. One that nobody uses any more stays, without socket or timers, for the next room. */
export class HubRegistry {
  readonly #hubs: Hub[] = [];

  /** @param build called when no hub fits */
  acquire(key: HubKey, build: BuildHub): Hub {
    let hub = this.#hubs.find((other) => other.fits(key));
    if (!hub) {
      hub = new Hub(key, build);
      // Kept although unused later: auth-js counts its clients by storage key and warns of a second one.
      this.#hubs.push(hub);
    }
    hub.retain(key);
    return hub;
  }
}
