import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import type { Member } from './model.js';

/** Ids that come within this many ms are looked up together. */
const gathering = 50;
/** Ids in one look-up: they travel in an address. */
const batch = 100;
/** More presences than this are not looked up: presence keys are whatever clients claim (supabase.md). */
const mostPresent = 1000;

const collator = new Intl.Collator();

export interface RosterOptions {
  readonly me: Member;
  readonly clock: Clock;
  /** Those of `ids` who are members. */
  lookUp(ids: readonly string[]): Promise<readonly Member[]>;
  changed(): void;
}

/**
 * Who is here, by name. Presence only claims ids; the database says who they are, and an id that it does not know is
 * nobody.
 */
export class Roster {
  /** `null`: the database knows nobody by that id. */
  readonly #known = new Map<string, Member | null>();
  readonly #asking = new Set<string>();
  readonly #stale = new Set<string>();
  readonly #gather: Alarm;
  #present: ReadonlySet<string> = new Set();
  #members: readonly Member[];

  constructor(private readonly options: RosterOptions) {
    this.#gather = new Alarm(options.clock);
    this.#known.set(options.me.id, options.me);
    this.#members = Object.freeze([options.me]);
  }

  /** Oneself first, then by name. The same array until somebody comes, goes or changes. */
  get members(): readonly Member[] {
    return this.#members;
  }

  here(ids: readonly string[]): void {
    const before = this.#present;
    this.#present = new Set(ids.slice(0, mostPresent));
    for (const [id, member] of this.#known) if (!member && !this.#present.has(id)) this.#known.delete(id);
    this.#arrange();
    this.#refresh([...this.#present].filter((id) => !before.has(id)));
  }

  /** Somebody who is here came again, perhaps under a new name. Newcomers are told by `here`. */
  arrived(ids: readonly string[]): void {
    this.#refresh(ids.filter((id) => this.#present.has(id)));
  }

  /** Looks up whoever is here and still unknown, for instance after a look-up that failed. */
  retry(): void {
    if (this.#wanted().length > 0 && !this.#gather.isSet) this.#gather.set(gathering, () => void this.#lookUp());
  }

  dispose(): void {
    this.#gather.cancel();
  }

  #refresh(ids: readonly string[]): void {
    for (const id of ids) this.#stale.add(id);
    this.retry();
  }

  #wanted(): string[] {
    return [...this.#present].filter((id) => !this.#asking.has(id) && (this.#stale.has(id) || !this.#known.has(id)));
  }

  async #lookUp(): Promise<void> {
    const wanted = this.#wanted();
    for (let start = 0; start < wanted.length; start += batch) await this.#ask(wanted.slice(start, start + batch));
    this.#arrange();
  }

  async #ask(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#asking.add(id);
      this.#stale.delete(id);
    }
    try {
      const found = await this.options.lookUp(ids);
      const byId = new Map(found.map((member) => [member.id, member]));
      for (const id of ids) this.#known.set(id, kept(this.#known.get(id), byId.get(id)));
    } catch {
      // A name that is missing for a while is no problem of the visitor's; the next presence or `retry()` asks again.
      for (const id of ids) this.#stale.add(id);
    } finally {
      for (const id of ids) this.#asking.delete(id);
    }
  }

  #arrange(): void {
    const me = this.#known.get(this.options.me.id) ?? this.options.me;
    const others = [...this.#present]
      .filter((id) => id !== me.id)
      .map((id) => this.#known.get(id) ?? null)
      .filter((member) => member !== null)
      .sort((a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    const members = [me, ...others];
    if (members.length === this.#members.length && members.every((member, i) => member === this.#members[i])) return;
    this.#members = Object.freeze(members);
    this.options.changed();
  }
}

/** The same object while nothing about the member changed. */
function kept(before: Member | null | undefined, now: Member | undefined): Member | null {
  if (!now) return null;
  return before && before.name === now.name && before.role === now.role ? before : Object.freeze({ ...now });
}
