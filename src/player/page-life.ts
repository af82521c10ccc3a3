import { systemClock, type Clock } from '../clock.js';
import type { Unsubscribe } from '../subscribable.js';

/** When the page comes back to life, and when it goes. */
export interface PageLife {
  /**
   * Calls `listener` when the page is shown again, is online again, or was asleep.
   * @param listener told whether the page stood still for minutes: the laptop was closed, the tab frozen
   */
  onWake(listener: (slept: boolean) => void): Unsubscribe;
  /** Calls `listener` at the last moment in which something can be written down. */
  onLeave(listener: () => void): Unsubscribe;
}

export interface LifeWindow extends Pick<Window, 'addEventListener' | 'removeEventListener'> {
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
}

const beatMs = 20_000;
/** Hidden tabs may run a timer once a minute only; a gap beyond that is sleep. */
const sleepMs = 120_000;

/** The page's own. No event tells of a laptop that was closed with the page in sight: a gap between two beats does. */
export function createPageLife(page: LifeWindow = window, clock: Clock = systemClock): PageLife {
  return {
    onWake(listener) {
      let beaten = clock.now();
      let cancel = (): void => undefined;
      const look = (): boolean => {
        const slept = clock.now() - beaten > beatMs + sleepMs;
        beaten = clock.now();
        return slept;
      };
      const beat = (): void => {
        if (look()) listener(true);
        cancel = clock.after(beatMs, beat);
      };
      const wake = (): void => listener(look());
      const visible = (): void => {
        if (page.document.visibilityState === 'visible') wake();
      };
      // The first showing of a page is no waking; one from the back-forward cache is, and its connections are gone.
      const shown = (event: PageTransitionEvent): void => {
        if (event.persisted) listener(true);
      };
      cancel = clock.after(beatMs, beat);
      page.addEventListener('online', wake);
      page.addEventListener('pageshow', shown);
      page.document.addEventListener('visibilitychange', visible);
      return () => {
        cancel();
        page.removeEventListener('online', wake);
        page.removeEventListener('pageshow', shown);
        page.document.removeEventListener('visibilitychange', visible);
      };
    },
    onLeave(listener) {
      // Not `unload`: it never comes on phones, and keeps pages out of the back-forward cache.
      page.addEventListener('pagehide', listener);
      return () => page.removeEventListener('pagehide', listener);
    },
  };
}

/** Of a page that never sleeps and never goes. */
export const noLife: PageLife = { onWake: () => () => undefined, onLeave: () => () => undefined };
