import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { MessageDiscardEvent, MessageRetryEvent } from '../../src/chat-events.js';
import type { TimelineMessage } from '../../src/chat/model.js';
import { chatStrings } from '../../src/strings/chat.js';
import { TrackRequestEvent } from '../../src/track-events.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { authorStyles } from './author.styles.js';
import { hueOf, initialOf } from './author.js';
import { chatMessageStyles } from './chat-message.styles.js';
import { machineTime, timeOfDay } from './time.js';
import { trackCard } from './track-card.js';
import { trackCardStyles } from './track-card.styles.js';
import { words } from './words.js';

/**
 * One message of a room: who, when and what, as plain text with its addresses made followable, or as a card for what was
 * shared from Spotify. A view: properties in, events out.
 *
 * @fires message-retry - A `MessageRetryEvent`: the visitor wants a failed message sent again.
 * @fires message-discard - A `MessageDiscardEvent`: the visitor gives a failed message up.
 * @fires track-request - A `TrackRequestEvent`: the visitor clicked `Play … for me`.
 *
 * @csspart avatar - The circle with the author's initial.
 * @csspart author - The author's name.
 * @csspart time - When it was written.
 * @csspart bubble - The text, or the card.
 * @csspart link - An address in the text.
 * @csspart track - The card of what was shared.
 * @csspart track-title - Its title.
 * @csspart track-artists - Its artists.
 * @csspart track-source - The link `Open in Spotify`.
 * @csspart play - The button `Play … for me`.
 * @csspart sending - The mark of a message on its way.
 * @csspart problem - The sentence and the buttons below a message that was not sent.
 * @csspart retry - The button `Retry`.
 * @csspart discard - The button `Discard`.
 */
export class ChatMessage extends LitElement {
  static override styles = [...baseStyles, authorStyles, chatMessageStyles, trackCardStyles];

  /** What it shows; null shows nothing. */
  @property({ attribute: false }) message: TimelineMessage | null = null;

  /** Whether it continues the message above: same author, a few minutes later. Then it shows no name again. */
  @property({ type: Boolean, reflect: true }) grouped = false;

  /** BCP 47 tag for the time of day; the browser's own language if undefined. */
  @property({ attribute: false }) locale?: string;

  /** Whether there is a player that could play what was shared. */
  @property({ attribute: false }) canPlay = true;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('message')) this.toggleAttribute('mine', this.message?.mine ?? false);
  }

  #retry = (): void => {
    if (this.message) this.dispatchEvent(new MessageRetryEvent(this.message.id));
  };

  #discard = (): void => {
    if (this.message) this.dispatchEvent(new MessageDiscardEvent(this.message.id));
  };

  readonly #play = (uri: string): void => {
    this.dispatchEvent(new TrackRequestEvent(uri));
  };

  #state(message: TimelineMessage): TemplateResult | typeof nothing {
    if (message.state === 'sent') return nothing;
    const strings = chatStrings();
    if (message.state === 'sending') {
      return html`<span class="sending-mark" part="sending" role="img" aria-label=${strings.sending}></span>`;
    }
    return html`<div class="problem" part="problem">
      <span>${icons.warning}${strings.problem(message.problem ?? { code: 'server' })}</span>
      <span class="answers">
        <button part="retry" type="button" @click=${this.#retry}>${strings.retry}</button>
        <button part="discard" type="button" @click=${this.#discard}>${strings.discard}</button>
      </span>
    </div>`;
  }

  /** Text goes in by `textContent`: a binding among child nodes would leave a comment beside each. */
  #byline({ authorId, authorName, mine, at, state }: TimelineMessage): TemplateResult {
    const hour = timeOfDay(at, this.locale);
    const moment = machineTime(at);
    if (this.grouped) return html`<time class=${state} part="time" datetime=${moment} .textContent=${hour}></time>`;
    if (mine) {
      return html`<span class="by"
        ><b class="visually-hidden" .textContent=${authorName}></b><time part="time" datetime=${moment} .textContent=${hour}></time
      ></span>`;
    }
    const hue = hueOf(authorId);
    return html`<span class="avatar ${hue}" part="avatar" aria-hidden="true" .textContent=${initialOf(authorName)}></span
      ><span class="by"
        ><b class="author shorten ${hue}" part="author" dir="auto" title=${authorName} .textContent=${authorName}></b
        ><time part="time" datetime=${moment} .textContent=${hour}></time
      ></span>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message } = this;
    if (!message) return nothing;
    const { track, body, state } = message;
    const byline = this.#byline(message);
    if (track) {
      const card = trackCard(track, { strings: chatStrings(), state, play: this.canPlay ? this.#play : null });
      return html`${byline}${card}${this.#state(message)}`;
    }
    return html`${byline}<div class="bubble ${state}" part="bubble" ${words(body)}></div>${this.#state(message)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-message': ChatMessage;
  }
}
