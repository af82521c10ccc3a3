import type { TimelineMessage } from '../../src/chat/model.js';

/**
 * Tells what others have newly written from history that was loaded and from one's own messages. A look costs as much as
 * came, not as much as there is.
 */
export class Arrivals {
  #looked = false;
  /** Id of the newest confirmed message at the last look. Pending ones do not count: they still move down the list. */
  #newest: string | null = null;

  /** @returns what others wrote since the last look, oldest first; nothing at the first look */
  take(messages: readonly TimelineMessage[]): TimelineMessage[] {
    const [looked, newest] = [this.#looked, this.#newest];
    this.#looked = true;
    this.#newest = messages.findLast(({ state }) => state === 'sent')?.id ?? null;
    if (!looked) return [];
    const arrived: TimelineMessage[] = [];
    let index = messages.length - 1;
    for (; index >= 0; index--) {
      const message = messages[index];
      if (!message || message.id === newest) break;
      if (!message.mine) arrived.push(message);
    }
    // The one that was the newest is not there: the list was replaced, and what stands there now is history.
    return index < 0 && newest !== null ? [] : arrived.reverse();
  }

  /** Begins anew: the next list is history again. */
  reset(): void {
    this.#looked = false;
    this.#newest = null;
  }
}
