import type { Clock } from '../clock.js';
import type { Away } from './away.js';
import type { Joined, MessageNow, Presence, RoomGateway } from './gateway.js';
import { ChatError } from './gateway.js';
import { History } from './history.js';
import { Line } from './line.js';
import { Listeners } from './listeners.js';
import { ListeningShare } from './listening-share.js';
import { emptyLog, livingId, timeline, withNames, withQuotes } from './log.js';
import { Lookups } from './lookups.js';
import { Moderator } from './moderation.js';
import type { ChatProblem, Entry, Listening, Member, PendingMessage, Progress, Room, TimelineMessage } from './model.js';
import { scopeOf, type OutboxStore } from './outbox-store.js';
import { isDoubt, problemOf } from './problem.js';
import { ReadMark } from './read-mark.js';
import { Replica } from './replica.js';
import { Roster } from './roster.js';
import type { Revealed } from './session.js';
import { Standing } from './standing.js';
import { StepKeeper } from './step-keeper.js';
import { limited } from './time-limit.js';
import { mostForTyping, Typing } from './typing.js';
import { Writer } from './writer.js';

export interface OpenRoomOptions {
  readonly gateway: RoomGateway;
  readonly clock: Clock;
  /** 0–1, for jitter. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly store: OutboxStore;
  readonly away: Away;
  readonly joined: Joined;
  /** Own messages of an earlier account that could not be sent: the text is not lost. */
  readonly pending?: readonly PendingMessage[];
  changed(): void;
  /** Somebody wrote something just now. */
  heard(): void;
  /** The room cannot go on by itself. */
  halted(problem: ChatProblem): void;
  /** Joining again gave another account: this room is over. */
  replaced(joined: Joined): void;
}

/** A room that one has joined: its log in step with the database, who is here, what is being sent, and the live line. */
export class OpenRoom {
  readonly writer: Writer;
  readonly moderator: Moderator;
  readonly #options: OpenRoomOptions;
  readonly #gateway: RoomGateway;
  readonly #replica: Replica;
  readonly #roster: Roster;
  readonly #listeners: Listeners;
  readonly #share: ListeningShare;
  readonly #line: Line;
  readonly #steps: StepKeeper;
  readonly #lookups: Lookups;
  readonly #typing: Typing;
  readonly #read: ReadMark;
  readonly #history: History;
  readonly #standing: Standing;
  readonly #endAway: () => void;

  #room: Room;
  #status: 'connecting' | 'ready' | 'reconnecting' = 'connecting';
  /** How many of the log's were looked at. */
  #adoptions = 0;
  #problem: ChatProblem | null = null;

