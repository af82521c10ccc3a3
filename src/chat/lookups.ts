import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import type { MessageNow } from './gateway.js';
import type { ChatLog } from './log.js';
import { limits, type Member, type Quote } from './model.js';

/** What comes up within this many ms is asked for together. */
const gathering = 50;
/** Ids in one look-up of names: they travel in an address. */
const batch = 100;

export interface LookupsOptions {
  readonly clock: Clock;
  messages(ids: readonly string[]): Promise<readonly MessageNow[]>;
  members(ids: readonly string[]): Promise<readonly Member[]>;
  quoted(quotes: readonly Quote[]): void;
  named(names: ReadonlyMap<string, string | null>): void;
}

/** Finds out what the log shows of messages and members that it does not know: quoted lines, mentioned names. */
export class Lookups {
  readonly #gather: Alarm;
  readonly #asking = new Set<string>();
  /** Those that could not be asked for wait for the slow check. */
  readonly #missed = new Set<string>();
  #lacking: ChatLog['lacking'] | null = null;

  constructor(private readonly options: LookupsOptions) {
    this.#gather = new Alarm(options.clock);
  }

  /** The log changed. */
  look({ lacking }: ChatLog): void {
    if (lacking === this.#lacking) return;
    this.#lacking = lacking;
    if (this.#wanted(lacking.quotes).length + this.#wanted(lacking.names).length > 0) this.#soon();
  }

  retry(): void {
    if (this.#missed.size === 0) return;
    this.#missed.clear();
    this.#soon();
  }

  dispose(): void {
    this.#gather.end();
  }

  #soon(): void {
    if (!this.#gather.isSet) this.#gather.set(gathering, () => void this.#ask());
  }

  #wanted(ids: ReadonlySet<string>): string[] {
    return [...ids].filter((id) => !this.#asking.has(id) && !this.#missed.has(id));
  }

  async #ask(): Promise<void> {
    if (!this.#lacking) return;
    const quotes = this.#wanted(this.#lacking.quotes);
    const names = this.#wanted(this.#lacking.names);
    for (const ids of pages(quotes, limits.quotes)) {
      await this.#one(ids, async () => {
        const found = new Map((await this.options.messages(ids)).map((message) => [message.id, message]));
        this.options.quoted(ids.map((id) => quoteOf(id, found.get(id))));
      });
    }
    for (const ids of pages(names, batch)) {
      await this.#one(ids, async () => {
        const found = new Map((await this.options.members(ids)).map(({ id, name }) => [id, name]));
        this.options.named(new Map(ids.map((id) => [id, found.get(id) ?? null])));
      });
    }
  }

  async #one(ids: readonly string[], ask: () => Promise<void>): Promise<void> {
    if (this.#gather.isEnded) return;
    for (const id of ids) this.#asking.add(id);
    try {
      await ask();
    } catch {
      // A quoted line that is missing for a while is no problem of the visitor's; the slow check asks again.
      for (const id of ids) this.#missed.add(id);
    } finally {
      for (const id of ids) this.#asking.delete(id);
    }
  }
}

function quoteOf(id: string, now: MessageNow | undefined): Quote {
  if (!now) return { id, authorName: '', body: '', state: 'unknown' };
  const { authorName, body, deleted } = now;
  return { id, authorName, body: deleted ? '' : body, state: deleted ? 'deleted' : 'known' };
}

function pages(ids: readonly string[], size: number): (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, page) => ids.slice(page * size, (page + 1) * size));
}
