import { html, nothing, type TemplateResult } from 'lit';
import type { SharedTrack } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import { icons } from '../shared/icons.js';
import { spotifyMark } from '../shared/spotify-mark.js';
import { playableOf, type Playable } from './spotify.js';

export interface TrackCardOptions {
  readonly strings: ChatStrings;
  /** Null where nobody could play it. */
  readonly play: ((uri: string) => void) | null;
}

/**
 * What somebody shared: words, a way to its page, and a button for the reader's own click. No cover: nothing that
 * arrives makes this page ask Spotify for anything (I1).
 */
export function trackCard({ uri, title, artists }: SharedTrack, { strings, play }: TrackCardOptions): TemplateResult {
  const found = playableOf(uri);
  return html`<div class="what">
      ${found
        ? html`<a class="track-title" part="track-title" dir="auto" href=${found.page} title=${title} target="_blank" rel="noopener"
            >${title}</a
          >`
        : html`<span class="track-title" part="track-title" dir="auto" title=${title}>${title}</span>`}
      ${artists ? html`<span class="artists" part="track-artists" dir="auto" title=${artists}>${artists}</span>` : nothing}
      ${found ? source(found, strings) : nothing}
    </div>
    ${found && play ? playButton(found, title, strings, play) : nothing}`;
}

function source({ kind, page }: Playable, strings: ChatStrings): TemplateResult {
  return html`<span class="source"><bdi>${strings.kinds[kind]}</bdi>${spotifyMark(page, strings.openInSpotify)}</span>`;
}

function playButton({ uri }: Playable, title: string, strings: ChatStrings, play: (uri: string) => void): TemplateResult {
  const name = strings.playForMe(title);
  return html`<button class="play" part="play" type="button" aria-label=${name} title=${name} @click=${() => play(uri)}>
    ${icons.play}
  </button>`;
}
