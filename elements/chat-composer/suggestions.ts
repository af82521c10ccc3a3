import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Mention } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import { loadEmoji, type EmojiTable } from '../chat-message/emoji.js';
import { emojiNameAt, tokenAt, type Token } from './token.js';

/** So many are offered: the list never scrolls, and nobody reads through more. */
const most = 6;

/** What can be taken in place of the token. */
export interface Suggestion {
  readonly key: string;
  /** An emoji, or nothing. */
  readonly picture: string;
  readonly label: string;
  /** What comes into the text. */
  readonly text: string;
}

/** A part of the text, and what comes in its place. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What `@` and `:` in the box can become: names of members, emoji by name. */
export class Suggestions {
  #token: Token | null = null;
  /** Where the sign stands whose list was put away. */
  #dismissed: number | null = null;
  #table: EmojiTable | null = null;
  #warned = false;
  options: readonly Suggestion[] = [];
  active = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Who can be named: all of the first list are offered before any of the next. */
    private readonly people: () => readonly (readonly Mention[])[],
    /** The table came: the text may have something for it. */
    private readonly loaded: () => void,
  ) {}

  get open(): boolean {
    return this.options.length > 0;
  }

  /** Looks at the text before the caret. */
  follow(text: string, caret: number): void {
    const token = tokenAt(text, caret);
    if (!token || token.from !== this.#dismissed) this.#dismissed = null;
    const same = token?.from === this.#token?.from && token?.typed === this.#token?.typed;
    this.#token = token;
    this.options = token && this.#dismissed === null ? this.#optionsFor(token) : [];
    if (!same) this.active = 0;
    this.active = Math.min(this.active, Math.max(0, this.options.length - 1));
    if (token?.kind === 'emoji' || emojiNameAt(text, caret)) void this.#load();
    this.host.requestUpdate();
  }

  /** `:wave:` that the visitor just closed becomes the emoji, where there is one of that name. */
  closed(text: string, caret: number): Replacement | null {
    const name = emojiNameAt(text, caret);
    const emoji = name && this.#table?.named(name.typed);
    return emoji ? { from: name.from, to: name.to, text: emoji } : null;
  }

  /** @param step 1 or -1; it goes around */
  move(step: number): void {
    this.active = (this.active + step + this.options.length) % this.options.length;
    this.host.requestUpdate();
  }

  take(index = this.active): Replacement | null {
    const [token, option] = [this.#token, this.options[index]];
    if (!token || !option) return null;
    // The name of one may be the beginning of another's: what was taken is not asked for again.
    this.#dismissed = token.from;
    this.options = [];
    return { from: token.from, to: token.to, text: `${option.text} ` };
  }

  dismiss(): void {
    this.#dismissed = this.#token?.from ?? null;
    this.options = [];
    this.host.requestUpdate();
  }

  clear(): void {
    this.#token = this.#dismissed = null;
    this.options = [];
  }

  #optionsFor({ kind, typed }: Token): Suggestion[] {
    if (kind === 'mention') return this.people().flatMap((people) => named(people, typed)).slice(0, most);
    const found = this.#table?.search(typed, most) ?? [];
    return found.map(({ emoji, name }) => ({ key: emoji, picture: emoji, label: `:${name}:`, text: emoji }));
  }

  async #load(): Promise<void> {
    if (this.#table) return;
    try {
      this.#table = await loadEmoji();
      this.loaded();
    } catch {
      // Words with colons are still words: the visitor misses nothing that they could do something about.
      if (!this.#warned) console.warn('<chat-composer> could not load its table of emoji: their names stay as they are typed.');
      this.#warned = true;
    }
  }
}

/** Those whose name begins so first, then those of whom another name does. */
function named(people: readonly Mention[], typed: string): Suggestion[] {
  const wanted = typed.toLocaleLowerCase();
  // A space right behind the sign is a sentence that goes on.
  if (/^\s/u.test(wanted)) return [];
  const begins: Suggestion[] = [];
  const inside: Suggestion[] = [];
  for (const { id, name } of people) {
    const lower = name.toLocaleLowerCase();
    const list = lower.startsWith(wanted) ? begins : lower.includes(` ${wanted}`) ? inside : null;
    list?.push({ key: id, picture: '', label: name, text: `@${name}` });
    if (begins.length === most) break;
  }
  return [...begins, ...inside];
}

/** @param taken which of them was clicked */
export function suggestionList(strings: ChatStrings, suggestions: Suggestions, taken: (index: number) => void): TemplateResult {
  const { options, active } = suggestions;
  // The press would take the focus out of the box.
  const pressed = (event: Event): void => event.preventDefault();
  return html`<ul class="options" id="options" part="suggestions" role="listbox" aria-label=${strings.suggestions} ?hidden=${!options.length} @mousedown=${pressed}>
      ${options.map(
        ({ picture, label }, index) =>
          html`<li
            id="option-${index}"
            part="suggestion"
            role="option"
            aria-selected=${index === active}
            @click=${() => taken(index)}
          >
            ${picture ? html`<span class="picture">${picture}</span>` : nothing}<span class="label shorten" dir="auto">${label}</span>
          </li>`,
      )}
    </ul>
    <p class="visually-hidden" aria-live="polite">${options.length ? strings.suggested(options.length) : nothing}</p>`;
}
