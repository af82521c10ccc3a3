import { createStore, delMany, entries, set, type UseStore } from 'idb-keyval';
import type { PendingMessage } from './model.js';

/** Where what is on its way survives a reload. Never rejects: what cannot be stored is kept for as long as the page lives. */
export interface OutboxStore {
  /** What waits in this scope, in the order of writing. */
  load(scope: string): Promise<readonly PendingMessage[]>;
  put(scope: string, message: PendingMessage): Promise<void>;
  remove(scope: string, ids: readonly string[]): Promise<void>;
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
}

/**
 * In IndexedDB, each message by itself: two tabs of one visitor write beside each other. Memory where that is denied (a
 * sandboxed frame, private browsing) or fails.
 */
export class BrowserOutbox implements OutboxStore {
  readonly #memory = new MemoryOutbox();
  #store: UseStore | null = null;
  #denied = false;

  constructor(private readonly name = 'roomtone') {}

  load(scope: string): Promise<readonly PendingMessage[]> {
    return this.#try(
      async (store) => {
        const rows = await entries<string, PendingMessage>(store);
        const prefix = keyOf(scope, '');
        const found = rows.filter(([key, value]) => String(key).startsWith(prefix) && isPending(value));
        return found.map(([, message]) => message).sort((a, b) => a.at - b.at);
      },
      () => this.#memory.load(scope),
    );
  }

  put(scope: string, message: PendingMessage): Promise<void> {
    return this.#try(
      (store) => set(keyOf(scope, message.id), message, store),
      () => this.#memory.put(scope, message),
    );
  }

  remove(scope: string, ids: readonly string[]): Promise<void> {
    return this.#try(
      (store) => delMany(ids.map((id) => keyOf(scope, id)), store),
      () => this.#memory.remove(scope, ids),
    );
  }

  async #try<T>(use: (store: UseStore) => Promise<T>, instead: () => Promise<T>): Promise<T> {
    if (this.#denied) return instead();
    try {
      return await use((this.#store ??= createStore(this.name, 'outbox')));
    } catch {
      // Nothing that a visitor could do: what they write is sent all the same.
      this.#denied = true;
      return instead();
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
