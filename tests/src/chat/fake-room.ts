import { ChatError } from '../../../src/chat/gateway.js';
import type { LiveEvents, LiveRoom, MessageNow, SendOptions } from '../../../src/chat/gateway.js';
import { plainEntry, plainMember } from '../../../src/chat/model.js';
import type { Ban, Entry, Listening, Member, ReportedMessage, Room, RoomSettings, SharedTrack } from '../../../src/chat/model.js';

let projects = 0;

/** One room of a database in memory, and everybody who listens to it. */
export class FakeRoom {
  /** Each is a project of its own: what one test left in the browser is not another's. */
  readonly project = `https://project-${++projects}.example`;
  room: Room = Object.freeze({
    id: 'room-1',
    slug: 'lobby',
    title: 'The lobby',
    slowSeconds: 0,
    isPublic: true,
    allowsGuests: true,
  });
  readonly entries: Entry[] = [];
  readonly members = new Map<string, Member>();
  readonly lines = new Set<FakeLine>();
  readonly listening = new Map<string, Listening>();
  readonly reads = new Map<string, number>();
  readonly bans = new Map<string, Ban>();
  readonly reports = new Map<string, ReportedMessage>();
  epoch = 1;
  #accounts = 0;
  #byId = new Map<string, Entry>();

  newAccount(): string {
    return `user-${++this.#accounts}`;
  }

  /** How an entry travels to one listener. The default never fails. */
  deliver: (line: FakeLine, entry: Entry) => void = (line, entry) => line.events.entry(entry);

  get lastSeq(): number {
    return this.entries.at(-1)?.seq ?? 0;
  }

  enter(id: string, name: string, given: Partial<Member> = {}): Member {
    const member: Member = { ...plainMember, ...this.members.get(id), id, name, ...given };
    this.members.set(id, member);
    return member;
  }

  /** A member's role or right to write changes, and everybody is told. */
  change(id: string, given: Partial<Member>): void {
    const member = this.enter(id, this.members.get(id)?.name ?? '', given);
    this.tell((events) => events.member(member));
  }

  /** The room's settings change, and everybody is told. */
  set(settings: RoomSettings): void {
    this.room = Object.freeze({ ...this.room, ...settings });
    this.tell((events) => events.room(settings));
  }

  /** A new topic: on the old one this is the last word. */
  turn(gone: string | null = null): void {
    this.epoch++;
    this.tell((events) => events.epoch(this.epoch, gone));
    for (const line of this.lines) line.isLive &&= line.epoch === this.epoch;
  }

  /** As ban_member does it. */
  ban(userId: string, until = Infinity, reason = ''): void {
    this.bans.set(userId, { userId, name: this.members.get(userId)?.name ?? '', until, reason });
    this.members.delete(userId);
    this.turn(userId);
  }

  tell(say: (events: LiveEvents) => void): void {
    for (const line of [...this.lines]) if (line.isLive) say(line.events);
  }

  /** As share_listening and its trigger do it: what is merely renewed is told to nobody. */
  listen(userId: string, listening: Listening | null): void {
    const before = this.listening.get(userId) ?? null;
    if (listening) this.listening.set(userId, listening);
    else this.listening.delete(userId);
    if (JSON.stringify(before) === JSON.stringify(listening)) return;
    for (const line of this.lines) if (line.isLive) this.tellListening(line, userId, listening);
  }

  /** How that travels to one listener. The default never fails. */
  tellListening: (line: FakeLine, userId: string, listening: Listening | null) => void = (line, userId, listening) =>
    line.events.listening(userId, listening);

  /** Insert-once by id, as send_message and share_track do it. */
  write(authorId: string, id: string, body: string, track: SharedTrack | null = null, options: SendOptions = {}): Entry {
    const rest = track && { uri: track.uri, artists: track.artists };
    const { replyTo = null, mentions = [] } = options;
    return this.append(authorId, { id, kind: track ? 'track' : 'message', body, track: rest, replyTo, mentions });
  }

