import { ChatError } from '../../../src/chat/gateway.js';
import type { CallOptions, End, Joined, LiveEvents, LiveRoom, MessageNow, RoomGateway, SendOptions } from '../../../src/chat/gateway.js';
import type { Ban, Entry, Listening, Member, OpenReports, Role, Room, RoomSettings, SharedTrack } from '../../../src/chat/model.js';
import { FakeLine, FakeRoom } from './fake-room.js';

export { FakeLine, FakeRoom };

export type Method = Exclude<keyof RoomGateway, 'listen' | 'dispose' | 'project' | 'ownGuests' | 'as' | 'watch'>;

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
  ownGuests = true;
  disposed = false;
  readonly watchers = new Set<() => void>();

  constructor(readonly database: FakeRoom) {}

  get project(): string {
    return this.database.project;
  }

  as(account: string): RoomGateway {
    const check = (): void => {
      if (this.userId !== account) throw new ChatError('not-signed-in');
    };
    return new Proxy(this, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...args: unknown[]) => unknown;
        if (key === 'listen' || key === 'dispose' || key === 'count') return method;
        return async (...args: unknown[]) => {
          check();
          return method(...args);
        };
      },
    });
  }

  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => void this.watchers.delete(changed);
  }

  /** The host signs somebody else in, or nobody, and says so. */
  turn(userId: string | null): void {
    this.userId = userId;
    this.watchers.forEach((changed) => changed());
  }

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

  join(slug: string, name: string | null, invitation: string | null = null): Promise<Joined> {
    return this.#answer('join', [slug, name, invitation], () => {
      const isGuest = this.userId === null;
      if (this.userId === null) {
        if (name === null) throw new ChatError('not-signed-in');
        if (!this.guests) throw new ChatError('guests-refused');
        this.userId = this.database.newAccount();
      }
      const ban = this.database.bans.get(this.userId);
      if (ban) throw new ChatError('banned');
      const known = this.database.members.get(this.userId);
      if (name === null && !known) throw new ChatError('name-invalid');
      const me = name === null && known ? known : this.database.enter(this.userId, name ?? '', isGuest ? { isGuest } : {});
      const { room, lastSeq, epoch, reads } = this.database;
      // What was said before somebody came is history to them, and not unread.
      if (!known) reads.set(me.id, lastSeq);
      const readSeq = reads.get(me.id) ?? 0;
      const unread = this.database.entries.filter(
        ({ seq, kind, authorId }) => seq > readSeq && authorId !== me.id && (kind === 'message' || kind === 'track'),
      ).length;
      return { room, me, lastSeq, epoch, readSeq, unread: Math.min(unread, 100) };
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

  send(roomId: string, id: string, body: string, options?: SendOptions): Promise<Entry> {
    return this.#answer('send', [roomId, id, body, options], () => this.database.write(this.#writer, id, body, null, options));
  }

  edit(roomId: string, entryId: string, messageId: string, body: string, mentions: readonly string[] = []): Promise<Entry> {
    return this.#answer('edit', [roomId, entryId, messageId, body], () =>
      this.database.edit(this.#writer, entryId, messageId, body, mentions),
    );
  }

  remove(roomId: string, entryId: string, messageId: string): Promise<Entry> {
    return this.#answer('remove', [roomId, entryId, messageId], () => this.database.remove(this.#writer, entryId, messageId));
  }

  react(roomId: string, entryId: string, messageId: string, emoji: string, on: boolean): Promise<Entry | null> {
    return this.#answer('react', [roomId, entryId, messageId, emoji, on], () =>
      this.database.react(this.#writer, entryId, messageId, emoji, on),
    );
  }

  messagesNow(roomId: string, ids: readonly string[]): Promise<readonly MessageNow[]> {
    return this.#answer('messagesNow', [roomId, ids], () => this.database.now(ids));
  }

  readUpTo(roomId: string): Promise<number> {
    return this.#answer('readUpTo', [roomId], () => this.database.reads.get(this.#member) ?? 0);
  }

  markRead(roomId: string, seq: number, options: CallOptions = {}): Promise<void> {
    return this.#answer('markRead', [roomId, seq, options], () => {
      this.database.reads.set(this.#member, Math.max(seq, this.database.reads.get(this.#member) ?? 0));
    });
  }

  report(roomId: string, messageId: string, reason: string): Promise<void> {
    return this.#answer('report', [roomId, messageId, reason], () => {
      const [message] = this.database.now([messageId]);
      if (!message) throw new ChatError('message-unknown');
      const { authorId, authorName, body } = message;
      const reporterName = this.database.members.get(this.#member)?.name ?? '';
      const report = { reporterName, reason, at: Date.UTC(2026, 0, 1) };
      const before = this.database.reports.get(messageId)?.reports ?? [];
      const reports = [report, ...before];
      this.database.reports.set(messageId, { messageId, authorId, authorName, body, reporters: reports.length, reports });
    });
  }

  mute(roomId: string, userId: string, until: number | null): Promise<void> {
    return this.#answer('mute', [roomId, userId, until], () => {
      this.#mustModerate();
      this.database.change(userId, { mutedUntil: until });
    });
  }

  ban(roomId: string, userId: string, until: number | null, reason = ''): Promise<void> {
    return this.#answer('ban', [roomId, userId, until, reason], () => {
      this.#mustModerate();
      if (until === null) this.database.bans.delete(userId);
      else this.database.ban(userId, until, reason);
    });
  }

  setRole(roomId: string, userId: string, role: Role): Promise<void> {
    return this.#answer('setRole', [roomId, userId, role], () => {
      this.#mustModerate();
      this.database.change(userId, { role });
    });
  }

  setRoom(roomId: string, settings: RoomSettings): Promise<void> {
    return this.#answer('setRoom', [roomId, settings], () => {
      this.#mustModerate();
      this.database.set(settings);
    });
  }

  invite(roomId: string, lastsSeconds: number, uses: number | null): Promise<string> {
    return this.#answer('invite', [roomId, lastsSeconds, uses], () => {
      this.#mustModerate();
      return 'an-invitation';
    });
  }

  revokeInvitations(roomId: string): Promise<void> {
    return this.#answer('revokeInvitations', [roomId], () => this.#mustModerate());
  }

  resolve(roomId: string, messageId: string): Promise<void> {
    return this.#answer('resolve', [roomId, messageId], () => {
      this.#mustModerate();
      this.database.reports.delete(messageId);
    });
  }

  reports(roomId: string, most: number): Promise<OpenReports> {
    return this.#answer('reports', [roomId, most], () => {
      const all = [...this.database.reports.values()];
      return { list: all.slice(0, most), messages: all.length, reports: all.reduce((sum, { reporters }) => sum + reporters, 0) };
    });
  }

  bans(roomId: string): Promise<readonly Ban[]> {
    return this.#answer('bans', [roomId], () => [...this.database.bans.values()]);
  }

  shareTrack(roomId: string, id: string, track: SharedTrack): Promise<Entry> {
    return this.#answer('shareTrack', [roomId, id, track], () => this.database.write(this.#writer, id, track.title, track));
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

  /** Who one is, and may write. */
  get #writer(): string {
    const id = this.#member;
    const { mutedUntil } = this.database.members.get(id) ?? {};
    if (mutedUntil) throw new ChatError('muted');
    return id;
  }

  #mustModerate(): void {
    if ((this.database.members.get(this.#member)?.role ?? 'member') === 'member') throw new ChatError('not-allowed');
  }

  async #answer<T>(method: Method, args: readonly unknown[], ask: () => T): Promise<T> {
    this.calls.push({ method, args });
    await this.before(method);
    const answer = ask();
    await this.after(method);
    return answer;
  }
}
