import { createMemory } from '../../../../src/player/memory.js';
import { createPlayerSession } from '../../../../src/player/session.js';
import type { PlayTarget } from '../../../../src/player/controls.js';
import type { PlayerSession } from '../../../../src/player/player-session.js';
import type { Playback, PlayerSnapshot } from '../../../../src/player/snapshot.js';
import { FakeClock } from './fake-clock.js';
import { FakeEngine, FakeSignIn } from './fake-engine.js';
import { FakeLife } from './fake-life.js';
import { FakeStorage } from './fake-storage.js';
import { playing } from './states.js';

/** A session on fakes of its ports. */
export class SessionStage {
  readonly clock = new FakeClock();
  readonly engine = new FakeEngine();
  readonly signIn = new FakeSignIn();
  readonly seen: PlayerSnapshot[] = [];
  readonly life = new FakeLife();
  readonly session: PlayerSession;

  constructor(
    readonly storage = new FakeStorage(),
    offer: PlayTarget | null = null,
  ) {
    const { engine, signIn, life, clock } = this;
    const memory = createMemory(() => storage, 'roomtone');
    this.session = createPlayerSession({ engine, signIn, memory, offer, life, clock });
    this.session.subscribe((snapshot) => this.seen.push(snapshot));
  }

  /** Signed in before, and a device by now. */
  static async ready(storage?: FakeStorage, offer?: PlayTarget): Promise<SessionStage> {
    const stage = new SessionStage(storage, offer);
    stage.signIn.remembered = true;
    await stage.session.restore();
    stage.engine.calls.length = 0;
    stage.seen.length = 0;
    return stage;
  }

  /** As above, with a track that plays. */
  static async playing(change: Partial<Playback> = {}): Promise<SessionStage> {
    const stage = await SessionStage.ready();
    stage.plays('a', change);
    stage.seen.length = 0;
    return stage;
  }

  get snapshot(): PlayerSnapshot {
    return this.session.snapshot;
  }

  get controls(): PlayerSession['controls'] {
    return this.session.controls;
  }

  get statuses(): string[] {
    return this.seen.map(({ status }) => status).filter((status, i, all) => status !== all[i - 1]);
  }

  plays(id: string, change: Partial<Playback> = {}): void {
    this.engine.plays(playing(id, this.clock.now(), change));
  }
}
