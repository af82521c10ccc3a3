import type { ReactiveController, ReactiveElement } from 'lit';
import { TrackRequestEvent } from '../../src/track-events.js';
import { activation } from './activation.js';

const playable = /^spotify:(?:track|episode|album|playlist):[0-9A-Za-z]{22}$/;

/**
 * Answers `track-request` (`Play … for me` in the chat), and nothing but the visitor's own click: the browser must say
 * that the visitor is acting, and the URI, which somebody else wrote, must be one that can be played (I1).
 */
export class TrackRequests implements ReactiveController {
  /** The visitor's latest click, kept where the browser does not tell of activations itself. */
  #click: Event | null = null;

  constructor(
    private readonly host: ReactiveElement,
    private readonly play: (uri: string) => void,
  ) {
    host.addController(this);
    host.addEventListener(TrackRequestEvent.type, this.#onRequest);
  }

  hostConnected(): void {
    if (!activation()) window.addEventListener('click', this.#onClick, true);
  }

  hostDisconnected(): void {
    window.removeEventListener('click', this.#onClick, true);
    this.#click = null;
  }

  readonly #onClick = (event: Event): void => {
    // Script can dispatch a click, and cannot make it trusted.
    if (event.isTrusted) this.#click = event;
  };

  get #isActive(): boolean {
    // An event has a phase only while it is being handled.
    return activation()?.isActive ?? (this.#click !== null && this.#click.eventPhase !== Event.NONE);
  }

  readonly #onRequest = (event: TrackRequestEvent): void => {
    // The nearest player answers, and no other.
    event.stopPropagation();
    if (typeof event.uri !== 'string' || !playable.test(event.uri)) return;
    if (this.#isActive) this.play(event.uri);
    else console.warn('<room-player> answers a track-request only while the visitor clicks or presses a key.');
  };
}
