import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { GuestJoinEvent } from '../../src/chat-events.js';
import { characters, limits, type ChatProblem } from '../../src/chat/model.js';
import { chatPart } from '../../src/strings/chat.js';
import { baseStyles } from '../shared/base.styles.js';
import { Localized } from '../shared/localized.js';
import { chatGuestFormStyles } from './chat-guest-form.styles.js';

/**
 * Asks a visitor for the name to chat under. What they typed stays whatever happens.
 *
 * @fires guest-join - A `GuestJoinEvent` with a valid name.
 *
 * @csspart form - What holds the pieces.
 * @csspart label - The field's label.
 * @csspart input - The field `Your name`.
 * @csspart join - The button `Join`.
 * @csspart problem - The sentence below the field.
 */
export class ChatGuestForm extends LitElement {
  static override styles = [...baseStyles, chatGuestFormStyles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  readonly #language = new Localized(this, chatPart);

  @query('input') private readonly _field!: HTMLInputElement;
  @state() private _shown: ChatProblem | null = null;

  /** Why the last try did not work, or null. */
  @property({ attribute: false }) problem: ChatProblem | null = null;

  /** Whether joining is under way. */
  @property({ type: Boolean, reflect: true }) busy = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('problem')) this._shown = this.problem;
  }

  #typed = (): void => {
    this._shown = null;
  };

  #submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.busy) return;
    const name = this._field.value.trim();
    const length = characters(name);
    this._shown = length && length <= limits.name ? null : { code: 'name-invalid' };
    if (this._shown) this._field.focus();
    else this.dispatchEvent(new GuestJoinEvent(name));
  };

  protected override render(): TemplateResult {
    const strings = this.#language.strings;
    // The button stays a button while busy: a disabled one would drop the focus.
    return html`<form part="form" novalidate @submit=${this.#submitted}>
      <label part="label" for="name">${strings.yourName}</label>
      <input
        part="input"
        id="name"
        type="text"
        name="nickname"
        autocomplete="nickname"
        dir="auto"
        enterkeyhint="go"
        aria-describedby="problem"
        aria-invalid=${this._shown?.code === 'name-invalid' ? 'true' : 'false'}
        ?readonly=${this.busy}
        @input=${this.#typed}
      />
      <button class="primary" part="join" type="submit" aria-disabled=${this.busy}>
        ${this.busy ? html`<span class="spinner"></span>` : nothing}${strings.join}
      </button>
      <p class="problem" id="problem" part="problem" aria-live="polite">${this._shown ? strings.problem(this._shown) : nothing}</p>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-guest-form': ChatGuestForm;
  }
}
