const tickMs = 5000;
const mostTicks = 12;

/**
 * Events a second over the last minute, as the real server has it (lib/realtime/rate_counter): counted in ticks of 5 s,
 * of which only those that are over make the average. So a burst is noticed late, and is held against one for a while.
 */
export class RateCounter {
  /** Newest first. The real server's first tick comes at once, and is empty. */
  private ticks = [0];
  private current = 0;
  private tickEndsAt: number | null = null;

  constructor(
    readonly limit: number,
    private readonly now: () => number,
  ) {}

  add(events = 1): void {
    this.turn();
    this.current += events;
  }

  /** Events a second. */
  get average(): number {
    this.turn();
    return this.ticks.reduce((sum, count) => sum + count, 0) / this.ticks.length / (tickMs / 1000);
  }

  /** Whether the limit is reached. */
  get reached(): boolean {
    return this.average >= this.limit;
  }

  private turn(): void {
    const now = this.now();
    this.tickEndsAt ??= now + tickMs;
    if (now < this.tickEndsAt) return;
    const over = 1 + Math.floor((now - this.tickEndsAt) / tickMs);
    const empty = new Array<number>(Math.min(over - 1, mostTicks)).fill(0);
    this.ticks = [...empty, this.current, ...this.ticks].slice(0, mostTicks);
    this.current = 0;
    this.tickEndsAt += over * tickMs;
  }
}
