import { html, LitElement, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { PlayerControls } from '../../src/player/controls.js';
import type { Collection, Page } from '../../src/player/library.js';
import type { Track } from '../../src/player/snapshot.js';
import { playerPart } from '../../src/strings/player.js';
import { backButton, Collections } from '../player-lists/collections.js';
import { FocusGoal } from '../player-lists/focus-goal.js';
import { listView, nextInList } from '../player-lists/list-view.js';
import { listStyles } from '../player-lists/lists.styles.js';
import { Listing, onePage } from '../player-lists/listing.js';
import { panelStyles } from '../player-lists/panel.styles.js';
import { notHere } from '../player-lists/not-here.js';
import { PlayerLink } from '../player-lists/player-link.js';
import { among, TrackRows } from '../player-lists/track-rows.js';
import { baseStyles } from '../shared/base.styles.js';
import { Countdown } from '../shared/countdown.js';
import { icons } from '../shared/icons.js';
import { KeptFocus } from '../shared/kept-focus.js';
import { Localized } from '../shared/localized.js';
import { spotifyMarkStyles } from '../shared/spotify-mark.styles.js';
import { playerLibraryStyles } from './player-library.styles.js';

type Shelf = 'playlists' | 'saved' | 'recent';
type Item = Track | Collection;

const shelves: Readonly<
  Record<
    Shelf,
    {
      readonly icon: TemplateResult;
      readonly source: string;
      readonly load: (library: PlayerControls['library'], offset: number, signal: AbortSignal) => Promise<Page<Item>>;
    }
  >
> = {
  playlists: {
    icon: icons.playlist,
    source: 'https://open.spotify.com/collection/playlists',
    load: (library, offset, signal) => library.playlists({ offset, signal }),
  },
  saved: {
    icon: icons.heart,
    source: 'https://open.spotify.com/collection/tracks',
    load: (library, offset, signal) => library.savedTracks({ offset, signal }),
  },
  recent: {
    icon: icons.clock,
    source: 'https://open.spotify.com/',
    load: async (library, _, signal) => onePage(await library.recentTracks({ signal })),
  },
};

const names = Object.keys(shelves) as Shelf[];

/**
 * What the visitor keeps at Spotify: their playlists, saved tracks and what they played lately. It works inside a
 * `<room-player>` only, and asks for a list when the visitor opens it, not before.
 *
 * @element player-library
 * @fires {TrackShareEvent} track-share - the visitor shares a track in the chat; offered where a room takes it
 * @csspart shelves - the list of what there is
 * @csspart shelf - each of the three buttons that open a list
 * @csspart back - the button back to them
 * @csspart status - how much there is, or why it cannot be told
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
 * @csspart opened - the line above the tracks of an album or a playlist
 * @csspart opened-title - its name
 * @csspart opened-by - whose it is
 * @csspart play-all - the button that plays all of it
 * @csspart more - the button for more of it
 */
export class PlayerLibraryView extends LitElement {
  static override styles = [...baseStyles, spotifyMarkStyles, listStyles, panelStyles, playerLibraryStyles];

  readonly #language = new Localized(this, playerPart);
  readonly #link = new PlayerLink(this);
  readonly #rows = new TrackRows(this, this.#link, this.#language);
  readonly #collections = new Collections(this, this.#link, this.#rows, this.#language);
  readonly #listing = new Listing<Item>(() => this.requestUpdate());
  readonly #wait = new Countdown(this, () => this.#listing.state.retryAt);
  readonly #goal = new FocusGoal(this);

  @state() private shelf: Shelf | null = null;

  constructor() {
    super();
    new KeptFocus(this, nextInList);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  protected override willUpdate(): void {
    // It belongs to the account that was connected (metadata is kept for the moment only, spotify.md).
    if (this.shelf && !this.#link.usable) this.#forget();
  }

  #open(shelf: Shelf): void {
    const { controls } = this.#link;
    if (!controls) return;
    this.shelf = shelf;
    this.#goal.set('shelves');
    this.#listing.clear();
    this.#listing.open((offset, signal) => shelves[shelf].load(controls.library, offset, signal));
  }

  #back(): void {
    const from = this.shelf;
    this.#forget();
    this.#goal.set(from);
  }

  #forget(): void {
    this.shelf = null;
    this.#rows.clear();
    this.#collections.close();
    this.#listing.clear();
  }

  protected override render(): TemplateResult {
    if (!this.#link.can('library')) return notHere(this.#language.strings, this.#link.snapshot);
    if (!this.shelf) return this.#shelves();
    return this.#collections.opened ? html`${this.#collections.render()}` : this.#items(this.shelf);
  }

  #shelves(): TemplateResult {
    return html`
      <ul class="shelves" part="shelves" role="list">
        ${names.map(
          (shelf) => html`
            <li>
              <button part="shelf" data-goal=${shelf} ?disabled=${!this.#link.usable} @click=${() => this.#open(shelf)}>
                ${shelves[shelf].icon}<span class="name">${this.#language.strings[shelf]}</span>${icons.onward}
              </button>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #items(shelf: Shelf): TemplateResult {
    const t = this.#language.strings;
    return html`
      <div class="head" part="opened">
        ${backButton(t, () => this.#back(), 'shelves')}
        <span class="words"><span class="title" part="opened-title">${t[shelf]}</span></span>
      </div>
      ${listView({
        t,
        listing: this.#listing,
        said: this.#said(shelf),
        wait: this.#wait,
        label: t[shelf],
        row: (item, index) => ('kind' in item ? this.#collections.row(item) : this.#track(item, index)),
        source: { href: shelves[shelf].source, words: t.openInSpotify },
      })}
    `;
  }

  /** Saved and recent tracks are played on from the chosen one, as they are listed. */
  #track(track: Track, index: number): TemplateResult {
    const tracks = this.#listing.state.items.filter((item): item is Track => !('kind' in item));
    return this.#rows.row(track, { play: () => this.#link.controls?.play(among(tracks, index)) });
  }

  #said(shelf: Shelf): string {
    const { status, items } = this.#listing.state;
    const t = this.#language.strings;
    if (this.#rows.said) return this.#rows.said;
    if (items.length) return shelf === 'playlists' ? t.playlistCount(items.length) : t.tracks(items.length);
    return status === 'shown' ? t.nothingHere : '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'player-library': PlayerLibraryView;
  }
}
