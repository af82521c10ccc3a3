import { html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { Clock } from '../../src/clock.js';
import type { Collection } from '../../src/player/library.js';
import type { Track } from '../../src/player/snapshot.js';
import type { PlayerStrings } from '../../src/strings/player.js';
import { Countdown } from '../shared/countdown.js';
import { icons } from '../shared/icons.js';
import type { Localized } from '../shared/localized.js';
import { spotifyLink } from '../shared/spotify-link.js';
import { FocusGoal } from './focus-goal.js';
import { listView } from './list-view.js';
import { Listing } from './listing.js';
import type { PlayerLink } from './player-link.js';
import { cover, type TrackRows } from './track-rows.js';

/** Albums and playlists as rows, and the one that the visitor opened with its tracks. */
export class Collections implements ReactiveController {
  readonly #tracks: Listing<Track>;
  readonly #goal: FocusGoal;
  readonly #wait: Countdown;
  #opened: Collection | null = null;

  constructor(
    private readonly host: ReactiveElement,
    private readonly link: PlayerLink,
    private readonly rows: TrackRows,
    private readonly language: Localized<PlayerStrings>,
    clock?: () => Clock,
  ) {
    this.#tracks = new Listing(() => host.requestUpdate());
    this.#goal = new FocusGoal(host);
    this.#wait = new Countdown(host, () => this.#tracks.state.retryAt, clock);
    host.addController(this);
  }

  /** The collection whose tracks are shown, or null. */
  get opened(): Collection | null {
    return this.#opened;
  }

  hostDisconnected(): void {
    this.close();
  }

  open(collection: Collection): void {
    const { controls } = this.link;
    if (!controls) return;
    this.#opened = collection;
    this.#goal.set(back);
    this.rows.hush();
    this.#tracks.clear();
    this.#tracks.open((offset, signal) => controls.library.collectionTracks(collection.uri, { offset, signal }));
  }

  /** Shows the list again. */
  close(): void {
    if (!this.#opened) return;
    this.#opened = null;
    this.#goal.set(null);
    this.rows.hush();
    this.#tracks.clear();
  }

  /** The visitor's own way to the list: to the row that they opened. */
  #back(): void {
    const from = this.#opened?.uri ?? null;
    this.close();
    this.#goal.set(from);
  }

  row(collection: Collection): TemplateResult {
    const { uri, title, by, artwork } = collection;
    return html`
      <li class="result" part="result" ?data-current=${this.link.snapshot.contextUri === uri}>
        <button
          class="play"
          part="result-button"
          data-goal=${uri}
          aria-label=${this.language.strings.openCollection(title, by)}
          title=${by ? `${title} – ${by}` : title}
          @click=${() => this.open(collection)}
        ></button>
        ${cover(artwork)}
        <span class="words" part="result-words" aria-hidden="true">
          <span class="title" part="result-title" dir="auto">${title}</span>
          <span class="artists shorten" part="result-artists" dir="auto">${by}</span>
        </span>
        <span class="onward" aria-hidden="true">${icons.onward}</span>
      </li>
    `;
  }

  /** The opened collection: the way back, what it is, and its tracks. */
  render(): TemplateResult | typeof nothing {
    const opened = this.#opened;
    if (!opened) return nothing;
    const { uri, title, by } = opened;
    const play = this.language.strings.playAll(title);
    return html`
      <div class="head" part="opened">
        ${backButton(this.language.strings, () => this.#back(), back)}
        <span class="words"><span class="title" part="opened-title" dir="auto">${title}</span><span class="artists shorten" part="opened-by" dir="auto">${by}</span></span>
        <button class="icon" part="play-all" aria-label=${play} title=${play} @click=${() => void this.link.controls?.play(uri)}>${icons.play}</button>
      </div>
      ${listView({
        t: this.language.strings,
        listing: this.#tracks,
        said: this.#said(),
        // Development Mode shows the tracks of one's own playlists only (spotify.md).
        wrong: this.#tracks.state.problem === 'restricted' ? this.language.strings.closedCollection : undefined,
        wait: this.#wait,
        headed: true,
        label: title,
        row: (track) => this.rows.row(track, { context: uri }),
        source: { href: spotifyLink(uri), words: this.language.strings.openInSpotify },
      })}
    `;
  }

  #said(): string {
    const { status, items } = this.#tracks.state;
    if (this.rows.said) return this.rows.said;
    return status === 'shown' ? (items.length ? this.language.strings.tracks(items.length) : this.language.strings.nothingHere) : '';
  }
}

const back = 'back';

export const backButton = (t: PlayerStrings, command: () => void, goal: string): TemplateResult => html`
  <button class="icon back" part="back" data-goal=${goal} aria-label=${t.back} title=${t.back} @click=${command}>${icons.back}</button>
`;
