import type { Clock } from '../../../src/clock.js';

/** A clock that moves only when told, and then calls what falls due. */
export class TestClock implements Clock {
  private time = Date.UTC(2026, 0, 1);
  private readonly due = new Map<symbol, { at: number; callback: () => void }>();

  now(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): () => void {
    const id = Symbol('timer');
    this.due.set(id, { at: this.time + ms, callback });
    return () => this.due.delete(id);
  }

  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.due].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      this.due.delete(next[0]);
      this.time = next[1].at;
      next[1].callback();
    }
    this.time = end;
  }

  get waiting(): number {
    return this.due.size;
  }
}
