import { ContextConsumer } from '@lit/context';
import type { ReactiveElement } from 'lit';
import { playerControlsContext } from '../../src/contexts/player-controls.js';
import { playerStateContext } from '../../src/contexts/player-state.js';
import { sharingContext } from '../../src/contexts/sharing.js';
import type { PlayerControls } from '../../src/player/controls.js';
import { initialSnapshot, type Capability, type PlayerSnapshot } from '../../src/player/snapshot.js';

/** What an element within a `<room-player>` gets from it; each change renders the element again. */
export class PlayerLink {
  readonly #state: ContextConsumer<typeof playerStateContext, ReactiveElement>;
  readonly #controls: ContextConsumer<typeof playerControlsContext, ReactiveElement>;
  readonly #sharing: ContextConsumer<typeof sharingContext, ReactiveElement>;

  constructor(host: ReactiveElement) {
    this.#state = new ContextConsumer(host, { context: playerStateContext, subscribe: true });
    this.#controls = new ContextConsumer(host, { context: playerControlsContext, subscribe: true });
    this.#sharing = new ContextConsumer(host, { context: sharingContext, subscribe: true });
  }

  get snapshot(): PlayerSnapshot {
    return this.#state.value ?? initialSnapshot;
  }

  /** Undefined outside a player, and before it has a session. */
  get controls(): PlayerControls | undefined {
    return this.#controls.value;
  }

  /** Whether a room takes a shared track. */
  get sharing(): boolean {
    return this.#sharing.value ?? false;
  }

  /** Whether the player of the moment can do that at all. */
  can(capability: Capability): boolean {
    return this.snapshot.capabilities.includes(capability);
  }

  /** Whether Spotify answers this visitor: lists may be asked for. */
  get usable(): boolean {
    return this.controls !== undefined && ['ready', 'elsewhere', 'reconnecting'].includes(this.snapshot.status);
  }
}
