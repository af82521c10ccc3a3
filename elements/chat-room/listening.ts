import { html, nothing, type TemplateResult } from 'lit';
import type { ChatSession } from '../../src/chat/session.js';
import type { PlayerSnapshot, Track } from '../../src/player/snapshot.js';
import type { ChatStrings } from '../../src/strings/chat.js';

/** Whether the visitor's own player is in use: then Spotify knows this page already. */
export const isConnected = (player: PlayerSnapshot | null): boolean =>
  player !== null && !['signed-out', 'signing-in', 'failed'].includes(player.status);

/** What sounds, here or on another device of the visitor's. */
function heard(player: PlayerSnapshot | null): Track | null {
  const sounds = player && !player.paused && (player.status === 'ready' || player.status === 'elsewhere');
  // What has no name yet says nothing: Spotify's embed tells it a moment after the sound.
  return sounds && player.track?.title ? player.track : null;
}

/**
 * Tells the room's session what the visitor hears, while they show it. Whether they do, the session's snapshot says; it
 * is taken back here when the player is let go.
 */
export class ListeningFeed {
  /** What was told last; undefined while nothing is shown. */
  #told: Track | null | undefined;

  /** The visitor turned the switch. What plays is told first, so that the first word is a true one. */
  turn(on: boolean, session: ChatSession | null, player: PlayerSnapshot | null): void {
    this.#told = undefined;
    if (on) this.#tell(session, heard(player));
    else this.#tell(session, null);
    session?.setSharing(on);
  }

  /**
   * After each change of either side.
   * @param on whether it is shown now
   * @param may whether there is a player that is connected, and a switch to turn it off again
   */
  follow(on: boolean, may: boolean, session: ChatSession | null, player: PlayerSnapshot | null): void {
    if (on && !may) this.turn(false, session, player);
    else if (on) this.#tell(session, heard(player));
    else this.#told = undefined;
  }

  #tell(session: ChatSession | null, track: Track | null): void {
    if (this.#told !== undefined && isSame(this.#told, track)) return;
    this.#told = track;
    session?.setListening(
      track && {
        uri: track.uri,
        title: track.title,
        artists: track.artists.map(({ name }) => name).join(', '),
        artwork: track.artwork,
      },
    );
  }
}

const isSame = (one: Track | null, other: Track | null): boolean =>
  one?.uri === other?.uri && one?.title === other?.title && one?.artwork === other?.artwork;

/** What the visitor hears, and the switch that shows it to others; `turned` is null where there is none. */
export function ownListening(
  strings: ChatStrings,
  player: PlayerSnapshot | null,
  on: boolean,
  turned: (() => void) | null,
): TemplateResult | typeof nothing {
  if (!player?.track && !turned) return nothing;
  return html`<div class="listening" part="listening">
    ${player?.track ? html`<now-playing
          part="now-playing"
          exportparts="artwork: own-artwork, title: own-title, artists: own-artists, link: own-link"
          .playback=${player}></now-playing>` : nothing}
    ${turned
      ? html`<button class="switch" part="listening-switch" type="button" role="switch" aria-checked=${on} @click=${turned}>
          <span class="groove"></span><span class="label">${strings.showListening}</span>
        </button>`
      : nothing}
  </div>`;
}
