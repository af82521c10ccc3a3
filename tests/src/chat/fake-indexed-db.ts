import { onTestFinished, vi } from 'vitest';

/** A browser's storage as idb-keyval uses it, which can fail for a moment, as Safari's does after a sleep. */
export class FakeIndexedDb {
  readonly #rows = new Map<string, unknown>();
  failing = false;
  /** What each transaction was asked to keep through. */
  readonly durabilities = new Set<string | undefined>();

  get size(): number {
    return this.#rows.size;
  }

  open(): object {
    const transaction = (_: string, __: string, options?: IDBTransactionOptions): object => {
      this.durabilities.add(options?.durability);
      return { objectStore: () => this.#store() };
    };
    return this.#request({ transaction });
  }

  #store(): object {
    return {
      transaction: this.#request(undefined),
      put: (value: unknown, key: string) => void (this.failing || this.#rows.set(key, structuredClone(value))),
      delete: (key: string) => void (this.failing || this.#rows.delete(key)),
      getAll: () => this.#request([...this.#rows.values()]),
      getAllKeys: () => this.#request([...this.#rows.keys()]),
    };
  }

  #request(result: unknown): object {
    const request = { result, error: new Error('storage failed'), onsuccess: () => {}, oncomplete: () => {}, onerror: () => {} };
    const { failing } = this;
    queueMicrotask(() => {
      if (failing) return request.onerror();
      request.onsuccess();
      if (request.oncomplete !== request.onsuccess) request.oncomplete();
    });
    return request;
  }
}

/** Until the end of the test there is storage. */
export function fakeIndexedDb(): FakeIndexedDb {
  const storage = new FakeIndexedDb();
  vi.stubGlobal('indexedDB', storage);
  onTestFinished(() => void vi.unstubAllGlobals());
  return storage;
}
