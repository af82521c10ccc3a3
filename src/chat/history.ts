import type { Clock } from '../clock.js';
import type { MessageNow } from './gateway.js';
import type { Replica } from './replica.js';

/** After a page of history failed, asking again within this many ms does nothing: a view asks as long as it shows the top. */
const olderPause = 2000;
/** Entries a page on the way back to a message that somebody wants to see. */
const revealPage = 400;

export interface HistoryOptions {
  readonly clock: Clock;
  readonly replica: Replica;
  /** Where a message stands, if there is one. */
  find(id: string): Promise<MessageNow | undefined>;
  isHalted(): boolean;
  /** A page came. */
  read(): void;
  failed(error: unknown): void;
}

/** Reading back: a page at a time, or as far as one message. */
export class History {
  #failedAt = -Infinity;

  constructor(private readonly options: HistoryOptions) {}

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

  /** Reads back until the message is there. @returns whether it is */
  async reveal(id: string): Promise<boolean> {
    const { replica, find, isHalted } = this.options;
    if (replica.log.list.get(id)) return true;
    try {
      const found = await find(id);
      while (found && replica.log.first > found.seq && replica.hasOlder && !isHalted()) await replica.loadOlder(revealPage);
    } catch (error) {
      this.options.failed(error);
    }
    return replica.log.list.get(id) !== undefined;
  }
}
