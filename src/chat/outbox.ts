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
/** Tries of what is refused for who writes it: the account may be signed in, or in the room, again by the next one. */
const mostTries = 6;
/** So long is waited for the browser's storage, in ms; without it the room goes on. */
const storePatience = 2000;
/** What another tab wrote is taken over when it is still not written so much later, in ms: that tab may be no more. */
const orphaned = 30_000;
/** What lay unsent for longer than this, in ms, does not go out by itself: its room went on without it. */
const forgotten = 30 * 24 * 3600_000;
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
  /** The database does not know whose it is: it waits until one knows who is signed in. */
  doubted(problem: ChatProblem): void;
}

/** What became of one that was tried in vain. */
interface Past {
  tries: number;
  /** Of those, how many were refusals: what the network swallowed says nothing of who writes. */
  doubts: number;
  /** A change rests until then, in ms since the epoch. */
  restsUntil: number;
}

/**
 * What is on its way, one after the other, so that the order of writing is the order in the log. It survives a reload.
 * Each has the id that it will have in the log: written twice, by this tab or another one, it is there once. A message
 * that fails steps aside and holds up no other. A change that the network swallows is tried until it is there, for nobody
 * can press Retry at one; what has nothing to do with it passes it.
 */
export class Outbox {
  readonly #next: Alarm;
  readonly #past = new Map<string, Past>();
  /** Ids that the store has, as far as this page knows. */
  readonly #stored = new Set<string>();
  /** Those of them that another page wrote. */
  readonly #others = new Set<string>();
  /** What is over here: the store may still have it for a moment. */
  readonly #settled = new Set<string>();
  #waiting: PendingMessage[] = [];
  /** Until when the database takes nothing, by its own word. */
  #blockedUntil = 0;
  /** Until when one finds out who is signed in. */
  #doubtedUntil = 0;
  #busy = false;
  #open = false;
  #over = false;

  constructor(private readonly options: OutboxOptions) {
    this.#next = new Alarm(options.clock);
  }

  /** Reads what an earlier page left; from now on things are sent. @returns what was found */
  async begin(): Promise<readonly PendingMessage[]> {
    // Storage that does not answer is as good as none.
    return this.#took((await this.#load()) ?? []);
  }

  /** @param left what of the earlier page's is still on its way; goes out before everything else */
  start(left: readonly PendingMessage[]): void {
    this.#waiting = [...left, ...this.#waiting];
    this.#open = true;
    void this.#drain();
  }

  /**
   * Looks what other tabs left. Two that send the same do no harm: it has its id.
   * @returns what is to be taken over, and the ids of what another tab settled meanwhile
   */
  async review(): Promise<{ readonly found: readonly PendingMessage[]; readonly over: readonly string[] }> {
    const all = this.#open ? await this.#load() : null;
    if (!all) return { found: [], over: [] };
    const ids = new Set(all.map(({ id }) => id));
    const over = [...this.#others].filter((id) => !ids.has(id));
    const before = this.#now - orphaned;
    return { over, found: this.#took(all.filter(({ id, at }) => at < before && !this.#stored.has(id) && !this.#settled.has(id))) };
  }

  /** @returns null where storage does not answer */
  async #load(): Promise<readonly PendingMessage[] | null> {
    const { store, scope, clock } = this.options;
    try {
      const all = await withTimeLimit(store.load(scope), storePatience, () => new Error('no answer'), clock);
      return all.map((message) => this.#aged(message));
    } catch {
      return null;
    }
  }

  #took(found: readonly PendingMessage[]): readonly PendingMessage[] {
    for (const { id } of found) {
      this.#stored.add(id);
      this.#others.add(id);
    }
    return found;
  }

  /** Its words are offered, and not sent: what took so long may be wanted no more. */
  #aged(message: PendingMessage): PendingMessage {
    const old = message.state === 'sending' && this.#now - message.at > forgotten && hasWords(message);
    return old ? { ...message, state: 'failed', problem: { code: 'left-unsent' } } : message;
  }

  add(message: PendingMessage): void {
    this.keep(message);
    this.#waiting.push(message);
    void this.#drain();
  }

  /** Stores it without sending it. */
  keep(message: PendingMessage): void {
    this.#stored.add(message.id);
    this.#others.delete(message.id);
    void this.options.store.put(this.options.scope, message);
  }

  /** Forgets everything that is not among these any more: it is written, or given up. */
  settle(pending: readonly PendingMessage[]): void {
    const ids = new Set(pending.map(({ id }) => id));
    const over = [...this.#stored].filter((id) => !ids.has(id));
    if (over.length === 0) return;
    for (const id of over) {
      this.#stored.delete(id);
      this.#others.delete(id);
      this.#settled.add(id);
      this.#past.delete(id);
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

  /** Slow mode changed: what waits may go now. */
  look(): void {
    void this.#drain();
  }

  /** The page woke, or the room is back: what waits for the network is tried now. */
  wake(): void {
    for (const past of this.#past.values()) past.restsUntil = 0;
    this.#doubtedUntil = 0;
    void this.#drain();
  }

  dispose(): void {
    this.#over = true;
    this.#open = false;
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
    if (this.#waiting.length === 0) return null;
    const blocked = Math.max(this.#blockedUntil, this.#doubtedUntil);
    if (blocked > this.#now) return this.#later(blocked);
    const slow = this.options.slowUntil();
    if (slow > this.#now) this.#hold(slow);
    const resting = new Set<string | null>();
    let next = Infinity;
    for (const message of this.#waiting) {
      // Slow mode is for messages: what changes one that is there need not wait behind them.
      const until = isShown(message) ? slow : (this.#past.get(message.id)?.restsUntil ?? 0);
      // Two changes of one message keep their order: the later one is the visitor's last word.
      if (until <= this.#now && !resting.has(message.targetId)) return message;
      if (!isShown(message)) resting.add(message.targetId);
      if (until > this.#now) next = Math.min(next, until);
    }
    return this.#later(next);
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
    const past = this.#past.get(message.id) ?? { tries: 0, doubts: 0, restsUntil: 0 };
    this.#past.set(message.id, past);
    past.tries += 1;
    if (code === 'token-expired') {
      this.#doubtedUntil = this.#now + backoff(past.tries, this.options.random);
      this.options.delayed(message.id, problem);
      return this.options.doubted(problem);
    }
    if (!isTrouble(problem)) past.doubts += 1;
    const pause = this.#now + backoff(past.tries, this.options.random);
    if (code === 'not-signed-in' && past.doubts < mostTries) {
      this.#doubtedUntil = pause;
      return this.options.doubted(problem);
    }
    if (!isShown(message) && (isTrouble(problem) || (code === 'not-a-member' && past.doubts < mostTries))) {
      past.restsUntil = pause;
      return;
    }
    this.#done(message);
    if (!hasWords(message)) return this.options.refused(message, problem);
    this.#past.delete(message.id);
    this.keep({ ...message, state: 'failed', problem });
    this.options.failed(message, problem);
  }

  #done(message: PendingMessage): void {
    this.#waiting = this.#waiting.filter(({ id }) => id !== message.id);
  }
}

/** Whether somebody wrote it: that is kept until its writer gives it up. */
function hasWords(message: PendingMessage): boolean {
  return isShown(message) || message.kind === 'edit';
}

/** Whether it says nothing of what was to be written. */
function isTrouble({ code }: ChatProblem): boolean {
  return code === 'network' || code === 'server';
}