  constructor(options: OpenRoomOptions) {
    this.#options = options;
    const { clock, random, joined } = options;
    const { room, me } = joined;
    // Whoever is signed in later: what is done here is this account's, or is not done.
    const gateway = options.gateway.as(me.id);
    this.#gateway = gateway;
    const changed = (): void => options.changed();
    this.#room = room;
    this.#replica = new Replica(
      {
        before: (seq, limit) => this.#limited(gateway.entriesBefore(room.id, seq, limit)),
        after: (seq, limit) => {
          if (this.#line.isHalted) return Promise.reject(new ChatError('network', 'left the room'));
          return this.#limited(gateway.entriesAfter(room.id, seq, limit));
        },
        end: async () => (await this.#limited(gateway.latest(room.id))).lastSeq,
      },
      emptyLog(me, joined.lastSeq),
      () => {
        this.#lookups.look(this.#replica.log);
        this.#lookForAdoptions();
        this.writer.settle();
        changed();
      },
    );
    const asked = { clock, limited: <T>(promise: Promise<T>) => this.#limited(promise) };
    this.#roster = new Roster({
      me,
      clock,
      random,
      lookUp: (ids) => this.#limited(gateway.members(room.id, ids)),
      changed: () => {
        this.#look();
        changed();
      },
    });
    this.#share = new ListeningShare({
      clock,
      random,
      tell: (listening, how) => this.#limited(gateway.shareListening(room.id, listening, how)),
      changed,
    });
    this.#listeners = new Listeners({
      me: me.id,
      clock,
      read: () => this.#limited(gateway.listening(room.id)),
      own: (listening) => this.#share.found(listening),
      changed,
    });
    this.#lookups = new Lookups({
      clock,
      messages: (ids) => this.#limited<readonly MessageNow[]>(gateway.messagesNow(room.id, ids)),
      members: (ids) => this.#limited(gateway.members(room.id, ids)),
      quoted: (quotes) => this.#replica.update((log) => withQuotes(log, quotes)),
      named: (names) => this.#replica.update((log) => withNames(log, names)),
    });
    this.#typing = new Typing({ me: me.id, clock, tell: () => this.#line.typing(), changed });
    this.#read = new ReadMark({
      clock,
      joined,
      tell: (seq, how) => this.#limited(gateway.markRead(room.id, seq, how)),
      ask: () => this.#limited(gateway.readUpTo(room.id)),
      changed,
    });
    this.moderator = new Moderator({
      gateway,
      roomId: room.id,
      limited: asked.limited,
      living: (id) => livingId(this.#replica.log, id),
      changed,
    });
    this.#steps = new StepKeeper({
      ...asked,
      random,
      replica: this.#replica,
      latest: () => gateway.latest(room.id),
      look: (end) => {
        this.#line.compare(end);
        return !this.#line.isHalted;
      },
      retry: () => {
        this.#roster.retry();
        this.#listeners.retry();
        this.#lookups.retry();
        void this.writer.review();
        void this.#read.look(this.#replica.log);
        void this.moderator.refresh();
      },
      inStep: () => this.#set(this.#line.isLive ? 'ready' : this.#status, this.#line.problem),
      outOfStep: (problem) => {
        if (this.#status === 'ready') this.#set('reconnecting', problem);
        // A channel goes on with the token that it has: whether there is still somebody behind it is asked.
        if (isDoubt(problem)) this.#line.renew();
      },
      halted: (problem) => this.#giveUp(problem),
      isHalted: () => this.#line.isHalted,
    });
    this.writer = new Writer({
      ...asked,
      random,
      gateway,
      store: options.store,
      scope: scopeOf(gateway.project, room.id, me.id),
      roomId: room.id,
      newId: options.newId,
      replica: this.#replica,
      stranded: options.pending ?? [],
      hear: (entry) => this.#steps.hear(entry),
      outside: () => this.#line.renew(),
      changed,
    });
    this.#standing = new Standing({ clock, replica: this.#replica, moderator: this.moderator, slow: this.writer.slow });
    this.#history = new History({
      clock,
      replica: this.#replica,
      find: async (id) => (await this.#limited(gateway.messagesNow(room.id, [id])))[0],
      read: () => {
        if (this.#status === 'ready') this.#set('ready', null);
      },
      failed: (error) => this.#set(this.#status, problemOf(error)),
      changed,
    });
    this.#line = new Line({
      ...asked,
      // Joins as whoever is signed in.
      gateway: options.gateway,
      slug: room.slug,
      me: me.id,
      random,
      live: () => {
        this.#listeners.live();
        void this.#steps.sync();
      },
      down: () => this.#set('reconnecting', this.#line.problem ?? this.#problem),
      renewed: (now) => {
        this.#joined(now);
        // A topic that turns is no trouble of the visitor's; one that broke was told as down.
        this.#set(this.#status, this.#line.problem);
        void this.#steps.sync();
      },
      replaced: (now) => options.replaced(now),
      halted: (problem) => this.#giveUp(problem),
      entry: (entry) => this.#hear(entry),
      here: (present) => this.#hereNow(present),
      arrived: (ids) => this.#roster.arrived(ids),
      listening: (userId, listening) => this.#listeners.tell(userId, listening),
      typing: (userId) => this.#typing.told(userId),
      room: (settings) => this.#set(this.#status, this.#problem, { ...this.#room, ...settings }),
      member: (news) => this.#roster.update(news),
    });
    this.#line.away(options.away.now);
    this.#endAway = options.away.subscribe((away) => this.#line.away(away));
    this.#look();
  }

  get room(): Room {
    return this.#room;
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

  get hereCount(): number {
    return this.#roster.count;
  }

  get typing(): readonly Member[] {
    return this.#typing.among(this.members, this.hereCount);
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

  get unread(): number {
    return this.#read.unread(this.#replica.log);
  }

  get firstUnread(): string | null {
    return this.#read.firstUnread(this.#replica.log);
  }

  get hasOlder(): boolean {
    return this.#replica.hasOlder;
  }

  get loadingOlder(): boolean {
    return this.#replica.loadingOlder;
  }

  get progress(): Progress | null {
    return this.#history.progress ?? this.#replica.progress;
  }

  /** Listens, and reads what is missing. Again after a halt. */
  enter(joined: Joined): void {
    this.#share.begin();
    this.#joined(joined);
    this.#set(this.#status === 'connecting' ? 'connecting' : 'reconnecting', null);
    this.#line.enter(joined);
    void this.writer.begin();
    void this.#steps.sync();
  }

  loadOlder(): Promise<void> {
    return this.#history.loadOlder();
  }

  reveal(id: string): Promise<Revealed> {
    return this.#history.reveal(id);
  }

  stopRevealing(): void {
    this.#history.stop();
  }

  follow(following: boolean): void {
    this.#replica.follow(following);
  }

  async report(id: string, reason: string): Promise<ChatProblem | null> {
    try {
      await this.#limited(this.#gateway.report(this.#room.id, id, reason));
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  press(): void {
    if (this.hereCount <= mostForTyping && this.#replica.log.me.mutedUntil === null) this.#typing.press();
  }

  markRead(seq: number): void {
    this.#read.mark(Math.min(seq, this.#replica.log.last));
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
    this.#read.leave();
  }

  /** The page came back to life: what waits is tried now. */
  wake(): void {
    this.#line.wake();
    this.#steps.wake();
    this.#share.wake();
    this.writer.wake();
  }

  /** Somebody else may be signed in by now: joining again tells. */
  renew(): void {
    this.#line.renew();
  }

  /** Leaves. What was read and written stays. */
  halt(): void {
    this.#history.stop();
    this.#steps.halt();
    this.#share.end();
    this.#line.halt();
  }

  dispose(): void {
    this.halt();
    this.#endAway();
    for (const part of [this.writer, this.#standing, this.#roster, this.#listeners, this.#lookups, this.#typing, this.#read]) part.dispose();
  }

  #hear(entry: Entry): void {
    this.#options.heard();
    if (entry.authorId !== null) this.#typing.wrote(entry.authorId);
    this.#steps.hear(entry);
  }

  /** Told live or read later: whoever was known by a guest's id goes by another one. */
  #lookForAdoptions(): void {
    const { adoptions } = this.#replica.log;
    const fresh = adoptions.slice(this.#adoptions);
    this.#adoptions = adoptions.length;
    for (const adoption of fresh) this.#roster.adopted(adoption);
    if (fresh.length > 0) void this.moderator.refresh();
  }

  #hereNow(present: readonly Presence[]): void {
    // First the tracks, so that nobody comes back with what they listened to when they left.
    this.#listeners.here(present.map(({ id }) => id));
    this.#roster.here(present);
  }

  /** Joined, the first time or again. */
  #joined({ room, me, readSeq }: Joined): void {
    this.#room = room;
    this.#roster.update(me);
    this.#read.found(readSeq);
    this.#look();
  }

  #look(): void {
    const [me] = this.#roster.members;
    if (me) this.#standing.look(this.#room, me);
  }

  #giveUp(problem: ChatProblem): void {
    this.halt();
    this.#options.halted(problem);
  }

  #limited<T>(promise: Promise<T>): Promise<T> {
    return limited(promise, this.#options.clock);
  }

  #set(status: 'connecting' | 'ready' | 'reconnecting', problem: ChatProblem | null, room = this.#room): void {
    this.#status = status;
    this.#problem = problem;
    if (room !== this.#room) {
      this.#room = Object.freeze(room);
      this.#look();
    }
    this.#options.changed();
  }
}
