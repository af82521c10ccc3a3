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
    return html`<form class="inside" @submit=${this.#submitted}>
      <blockquote dir="auto"><b dir="auto">${authorName}</b> ${body}</blockquote>
      <label class="field">${reason}<textarea rows="3" aria-describedby="next wrong" ?readonly=${busy}></textarea></label>
      <p class="quiet" id="next">${next}</p>
      <p class="wrong" id="wrong" role="alert">${this._problem ?? ''}</p>
      <div class="answers">
        <button type="button" @click=${this.#close}>${strings.cancel}</button>
        <button class="primary" type="submit" aria-disabled=${busy}>${busy ? sending : send}</button>
      </div>
    </form>`;
  }

  protected override render(): TemplateResult {
    const strings = this.#language.strings;
    return html`<dialog part="dialog" aria-labelledby="title" @close=${this.#closed}>
      <div class="top">
        <h2 id="title">${strings.report.title}</h2>
        <button class="icon" type="button" aria-label=${strings.close} title=${strings.close} @click=${this.#close}>${icons.close}</button>
      </div>
      ${this._stage !== 'sent'
        ? this.message
          ? this.#form(this.message)
          : nothing
        : html`<div class="inside">
            <p role="status">${strings.report.sent}</p>
            <div class="answers"><button class="primary" type="button" @click=${this.#close}>${strings.close}</button></div>
          </div>`}
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-report': ChatReport;
  }
}
