import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../../src/clock.js';
import { positionAt, type Playback } from '../../src/player/snapshot.js';

/**
 * The running position of a playing track. It asks its host to render once a second, on the second, and only while
 * the track plays and the page can be seen: the context hands out no ticks.
 */
export class Playhead implements ReactiveController {
  #playback?: Playback;
  #cancel?: () => void;
  #connected = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly clock: () => Clock,
  ) {
    host.addController(this);
  }

  /** In ms from the start of the track. */
  get positionMs(): number {
    return this.#playback ? positionAt(this.#playback, this.clock().now()) : 0;
  }

  follow(playback: Playback | undefined): void {
    this.#playback = playback;
  }

  hostConnected(): void {
    this.#connected = true;
    document.addEventListener('visibilitychange', this.#onVisibilityChange);
    this.#schedule();
  }

  hostDisconnected(): void {
    this.#connected = false;
    document.removeEventListener('visibilitychange', this.#onVisibilityChange);
    this.#stop();
  }

  hostUpdated(): void {
    this.#schedule();
  }

  readonly #onVisibilityChange = (): void => this.host.requestUpdate();

  #schedule(): void {
    this.#stop();
    const track = this.#playback?.track;
    if (!this.#connected || document.hidden || !track || this.#playback?.paused) return;
    const position = this.positionMs;
    if (position >= track.durationMs) return;
    this.#cancel = this.clock().after(1000 - (position % 1000), () => this.host.requestUpdate());
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
