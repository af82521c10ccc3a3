import type { Unsubscribe } from '../subscribable.js';

/** What a Disconnect is forgotten in: the whole browser, or this page alone after another tab has seen to the rest. */
export type Forgotten = 'browser' | 'page';

/** The tabs of this browser that live on the same sign-in: who disconnects in one of them means all. */
export interface OtherTabs {
  /** Tells them that the visitor disconnected here. */
  tell(): void;
  /** Calls `listener` when the visitor disconnected in one of them. */
  onTold(listener: () => void): Unsubscribe;
}

/** What is needed of the page's window. */
export interface TabWindow {
  readonly localStorage: Storage;
  addEventListener(type: 'storage', listener: (event: StorageEvent) => void): void;
  removeEventListener(type: 'storage', listener: (event: StorageEvent) => void): void;
}

/**
 * Tabs tell each other by storage: unlike a channel it is where the sign-in is, and keeps no page out of the
 * back-forward cache. A refused refresh clears the sign-in as well, without a word: the others find out by themselves.
 */
export function createOtherTabs(page: TabWindow, storageKey: string): OtherTabs {
  const key = `${storageKey}:disconnected`;
  return {
    tell() {
      try {
        page.localStorage.setItem(key, 'now');
        // Each time it is news: nothing stays.
        page.localStorage.removeItem(key);
      } catch {
        // Denied: then no sign-in was shared either.
      }
    },
    onTold(listener) {
      const heard = (event: StorageEvent): void => {
        if (event.key === key && event.newValue !== null) listener();
      };
      page.addEventListener('storage', heard);
      return () => page.removeEventListener('storage', heard);
    },
  };
}

/** Of a page whose sign-in is the host's. */
export const noOtherTabs: OtherTabs = { tell: () => undefined, onTold: () => () => undefined };
