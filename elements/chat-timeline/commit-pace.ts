import { systemClock, type Clock } from '../../src/clock.js';

/** How long to wait for a frame at most, in ms: a hidden page has none. */
const withoutFrames = 100;

/** At most one commit a frame: what comes meanwhile goes into the next one. The first one waits for nothing. */
export class CommitPace {
  #painted: Promise<void> | null = null;

  constructor(private readonly clock: Clock = systemClock) {}

  /** Until the next commit may be made; null: at once. */
  get turn(): Promise<void> | null {
    return this.#painted;
  }

  /** A commit was made. */
  committed(): void {
    if (this.#painted) return;
    const painted = this.#nextFrame().then(() => {
      if (this.#painted === painted) this.#painted = null;
    });
    this.#painted = painted;
  }

  /** The next commit cannot wait. */
  hurry(): void {
    this.#painted = null;
  }

  #nextFrame(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        cancelAnimationFrame(frame);
        resolve();
      };
      const frame = requestAnimationFrame(done);
      const cancel = this.clock.after(withoutFrames, done);
    });
  }
}
