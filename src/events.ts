import type { PlayerProblem, PlayerSnapshot } from './player/snapshot.js';

/** The visitor's own player changed. It does not bubble: it concerns the host page and nobody else. */
export class PlayerStateChangeEvent extends Event {
  static readonly type = 'player-state-change';

  constructor(
    /** The new state. Frozen, without tokens and device ids. */
    readonly snapshot: PlayerSnapshot,
  ) {
    super(PlayerStateChangeEvent.type);
  }
}

/** Something the player was asked for could not be done, and the visitor was told. It does not bubble. */
export class PlayerErrorEvent extends Event {
  static readonly type = 'player-error';

  constructor(readonly problem: PlayerProblem) {
    super(PlayerErrorEvent.type);
  }
}

declare global {
  interface HTMLElementEventMap {
    'player-state-change': PlayerStateChangeEvent;
    'player-error': PlayerErrorEvent;
  }
}
