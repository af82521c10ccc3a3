import type { Clock } from '../clock.js';
import { Alarm, longestTimer } from './alarm.js';
import type { Member, Room } from './model.js';

export interface SlowModeOptions {
  readonly clock: Clock;
  /** It changed, or is over. */
  changed(): void;
}

/** When the visitor may write again. The database decides; this saves asking in vain, and tells the composer. */
export class SlowMode {
  readonly #end: Alarm;
  #until = 0;
  #wroteAt = 0;
  #seconds = 0;
  #exempt = false;

  constructor(private readonly options: SlowModeOptions) {
    this.#end = new Alarm(options.clock);
  }

  /** In ms since the epoch; null when now. */
  get until(): number | null {
    return !this.#exempt && this.#until > this.options.clock.now() ? this.#until : null;
  }

  /** The room's settings and the visitor's role, as they are now. */
  set({ slowSeconds }: Room, { role }: Member): void {
    const exempt = role !== 'member';
    if (slowSeconds === this.#seconds && exempt === this.#exempt) return;
    this.#exempt = exempt;
    this.#seconds = slowSeconds;
    this.#set(this.#wroteAt + slowSeconds * 1000);
  }

  /** The database took a message of the visitor's. */
  wrote(): void {
    this.#wroteAt = this.options.clock.now();
    if (this.#seconds > 0) this.#set(this.#wroteAt + this.#seconds * 1000);
  }

  /** The database refused one. */
  refused(waitSeconds: number): void {
    this.#set(this.options.clock.now() + waitSeconds * 1000);
  }

  dispose(): void {
    this.#end.end();
  }

  #set(until: number): void {
    this.#until = until;
    this.#arm();
    this.options.changed();
  }

  #arm(): void {
    const left = this.#until - this.options.clock.now();
    if (left <= 0) return this.#end.cancel();
    this.#end.set(Math.min(left, longestTimer), () => {
      this.#arm();
      this.options.changed();
    });
  }
}
