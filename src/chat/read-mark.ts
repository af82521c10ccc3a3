import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import type { CallOptions, Joined } from './gateway.js';
import type { ChatLog } from './log.js';
import { limits } from './model.js';

/** The server is told at most once in this many ms. */
const spacing = 5000;

export interface ReadMarkOptions {
  readonly clock: Clock;
  readonly joined: Joined;
  tell(seq: number, how: CallOptions): Promise<void>;
  /** How far it is by the server. */
  ask(): Promise<number>;
  changed(): void;
}

/** How far the visitor has read, on whatever device, and what is left. */
export class ReadMark {
  readonly #next: Alarm;
  readonly #openedAt: number;
  readonly #end: number;
  readonly #before: number;
  #seq: number;
  /** On its way to the server, or there. */
  #sent: number;
  /** There. */
  #told: number;
  #notBefore = 0;
  #first: string | null = null;
  #firstKnown: boolean;
  #counted: { last: number; first: number; seq: number; count: number } | null = null;

  constructor(private readonly options: ReadMarkOptions) {
    const { readSeq, unread, lastSeq } = options.joined;
    this.#next = new Alarm(options.clock);
    this.#openedAt = this.#seq = this.#sent = this.#told = readSeq;
    this.#before = unread;
    this.#end = lastSeq;
    this.#firstKnown = unread === 0;
  }

  /** Up to here it was read. Never goes back. */
  mark(seq: number): void {
    if (!(seq > this.#seq)) return;
    this.#seq = seq;
    this.options.changed();
    const wait = this.#notBefore - this.options.clock.now();
    if (wait <= 0) this.flush();
    else if (!this.#next.isSet) this.#next.set(wait, () => this.flush());
  }

  /** Another device read further. */
  found(seq: number): void {
    this.#told = Math.max(this.#told, seq);
    this.#sent = Math.max(this.#sent, seq);
    if (seq <= this.#seq) return;
    this.#seq = seq;
    this.options.changed();
  }

  /** Tells it now. */
  flush(): void {
    this.#next.cancel();
    const seq = this.#seq;
    if (seq <= this.#sent) return;
    this.#sent = seq;
    this.#notBefore = this.options.clock.now() + spacing;
    this.options.tell(seq, {}).then(
      () => void (this.#told = Math.max(this.#told, seq)),
      // The next look tells it; nobody reads worse for a mark that is late.
      () => void (this.#sent = this.#told),
    );
  }

  /**
   * The page goes away, and a call that is on its way goes with it. Nobody hears what becomes of this one: a page that
   * comes back tells it again.
   */
  leave(): void {
    if (this.#seq <= this.#told) return;
    this.#sent = this.#told;
    this.options.tell(this.#seq, { keepalive: true }).catch(() => {
      // The next visit begins a little earlier.
    });
  }

  /**
   * Tells what could not be told, and asks what was read on another device where that would change something here. Not
   * told live: with a mark of each reader in 5 s, two hundred readers would use up 40 of the 100 messages a second that a
   * free project has (supabase.md), for a number that matters when one looks at it.
   */
  async look(log: ChatLog): Promise<void> {
    this.flush();
    if (this.unread(log) === 0) return;
    try {
      const seq = await this.options.ask();
      if (!this.#next.isEnded) this.found(seq);
    } catch {
      // The next look asks again.
    }
  }

  /** Messages of others after it, counted up to 100. */
  unread(log: ChatLog): number {
    const { last, first } = log;
    const seq = this.#seq;
    const known = this.#counted;
    if (known && known.last === last && known.seq === seq && known.first === first) return known.count;
    // What is not read is partly before what is known: the server counted that.
    const complete = first <= seq + 1;
    const since = count(log, complete ? seq : Math.max(seq, this.#end));
    const total = complete || seq > this.#openedAt ? since : this.#before + since;
    const result = complete ? total : Math.max(total, count(log, seq));
    this.#counted = { last, first, seq, count: Math.min(result, limits.unread) };
    return this.#counted.count;
  }

  /** The first message of others that was new when the room was opened. Fixed as soon as it is known. */
  firstUnread(log: ChatLog): string | null {
    if (!this.#firstKnown && log.first <= this.#openedAt + 1 && log.last >= this.#end) {
      this.#firstKnown = true;
      this.#first = firstAfter(log, this.#openedAt);
    }
    return this.#first;
  }

  dispose(): void {
    this.flush();
    this.#next.end();
  }
}

function count({ list }: ChatLog, seq: number): number {
  let found = 0;
  for (let at = -1; found < limits.unread; at--) {
    const message = list.at(at);
    if (!message || (message.seq ?? 0) <= seq) break;
    if (!message.mine && !message.deleted) found++;
  }
  return found;
}

function firstAfter({ list }: ChatLog, seq: number): string | null {
  let first: string | null = null;
  for (let at = -1; ; at--) {
    const message = list.at(at);
    if (!message || (message.seq ?? 0) <= seq) return first;
    if (!message.mine && !message.deleted) first = message.id;
  }
}
