/** A `Storage` that a visitor may deny. */
export class FakeStorage implements Storage {
  denied = false;
  readonly #items = new Map<string, string>();

  get length(): number {
    return this.#items.size;
  }

  entries(): IterableIterator<[string, string]> {
    return this.#items.entries();
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    this.#check();
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#check();
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#check();
    this.#items.delete(key);
  }

  clear(): void {
    this.#items.clear();
  }

  #check(): void {
    if (this.denied) throw new DOMException('denied', 'SecurityError');
  }
}
