import type { ChatErrorCode, ChatSnapshot, TimelineMessage } from '../../src/chat/model.js';
import type { Clock } from '../../src/clock.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import { Arrivals } from '../chat-timeline/arrivals.js';
import { Announcer } from './announcer.js';

/** How many of the newest messages are looked at for one of one's own that was not sent. */
const recent = 20;

/** What of a room's changes is news for who listens to it with a screen reader. */
export class News {
  readonly #announcer: Announcer;
  readonly #arrivals = new Arrivals();
  /** Of own messages what was told: that they failed, or wait for something that the visitor may have to do. */
  readonly #told = new Map<string, ChatErrorCode>();
  /** Whether others' messages are news by now, and no longer the history of before. */
  #listening = false;

  constructor(
    clock: () => Clock,
    private readonly language: { readonly strings: ChatStrings },
    say: (text: string) => void,
  ) {
    this.#announcer = new Announcer(clock, language, say);
  }

  /** Tells a sentence. */
  notice(text: string): void {
    this.#announcer.notice(text);
  }

  /** Another room, or none. */
  startOver(): void {
    this.#announcer.stop();
    this.#arrivals.reset();
    this.#told.clear();
    this.#listening = false;
  }

  changed({ status, messages, problem, notice, progress }: ChatSnapshot, before: ChatSnapshot): void {
    this.#listening ||= status === 'ready';
    if (this.#listening) this.#announcer.messages([...this.#arrivals.take(messages), ...namedSince(messages, before.messages)]);
    if (status === 'reconnecting' && before.status === 'ready') this.notice(this.language.strings.reconnecting);
    if (status === 'ready' && before.status === 'reconnecting') this.notice(this.language.strings.backAgain);
    if (status === 'failed' && problem && before.status !== 'failed') this.notice(this.language.strings.problem(problem));
    if (notice && notice !== before.notice) this.notice(this.language.strings.problem(notice));
    if (progress && progress.to !== before.progress?.to) this.notice(this.language.strings.reading[progress.to]);
    for (const message of messages.slice(-recent)) {
      const { id, state, problem: trouble } = message;
      if (!trouble || (state !== 'failed' && trouble.code !== 'token-expired')) this.#told.delete(id);
      else if (this.#told.get(id) !== trouble.code) {
        this.#told.set(id, trouble.code);
        this.notice(this.language.strings.problem(trouble));
      }
    }
  }
}

/** Messages of others that name the visitor only since they were edited: as much news to them as one that came. */
function namedSince(messages: readonly TimelineMessage[], before: readonly TimelineMessage[]): TimelineMessage[] {
  if (messages === before) return [];
  const unnamed = new Set(before.slice(-2 * recent).flatMap(({ id, mentionsMe }) => (mentionsMe ? [] : [id])));
  return messages.slice(-recent).filter(({ id, mine, mentionsMe, editedAt }) => mentionsMe && !mine && editedAt !== null && unnamed.has(id));
}