  /** As edit_message does it. */
  edit(authorId: string, id: string, targetId: string, body: string, mentions: readonly string[] = []): Entry {
    if (this.#shown(targetId).authorId !== authorId) throw new ChatError('not-allowed');
    if (this.#shown(targetId).redacted) throw new ChatError('message-unknown');
    return this.append(authorId, { id, kind: 'edit', body, targetId, mentions });
  }

  /** As delete_message does it: the text is nowhere any more. */
  remove(authorId: string, id: string, targetId: string): Entry {
    const role = this.members.get(authorId)?.role ?? 'member';
    if (this.#shown(targetId).authorId !== authorId && role === 'member') throw new ChatError('not-allowed');
    const first = this.entries.find((entry) => entry.kind === 'delete' && entry.targetId === targetId);
    if (first) return first;
    this.entries.forEach((entry, index) => {
      const about = entry.id === targetId || (entry.kind === 'edit' && entry.targetId === targetId);
      if (about) this.#store(index, { ...entry, body: '', track: null, mentions: [], redacted: true });
    });
    return this.append(authorId, { id, kind: 'delete', body: '', targetId });
  }

  /** As react and unreact do it: null where it changes nothing. */
  react(authorId: string, id: string, targetId: string, emoji: string, on: boolean): Entry | null {
    if (this.#shown(targetId).redacted) throw new ChatError('message-unknown');
    const stored = this.#byId.get(id);
    if (stored) return stored;
    const about = this.entries.filter(
      (entry) => entry.targetId === targetId && entry.body === emoji && entry.authorId === authorId && /react/.test(entry.kind),
    );
    if ((about.at(-1)?.kind === 'react') === on) return null;
    return this.append(authorId, { id, kind: on ? 'react' : 'unreact', body: emoji, targetId });
  }

  /** As adopt_guest does it: what the guest wrote is the account's, and an entry says so. */
  adopt(from: string, to: string): Entry {
    this.entries.forEach((entry, index) => {
      const mentions = [...new Set(entry.mentions.map((id) => (id === from ? to : id)))];
      this.#store(index, { ...entry, authorId: entry.authorId === from ? to : entry.authorId, mentions });
    });
    this.members.delete(from);
    return this.append(to, { id: `adopt-${this.lastSeq + 1}`, kind: 'adopt', body: '', targetId: from });
  }

  append(authorId: string, given: Partial<Entry> & Pick<Entry, 'id' | 'kind' | 'body'>): Entry {
    const stored = this.#byId.get(given.id);
    if (stored) return stored;
    const authorName = this.members.get(authorId)?.name ?? 'Nobody';
    const seq = this.lastSeq + 1;
    const entry: Entry = { ...plainEntry, ...given, seq, authorId, authorName, at: Date.UTC(2026, 0, 1) + seq };
    this.#store(this.entries.length, entry);
    for (const line of this.lines) if (line.isLive) this.deliver(line, entry);
    return entry;
  }

  /** As messages_now answers. */
  now(ids: readonly string[]): MessageNow[] {
    return ids.flatMap((id) => {
      const entry = this.#byId.get(id);
      if (!entry) return [];
      const edited = this.entries.filter((other) => other.kind === 'edit' && other.targetId === id).at(-1);
      const { seq, authorId, authorName, redacted } = entry;
      return [{ id, seq, authorId, authorName, body: redacted ? '' : (edited ?? entry).body, deleted: redacted }];
    });
  }

  /** `count` messages of somebody else. */
  fill(count: number): void {
    const author = this.members.get('author')?.id ?? this.enter('author', 'Ada').id;
    for (let i = 0; i < count; i++) this.write(author, `old-${this.lastSeq + 1}`, `message ${this.lastSeq + 1}`);
  }

  tellPresence(): void {
    const ids = [...new Set([...this.lines].filter((line) => line.isLive).map((line) => line.userId))];
    const here = ids.map((id) => ({
      id,
      away: [...this.lines].filter((line) => line.userId === id).every((line) => line.isAway),
    }));
    for (const line of this.lines) if (line.isLive) line.events.here(here);
  }

  #shown(id: string): Entry {
    const entry = this.#byId.get(id);
    if (!entry || (entry.kind !== 'message' && entry.kind !== 'track')) throw new ChatError('message-unknown');
    return entry;
  }

  #store(index: number, entry: Entry): void {
    this.entries[index] = entry;
    this.#byId.set(entry.id, entry);
  }
}

/** One subscription, as the test moves it. */
export class FakeLine implements LiveRoom {
  isLive = false;
  isAway = false;

  constructor(
    private readonly room: FakeRoom,
    readonly userId: string,
    readonly epoch: number,
    readonly events: LiveEvents,
  ) {
    room.lines.add(this);
  }

  up(): void {
    if (!this.room.lines.has(this)) return;
    // A topic of an older epoch is silent.
    this.isLive = this.epoch === this.room.epoch;
    this.events.live();
    this.room.tellPresence();
  }

  down(): void {
    this.isLive = false;
    this.events.down();
    this.room.tellPresence();
  }

  end(error = new ChatError('server', 'closed')): void {
    this.leave();
    this.events.ended(error);
  }

  typing(): void {
    if (!this.isLive) return;
    for (const line of this.room.lines) if (line !== this && line.isLive) line.events.typing(this.userId);
  }

  away(away: boolean): void {
    this.isAway = away;
    this.room.tellPresence();
  }

  leave(): void {
    this.isLive = false;
    this.room.lines.delete(this);
    this.room.tellPresence();
  }
}

/** Everybody of these is here and looking. */
export function present(...ids: readonly string[]): { id: string; away: boolean }[] {
  return ids.map((id) => ({ id, away: false }));
}
