import { LitElement, html, nothing, render, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { MessageDiscardEvent, MessageReactEvent, MessageRetryEvent, MessageRevealEvent } from '../../src/chat-events.js';
import type { ChatProblem, Quote, TimelineMessage } from '../../src/chat/model.js';
import { chatPart, type ChatStrings } from '../../src/strings/chat.js';
import { TrackRequestEvent } from '../../src/track-events.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { Localized } from '../shared/localized.js';
import { spotifyMarkStyles } from '../shared/spotify-mark.styles.js';
import { Attention } from './attention.js';
import { avatar, type AvatarSource } from './avatar.js';
import { authorStyles } from './author.styles.js';
import { hueOf, initialOf, isStacked } from './author.js';
import { chatMessageStyles } from './chat-message.styles.js';
import { foldAt } from './excerpt.js';
import { extrasStyles } from './extras.styles.js';
import { messageActionsParts } from './parts.js';
import { quoteLine } from './quote.js';
import { emojiOf, reactionButtons } from './reactions.js';
import { machineTime, momentOf, timeOfDay } from './time.js';
import { trackCard } from './track-card.js';
import { trackCardStyles } from './track-card.styles.js';
import { words, type Words } from './words.js';

/** A name of so many UTF-16 units has room in the narrowest list; one that is shortened costs more. */
const certain = 12;

/** What it waits for: what asks something of the visitor is said as elsewhere. */
const waitOf = (strings: ChatStrings, problem: ChatProblem): string =>
  problem.code === 'slow-mode' || problem.code === 'rate-limited' ? strings.waits[problem.code] : strings.problem(problem);

/**
 * One message of a room: who, when and what, as plain text with its addresses made followable, or as a card for what was
 * shared from Spotify; what it answers, what others gave it, and what the visitor may do with it. A view: properties in,
 * events out.
 *
 * Its buttons appear when somebody points at it, taps it, or comes to it with the keyboard: for that the list around it
 * makes it focusable (`tabindex`).
 *
 * @fires message-retry - A `MessageRetryEvent`: the visitor wants a failed message, or a failed change of it, sent again.
 * @fires message-discard - A `MessageDiscardEvent`: the visitor gives a failed message, or a failed change of it, up.
 * @fires message-reply - A `MessageReplyEvent`: the visitor answers it.
 * @fires message-react - A `MessageReactEvent`: the visitor gives it an emoji, or takes it back.
 * @fires message-edit-request - A `MessageEditRequestEvent`: the visitor wants to change its text.
 * @fires message-remove - A `MessageRemoveEvent`: the visitor deletes it, and confirmed that.
 * @fires message-report - A `MessageReportEvent`: the visitor reports it.
 * @fires message-moderate - A `MessageModerateEvent`: a moderator wants to do something about its author.
 * @fires message-reveal - A `MessageRevealEvent`: the visitor wants to see what it answers.
 * @fires track-request - A `TrackRequestEvent`: the visitor clicked `Play … for me`.
 *
 * @csspart avatar - The circle with the author's initial, or picture.
 * @csspart author - The author's name.
 * @csspart time - When it was written.
 * @csspart bubble - The text, or the card.
 * @csspart quote - The line that says what it answers.
 * @csspart link - An address in the text.
 * @csspart mention - A member's name in the text.
 * @csspart edited - The mark of a changed text.
 * @csspart fold - The button `Show more` of a long message.
 * @csspart reactions - What others gave it.
 * @csspart reaction - One emoji with its count.
 * @csspart track - The card of what was shared.
 * @csspart track-title - Its title.
 * @csspart track-artists - Its artists.
 * @csspart play - The button `Play … for me`.
 * @csspart sending - The mark of a message, or of a change of it, on its way.
 * @csspart waiting - Why a message, or a change of it, is not on its way yet.
 * @csspart problem - The sentence and the buttons below a message that was not sent.
 * @csspart unsaved - The new words of a message that were not taken.
 * @csspart problem-text - The sentence.
 * @csspart retry - The button `Retry`.
 * @csspart discard - The button `Discard`.
 */
export class ChatMessage extends LitElement {
  static override styles = [...baseStyles, authorStyles, chatMessageStyles, trackCardStyles, spotifyMarkStyles, extrasStyles];

  readonly #language = new Localized(this, chatPart, () => (this.#quote = null));
  readonly #attention = new Attention(this);
  #quote: { readonly of: Quote; readonly line: HTMLElement } | null = null;
  #card: HTMLElement | null = null;
  /** Whether the keyboard was within before this rendering. */
  #hadFocus = false;

  /** Whether a long message is shown whole. */
  @state() private _unfolded = false;
  @state() private _allReactions = false;

  /** What it shows; null shows nothing. */
  @property({ attribute: false }) message: TimelineMessage | null = null;

  /** Whether it continues the message above: same author, a few minutes later. Then it shows no name again. */
  @property({ type: Boolean, reflect: true }) grouped = false;

  /** BCP 47 tag for the time of day; the browser's own language if undefined. */
  @property({ attribute: false }) locale?: string;

  /** Whether there is a player that could play what was shared. */
  @property({ attribute: false }) canPlay = true;

  /** The visitor's own name: among those who reacted it is read as `you`. */
  @property({ attribute: false }) myName = '';

  /** Gives the address of a member's picture; the initial stands where it gives none. */
  @property({ attribute: false }) avatar: AvatarSource | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
    if (!changed.has('message')) return;
    const { message } = this;
    this.toggleAttribute('mine', message?.mine ?? false);
    this.toggleAttribute('mentions-me', message?.mentionsMe ?? false);
    if (changed.get('message')?.id === message?.id) return;
    this._unfolded = false;
    this._allReactions = false;
  }

  protected override updated(): void {
    // The button that the keyboard was on is gone: it did its work, or may do it no more.
    if (this.#hadFocus && !this.shadowRoot?.activeElement && this.hasAttribute('tabindex')) this.focus({ preventScroll: true });
  }

  #retry = (): void => {
    if (this.message) this.dispatchEvent(new MessageRetryEvent(this.message.unsaved?.id ?? this.message.id));
  };

  #discard = (): void => {
    if (this.message) this.dispatchEvent(new MessageDiscardEvent(this.message.unsaved?.id ?? this.message.id));
  };

  readonly #play = (uri: string): void => {
    this.dispatchEvent(new TrackRequestEvent(uri));
  };

  #reveal = (): void => {
    const quoted = this.message?.replyTo;
    if (quoted) this.dispatchEvent(new MessageRevealEvent(quoted.id));
  };

  #reactionClicked = (event: Event): void => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button || !this.message) return;
    const emoji = emojiOf(button);
    if (emoji) this.dispatchEvent(new MessageReactEvent(this.message.id, emoji));
    else this._allReactions = true;
  };

  #foldClicked = (): void => {
    this._unfolded = !this._unfolded;
  };

  readonly #held = (open: boolean): void => this.#attention.hold(open);

  /** The same node for the same quote: a bubble that is filled again would take the focus from it. */
  #quoteOf({ replyTo }: TimelineMessage): HTMLElement | null {
    if (!replyTo) return null;
    if (this.#quote?.of !== replyTo) this.#quote = { of: replyTo, line: quoteLine(replyTo, this.#language.strings, this.#reveal) };
    return this.#quote.line;
  }

  /** One box for as long as the message lives: what is rendered into it stays its own. */
  #cardOf({ track }: TimelineMessage): HTMLElement | null {
    if (!track) return null;
    this.#card ??= Object.assign(document.createElement('div'), { className: 'card' });
    render(trackCard(track, { strings: this.#language.strings, play: this.canPlay ? this.#play : null }), this.#card);
    return this.#card;
  }

  #words(message: TimelineMessage): Words {
    const strings = this.#language.strings;
    const { body, track, deleted, mentions, editedAt } = message;
    const plain = { mentions: [], end: null, quote: null, card: null, edited: null };
    if (deleted) return { ...plain, body: strings.messageDeleted };
    const quote = this.#quoteOf(message);
    if (track) return { ...plain, body: '', quote, card: this.#cardOf(message) };
    const locale = this.locale ?? this.#language.tag;
    const edited = editedAt === null ? null : { word: strings.edited, when: strings.editedAt(momentOf(editedAt, locale)) };
    return { body, mentions, end: this._unfolded ? null : foldAt(body), quote, card: null, edited };
  }

  /**
   * As few nodes as it can be: a long room has hundreds of these in the page. Text goes in by `textContent`, for a
   * binding among child nodes leaves a comment beside each, and a template within a template two.
   */
  #row(message: TimelineMessage): TemplateResult {
    const { authorId, authorName, mine, at, state: sending, changing, deleted, track } = message;
    const hour = timeOfDay(at, this.locale ?? this.#language.tag);
    const moment = machineTime(at);
    const look = deleted ? 'deleted' : changing ? 'changing' : sending;
    const content = this.#words(message);
    const stacked = (text: string): string => (isStacked(text) ? 'stacked' : '');
    const bubble = `bubble ${look} ${stacked(content.body)} ${track ? 'track' : content.end === null ? '' : 'folded'}`;
    const part = track ? 'bubble track' : 'bubble';
    const fill = words(content);
    const after = this.#after(message);
    if (this.grouped) {
      return html`<time class=${mine ? look : ''} part="time" datetime=${moment} .textContent=${hour}></time
        ><div class=${bubble} part=${part} ${fill}></div>${after}`;
    }
    if (mine) {
      return html`<span class="by"
          ><b class="visually-hidden" .textContent=${authorName}></b><time part="time" datetime=${moment} .textContent=${hour}></time></span
        ><div class=${bubble} part=${part} ${fill}></div>${after}`;
    }
    const hue = hueOf(authorId);
    return html`<span class="avatar ${hue} ${stacked(authorName)}" part="avatar" aria-hidden="true" data-initial=${initialOf(authorName)} ${avatar(this.avatar, { id: authorId, name: authorName })}></span
      ><span class="by"
        ><b class="author ${hue} ${authorName.length > certain ? 'shorten' : ''}" part="author" dir="auto" title=${authorName} .textContent=${authorName}></b
        ><time part="time" datetime=${moment} .textContent=${hour}></time></span
      ><div class=${bubble} part=${part} ${fill}></div>${after}`;
  }

  /** What only some messages have, or only while somebody is at them. */
  #after(message: TimelineMessage): TemplateResult | typeof nothing {
    const { reactions, body, deleted, track, may } = message;
    const long = !deleted && !track && foldAt(body) !== null;
    const active = this.#attention.active && Object.values(may).includes(true);
    if (!long && !reactions.length && !active && message.state === 'sent' && !message.changing && !message.unsaved) return nothing;
    return html`${long ? this.#fold() : nothing}${reactions.length ? this.#reactions(message) : nothing}${this.#state(message)}${active
      ? html`<chat-message-actions
          exportparts=${messageActionsParts}
          .message=${message}
          .held=${this.#held}
        ></chat-message-actions>`
      : nothing}`;
  }

  #fold(): TemplateResult {
    const { showMore, showLess } = this.#language.strings;
    return html`<button class="fold" part="fold" type="button" aria-expanded=${this._unfolded} @click=${this.#foldClicked}>
      ${this._unfolded ? showLess : showMore}
    </button>`;
  }

  #reactions({ reactions, may }: TimelineMessage): TemplateResult {
    const strings = this.#language.strings;
    const row = { reactions, may: may.react, myName: this.myName, expanded: this._allReactions, strings };
    return html`<div
      class="reactions"
      part="reactions"
      role="group"
      aria-label=${strings.reactions}
      @click=${this.#reactionClicked}
      ${reactionButtons(row)}
    ></div>`;
  }

  #state({ state: sending, changing, unsaved, problem }: TimelineMessage): TemplateResult | typeof nothing {
    const strings = this.#language.strings;
    if (sending === 'sending' || changing) {
      const name = changing ? strings.saving : strings.sending;
      return html`<span class="sending-mark ${changing ? 'later' : ''}" part="sending" role="img" aria-label=${name}></span
        >${problem ? html`<p class="waiting" part="waiting">${waitOf(strings, problem)}</p>` : nothing}`;
    }
    if (sending === 'sent' && !unsaved) return nothing;
    return html`<div class="problem" part="problem">
      ${unsaved ? html`<span class="unsaved" part="unsaved"><b>${strings.unsaved}</b> <q dir="auto" .textContent=${unsaved.body}></q></span>` : nothing}
      <span part="problem-text">${icons.warning}${strings.problem(unsaved?.problem ?? problem ?? { code: 'server' })}</span>
      <span class="answers">
        <button part="retry" type="button" @click=${this.#retry}>${strings.retry}</button>
        <button part="discard" type="button" @click=${this.#discard}>${strings.discard}</button>
      </span>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.message ? this.#row(this.message) : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-message': ChatMessage;
  }
}
