import type { Clock } from '../clock.js';
import type { PlayerError } from './engine.js';

/** Sound that has not begun by then was refused: the embed does not tell of that. */
const soundLimit = 5_000;

/** The wait for the sound of the newest start. */
export class SoundWait {
  #end: ((error?: PlayerError) => void) | null = null;

  /** @param onSilence called when the time is over; where it returns an error, the wait ends with it */
  constructor(
    private readonly clock: Clock,
    private readonly onSilence: () => PlayerError | null,
  ) {}

  get isOn(): boolean {
    return this.#end !== null;
  }

  /** Resolves when something sounds, when it is known to be refused, or when something newer is waited for. */
  begin(): Promise<void> {
    this.end();
    return new Promise((resolve, reject) => {
      const end = (error?: PlayerError): void => {
        cancel();
        if (this.#end === end) this.#end = null;
        if (error) reject(error);
        else resolve();
      };
      const cancel = this.clock.after(soundLimit, () => end(this.onSilence() ?? undefined));
      this.#end = end;
    });
  }

  /** It sounds, or it is not waited for any more; or `error` in its place. */
  end(error?: PlayerError): void {
    this.#end?.(error);
  }
}
