/** So many calls in so many ms, then no more until the window that the first of them opened has passed. */
export class CallLimit {
  private calls = 0;
  private endsAt = -Infinity;

  constructor(
    private readonly max: number,
    private readonly windowMs: number,
    private readonly now: () => number,
  ) {}

  /** Counts a call. @returns whether it is within the limit */
  take(): boolean {
    if (this.now() > this.endsAt) {
      this.calls = 0;
      this.endsAt = this.now() + this.windowMs;
    }
    if (this.calls >= this.max) return false;
    this.calls += 1;
    return true;
  }
}
