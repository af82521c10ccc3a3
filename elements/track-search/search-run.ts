import type { Clock } from '../../src/clock.js';
import type { Collection, Page } from '../../src/player/library.js';
import type { Track } from '../../src/player/snapshot.js';
import { Listing, type ListingState } from '../player-lists/listing.js';

/** What is looked for. */
export type Kind = 'track' | Collection['kind'];
/** What is found: tracks, or collections of the kind that was asked for. */
export type Found = Track | Collection;

export interface SearchState extends ListingState<Found> {
  /** What `items` answer, or will. */
  readonly query: string;
}

type Search = (query: string, kind: Kind, options: { offset: number; signal: AbortSignal }) => Promise<Page<Found>>;

/** How long the visitor must have stopped writing, in ms. */
const pause = 250;

/** What a visitor writes, as few requests and one list: it waits for a pause in the writing. */
export class SearchRun {
  readonly listing: Listing<Found>;
  #query = '';
  #kind: Kind = 'track';
  #cancelPause?: () => void;

  constructor(
    private readonly clock: () => Clock,
    private readonly search: Search,
    changed: () => void,
  ) {
    this.listing = new Listing(changed);
  }

  get state(): SearchState {
    return { ...this.listing.state, query: this.#query };
  }

  get kind(): Kind {
    return this.#kind;
  }

  /** The field now holds `text`. */
  write(text: string): void {
    const query = text.trim();
    if (!query) return this.clear();
    this.#cancelPause?.();
    if (query === this.#query && this.listing.isAnswered) return;
    // Nobody waits for that answer any more, and each request counts at Spotify.
    this.listing.interrupt();
    this.#cancelPause = this.clock().after(pause, () => this.submit(query));
  }

  /** Asks for `text` at once. */
  submit(text: string): void {
    const query = text.trim();
    if (!query) return;
    this.#cancelPause?.();
    this.#query = query;
    const kind = this.#kind;
    this.listing.open((offset, signal) => this.search(query, kind, { offset, signal }));
  }

  /** Looks for another kind of thing by the same words. */
  choose(kind: Kind, text: string): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.listing.clear();
    this.submit(text);
  }

  /** Ends what is under way and forgets what was found. */
  clear(): void {
    this.#cancelPause?.();
    this.#query = '';
    this.listing.clear();
  }
}
