import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import { Subscribable } from '../subscribable.js';
import type { Unsubscribe } from '../subscribable.js';
import { Alarm, longestTimer } from './alarm.js';
import { Away, pageVisibility } from './away.js';
import { backoff } from './backoff.js';
import type { Joined, RoomGateway, SendOptions } from './gateway.js';
import { emptySnapshot } from './model.js';
import type { ChatProblem, ChatSnapshot, Listening, Room, SharedTrack } from './model.js';
import { cut } from './moderation.js';
import { listeningOf, sharedTrackOf } from './music.js';
import { OpenRoom } from './open-room.js';
import { pageOutbox, type OutboxStore } from './outbox-store.js';
import { pageFrames, Pace } from './pace.js';
import { pageLeave } from './page-leave.js';
import { isLasting, needsName, problemOf } from './problem.js';
import { cleanMessage, cleanName, isEmoji, unfit } from './text.js';
import { limited } from './time-limit.js';
import { pageWake } from './wake.js';
import type { ChatSession, ChatSessionOptions, ModerationActs, Revealed } from './session.js';

/** `open`: the open room's own status is the session's. */
type Phase = 'loading' | 'signed-out' | 'connecting' | 'open' | 'failed';

/** How soon one looks again who is signed in while the room is being opened, in ms. */
const turning = 500;

const none: readonly never[] = Object.freeze([]);

const refuse = (): Promise<ChatProblem> => Promise.resolve({ code: 'not-allowed' });

/** Outside of an open room. */
const powerless: ModerationActs = Object.freeze({
  mute: refuse,
  unmute: refuse,
  ban: refuse,
  unban: refuse,
  setRole: refuse,
  setRoom: refuse,
  invite: refuse,
  revokeInvitations: refuse,
  resolve: refuse,
  moreReports: () => Promise.resolve(),
  member: () => Promise.resolve(null),
  refresh: () => Promise.resolve(),
});

/** Finds a room, joins it, and stays in it through whatever happens. */
export class RoomSession extends Subscribable<ChatSnapshot> implements ChatSession {
  readonly #gateway: RoomGateway;
  readonly #slug: string;
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #random: () => number;
  readonly #invitation: string | null;
  readonly #store: OutboxStore;
  readonly #pace: Pace;
  readonly #away: Away;
  /** The next try to open the room. */
  readonly #again: Alarm;
  readonly #endWake: Unsubscribe;
  readonly #endWatch: Unsubscribe;
  /** The next look at who is signed in: within what a client tells, nothing may be asked of it (auth-js holds a lock). */
  readonly #turn: Alarm;
  readonly #endLeave: Unsubscribe;

  #snapshot: ChatSnapshot;
  #phase: Phase = 'loading';
  #problem: ChatProblem | null = null;
  #room: Room | null = null;
  #open: OpenRoom | null = null;
  #started = false;
  #disposed = false;
  #tries = 0;
  /** Counts the ways in that were tried: what becomes of an earlier one is of no matter any more. */
  #entries = 0;
  #listening: Listening | null = null;
  #following = true;

  constructor(options: ChatSessionOptions) {
    super();
    this.#gateway = options.gateway;
    this.#slug = options.slug;
    this.#clock = options.clock ?? systemClock;
    this.#newId = options.newId ?? (() => crypto.randomUUID());
    this.#random = options.random ?? Math.random;
    this.#invitation = options.invitation?.trim() || null;
    this.#store = options.outbox ?? pageOutbox;
    this.#again = new Alarm(this.#clock);
    this.#turn = new Alarm(this.#clock);
    this.#pace = new Pace({ clock: this.#clock, frames: options.frames ?? pageFrames, publish: () => this.#publish() });
    this.#away = new Away(this.#clock, options.visibility ?? pageVisibility);
    this.#snapshot = this.#compose();
    this.#endWatch = this.#gateway.watch(() => this.#turn.set(0, () => this.#turned()));
    this.#endWake = (options.wake ?? pageWake).subscribe(() => this.#woken());
    this.#endLeave = (options.leave ?? pageLeave).subscribe(() => this.#open?.leavePage());
  }

  get snapshot(): ChatSnapshot {
    return this.#snapshot;
  }

