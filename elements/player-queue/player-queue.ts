import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PlayerSnapshot, Track } from '../../src/player/snapshot.js';
import { playerPart } from '../../src/strings/player.js';
import { listView, nextInList } from '../player-lists/list-view.js';
import { listStyles } from '../player-lists/lists.styles.js';
import { Listing, onePage } from '../player-lists/listing.js';
import { notHere } from '../player-lists/not-here.js';
import { PlayerLink } from '../player-lists/player-link.js';
import { among, TrackRows, within } from '../player-lists/track-rows.js';
import { baseStyles } from '../shared/base.styles.js';
import { Countdown } from '../shared/countdown.js';
import { KeptFocus } from '../shared/kept-focus.js';
import { Localized } from '../shared/localized.js';
import { spotifyMarkStyles } from '../shared/spotify-mark.styles.js';
import { panelStyles } from '../player-lists/panel.styles.js';

/**
 * What comes next on the visitor's own player. It works inside a `<room-player>` only. Closed, it shows the few tracks
 * that the player knows of by itself; open, it asks Spotify for all of them, once a track.
 *
 * @element player-queue
 * @fires {TrackShareEvent} track-share - the visitor shares a track in the chat; offered where a room takes it
 * @csspart status - a sentence where nothing comes next, or why it cannot be told
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
 * @csspart more - the button for more of it
 * @csspart show - the button that opens it
 */
export class PlayerQueue extends LitElement {
  static override styles = [...baseStyles, spotifyMarkStyles, listStyles, panelStyles];

  readonly #language = new Localized(this, playerPart);
  readonly #link = new PlayerLink(this);
  readonly #rows = new TrackRows(this, this.#link, this.#language);
  readonly #listing = new Listing<Track>(() => this.requestUpdate());
  readonly #wait = new Countdown(this, () => this.#listing.state.retryAt);
  /** URI of the track after which the list was asked for; null while it is closed. */
  #askedAfter: string | null = null;

  /** Whether all of it is shown: one request now, and one whenever the track changes. */
  @property({ type: Boolean, reflect: true })
  open = false;

  constructor() {
    super();
    new KeptFocus(this, nextInList);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(): void {
    const { controls, snapshot, usable } = this.#link;
    if (!this.open || !usable || !controls) return this.#forget();
    const after = snapshot.track?.uri ?? '';
    if (after === this.#askedAfter) return;
    this.#forget();
    this.#askedAfter = after;
    this.#listing.open(async (_, signal) => onePage(await controls.library.queue({ signal })));
  }

  #forget(): void {
    if (this.#askedAfter === null) return;
    this.#askedAfter = null;
    this.#rows.hush();
    this.#listing.clear();
  }

  /** Until Spotify told, what the player itself knows. */
  get #tracks(): readonly Track[] {
    const { status, items } = this.#listing.state;
    return status === 'shown' ? items : this.#link.snapshot.queue;
  }

  protected override render(): TemplateResult {
    const t = this.#language.strings;
    if (!this.#link.can('queue')) return notHere(t, this.#link.snapshot);
    const { status } = this.#listing.state;
    const tracks = this.#tracks;
    const none = tracks.length === 0 && (status === 'shown' || !this.open);
    return html`
      ${listView({
        t,
        listing: this.#listing,
        said: this.#rows.said || (none ? t.nothingNext : ''),
        wait: this.#wait,
        items: tracks,
        label: t.upNext,
        row: (track, index) => this.#row(track, index),
        source: { href: 'https://open.spotify.com/queue', words: t.openInSpotify },
      })}
      ${this.open || !this.#link.usable
        ? nothing
        : html`<button class="show" part="show" @click=${() => (this.open = true)}>${t.showQueue}</button>`}
    `;
  }

  #row(track: Track, index: number): TemplateResult {
    const { controls, snapshot } = this.#link;
    const first = index === 0 && snapshot.queue[0]?.uri === track.uri && !snapshot.disallows.includes('skipping-next');
    const tracks = this.#tracks.slice(index);
    // The next one is a skip away: what follows it stays as it is.
    const play = (): unknown => (first ? controls?.next() : controls?.play(isOfAlbum(track, snapshot) ? within(track.album.uri, track) : among(tracks, 0)));
    return this.#rows.row(track, { addable: false, upcoming: true, play });
  }
}

/**
 * An album that plays goes on within itself. Of a playlist, or of what was added by hand, Spotify does not tell which it
 * is: those are played on as they are listed.
 */
const isOfAlbum = (track: Track, { contextUri }: PlayerSnapshot): boolean => contextUri !== null && contextUri === track.album.uri;

declare global {
  interface HTMLElementTagNameMap {
    'player-queue': PlayerQueue;
  }
}
