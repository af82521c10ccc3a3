import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import { backoff } from './backoff.js';
import type { CallOptions } from './gateway.js';
import type { Listening } from './model.js';
import { isSameListening } from './music.js';
import { problemOf } from './problem.js';

/** At most one track is told in this many ms: whoever skips through an album tells where they stay. */
const spacing = 3000;
/** What is still true is told again this often, in ms: the database drops it after 15 minutes. */
const renewal = 5 * 60_000;
/** So long the database may keep what was told once, in ms. */
const lapse = 15 * 60_000;
/** Tries to tell one track; the next track, or a page that wakes, begins anew. */
const mostTries = 6;

export interface ListeningShareOptions {
  readonly clock: Clock;
  /** 0–1, for jitter. */
  readonly random: () => number;
  /** Rejects with a ChatError. */
  tell(listening: Listening | null, options?: CallOptions): Promise<void>;
  changed(): void;
}

/**
 * Shows the room what the visitor listens to, while they want that. Telling takes its time and its turn; taking it back
 * is done at once, whatever else is on its way, and done again when something overtook it.
 */
export class ListeningShare {
  readonly #options: ListeningShareOptions;
  /** The next call. */
  readonly #next: Alarm;
  readonly #renew: Alarm;

  #on = false;
  #heard: Listening | null = null;
  /** What the room was told last, and is not known to have lost. */
  #told: Listening | null = null;
  /** Until when the database may hold something of ours, in ms since the epoch; 0 when it holds nothing. */
  #storedUntil = 0;
  #telling = false;
  /** While it was being told, the room was seen without it: what took it back may have overtaken the telling. */
  #doubted = false;
  #clearing = false;
  #looked = false;
  #over = true;
  #tries = 0;
  #notBefore = 0;

  constructor(options: ListeningShareOptions) {
    this.#options = options;
    this.#next = new Alarm(options.clock);
    this.#renew = new Alarm(options.clock);
  }

  get on(): boolean {
    return this.#on;
  }

  /** The room is open. */
  begin(): void {
    this.#over = false;
    this.#looked = false;
  }

  /** The room is left, and it is taken back. Off from now on. */
  end(): void {
    this.#over = true;
    this.set(false);
    this.#next.cancel();
    if (this.#isStored) void this.#clear();
  }

  set(on: boolean): void {
    if (on === this.#on || (on && this.#over)) return;
    this.#on = on;
    this.#tries = 0;
    this.#options.changed();
    this.#update();
  }

  /** What the visitor hears now; null when nothing plays. */
  hear(listening: Listening | null): void {
    if (isSameListening(listening, this.#heard)) return;
    this.#heard = listening;
    this.#tries = 0;
    this.#update();
  }

  /**
   * What the room has of oneself. Something that this page never told is of a page that could not take it back; and what
   * another page of the visitor's takes back is still true here.
   */
  found(listening: Listening | null): void {
    if (this.#over) return;
    const first = !this.#looked;
    this.#looked = true;
    if (this.#telling && !listening) this.#doubted = true;
    if (this.#wanted && listening) this.#update();
    else if (this.#wanted && this.#isTold) this.#next.set(spacing, () => void this.#tell());
    else if (listening && first) {
      this.#storedUntil = this.#now + lapse;
      this.#update();
    }
  }

  /** The page goes away, perhaps to come back. */
  leave(): void {
    this.#next.cancel();
    this.#renew.cancel();
    if (!this.#isStored) return;
    this.#told = null;
    this.#options.tell(null, { keepalive: true }).catch(() => {
      // Nobody is there to try again. The others see nothing of a member who is not here, and the database drops it.
    });
  }

  /** The page came back to life. */
  wake(): void {
    if (this.#tries >= mostTries) this.#told = null;
    this.#tries = 0;
    this.#update();
  }

  get #now(): number {
    return this.#options.clock.now();
  }

  get #wanted(): Listening | null {
    return this.#on ? this.#heard : null;
  }

  get #isTold(): boolean {
    return this.#told !== null && !this.#telling && isSameListening(this.#told, this.#wanted);
  }

  get #isStored(): boolean {
    return this.#now < this.#storedUntil;
  }

  #update(): void {
    this.#next.cancel();
    if (!this.#wanted) {
      this.#renew.cancel();
      this.#told = null;
      if (this.#isStored) void this.#clear();
    } else if (!this.#telling && !this.#clearing && !this.#isTold) {
      const wait = this.#notBefore - this.#now;
      if (wait > 0) this.#next.set(wait, () => void this.#tell());
      else void this.#tell();
    }
  }

  async #tell(): Promise<void> {
    const listening = this.#wanted;
    if (!listening || this.#telling || this.#clearing) return;
    this.#next.cancel();
    this.#telling = true;
    this.#doubted = false;
    this.#told = listening;
    this.#storedUntil = this.#now + lapse;
    this.#notBefore = this.#now + spacing;
    try {
      await this.#options.tell(listening);
      this.#tries = 0;
      this.#renew.set(renewal, () => void this.#tell());
    } catch (error) {
      this.#failed(error);
    }
    this.#telling = false;
    if (this.#doubted) this.#told = null;
    this.#update();
  }

  #failed(error: unknown): void {
    const { code, waitSeconds = 0 } = problemOf(error);
    // The room itself finds out what became of the membership; and what the database refuses it refuses again.
    if (code === 'not-a-member' || code === 'track-invalid' || ++this.#tries >= mostTries) return;
    this.#told = null;
    this.#notBefore = this.#now + Math.max(spacing, waitSeconds * 1000, backoff(this.#tries, this.#options.random));
  }

  async #clear(): Promise<void> {
    if (this.#clearing) return;
    this.#clearing = true;
    const overtaken = this.#telling;
    let cleared = false;
    try {
      await this.#options.tell(null);
      cleared = true;
      this.#tries = 0;
    } catch {
      // Tried again below, for as long as the database may hold it.
    }
    this.#clearing = false;
    if (cleared && !overtaken) this.#storedUntil = 0;
    if (cleared && !this.#telling) this.#update();
    else if (!cleared && this.#wanted) this.#update();
    else if (!cleared && !this.#over) this.#next.set(backoff(++this.#tries, this.#options.random), () => this.#update());
  }
}
