import type { ChatStatus } from '../../src/chat/model.js';

/** Makes `now` the element's custom state, for `chat-room:state(ready)` in a page's styles. */
export function reflectState({ states }: ElementInternals, before: ChatStatus, now: ChatStatus): void {
  // Browsers of before 2024 have no custom states, or take only names with two dashes.
  try {
    states?.delete(before);
    states?.add(now);
  } catch {
    return;
  }
}
