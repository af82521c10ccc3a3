import { ChatError } from '../../../src/chat/gateway.js';
import type { CallOptions, End, Joined, LiveEvents, LiveRoom, RoomGateway } from '../../../src/chat/gateway.js';
import type { Entry, Listening, Member, Room, SharedTrack } from '../../../src/chat/model.js';

/** One room of a database in memory, and everybody who listens to it. */
export class FakeRoom {
  readonly room: Room = Object.freeze({ id: 'room-1', slug: 'lobby', title: 'The lobby' });
  readonly entries: Entry[] = [];
  readonly members = new Map<string, Member>();
  readonly lines = new Set<FakeLine>();
  readonly listening = new Map<string, Listening>();
  epoch = 1;
  #accounts = 0;

  newAccount(): string {
    return `user-${++this.#accounts}`;
  }

  /** How an entry travels to one listener. The default never fails. */
  deliver: (line: FakeLine, entry: Entry) => void = (line, entry) => line.events.entry(entry);

  get lastSeq(): number {
    return this.entries.at(-1)?.seq ?? 0;
  }

  enter(id: string, name: string): Member {
    const member: Member = { id, name, role: 'member', listening: null };
    this.members.set(id, member);
    return member;
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
  write(authorId: string, id: string, body: string, track: SharedTrack | null = null): Entry {
    const stored = this.entries.find((entry) => entry.id === id);
    if (stored) return stored;
    const authorName = this.members.get(authorId)?.name ?? 'Nobody';
    const seq = this.lastSeq + 1;
    const kind = track ? 'track' : 'message';
    const rest = track && { uri: track.uri, artists: track.artists };
    const entry: Entry = { seq, id, kind, authorId, authorName, body, track: rest, at: Date.UTC(2026, 0, 1) + seq };
    this.entries.push(entry);
    for (const line of this.lines) if (line.isLive) this.deliver(line, entry);
    return entry;
  }

  /** `count` messages of somebody else. */
  fill(count: number): void {
    const author = this.members.get('author')?.id ?? this.enter('author', 'Ada').id;
    for (let i = 0; i < count; i++) this.write(author, `old-${this.lastSeq + 1}`, `message ${this.lastSeq + 1}`);
  }

  tellPresence(): void {
    const ids = [...new Set([...this.lines].filter((line) => line.isLive).map((line) => line.userId))];
    for (const line of this.lines) if (line.isLive) line.events.here(ids);
  }
}

/** One subscription, as the test moves it. */
export class FakeLine implements LiveRoom {
  isLive = false;

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

  leave(): void {
    this.isLive = false;
    this.room.lines.delete(this);
    this.room.tellPresence();
  }
}

export type Method = Exclude<keyof RoomGateway, 'listen' | 'dispose'>;

/** One visitor's way to a {@link FakeRoom}. */
export class FakeGateway implements RoomGateway {
  /** What was asked, in order. */
  readonly calls: { readonly method: Method; readonly args: readonly unknown[] }[] = [];
  readonly lines: FakeLine[] = [];
  /** Before the database sees a request: may wait, or throw as a network does. */
  before: (method: Method) => Promise<void> | void = () => {};
  /** After the database answered: throwing here is an answer that got lost. */
  after: (method: Method) => Promise<void> | void = () => {};
  /** Whether a subscription goes live by itself. */
  connects = true;
  /** Made by anonymous sign-in when somebody joins; null before. */
  userId: string | null = null;
  guests = true;
  disposed = false;

  constructor(readonly database: FakeRoom) {}

  get line(): FakeLine {
    const line = this.lines.at(-1);
    if (!line) throw new Error('nobody listens');
    return line;
  }

  /** How often `method` was asked. */
  count(method: Method): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  find(slug: string): Promise<Room> {
    return this.#answer('find', [slug], () => {
      if (slug !== this.database.room.slug) throw new ChatError('room-unknown');
      return this.database.room;
    });
  }

  identified(): Promise<boolean> {
    return this.#answer('identified', [], () => this.userId !== null);
  }

  join(slug: string, name: string | null): Promise<Joined> {
    return this.#answer('join', [slug, name], () => {
      if (this.userId === null) {
        if (name === null) throw new ChatError('not-signed-in');
        if (!this.guests) throw new ChatError('guests-refused');
        this.userId = this.database.newAccount();
      }
      const known = this.database.members.get(this.userId);
      if (name === null && !known) throw new ChatError('name-invalid');
      const me = name === null && known ? known : this.database.enter(this.userId, name ?? '');
      return { room: this.database.room, me, lastSeq: this.database.lastSeq, epoch: this.database.epoch };
    });
  }

  entriesBefore(roomId: string, seq: number, limit: number): Promise<readonly Entry[]> {
    return this.#answer('entriesBefore', [roomId, seq, limit], () =>
      this.database.entries.filter((entry) => entry.seq < seq).slice(-limit),
    );
  }

  entriesAfter(roomId: string, seq: number, limit: number): Promise<readonly Entry[]> {
    return this.#answer('entriesAfter', [roomId, seq, limit], () =>
      this.database.entries.filter((entry) => entry.seq > seq).slice(0, limit),
    );
  }

  latest(roomId: string): Promise<End> {
    return this.#answer('latest', [roomId], () => ({ lastSeq: this.database.lastSeq, epoch: this.database.epoch }));
  }

  send(roomId: string, id: string, body: string): Promise<Entry> {
    return this.#answer('send', [roomId, id, body], () => this.database.write(this.#member, id, body));
  }

  shareTrack(roomId: string, id: string, track: SharedTrack): Promise<Entry> {
    return this.#answer('shareTrack', [roomId, id, track], () => this.database.write(this.#member, id, track.title, track));
  }

  shareListening(roomId: string, listening: Listening | null, options?: CallOptions): Promise<void> {
    return this.#answer('shareListening', [roomId, listening, options], () => this.database.listen(this.#member, listening));
  }

  listening(roomId: string): Promise<ReadonlyMap<string, Listening>> {
    return this.#answer('listening', [roomId], () => new Map(this.database.listening));
  }

  members(roomId: string, ids: readonly string[]): Promise<readonly Member[]> {
    return this.#answer('members', [roomId, [...ids]], () =>
      ids.map((id) => this.database.members.get(id)).filter((member) => member !== undefined),
    );
  }

  listen(joined: Joined, events: LiveEvents): LiveRoom {
    const line = new FakeLine(this.database, joined.me.id, joined.epoch, events);
    this.lines.push(line);
    if (this.connects) queueMicrotask(() => line.up());
    return line;
  }

  dispose(): void {
    this.disposed = true;
  }

  /** Who one is in the room. */
  get #member(): string {
    if (this.userId === null) throw new ChatError('not-signed-in');
    if (!this.database.members.has(this.userId)) throw new ChatError('not-a-member');
    return this.userId;
  }

  async #answer<T>(method: Method, args: readonly unknown[], ask: () => T): Promise<T> {
    this.calls.push({ method, args });
    await this.before(method);
    const answer = ask();
    await this.after(method);
    return answer;
  }
}
