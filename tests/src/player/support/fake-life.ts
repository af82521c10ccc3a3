import type { PageLife } from '../../../../src/player/page-life.js';
import type { Unsubscribe } from '../../../../src/subscribable.js';

/** A page that sleeps, wakes and goes when a test says so. */
export class FakeLife implements PageLife {
  readonly #wake = new Set<(slept: boolean) => void>();
  readonly #leave = new Set<() => void>();

  get listening(): number {
    return this.#wake.size + this.#leave.size;
  }

  get watched(): boolean {
    return this.#wake.size > 0;
  }

  onWake(listener: (slept: boolean) => void): Unsubscribe {
    this.#wake.add(listener);
    return () => void this.#wake.delete(listener);
  }

  onLeave(listener: () => void): Unsubscribe {
    this.#leave.add(listener);
    return () => void this.#leave.delete(listener);
  }

  wakes({ slept = false } = {}): void {
    for (const listener of [...this.#wake]) listener(slept);
  }

  goes(): void {
    for (const listener of [...this.#leave]) listener();
  }
}
