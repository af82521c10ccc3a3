import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { OlderRequestEvent } from '../../src/chat-events.js';
import type { TimelineMessage } from '../../src/chat/model.js';
import { chatStrings } from '../../src/strings/chat.js';
import { dayName, dayOf } from '../chat-message/time.js';
import type { ChatMessage } from '../chat-message/chat-message.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { Arrivals } from './arrivals.js';
import { chatTimelineStyles } from './chat-timeline.styles.js';
import { rowsOf, type Row } from './rows.js';
import { ScrollAnchor } from './scroll-anchor.js';

/**
 * The conversation: a silent log that follows while its reader is at the end, and stays where they are while they read
 * elsewhere. A view: properties in, events out. It takes the whole list, and decides itself what of it is in the page.
 *
 * @fires older-request - An `OlderRequestEvent`: the reader comes near the beginning of what is there.
 * @fires message-retry - A `MessageRetryEvent` of one of the messages.
 * @fires message-discard - A `MessageDiscardEvent` of one of the messages.
 * @fires track-request - A `TrackRequestEvent`: the visitor clicked `Play … for me` at one of them.
 *
 * @slot empty - What stands there while there are no messages.
 *
 * @csspart log - What scrolls.
 * @csspart earlier - The button `Earlier messages`.
 * @csspart beginning - The sentence above the first message of all.
 * @csspart day - A day's divider.
 * @csspart message - One message; its own parts are handed on: avatar, author, time, bubble, link, track, track-title,
 *   track-artists, track-source, play, sending, problem, retry, discard.
 * @csspart jump - What holds the button `Jump to latest`.
 * @csspart jump-button - The button itself.
 * @csspart unread - How many new messages the reader has not come to.
 */
export class ChatTimeline extends LitElement {
  static override styles = [...baseStyles, chatTimelineStyles];

  #anchor: ScrollAnchor | null = null;
  readonly #arrivals = new Arrivals();
  /** The oldest message when history was last asked for, so that a failing request is not repeated without end. */
  #askedBefore: string | null = null;
  #focused: Element | null = null;
  #settled: Promise<void> = Promise.resolve();

  @query('.log') private readonly _log!: HTMLElement;
  @query('.content') private readonly _content!: HTMLElement;
  @state() private _following = true;
  @state() private _unread = 0;

  /** Oldest first. */
  @property({ attribute: false }) messages: readonly TimelineMessage[] = [];

  /** Whether the room has history before the first of `messages`. */
  @property({ attribute: false }) hasOlder = false;

  /** Whether that history is on its way. */
  @property({ attribute: false }) loadingOlder = false;

  /** Whether there is a player that could play what was shared. */
  @property({ attribute: false }) canPlay = true;

  /** BCP 47 tag for times and days; the browser's own language if undefined. */
  @property({ attribute: false }) locale?: string;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#anchor?.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#anchor?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement ?? null;
    this.#anchor?.hold();
    if (!changed.has('messages')) return;
    if (!this.messages.length) this.#startOver();
    const arrived = this.#arrivals.take(this.messages).length;
    this._unread = this._following ? 0 : this._unread + arrived;
  }

  protected override firstUpdated(): void {
    const isRow = (child: Element): boolean => child.localName === 'chat-message';
    this.#anchor = new ScrollAnchor(this._log, this._content, isRow, this.#moved);
    this.#anchor.connect();
  }

  protected override updated(): void {
    // What had the focus is gone (a button that did its work, a discarded message): the keyboard goes on in the log.
    if (this.#focused?.isConnected === false) this._log.focus({ preventScroll: true });
    this.#settled = this.#settle();
  }

  /** Done when the rows are rendered too and the reader is where they were. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    await this.#settled;
    return done;
  }

  /** Rows render in microtasks of their own, after this element: still before the frame is painted. */
  async #settle(): Promise<void> {
    const rows = [...this._content.children].filter((row): row is ChatMessage => 'isUpdatePending' in row);
    await Promise.all(rows.filter((row) => row.isUpdatePending).map((row) => row.updateComplete));
    this.#anchor?.restore();
    if (this._log.clientHeight && this._log.scrollHeight <= this._log.clientHeight) this.#ask();
  }

  #startOver(): void {
    this.#arrivals.reset();
    this.#askedBefore = null;
    this.#anchor?.toEnd();
  }

  readonly #moved = (byReader: boolean): void => {
    this._following = this.#anchor?.following ?? true;
    if (this._following) this._unread = 0;
    if (!byReader) return;
    if (this._log.scrollTop > this._log.clientHeight) this.#askedBefore = null;
    else if (!this._following) this.#ask();
  };

  #ask(): void {
    const oldest = this.messages[0]?.id;
    if (!oldest || !this.hasOlder || this.loadingOlder || this.#askedBefore === oldest) return;
    this.#askedBefore = oldest;
    this.dispatchEvent(new OlderRequestEvent());
  }

  #earlierClicked = (): void => {
    this.#askedBefore = null;
    this.#ask();
  };

  #jumpClicked = (): void => this.scrollToLatest();

  /** A message's buttons vanish with the click. */
  #messageAnswered = (): void => this._log.focus({ preventScroll: true });

  /** Brings the newest message into view, and follows from then on. */
  scrollToLatest(): void {
    this.#anchor?.toEnd();
  }

  #top(): TemplateResult {
    const strings = chatStrings();
    if (!this.hasOlder && !this.loadingOlder) {
      return html`<div class="top"><span part="beginning">${strings.beginning}</span></div>`;
    }
    return html`<div class="top">
      <button part="earlier" type="button" aria-disabled=${this.loadingOlder} @click=${this.#earlierClicked}>
        ${this.loadingOlder ? html`<span class="spinner"></span>${strings.loadingEarlier}` : strings.earlierMessages}
      </button>
    </div>`;
  }

  #row(row: Row, now: number): TemplateResult {
    return row.kind === 'day'
      ? html`<div class="day" part="day"><time datetime=${dayOf(row.at)}>${dayName(row.at, now, this.locale)}</time></div>`
      : html`<chat-message
          part="message"
          exportparts="avatar, author, time, bubble, link, track, track-title, track-artists, track-source, play, sending, problem, retry, discard"
          .message=${row.message}
          .canPlay=${this.canPlay}
          .locale=${this.locale}
          ?grouped=${row.grouped}
        ></chat-message>`;
  }

  #jump(): TemplateResult {
    const strings = chatStrings();
    return html`<div class="jump" part="jump">
      <span class="pill">
        <button part="jump-button" type="button" aria-describedby="unread" @click=${this.#jumpClicked}>
          ${icons.down}${strings.jumpToLatest}
        </button>
        ${this._unread ? html`<span class="unread" id="unread" part="unread">${strings.unread(this._unread)}</span>` : nothing}
      </span>
    </div>`;
  }

  protected override render(): TemplateResult {
    const now = Date.now();
    const empty = this.messages.length === 0;
    return html`
      <div class="log" part="log" role="log" aria-label=${chatStrings().messages} aria-live="off" tabindex="0">
        <div
          class="content ${empty ? 'empty' : ''}"
          @message-retry=${this.#messageAnswered}
          @message-discard=${this.#messageAnswered}
        >
          ${empty ? html`<slot name="empty"></slot>` : this.#top()}
          ${repeat(rowsOf(this.messages), (row) => row.key, (row) => this.#row(row, now))}
        </div>
      </div>
      ${this._following || empty ? nothing : this.#jump()}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-timeline': ChatTimeline;
  }
}
