import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import type { Listening, Member } from './model.js';
import { isSameListening } from './music.js';

/** Reasons to read that come within this many ms share a reading: going live is followed by everybody's presence. */
const gathering = 50;

export interface ListenersOptions {
  /** One's own id. */
  readonly me: string;
  readonly clock: Clock;
  /** What is shown now, by user id. */
  read(): Promise<ReadonlyMap<string, Listening>>;
  /** What the room has of oneself, as it is told or read. */
  own(listening: Listening | null): void;
  changed(): void;
}

/**
 * What members show of their listening. The live line tells changes; the table is read where something may have been told
 * to nobody: when the line comes up, and when somebody comes back of whom one knows something old. Renewals are not told
 * (supabase/migrations), so whoever went away takes what is known of them along.
 */
export class Listeners {
  readonly #views = new WeakMap<Member, Member>();
  readonly #gather: Alarm;
  /** Told of during a reading: newer than what the reading finds. */
  readonly #told = new Set<string>();
  #shown: ReadonlyMap<string, Listening> = new Map();
  #here: ReadonlySet<string> = new Set();
  #members: readonly Member[] = [];
  /** What `#members` was made of. */
  #made: { members: readonly Member[]; shown: ReadonlyMap<string, Listening> } | null = null;
  #reading = false;
  #again = false;
  #missed = false;
  #disposed = false;

  constructor(private readonly options: ListenersOptions) {
    this.#gather = new Alarm(options.clock);
  }

  /** The same members with what they show. The same objects, and the same array, while nothing changed. */
  over(members: readonly Member[]): readonly Member[] {
    if (this.#made?.members === members && this.#made.shown === this.#shown) return this.#members;
    this.#made = { members, shown: this.#shown };
    const next = members.map((member) => this.#view(member));
    const same = next.length === this.#members.length && next.every((member, i) => member === this.#members[i]);
    if (!same) this.#members = Object.freeze(next);
    return this.#members;
  }

  /** The line is up, the first time or again. */
  live(): void {
    this.#soon();
  }

  /** Who is here. */
  here(ids: readonly string[]): void {
    const back = ids.filter((id) => !this.#here.has(id) && id !== this.options.me && this.#shown.has(id));
    this.#here = new Set(ids);
    if (back.length === 0) return;
    const shown = new Map(this.#shown);
    for (const id of back) shown.delete(id);
    this.#show(shown);
    this.#soon();
  }

  tell(userId: string, listening: Listening | null): void {
    this.#told.add(userId);
    const shown = new Map(this.#shown);
    if (listening) shown.set(userId, listening);
    else shown.delete(userId);
    this.#show(shown);
    if (userId === this.options.me) this.options.own(listening);
  }

  /** The slow check: what is shown although it ended is worse than what is missing until the next track. */
  retry(): void {
    if (this.#missed || this.#members.some((member) => member.listening)) this.#soon();
  }

  dispose(): void {
    this.#disposed = true;
    this.#gather.cancel();
  }

  #view(member: Member): Member {
    const listening = this.#shown.get(member.id) ?? null;
    if (!listening) return member;
    const before = this.#views.get(member);
    if (before?.listening === listening) return before;
    const view = Object.freeze({ ...member, listening });
    this.#views.set(member, view);
    return view;
  }

  #soon(): void {
    if (!this.#gather.isSet) this.#gather.set(gathering, () => void this.#read());
  }

  async #read(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#again) {
      this.#again = false;
      this.#told.clear();
      try {
        const rows = await this.options.read();
        if (this.#disposed) return;
        this.#found(rows);
        this.#missed = false;
      } catch {
        // What others listen to is no problem of the visitor's while it is missing; the slow check reads again.
        this.#missed = true;
      }
    }
    this.#reading = false;
  }

  #found(rows: ReadonlyMap<string, Listening>): void {
    const shown = new Map([...rows].filter(([id]) => !this.#told.has(id)));
    for (const id of this.#told) {
      const told = this.#shown.get(id);
      if (told) shown.set(id, told);
    }
    this.#show(shown);
    const { me, own } = this.options;
    if (!this.#told.has(me)) own(this.#shown.get(me) ?? null);
  }

  #show(next: Map<string, Listening>): void {
    for (const [id, listening] of next) {
      const before = this.#shown.get(id);
      if (before && isSameListening(before, listening)) next.set(id, before);
    }
    this.#shown = next;
    this.options.changed();
  }
}
