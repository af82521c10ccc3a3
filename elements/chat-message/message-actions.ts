import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import {
  MessageEditRequestEvent,
  MessageModerateEvent,
  MessageReactEvent,
  MessageRemoveEvent,
  MessageReplyEvent,
  MessageReportEvent,
} from '../../src/chat-events.js';
import type { Permissions, TimelineMessage } from '../../src/chat/model.js';
import { chatPart } from '../../src/strings/chat.js';
import { signs } from '../shared/signs.js';
import { baseStyles } from '../shared/base.styles.js';
import { Localized } from '../shared/localized.js';
import { actionIcons } from './action-icons.js';
import { EmojiSearch, emojiPicker } from './emoji-picker.js';
import { moveInMenu } from './menu-keys.js';
import { messageActionsStyles } from './message-actions.styles.js';
import { keepBeside } from './placing.js';

/** What is open beside the buttons. */
type Open = 'emoji' | 'menu' | 'remove' | null;

/** Whether there is something behind `More`. */
const hasMenu = ({ edit, remove, report, moderate }: Permissions): boolean => edit || remove || report || moderate;

/** Elements of an open box that the keyboard can be on. */
const stops = 'input, button:not(:disabled)';

/**
 * The buttons of one message: `React`, `Reply` and `More`, as far as the visitor may. In the page only while somebody is
 * at that message.
 *
 * @fires message-reply - A `MessageReplyEvent`.
 * @fires message-react - A `MessageReactEvent`: an emoji was chosen.
 * @fires message-edit-request - A `MessageEditRequestEvent`.
 * @fires message-remove - A `MessageRemoveEvent`, after the visitor confirmed it.
 * @fires message-report - A `MessageReportEvent`.
 * @fires message-moderate - A `MessageModerateEvent`.
 *
 * @csspart actions - The bar with the buttons.
 * @csspart action - One of them.
 * @csspart popup - What opens: the menu, the emoji, the question before something is deleted.
 * @csspart menu - The menu `More`.
 * @csspart menu-item - One of its lines.
 * @csspart emoji-picker - What holds the emoji.
 * @csspart emoji - One of them.
 * @csspart emoji-input - The box that finds one by its name.
 * @csspart emoji-found - How many were found.
 * @csspart confirm - The question before something is deleted.
 * @csspart confirm-question - What it asks.
 * @csspart confirm-note - What that means.
 * @csspart confirm-button - Either answer.
 */
export class MessageActions extends LitElement {
  static override styles = [...baseStyles, messageActionsStyles];

  readonly #language = new Localized(this, chatPart);
  readonly #search = new EmojiSearch(this);
  #stopPlacing: (() => void) | null = null;
  /** The button that the open box belongs to. */
  #opener: HTMLElement | null = null;

  @query('.popup') private readonly _popup!: HTMLElement | null;
  @state() private _open: Open = null;

  /** Whose buttons they are. */
  @property({ attribute: false }) message: TimelineMessage | null = null;

  /** Is told when something opens or closes: meanwhile the message must keep its buttons. */
  @property({ attribute: false }) held: (open: boolean) => void = () => undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Somebody deleted the message, or the visitor may not any more.
    if (changed.has('message') && this._open && !this.#stillMay(this._open)) this.#close(true);
  }

