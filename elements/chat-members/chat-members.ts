import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Listening, Member } from '../../src/chat/model.js';
import { MemberModerateEvent } from '../../src/moderation-events.js';
import { chatPart } from '../../src/strings/chat.js';
import { TrackRequestEvent } from '../../src/track-events.js';
import { authorStyles } from '../chat-message/author.styles.js';
import { hueOf, initialOf } from '../chat-message/author.js';
import { avatar, type AvatarSource } from '../chat-message/avatar.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { Localized } from '../shared/localized.js';
import { spotifyMark } from '../shared/spotify-mark.js';
import { spotifyMarkStyles } from '../shared/spotify-mark.styles.js';
import { coverAddress } from './artwork.js';
import { chatMembersStyles } from './chat-members.styles.js';
import { listeningLine } from './listening.js';
import { marks } from './marks.js';
import { matching } from './matches.js';
import { isSameSlice, sliceOf, type Slice } from './member-window.js';
import { mayModerate } from './rank.js';

/** From so many members on there is a box to search them. */
const searchableFrom = 13;

/** How high a row is, in px, until one was measured: with what the member listens to, and without. */
interface RowHeights {
  readonly plain: number;
  readonly listening: number;
}

/**
 * Who is in the room now, and what they show that they listen to. A view: properties in, events out. It takes the whole
 * list, and decides itself what of it is in the page.
 *
 * @fires track-request - A `TrackRequestEvent`: the visitor clicked `Play … for me` at what somebody listens to.
 * @fires member-moderate - A `MemberModerateEvent`: a moderator wants to do something about a member.
 *
 * @csspart header - The heading with the count.
 * @csspart search - The box that searches the members, where there are many.
 * @csspart search-input - Its field.
 * @csspart none - That nobody was found.
 * @csspart list - The list `Members`.
 * @csspart member - One of them.
 * @csspart avatar - The circle with the initial, or the picture.
 * @csspart name - The name.
 * @csspart mark - What is said beside the name: owner, moderator, muted, guest, away.
 * @csspart listening - What the member listens to, a link to its page at Spotify.
 * @csspart artwork - Its cover.
 * @csspart play - The button `Play … for me`.
 * @csspart moderate - The button `Moderate …`.
 */
export class ChatMembers extends LitElement {
  static override styles = [...baseStyles, authorStyles, spotifyMarkStyles, chatMembersStyles];

  readonly #language = new Localized(this, chatPart);
  #resized: ResizeObserver | null = null;
  #heights: RowHeights = { plain: 40, listening: 76 };
  #slice: Slice = { first: 0, end: 0, above: 0, below: 0 };
  #found: readonly Member[] = [];
  #focused: Element | null = null;

  @query('ul') private readonly _list!: HTMLElement | null;
  @state() private _query = '';

  /** In the order to show. */
  @property({ attribute: false }) members: readonly Member[] = [];

  /** How many are here, where more are here than are known by name; 0 counts `members`. */
  @property({ attribute: false }) count = 0;

  /** The visitor, to tell them which one they are, and what they may do about others. */
  @property({ attribute: false }) me: Member | null = null;

  /** Gives the address of a member's picture; the initial stands where it gives none. */
  @property({ attribute: false }) avatar: AvatarSource | null = null;

  /** Whether there is a player that could play what others listen to. */
  @property({ attribute: false }) canPlay = true;

  /** Whether covers may be loaded: from Spotify only when the visitor uses it themselves. */
  @property({ attribute: false }) withArtwork = false;

  /** Addresses of covers that did not load. */
  @state() private _broken: ReadonlySet<string> = new Set();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized ??= new ResizeObserver(() => this.#scrolled());
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#focused = this.shadowRoot?.activeElement ?? null;
    if (!this.#searchable) this._query = '';
    if (changed.has('members') || changed.has('_query')) this.#found = matching(this.members, this._query);
    this.#slice = this.#sliceNow();
  }

  protected override updated(): void {
    const list = this._list;
    if (!list) return;
    // CSSOM: a strict CSP forbids style="" in templates.
    list.style.setProperty('--_above', `${this.#slice.above}px`);
    list.style.setProperty('--_below', `${this.#slice.below}px`);
    // Who had the focus has left, or was scrolled away: the keyboard goes on in the list.
    if (this.#focused && !this.#focused.isConnected) list.focus({ preventScroll: true });
    this.#reach(list);
    if (this.#measure(list)) void this.updateComplete.then(() => this.requestUpdate());
  }

  get #searchable(): boolean {
    return this.members.length >= searchableFrom;
  }

  #sliceNow(): Slice {
    const { plain, listening } = this.#heights;
    const heights = this.#found.map((member) => (member.listening ? listening : plain));
    return sliceOf(heights, this._list?.scrollTop ?? 0, this._list?.clientHeight || 600);
  }

  /** Where some of it is out of sight the keyboard must reach it: by the list itself, which then scrolls. */
  #reach(list: HTMLElement): void {
    // With the focus in it names are shown in full: measured then, the list would lose its focus for having it.
    if (this.shadowRoot?.activeElement === list) return;
    const names = [...list.querySelectorAll('.name, .song, .artists')];
    const cut = list.scrollHeight > list.clientHeight || names.some((name) => name.scrollWidth > name.clientWidth);
    // Not by a binding: what was measured after an update would ask for another one each time.
    if (cut) list.tabIndex = 0;
    else list.removeAttribute('tabindex');
  }

