import type { TimelineMessage } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import type { ChatMessage } from '../chat-message/chat-message.js';
import { isMessage } from './row-list.js';

/** How much of a message its name tells, in UTF-16 units; all of it is in its content. */
const longestName = 300;

/**
 * The one message that the Tab key leads to: the one being read with the keyboard, or else the newest in view. It has an
 * accessible name while it has the focus, and only then: who reads the page line by line would hear everything twice.
 */
export class RovingFocus {
  #stop: ChatMessage | null = null;

  constructor(
    private readonly root: ShadowRoot,
    private readonly language: { readonly strings: ChatStrings },
  ) {}

  /** The message that has the focus, itself or something in it. */
  get focused(): ChatMessage | undefined {
    const { activeElement } = this.root;
    return activeElement && isMessage(activeElement) ? activeElement : undefined;
  }

  /** The same, if the focus came with the keyboard. */
  get readWithKeys(): ChatMessage | null {
    const row = this.focused;
    const inner = row?.shadowRoot?.activeElement ?? row;
    return row && inner?.matches(':focus-visible') ? row : null;
  }

  /** Gives a message the focus; scrolling is the caller's. */
  focus(row: ChatMessage): void {
    this.entered(row);
    row.focus({ preventScroll: true });
  }

  /** A message, or something in it, gets the focus. */
  entered(row: ChatMessage): void {
    this.stopAt(row);
    if (row.message) row.ariaLabel = nameOf(row.message, this.language.strings);
  }

  /** It loses the focus; and with it the mark that led there. */
  left(row: ChatMessage): void {
    row.ariaLabel = null;
    row.part.remove('revealed');
  }

  /** Where Tab leads to, from now on. */
  stopAt(row: ChatMessage | undefined): void {
    if (!row || row === this.#stop) return;
    if (this.#stop) this.#stop.tabIndex = -1;
    row.tabIndex = 0;
    this.#stop = row;
  }
}

function nameOf({ authorName, body, track, deleted }: TimelineMessage, strings: ChatStrings): string {
  if (deleted) return strings.said(authorName, strings.messageDeleted);
  if (track) return strings.saidShared(authorName, body, track.artists);
  return strings.said(authorName, body.length > longestName ? `${body.slice(0, longestName)}…` : body);
}
