/** Where auth-js keeps a session. */
export interface SessionStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * The page's storage, and memory for what it does not take: storage may be denied (a sandboxed frame, third-party
 * blocking), full, or vanish later. Then the visitor is a guest for as long as the page lives.
 */
export function sessionStore(): SessionStore {
  const memory = new Map<string, string>();
  return {
    getItem(key) {
      return memory.get(key) ?? attempt((storage) => storage.getItem(key)) ?? null;
    },
    setItem(key, value) {
      const stored = attempt((storage) => {
        storage.setItem(key, value);
        return true;
      });
      if (stored) memory.delete(key);
      else memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      attempt((storage) => storage.removeItem(key));
    },
  };
}

/** @returns undefined where storage is denied: even naming it may throw */
function attempt<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return globalThis.localStorage ? use(globalThis.localStorage) : undefined;
  } catch {
    return undefined;
  }
}
