import { html, nothing, type TemplateResult } from 'lit';
import type { EmbedSession } from '../../src/player/embed-session.js';
import { playableUri } from '../../src/player/playable.js';
import type { PlayerStrings } from '../../src/strings/player.js';
import { icons } from '../shared/icons.js';
import type { CardContext } from './card.js';
import { actionsParts } from './nested-parts.js';
import { waysOut } from './views.js';
import '../player-actions/define.js';
import '../player-controls/define.js';

export { createEmbedSession } from '../../src/player/embed-session.js';
export { adopt } from '../shared/adopt.js';
export { checkedUris } from './checked-uris.js';
export { embedStyles } from './embed.styles.js';
export { Shortcuts } from './shortcuts.js';

/**
 * What the card shows of Spotify's embed: the embed itself, the controls that it has, and a box for a link. It comes with
 * the visitor's click.
 */
export class EmbedPanel {
  #isWrong = false;

  constructor(
    readonly session: EmbedSession,
    private readonly changed: () => void,
  ) {}

  /** The embed, from now on at one place: a frame that moves in the page loads anew. */
  frame(t: PlayerStrings): TemplateResult {
    return html`<div class="embed" part="embed" role="group" aria-label=${t.embed}>${this.session.surface}</div>`;
  }

  music(context: CardContext): TemplateResult {
    const { t, snapshot, shortcuts } = context;
    return html`
      ${snapshot.track
        ? html`
            <player-controls
              part="controls"
              exportparts="timeline, seek, time, transport, button, play, loudness, volume"
              ?shortcuts=${shortcuts}
            >
              <player-actions part="actions" exportparts=${actionsParts} slot="end"></player-actions>
            </player-controls>
          `
        : nothing}
      ${this.#link(t)}
      <p class="aside" part="not-here"><bdi>${t.notHere(snapshot.capabilities.includes('skip'))}</bdi></p>
      ${waysOut(context)}
    `;
  }

  #link(t: PlayerStrings): TemplateResult {
    return html`
      <form class="link" part="link" novalidate @submit=${this.#onSubmit}>
        <label part="link-label" for="link">${t.link}</label>
        <div class="paste">
          <input
            id="link"
            part="link-input"
            type="url"
            name="link"
            dir="ltr"
            autocomplete="off"
            spellcheck="false"
            enterkeyhint="go"
            placeholder="https://open.spotify.com/…"
            aria-describedby="wrong-link"
            aria-invalid=${this.#isWrong}
            @input=${this.#onInput}
          />
          <button class="icon" part="link-play" aria-label=${t.playLink} title=${t.playLink}>${icons.play}</button>
        </div>
        <p id="wrong-link" class="wrong" part="link-problem" role="status"><bdi>${this.#isWrong ? t.wrongLink : ''}</bdi></p>
      </form>
    `;
  }

  readonly #onInput = (): void => {
    if (!this.#isWrong) return;
    this.#isWrong = false;
    this.changed();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const uri = playableUri(String(new FormData(form).get('link') ?? ''));
    this.#isWrong = uri === null;
    this.changed();
    if (uri === null) return;
    form.reset();
    void this.session.controls.play(uri);
  };
}
