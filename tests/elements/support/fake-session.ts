import type { PlayerControls, SearchPage } from '../../../src/player/controls.js';
import type { PlayerSession } from '../../../src/player/player-session.js';
import { initialSnapshot, type PlayerSnapshot } from '../../../src/player/snapshot.js';
import { Subscribable } from '../../../src/subscribable.js';
import { FakeLibrary } from './fake-library.js';
import { track } from './tracks.js';

export type Call = readonly [name: keyof PlayerControls, ...args: unknown[]];

/** A session without a player: it notes what it is asked for and shows what a test tells it to. */
export class FakeSession extends Subscribable<PlayerSnapshot> implements PlayerSession {
  snapshot: PlayerSnapshot;
  readonly calls: Call[] = [];
  restored = 0;
  disposed = 0;
  /** What `search` answers. */
  onSearch: PlayerControls['search'] = async (): Promise<SearchPage> => ({ tracks: [], nextOffset: null });
  /** What `addToQueue` answers. */
  takesQueue = true;
  readonly library = new FakeLibrary();
  readonly controls: PlayerControls;

  constructor(change: Partial<PlayerSnapshot> = {}) {
    super();
    this.snapshot = Object.freeze({ ...initialSnapshot, ...change });
    const note =
      (name: keyof PlayerControls) =>
      async (...args: unknown[]): Promise<void> => {
        this.calls.push([name, ...args]);
      };
    this.controls = {
      library: this.library,
      connect: note('connect'),
      connectByRedirect: note('connectByRedirect'),
      disconnect: note('disconnect'),
      play: note('play'),
      pause: note('pause'),
      resume: note('resume'),
      next: note('next'),
      previous: note('previous'),
      seek: note('seek'),
      setVolume: note('setVolume'),
      setShuffle: note('setShuffle'),
      setRepeat: note('setRepeat'),
      addToQueue: async (uri) => {
        this.calls.push(['addToQueue', uri]);
        return this.takesQueue;
      },
      bringHere: note('bringHere'),
      dismissProblem: () => {
        this.calls.push(['dismissProblem']);
        this.show({ problem: null });
      },
      search: (query, options) => this.onSearch(query, options),
    };
  }

  async restore(): Promise<void> {
    this.restored++;
  }

  dispose(): void {
    this.disposed++;
  }

  /** The engine reports something. */
  show(change: Partial<PlayerSnapshot>): void {
    this.snapshot = Object.freeze({ ...this.snapshot, ...change });
    this.emit(this.snapshot);
  }
}

/** A player in the middle of a track. */
export const playing = (change: Partial<PlayerSnapshot> = {}): Partial<PlayerSnapshot> => ({
  status: 'ready',
  track: track(1),
  paused: false,
  positionMs: 63_000,
  volume: 0.6,
  ...change,
});
