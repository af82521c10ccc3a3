import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';

/** More messages a second than this, and the room is busy (peers.md: Sendbird shows five and keeps the rest). */
const mostASecond = 5;
/** So long it has to be calm before it counts as calm, in ms. */
const calmAfter = 3000;
/** How long a change may wait where there are no frames: a hidden tab, no page at all. */
const hiddenFrame = 100;

/** Runs `callback` before the next frame is painted, if there is ever one. @returns what cancels it */
export type Frames = (callback: () => void) => () => void;

export const pageFrames: Frames = (callback) => {
  if (typeof requestAnimationFrame !== 'function') return () => {};
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
};

export interface PaceOptions {
  readonly clock: Clock;
  readonly frames: Frames;
  /** Tells the changes of which there were any. */
  publish(): void;
}

/** Tells every change at once in a calm room, and at most one a frame in a busy one. */
export class Pace {
  readonly #calm: Alarm;
  readonly #late: Alarm;
  #heard: number[] = [];
  #busy = false;
  #cancelFrame: (() => void) | null = null;

  constructor(private readonly options: PaceOptions) {
    this.#calm = new Alarm(options.clock);
    this.#late = new Alarm(options.clock);
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Somebody wrote something. */
  heard(): void {
    const now = this.options.clock.now();
    this.#heard.push(now);
    if (this.#heard.length <= mostASecond) return;
    const first = this.#heard.shift() ?? now;
    if (now - first > 1000) return;
    this.#busy = true;
    this.#calm.set(calmAfter, () => {
      this.#busy = false;
      this.changed();
    });
  }

  changed(): void {
    if (!this.#busy) return this.flush();
    if (this.#late.isSet) return;
    this.#late.set(hiddenFrame, () => this.flush());
    this.#cancelFrame = this.options.frames(() => this.flush());
  }

  /** Tells what waits, now. */
  flush(): void {
    this.#late.cancel();
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.options.publish();
  }

  dispose(): void {
    this.#calm.end();
    this.#late.end();
    this.#cancelFrame?.();
  }
}
