import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ChatStrings } from '../../src/strings/chat.js';
import { loadEmoji, quickEmoji, type Emoji, type EmojiTable } from './emoji.js';

/** So many fit in two rows of the box. */
const most = 12;

/** What somebody looks for by name. The table is loaded with the first letter. */
export class EmojiSearch {
  #table: EmojiTable | null = null;
  typed = '';
  /** Whether the table could not be had. */
  failed = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  get found(): readonly Emoji[] {
    if (!this.typed || !this.#table) return quickEmoji;
    return this.#table.search(this.typed, most);
  }

  /** Whether `found` answers what is typed. */
  get answered(): boolean {
    return this.typed !== '' && this.#table !== null;
  }

  type(typed: string): void {
    // A colon is how it is written in a message.
    this.typed = typed.replaceAll(':', '').trim();
    this.host.requestUpdate();
    if (this.typed && !this.#table) void this.#load();
  }

  clear(): void {
    this.typed = '';
    this.failed = false;
  }

  async #load(): Promise<void> {
    try {
      this.#table = await loadEmoji();
      this.failed = false;
    } catch {
      this.failed = true;
    }
    this.host.requestUpdate();
  }
}

/** Six emoji at once, and all others by their names. */
export function emojiPicker(strings: ChatStrings, search: EmojiSearch, chosen: (emoji: string) => void): TemplateResult {
  const { found } = search;
  const entered = (event: KeyboardEvent): void => {
    const [first] = found;
    if (event.key !== 'Enter' || event.isComposing || !search.answered || !first) return;
    event.preventDefault();
    chosen(first.emoji);
  };
  return html`<div class="picker" part="emoji-picker" role="dialog" aria-label=${strings.react}>
    <div class="emoji">
      ${found.map(({ emoji, name }, index) => {
        const label = strings.reactWith(emoji, name.replaceAll('_', ' '));
        return html`<button
          part="emoji"
          type="button"
          aria-label=${label}
          title=${name}
          ?data-first=${index === 0}
          @click=${() => chosen(emoji)}
        >
          ${emoji}
        </button>`;
      })}
    </div>
    <input
      part="emoji-input"
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      enterkeyhint="done"
      aria-label=${strings.emojiByName}
      placeholder=${strings.emojiByName}
      .value=${search.typed}
      @input=${(event: InputEvent) => search.type((event.target as HTMLInputElement).value)}
      @keydown=${entered}
    />
    <p class="found" part="emoji-found" role="status">${search.failed ? strings.emojiMissing : search.answered ? strings.emojiFound(found.length) : nothing}</p>
  </div>`;
}
