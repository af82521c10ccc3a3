import type { Clock } from '../clock.js';

/** What was said of the item before has come by then. No longer: an album may begin with what was heard before it. */
const lateMs = 1_500;

/** From one item in the embed to the next: what it says may, for a moment, still be of the one before. */
export class Handover {
  #before: string | null = null;
  #until = 0;

  constructor(private readonly clock: Clock) {}

  /** @param before what it has told of until now */
  begin(before: string): void {
    this.#before = before;
    this.#until = this.clock.now() + lateMs;
  }

  /** The embed itself says that it is over. */
  end(): void {
    this.#before = null;
  }

  /** @param uri of what is told; older builds do not say */
  isLate(uri: string | null): boolean {
    return uri !== null && uri === this.#before && this.clock.now() < this.#until;
  }
}
