import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { FollowChangeEvent, MessagesSeenEvent, OlderRequestEvent } from '../../src/chat-events.js';
import type { TimelineMessage } from '../../src/chat/model.js';
import { chatPart } from '../../src/strings/chat.js';
import type { AvatarSource } from '../chat-message/avatar.js';
import { baseStyles } from '../shared/base.styles.js';
import { Localized } from '../shared/localized.js';
import { Arrivals } from './arrivals.js';
import { beginning, earlierButton, jumpButton } from './chat-timeline.parts.js';
import { chatTimelineStyles } from './chat-timeline.styles.js';
import { CommitPace } from './commit-pace.js';
import { MessageWindow, type Direction } from './message-window.js';
import { Navigation } from './navigation.js';
import { RovingFocus } from './roving-focus.js';
import { RowList, isMessage } from './row-list.js';
import { rowsOf, withUnreadLine } from './rows.js';
import { ScrollAnchor } from './scroll-anchor.js';
import { Seen } from './seen.js';

/** About the height of a message's row, in px. Where rows are lower, more follow in the same frame. */
const usualHeight = 56;
/** How many heights of the view are kept ready above and below it. */
const reach = 1.5;
/** How many rows are made in one frame while the window moves on: a few milliseconds' work. */
const chunk = 6;

/**
 * The conversation: a silent log that follows while its reader is at the end, and stays where they are while they read
 * elsewhere. A view: properties in, events out.
 *
 * It takes the whole list, of any length, and keeps about a hundred messages around the reader in the page; the
 * scrollbar tells of these. So the browser's own find in page, and its Select all, reach only what is near the reader;
 * a page that wants to offer a search in all messages searches its own list and calls `reveal`.
 *
 * Keyboard: Tab leads to the newest message in view; arrows, Page Up and Page Down go from message to message (within
 * one that is higher than the view they scroll first), Home and End to the first and the last of what is loaded.
 *
 * @fires older-request - An `OlderRequestEvent`: the reader comes near the beginning of what is there.
 * @fires messages-seen - A `MessagesSeenEvent`: what the reader has before them goes further than ever before.
 * @fires follow-change - A `FollowChangeEvent`: the reader came to the end, or left it.
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
 * @csspart unread-line - The line above the first message that the reader had not read.
 * @csspart message - One message; its own parts are handed on.
 * @csspart revealed - The message that the reader was just led to.
 * @csspart jump - What holds the button `Jump to latest`.
 * @csspart jump-button - The button itself.
 * @csspart unread - How many new messages the reader has not come to.
 */
export class ChatTimeline extends LitElement {
  static override styles = [...baseStyles, chatTimelineStyles];

  readonly #language = new Localized(this, chatPart);
  readonly #window = new MessageWindow();
  readonly #pace = new CommitPace();
  readonly #arrivals = new Arrivals();
  /** These exist as soon as there are elements to work on. */
  #list!: RowList;
  #anchor: ScrollAnchor | null = null;
  #roving: RovingFocus | null = null;
  #navigation: Navigation | null = null;
  #seen: Seen | null = null;
  /** The oldest message when history was last asked for, so that a failing request is not repeated without end. */
  #askedBefore: string | null = null;
  #focused: Element | null = null;
  #settled: Promise<void> = Promise.resolve();

  @query('.log') private readonly _log!: HTMLElement;
  @query('.rows') private readonly _rows!: HTMLElement;
  @state() private _following = true;
  @state() private _unread = 0;

  /** Oldest first; a message that did not change is the same object. */
  @property({ attribute: false }) messages: readonly TimelineMessage[] = [];

  /** Id of the message that the line `New messages` stands above; null: no line. */
  @property({ attribute: false }) firstUnread: string | null = null;

  /** Whether the room has history before the first of `messages`. */
  @property({ attribute: false }) hasOlder = false;

  /** Whether that history is on its way. */
  @property({ attribute: false }) loadingOlder = false;

  /** Whether there is a player that could play what was shared. */
  @property({ attribute: false }) canPlay = true;

  /** The visitor's own name: among those who reacted it is read as `you`. */
  @property({ attribute: false }) myName = '';

  /** Gives the address of a member's picture; the initial stands where it gives none. */
  @property({ attribute: false }) avatar: AvatarSource | null = null;

