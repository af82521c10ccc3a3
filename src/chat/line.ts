import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import { backoff } from './backoff.js';
import type { ChatError } from './gateway.js';
import type { End, Joined, LiveEvents, LiveRoom, RoomGateway } from './gateway.js';
import type { ChatProblem } from './model.js';
import { isLasting, needsName, problemOf } from './problem.js';

/**
 * So many subscriptions in a row that were refused for a reason that lasts end the line, although joining goes well: one
 * or two come from a topic that turned meanwhile. What may pass (no database connection, a rate limit, a restart: all of
 * them come as a refused join, supabase.md) is tried without end.
 */
const mostRefusals = 6;
/** When a topic turns, its members come back spread over this many ms. */
const turning = 1500;
/** So many ms before all others comes who has to go: they must be out within 5 s. */
const headStart = 250;

type Told = Pick<LiveEvents, 'entry' | 'here' | 'arrived' | 'listening' | 'typing' | 'room' | 'member'>;

export interface LineOptions extends Told {
  readonly gateway: RoomGateway;
  readonly slug: string;
  /** Whose line it is: another account is another room. */
  readonly me: string;
  readonly clock: Clock;
  /** 0–1, for jitter. */
  readonly random: () => number;
  limited<T>(promise: Promise<T>): Promise<T>;
  /** Subscribed, for the first time or again. */
  live(): void;
  down(): void;
  /** Subscribes anew. */
  renewed(joined: Joined): void;
  /** Joining again gave another account. */
  replaced(joined: Joined): void;
  /** The room cannot go on by itself. */
  halted(problem: ChatProblem): void;
}

/** The live line to one room: what the server ends, turns or forgets is joined again, with a fresh token. */
export class Line {
  readonly #options: LineOptions;
  /** The next try to join and subscribe again. */
  readonly #repair: Alarm;
  #line: LiveRoom | null = null;
  #epoch = 0;
  #live = false;
  #halted = true;
  #endings = 0;
  #refusals = 0;
  #away = false;
  #problem: ChatProblem | null = null;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#repair = new Alarm(options.clock);
  }

  get isLive(): boolean {
    return this.#live;
  }

  /** Why it is not live, where the server said so. */
  get problem(): ChatProblem | null {
    return this.#problem;
  }

  get isHalted(): boolean {
    return this.#halted;
  }

  /** Listens. Again after a halt. */
  enter(joined: Joined): void {
    this.#halted = false;
    this.#begin();
    this.#subscribe(joined);
  }

  typing(): void {
    if (this.#live) this.#line?.typing();
  }

  away(away: boolean): void {
    this.#away = away;
    this.#line?.away(away);
  }

  /** What waits is tried now. */
  wake(): void {
    this.#repair.ring();
  }

  /**
   * The end of the log was read. A ban raises the topic's epoch, and the old topic is silent from then on (supabase.md).
   * A line that is still down while the database answers is not left to repair itself, unless a try is coming.
   */
  compare({ epoch }: End): void {
    if (!this.#halted && (epoch !== this.#epoch || !(this.#live || this.#repair.isSet))) void this.#renew();
  }

  /** Joins again, which tells what became of the membership and the account, and repairs what can be repaired. */
  renew(): void {
    if (!this.#halted) this.#repair.set(0, () => void this.#renew());
  }

  halt(): void {
    this.#halted = true;
    this.#repair.cancel();
    this.#line?.leave();
    this.#line = null;
    this.#live = false;
  }

  #subscribe(joined: Joined): void {
    this.#line?.leave();
    this.#live = false;
    this.#epoch = joined.epoch;
    // What an earlier line still tells is not for this one.
    let current = true;
    const ifCurrent =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A): void => {
        if (current) act(...args);
      };
    const told = this.#options;
    const line = told.gateway.listen(joined, {
      live: ifCurrent(() => {
        this.#live = true;
        this.#begin();
        told.live();
      }),
      down: ifCurrent(() => this.#down()),
      ended: ifCurrent((error) => this.#ended(error)),
      epoch: ifCurrent((epoch, gone) => this.#turned(epoch, gone)),
      entry: ifCurrent((entry) => told.entry(entry)),
      here: ifCurrent((present) => told.here(present)),
      arrived: ifCurrent((ids) => told.arrived(ids)),
      listening: ifCurrent((userId, listening) => told.listening(userId, listening)),
      typing: ifCurrent((userId) => told.typing(userId)),
      room: ifCurrent((settings) => told.room(settings)),
      member: ifCurrent((news) => told.member(news)),
    });
    this.#line = {
      typing: () => line.typing(),
      away: (away) => line.away(away),
      leave() {
        current = false;
        line.leave();
      },
    };
    if (this.#away) line.away(true);
  }

  #down(): void {
    this.#live = false;
    this.#options.down();
  }

  /** Everybody comes back at once, the banned one in vain. */
  #turned(epoch: number, gone: string | null): void {
    if (epoch === this.#epoch) return;
    const { me, random } = this.#options;
    this.#repair.set(gone === me ? 0 : headStart + random() * turning, () => void this.#renew());
  }

  /** The client never rejoins a channel that the server closed (supabase.md): join and subscribe anew, with a fresh token. */
  #ended(error: ChatError): void {
    this.#line?.leave();
    this.#line = null;
    const problem = problemOf(error);
    this.#refusals = isLasting(problem) ? this.#refusals + 1 : 0;
    if (this.#refusals > mostRefusals) return this.#giveUp(problem);
    this.#later(problem);
  }

  async #renew(): Promise<void> {
    const { gateway, slug, me, limited } = this.#options;
    try {
      const joined = await limited(gateway.join(slug, null));
      if (this.#halted) return;
      if (joined.me.id !== me) return this.#options.replaced(joined);
      if (this.#line && this.#live && joined.epoch === this.#epoch) return;
      this.#subscribe(joined);
      this.#options.renewed(joined);
    } catch (error) {
      if (this.#halted) return;
      const problem = problemOf(error);
      if (isLasting(problem) || needsName(problem)) return this.#giveUp(problem);
      this.#later(problem);
    }
  }

  #begin(): void {
    this.#endings = this.#refusals = 0;
    this.#problem = null;
  }

  #later(problem: ChatProblem): void {
    this.#endings++;
    // A line that is live is not broken by a question that had no answer.
    if (!this.#live || !this.#line) {
      this.#problem = problem;
      this.#down();
    }
    this.#repair.set(backoff(this.#endings, this.#options.random), () => void this.#renew());
  }

  #giveUp(problem: ChatProblem): void {
    this.halt();
    this.#options.halted(problem);
  }
}
