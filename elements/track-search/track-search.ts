import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { systemClock, type Clock } from '../../src/clock.js';
import type { Page } from '../../src/player/library.js';
import { playerPart } from '../../src/strings/player.js';
import { Collections } from '../player-lists/collections.js';
import { listView, nextInList } from '../player-lists/list-view.js';
import { listStyles } from '../player-lists/lists.styles.js';
import { onePage } from '../player-lists/listing.js';
import { isNobody } from '../player-lists/nobody.js';
import { notHere } from '../player-lists/not-here.js';
import { PlayerLink } from '../player-lists/player-link.js';
import { TrackRows } from '../player-lists/track-rows.js';
import { baseStyles } from '../shared/base.styles.js';
import { Countdown } from '../shared/countdown.js';
import { icons } from '../shared/icons.js';
import { KeptFocus } from '../shared/kept-focus.js';
import { Localized } from '../shared/localized.js';
import { spotifyMarkStyles } from '../shared/spotify-mark.styles.js';
import { SearchRun, type Found, type Kind, type SearchState } from './search-run.js';
import { trackSearchStyles } from './track-search.styles.js';

const kinds: readonly Kind[] = ['track', 'album', 'playlist'];

/**
 * Finds tracks, albums and playlists, and starts them on the visitor's own player. It works inside a `<room-player>`
 * only. A track starts within its album, so that Next and Previous mean something.
 *
 * @element track-search
 * @fires {TrackShareEvent} track-share - the visitor shares a track in the chat; offered where a room takes it
 * @attr open - present while results, or a sentence about them, are shown
 * @csspart field - the box around the text field
 * @csspart input - the text field
 * @csspart clear - the button that empties it
 * @csspart kinds - the choice of tracks, albums and playlists
 * @csspart kind - each of them
 * @csspart found - all below the field
 * @csspart status - how many results there are, or why there are none
 * @csspart results - the list
 * @csspart result - one row of it
 * @csspart result-button - the button that the row is
 * @csspart result-cover - its cover
 * @csspart result-words - title and artists
 * @csspart result-title - its title
 * @csspart result-artists - its artists
 * @csspart result-duration - how long it is
 * @csspart result-action - each button at its end
 * @csspart retry - the button that asks again
 * @csspart wait - how long to wait before that
 * @csspart waiting - the shape of what is coming
 * @csspart back - the button back to what was found
 * @csspart opened - the line above the tracks of an album or a playlist
 * @csspart opened-title - its name
 * @csspart opened-by - whose it is
 * @csspart play-all - the button that plays all of it
 * @csspart more - the button for more results
 */
export class TrackSearch extends LitElement {
  static override styles = [...baseStyles, spotifyMarkStyles, listStyles, trackSearchStyles];

  readonly #language = new Localized(this, playerPart);
  readonly #link = new PlayerLink(this);
  readonly #rows = new TrackRows(this, this.#link, this.#language);
  readonly #collections = new Collections(this, this.#link, this.#rows, this.#language, () => this.clock);
  readonly #run = new SearchRun(
    () => this.clock,
    (text, kind, options) => this.#search(text, kind, options),
    () => this.requestUpdate(),
  );
  readonly #wait = new Countdown(
    this,
    () => this.#run.state.retryAt,
    () => this.clock,
  );
  #text = '';

  @query('input') private field?: HTMLInputElement;

  /** @internal */
  @property({ attribute: false })
  clock: Clock = systemClock;

  constructor() {
    super();
    new KeptFocus(this, nextInList);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run.clear();
  }

  /** Puts the focus into the search box. @param options as every element's `focus()` takes them */
  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override willUpdate(): void {
    if (isNobody(this.#link.snapshot) && this.#text) this.#clear();
  }

  protected override updated(): void {
    this.toggleAttribute('open', this.#run.state.status !== 'idle');
  }

  async #search(text: string, kind: Kind, options: { offset: number; signal: AbortSignal }): Promise<Page<Found>> {
    const { controls } = this.#link;
    this.#rows.hush();
    if (!controls) return onePage([]);
    if (kind !== 'track') return controls.library.searchCollections(text, kind, options);
    const { tracks, nextOffset } = await controls.search(text, options);
    return { items: tracks, nextOffset };
  }

  #clear(): void {
    this.#text = '';
    this.#rows.clear();
    this.#collections.close();
    this.#run.clear();
  }

  readonly #onInput = (): void => {
    this.#text = this.field?.value ?? '';
    this.#collections.close();
    this.#run.write(this.#text);
    this.requestUpdate();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // Enter also picks a word in an input method's list.
    if (event.key === 'Enter' && !event.isComposing) this.#run.submit(this.#text);
    else if (event.key === 'Escape' && this.#text) this.#onClear(event);
  };

  readonly #onClear = (event: Event): void => {
    event.preventDefault();
    this.#clear();
    this.focus();
  };

  #onKind(kind: Kind): void {
    this.#collections.close();
    this.#run.choose(kind, this.#text);
  }

  protected override render(): TemplateResult {
    const found = this.#run.state;
    const t = this.#language.strings;
    if (!this.#link.can('search')) return notHere(t, this.#link.snapshot);
    return html`
      <div class="field" part="field">
        ${icons.search}
        <input
          part="input"
          type="search"
          role="searchbox"
          enterkeyhint="search"
          autocomplete="off"
          spellcheck="false"
          aria-label=${t.search}
          placeholder=${t.search}
          ?disabled=${!this.#link.usable}
          .value=${live(this.#text)}
          @input=${this.#onInput}
          @keydown=${this.#onKeyDown}
        />
        ${this.#text
          ? html`
              <button class="icon clear" part="clear" aria-label=${t.clearSearch} title=${t.clearSearch} @click=${this.#onClear}>
                ${icons.close}
              </button>
            `
          : nothing}
      </div>
      ${found.query ? this.#kinds() : nothing}
      <div class="found" part="found">${this.#collections.opened ? this.#collections.render() : this.#results(found)}</div>
    `;
  }

  #kinds(): TemplateResult {
    const { kinds: names, searchFor } = this.#language.strings;
    return html`
      <div class="kinds" part="kinds" role="group" aria-label=${searchFor}>
        ${kinds.map(
          (kind) => html`<button part="kind" aria-pressed=${kind === this.#run.kind} @click=${() => this.#onKind(kind)}>${names[kind]}</button>`,
        )}
      </div>
    `;
  }

  #results(found: SearchState): TemplateResult {
    const t = this.#language.strings;
    return html`
      ${listView({
        t,
        listing: this.#run.listing,
        said: this.#said(found),
        wait: this.#wait,
        row: (item) => ('kind' in item ? this.#collections.row(item) : this.#rows.row(item)),
        more: t.moreResults,
        source: { href: `https://open.spotify.com/search/${encodeURIComponent(found.query)}`, words: t.searchOnSpotify },
      })}
    `;
  }

  /** While an answer is awaited the line keeps what it said: it speaks once for each answer. */
  #said({ status, items, query: text }: SearchState): string {
    if (this.#rows.said) return this.#rows.said;
    if (items.length) return this.#language.strings.results(items.length);
    return status === 'shown' ? this.#language.strings.nothingFound(text) : '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'track-search': TrackSearch;
  }
}
