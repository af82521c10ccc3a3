import { promisifyRequest, type UseStore } from 'idb-keyval';

/**
 * As idb-keyval's own createStore, but what was written is on the disk when it says so: browsers answer earlier by default
 * (`relaxed`, Chrome since 121; https://developer.mozilla.org/docs/Web/API/IDBDatabase/transaction#durability), and a dead
 * battery takes the rest with it.
 */
export function durableStore(database: string, table: string): UseStore {
  let opening: Promise<IDBDatabase> | undefined;
  const opened = (): Promise<IDBDatabase> => (opening ??= open(database, table, () => (opening = undefined)));
  return async (mode, use) => use((await opened()).transaction(table, mode, { durability: 'strict' }).objectStore(table));
}

/** @param gone called when there is nothing open any more, and the next has to open it again: Safari closes it at will */
async function open(database: string, table: string, gone: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(database);
  request.onupgradeneeded = () => request.result.createObjectStore(table);
  try {
    const db = await promisifyRequest(request);
    db.onclose = gone;
    return db;
  } catch (failure) {
    gone();
    throw failure;
  }
}
