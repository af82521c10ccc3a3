import type { Clock } from '../clock.js';
import type { Unsubscribe } from '../subscribable.js';
import type { PlaybackEngine } from './engine.js';
import type { PageLife } from './page-life.js';
import { deniesAccount } from './problems.js';
import type { Connection } from './playing.js';
import type { SnapshotStore } from './snapshot-store.js';

export interface WakingOptions {
  readonly engine: PlaybackEngine;
  readonly store: SnapshotStore;
  readonly connection: Pick<Connection, 'attempt' | 'deny'>;
  readonly life: PageLife;
  readonly clock: Clock;
  /** Asks for a device again, for this one is gone. */
  readonly recover: () => Promise<boolean>;
  /** Asks where the account plays. */
  readonly locate: () => Promise<void>;
}

/** After this much silence a device may have died of idleness (spotify.md). One that tells of its music is alive. */
const quietMs = 5 * 60_000;

/**
 * Looks after the device when the page wakes: one question, and none in between. A device that died in its sleep says
 * nothing (spotify.md), so that the visitor's next click would fall into a void.
 */
export function watchWaking({ engine, store, connection, life, clock, recover, locate }: WakingOptions): Unsubscribe {
  let heardAt = clock.now();
  let isAsking = false;
  let stop: Unsubscribe | null = null;

  const onWake = async (slept: boolean): Promise<void> => {
    if (!store.isOnline || isAsking) return;
    if (!slept && store.current.status === 'elsewhere') return locate();
    if (!slept && clock.now() - heardAt < quietMs) return;
    const attempt = connection.attempt();
    isAsking = true;
    try {
      const isAlive = await engine.isAlive();
      if (attempt !== connection.attempt()) return;
      heardAt = clock.now();
      if (!isAlive) await recover();
      else await locate();
    } catch (error) {
      // No answer is no verdict: just awake, the network may not be back. Its coming back is a waking too.
      if (attempt === connection.attempt() && deniesAccount(error)) connection.deny(error);
    } finally {
      isAsking = false;
    }
  };

  const unsubscribe = [
    engine.subscribe(() => {
      heardAt = clock.now();
    }),
    store.subscribe(() => {
      if (store.isOnline) stop ??= life.onWake((slept) => void onWake(slept));
      else {
        stop?.();
        stop = null;
      }
    }),
  ];
  return () => {
    unsubscribe.forEach((end) => end());
    stop?.();
  };
}
