import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { systemClock, type Clock } from '../../src/clock.js';

/**
 * The seconds until a moment. It asks its host to render once a second, on the second, until the moment has come, and
 * has no timer otherwise.
 */
export class Countdown implements ReactiveController {
  #cancel?: () => void;

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Ms since the epoch; undefined while nothing is awaited. */
    private readonly until: () => number | undefined,
    private readonly clock: () => Clock = () => systemClock,
  ) {
    host.addController(this);
  }

  /** 0 once the moment has come; undefined while none is awaited. */
  get seconds(): number | undefined {
    const left = this.#left;
    return left === undefined ? undefined : Math.ceil(Math.max(0, left) / 1000);
  }

  get #left(): number | undefined {
    const until = this.until();
    return until === undefined ? undefined : until - this.clock().now();
  }

  hostConnected(): void {
    if (this.#left !== undefined) this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  hostUpdated(): void {
    this.#stop();
    const left = this.#left;
    if (left !== undefined && left > 0) this.#cancel = this.clock().after(left % 1000 || 1000, () => this.host.requestUpdate());
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