  /** BCP 47 tag for times and days; the browser's own language if undefined. */
  @property({ attribute: false }) locale?: string;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#anchor?.connect();
    this.#seen?.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#anchor?.disconnect();
    this.#seen?.disconnect();
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (this.#pace.turn) await this.#pace.turn;
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement ?? null;
    this.#anchor?.hold();
    if (!changed.has('messages')) return;
    if (!this.messages.length) this.#startOver();
    const following = this.#anchor?.following ?? true;
    if (!this.#window.take(this.messages, following, this.#batch)) this.#startOver();
    // What comes first into an empty list is history, however much it is.
    const arrived = this.messages.length ? this.#arrivals.take(this.messages).length : 0;
    this._unread = this._following ? 0 : this._unread + arrived;
  }

  protected override firstUpdated(): void {
    this.#list = new RowList(this._rows);
    const roving = (this.#roving = new RovingFocus(this.renderRoot as ShadowRoot, this.#language));
    this.#anchor = new ScrollAnchor(this._log, this._rows, {
      isRow: isMessage,
      isComplete: () => this.#window.atEnd,
      readWithKeys: () => roving.readWithKeys,
      moved: this.#moved,
      resized: () => this.#fit('size'),
    });
    this.#navigation = new Navigation(this._log, this.#list, this.#anchor, roving, {
      messages: () => this.messages,
      show: this.#openAt,
      moved: () => this.#moved(true),
    });
    this.#seen = new Seen(this._log, this.#inspect, (seq) => this.dispatchEvent(new MessagesSeenEvent(seq)));
    this.#anchor.connect();
    this.#seen.connect();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { avatar, canPlay, locale = this.#language.tag, myName, firstUnread, messages } = this;
    const rows = rowsOf(messages, this.#window.start, this.#window.end);
    const unreadLine = this.#language.strings.unreadLine;
    this.#list.show(withUnreadLine(rows, firstUnread), { avatar, canPlay, locale, myName, now: Date.now(), unreadLine });
    this.#pace.committed();
    this.#keepFocus();
    this.#settled = this.#settle(changed.has('messages'));
  }

  /** What had the focus is gone (a button that did its work, a row out of the window): the keyboard goes on in the log. */
  #keepFocus(): void {
    if (!this.#focused || this.shadowRoot?.activeElement) return;
    const row = this.#focused.isConnected && isMessage(this.#focused) ? this.#focused : this._log;
    row.focus({ preventScroll: true });
  }

  /** Done when the rows are rendered too and the reader is where they were. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    await this.#settled;
    return done;
  }

  /** Rows render in microtasks of their own, after this element: still before the frame is painted. */
  async #settle(news: boolean): Promise<void> {
    const pending = this.#list.messages.filter((row) => row.isUpdatePending);
    await Promise.all(pending.map((row) => row.updateComplete));
    this.#anchor?.restore();
    this.#navigation?.arrive();
    this.#fit(news ? 'news' : 'place');
    this.#askNearBeginning();
    this.#seen?.look();
  }

  #startOver(): void {
    this.#arrivals.reset();
    this.#seen?.reset();
    this.#askedBefore = null;
    this.#navigation?.stop();
    this.#anchor?.toEnd();
  }

  /** As many rows as fill the view; before there is a view, as fill an ordinary one. */
  get #batch(): number {
    return Math.ceil((this._log?.clientHeight || 640) / usualHeight) + 1;
  }

  /**
   * Keeps rows ready on both sides of the view, a few a frame, and then as many as the page may hold: find in page and
   * screen readers that read line by line reach these.
   *
   * @param cause what changed: when messages just came, maybe in a flood, there is time for what is in view and for
   *   nothing else in this frame
   */
  #fit(cause: 'place' | 'news' | 'size' = 'place'): void {
    const { clientHeight, scrollTop, scrollHeight } = this._log;
    if (!clientHeight || !this.#anchor) return;
    const { atStart, atEnd } = this.#window;
    const hidden = scrollHeight - clientHeight;
    if (atStart && atEnd) {
      if (hidden <= 0) this.#ask();
      return;
    }
    const ready = clientHeight * reach;
    const up = !atStart && scrollTop < ready;
    const direction = up || (!atStart && (atEnd || hidden - scrollTop >= ready)) ? 'up' : 'down';
    const needed = up || (!atEnd && hidden - scrollTop < ready);
    const count = needed ? chunk : this.#window.room(direction, chunk);
    if (!count) {
      if (this.#window.trim(this.#indexBeyond(-ready), this.#indexBeyond(ready))) this.requestUpdate();
      return;
    }
    // Rows that changed while sizes are being observed would be an error of the page.
    if (cause === 'size') this.#pace.committed();
    else if (hidden < (cause === 'news' ? 1 : clientHeight / 2)) this.#pace.hurry();
    else if (cause === 'news') return this.requestUpdate();
    this.#grow(direction, count);
  }

  #grow(direction: Direction, count: number): void {
    const beyond = this._log.clientHeight * reach * (direction === 'up' ? 1 : -1);
    if (this.#window.grow(direction, count, this.#indexBeyond(beyond))) this.requestUpdate();
  }

  /** Index of the message so many px above (negative) or below the view, or the outermost one. */
  #indexBeyond(beyond: number): number {
    const row = this.#anchor?.rowBeyond(beyond);
    return row ? this.#list.indexOf(row) : 0;
  }

  readonly #moved = (byReader: boolean): void => {
    const following = this.#anchor?.following ?? true;
    const turned = following !== this._following;
    this._following = following;
    if (following) this._unread = 0;
    if (turned) this.dispatchEvent(new FollowChangeEvent(following));
    this.#seen?.look();
    if (!byReader) return;
    if (this._log.scrollTop > this._log.clientHeight) this.#askedBefore = null;
    this.#askNearBeginning();
    this.#fit();
  };

  #askNearBeginning(): void {
    const { scrollTop, clientHeight } = this._log;
    if (!this._following && this.#window.atStart && clientHeight && scrollTop <= clientHeight) this.#ask();
  }

  #ask(): void {
    const oldest = this.messages[0]?.id;
    if (!oldest || !this.hasOlder || this.loadingOlder || this.#askedBefore === oldest) return;
    this.#askedBefore = oldest;
    this.dispatchEvent(new OlderRequestEvent());
  }

  /** Moves the window to where the message `messages[index]` is in it; its row is there after the update. */
  readonly #openAt = (index: number): void => {
    if (!this.#window.includes(index)) {
      this.#anchor?.release();
      this.#window.toIndex(index, 2 * this.#batch);
      this.#pace.hurry();
    }
    this.requestUpdate();
  };

  #earlierClicked = (): void => {
    if (!this.#window.atStart) this.#grow('up', chunk);
    this.#askedBefore = null;
    this.#ask();
  };

  #jumpClicked = (): void => this.scrollToLatest();

  #keyed = (event: KeyboardEvent): void => this.#navigation?.keyed(event);

  #focusMoved = ({ type, target }: FocusEvent): void => {
    if (!(target instanceof Element) || !isMessage(target)) return;
    if (type === 'focusin') this.#roving?.entered(target);
    else this.#roving?.left(target);
  };

  #faded = ({ target, animationName }: AnimationEvent): void => {
    if (animationName === 'reveal' && target instanceof Element) target.part.remove('revealed');
  };

  /** A message's buttons vanish with the click. */
  #messageAnswered = (): void => this._log.focus({ preventScroll: true });

  /** @returns the largest seq in view; and lets Tab lead to what is there */
  readonly #inspect = (): number | null => {
    const inView = this.#anchor?.inView;
    if (!inView) return null;
    const [first, last] = inView.map((row) => this.#list.indexOf(row)) as [number, number];
    if (!this.#roving?.focused && isMessage(inView[1])) this.#roving?.stopAt(inView[1]);
    for (let index = last; index >= first; index--) {
      const seq = this.messages[index]?.seq;
      if (typeof seq === 'number') return seq;
    }
    return null;
  };

  /** Brings the newest message into view, and follows from then on. */
  scrollToLatest(): void {
    this.#navigation?.stop();
    if (!this.#window.atEnd) {
      this.#window.toEnd(this.#batch);
      this.#pace.hurry();
      this.requestUpdate();
    }
    this.#anchor?.toEnd();
  }

  /**
   * Brings a message into view, wherever in the list it stands, gives it the focus, and marks it for a moment.
   *
   * @param id of the message
   * @returns whether it is among `messages`
   */
  async reveal(id: string): Promise<boolean> {
    // What was given in the same moment counts.
    await this.updateComplete;
    const index = this.messages.findIndex((message) => message.id === id);
    if (index < 0) return false;
    this.#navigation?.goTo(index, 'middle');
    await this.updateComplete;
    return true;
  }

  protected override render(): TemplateResult {
    const strings = this.#language.strings;
    const empty = this.messages.length === 0;
    const isBeginning = this.#window.atStart && !this.hasOlder && !this.loadingOlder;
    const top = isBeginning ? beginning(strings) : earlierButton(strings, this.loadingOlder, this.#earlierClicked);
    return html`
      <div
        class="log"
        part="log"
        role="log"
        aria-label=${strings.messages}
        aria-live="off"
        tabindex="-1"
        @keydown=${this.#keyed}
      >
        <div
          class="content ${empty ? 'empty' : ''}"
          @message-retry=${this.#messageAnswered}
          @message-discard=${this.#messageAnswered}
          @focusin=${this.#focusMoved}
          @focusout=${this.#focusMoved}
          @animationend=${this.#faded}
        >
          ${empty ? html`<slot name="empty"></slot>` : top}
          <div class="rows"></div>
        </div>
      </div>
      ${this._following || empty ? nothing : jumpButton(strings, this._unread, this.#jumpClicked)}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-timeline': ChatTimeline;
  }
}
