import type { Entry, Progress } from './model.js';
import { isShown } from './fold.js';
import { gap, startedOver, withEnd, withLive, withNewer, withOlder } from './log.js';
import type { ChatLog } from './log.js';
import { limits } from './model.js';

/** Where a replica reads the table. Rejects with a ChatError. */
export interface LogReader {
  before(seq: number, limit: number): Promise<readonly Entry[]>;
  after(seq: number, limit: number): Promise<readonly Entry[]>;
  /** `seq` of the newest entry. */
  end(): Promise<number>;
}

/** A page of history that shows fewer messages than this is read on: the rest of it was reactions. */
const fewMessages = 30;
/** Entries in one reading at the most: a project serves no more rows at once unless it is told to (`max_rows`). */
export const longestPage = 1000;
/** A reading that grew to pages of so many asks how far it is to the end. */
const farPage = 400;
/** Entries with which a log starts over. */
const freshPage = 200;
/**
 * A reader at the end who is so many entries behind is not read all of them, however long they were away: the log begins
 * again at its end, contiguous as ever, and the rest is there to scroll back to. Who reads elsewhere keeps their place.
 */
const mostBehind = 3000;

/** Keeps one log in step with the table: the newest page, history, catching up. */
export class Replica {
  #log: ChatLog;
  #opened = false;
  #older: Promise<void> | null = null;
  #catchingUp: Promise<void> | null = null;
  /** Somebody asked to catch up after the reading in progress began. */
  #again = false;
  /** The largest `seq` told since somebody last asked to catch up; 0 when nothing was. */
  #told = 0;
  /** Raised when the log starts over: a page of history that was asked for before does not fit the new one. */
  #era = 0;
  #following = true;
  /** Catching up from where, and how far that is as far as one knows; 0 while it is not known to be far. */
  #from = 0;
  #end = 0;

  constructor(
    private readonly reader: LogReader,
    log: ChatLog,
    private readonly changed: () => void,
  ) {
    this.#log = log;
  }

  get log(): ChatLog {
    return this.#log;
  }

  /** Whether the newest page is there. */
  get opened(): boolean {
    return this.#opened;
  }

  get hasOlder(): boolean {
    return this.#opened && this.#log.first > 1;
  }

  get loadingOlder(): boolean {
    return this.#opened && this.#older !== null;
  }

  /** How far a long catching up has come; null where it is short, or there is none. */
  get progress(): Progress | null {
    const of = this.#end - this.#from;
    return of > longestPage ? { to: 'end', done: Math.min(this.#log.last - this.#from, of), of } : null;
  }

  /** Whether the reader is at the end. Only then the log may start over there. */
  follow(following: boolean): void {
    this.#following = following;
  }

  update(change: (log: ChatLog) => ChatLog): void {
    const log = change(this.#log);
    if (log === this.#log) return;
    this.#log = log;
    this.changed();
  }

  /** @returns whether something is missing now */
  hear(entry: Entry): boolean {
    this.#told = Math.max(this.#told, entry.seq);
    this.update((log) => withLive(log, entry));
    return gap(this.#log) !== null;
  }

  /** Reads the newest page, once. */
  async open(): Promise<void> {
    if (!this.#opened) await this.loadOlder();
  }

  /**
   * Reads one page of history, and on until it shows something. Concurrent calls share it.
   * @param limit entries to begin with
   */
  loadOlder(limit: number = limits.page): Promise<void> {
    if (this.#older) return this.#older;
    if (this.#log.first <= 1) {
      this.#opened = true;
      return Promise.resolve();
    }
    this.#older = this.#readOlder(limit).finally(() => {
      this.#older = null;
      this.changed();
    });
    this.changed();
    return this.#older;
  }

  async #readOlder(limit: number): Promise<void> {
    let shown = 0;
    for (let size = limit; shown < fewMessages && this.#log.first > 1; size = Math.min(size * 2, Math.max(longestPage, limit))) {
      const era = this.#era;
      const page = await this.reader.before(this.#log.first, size);
      if (era !== this.#era) return;
      this.#opened = true;
      this.update((log) => withOlder(log, page));
      shown += page.filter(isShown).length;
    }
  }

  /**
   * Reads everything after what is known, in pages that grow, until there is nothing more, or until it has met what the line tells meanwhile:
   * a busy room writes faster than one reads, and an empty page would never come. What is told waits beyond the gap or
   * joins the end. A call during a reading makes it read once more: what was written in between was told to nobody.
   */
  catchUp(): Promise<void> {
    this.#again = true;
    this.#told = 0;
    return (this.#catchingUp ??= this.#readNewer());
  }

  async #readNewer(): Promise<void> {
    try {
      this.#from = this.#log.last;
      let more = true;
      for (let size: number = limits.page; more; size = Math.min(size * 2, longestPage)) {
        this.#again = false;
        if (size >= farPage && this.#end === 0) this.#end = await this.reader.end();
        if (this.#following && this.#end - this.#log.last > mostBehind) await this.#startOver();
        const { heard, last } = this.#log;
        const page = await this.reader.after(last, size);
        const newer = page.filter((entry) => entry.seq > last);
        // Only an empty page is the end: a project may serve shorter pages than one asks for.
        this.update((log) => (newer.length > 0 ? withNewer(log, newer) : withEnd(log, heard)));
        const met = this.#told > 0 && this.#log.last >= this.#told;
        more = (newer.length > 0 && !met) || this.#again || gap(this.#log) !== null;
      }
    } finally {
      // Here and not in a later task: a call that comes after the last reading must begin a new one.
      this.#catchingUp = null;
      if (this.#end > 0) {
        this.#end = 0;
        this.changed();
      }
    }
  }

  /** At once with its newest page, so that nobody sees it empty. */
  async #startOver(): Promise<void> {
    // The newest page tells where the end is by now.
    const page = await this.reader.before(Number.MAX_SAFE_INTEGER, freshPage);
    const end = page.at(-1)?.seq;
    if (end === undefined) return;
    this.#era++;
    this.#from = this.#end = end;
    this.update((log) => withOlder(startedOver(log, end), page));
  }
}
