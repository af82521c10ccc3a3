import type { Unsubscribe } from '../subscribable.js';

/** Tells when the page comes back to life, so that what waits is tried at once. */
export interface WakeSource {
  subscribe(listener: () => void): Unsubscribe;
}

/**
 * The page's own: back online, visible again, or back from the back-forward cache. Hidden tabs do not reconnect and lose
 * what was told meanwhile (supabase.md). Silent where there is no page.
 */
export const pageWake: WakeSource = {
  subscribe(listener) {
    if (typeof window === 'undefined' || typeof document === 'undefined') return () => {};
    const visible = (): void => {
      if (document.visibilityState === 'visible') listener();
    };
    // The first showing of a page is no waking.
    const shown = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) listener();
    };
    window.addEventListener('online', listener);
    window.addEventListener('pageshow', shown);
    document.addEventListener('visibilitychange', visible);
    return () => {
      window.removeEventListener('online', listener);
      window.removeEventListener('pageshow', shown);
      document.removeEventListener('visibilitychange', visible);
    };
  },
};
