import { consume } from '@lit/context';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { playerStateContext } from '../../src/contexts/player-state.js';
import { playerPart } from '../../src/strings/player.js';
import type { Named, Playback, PlayerSnapshot, Track } from '../../src/player/snapshot.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { Localized } from '../shared/localized.js';
import { pictureAddress, spotifyLink } from '../shared/spotify-link.js';
import { spotifyMark } from '../shared/spotify-mark.js';
import { spotifyMarkStyles } from '../shared/spotify-mark.styles.js';
import { nowPlayingStyles } from './now-playing.styles.js';

/** From here on a title is set smaller, in characters: it is shown in full, and must not push the controls away. */
const longTitle = 48;

/**
 * What plays: cover, title and artists, each a link to its page at Spotify. Display only; it can start nothing.
 *
 * Spotify's icon, which leads back to it, is no host's to hide: it has no part. Cover, title and artists can be styled;
 * their display, visibility and opacity hold against the page's styles, and the cover stays uncropped (spotify.md). A
 * page that covers or removes the whole element can not be stopped.
 *
 * @element now-playing
 * @slot actions - at the end of the line that names Spotify
 * @csspart artwork - the cover, or the empty sleeve where there is none
 * @csspart title - the track's title
 * @csspart artists - its artists
 * @csspart link - the link that the title is, and each artist
 * @cssprop [--now-playing-artwork=96px] - width of the cover, 40 px at least
 * @cssprop [--now-playing-direction=row] - `row`: words beside the cover; `column`: below it
 * @cssprop [--now-playing-title=1.125rem] - size of the title
 * @cssprop [--now-playing-lines=none] - lines after which a title is cut
 * @cssprop --now-playing-leading - height of a line of the title and of the artists
 * @cssprop [--now-playing-gap=2px] - between title, artists and what follows
 * @cssprop [--now-playing-columns=minmax(0, 1fr)] - columns of the words and of the line that names Spotify
 * @cssprop [--now-playing-foot=auto] - grid area of the line that names Spotify
 */
export class NowPlaying extends LitElement {
  static override styles = [...baseStyles, spotifyMarkStyles, nowPlayingStyles];

  readonly #language = new Localized(this, playerPart);

  @consume({ context: playerStateContext, subscribe: true })
  @state()
  private own?: PlayerSnapshot;

  /** Address of a cover that did not load. */
  @state()
  private broken: string | null = null;

  /** Somebody's playback; null shows nothing. Left out, it is the visitor's own, from the player around. */
  @property({ attribute: false })
  playback?: Pick<Playback, 'track'> | null;

  /** The group's accessible name; "Now playing" by default. */
  @property()
  label = '';

  protected override render(): TemplateResult | typeof nothing {
    const track = (this.playback === undefined ? this.own : this.playback)?.track;
    if (!track) return nothing;
    return html`
      <div class="sleeve" role="group" aria-label=${this.label || this.#language.strings.nowPlaying}>
        <div class="artwork" part="artwork">${this.#cover(track)}</div>
        <div class="words">
          <p class="title" part="title" title=${track.title} ?data-long=${track.title.length > longTitle}>${link(track.uri, html`<bdi>${track.title}</bdi>`)}</p>
          <p class="artists" part="artists" dir="auto" title=${names(track.artists)}>${this.#artists(track.artists)}</p>
          <div class="foot">${this.#mark(track)}<slot name="actions"></slot></div>
        </div>
      </div>
    `;
  }

  #cover(track: Track): TemplateResult {
    const address = pictureAddress(track.artwork);
    if (!address || address === this.broken) return html`<span class="blank">${icons.note}</span>`;
    const picture = html`
      <img
        src=${address}
        alt=${this.#language.strings.coverOf(track.album.name)}
        draggable="false"
        decoding="async"
        referrerpolicy="no-referrer"
        @error=${() => (this.broken = address)}
      />
    `;
    const href = spotifyLink(track.uri);
    // Out of the tab order: the title beside it leads to the same page.
    return href ? html`<a href=${href} target="_blank" rel="noopener" tabindex="-1">${picture}</a>` : picture;
  }

  #artists(artists: readonly Named[]): TemplateResult[] {
    return artists.map((artist, index) => html`${index ? ', ' : ''}${link(artist.uri, html`<span>${artist.name}</span>`)}`);
  }

  #mark(track: Track): TemplateResult {
    const href = spotifyLink(track.uri);
    return spotifyMark(href, href ? this.#language.strings.openInSpotify : this.#language.strings.fromSpotify);
  }
}

const names = (artists: readonly Named[]): string => artists.map(({ name }) => name).join(', ');

function link(uri: string, words: TemplateResult): TemplateResult {
  const href = spotifyLink(uri);
  return href ? html`<a part="link" href=${href} target="_blank" rel="noopener">${words}</a>` : words;
}

declare global {
  interface HTMLElementTagNameMap {
    'now-playing': NowPlaying;
  }
}
