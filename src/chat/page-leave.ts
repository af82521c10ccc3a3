import type { Unsubscribe } from '../subscribable.js';

/** Tells that the page goes away: the last moment to say something. */
export interface LeaveSource {
  subscribe(listener: () => void): Unsubscribe;
}

/** The page's own. Not `unload`: that never fires on phones, and keeps pages out of the back-forward cache. */
export const pageLeave: LeaveSource = {
  subscribe(listener) {
    if (typeof window === 'undefined') return () => {};
    window.addEventListener('pagehide', listener);
    return () => window.removeEventListener('pagehide', listener);
  },
};
