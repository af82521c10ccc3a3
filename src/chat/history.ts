import type { Clock } from '../clock.js';
import type { MessageNow } from './gateway.js';
import { limits, type Progress } from './model.js';
import { problemOf } from './problem.js';
import { longestPage, type Replica } from './replica.js';
import type { Revealed } from './session.js';

/** After a page of history failed, asking again within this many ms does nothing: a view asks as long as it shows the top. */
const olderPause = 2000;
/** Entries that are read beyond a message that somebody wants to see: what it was said to. */
const context = 20;

export interface HistoryOptions {
  readonly clock: Clock;
  readonly replica: Replica;
  /** Where a message stands, if there is one. */
  find(id: string): Promise<MessageNow | undefined>;
  /** A page came. */
  read(): void;
  failed(error: unknown): void;
  /** `progress` is another. */
  changed(): void;
}

/** Reading back: a page at a time, or as far as one message. */
export class History {
  #failedAt = -Infinity;
  /** Counts those who wanted to see a message, or no longer: only the last is served. */
  #turn = 0;
  /** Where the last one's reading began, and where it goes. */
  #way: { readonly from: number; readonly to: number } | null = null;

  constructor(private readonly options: HistoryOptions) {}

  /** How far a long way back has come. */
  get progress(): Progress | null {
    if (!this.#way) return null;
    const { from, to } = this.#way;
    return from - to > longestPage ? { to: 'source', done: from - this.options.replica.log.first, of: from - to } : null;
  }

  async loadOlder(): Promise<void> {
    const { clock, replica, read } = this.options;
    if (!replica.hasOlder || clock.now() - this.#failedAt < olderPause) return;
    try {
      await replica.loadOlder();
      read();
    } catch (error) {
      this.#failedAt = clock.now();
      this.options.failed(error);
    }
  }

  /**
   * Reads back until the message is there. All that lies between is read too: what became of each message stands in the
   * entries after it, and a log with a hole would show edits, reactions and deletions wrong.
   */
  async reveal(id: string): Promise<Revealed> {
    this.stop();
    const turn = this.#turn;
    const { replica, find } = this.options;
    try {
      const seq = replica.log.list.get(id) ? Infinity : ((await find(id))?.seq ?? Infinity);
      // Written while the line was down: a report of it may be read before it is.
      if (seq !== Infinity && seq > replica.log.last) await replica.catchUp();
      if (turn === this.#turn) this.#go({ from: replica.log.first, to: seq });
      while (turn === this.#turn && replica.log.first > seq && replica.hasOlder) {
        const left = replica.log.first - seq;
        await replica.loadOlder(Math.max(limits.page, Math.min(left + context, longestPage)));
      }
    } catch (error) {
      return problemOf(error);
    } finally {
      if (turn === this.#turn) this.#go(null);
    }
    if (turn !== this.#turn) return 'stopped';
    return replica.log.list.get(id) ? 'found' : { code: 'message-unknown' };
  }

  /** Nobody wants to see it any more. */
  stop(): void {
    this.#turn++;
    this.#go(null);
  }

  #go(way: { readonly from: number; readonly to: number } | null): void {
    if (way === this.#way) return;
    this.#way = way;
    this.options.changed();
  }
}
