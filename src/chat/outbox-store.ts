import { delMany, entries, promisifyRequest, set, type UseStore } from 'idb-keyval';
import { durableStore } from './durable-store.js';
import type { PendingMessage } from './model.js';

/**
 * Where what is on its way survives a reload. What cannot be stored is kept for as long as the page lives. Nothing is ever
 * dropped for its age: a clock that was wrong when it was written, as after a dead battery, would make it old at once, and
 * what somebody leaves unsent is a few kB.
 */
export interface OutboxStore {
  /** What waits in this scope, in the order of writing. Rejects where storage that is there does not answer just now. */
  load(scope: string): Promise<readonly PendingMessage[]>;
  put(scope: string, message: PendingMessage): Promise<void>;
  remove(scope: string, ids: readonly string[]): Promise<void>;
  /** What one account left in the rooms of a project is another one's from now on: the same person's. */
  inherit(project: string, from: string, heir: string): Promise<void>;
}

/** Whose messages to which room. */
export function scopeOf(project: string, roomId: string, userId: string): string {
  return `${project} ${roomId} ${userId}`;
}

/** @returns the heir's scope for a scope of `from`'s; null for any other */
function inherited(scope: string, project: string, from: string, heir: string): string | null {
  const [start, end] = [`${project} `, ` ${from}`];
  if (!scope.startsWith(start) || !scope.endsWith(end)) return null;
  return scopeOf(project, scope.slice(start.length, -end.length), heir);
}

/** For as long as the page lives. */
export class MemoryOutbox implements OutboxStore {
  readonly #scopes = new Map<string, Map<string, PendingMessage>>();

  load(scope: string): Promise<readonly PendingMessage[]> {
    return Promise.resolve([...(this.#scopes.get(scope)?.values() ?? [])].sort((a, b) => a.at - b.at));
  }

  put(scope: string, message: PendingMessage): Promise<void> {
    const kept = this.#scopes.get(scope) ?? new Map<string, PendingMessage>();
    this.#scopes.set(scope, kept.set(message.id, message));
    return Promise.resolve();
  }

  remove(scope: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#scopes.get(scope)?.delete(id);
    return Promise.resolve();
  }

  async inherit(project: string, from: string, heir: string): Promise<void> {
    for (const [scope, kept] of [...this.#scopes]) {
      const to = inherited(scope, project, from, heir);
      if (to === null) continue;
      this.#scopes.delete(scope);
      for (const message of kept.values()) await this.put(to, message);
    }
  }
}

/**
 * In IndexedDB, each message by itself: two tabs of one visitor write beside each other. Memory where that is denied (a
 * sandboxed frame, private browsing), and for what it does not take: Safari's fails for a moment after a sleep.
 */
export class BrowserOutbox implements OutboxStore {
  readonly #memory = new MemoryOutbox();
  #store: UseStore | null = null;
  /** Whether storage ever answered. */
  #answers = false;

  constructor(private readonly name = 'roomtone') {}

  async load(scope: string): Promise<readonly PendingMessage[]> {
    const kept = await this.#memory.load(scope);
    const rows = await this.#try((store) => entries<string, unknown>(store));
    if (!rows && this.#answers) throw new Error('storage does not answer');
    const pending = (rows ?? []).filter((row): row is [string, PendingMessage] => isPending(row[1]));
    const prefix = keyOf(scope, '');
    const stored = pending.filter(([key]) => String(key).startsWith(prefix));
    const byId = new Map([...stored.map(([, message]) => message), ...kept].map((message) => [message.id, message]));
    return [...byId.values()].sort((a, b) => a.at - b.at);
  }

  async put(scope: string, message: PendingMessage): Promise<void> {
    const stored = await this.#try((store) => set(keyOf(scope, message.id), message, store).then(() => true));
    await (stored ? this.#memory.remove(scope, [message.id]) : this.#memory.put(scope, message));
  }

  async remove(scope: string, ids: readonly string[]): Promise<void> {
    await this.#try((store) => delMany(ids.map((id) => keyOf(scope, id)), store));
    await this.#memory.remove(scope, ids);
  }

  async inherit(project: string, from: string, heir: string): Promise<void> {
    await this.#memory.inherit(project, from, heir);
    const rows = await this.#try((store) => entries<string, unknown>(store));
    const moves = (rows ?? []).flatMap(([key, message]) => {
      const [scope = '', id = ''] = String(key).split('\n');
      const to = inherited(scope, project, from, heir);
      return to === null ? [] : [{ key, to: keyOf(to, id), message }];
    });
    if (moves.length === 0) return;
    // In one transaction: a page that dies in between leaves each message in one scope.
    await this.#try((store) =>
      store('readwrite', (table) => {
        for (const { key, to, message } of moves) {
          table.put(message, to);
          table.delete(key);
        }
        return promisifyRequest(table.transaction);
      }),
    );
  }

  /** @returns undefined where there is no storage, or none just now */
  async #try<T>(use: (store: UseStore) => Promise<T>): Promise<T | undefined> {
    try {
      const result = await use((this.#store ??= durableStore(this.name, 'outbox')));
      this.#answers = true;
      return result;
    } catch {
      // Nothing that a visitor could do: what they write is sent all the same.
      return undefined;
    }
  }
}

/** The page's own. */
export const pageOutbox: OutboxStore = new BrowserOutbox();

function keyOf(scope: string, id: string): string {
  return `${scope}\n${id}`;
}

/** Another version of the product may have written there. */
function isPending(value: unknown): value is PendingMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { id, kind, body, at, state, mentions } = value as Partial<Record<keyof PendingMessage, unknown>>;
  const words = [id, kind, body].every((word) => typeof word === 'string');
  return words && typeof at === 'number' && (state === 'sending' || state === 'failed') && Array.isArray(mentions);
}
