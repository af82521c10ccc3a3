import { consume } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { systemClock, type Clock } from '../../src/clock.js';
import { playerControlsContext } from '../../src/contexts/player-controls.js';
import { playerStateContext } from '../../src/contexts/player-state.js';
import type { PlayerControls } from '../../src/player/controls.js';
import { initialSnapshot, type PlayerSnapshot, type Track } from '../../src/player/snapshot.js';
import { clockTime } from '../../src/strings/duration.js';
import { playerStrings } from '../../src/strings/player.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { pictureAddress } from '../shared/spotify-link.js';
import { SearchRun, type SearchState } from './search-run.js';
import { trackSearchStyles } from './track-search.styles.js';

/**
 * Finds tracks and starts them on the visitor's own player. It works inside a `<room-player>` only.
 *
 * @element track-search
 * @attr open - present while results, or a sentence about them, are shown
 * @csspart field - the box around the text field
 * @csspart input - the text field
 * @csspart found - all below the field
 * @csspart status - how many results there are, or why there are none
 * @csspart results - the list
 * @csspart result - one row of it
 * @csspart more - the button for more results
 */
export class TrackSearch extends LitElement {
  static override styles = [...baseStyles, trackSearchStyles];

  readonly #t = playerStrings();
  readonly #run = new SearchRun(
    () => this.clock,
    (text, options) => this.#search(text, options),
    () => this.requestUpdate(),
  );
  /** What the status line says of the last thing done, over the number of results. */
  #said = '';
  #text = '';
  /** How many results there were when the visitor stood on `More results`; null when they stand elsewhere. */
  #moreAfter: number | null = null;

  @consume({ context: playerStateContext, subscribe: true })
  @state()
  private snapshot: PlayerSnapshot = initialSnapshot;

  @consume({ context: playerControlsContext, subscribe: true })
  @state()
  private commands?: PlayerControls;

  /** URIs that were put into the queue from this list. */
  @state()
  private queued: ReadonlySet<string> = new Set();

  @query('input') private field?: HTMLInputElement;

  /** @internal */
  @property({ attribute: false })
  clock: Clock = systemClock;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run.clear();
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    // What was found belongs to the account that asked (metadata is kept for the moment only, spotify.md).
    if (changed.has('snapshot') && this.snapshot.status === 'signed-out') this.#clear();
    const standsOnMore = this.shadowRoot?.activeElement?.matches('.more') ?? false;
    this.#moreAfter = standsOnMore ? this.#rows.length : null;
  }

  protected override updated(): void {
    this.toggleAttribute('open', this.#run.state.status !== 'idle');
    // The last page takes the button away: who stood on it goes on at the first new result.
    if (this.#moreAfter !== null && !this.shadowRoot?.querySelector('.more')) this.#rows[this.#moreAfter]?.focus();
  }

  get #rows(): NodeListOf<HTMLElement> {
    return this.renderRoot.querySelectorAll<HTMLElement>('.play');
  }

  async #search(text: string, options: { offset: number; signal: AbortSignal }): ReturnType<PlayerControls['search']> {
    this.#said = '';
    return this.commands ? this.commands.search(text, options) : { tracks: [], nextOffset: null };
  }

  #clear(): void {
    this.#text = '';
    this.#said = '';
    this.queued = new Set();
    this.#run.clear();
  }

  readonly #onInput = (): void => {
    this.#text = this.field?.value ?? '';
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

  async #addToQueue(track: Track): Promise<void> {
    if (!(await this.commands?.addToQueue(track.uri))) return;
    this.queued = new Set([...this.queued, track.uri]);
    this.#said = this.#t.addedToQueue(track.title);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const found = this.#run.state;
    const usable = ['ready', 'elsewhere', 'reconnecting'].includes(this.snapshot.status);
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
          aria-label=${this.#t.search}
          placeholder=${this.#t.search}
          ?disabled=${!usable}
          .value=${live(this.#text)}
          @input=${this.#onInput}
          @keydown=${this.#onKeyDown}
        />
        ${this.#text
          ? html`
              <button class="icon clear" aria-label=${this.#t.clearSearch} title=${this.#t.clearSearch} @click=${this.#onClear}>
                ${icons.close}
              </button>
            `
          : nothing}
      </div>
      <div class="found" part="found" ?data-searching=${found.status === 'searching'}>
        <p class="status" part="status" role="status"><bdi>${this.#status(found)}</bdi></p>
        ${found.status === 'failed'
          ? html`<button class="retry" @click=${() => this.#run.retry()}>${this.#t.remedies.retry}</button>`
          : nothing}
        ${found.tracks.length ? this.#list(found) : found.status === 'searching' ? waiting : nothing}
      </div>
    `;
  }

  /** While an answer is awaited the line keeps what it said: it speaks once for each answer. */
  #status({ status, query: text, tracks, problem }: SearchState): string {
    if (status === 'failed' && problem) return this.#t.problems[problem];
    if (this.#said) return this.#said;
    if (tracks.length) return this.#t.results(tracks.length);
    return status === 'found' ? this.#t.nothingFound(text) : '';
  }

  #list({ tracks, nextOffset, query: text, status }: SearchState): TemplateResult {
    return html`
      <ul class="results" part="results" role="list" aria-busy=${status === 'searching'}>
        ${tracks.map((track) => this.#row(track))}
        <li class="end">
          ${nextOffset === null
            ? nothing
            : html`
                <button class="more" part="more" @click=${() => this.#run.more()}>${this.#t.moreResults}</button>
              `}
          <a href="https://open.spotify.com/search/${encodeURIComponent(text)}" target="_blank" rel="noopener">
            ${this.#t.searchOnSpotify}${icons.out}
          </a>
        </li>
      </ul>
    `;
  }

  /** The button lies over the words and says them in a sentence: its name is what a list of titles means to a listener. */
  #row(track: Track): TemplateResult {
    const t = this.#t;
    const artists = track.artists.map(({ name }) => name).join(', ');
    const artwork = pictureAddress(track.artwork);
    const current = this.snapshot.track?.uri === track.uri;
    const queued = this.queued.has(track.uri);
    return html`
      <li class="result" part="result" ?data-current=${current}>
        <button
          class="play"
          aria-label=${t.playTrack(track.title, artists)}
          aria-current=${current ? 'true' : nothing}
          title="${track.title} – ${artists}"
          @click=${() => void this.commands?.play(track.uri)}
        ></button>
        <span class="cover" aria-hidden="true">
          ${artwork
            ? html`<img src=${artwork} alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer" />`
            : icons.note}
        </span>
        <span class="words" aria-hidden="true">
          <span class="title" dir="auto">${track.title}</span>
          <span class="artists shorten" dir="auto">${artists}</span>
        </span>
        <span class="duration" aria-hidden="true">${clockTime(track.durationMs)}</span>
        <button
          class="icon add"
          aria-label=${t.addToQueue(track.title)}
          title=${t.addToQueue(track.title)}
          ?data-done=${queued}
          @click=${() => this.#addToQueue(track)}
        >
          ${queued ? icons.check : icons.add}
        </button>
      </li>
    `;
  }
}

/** The shape of what is coming. */
const waiting = html`<div class="waiting" aria-hidden="true"><span></span><span></span><span></span></div>`;

declare global {
  interface HTMLElementTagNameMap {
    'track-search': TrackSearch;
  }
}
