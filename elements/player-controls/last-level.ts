import type { PlayerControls } from '../../src/player/controls.js';
import type { PlayerSnapshot } from '../../src/player/snapshot.js';

/** Half as loud where no earlier level is known. */
const halfway = 0.5;

/** What to come back to after muting: the last level at which the volume came to rest, none that it passed on its way. */
export class LastLevel {
  #value = halfway;
  readonly #movers = new Set<object>();

  /** From 0 to 1, and never silent. */
  get value(): number {
    return this.#value;
  }

  /** The visitor moves a slider: until it rests, each level is one on the way, though the engine reports it. */
  move(slider: object): void {
    this.#movers.add(slider);
  }

  rest(slider: object): void {
    this.#movers.delete(slider);
  }

  follow({ volume, pending }: PlayerSnapshot): void {
    if (this.#movers.size === 0 && !pending.includes('volume')) this.remember(volume);
  }

  remember(level: number): void {
    // What a slider shows as 0 is silence to the visitor.
    if (Math.round(level * 100) > 0) this.#value = level;
  }
}

const levels = new WeakMap<PlayerControls, LastLevel>();

/** The same for all that mutes one player: the keys do not see whether the slider is in the visitor's hand. */
export function lastLevelOf(controls: PlayerControls): LastLevel {
  const level = levels.get(controls) ?? new LastLevel();
  levels.set(controls, level);
  return level;
}
