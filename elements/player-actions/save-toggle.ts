import type { PlayerLibrary } from '../../src/player/library.js';
import type { PlayerErrorCode } from '../../src/player/snapshot.js';
import { problemOf } from '../player-lists/listing.js';

/** Whether a track is in the visitor's library; null while nobody asked. */
export type Saved = boolean | null;

/**
 * The library's answer for one track at a time. Asking costs a request: it is asked when the visitor looks at their
 * library, else with the first click.
 */
export class SaveToggle {
  #uri: string | null = null;
  #saved: Saved = null;
  #problem: PlayerErrorCode | null = null;
  #busy = false;
  #lookUp?: AbortController;

  constructor(private readonly changed: () => void) {}

  get saved(): Saved {
    return this.#saved;
  }

  /** Whether an answer is awaited that the visitor asked for. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Why the last click came to nothing. */
  get problem(): PlayerErrorCode | null {
    return this.#problem;
  }

  /** It is about the track `uri` from now on. */
  follow(uri: string | null): void {
    if (uri === this.#uri) return;
    this.#lookUp?.abort();
    this.#lookUp = undefined;
    this.#uri = uri;
    this.#saved = null;
    this.#problem = null;
    this.#busy = false;
  }

  /** Asks once for this track. What goes wrong is nobody's question yet: the click asks again, and says so. */
  async lookUp(library: PlayerLibrary): Promise<void> {
    const uri = this.#uri;
    if (uri === null || this.#lookUp) return;
    const request = new AbortController();
    this.#lookUp = request;
    const [answer] = await library.isSaved([uri], { signal: request.signal }).catch(() => []);
    // A click that came meanwhile knows better.
    if (this.#lookUp !== request || this.#saved !== null || this.#busy || answer === undefined) return;
    this.#saved = answer;
    this.changed();
  }

  /** The visitor's click. A track that turns out to be saved already stays so. */
  async toggle(library: PlayerLibrary): Promise<void> {
    const uri = this.#uri;
    if (uri === null || this.#busy) return;
    this.#busy = true;
    this.#problem = null;
    this.changed();
    let saved = this.#saved;
    try {
      if (saved) {
        await library.unsave(uri);
        saved = false;
      } else {
        const known = saved === null && (await library.isSaved([uri]))[0];
        if (!known) await library.save(uri);
        saved = true;
      }
      if (uri === this.#uri) this.#saved = saved;
    } catch (error) {
      if (uri === this.#uri) this.#problem = problemOf(error);
    }
    if (uri !== this.#uri) return;
    this.#busy = false;
    this.changed();
  }
}
