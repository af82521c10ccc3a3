import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import { jittered } from './backoff.js';
import type { Adoption } from './fold.js';
import type { MemberNews, Presence } from './gateway.js';
import type { Member } from './model.js';

/** Ids that come within this many ms are looked up together, and longer by this much for each who is here: whoever comes
 * is looked up by all of them. */
const gathering = 50;
const gatheringEach = 10;
/** Who is known and comes again is looked up again this much later, in ms, give or take a fifth: the topic itself tells of a
 * new name or role, and this is for who missed that. At once, whoever has a bad line would cost a request of each of us. */
const refreshing = 30_000;
/** Ids in one look-up: they travel in an address. */
const batch = 100;
/** More presences than this are not looked up: presence keys are whatever clients claim (supabase.md). */
const mostPresent = 1000;
/** Above this many here, comings and goings are shown together, once in `coalescing` ms (peers.md: as Stream does). */
const mostAtOnce = 100;
const coalescing = 5000;

const collator = new Intl.Collator();

export interface RosterOptions {
  readonly me: Member;
  readonly clock: Clock;
  readonly random: () => number;
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
  /** Those of whom there was news while they were asked for: the answer may be older. */
  readonly #overtaken = new Set<string>();
  readonly #gather: Alarm;
  /** Whether that is for somebody whose name is not known at all. */
  #hurries = false;
  readonly #late: Alarm;
  readonly #views = new WeakMap<Member, Member>();
  #present: ReadonlySet<string> = new Set();
  /** Others who are here and are not looked up any more. */
  #beyond = 0;
  #away: ReadonlySet<string> = new Set();
  #members: readonly Member[];
  #count = 1;
  #arrangedAt = -Infinity;

  constructor(private readonly options: RosterOptions) {
    this.#gather = new Alarm(options.clock);
    this.#late = new Alarm(options.clock);
    this.#known.set(options.me.id, options.me);
    this.#members = Object.freeze([options.me]);
  }

  /** Oneself first, then by name. The same array until somebody comes, goes or changes. */
  get members(): readonly Member[] {
    return this.#members;
  }

  /** How many are here, oneself and those included whose names are not known yet. */
  get count(): number {
    return this.#count;
  }

  here(present: readonly Presence[]): void {
    const before = this.#present;
    const here = present.slice(0, mostPresent);
    this.#present = new Set(here.map(({ id }) => id));
    const everybody = new Set(present.map(({ id }) => id)).add(this.options.me.id);
    this.#beyond = everybody.size - new Set(this.#present).add(this.options.me.id).size;
    this.#away = new Set(here.filter(({ away }) => away).map(({ id }) => id));
    for (const [id, member] of this.#known) if (!member && !this.#present.has(id)) this.#known.delete(id);
    this.#arrangeInTime();
    this.#refresh([...this.#present].filter((id) => !before.has(id)));
  }

  /** The database tells what somebody is now. */
  update({ id, name, role, mutedUntil }: MemberNews): void {
    const before = this.#known.get(id);
    if (!before) return;
    if (this.#asking.has(id)) this.#overtaken.add(id);
    this.#known.set(id, kept(before, { ...before, name, role, mutedUntil }));
    this.#arrange();
  }

  /** A guest became a member: nobody goes by the guest's id any more, and the member may stand otherwise. */
  adopted({ from, to }: Adoption): void {
    if (from === this.options.me.id) return;
    if (this.#known.has(from)) this.#known.set(from, null);
    this.#arrange();
    this.arrived([from, ...(to === null ? [] : [to])]);
  }

  /** Somebody who is here came again, perhaps under a new name. Newcomers are told by `here`. */
  arrived(ids: readonly string[]): void {
    this.#refresh(ids.filter((id) => this.#present.has(id)));
  }

  /** Looks up whoever is here and still unknown, for instance after a look-up that failed. */
  retry(): void {
    const wanted = this.#wanted();
    const hurries = wanted.some((id) => !this.#known.has(id));
    if (wanted.length === 0 || (this.#gather.isSet && (this.#hurries || !hurries))) return;
    this.#hurries = hurries;
    this.#gather.set(hurries ? this.#patience() : jittered(refreshing, this.options.random), () => void this.#lookUp());
  }

  dispose(): void {
    this.#gather.end();
    this.#late.end();
  }

  #patience(): number {
    if (this.#isOpening) return gathering;
    return this.#present.size > mostAtOnce ? coalescing : gathering + gatheringEach * this.#present.size;
  }

  /** Who opens a full room need not wait for the names in it. */
  get #isOpening(): boolean {
    return this.#members.length < this.#present.size / 2;
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
    for (let start = 0; start < wanted.length && !this.#gather.isEnded; start += batch) {
      await this.#ask(wanted.slice(start, start + batch));
    }
    this.#arrangeInTime();
  }

  async #ask(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#asking.add(id);
      this.#stale.delete(id);
    }
    try {
      const found = await this.options.lookUp(ids);
      const byId = new Map(found.map((member) => [member.id, member]));
      for (const id of ids) {
        if (!this.#overtaken.has(id)) this.#known.set(id, kept(this.#known.get(id), byId.get(id)));
      }
    } catch {
      // A name that is missing for a while is no problem of the visitor's; the next presence or `retry()` asks again.
      for (const id of ids) this.#stale.add(id);
    } finally {
      for (const id of ids) {
        this.#asking.delete(id);
        this.#overtaken.delete(id);
      }
    }
  }

  #arrangeInTime(): void {
    const wait = this.#arrangedAt + coalescing - this.options.clock.now();
    if (this.#present.size <= mostAtOnce || this.#isOpening || wait <= 0) this.#arrange();
    else if (!this.#late.isSet) this.#late.set(wait, () => this.#arrange());
  }

  #arrange(): void {
    this.#late.cancel();
    this.#arrangedAt = this.options.clock.now();
    const looked = [...this.#present].filter((id) => id !== this.options.me.id && this.#known.get(id) !== null).length;
    const count = looked + this.#beyond + 1;
    const counted = count !== this.#count;
    this.#count = count;
    const me = this.#known.get(this.options.me.id) ?? this.options.me;
    const others = [...this.#present]
      .filter((id) => id !== me.id)
      .map((id) => this.#known.get(id) ?? null)
      .filter((member) => member !== null)
      .sort((a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    const members = [me, ...others].map((member) => this.#view(member));
    const same = members.length === this.#members.length && members.every((member, i) => member === this.#members[i]);
    if (!same) this.#members = Object.freeze(members);
    if (!same || counted) this.options.changed();
  }

  #view(member: Member): Member {
    if (!this.#away.has(member.id)) return member;
    let view = this.#views.get(member);
    if (!view) this.#views.set(member, (view = Object.freeze({ ...member, away: true })));
    return view;
  }
}

/** The same object while nothing about the member changed. */
function kept(before: Member | null | undefined, now: Member | undefined): Member | null {
  if (!now) return null;
  const same =
    before?.name === now.name &&
    before.role === now.role &&
    before.mutedUntil === now.mutedUntil &&
    before.isGuest === now.isGuest;
  return before && same ? before : Object.freeze({ ...now });
}
