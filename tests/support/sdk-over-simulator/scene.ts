import { settle, type Playback } from '../../../demo/services/spotify/playback/playback.js';
import type { Account } from '../../../demo/services/spotify/accounts.js';
import type { FaultName } from '../../../demo/services/spotify/faults.js';
import type { LogEntry } from '../../../demo/services/spotify/log.js';
import { createSimulator } from '../../../demo/services/spotify/simulator.js';
import type { PlayerSnapshot } from '../../../src/player/snapshot.js';
import { settled, SharedClock } from './clock.js';
import { Tab, type Browser } from './page.js';

/** Alice, to whom it happens, and Bob, who listens to something of his own and must not notice. */
export class Scene {
  readonly clock = new SharedClock();
  readonly simulator = createSimulator({ clock: this.clock, tokenFile: null, timing: {} });
  readonly alice = new Tab(this.simulator, this.clock);
  readonly bob = new Tab(this.simulator, this.clock);
  readonly seen: PlayerSnapshot[] = [];
  #open = 0;
  #bobsPlayback: Playback | null = null;
  #bobsTale: PlayerSnapshot[] = [];

  /** @param progress how far Alice is when it happens */
  static async at(progress: 'signed out' | 'connected' | 'playing'): Promise<Scene> {
    const scene = new Scene();
    await scene.bob.connect('bob');
    void scene.bob.controls.play(scene.uri(40));
    if (progress !== 'signed out') await scene.alice.connect('alice');
    if (progress === 'playing') {
      await scene.does(() => scene.alice.controls.play(scene.simulator.catalogue.albums[0]!.uri));
    }
    await scene.clock.advance(10_000);
    scene.#bobsPlayback = scene.account('bob').playback;
    scene.simulator.log.clear();
    scene.bob.session.subscribe((snapshot) => scene.#bobsTale.push(snapshot));
    scene.alice.session.subscribe((snapshot) => scene.seen.push(snapshot));
    return scene;
  }

  get snapshot(): PlayerSnapshot {
    return this.alice.snapshot;
  }

  get log(): readonly LogEntry[] {
    return this.simulator.log.entries;
  }

  /** Calls of Alice's controls that have not ended. */
  get hanging(): number {
    return this.#open;
  }

  account(name: string): Account {
    return this.simulator.accounts.get(name)!;
  }

  /** One more tab of somebody's browser. */
  tab(browser: Browser): Tab {
    return new Tab(this.simulator, this.clock, browser);
  }

  uri(n: number): string {
    return this.simulator.catalogue.tracks[n]!.uri;
  }

  fault(fault: FaultName, on = true): void {
    this.simulator.faults.set('alice', fault, on);
  }

  /** Alice clicks, signs in where Spotify's window asks for it, and `ms` pass. */
  async does(click: () => Promise<unknown>, ms = 2_000): Promise<void> {
    this.#open++;
    void click().then(() => this.#open--);
    await settled();
    if (this.alice.isAsked) await this.alice.answer('alice');
    await this.clock.advance(ms);
  }

  /** What Bob was shown, heard or was asked meanwhile; '' for nothing. */
  get bobsComplaint(): string {
    const duration = (uri: string): number => this.simulator.catalogue.track(uri)?.durationMs ?? 0;
    const untouched = this.#bobsPlayback && settle(this.#bobsPlayback, this.clock.now(), duration).playback;
    if (JSON.stringify(untouched) !== JSON.stringify(this.account('bob').playback)) return 'his playback was touched';
    if (this.log.some(({ account }) => account !== 'alice')) return 'he was given a command';
    const shown = this.#bobsTale.find(({ status, problem }) => status !== 'ready' || problem !== null);
    return shown ? `he was shown ${shown.status} ${shown.problem?.code}` : '';
  }
}
