import type { Clock } from '../clock.js';
import { Subscribable, type Unsubscribe } from '../subscribable.js';
import { Alarm } from './alarm.js';

/** So long a page has to be hidden before its visitor counts as away, in ms. */
const awayAfter = 5 * 60_000;

/** Whether anybody can see the page. */
export interface Visibility {
  readonly hidden: boolean;
  subscribe(listener: () => void): Unsubscribe;
}

/** The page's own. Always seen where there is no page. */
export const pageVisibility: Visibility = {
  get hidden() {
    return typeof document !== 'undefined' && document.visibilityState === 'hidden';
  },
  subscribe(listener) {
    if (typeof document === 'undefined') return () => {};
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};

/** Here, and not looking: told when it changes. */
export class Away extends Subscribable<boolean> {
  readonly #alarm: Alarm;
  readonly #end: Unsubscribe;
  #away = false;

  constructor(
    clock: Clock,
    private readonly visibility: Visibility,
  ) {
    super();
    this.#alarm = new Alarm(clock);
    this.#end = visibility.subscribe(() => this.#look());
    this.#look();
  }

  get now(): boolean {
    return this.#away;
  }

  dispose(): void {
    this.#end();
    this.#alarm.cancel();
  }

  #look(): void {
    if (!this.visibility.hidden) {
      this.#alarm.cancel();
      this.#set(false);
    } else if (!this.#away && !this.#alarm.isSet) {
      this.#alarm.set(awayAfter, () => this.#set(true));
    }
  }

  #set(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    this.emit(away);
  }
}