  /** @returns whether rows are not as high as was thought, where it matters */
  #measure(list: HTMLElement): boolean {
    if (this.#slice.above + this.#slice.below === 0) return false;
    const height = (selector: string, known: number): number =>
      Math.round(list.querySelector(selector)?.getBoundingClientRect().height ?? 0) || known;
    const { plain, listening } = this.#heights;
    this.#heights = { plain: height('li:not(.listens)', plain), listening: height('li.listens', listening) };
    return this.#heights.plain !== plain || this.#heights.listening !== listening;
  }

  #scrolled = (): void => {
    if (this._list) this.#reach(this._list);
    if (!isSameSlice(this.#sliceNow(), this.#slice)) this.requestUpdate();
  };

  #searched = (event: Event): void => {
    this._query = (event.target as HTMLInputElement).value;
    if (this._list) this._list.scrollTop = 0;
  };

  #play = (uri: string): void => {
    this.dispatchEvent(new TrackRequestEvent(uri));
  };

  #member(member: Member, position: number): TemplateResult {
    const strings = this.#language.strings;
    const { id, name, listening, away } = member;
    const mine = id === this.me?.id;
    const whole = this.#slice.above + this.#slice.below === 0;
    return html`<li
      class="${listening ? 'listens' : ''} ${away ? 'away' : ''}"
      part="member"
      aria-setsize=${whole ? nothing : this.#found.length}
      aria-posinset=${whole ? nothing : position + 1}
    >
      <span class="avatar ${hueOf(id)}" part="avatar" aria-hidden="true" ${avatar(this.avatar, { id, name })}>${initialOf(name)}</span>
      <span class="name shorten" part="name" dir="auto" title=${name}>${name}</span>
      ${marks(strings, member, { mine, now: Date.now() })} ${mayModerate(this.me, member) ? this.#moderateButton(member) : nothing}
      ${listening ? listeningLine(strings, listening, { cover: this.#cover(listening), play: this.canPlay && !mine ? this.#play : null }) : nothing}
    </li>`;
  }

  #moderateButton({ id, name }: Member): TemplateResult {
    const label = this.#language.strings.moderate(name);
    return html`<button
      class="icon moderate"
      part="moderate"
      type="button"
      aria-label=${label}
      aria-haspopup="dialog"
      title=${label}
      @click=${() => this.dispatchEvent(new MemberModerateEvent(id))}
    >
      <span class="dots"></span>
    </button>`;
  }

  #cover({ artwork }: Listening): TemplateResult {
    const address = this.withArtwork ? coverAddress(artwork) : null;
    if (!address || this._broken.has(address)) return html`<span class="artwork" part="artwork">${icons.note}</span>`;
    return html`<span class="artwork" part="artwork"
      ><img
        src=${address}
        alt=""
        loading="lazy"
        decoding="async"
        referrerpolicy="no-referrer"
        draggable="false"
        @error=${() => (this._broken = new Set([...this._broken, address]))}
    /></span>`;
  }

  #search(): TemplateResult | typeof nothing {
    if (!this.#searchable) return nothing;
    const strings = this.#language.strings;
    return html`<div class="search" part="search">
        ${icons.search}<input
          part="search-input"
          type="search"
          autocomplete="off"
          enterkeyhint="search"
          aria-label=${strings.searchMembers}
          placeholder=${strings.searchMembers}
          .value=${this._query}
          @input=${this.#searched}
        />
      </div>
      <p class="none ${this.#found.length ? '' : 'filled'}" part="none" aria-live="polite">${this.#found.length ? '' : strings.nobodyFound}</p>`;
  }

  protected override render(): TemplateResult {
    const strings = this.#language.strings;
    const { first, end } = this.#slice;
    // The role is said again: Safari takes it from lists without bullets.
    return html`
      <div class="head" part="header">
        ${strings.members}<span class="count">${strings.count(Math.max(this.count, this.members.length))}</span>
      </div>
      ${this.#search()}
      <ul part="list" role="list" aria-label=${strings.members} @scroll=${this.#scrolled}>
        ${repeat(this.#found.slice(first, end), ({ id }) => id, (member, index) => this.#member(member, first + index))}
      </ul>
      ${this.members.some(({ listening }) => listening) ? html`<p class="source">${spotifyMark(null, strings.onSpotify)}</p>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-members': ChatMembers;
  }
}
