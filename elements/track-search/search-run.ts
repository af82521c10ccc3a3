import type { Clock } from '../../src/clock.js';
import type { SearchPage } from '../../src/player/controls.js';
import { PlayerError } from '../../src/player/engine.js';
import type { PlayerErrorCode, Track } from '../../src/player/snapshot.js';

/**
 * - `idle`: nothing is asked
 * - `searching`: an answer is awaited; `tracks` are the ones of before
 * - `found`: `tracks` answer `query`, perhaps none
 * - `failed`: `problem` says why; `tracks` are the ones of before
 */
export type SearchStatus = 'idle' | 'searching' | 'found' | 'failed';

export interface SearchState {
  readonly status: SearchStatus;
  readonly query: string;
  readonly tracks: readonly Track[];
  /** Offset of the next page, or null when there is none. */
  readonly nextOffset: number | null;
  readonly problem: PlayerErrorCode | null;
}

type Search = (query: string, options: { offset: number; signal: AbortSignal }) => Promise<SearchPage>;

const idle: SearchState = Object.freeze({ status: 'idle', query: '', tracks: [], nextOffset: null, problem: null });

/** How long the visitor must have stopped writing, in ms. */
const pause = 250;

/**
 * What a visitor writes, as few requests and one list: it waits for a pause in the writing, ends the request before,
 * and lets no late answer through.
 */
export class SearchRun {
  #state = idle;
  #cancelPause?: () => void;
  #request?: AbortController;
  #failedOffset = 0;

  constructor(
    private readonly clock: () => Clock,
    private readonly search: Search,
    private readonly changed: () => void,
  ) {}

  get state(): SearchState {
    return this.#state;
  }

  /** The field now holds `text`. */
  write(text: string): void {
    const query = text.trim();
    if (!query) return this.clear();
    this.#cancelPause?.();
    if (query === this.#state.query && this.#state.status !== 'failed') return;
    this.#cancelPause = this.clock().after(pause, () => this.submit(query));
  }

  /** Asks for `text` at once. */
  submit(text: string): void {
    const query = text.trim();
    if (query) void this.#ask(query, 0);
  }

  /** The page after those that are shown. */
  more(): void {
    const { query, nextOffset, status } = this.#state;
    if (nextOffset !== null && status !== 'searching') void this.#ask(query, nextOffset);
  }

  /** Asks again for what failed. */
  retry(): void {
    void this.#ask(this.#state.query, this.#failedOffset);
  }

  /** Ends what is under way and forgets what was found. */
  clear(): void {
    this.#cancelPause?.();
    this.#request?.abort();
    this.#request = undefined;
    this.#set(idle);
  }

  async #ask(query: string, offset: number): Promise<void> {
    this.#cancelPause?.();
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const before = this.#state.tracks;
    this.#set({ ...this.#state, status: 'searching', query, problem: null });
    try {
      const page = await this.search(query, { offset, signal: request.signal });
      if (this.#request !== request) return;
      const tracks = offset ? [...before, ...page.tracks] : page.tracks;
      this.#set({ status: 'found', query, tracks, nextOffset: page.nextOffset, problem: null });
    } catch (error) {
      // A request that was ended on purpose has nothing to say; neither has one that a newer one overtook.
      if (this.#request !== request) return;
      this.#failedOffset = offset;
      const problem = error instanceof PlayerError ? error.code : 'network';
      this.#set({ ...this.#state, status: 'failed', problem });
    }
  }

  #set(state: SearchState): void {
    this.#state = state;
    this.changed();
  }
}
