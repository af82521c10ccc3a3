import type { RealtimeChannel } from '@supabase/realtime-js';
import type { Presence } from '../gateway.js';
import { isRecord, isUuid } from './rows.js';

/** Of phoenix.js what is below a channel: each message passes `onMessage` before anybody hears it. */
interface Below {
  onMessage(event: string, payload: unknown, ...rest: readonly unknown[]): unknown;
  /** Another one for each join. */
  joinRef(): unknown;
}

/** One account's pages by the server's reference, and whether their visitor looks away. */
type Pages = Map<string, boolean>;

/**
 * Who is here, by what the server says: everybody right after a join, and from then on who comes and goes.
 *
 * SDK quirk: what realtime-js 2.109 makes of that cannot be relied on. It takes the references out of what it remembers
 * (mended by supabase-js #2566): who looked away once, or had two pages, is never gone. And a presence key like
 * `constructor`, which is anybody's choice, makes it fail for everybody in the room (GHSA-63mc-hw7g-86rr). A host's client
 * may be as old, and versions that mend both ask for Node 22: so the client gets to see none of it.
 */
export class PresenceList {
  #people = new Map<string, Pages>();
  /** The join that this list is of. */
  #join: unknown;
  /** What was told of a later one before its list came. */
  #early: { readonly join: unknown; readonly told: unknown }[] = [];

  /**
   * @param changed told whose pages came
   * @returns whether it hears anything: a client of another make is asked itself
   */
  hear(channel: RealtimeChannel, changed: (came: readonly string[]) => void): boolean {
    const below = (channel as unknown as { channelAdapter?: { getChannel?(): Below } }).channelAdapter?.getChannel?.();
    if (typeof below?.onMessage !== 'function' || typeof below.joinRef !== 'function') return false;
    const before = below.onMessage.bind(below);
    below.onMessage = (event, payload, ...rest) => {
      if (event === 'presence_state') {
        changed(this.#state(payload, below.joinRef()));
        return {};
      }
      if (event === 'presence_diff') {
        changed(this.#diff(payload, below.joinRef()));
        return { joins: {}, leaves: {} };
      }
      return before(event, payload, ...rest);
    };
    return true;
  }

  get here(): readonly Presence[] {
    return [...this.#people].map(([id, pages]) => presenceOf(id, [...pages.values()]));
  }

  #state(told: unknown, join: unknown): string[] {
    const before = this.#people;
    this.#people = pagesIn(told);
    this.#join = join;
    const came = [...this.#people].filter(([id, pages]) => [...pages.keys()].some((ref) => !before.get(id)?.has(ref)));
    const early = this.#early.splice(0).flatMap((diff) => (diff.join === join ? this.#diff(diff.told, join) : []));
    return [...new Set([...came.map(([id]) => id), ...early])];
  }

  #diff(told: unknown, join: unknown): string[] {
    if (join !== this.#join) {
      this.#early.push({ join, told });
      return [];
    }
    if (!isRecord(told)) return [];
    const came = pagesIn(told.joins);
    for (const [id, pages] of came) this.#people.set(id, new Map([...(this.#people.get(id) ?? []), ...pages]));
    for (const [id, pages] of pagesIn(told.leaves)) {
      const left = this.#people.get(id);
      for (const ref of pages.keys()) left?.delete(ref);
      if (left?.size === 0) this.#people.delete(id);
    }
    return [...came.keys()];
  }
}

/** Somebody with two pages is away when they look at neither. */
const presenceOf = (id: string, away: readonly boolean[]): Presence => ({ id, away: away.every(Boolean) });

/** Who is here by the client's own list, where `PresenceList` hears nothing. */
export function claimed(channel: RealtimeChannel): readonly Presence[] {
  const state = Object.entries(channel.presenceState<{ away?: unknown }>());
  return state.filter(([id]) => isUuid(id)).map(([id, pages]) => presenceOf(id, pages.map(({ away }) => away === true)));
}

/** Anybody may claim any key, and track anything: what is no user id would only spoil the look-up. */
function pagesIn(told: unknown): Map<string, Pages> {
  const people = new Map<string, Pages>();
  if (!isRecord(told)) return people;
  for (const [id, entry] of Object.entries(told)) {
    if (!isUuid(id) || !isRecord(entry) || !Array.isArray(entry.metas)) continue;
    const pages: Pages = new Map();
    for (const meta of entry.metas.filter(isRecord)) {
      if (typeof meta.phx_ref === 'string') pages.set(meta.phx_ref, meta.away === true);
    }
    if (pages.size > 0) people.set(id, pages);
  }
  return people;
}