  #stillMay(open: Exclude<Open, null>): boolean {
    const may = this.message?.may;
    return Boolean(may && { emoji: may.react, menu: hasMenu(may), remove: may.remove }[open]);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('_open')) return;
    this.#stopPlacing?.();
    this.#stopPlacing = null;
    const popup = this._popup;
    if (!popup || !this.#opener) return;
    // The top layer: the list that it stands in cuts off what leaves it.
    if ('showPopover' in popup && !popup.matches(':popover-open')) popup.showPopover();
    this.#stopPlacing = keepBeside(popup, this.#opener);
    popup.querySelector<HTMLElement>('[data-first]')?.focus({ preventScroll: true });
  }

  #show(open: Exclude<Open, null>): void {
    if (!this._open) {
      document.addEventListener('pointerdown', this.#elsewhere, { capture: true });
      this.held(true);
    }
    this._open = open;
  }

  /** @param back whether the focus goes back to the button */
  #close(back: boolean): void {
    if (!this._open) return;
    const opener = this.#opener;
    this.#forget();
    if (back) opener?.focus({ preventScroll: true });
    this.held(false);
  }

  #forget(): void {
    document.removeEventListener('pointerdown', this.#elsewhere, { capture: true });
    this.#stopPlacing?.();
    this.#stopPlacing = null;
    this.#search.clear();
    this._open = null;
  }

  readonly #elsewhere = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.#close(false);
  };

  #toggle(event: Event, open: 'emoji' | 'menu'): void {
    if (this._open) return this.#close(true);
    this.#opener = event.currentTarget as HTMLElement;
    this.#show(open);
  }

  /** Closes, and then says what was chosen: the focus is where the room can move it on. */
  #chose(event: Event): void {
    this.#close(true);
    this.dispatchEvent(event);
  }

  #keyPressed = (event: KeyboardEvent): void => {
    const popup = this._popup;
    if (!popup) return;
    // The list around moves among its messages with the same keys.
    event.stopPropagation();
    if (event.key === 'Escape') this.#close(true);
    else if (event.key === 'Tab') return this.#tab(event, popup);
    else if (this._open !== 'menu' || !moveInMenu(event, this.#stops(popup), this.#focused)) return;
    event.preventDefault();
  };

  /** A menu is left with Tab; among the buttons of a box it goes around. */
  #tab(event: KeyboardEvent, popup: HTMLElement): void {
    if (this._open === 'menu') return this.#close(true);
    const all = this.#stops(popup);
    const [first, last] = [all[0], all.at(-1)];
    const edge = event.shiftKey ? first : last;
    if (this.#focused !== edge) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }

  get #focused(): Element | null {
    return this.shadowRoot?.activeElement ?? null;
  }

  #stops(popup: HTMLElement): HTMLElement[] {
    return [...popup.querySelectorAll<HTMLElement>(stops)];
  }

  #focusLeft = ({ relatedTarget }: FocusEvent): void => {
    // To nowhere means that the window lost it, or that the box is being taken away; a press on the button closes it by itself.
    if (!(relatedTarget instanceof Node) || relatedTarget === this.#opener) return;
    if (!this._popup?.contains(relatedTarget)) this.#close(false);
  };

  #button(name: string, icon: TemplateResult, opens: 'emoji' | 'menu' | null, clicked: (event: Event) => void): TemplateResult {
    const open = opens !== null && (this._open === opens || (opens === 'menu' && this._open === 'remove'));
    return html`<button
      class="icon"
      part="action"
      type="button"
      aria-label=${name}
      title=${name}
      aria-haspopup=${opens === null ? nothing : opens === 'menu' ? 'menu' : 'dialog'}
      aria-expanded=${opens === null ? nothing : open ? 'true' : 'false'}
      @click=${clicked}
    >
      ${icon}
    </button>`;
  }

  #menu({ id, authorName, may }: TimelineMessage): TemplateResult {
    const strings = this.#language.strings;
    const items: readonly (readonly [offered: boolean, name: string, icon: TemplateResult, chosen: () => void])[] = [
      [may.edit, strings.edit, actionIcons.edit, () => this.#chose(new MessageEditRequestEvent(id))],
      [may.remove, strings.remove, actionIcons.remove, () => this.#show('remove')],
      [may.report, strings.reportMessage, actionIcons.report, () => this.#chose(new MessageReportEvent(id))],
      [may.moderate, strings.moderate(authorName), signs.moderator, () => this.#chose(new MessageModerateEvent(id))],
    ];
    return html`<div class="menu" part="menu" role="menu" aria-label=${strings.more}>
      ${items
        .filter(([offered]) => offered)
        .map(
          ([, name, icon, chosen], index) =>
            html`<button part="menu-item" role="menuitem" type="button" tabindex="-1" ?data-first=${index === 0} @click=${chosen}>${icon}<bdi>${name}</bdi></button>`,
        )}
    </div>`;
  }

  #question({ id }: TimelineMessage): TemplateResult {
    const strings = this.#language.strings;
    return html`<div class="question" part="confirm" role="alertdialog" aria-labelledby="question" aria-describedby="means">
      <p id="question" part="confirm-question">${strings.removeQuestion}</p>
      <p id="means" part="confirm-note">${strings.removeMeans}</p>
      <div class="answers">
        <button part="confirm-button" type="button" data-first @click=${() => this.#close(true)}>${strings.cancel}</button>
        <button class="danger" part="confirm-button" type="button" @click=${() => this.#chose(new MessageRemoveEvent(id))}>${strings.remove}</button>
      </div>
    </div>`;
  }

  #box(message: TimelineMessage): TemplateResult | typeof nothing {
    if (!this._open) return nothing;
    const boxes = {
      emoji: () => emojiPicker(this.#language.strings, this.#search, (emoji) => this.#chose(new MessageReactEvent(message.id, emoji))),
      menu: () => this.#menu(message),
      remove: () => this.#question(message),
    };
    return html`<div class="popup" part="popup" popover="manual" @keydown=${this.#keyPressed} @focusout=${this.#focusLeft}>
      ${boxes[this._open]()}
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message } = this;
    if (!message) return nothing;
    const { may, authorName, id } = message;
    const strings = this.#language.strings;
    return html`<div class="bar" part="actions" role="group" aria-label=${strings.actionsOf(authorName)}>
        ${may.react ? this.#button(strings.react, actionIcons.react, 'emoji', (event) => this.#toggle(event, 'emoji')) : nothing}
        ${may.reply ? this.#button(strings.reply, actionIcons.reply, null, () => this.#chose(new MessageReplyEvent(id))) : nothing}
        ${hasMenu(may) ? this.#button(strings.more, actionIcons.more, 'menu', (event) => this.#toggle(event, 'menu')) : nothing}
      </div>
      ${this.#box(message)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-message-actions': MessageActions;
  }
}
