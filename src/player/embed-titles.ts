import type { Description } from './oembed.js';

const unknown: Description = Object.freeze({ title: '', artwork: null });

/** What the items of an embed are called: the embed does not say. */
export class Titles {
  /** Null while it is asked for, and where there was no answer. */
  readonly #asked = new Map<string, Description | null>();
  readonly #silent = new Set<string>();

  constructor(private readonly describe: (uri: string) => Promise<Description | null>) {}

  /** @param onFound called when it is known, where it is not yet; each is asked for once */
  of(uri: string, onFound: () => void): Description {
    const known = this.#asked.get(uri);
    if (known === undefined) void this.#ask(uri, onFound);
    return known ?? unknown;
  }

  /** What had no answer may have one next time. Not before: what sounds tells of itself each second. */
  retry(): void {
    for (const uri of this.#silent) this.#asked.delete(uri);
    this.#silent.clear();
  }

  async #ask(uri: string, onFound: () => void): Promise<void> {
    this.#asked.set(uri, null);
    const found = await this.describe(uri);
    this.#asked.set(uri, found);
    if (found) onFound();
    else this.#silent.add(uri);
  }
}
