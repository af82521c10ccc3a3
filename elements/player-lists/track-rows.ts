import { html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { PlayTarget } from '../../src/player/controls.js';
import type { Track } from '../../src/player/snapshot.js';
import { clockTime } from '../../src/strings/duration.js';
import type { PlayerStrings } from '../../src/strings/player.js';
import { icons } from '../shared/icons.js';
import type { Localized } from '../shared/localized.js';
import { pictureAddress } from '../shared/spotify-link.js';
import { isNobody } from './nobody.js';
import type { PlayerLink } from './player-link.js';
import { artistsOf, shareTrack } from './share.js';

/** Where a row's track is started: within `context`, so that Next and Previous mean something; else by itself. */
export const within = (context: string, track: Track): PlayTarget => (context ? { context, offset: track.uri } : track.uri);

/** Of a long list so many are played one after the other: those around the chosen one. */
const listedAtOnce = 100;
const listedBefore = 20;

/** Plays the list on from its nth track; what stands before it is a Previous away. */
export function among(tracks: readonly Track[], index: number): PlayTarget {
  const from = Math.max(0, index - listedBefore);
  return { uris: tracks.slice(from, from + listedAtOnce).map(({ uri }) => uri), offset: index - from };
}

interface RowOptions {
  readonly context?: string;
  readonly play?: () => unknown;
  readonly addable?: boolean;
  readonly upcoming?: boolean;
}

/** Rows of tracks with their buttons, and what was done with them. */
export class TrackRows implements ReactiveController {
  /** URIs that were put into the queue from this list. */
  #queued: ReadonlySet<string> = new Set();
  #said = '';

  constructor(
    private readonly host: ReactiveElement,
    private readonly link: PlayerLink,
    private readonly language: Localized<PlayerStrings>,
  ) {
    host.addController(this);
  }

  /** The last thing done, for the status line; '' when there is nothing to tell. */
  get said(): string {
    return this.#said;
  }

  hostUpdate(): void {
    if (isNobody(this.link.snapshot)) this.clear();
  }

  /** Forgets what the status line said. */
  hush(): void {
    this.#said = '';
  }

  /** Forgets all that was done. */
  clear(): void {
    this.#queued = new Set();
    this.#said = '';
  }

  /**
   * The button lies over the words and says them in a sentence: its name is what a list of titles means to a listener.
   *
   * @param how.context URI of what the track is started in; its album where it is left out
   * @param how.play starts it in another way
   * @param how.addable whether it can be put into the queue from here
   * @param how.upcoming whether it is still to come, though the same track may play now
   */
  row(track: Track, how: RowOptions = {}): TemplateResult {
    const { context = track.album.uri, addable = true, upcoming = false } = how;
    const { play = () => this.link.controls?.play(within(context, track)) } = how;
    const t = this.language.strings;
    const artists = artistsOf(track);
    const current = !upcoming && this.link.snapshot.track?.uri === track.uri;
    return html`
      <li class="result" part="result" ?data-current=${current}>
        <button
          class="play"
          part="result-button"
          aria-label=${t.playTrack(track.title, artists)}
          aria-current=${current ? 'true' : nothing}
          title="${track.title} – ${artists}"
          @click=${() => void play()}
        ></button>
        ${cover(track.artwork)}
        <span class="words" part="result-words" aria-hidden="true">
          <span class="title" part="result-title" dir="auto">${track.title}</span>
          <span class="artists shorten" part="result-artists" dir="auto">${artists}</span>
        </span>
        <span class="duration" part="result-duration" aria-hidden="true">${clockTime(track.durationMs)}</span>
        ${this.link.sharing ? this.#share(track) : nothing} ${addable ? this.#add(track) : nothing}
      </li>
    `;
  }

  #share(track: Track): TemplateResult {
    const name = this.language.strings.shareTrack(track.title);
    return html`
      <button class="icon act" part="result-action" aria-label=${name} title=${name} @click=${() => this.#onShare(track)}>${icons.share}</button>
    `;
  }

  /** Where nothing plays there is no queue: Spotify answers 404, as for a device that is gone. */
  #add(track: Track): TemplateResult {
    const name = this.language.strings.addToQueue(track.title);
    const queued = this.#queued.has(track.uri);
    return html`
      <button
        class="icon act"
        part="result-action"
        aria-label=${name}
        title=${name}
        ?disabled=${!this.link.snapshot.track}
        ?data-done=${queued}
        @click=${() => this.#onAdd(track)}
      >
        ${queued ? icons.check : icons.add}
      </button>
    `;
  }

  #onShare(track: Track): void {
    shareTrack(this.host, track);
    this.#say(this.language.strings.sharedTrack(track.title));
  }

  async #onAdd(track: Track): Promise<void> {
    if (!(await this.link.controls?.addToQueue(track.uri))) return;
    this.#queued = new Set([...this.#queued, track.uri]);
    this.#say(this.language.strings.addedToQueue(track.title));
  }

  #say(sentence: string): void {
    this.#said = sentence;
    this.host.requestUpdate();
  }
}

export function cover(artwork: string | null): TemplateResult {
  const address = pictureAddress(artwork);
  return html`
    <span class="cover" part="result-cover" aria-hidden="true">
      ${address
        ? html`<img src=${address} alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer" />`
        : icons.note}
    </span>
  `;
}
