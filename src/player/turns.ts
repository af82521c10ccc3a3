import type { Clock } from '../clock.js';
import type { Effect } from './pending.js';
import type { Playback } from './snapshot.js';

/** By what a command goes: the SDK takes it at once, the Web API after a request or several. */
export type Way = 'sdk' | 'web-api';

/** A command's place among all that were given. */
export interface Turn {
  /** Resolves when it may be given, or with false once the device that it was meant for is gone; null: at once. */
  readonly comes: Promise<boolean> | null;
  /** It was answered: where `arrival` is told, the turn goes on until that shows. */
  answered(arrival?: Effect): void;
  /** Nothing more is to come of it; what it was answered with may still be. */
  end(): void;
}

interface Entry extends Turn {
  readonly way: Way;
  begun: boolean;
  /** What shows that it arrived, while that is waited for. */
  arrival: Effect | null;
  begin: (mayGo: boolean) => void;
  cancel: () => void;
}

/** The engine looks at its state a second after a command was taken; by then it has arrived, or will not be recognised. */
const arrivalLimit = 3_000;

/**
 * Commands take effect in the order in which they were given, though there are two ways, and the SDK's is the quicker: a
 * Pause would overtake the Play that is still on its way, and the music would start. So whoever goes by one way waits for
 * those before them that went by the other. Each wait ends, for each request does.
 */
export class Turns {
  #entries: readonly Entry[] = [];

  constructor(private readonly clock: Clock) {}

  /** Whether a command by the Web API is on its way. */
  get isUnderWay(): boolean {
    return this.#entries.some(({ way }) => way === 'web-api');
  }

  take(way: Way): Turn {
    let begin = (_mayGo: boolean): void => undefined;
    const isFree = this.#entries.every((other) => other.way === way && other.begun);
    const entry: Entry = {
      way,
      begun: isFree,
      arrival: null,
      comes: isFree ? null : new Promise((resolve) => (begin = resolve)),
      begin: (mayGo) => begin(mayGo),
      cancel: () => undefined,
      answered: (arrival) => {
        if (!arrival || !this.#entries.includes(entry)) return this.#leave(entry);
        entry.arrival = arrival;
        entry.cancel = this.clock.after(arrivalLimit, () => this.#leave(entry));
      },
      end: () => {
        if (!entry.arrival) this.#leave(entry);
      },
    };
    this.#entries = [...this.#entries, entry];
    return entry;
  }

  /** One state shows the arrival of one command: the next one's may look just like it. */
  observe(playback: Playback): void {
    const arrived = this.#entries.find(({ arrival }) => arrival?.(playback));
    if (arrived) this.#leave(arrived);
  }

  /** What was to start will not be heard: nobody waits for it. */
  settle(): void {
    for (const entry of this.#entries) if (entry.arrival) this.#leave(entry);
  }

  /** The device is another, or none: what has not been given yet never will be. */
  clear(): void {
    const entries = this.#entries;
    this.#entries = [];
    for (const { cancel, begin } of entries) {
      cancel();
      begin(false);
    }
  }

  #leave(entry: Entry): void {
    entry.cancel();
    if (!this.#entries.includes(entry)) return;
    this.#entries = this.#entries.filter((other) => other !== entry);
    const way = this.#entries[0]?.way;
    for (const next of this.#entries) {
      if (next.way !== way) return;
      if (next.begun) continue;
      next.begun = true;
      next.begin(true);
    }
  }
}
