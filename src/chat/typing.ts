import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import type { Member } from './model.js';

/** At most one word of one's own in this many ms (supabase.md: throttled). */
const spacing = 3000;
/** So long one is taken to write after the last word of it, in ms. */
const lapse = 6000;
/** More members here than this, and nobody is told any more. */
export const mostForTyping = 100;

const none: readonly Member[] = Object.freeze([]);

export interface TypingOptions {
  readonly me: string;
  readonly clock: Clock;
  tell(): void;
  changed(): void;
}

/** Who writes just now. Ids are claims: only members who are here are shown, under the names that the database knows. */
export class Typing {
  readonly #until = new Map<string, number>();
  readonly #lapse: Alarm;
  #toldAt = -Infinity;
  #shown: readonly Member[] = none;

  constructor(private readonly options: TypingOptions) {
    this.#lapse = new Alarm(options.clock);
  }

  /** The visitor pressed a key. */
  press(): void {
    const now = this.options.clock.now();
    if (now - this.#toldAt < spacing) return;
    this.#toldAt = now;
    this.options.tell();
  }

  told(userId: string): void {
    // More than can be shown at all is somebody's mischief.
    if (userId === this.options.me || this.#until.size >= 10 * mostForTyping) return;
    this.#until.delete(userId);
    this.#until.set(userId, this.options.clock.now() + lapse);
    this.#lapsed();
  }

  /** They sent it. */
  wrote(userId: string): void {
    if (this.#until.delete(userId)) this.options.changed();
  }

  /** Those of `members` who write, oneself left out. The same array while they are the same. */
  among(members: readonly Member[], count: number): readonly Member[] {
    const now = count > mostForTyping || this.#until.size === 0 ? none : members.filter(({ id }) => this.#until.has(id));
    const same = now.length === this.#shown.length && now.every((member, i) => member === this.#shown[i]);
    if (!same) this.#shown = now.length === 0 ? none : Object.freeze(now);
    return this.#shown;
  }

  dispose(): void {
    this.#lapse.end();
  }

  #lapsed(): void {
    const now = this.options.clock.now();
    for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
    const [next] = this.#until.values();
    if (next === undefined) this.#lapse.cancel();
    else if (!this.#lapse.isSet) this.#lapse.set(next - now, () => this.#lapsed());
    this.options.changed();
  }
}
