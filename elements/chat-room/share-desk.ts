import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { RoomReadyEvent, TrackRequestEvent, type TrackShareEvent } from '../../src/track-events.js';

/** What the host gives to the desk. */
export interface DeskHost {
  /** The id of the player; null for the one around the host. */
  player(): string | null;
  /** Whether the room takes a shared track now. */
  ready(): boolean;
  /** The visitor shares a track of their player. */
  shared(event: TrackShareEvent): void;
}

/**
 * Where music is handed over between a room and the visitor's own player, which knows no more of each other: the player's
 * shares come in, the visitor's own requests go out. The player is the `<room-player>` around the host, through shadow
 * roots, or the element that the host names by its id.
 */
export class ShareDesk implements ReactiveController {
  #player: Element | null = null;
  #named = false;
  /** What was told last. */
  #told = false;

  constructor(
    private readonly element: ReactiveControllerHost & HTMLElement,
    private readonly host: DeskHost,
  ) {
    element.addController(this);
  }

  /** After each update: players come later than rooms, and the page may name another one. */
  hostUpdated(): void {
    if (!this.element.isConnected) return;
    const id = this.host.player();
    this.#serve(id ? namedPlayer(this.element, id) : playerAround(this.element), id !== null);
    this.#tell(this.host.ready());
  }

  hostConnected(): void {
    this.element.requestUpdate();
  }

  hostDisconnected(): void {
    this.#tell(false);
    this.#serve(null, false);
  }

  /** The visitor's click on `Play … for me`: to a player that is named it does not bubble. */
  readonly requested = (event: TrackRequestEvent): void => {
    if (!this.#named) return;
    event.stopPropagation();
    this.#player?.dispatchEvent(new TrackRequestEvent(event.uri));
  };

  readonly #shared = (event: Event): void => {
    if (this.#told) this.host.shared(event as TrackShareEvent);
  };

  #serve(player: Element | null, named: boolean): void {
    if (player === this.#player) return;
    this.#tell(false);
    this.#player?.removeEventListener('track-share', this.#shared);
    this.#player = player;
    this.#named = named;
    player?.addEventListener('track-share', this.#shared);
    // A player that is not yet what it will be has not heard what was told.
    if (player && !player.matches(':defined')) void customElements.whenDefined(player.localName).then(() => this.#again(player));
  }

  #again(player: Element): void {
    if (player !== this.#player || !this.#told) return;
    this.#told = false;
    this.#tell(true);
  }

  #tell(available: boolean): void {
    if (available === this.#told) return;
    this.#told = available;
    this.element.dispatchEvent(new RoomReadyEvent(available, this.element));
    // From a room that has left the page nothing bubbles to the player around it.
    if (this.#named || !this.element.isConnected) this.#player?.dispatchEvent(new RoomReadyEvent(available, this.element));
  }
}

/** The element of that id in the shadow tree of `from`, or in the page. */
export function namedPlayer(from: Element, id: string): Element | null {
  const root = from.getRootNode();
  const near = root instanceof ShadowRoot ? root.getElementById(id) : null;
  return near ?? document.getElementById(id);
}

function playerAround(from: Element): Element | null {
  const found = from.closest('room-player');
  const root = from.getRootNode();
  return found ?? (root instanceof ShadowRoot ? playerAround(root.host) : null);
}
