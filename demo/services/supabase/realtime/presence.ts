/*
 * Who is in one topic, as Phoenix.Presence tells it: every tracker adds a "meta" under a key of its own choice, and
 * several may share a key. Nothing here is sent anywhere; each change gives the diff to send.
 */

/** What one tracker says, with the reference by which clients tell its versions apart. */
export interface Meta {
  readonly phx_ref: string;
  readonly phx_ref_prev?: string;
  readonly [claim: string]: unknown;
}

export type PresenceState = Readonly<Record<string, { readonly metas: readonly Meta[] }>>;

export interface PresenceDiff {
  readonly joins: PresenceState;
  readonly leaves: PresenceState;
}

interface Tracked {
  readonly key: string;
  readonly meta: Meta;
}

const one = ({ key, meta }: Tracked): PresenceState => ({ [key]: { metas: [meta] } });

export class TopicPresence<Tracker> {
  private readonly tracked = new Map<Tracker, Tracked>();

  constructor(private readonly nextRef: () => string) {}

  /** A first call joins; a later one is a join and a leave in one diff, which clients read as an update. */
  track(tracker: Tracker, key: string, payload: Readonly<Record<string, unknown>>): PresenceDiff {
    const before = this.tracked.get(tracker);
    const phx_ref = this.nextRef();
    const meta: Meta = { ...payload, phx_ref, ...(before && { phx_ref_prev: before.meta.phx_ref }) };
    const now = { key, meta };
    this.tracked.set(tracker, now);
    return { joins: one(now), leaves: before ? one(before) : {} };
  }

  /** @returns null when the tracker was not there */
  untrack(tracker: Tracker): PresenceDiff | null {
    const before = this.tracked.get(tracker);
    if (!before) return null;
    this.tracked.delete(tracker);
    return { joins: {}, leaves: one(before) };
  }

  state(): PresenceState {
    const metas = new Map<string, Meta[]>();
    for (const { key, meta } of this.tracked.values()) metas.set(key, [...(metas.get(key) ?? []), meta]);
    return Object.fromEntries([...metas].map(([key, list]) => [key, { metas: list }]));
  }

  get empty(): boolean {
    return this.tracked.size === 0;
  }
}
