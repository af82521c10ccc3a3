import type { Clock } from '../../../src/clock.js';
import { Subscribable } from '../../../src/subscribable.js';
import type { Catalogue } from './catalogue/catalogue.js';
import {
  currentUri,
  endsAt,
  nothing,
  positionAt,
  reduce,
  settle,
  type Action,
  type DurationOf,
  type Playback,
} from './playback/playback.js';
import type { StateCause } from './playback/state-events.js';
import { hash, seeded, stableId } from './random.js';

export interface Person {
  /** Lower-case; what logs and tests call the account. */
  readonly name: string;
  readonly displayName: string;
  readonly product: 'premium' | 'free';
}

/** The five that Development Mode allows for one client ID. */
export const people: readonly Person[] = [
  { name: 'alice', displayName: 'Alice', product: 'premium' },
  { name: 'bob', displayName: 'Bob', product: 'premium' },
  { name: 'carol', displayName: 'Carol', product: 'premium' },
  { name: 'dave', displayName: 'Dave', product: 'premium' },
  { name: 'frank', displayName: 'Frank', product: 'free' },
];

export interface Device {
  readonly id: string;
  name: string;
  readonly type: 'Computer' | 'Speaker';
  /** Level from 0 to 1. */
  volume: number;
  /** Until then the Web API does not know it yet, in ms since the epoch. */
  hiddenUntil: number;
}

/** A row of `GET /me/player/recently-played`. */
export interface Played {
  readonly uri: string;
  readonly at: number;
  readonly contextUri: string | null;
}

export type AccountChange =
  /** `before` is what played until now. */
  | { readonly type: 'playback'; readonly cause: StateCause; readonly before: Playback }
  /** Another device is the active one now; null for none. */
  | { readonly type: 'active'; readonly from: string | null; readonly to: string | null }
  | { readonly type: 'volume'; readonly deviceId: string };

const dayMs = 86_400_000;
/** A track counts as heard after this long, or at its end. */
const heardAfterMs = 30_000;

/** One listener: what they play, on which of their devices, and what they keep. The truth of playback is here. */
export class Account extends Subscribable<AccountChange> {
  readonly devices = new Map<string, Device>();
  /** URIs, the newest first, with the time of saving. */
  readonly library = new Map<string, number>();
  readonly played: Played[] = [];
  /** The device that a test can let playback go to. */
  readonly kitchen: Device;

  #playback: Playback = nothing;
  #activeId: string | null = null;
  #cancelEnd: () => void = () => undefined;
  #shuffles = 0;
  readonly #durationOf: DurationOf;

  constructor(
    readonly person: Person,
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
  ) {
    super();
    this.#durationOf = (uri) => catalogue.track(uri)?.durationMs ?? 0;
    this.kitchen = {
      id: stableId(`kitchen of ${person.name}`),
      name: `${person.displayName}'s kitchen`,
      type: 'Speaker',
      volume: 0.6,
      hiddenUntil: 0,
    };
    this.devices.set(this.kitchen.id, this.kitchen);
    const random = seeded(`library of ${person.name}`);
    catalogue.tracks
      .filter(() => random() < 0.25)
      .forEach((track, i) => this.library.set(track.uri, clock.now() - (i + 1) * dayMs));
  }

  get name(): string {
    return this.person.name;
  }

  get active(): Device | null {
    return this.devices.get(this.#activeId ?? '') ?? null;
  }

  /** What plays now; tracks that ended meanwhile are over. */
  get playback(): Playback {
    this.#settle();
    return this.#playback;
  }

  get positionMs(): number {
    return Math.round(positionAt(this.playback, this.clock.now(), this.#durationOf));
  }

  /** A number that differs each time, the same at every run: shuffles can be repeated. */
  nextSeed(): number {
    return hash(`${this.name} ${this.#shuffles++}`);
  }

  apply(action: Action): void {
    this.#settle();
    const before = this.#playback;
    const after = reduce(before, action, this.clock.now(), this.#durationOf);
    if (after === before) return;
    const [uriBefore, uriAfter] = [currentUri(before), currentUri(after)];
    const isOtherTrack = uriBefore !== uriAfter || action.type === 'start';
    if (isOtherTrack && uriBefore !== null && positionAt(before, this.clock.now(), this.#durationOf) >= heardAfterMs) {
      this.#remember(uriBefore, before);
    }
    this.#become(after, isOtherTrack ? 'track' : 'change', before);
  }

  /** Makes `deviceId` the one that plays. @param play true starts it, false or nothing leaves it as it is */
  transfer(deviceId: string, play = false): void {
    this.activate(deviceId);
    this.#settle();
    const before = this.#playback;
    const after = play ? reduce(before, { type: 'resume' }, this.clock.now(), this.#durationOf) : before;
    this.#become(after, 'transfer', before);
  }

  /** As `transfer`, without telling of the playback: something else is about to start there. */
  activate(deviceId: string | null): void {
    const from = this.#activeId;
    if (from === deviceId) return;
    this.#activeId = deviceId;
    this.emit({ type: 'active', from, to: deviceId });
  }

  /** Somebody in the kitchen takes over: what plays goes on there, or something starts there. */
  takeElsewhere(): void {
    if (currentUri(this.playback) === null) {
      this.activate(this.kitchen.id);
      const items = this.catalogue.playlists.find(({ owner }) => owner === this.name)?.tracks ?? this.catalogue.tracks;
      this.apply({
        type: 'start',
        contextUri: null,
        items: items.map(({ uri }) => uri),
        index: 0,
        positionMs: 0,
        seed: this.nextSeed(),
      });
    } else {
      this.transfer(this.kitchen.id, true);
    }
  }

  addDevice(device: Device): void {
    this.devices.set(device.id, device);
  }

  /** A device that was playing leaves silence behind. */
  removeDevice(id: string): void {
    if (this.#activeId === id) {
      this.apply({ type: 'pause' });
      this.activate(null);
    }
    this.devices.delete(id);
  }

  /** @param level from 0 to 1 */
  setVolume(device: Device, level: number): void {
    device.volume = Math.min(1, Math.max(0, level));
    this.emit({ type: 'volume', deviceId: device.id });
  }

  close(): void {
    this.#cancelEnd();
  }

  #settle(): void {
    const before = this.#playback;
    const { playback, endings } = settle(before, this.clock.now(), this.#durationOf);
    const last = endings.at(-1);
    if (!last) return;
    for (const { uri, at } of endings) this.#remember(uri, before, at);
    this.#become(playback, last.last ? 'end' : 'track', before);
  }

  #remember(uri: string, { contextUri }: Playback, at = this.clock.now()): void {
    this.played.unshift({ uri, at, contextUri });
    this.played.length = Math.min(this.played.length, 50);
  }

  #become(playback: Playback, cause: StateCause, before: Playback): void {
    this.#playback = playback;
    this.#cancelEnd();
    const end = endsAt(playback, this.#durationOf);
    if (end !== null) this.#cancelEnd = this.clock.after(Math.max(0, end - this.clock.now()), () => this.#settle());
    this.emit({ type: 'playback', cause, before });
  }
}
