import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { playerPart } from '../../src/strings/player.js';
import { PlayerLink } from '../player-lists/player-link.js';
import { shareTrack } from '../player-lists/share.js';
import { baseStyles } from '../shared/base.styles.js';
import { icons } from '../shared/icons.js';
import { Localized } from '../shared/localized.js';
import { playerActionsStyles } from './player-actions.styles.js';
import { SaveToggle } from './save-toggle.js';

/**
 * What the visitor can do with the track that plays: save it in their library, share it in the chat. It works inside a
 * `<room-player>` only.
 *
 * @element player-actions
 * @fires {TrackShareEvent} track-share - the visitor shares the track in the chat; offered where a room takes it
 * @csspart button - each button
 * @csspart save - the button that saves the track
 * @csspart share - the button that shares it
 * @csspart status - why it could not be saved
 */
export class PlayerActions extends LitElement {
  static override styles = [...baseStyles, playerActionsStyles];

  readonly #language = new Localized(this, playerPart);
  readonly #link = new PlayerLink(this);
  readonly #save = new SaveToggle(() => this.requestUpdate());

  /** Tells for each track whether it is saved, at one request a track. Without it the first click asks. */
  @property({ type: Boolean })
  eager = false;

  protected override willUpdate(): void {
    const { controls, snapshot, usable } = this.#link;
    this.#save.follow(usable && this.#link.can('library') ? (snapshot.track?.uri ?? null) : null);
    if (this.eager && usable && controls && this.#link.can('library')) void this.#save.lookUp(controls.library);
  }

  readonly #onSave = (): void => {
    const { controls } = this.#link;
    if (controls) void this.#save.toggle(controls.library);
  };

  #saveButton(name: string): TemplateResult {
    const { saved, busy } = this.#save;
    return html`
      <button
        class="icon"
        part="button save"
        aria-label=${name}
        aria-pressed=${ifDefined(saved === null ? undefined : saved ? 'true' : 'false')}
        title=${name}
        ?disabled=${!this.#link.usable}
        ?data-pending=${busy}
        @click=${this.#onSave}
      >
        ${saved ? icons.heartFull : icons.heart}
      </button>
    `;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { track } = this.#link.snapshot;
    // What Spotify has not told the name of yet cannot be spoken of.
    if (!track?.title) return nothing;
    const t = this.#language.strings;
    const { problem } = this.#save;
    const save = t.saveTrack(track.title);
    const share = t.shareTrack(track.title);
    return html`
      ${this.#link.can('library') ? this.#saveButton(save) : nothing}
      ${this.#link.sharing
        ? html`
            <button class="icon" part="button share" aria-label=${share} title=${share} @click=${() => shareTrack(this, track)}>
              ${icons.share}
            </button>
          `
        : nothing}
      <p class="status" part="status" role="status"><bdi>${problem ? t.problems[problem] : ''}</bdi></p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'player-actions': PlayerActions;
  }
}
