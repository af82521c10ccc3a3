import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import { backoff, jittered } from './backoff.js';
import type { End } from './gateway.js';
import type { ChatProblem, Entry } from './model.js';
import { isLasting, problemOf } from './problem.js';
import type { Replica } from './replica.js';

/** How often the end of the log is read although nobody told of anything, in ms: broadcasts may be dropped (supabase.md). */
const checkEvery = 45_000;
/** How long a gap may fill by itself, in ms: the answer to an own send often overtakes the line. */
const gapPatience = 200;

export interface StepKeeperOptions {
  readonly clock: Clock;
  /** 0–1, for jitter. */
  readonly random: () => number;
  readonly replica: Replica;
  limited<T>(promise: Promise<T>): Promise<T>;
  latest(): Promise<End>;
  /** The end of the log was read. @returns whether the room goes on */
  look(end: End): boolean;
  /** The slow check: what failed elsewhere is tried again. */
  retry(): void;
  inStep(): void;
  outOfStep(problem: ChatProblem): void;
  halted(problem: ChatProblem): void;
  isHalted(): boolean;
}

/** Brings the log in step with the table: after every subscription, at every gap, and now and then by itself. */
export class StepKeeper {
  readonly #options: StepKeeperOptions;
  /** The next look at the end of the log. */
  readonly #check: Alarm;
  readonly #gap: Alarm;
  #tries = 0;

  constructor(options: StepKeeperOptions) {
    this.#options = options;
    this.#check = new Alarm(options.clock);
    this.#gap = new Alarm(options.clock);
  }

  hear(entry: Entry): void {
    const { replica, isHalted } = this.#options;
    const incomplete = replica.hear(entry);
    if (incomplete && !isHalted() && !this.#gap.isSet) this.#gap.set(gapPatience, () => void this.sync());
  }

  async sync(): Promise<void> {
    const { replica } = this.#options;
    this.#gap.cancel();
    try {
      await replica.open();
      await replica.catchUp();
      this.#inStep();
    } catch (error) {
      this.#outOfStep(error);
    }
  }

  /** What waits is done now. */
  wake(): void {
    this.#check.ring();
  }

  halt(): void {
    this.#check.cancel();
    this.#gap.cancel();
  }

  /** The slow check, for what the line did not tell. */
  async #look(): Promise<void> {
    const { replica, limited, latest, look, retry } = this.#options;
    retry();
    try {
      const end = await limited(latest());
      if (this.#options.isHalted() || !look(end)) return;
      if (end.lastSeq > replica.log.last) void this.sync();
      else this.#inStep();
    } catch (error) {
      this.#outOfStep(error);
    }
  }

  #inStep(): void {
    if (this.#options.isHalted()) return;
    this.#tries = 0;
    this.#options.inStep();
    this.#check.set(jittered(checkEvery, this.#options.random), () => void this.#look());
  }

  #outOfStep(error: unknown): void {
    if (this.#options.isHalted()) return;
    const problem = problemOf(error);
    if (isLasting(problem)) return this.#options.halted(problem);
    this.#options.outOfStep(problem);
    this.#check.set(backoff(++this.#tries, this.#options.random), () => void this.sync());
  }
}
