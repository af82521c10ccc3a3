import type { Clock } from '../clock.js';

/** What was said of the item before has come by then. No longer: an album may begin with what was heard before it. */
const lateMs = 1_500;

/** From one item in the embed to the next: what it says may, for a moment, still be of the one before. */
export class Handover {
  /** Several where one was chosen quickly after the other: nothing was heard of those between. */
  readonly #before = new Set<string>();
  #until = 0;

  constructor(private readonly clock: Clock) {}

  /** @param before what it has told of until now */
  begin(before: string): void {
    // Whatever is older than that has been told.
    if (!this.isRecent) this.#before.clear();
    this.#before.add(before);
    this.#until = this.clock.now() + lateMs;
  }

  /** The embed itself says that it is over. */
  end(): void {
    this.#before.clear();
  }

  /** What was loaded is so new that a `ready` is still of that. */
  get isRecent(): boolean {
    return this.clock.now() < this.#until;
  }

  /** @param uri of what is told; older builds do not say */
  isLate(uri: string | null): boolean {
    return uri !== null && this.#before.has(uri) && this.isRecent;
  }
}
