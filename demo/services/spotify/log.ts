/** A command, whoever gave it. */
export type CommandName =
  'play' | 'pause' | 'resume' | 'next' | 'previous' | 'seek' | 'volume' | 'shuffle' | 'repeat' | 'queue' | 'transfer' | 'load';

/** One command that reached the simulator. */
export interface LogEntry {
  /** When, in ms since the epoch. */
  readonly at: number;
  /** Lower-case name of the account, or `unknown` where the token was nobody's; who hears an embed without one is a `visitor`. */
  readonly account: string;
  readonly source: 'sdk' | 'web-api' | 'embed';
  readonly command: CommandName;
  /** The device that it named, or else the account's active one; null for none. For an embed: which one. */
  readonly deviceId: string | null;
  /** What came with it; null for nothing. */
  readonly body: unknown;
}

const kept = 10_000;

/** Every command that reached the simulator, whatever became of it: what a test trusts when it says "untouched". */
export class CommandLog {
  #entries: LogEntry[] = [];

  /** Newest last. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  add(entry: LogEntry): void {
    this.#entries.push(entry);
    // A demo that runs for weeks must not grow for weeks.
    if (this.#entries.length > kept) this.#entries = this.#entries.slice(-kept / 2);
  }

  clear(): void {
    this.#entries = [];
  }
}
