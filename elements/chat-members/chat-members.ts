import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Listening, Member } from '../../src/chat/model.js';
import { chatStrings } from '../../src/strings/chat.js';
import { TrackRequestEvent } from '../../src/track-events.js';
import { authorStyles } from '../chat-message/author.styles.js';
import { hueOf, initialOf } from '../chat-message/author.js';
import { playableOf, type Playable } from '../chat-message/spotify.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { coverAddress } from './artwork.js';
import { chatMembersStyles } from './chat-members.styles.js';

/**
 * Who is in the room now, and what they show that they listen to. A view: properties in, events out.
 *
 * @fires track-request - A `TrackRequestEvent`: the visitor clicked `Play … for me` at what somebody listens to.
 *
 * @csspart header - The heading with the count.
 * @csspart list - The list `Members`.
 * @csspart member - One of them.
 * @csspart avatar - The circle with the initial.
 * @csspart name - The name.
 * @csspart listening - What the member listens to, a link to its page at Spotify.
 * @csspart artwork - Its cover.
 * @csspart source - The line that names Spotify, while somebody shows what they listen to.
 * @csspart play - The button `Play … for me`.
 */
export class ChatMembers extends LitElement {
  static override styles = [...baseStyles, authorStyles, chatMembersStyles];

  #resized: ResizeObserver | null = null;

  @query('ul') private readonly _list!: HTMLElement;
  /** Whether some of it is out of sight: then the keyboard must reach it. */
  @state() private _cut = false;

  /** In the order to show. */
  @property({ attribute: false }) members: readonly Member[] = [];

  /** The visitor's own id, to tell them which one they are. */
  @property({ attribute: false }) me: string | null = null;

  /** Whether there is a player that could play what others listen to. */
  @property({ attribute: false }) canPlay = true;

  /** Whether covers may be loaded: from Spotify only when the visitor uses it themselves. */
  @property({ attribute: false }) withArtwork = false;

  /** Addresses of covers that did not load. */
  @state() private _broken: ReadonlySet<string> = new Set();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized ??= new ResizeObserver(() => this.#measure());
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
  }

  protected override updated(): void {
    this.#measure();
  }

  #measure(): void {
    const list = this._list;
    // With the focus in it names are shown in full: measured then, the list would lose its focus for having it.
    if (!list || this.shadowRoot?.activeElement === list) return;
    const names = [...list.querySelectorAll('.name, .song, .artists')];
    this._cut = list.scrollHeight > list.clientHeight || names.some((name) => name.scrollWidth > name.clientWidth);
  }

  #play(uri: string): void {
    this.dispatchEvent(new TrackRequestEvent(uri));
  }

  #member(member: Member): TemplateResult {
    const mine = member.id === this.me;
    return html`<li part="member">
      <span class="avatar ${hueOf(member.id)}" part="avatar" aria-hidden="true">${initialOf(member.name)}</span>
      <span class="name shorten" part="name" dir="auto" title=${member.name}>${member.name}</span>
      ${mine ? html`<span class="you">(${chatStrings().you})</span>` : nothing}
      ${member.listening ? this.#listening(member.listening, mine) : nothing}
    </li>`;
  }

  #listening(listening: Listening, mine: boolean): TemplateResult {
    const { uri, title, artists } = listening;
    const found = playableOf(uri);
    const text = artists ? `${title} – ${artists}` : title;
    const words = html`<span class="visually-hidden">${chatStrings().listeningTo} </span
      ><span class="song shorten" dir="auto">${title}</span
      >${artists ? html`<span class="visually-hidden"> – </span><span class="artists shorten" dir="auto">${artists}</span>` : nothing}`;
    return html`${found && this.canPlay && !mine ? this.#playButton(found, title) : nothing} ${this.#cover(listening)}
    ${found
      ? html`<a class="listening" part="listening" href=${found.page} title=${text} target="_blank" rel="noopener">${words}</a>`
      : html`<span class="listening" part="listening" title=${text}>${words}</span>`}`;
  }

  #playButton({ uri }: Playable, title: string): TemplateResult {
    const name = chatStrings().playForMe(title);
    return html`<button class="icon play" part="play" type="button" aria-label=${name} title=${name} @click=${() => this.#play(uri)}>
      ${icons.play}
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

  protected override render(): TemplateResult {
    const strings = chatStrings();
    // The role is said again: Safari takes it from lists without bullets.
    return html`
      <div class="head" part="header">${strings.members}<span class="count">${this.members.length}</span></div>
      <ul part="list" role="list" aria-label=${strings.members} tabindex=${this._cut ? 0 : nothing}>
        ${repeat(this.members, ({ id }) => id, (member) => this.#member(member))}
      </ul>
      ${this.members.some(({ listening }) => listening) ? html`<p class="source" part="source">${strings.onSpotify}</p>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-members': ChatMembers;
  }
}