  start(): void {
    if (this.#disposed || (this.#started && this.#phase !== 'failed')) return;
    this.#started = true;
    this.#tries = 0;
    this.#again.cancel();
    this.#set('loading', null);
    void this.#begin();
  }

  async join(name: string): Promise<void> {
    if (this.#phase !== 'signed-out') return;
    const given = cleanName(name);
    // Checked before asking the database, so that a wrong name makes no account.
    if (given === null) this.#set('signed-out', Object.freeze({ code: 'name-invalid' }));
    else await this.#enter(given);
  }

  send(body: string, options: SendOptions = {}): ChatProblem | null {
    const text = cleanMessage(body);
    return unfit(text) ?? this.#post(text, null, options);
  }

  shareTrack(track: SharedTrack): ChatProblem | null {
    const shared = sharedTrackOf(track);
    return shared ? this.#post(shared.title, shared, {}) : { code: 'track-invalid' };
  }

  setSharing(on: boolean): void {
    if (this.#phase === 'open') this.#open?.setSharing(on);
  }

  setListening(listening: Listening | null): void {
    this.#listening = listeningOf(listening);
    this.#open?.setListening(this.#listening);
  }

  retry(id: string): void {
    this.#act((room) => room.writer.retry(id));
  }

  discard(id: string): void {
    this.#act((room) => room.writer.discard(id));
  }

  async loadOlder(): Promise<void> {
    if (this.#phase === 'open') await this.#open?.loadOlder();
  }

  edit(id: string, body: string, mentions: readonly string[] = []): ChatProblem | null {
    const text = cleanMessage(body);
    const wrong = unfit(text);
    return wrong ?? this.#act((room) => room.writer.edit(id, text, mentions));
  }

  remove(id: string): void {
    this.#act((room) => room.writer.remove(id));
  }

  react(id: string, emoji: string): void {
    if (isEmoji(emoji)) this.#act((room) => room.writer.react(id, emoji));
  }

  typing(): void {
    this.#inside?.press();
  }

  markRead(seq: number): void {
    this.#inside?.markRead(seq);
  }

  async reveal(id: string): Promise<Revealed> {
    if (!this.#inside) return this.#outside;
    const found = await this.#inside.reveal(id);
    // Whoever asked looks for it in the snapshot.
    this.#pace.flush();
    return found;
  }

  stopRevealing(): void {
    this.#inside?.stopRevealing();
    this.#pace.flush();
  }

  follow(following: boolean): void {
    this.#following = following;
    this.#open?.follow(following);
  }

  async report(id: string, reason: string): Promise<ChatProblem | null> {
    return this.#inside ? this.#inside.report(id, cut(reason)) : this.#outside;
  }

  get moderate(): ModerationActs {
    return this.#inside?.moderator ?? powerless;
  }

  dismissNotice(): void {
    this.#open?.writer.dismissNotice();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#endWake();
    this.#endWatch();
    this.#turn.end();
    this.#endLeave();
    this.#again.cancel();
    this.#pace.dispose();
    this.#away.dispose();
    this.#open?.dispose();
    this.#gateway.dispose();
  }

  /** The room, while it is open. */
  get #inside(): OpenRoom | null {
    return this.#phase === 'open' ? this.#open : null;
  }

  /** Why there is none. */
  get #outside(): ChatProblem {
    return this.#problem ?? { code: 'not-signed-in' };
  }

  #post(body: string, track: SharedTrack | null, options: SendOptions): ChatProblem | null {
    return this.#act((room) => room.writer.send(body, track, options));
  }

  /** What the visitor does shows at once, however busy the room is. */
  #act<T>(act: (room: OpenRoom) => T): T | ChatProblem {
    if (!this.#inside) return this.#outside;
    const result = act(this.#inside);
    this.#pace.flush();
    return result;
  }

  /** From nothing to a known room, and into it when the visitor is known. */
  async #begin(): Promise<void> {
    const entry = ++this.#entries;
    try {
      const room = await this.#find();
      if (this.#isOver(entry)) return;
      this.#room = room;
      const identified = await limited(this.#gateway.identified(), this.#clock);
      if (this.#isOver(entry)) return;
      if (identified) await this.#enter(null);
      else this.#set('signed-out', null);
    } catch (error) {
      if (!this.#isOver(entry)) this.#failed(error, () => this.#begin());
    }
  }

  /** A page that wakes asks again while an earlier question hangs: that one's failure would shut a room that is open. */
  #isOver(entry: number): boolean {
    return this.#disposed || entry !== this.#entries;
  }

  /** A private room is not shown to who has not joined it: an invitation is tried by joining. */
  async #find(): Promise<Room | null> {
    try {
      return await limited(this.#gateway.find(this.#slug), this.#clock);
    } catch (error) {
      if (this.#invitation && problemOf(error).code === 'room-unknown') return null;
      throw error;
    }
  }

  /** @param name null: the identity and the name from an earlier visit */
  async #enter(name: string | null): Promise<void> {
    // A try behind a failure that is shown does not flicker.
    if (this.#phase !== 'failed') this.#set('connecting', null);
    const entry = ++this.#entries;
    try {
      const joined = await limited(this.#gateway.join(this.#slug, name, this.#invitation), this.#clock);
      if (!this.#isOver(entry)) this.#opened(joined);
    } catch (error) {
      if (this.#isOver(entry)) return;
      const problem = problemOf(error);
      // Whoever typed a name keeps the form and reads what is wrong.
      if (name !== null && !isLasting(problem)) this.#set('signed-out', problem);
      else this.#failed(error, () => this.#enter(name));
    }
  }

  /** The visitor reads at once why there is no room; what may pass is tried again behind it. */
  #failed(error: unknown, again: () => Promise<void>): void {
    const problem = problemOf(error);
    // Whoever is not known any more, or known but nameless, just gets the form.
    if (needsName(problem)) return this.#set('signed-out', problem.code === 'guests-refused' ? problem : null);
    this.#halted(problem);
    if (!isLasting(problem)) this.#again.set(backoff(++this.#tries, this.#random), () => void again());
  }

  #halted(problem: ChatProblem): void {
    const signedOut = needsName(problem);
    if (signedOut) this.#forget();
    const { code, waitSeconds } = problem;
    // What ends at a time that is known, as a ban for an hour, ends here too.
    const endsIn = code === 'banned' && waitSeconds ? waitSeconds * 1000 : null;
    const shown = endsIn === null ? problem : Object.freeze({ ...problem, until: this.#clock.now() + endsIn });
    this.#set(signedOut ? 'signed-out' : 'failed', shown);
    if (endsIn !== null) this.#again.set(Math.min(endsIn + 1000, longestTimer), () => void this.#enter(null));
  }

  #opened(joined: Joined): void {
    this.#tries = 0;
    this.#entries++;
    this.#again.cancel();
    if (this.#open?.me.id !== joined.me.id) {
      // A guest's account is lost with its session: the same visitor comes back as another. What an account of the
      // host's did not get sent waits for that account, and is nobody else's to read.
      const pending = this.#gateway.ownGuests && this.#open?.me.isGuest ? this.#open.writer.handOver() : [];
      this.#open?.dispose();
      this.#open = new OpenRoom({
        gateway: this.#gateway,
        clock: this.#clock,
        random: this.#random,
        newId: this.#newId,
        store: this.#store,
        away: this.#away,
        joined,
        pending,
        changed: () => this.#pace.changed(),
        heard: () => this.#pace.heard(),
        halted: (problem) => this.#halted(problem),
        replaced: (other) => this.#opened(other),
      });
      this.#open.setListening(this.#listening);
      this.#open.follow(this.#following);
    }
    this.#phase = 'open';
    this.#problem = null;
    this.#open.enter(joined);
  }

  /** What an account of the host's read is nobody's to read who sits there next. What it wrote is stored. */
  #forget(): void {
    if (this.#gateway.ownGuests) return;
    this.#open?.dispose();
    this.#open = null;
  }

  /** Another account is signed in than before, or none any more. */
  #turned(): void {
    if (this.#phase === 'open') this.#open?.renew();
    else if (this.#phase === 'signed-out') void this.#knock();
    else if (this.#phase === 'failed') {
      this.#forget();
      this.start();
    }
    // Whoever it is that is being joined as, one looks again behind it.
    else if (this.#started) this.#turn.set(turning, () => this.#turned());
  }

  /** Behind the form: whoever is known by now needs none. */
  async #knock(): Promise<void> {
    try {
      if (!(await limited(this.#gateway.identified(), this.#clock))) return;
      const joined = await limited(this.#gateway.join(this.#slug, null, this.#invitation), this.#clock);
      if (!this.#disposed && this.#phase === 'signed-out') this.#opened(joined);
    } catch (error) {
      const gone = this.#problem?.code === 'not-signed-in' && problemOf(error).code === 'name-invalid';
      if (gone && this.#phase === 'signed-out' && !this.#disposed) this.#set('signed-out', null);
    }
  }

  #woken(): void {
    if (this.#phase === 'open') this.#open?.wake();
    else if (this.#phase === 'signed-out' && !this.#gateway.ownGuests) void this.#knock();
    else if (this.#again.isSet) this.#again.ring();
    else if (this.#phase === 'failed' && this.#problem && !isLasting(this.#problem)) this.start();
  }

  #set(phase: Phase, problem: ChatProblem | null): void {
    this.#phase = phase;
    this.#problem = problem;
    this.#pace.flush();
  }

  #publish(): void {
    if (this.#disposed) return;
    const next = this.#compose();
    const keys = Object.keys(next) as (keyof ChatSnapshot)[];
    if (keys.every((key) => next[key] === this.#snapshot[key])) return;
    this.#snapshot = next;
    this.emit(next);
  }

  #compose(): ChatSnapshot {
    const room = this.#open;
    const inside = this.#phase === 'signed-out' ? null : room;
    return Object.freeze({
      ...emptySnapshot,
      status: this.#phase === 'open' ? (room?.status ?? 'connecting') : this.#phase,
      room: room?.room ?? this.#room,
      me: inside?.me ?? null,
      messages: room?.messages ?? none,
      members: inside?.members ?? none,
      hereCount: inside?.hereCount ?? 0,
      typing: inside?.typing ?? none,
      unread: inside?.unread ?? 0,
      firstUnread: inside?.firstUnread ?? null,
      slowUntil: inside?.writer.slow.until ?? null,
      busy: this.#pace.busy,
      moderation: inside?.moderator.shown ?? null,
      notice: inside?.writer.notice ?? null,
      hasOlder: room?.hasOlder ?? false,
      loadingOlder: room?.loadingOlder ?? false,
      progress: inside?.progress ?? null,
      sharingListening: room?.sharingListening ?? false,
      problem: this.#phase === 'open' ? (room?.problem ?? null) : this.#problem,
    });
  }
}
