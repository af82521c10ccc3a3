import { Subscribable } from '../subscribable.js';
import type { PlaybackEngine } from './engine.js';
import { level } from './parse.js';
import { allCapabilities, initialSnapshot, type PlayerSnapshot } from './snapshot.js';

/** The session's one state. Tells its subscribers only of what is really new. */
export class SnapshotStore extends Subscribable<PlayerSnapshot> {
  #current: PlayerSnapshot;
  #closed = false;

  /** @param start what Play starts where nothing is here: the last place, what the page offers, or null */
  constructor(
    volume: number,
    private readonly start: () => 'place' | 'offer' | null = () => null,
    private readonly engine: Pick<PlaybackEngine, 'name' | 'capabilities'> = { name: 'account', capabilities: allCapabilities },
  ) {
    super();
    this.#current = Object.freeze({ ...initialSnapshot, ...this.#traits, volume: level(volume, 1) });
  }

  get #traits(): Pick<PlayerSnapshot, 'engine' | 'capabilities'> {
    return { engine: this.engine.name, capabilities: this.engine.capabilities };
  }

  get current(): PlayerSnapshot {
    return this.#current;
  }

  /** Whether commands can be given: this page is a device, playing or not. */
  get isOnline(): boolean {
    return this.#current.status === 'ready' || this.#current.status === 'elsewhere';
  }

  update(change: Partial<PlayerSnapshot>): void {
    if (this.#closed) return;
    const { status, track, elsewhere } = { ...this.#current, ...change };
    const start = status === 'ready' && !track ? this.start() : null;
    const told = {
      ...change,
      ...this.#traits,
      elsewhere: status === 'elsewhere' ? elsewhere : null,
      resumable: start === 'place',
      offered: start === 'offer',
    };
    const keys = Object.keys(told) as (keyof PlayerSnapshot)[];
    if (keys.every((key) => isSame(told[key], this.#current[key]))) return;
    this.#current = Object.freeze({ ...this.#current, ...told });
    this.emit(this.#current);
  }

  /** From now on nothing changes. */
  close(): void {
    this.#closed = true;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  // Problems and lists are made anew each time.
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}
