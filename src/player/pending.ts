import type { Clock } from '../clock.js';
import type { PendingCommand, Playback, RepeatMode } from './snapshot.js';

/** Whether what the engine reports is the effect that a command was given for. */
export type Effect = (playback: Playback) => boolean;
/** The effect is that nothing is left here. */
export type Gone = 'gone';

/** The position of a track that was just begun, told by an event that may be a little late. */
const begunMs = 3000;
const seekTolerance = 1500;

/** The effect of each command, seen from the playback `before` it. */
export const effects = {
  play: (before: Playback, uri: string): Effect => (now) =>
    !now.paused &&
    (now.track?.uri === uri ||
      now.track?.uri !== before.track?.uri ||
      now.contextUri === uri ||
      now.positionMs < begunMs),
  pause: (): Effect => (now) => now.paused,
  resume: (): Effect => (now) => !now.paused,
  /** The other track, or this one from its start: `previous` does so, and `next` where nothing follows. */
  skip: (before: Playback): Effect => (now) => now.track?.uri !== before.track?.uri || now.positionMs < begunMs,
  seek: (positionMs: number, since: number): Effect => (now) =>
    now.positionMs >= positionMs - seekTolerance && now.positionMs <= positionMs + (now.at - since) + seekTolerance,
  shuffle: (on: boolean): Effect => (now) => now.shuffle === on,
  repeat: (mode: RepeatMode): Effect => (now) => now.repeat === mode,
  transfer: (): Effect => (now) => now.track !== null,
  leave: (): Gone => 'gone',
};

/** Commands that make no sense after each other: the newer one takes the older one's place. */
const opposites: Partial<Record<PendingCommand, readonly PendingCommand[]>> = {
  pause: ['play', 'resume'],
  resume: ['pause'],
  play: ['pause', 'resume', 'seek'],
  next: ['seek', 'previous'],
  previous: ['seek', 'next'],
};

/** A command whose effect has not been reported. */
export interface Pending {
  readonly name: PendingCommand;
  /** The engine took it; from now on its effect has a shorter time to show. */
  taken(): void;
  remove(): void;
}

interface Entry extends Pending {
  readonly effect: Effect | Gone;
  /** Whether the engine reported anything since. */
  answered: boolean;
  cancel: () => void;
}

/** A command has this long to be taken: the Web API tries a missing device for a while. */
const takenLimit = 30_000;
const effectLimit = 6_000;

/** What was asked for and not seen yet. Every entry ends, by its effect or by its time limit (I8). */
export class PendingCommands {
  readonly #clock: Clock;
  readonly #onExpire: (name: PendingCommand, answered: boolean) => void;
  #entries: readonly Entry[] = [];
  #names: readonly PendingCommand[] = Object.freeze([]);

  /** @param onExpire an effect did not come in time; `answered` tells whether anything else did */
  constructor(clock: Clock, onExpire: (name: PendingCommand, answered: boolean) => void) {
    this.#clock = clock;
    this.#onExpire = onExpire;
  }

  /** Frozen, and the same array until it changes. */
  get names(): readonly PendingCommand[] {
    return this.#names;
  }

  add(name: PendingCommand, effect: Effect | Gone): Pending {
    const expire = (): void => {
      entry.remove();
      this.#onExpire(name, entry.answered);
    };
    const entry: Entry = {
      name,
      effect,
      answered: false,
      cancel: this.#clock.after(takenLimit, expire),
      taken: () => {
        if (!this.#entries.includes(entry)) return;
        entry.cancel();
        entry.cancel = this.#clock.after(effectLimit, expire);
      },
      remove: () => this.#keep((other) => other !== entry),
    };
    const replaced = [name, ...(opposites[name] ?? [])];
    this.#keep((other) => !replaced.includes(other.name), entry);
    return entry;
  }

  /** Ends the commands whose effect `playback` shows. @returns whether there were any */
  observe(playback: Playback | null): boolean {
    const before = this.#entries;
    for (const entry of before) entry.answered = true;
    this.#keep(({ effect }) => (effect === 'gone' ? playback !== null : !playback || !effect(playback)));
    return this.#entries.length !== before.length;
  }

  remove(name: PendingCommand): void {
    this.#keep((entry) => entry.name !== name);
  }

  clear(): void {
    this.#keep(() => false);
  }

  #keep(stays: (entry: Entry) => boolean, added?: Entry): void {
    const kept = this.#entries.filter((entry) => {
      const keep = stays(entry);
      if (!keep) entry.cancel();
      return keep;
    });
    this.#entries = added ? [...kept, added] : kept;
    const names = this.#entries.map(({ name }) => name);
    if (names.join() !== this.#names.join()) this.#names = Object.freeze(names);
  }
}
