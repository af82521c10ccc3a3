/** Ends a subscription. Calling it twice is harmless. */
export type Unsubscribe = () => void;

/** A list of listeners whose `subscribe` hands back its own disposer. */
export class Subscribable<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** @returns the disposer of this subscription */
  subscribe(listener: (value: T) => void): Unsubscribe {
    // A wrapper of its own, so that one function subscribed twice is two subscriptions.
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** How many listen: resources may live only while somebody does. */
  get size(): number {
    return this.#listeners.size;
  }

  protected emit(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
