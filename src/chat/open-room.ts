import type { Clock } from '../clock.js';
import { Alarm } from './alarm.js';
import { backoff, jittered } from './backoff.js';
import { ChatError } from './gateway.js';
import type { Joined, LiveRoom, Presence, RoomGateway } from './gateway.js';
import { Listeners } from './listeners.js';
import { ListeningShare } from './listening-share.js';
import { discarded, emptyLog, failed, retried, timeline, withPending } from './log.js';
import { limits } from './model.js';
import type { ChatProblem, Entry, Listening, Member, PendingMessage, Room, TimelineMessage } from './model.js';
import { isLasting, needsName, problemOf } from './problem.js';
import { Replica } from './replica.js';
import { Roster } from './roster.js';
import { SendQueue } from './send-queue.js';
import type { Outgoing } from './send-queue.js';
import { limited } from './time-limit.js';

/** How often the end of the log is read although nobody told of anything, in ms: broadcasts may be dropped (supabase.md). */
const checkEvery = 45_000;
/** How long a gap may fill by itself, in ms: the answer to an own send often overtakes the line. */
const gapPatience = 200;
/** After a page of history failed, asking again within this many ms does nothing: a view asks as long as it shows the top. */
const olderPause = 2000;
/** Subscriptions that end one after the other without ever being live. */
const mostEndings = 6;

export interface OpenRoomOptions {
  readonly gateway: RoomGateway;
  readonly clock: Clock;
  /** 0–1, for jitter. */
  readonly random: () => number;
  readonly joined: Joined;
  /** Own messages of an earlier account that could not be sent: the text is not lost. */
  readonly pending?: readonly PendingMessage[];
  changed(): void;
  /** The room cannot go on by itself. */
  halted(problem: ChatProblem): void;
  /** Joining again gave another account: this room is over. */
  replaced(joined: Joined): void;
}

/** A room that one has joined: its log in step with the database, who is here, what is being sent, and the live line. */
export class OpenRoom {
  readonly #options: OpenRoomOptions;
  readonly #room: Room;
  readonly #replica: Replica;
  readonly #roster: Roster;
  readonly #listeners: Listeners;
  readonly #share: ListeningShare;
  readonly #queue = new SendQueue((message) => this.#deliver(message));
  /** The next try to join and subscribe again. */
  readonly #repair: Alarm;
  /** The next look at the end of the log. */
  readonly #check: Alarm;
  readonly #gap: Alarm;

  #status: 'connecting' | 'ready' | 'reconnecting' = 'connecting';
  #problem: ChatProblem | null = null;
  #line: LiveRoom | null = null;
  #epoch = 0;
  #live = false;
  #halted = false;
  #endings = 0;
  #tries = 0;
  #olderFailedAt = -Infinity;

