import { emptySnapshot, plainMember, plainMessage } from '../../../src/chat/model.js';
import type { ChatProblem, ChatSnapshot, Listening, Member, SharedTrack, TimelineMessage } from '../../../src/chat/model.js';
import type { ChatSession, ModerationActs, Revealed } from '../../../src/chat/session.js';
import { Subscribable } from '../../../src/subscribable.js';

export const lobby = Object.freeze({ id: 'room-1', slug: 'lobby', title: 'The Lobby', slowSeconds: 0, isPublic: true, allowsGuests: true });
export const ann: Member = Object.freeze({ ...plainMember, id: 'ann', name: 'Ann' });
export const bob: Member = Object.freeze({ ...plainMember, id: 'bob', name: 'Bob' });

/** Noon, where the test runs: a group of messages never straddles midnight. */
export const noon = new Date(2026, 10, 3, 12).getTime();

let count = 0;

/** One message of Bob's, unless `given` says otherwise. */
export function message(given: Partial<TimelineMessage> = {}): TimelineMessage {
  const number = ++count;
  return {
    ...plainMessage,
    id: `message-${number}`,
    authorId: bob.id,
    authorName: bob.name,
    body: `Message ${number}`,
    track: null,
    at: noon + number * 1000,
    mine: false,
    state: 'sent',
    problem: null,
    ...given,
  };
}

/** Several messages, by two authors in turn, `gap` ms apart; numbered from `first`. */
export function conversation(length: number, first = 0, gap = 60_000): TimelineMessage[] {
  return Array.from({ length }, (_, index) => {
    const number = first + index;
    const author = Math.floor(number / 2) % 2 ? ann : bob;
    return message({ id: `m${number}`, authorId: author.id, authorName: author.name, body: `Line ${number}`, at: noon + number * gap });
  });
}

export const own = (given: Partial<TimelineMessage> = {}): TimelineMessage =>
  message({ authorId: ann.id, authorName: ann.name, mine: true, ...given });

/** A room's session that does what the test says, and remembers what the element asked of it. */
export class FakeSession extends Subscribable<ChatSnapshot> implements ChatSession {
  readonly asked: string[] = [];
  /** Whom the database knows besides those who are here. */
  readonly known = new Map<string, Member>();
  /** What `send` finds wrong with the next messages. */
  refusal: ChatProblem | null = null;
  disposed = false;
  snapshot: ChatSnapshot = emptySnapshot;

  /** Changes what the room shows. */
  show(change: Partial<ChatSnapshot>): void {
    this.snapshot = Object.freeze({ ...this.snapshot, ...change });
    this.emit(this.snapshot);
  }

  /** The room as a member sees it. */
  open(change: Partial<ChatSnapshot> = {}): void {
    this.show({ status: 'ready', room: lobby, me: ann, members: [ann, bob], problem: null, ...change });
  }

  /** Adds to what was written. */
  write(...messages: TimelineMessage[]): void {
    this.show({ messages: [...this.snapshot.messages, ...messages] });
  }

  start(): void {
    this.asked.push('start');
  }

  join(name: string): Promise<void> {
    this.asked.push(`join ${name}`);
    return Promise.resolve();
  }

  send(body: string): ChatProblem | null {
    this.asked.push(`send ${body}`);
    return this.refusal;
  }

  shareTrack(track: SharedTrack): ChatProblem | null {
    this.asked.push(`share ${track.uri}`);
    return this.refusal;
  }

  setSharing(on: boolean): void {
    this.asked.push(`sharing ${on}`);
    this.show({ sharingListening: on });
  }

  setListening(listening: Listening | null): void {
    this.asked.push(`listening ${listening?.uri ?? 'nothing'}`);
  }

  retry(id: string): void {
    this.asked.push(`retry ${id}`);
  }

  discard(id: string): void {
    this.asked.push(`discard ${id}`);
  }

  loadOlder(): Promise<void> {
    this.asked.push('older');
    return Promise.resolve();
  }

  edit(id: string, body: string, mentions: readonly string[] = []): ChatProblem | null {
    this.asked.push(`edit ${id} ${body}${mentions.length > 0 ? ` naming ${mentions.join(', ')}` : ''}`);
    return this.refusal;
  }

  remove(id: string): void {
    this.asked.push(`remove ${id}`);
  }

  react(id: string, emoji: string): void {
    this.asked.push(`react ${id} ${emoji}`);
  }

  typing(): void {
    this.asked.push('typing');
  }

  markRead(seq: number): void {
    this.asked.push(`read ${seq}`);
  }

  /** What comes of looking for a message that is not there. */
  missing: Revealed = { code: 'message-unknown' };

  reveal(id: string): Promise<Revealed> {
    this.asked.push(`reveal ${id}`);
    return Promise.resolve(this.snapshot.messages.some((one) => one.id === id) ? 'found' : this.missing);
  }

  stopRevealing(): void {
    this.asked.push('stop revealing');
  }

  follow(following: boolean): void {
    this.asked.push(`follow ${following}`);
  }

  report(id: string, reason: string): Promise<ChatProblem | null> {
    this.asked.push(`report ${id} ${reason}`);
    return Promise.resolve(this.refusal);
  }

  readonly moderate: ModerationActs = {
    mute: (userId, untilMs) => this.#act(`mute ${userId} ${untilMs}`),
    unmute: (userId) => this.#act(`unmute ${userId}`),
    ban: (userId, untilMs, reason) => this.#act(`ban ${userId} ${untilMs} ${reason ?? ''}`.trim()),
    unban: (userId) => this.#act(`unban ${userId}`),
    setRole: (userId, role) => this.#act(`role ${userId} ${role}`),
    setRoom: (settings) => this.#act(`room ${JSON.stringify(settings)}`),
    invite: async (lastsSeconds, uses) => (await this.#act(`invite ${lastsSeconds} ${uses}`)) ?? { token: 'an-invitation' },
    revokeInvitations: () => this.#act('revoke invitations'),
    resolve: (messageId) => this.#act(`resolve ${messageId}`),
    moreReports: () => {
      this.asked.push('more reports');
      return Promise.resolve();
    },
    member: (userId) => {
      this.asked.push(`member ${userId}`);
      return Promise.resolve(this.known.get(userId) ?? null);
    },
    refresh: async () => void (await this.#act('refresh')),
  };

  dismissNotice(): void {
    this.asked.push('dismiss');
    this.show({ notice: null });
  }

  #act(what: string): Promise<ChatProblem | null> {
    this.asked.push(what);
    return Promise.resolve(this.refusal);
  }

  dispose(): void {
    this.disposed = true;
    this.asked.push('dispose');
  }
}
