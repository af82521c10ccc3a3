import { createPlayerSession } from '../../../../src/player/session.js';
import type { PlayerSession } from '../../../../src/player/player-session.js';
import type { Playback, PlayerSnapshot } from '../../../../src/player/snapshot.js';
import { FakeClock } from './fake-clock.js';
import { FakeEngine, FakeSignIn } from './fake-engine.js';
import { playing } from './states.js';

/** A session on fakes of its ports. */
export class SessionStage {
  readonly clock = new FakeClock();
  readonly engine = new FakeEngine();
  readonly signIn = new FakeSignIn();
  readonly seen: PlayerSnapshot[] = [];
  readonly session: PlayerSession = createPlayerSession({
    engine: this.engine,
    signIn: this.signIn,
    clock: this.clock,
  });

  constructor() {
    this.session.subscribe((snapshot) => this.seen.push(snapshot));
  }

  /** Signed in before, and a device by now. */
  static async ready(): Promise<SessionStage> {
    const stage = new SessionStage();
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