  constructor(options: OpenRoomOptions) {
    this.#options = options;
    const { gateway, clock, joined } = options;
    const { room, me } = joined;
    this.#room = room;
    this.#repair = new Alarm(clock);
    this.#check = new Alarm(clock);
    this.#gap = new Alarm(clock);
    this.#replica = new Replica(
      {
        before: (seq) => this.#limited(gateway.entriesBefore(room.id, seq, limits.page)),
        after: (seq) => {
          if (this.#halted) return Promise.reject(new ChatError('network', 'left the room'));
          return this.#limited(gateway.entriesAfter(room.id, seq, limits.page));
        },
      },
      emptyLog(me, joined.lastSeq, options.pending?.map(stranded)),
      () => options.changed(),
    );
    this.#roster = new Roster({
      me,
      clock,
      lookUp: (ids) => this.#limited(gateway.members(room.id, ids)),
      changed: () => options.changed(),
    });
    this.#share = new ListeningShare({
      clock,
      random: options.random,
      tell: (listening, how) => this.#limited(gateway.shareListening(room.id, listening, how)),
      changed: () => options.changed(),
    });
    this.#listeners = new Listeners({
      me: me.id,
      clock,
      read: () => this.#limited(gateway.listening(room.id)),
      own: (listening) => this.#share.found(listening),
      changed: () => options.changed(),
    });
  }

  get status(): 'connecting' | 'ready' | 'reconnecting' {
    return this.#status;
  }

  get problem(): ChatProblem | null {
    return this.#problem;
  }

  /** Oneself first, then by name. */
  get members(): readonly Member[] {
    return this.#listeners.over(this.#roster.members);
  }

  get me(): Member {
    return this.members[0] ?? this.#options.joined.me;
  }

  get sharingListening(): boolean {
    return this.#share.on;
  }

  get messages(): readonly TimelineMessage[] {
    return timeline(this.#replica.log);
  }

  get pending(): readonly PendingMessage[] {
    return this.#replica.log.pending;
  }

  get hasOlder(): boolean {
    return this.#replica.hasOlder;
  }

  get loadingOlder(): boolean {
    return this.#replica.loadingOlder;
  }

  /** Listens, and reads what is missing. Again after a halt. */
  enter(joined: Joined): void {
    this.#halted = false;
    this.#endings = 0;
    this.#share.begin();
    this.#subscribe(joined);
    void this.#sync();
  }

  send(message: Outgoing): void {
    this.#replica.update((log) => withPending(log, message, this.#options.clock.now()));
    this.#queue.add(message);
  }

  retry(id: string): void {
    const message = this.#pending(id);
    if (message?.state !== 'failed') return;
    this.#replica.update((log) => retried(log, id));
    this.#queue.add(message);
  }

  discard(id: string): void {
    this.#replica.update((log) => discarded(log, id));
  }

  async loadOlder(): Promise<void> {
    if (!this.hasOlder || this.#options.clock.now() - this.#olderFailedAt < olderPause) return;
    try {
      await this.#replica.loadOlder();
      if (this.#status === 'ready') this.#set('ready', null);
    } catch (error) {
      this.#olderFailedAt = this.#options.clock.now();
      this.#set(this.#status, problemOf(error));
    }
  }

  setSharing(on: boolean): void {
    this.#share.set(on);
  }

  setListening(listening: Listening | null): void {
    this.#share.hear(listening);
  }

  /** The page goes away: the others see at once that nobody listens here any more. */
  leavePage(): void {
    this.#share.leave();
  }

  /** The page came back to life: what waits is tried now. */
  wake(): void {
    this.#repair.ring();
    this.#check.ring();
    this.#share.wake();
  }

  /** Leaves. What was read and written stays. */
  halt(): void {
    this.#halted = true;
    for (const alarm of [this.#repair, this.#check, this.#gap]) alarm.cancel();
    this.#share.end();
    this.#line?.leave();
    this.#line = null;
    this.#live = false;
  }

  dispose(): void {
    this.halt();
    this.#queue.clear();
    this.#roster.dispose();
    this.#listeners.dispose();
  }

  #subscribe(joined: Joined): void {
    this.#line?.leave();
    this.#live = false;
    this.#epoch = joined.epoch;
    this.#set(this.#status === 'connecting' ? 'connecting' : 'reconnecting', null);
    // What an earlier line still tells is not for this one.
    let current = true;
    const ifCurrent =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A): void => {
        if (current) act(...args);
      };
    const line = this.#options.gateway.listen(joined, {
      live: ifCurrent(() => this.#lineLive()),
      down: ifCurrent(() => this.#lineDown()),
      ended: ifCurrent((error) => this.#lineEnded(error)),
      entry: ifCurrent((entry) => this.#hear(entry)),
      here: ifCurrent((present) => this.#hereNow(present)),
      arrived: ifCurrent((ids) => this.#roster.arrived(ids)),
      listening: ifCurrent((userId, listening) => this.#listeners.tell(userId, listening)),
      typing: () => {},
      room: () => {},
      epoch: () => {},
      member: () => {},
    });
    this.#line = {
      ...line,
      leave() {
        current = false;
        line.leave();
      },
    };
  }

  /** Subscribed, the first time or again: what was written in between was told to nobody, so the table is read. */
  #lineLive(): void {
    this.#live = true;
    this.#endings = 0;
    this.#listeners.live();
    void this.#sync();
  }

  #hereNow(present: readonly Presence[]): void {
    const ids = present.map(({ id }) => id);
    // First the tracks, so that nobody comes back with what they listened to when they left.
    this.#listeners.here(ids);
    this.#roster.here(ids);
  }

  #lineDown(): void {
    this.#live = false;
    this.#set('reconnecting', this.#problem);
  }

  /** The client never rejoins a channel that the server closed (supabase.md): join and subscribe anew, with a fresh token. */
  #lineEnded(error: ChatError): void {
    this.#line?.leave();
    this.#line = null;
    this.#lineDown();
    if (++this.#endings > mostEndings) return this.#giveUp(problemOf(error));
    this.#repair.set(this.#wait(this.#endings), () => void this.#renew());
  }

  async #renew(): Promise<void> {
    try {
      const joined = await this.#limited(this.#options.gateway.join(this.#room.slug, null));
      if (this.#halted) return;
      if (joined.me.id !== this.me.id) return this.#options.replaced(joined);
      if (this.#line && this.#live && joined.epoch === this.#epoch) return;
      this.#subscribe(joined);
      void this.#sync();
    } catch (error) {
      if (this.#halted) return;
      const problem = problemOf(error);
      if (isLasting(problem) || needsName(problem)) return this.#giveUp(problem);
      this.#repair.set(this.#wait(++this.#endings), () => void this.#renew());
    }
  }

  #giveUp(problem: ChatProblem): void {
    this.halt();
    this.#options.halted(problem);
  }

  #hear(entry: Entry): void {
    const incomplete = this.#replica.hear(entry);
    if (incomplete && !this.#halted && !this.#gap.isSet) this.#gap.set(gapPatience, () => void this.#sync());
  }

  /** Brings the log in step with the table. */
  async #sync(): Promise<void> {
    this.#gap.cancel();
    try {
      await this.#replica.open();
      await this.#replica.catchUp();
      this.#inStep();
    } catch (error) {
      this.#outOfStep(error);
    }
  }

  /**
   * The slow check, for what the line did not tell. A ban raises the topic's epoch, and the old topic is silent from then
   * on (supabase.md). A line that is still down while the database answers is not left to repair itself.
   */
  async #look(): Promise<void> {
    this.#roster.retry();
    this.#listeners.retry();
    try {
      const end = await this.#limited(this.#options.gateway.latest(this.#room.id));
      if (this.#halted) return;
      if (end.epoch !== this.#epoch || !this.#live) void this.#renew();
      if (end.lastSeq > this.#replica.log.last) void this.#sync();
      else this.#inStep();
    } catch (error) {
      this.#outOfStep(error);
    }
  }

  #inStep(): void {
    if (this.#halted) return;
    this.#tries = 0;
    this.#set(this.#live ? 'ready' : this.#status, null);
    this.#check.set(jittered(checkEvery, this.#options.random), () => void this.#look());
  }

  #outOfStep(error: unknown): void {
    if (this.#halted) return;
    const problem = problemOf(error);
    if (isLasting(problem)) return this.#giveUp(problem);
    if (this.#status === 'ready') this.#set('reconnecting', problem);
    this.#check.set(this.#wait(++this.#tries), () => void this.#sync());
  }

  async #deliver({ id, body, track }: Outgoing): Promise<void> {
    // An earlier try may have arrived after all while this one waited for its turn.
    if (!this.#pending(id)) return;
    try {
      const { gateway } = this.#options;
      const sent = track ? gateway.shareTrack(this.#room.id, id, track) : gateway.send(this.#room.id, id, body);
      this.#hear(await this.#limited(sent));
    } catch (error) {
      const problem = problemOf(error);
      this.#replica.update((log) => failed(log, id, problem));
      // Joining again tells whether it was the membership or the account, and repairs what can be repaired.
      const outside = problem.code === 'not-a-member' || problem.code === 'not-signed-in';
      if (outside && !this.#halted) this.#repair.set(0, () => void this.#renew());
    }
  }

  #pending(id: string): PendingMessage | undefined {
    return this.pending.find((message) => message.id === id);
  }

  #limited<T>(promise: Promise<T>): Promise<T> {
    return limited(promise, this.#options.clock);
  }

  #wait(tries: number): number {
    return backoff(tries, this.#options.random);
  }

  #set(status: 'connecting' | 'ready' | 'reconnecting', problem: ChatProblem | null): void {
    this.#status = status;
    this.#problem = problem;
    this.#options.changed();
  }
}

/** What an earlier account did not get sent waits for the visitor's own Retry. */
function stranded(message: PendingMessage): PendingMessage {
  return { ...message, state: 'failed', problem: message.problem ?? { code: 'not-signed-in' } };
}
