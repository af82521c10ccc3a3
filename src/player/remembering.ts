import type { Clock } from '../clock.js';
import type { Unsubscribe } from '../subscribable.js';
import type { Memory, Place } from './memory.js';
import type { PageLife } from './page-life.js';
import type { SnapshotStore } from './snapshot-store.js';
import { positionAt, type PlayerSnapshot } from './snapshot.js';

export interface RememberingOptions {
  readonly store: SnapshotStore;
  readonly memory: Memory;
  readonly life: PageLife;
  readonly clock: Clock;
}

/** So close to its end a track is over: going on there would be a second of it. */
const endMs = 3_000;
/** A track that should have ended so long ago, without a word of it, stopped somewhere before. */
const silenceMs = 10_000;

/** Writes down where the visitor is: at another track, at a pause, when the page goes. Never on a tick. */
export function remember({ store, memory, life, clock }: RememberingOptions): Unsubscribe {
  let last = store.current;

  const note = (snapshot: PlayerSnapshot): void => {
    // A level that cannot be chosen says nothing of what the visitor likes.
    const volume = snapshot.volumeFixed ? undefined : store.current.volume;
    memory.leave(placeOf(snapshot, clock.now()) ?? memory.place, volume);
  };
  const stop = [
    store.subscribe((snapshot) => {
      const before = last;
      last = snapshot;
      // Disconnecting forgets; it is no leaving.
      if (snapshot.status === 'signed-out') return;
      const isOther = snapshot.track?.uri !== before.track?.uri;
      if (snapshot.track && (isOther || (snapshot.paused && !before.paused))) note(snapshot);
      else if (!snapshot.track && before.track) note(before);
    }),
    life.onLeave(() => {
      // A level may have been chosen before anything played.
      if (store.current.track || store.isOnline) note(store.current);
    }),
  ];
  return () => stop.forEach((end) => end());
}

/** How far the visitor has come in the track, in ms, as far as that is known of a device that may be gone. */
export function heardUntil(snapshot: PlayerSnapshot, now: number): number {
  const { track, paused, positionMs, at } = snapshot;
  const isLost = track !== null && !paused && positionMs + (now - at) > track.durationMs + silenceMs;
  return isLost ? positionMs : positionAt(snapshot, now);
}

function placeOf(snapshot: PlayerSnapshot, now: number): Place | null {
  const { track, contextUri } = snapshot;
  if (!track) return null;
  const position = heardUntil(snapshot, now);
  return { track: track.uri, context: contextUri, positionMs: position > track.durationMs - endMs ? 0 : position };
}
