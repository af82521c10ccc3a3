import { PlayerError } from '../../src/player/engine.js';
import type { Page } from '../../src/player/library.js';
import type { PlayerErrorCode } from '../../src/player/snapshot.js';

/**
 * - `idle`: nothing was asked
 * - `loading`: an answer is awaited; `items` are the ones of before
 * - `shown`: `items` is the answer, perhaps none
 * - `failed`: `problem` says why; `items` are the ones of before
 */
export type ListingStatus = 'idle' | 'loading' | 'shown' | 'failed';

export interface ListingState<T> {
  readonly status: ListingStatus;
  readonly items: readonly T[];
  /** Offset of the next page, or null when there is none. */
  readonly nextOffset: number | null;
  readonly problem: PlayerErrorCode | null;
  /** When trying again makes sense, in ms since the epoch, where Spotify told. */
  readonly retryAt?: number;
}

export type LoadPage<T> = (offset: number, signal: AbortSignal) => Promise<Page<T>>;

const idle = Object.freeze({ status: 'idle', items: Object.freeze([]), nextOffset: null, problem: null } as const);

/** A list that comes page by page: one request at a time, the one before ended, no late answer let through. */
export class Listing<T> {
  #state: ListingState<T> = idle;
  #request?: AbortController;
  #load?: LoadPage<T>;
  #failedOffset = 0;

  constructor(private readonly changed: () => void) {}

  get state(): ListingState<T> {
    return this.#state;
  }

  /** Asks `load` for its first page. What is there stays until the answer comes. */
  open(load: LoadPage<T>): void {
    this.#load = load;
    void this.#ask(0);
  }

  /** The page after those that are shown. */
  more(): void {
    const { nextOffset, status } = this.#state;
    if (nextOffset !== null && status !== 'loading') void this.#ask(nextOffset);
  }

  /** Asks again for what failed. */
  retry(): void {
    void this.#ask(this.#failedOffset);
  }

  /** Whether what was asked for is answered, or about to be. */
  get isAnswered(): boolean {
    const { status } = this.#state;
    return status === 'shown' || (status === 'loading' && this.#request !== undefined);
  }

  /** Ends what is under way. What is there stays, and so does the wait: for those that ask for something else soon. */
  interrupt(): void {
    this.#request?.abort();
    this.#request = undefined;
  }

  /** Ends what is under way and forgets what was there. */
  clear(): void {
    this.interrupt();
    this.#load = undefined;
    this.#set(idle);
  }

  async #ask(offset: number): Promise<void> {
    const load = this.#load;
    if (!load) return;
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const before = this.#state.items;
    this.#set({ ...this.#withoutProblem, status: 'loading' });
    try {
      const page = await load(offset, request.signal);
      if (this.#request !== request) return;
      const items = offset ? [...before, ...page.items] : page.items;
      this.#set({ status: 'shown', items, nextOffset: page.nextOffset, problem: null });
    } catch (error) {
      // A request that was ended on purpose has nothing to say; neither has one that a newer one overtook.
      if (this.#request !== request) return;
      this.#failedOffset = offset;
      const retryAt = error instanceof PlayerError ? error.retryAt : undefined;
      this.#set({ ...this.#state, status: 'failed', problem: problemOf(error), ...(retryAt !== undefined && { retryAt }) });
    }
  }

  get #withoutProblem(): Pick<ListingState<T>, 'items' | 'nextOffset' | 'problem'> {
    const { items, nextOffset } = this.#state;
    return { items, nextOffset, problem: null };
  }

  #set(state: ListingState<T>): void {
    this.#state = state;
    this.changed();
  }
}

export const problemOf = (error: unknown): PlayerErrorCode => (error instanceof PlayerError ? error.code : 'network');

/** What comes whole, as a list of one page. */
export const onePage = <T>(items: readonly T[]): Page<T> => ({ items, nextOffset: null });
