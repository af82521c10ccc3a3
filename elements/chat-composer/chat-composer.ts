import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { MessageSendEvent } from '../../src/chat-events.js';
import { characters, limits, type ChatProblem } from '../../src/chat/model.js';
import { chatStrings } from '../../src/strings/chat.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { chatComposerStyles } from './chat-composer.styles.js';

/** The counter appears when this many characters remain. */
const nearLimit = 200;

/** A sentence below the box: `quiet` tells, `problem` says what is wrong with the text. */
interface Note {
  readonly kind: 'quiet' | 'problem';
  readonly text: string;
}

/**
 * Where a visitor writes. Enter sends, Shift and Enter breaks the line; while an input method composes, Enter belongs
 * to it. The text is cleared only when the message was taken.
 *
 * @fires message-send - A `MessageSendEvent`. Cancel it with `refuse(problem)`, and the text stays with the sentence of the problem.
 *
 * @csspart form - What holds the box and the button.
 * @csspart input - The box.
 * @csspart send - The button `Send`.
 * @csspart note - The sentence below the box.
 * @csspart count - How many characters are left.
 */
export class ChatComposer extends LitElement {
  static override styles = [...baseStyles, chatComposerStyles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  #composing = false;

  @query('textarea') private readonly _box!: HTMLTextAreaElement;
  @state() private _text = '';
  @state() private _note: Note | null = null;

  /** Whether nothing can be written now. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Why it is disabled: a sentence. */
  @property() reason = '';

  /** What stands in the box. */
  get value(): string {
    return this._text;
  }

  set value(text: string) {
    this._text = text;
    this._note = null;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('_text')) this.#fit();
  }

  #fit(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    // CSSOM, not style="": a strict CSP allows it. Measured from nothing, or the box would never shrink.
    this._box.style.setProperty('block-size', '0');
    const borders = this._box.offsetHeight - this._box.clientHeight;
    this._box.style.setProperty('block-size', `${this._box.scrollHeight + borders}px`);
  }

  #typed = (): void => {
    this._text = this._box.value;
    this._note = null;
  };

  #compositionStarted = (): void => {
    this.#composing = true;
  };

  #compositionEnded = (): void => {
    // Safari ends the composition before it tells of the Enter that ended it.
    setTimeout(() => (this.#composing = false));
  };

  #keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    // 229: what Safari says of a key that the input method took.
    if (this.#composing || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    // A key held down would send once and complain of emptiness ever after.
    if (!event.repeat) this.#send();
  };

  #submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send();
  };

  /** The press would take the focus out of the box, and a phone's keyboard would fold and unfold. */
  #pressed = (event: Event): void => event.preventDefault();

  #send(): void {
    if (this.disabled) return;
    this._box.focus({ preventScroll: true });
    const body = this._text.trim();
    const over = characters(body) - limits.message;
    if (!body) this._note = { kind: 'quiet', text: chatStrings().nothingToSend };
    else if (over > 0) this._note = { kind: 'problem', text: chatStrings().tooLong(over) };
    else this.#offer(body);
  }

  #offer(body: string): void {
    const event = new MessageSendEvent(body);
    if (this.dispatchEvent(event)) this.value = '';
    else this.#refused(event.problem);
  }

  #refused(problem: ChatProblem | null): void {
    this._note = problem && { kind: 'problem', text: chatStrings().problem(problem) };
  }

  #notes(): TemplateResult {
    const strings = chatStrings();
    const note: Note | null = this.disabled && this.reason ? { kind: 'quiet', text: this.reason } : this._note;
    const left = limits.message - characters(this._text.trim());
    // The sentence of the limit has the number in it.
    const counted = left <= nearLimit && !note;
    // The live region is there from the start: one that appears with its text is often not read.
    return html`<div class="notes ${note || counted ? 'filled' : ''}">
      <p class="note ${note?.kind ?? ''}" id="note" part="note" aria-live="polite">${note?.text}</p>
      ${counted
        ? html`<span class="count ${left < 0 ? 'over' : ''}" part="count"
            >${left < 0 ? strings.charactersOver(-left) : strings.charactersLeft(left)}</span
          >`
        : nothing}
    </div>`;
  }

  protected override render(): TemplateResult {
    const strings = chatStrings();
    const tooLong = this._note?.kind === 'problem';
    return html`<form part="form" novalidate @submit=${this.#submitted}>
      <textarea
        part="input"
        rows="1"
        dir=${this._text ? 'auto' : nothing}
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${strings.message}
        aria-describedby="note"
        aria-invalid=${tooLong ? 'true' : 'false'}
        placeholder=${strings.messagePlaceholder}
        .value=${live(this._text)}
        ?disabled=${this.disabled}
        @input=${this.#typed}
        @keydown=${this.#keyPressed}
        @compositionstart=${this.#compositionStarted}
        @compositionend=${this.#compositionEnded}
      ></textarea>
      <button
        class="send primary ${this._text.trim() ? '' : 'waiting'}"
        part="send"
        type="submit"
        aria-label=${strings.send}
        title=${strings.send}
        ?disabled=${this.disabled}
        @mousedown=${this.#pressed}
      >
        ${icons.send}
      </button>
      ${this.#notes()}
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-composer': ChatComposer;
  }
}
