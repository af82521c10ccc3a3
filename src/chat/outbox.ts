import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import { backoff } from './backoff.js';
import { isShown } from './fold.js';
import type { ChatProblem, PendingMessage } from './model.js';
import type { OutboxStore } from './outbox-store.js';
import { problemOf } from './problem.js';
import { withTimeLimit } from '../clock.js';

/** A message, or a change of one, that is to be written. */
export type Outgoing = Omit<PendingMessage, 'at' | 'state' | 'problem'>;

/** More than this on its way at once is refused, so that the visitor reads when to go on. */
export const mostWaiting = 50;
/** Tries of a change that the network swallows: nobody can press Retry at one. */
const mostTries = 6;
/** So long is waited for the browser's storage, in ms; without it the room goes on. */
const storePatience = 2000;
/** What the database means with "too fast" when it does not say how long, in s. */
const usualWait = 5;

export interface OutboxOptions {
  readonly store: OutboxStore;
  /** Whose messages to which room. */
  readonly scope: string;
  readonly clock: Clock;
  /** 0–1, for jitter. */
  readonly random: () => number;
  /** Writes it. Rejects with a ChatError. Does nothing for what turned out to be written. */
  deliver(message: PendingMessage): Promise<void>;
  /** Until when slow mode holds messages back, in ms since the epoch. */
  slowUntil(): number;
  /** It waits for its time, and goes out by itself. */
  delayed(id: string, problem: ChatProblem): void;
  /** It was not written, and waits for the visitor. */
  failed(message: PendingMessage, problem: ChatProblem): void;
  /** A change was refused, and is undone. */
  refused(message: PendingMessage, problem: ChatProblem): void;
}

/**
 * What is on its way, one after the other, so that the order of writing is the order in the log. It survives a reload.
 * Each has the id that it will have in the log: written twice, by this tab or another one, it is there once. A message
 * that fails steps aside and holds up no other.
 */
export class Outbox {
  readonly #next: Alarm;
  readonly #tries = new Map<string, number>();
  /** Ids that the store has, as far as this page knows. */
  readonly #stored = new Set<string>();
  #waiting: PendingMessage[] = [];
  #blockedUntil = 0;
  #busy = false;
  #open = false;
  #over = false;

  constructor(private readonly options: OutboxOptions) {
    this.#next = new Alarm(options.clock);
  }

  /** Reads what an earlier page left; from now on things are sent. @returns what was found */
  async begin(): Promise<readonly PendingMessage[]> {
    const { store, scope, clock } = this.options;
    let found: readonly PendingMessage[] = [];
    try {
      found = await withTimeLimit(store.load(scope), storePatience, () => new Error('no answer'), clock);
    } catch {
      // Storage that does not answer is as good as none.
    }
    for (const { id } of found) this.#stored.add(id);
    return found;
  }

  /** @param left what of the earlier page's is still on its way; goes out before everything else */
  start(left: readonly PendingMessage[]): void {
    this.#waiting = [...left, ...this.#waiting];
    this.#open = true;
    void this.#drain();
  }

  add(message: PendingMessage): void {
    this.keep(message);
    this.#waiting.push(message);
    void this.#drain();
  }

  /** Stores it without sending it. */
  keep(message: PendingMessage): void {
    this.#stored.add(message.id);
    void this.options.store.put(this.options.scope, message);
  }

  /** Forgets everything that is not among these any more: it is written, or given up. */
  settle(pending: readonly PendingMessage[]): void {
    const ids = new Set(pending.map(({ id }) => id));
    const over = [...this.#stored].filter((id) => !ids.has(id));
    if (over.length === 0) return;
    for (const id of over) {
      this.#stored.delete(id);
      this.#tries.delete(id);
    }
    this.#waiting = this.#waiting.filter(({ id }) => ids.has(id));
    void this.options.store.remove(this.options.scope, over);
  }

  /** Why nothing more is taken just now, or null. */
  get full(): ChatProblem | null {
    if (this.#waiting.length < mostWaiting) return null;
    const until = Math.max(this.#blockedUntil, this.options.slowUntil(), this.#now + usualWait * 1000);
    return { code: 'rate-limited', waitSeconds: Math.ceil((until - this.#now) / 1000) };
  }

  /** Slow mode changed, or the page woke: what waits may go now. */
  wake(): void {
    void this.#drain();
  }

  dispose(): void {
    this.#over = true;
    this.#waiting = [];
    this.#next.end();
  }

  get #now(): number {
    return this.options.clock.now();
  }

  async #drain(): Promise<void> {
    if (this.#busy || !this.#open) return;
    this.#busy = true;
    for (let message = this.#due(); message && !this.#over; message = this.#due()) await this.#send(message);
    this.#busy = false;
  }

  /** The next that may go now. Sets the alarm when there is one that may not. */
  #due(): PendingMessage | null {
    this.#next.cancel();
    const [first] = this.#waiting;
    if (!first) return null;
    if (this.#blockedUntil > this.#now) return this.#later(this.#blockedUntil);
    const slow = this.options.slowUntil();
    if (slow <= this.#now) return first;
    this.#hold(slow);
    // Slow mode is for messages: what changes one that is there need not wait behind them.
    return this.#waiting.find((message) => !isShown(message)) ?? this.#later(slow);
  }

  #hold(until: number): void {
    const first = this.#waiting.find(isShown);
    if (first) this.options.delayed(first.id, { code: 'slow-mode', waitSeconds: Math.ceil((until - this.#now) / 1000) });
  }

  #later(at: number): null {
    this.#next.set(Math.max(at - this.#now, 1), () => void this.#drain());
    return null;
  }

  async #send(message: PendingMessage): Promise<void> {
    try {
      await this.options.deliver(message);
      this.#done(message);
    } catch (error) {
      this.#trouble(message, problemOf(error));
    }
  }

  #trouble(message: PendingMessage, problem: ChatProblem): void {
    // What the log has is written: only the answer was lost.
    if (this.#over || !this.#stored.has(message.id)) return;
    const { code, waitSeconds = usualWait } = problem;
    if (code === 'slow-mode') {
      this.options.delayed(message.id, problem);
      // A page that does not know it (a moderator's until just now) would ask again at once, and again.
      if (this.options.slowUntil() <= this.#now) this.#blockedUntil = this.#now + waitSeconds * 1000;
      return;
    }
    if (code === 'rate-limited') {
      this.#blockedUntil = this.#now + waitSeconds * 1000;
      return this.options.delayed(message.id, { code, waitSeconds });
    }
    if (isShown(message)) {
      this.#done(message);
      this.keep({ ...message, state: 'failed', problem });
      return this.options.failed(message, problem);
    }
    const tries = (this.#tries.get(message.id) ?? 0) + 1;
    if (isPassing(problem) && tries < mostTries) {
      this.#tries.set(message.id, tries);
      this.#blockedUntil = this.#now + backoff(tries, this.options.random);
      return;
    }
    this.#done(message);
    this.options.refused(message, problem);
  }

  #done(message: PendingMessage): void {
    this.#waiting = this.#waiting.filter(({ id }) => id !== message.id);
  }
}

/** Whether the same may be taken a little later. */
function isPassing({ code }: ChatProblem): boolean {
  return code === 'network' || code === 'server' || code === 'not-signed-in' || code === 'not-a-member';
}
