import { html, nothing, type TemplateResult } from 'lit';
import type { Listening } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import { playableOf } from '../chat-message/spotify.js';
import { icons } from '../shared/icons.js';

/** What a member listens to, with its cover and, where the reader could play it too, a button. */
export function listeningLine(
  strings: ChatStrings,
  { uri, title, artists }: Listening,
  { cover, play }: {
    readonly cover: TemplateResult;
    /** null where there is no player, and for oneself. */
    readonly play: ((uri: string) => void) | null;
  },
): TemplateResult {
  const found = playableOf(uri);
  const text = artists ? `${title} – ${artists}` : title;
  const name = strings.playForMe(title);
  const words = html`<span class="visually-hidden">${strings.listeningTo} </span
    ><span class="song shorten" dir="auto">${title}</span
    >${artists ? html`<span class="visually-hidden"> – </span><span class="artists shorten" dir="auto">${artists}</span>` : nothing}`;
  return html`${found && play
    ? html`<button class="icon play" part="play" type="button" aria-label=${name} title=${name} @click=${() => play(found.uri)}>
        ${icons.play}
      </button>`
    : nothing}
  ${cover}
  ${found
    ? html`<a class="listening" part="listening" href=${found.page} title=${text} target="_blank" rel="noopener">${words}</a>`
    : html`<span class="listening" part="listening" title=${text}>${words}</span>`}`;
}
