/** A module that is loaded when it is first wanted, and kept. What could not be loaded is asked for again the next time. */
export class Piece<T> {
  #loading: Promise<T> | null = null;
  #here: T | null = null;

  /** @param fetch an `import()` of one module of Roomtone's own, written out: bundlers and the linter see where it leads */
  constructor(private readonly fetch: () => Promise<T>) {}

  /** Null until it was loaded. */
  get here(): T | null {
    return this.#here;
  }

  /** Rejects where it cannot be had: offline, or the page's server has a newer version by now. */
  load(): Promise<T> {
    this.#loading ??= this.fetch().then(
      (module) => (this.#here = module),
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }
}
