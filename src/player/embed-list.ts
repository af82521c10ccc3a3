/** The host page's list, and where in it the visitor is. What they choose beside it does not move their place. */
export class EmbedList {
  #at: number;

  /** @param at where in it to begin: one that is there twice is not found by its name */
  constructor(
    private readonly uris: readonly string[],
    at = 0,
  ) {
    this.#at = at;
  }

  get length(): number {
    return this.uris.length;
  }

  get current(): string | null {
    return this.uris[this.#at] ?? null;
  }

  /** Begins anew. */
  first(): string | null {
    this.#at = 0;
    return this.current;
  }

  /** Goes to `uri`, where it is in the list. */
  find(uri: string): void {
    const found = this.uris.indexOf(uri);
    if (found >= 0) this.#at = found;
  }

  has(step: 1 | -1): boolean {
    return this.uris[this.#at + step] !== undefined;
  }

  /** Goes to the neighbour. @returns null, and stays, where there is none */
  step(step: 1 | -1): string | null {
    if (!this.has(step)) return null;
    this.#at += step;
    return this.current;
  }
}
