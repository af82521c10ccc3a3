import type { TimelineMessage } from '../../src/chat/model.js';

/** Tells what others have newly written from history that was loaded and from one's own messages. */
export class Arrivals {
  /** Ids of confirmed messages; null before the first look. Pending ones do not count: they still move down the list. */
  #known: Set<string> | null = null;

  /** @returns what others wrote since the last look, oldest first; nothing at the first look */
  take(messages: readonly TimelineMessage[]): TimelineMessage[] {
    const known = this.#known;
    if (!known) {
      this.#known = new Set(messages.filter(({ state }) => state === 'sent').map(({ id }) => id));
      return [];
    }
    const wasEmpty = known.size === 0;
    const arrived: TimelineMessage[] = [];
    let index = messages.length - 1;
    for (; index >= 0; index--) {
      const message = messages[index];
      if (!message || known.has(message.id)) break;
      if (message.state === 'sent') known.add(message.id);
      if (!message.mine) arrived.unshift(message);
    }
    // Nothing known was met: the list was replaced, and what stands there now is history.
    return index < 0 && !wasEmpty ? [] : arrived;
  }

  /** Begins anew: the next list is history again. */
  reset(): void {
    this.#known = null;
  }
}
