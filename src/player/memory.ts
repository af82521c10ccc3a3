import type { Forgotten } from './other-tabs.js';
import { amount, level, record, text } from './parse.js';
import { isItemUri, isListUri } from './uri.js';

/** Where the visitor was. URIs only: metadata may not be kept (spotify.md). */
export interface Place {
  readonly track: string;
  /** The album or playlist around it, where it can be started within one. */
  readonly context: string | null;
  readonly positionMs: number;
}

/** What the player knows of the last time: for as long as the page lives, and on this device where storage allows. */
export interface Memory {
  readonly place: Place | null;
  /** Level from 0 to 1, or null where none was kept. */
  readonly volume: number | null;
  leave(place: Place | null, volume?: number): void;
  /** By default in storage too. */
  forget(where?: Forgotten): void;
}

/**
 * A memory under `${storageKey}:last`.
 *
 * @param storage throws where the visitor denies storage; null where nothing is to be kept
 */
export function createMemory(storage: (() => Storage) | null, storageKey: string): Memory {
  const key = `${storageKey}:last`;
  let { place, volume } = read();
  /** What this page stored last. */
  let written: string | null = null;

  function read(): { place: Place | null; volume: number | null } {
    try {
      const kept = record(JSON.parse(storage?.().getItem(key) ?? 'null'));
      return { place: toPlace(kept), volume: typeof kept.volume === 'number' ? level(kept.volume, 1) : null };
    } catch {
      // Denied, or written by something else.
      return { place: null, volume: null };
    }
  }

  return {
    get place() {
      return place;
    },
    get volume() {
      return volume;
    },
    leave(left, at) {
      place = left && toPlace(left);
      // Muted is for now; who comes back wants to hear something.
      if (at !== undefined && at > 0) volume = at;
      try {
        storage?.().setItem(key, (written = JSON.stringify({ ...place, volume: volume ?? undefined })));
      } catch {
        // Denied or full: it is known until the page goes.
      }
    },
    forget(where = 'browser') {
      place = volume = null;
      try {
        // Written after the other tab had forgotten it, or by whoever came since.
        if (where === 'browser' || storage?.().getItem(key) === written) storage?.().removeItem(key);
      } catch {
        // Denied: nothing was ever written.
      }
    },
  };
}

/** Written by anybody: nothing but URIs and numbers gets through. */
function toPlace(value: unknown): Place | null {
  const { track, context, positionMs } = record(value);
  if (!isItemUri(text(track))) return null;
  const place = { track: text(track), context: isListUri(text(context)) ? text(context) : null };
  return Object.freeze({ ...place, positionMs: Math.round(amount(positionMs)) });
}
