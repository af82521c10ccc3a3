import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { characters, limits, type ChatProblem, type TimelineMessage } from '../../src/chat/model.js';
import { chatPart } from '../../src/strings/chat.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { Localized } from '../shared/localized.js';
import { chatReportStyles } from './chat-report.styles.js';
import { dialogStyles } from './dialog.styles.js';

/**
 * The dialog in which a member tells the moderators of a message.
 *
 * @fires close - The dialog was closed. It does not bubble.
 *
 * @csspart dialog - The dialog.
 * @csspart dialog-header - The line with its title.
 * @csspart dialog-title - The title.
 * @csspart dialog-close - The button `Close` in that line.
 * @csspart dialog-body - What is below it.
 * @csspart dialog-form - What holds the fields.
 * @csspart reported - The message.
 * @csspart dialog-label - A field's label.
 * @csspart dialog-input - A field.
 * @csspart dialog-button - A button.
 * @csspart dialog-note - A sentence that explains.
 * @csspart dialog-problem - The sentence that says what went wrong.
 */
export class ChatReport extends LitElement {
  static override styles = [...baseStyles, dialogStyles, chatReportStyles];

  readonly #language = new Localized(this, chatPart);

  @query('dialog') private readonly _dialog!: HTMLDialogElement;
  @query('textarea') private readonly _box!: HTMLTextAreaElement | null;
  @state() private _stage: 'asking' | 'sending' | 'sent' = 'asking';
  @state() private _problem: string | null = null;

  /** What is reported. */
  @property({ attribute: false }) message: Pick<TimelineMessage, 'id' | 'authorName' | 'body'> | null = null;

  /** Sends it. */
  @property({ attribute: false }) report: (id: string, reason: string) => Promise<ChatProblem | null> = () => Promise.resolve(null);

  /** Opens it, for what is in `message` by then. */
  async show(): Promise<void> {
    this._stage = 'asking';
    this._problem = null;
    await this.updateComplete;
    if (this._box) this._box.value = '';
    if (this.isConnected && !this._dialog.open) this._dialog.showModal();
  }

  #close = (): void => this._dialog.close();

  #closed = (): void => {
    this.dispatchEvent(new Event('close'));
  };

  #submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#send(this._box?.value.trim() ?? '');
  };

  async #send(reason: string): Promise<void> {
    const { message } = this;
    if (!message || this._stage !== 'asking') return;
    const over = characters(reason) - limits.reason;
    if (over > 0) {
      this._problem = this.#language.strings.report.tooLong(over);
      return;
    }
    this._problem = null;
    this._stage = 'sending';
    const problem = await this.report(message.id, reason);
    // Closed meanwhile, or opened for another message.
    if (this.message !== message) return;
    this._stage = problem ? 'asking' : 'sent';
    this._problem = problem && this.#language.strings.problem(problem);
    if (problem) return;
    await this.updateComplete;
    this._dialog.querySelector<HTMLElement>('.answers button')?.focus();
  }

  #form({ authorName, body }: Pick<TimelineMessage, 'authorName' | 'body'>): TemplateResult {
    const strings = this.#language.strings;
    const { next, reason, send, sending } = strings.report;
    const busy = this._stage === 'sending';
    return html`<form class="inside" part="dialog-body dialog-form" @submit=${this.#submitted}>
      <blockquote part="reported" dir="auto"><b dir="auto">${authorName}</b> ${body}</blockquote>
      <label class="field" part="dialog-label">${reason}<textarea part="dialog-input" rows="3" aria-describedby="next wrong" ?readonly=${busy}></textarea></label>
      <p class="quiet" id="next" part="dialog-note">${next}</p>
      <p class="wrong" id="wrong" part="dialog-problem" role="alert">${this._problem ?? ''}</p>
      <div class="answers">
        <button part="dialog-button" type="button" @click=${this.#close}>${strings.cancel}</button>
        <button class="primary" part="dialog-button" type="submit" aria-disabled=${busy}>${busy ? sending : send}</button>
      </div>
    </form>`;
  }

  protected override render(): TemplateResult {
    const strings = this.#language.strings;
    return html`<dialog part="dialog" aria-labelledby="title" @close=${this.#closed}>
      <div class="top" part="dialog-header">
        <h2 id="title" part="dialog-title">${strings.report.title}</h2>
        <button class="icon" part="dialog-close" type="button" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>${icons.close}</button>
      </div>
      ${this._stage !== 'sent'
        ? this.message
          ? this.#form(this.message)
          : nothing
        : html`<div class="inside" part="dialog-body">
            <p part="dialog-note" role="status">${strings.report.sent}</p>
            <div class="answers"><button class="primary" part="dialog-button" type="button" @click=${this.#close}>${strings.close}</button></div>
          </div>`}
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-report': ChatReport;
  }
}
