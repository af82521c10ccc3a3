import type { Clock } from '../../src/clock.js';
import type { TimelineMessage } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';

/** How long news is gathered before it is said, in ms: a screen reader must not be talked over in a lively room. */
const pause = 1000;
/** How long it stays in the page after that, in ms: long enough to be read out, too short to be met by browsing. */
const linger = 4000;
/** A message is read out up to here, in characters; all of it stands in the log. */
const longest = 200;

/** Turns what happens in a room into calm sentences for the polite live region. */
export class Announcer {
  #notices: string[] = [];
  #arrived: TimelineMessage[] = [];
  #said = '';
  /** Ends the wait under way: for the batch, or for emptying the region. */
  #cancel: (() => void) | null = null;
  #gathering = false;

  constructor(
    private readonly clock: () => Clock,
    private readonly language: { readonly strings: ChatStrings },
    /** Puts a text into the live region. */
    private readonly say: (text: string) => void,
  ) {}

  /** Tells of what others wrote: one message by its words, several by their number. */
  messages(arrived: readonly TimelineMessage[]): void {
    if (!arrived.length) return;
    this.#arrived.push(...arrived);
    this.#gather();
  }

  /** Tells a sentence, once in a batch. */
  notice(text: string): void {
    if (!text || this.#notices.includes(text)) return;
    this.#notices.push(text);
    this.#gather();
  }

  /** Forgets what was not said. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#gathering = false;
    this.#notices = [];
    this.#arrived = [];
    this.#tell('');
  }

  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#cancel?.();
    this.#cancel = this.clock().after(pause, () => this.#flush());
  }

  #flush(): void {
    this.#gathering = false;
    this.#tell([...this.#notices, this.#news()].filter(Boolean).join(' '));
    this.#notices = [];
    this.#arrived = [];
    this.#cancel = this.clock().after(linger, () => this.#tell(''));
  }

  #news(): string {
    const [first, ...more] = this.#arrived;
    if (!first) return '';
    return more.length ? this.language.strings.newMessages(more.length + 1) : this.#one(first);
  }

  #one({ authorName, body, track }: TimelineMessage): string {
    return track
      ? this.language.strings.saidShared(authorName, shortened(track.title), shortened(track.artists))
      : this.language.strings.said(authorName, shortened(body));
  }

  #tell(text: string): void {
    // The same words once more would be no change in the page, and would not be read.
    this.#said = text && text === this.#said ? `${text}\u00a0` : text;
    this.say(this.#said);
  }
}

function shortened(body: string): string {
  const start = [...body.slice(0, 2 * longest)];
  return start.length > longest || body.length > 2 * longest ? `${start.slice(0, longest).join('')}…` : body;
}
