import type { ChatProblem, ChatSnapshot, Listening, Member, SharedTrack, TimelineMessage } from '../../../src/chat/model.js';
import type { ChatSession } from '../../../src/chat/session.js';
import { Subscribable } from '../../../src/subscribable.js';

export const lobby = Object.freeze({ id: 'room-1', slug: 'lobby', title: 'The Lobby' });
export const ann: Member = Object.freeze({ id: 'ann', name: 'Ann', role: 'member', listening: null });
export const bob: Member = Object.freeze({ id: 'bob', name: 'Bob', role: 'member', listening: null });

/** Noon, where the test runs: a group of messages never straddles midnight. */
export const noon = new Date(2026, 10, 3, 12).getTime();

let count = 0;

/** One message of Bob's, unless `given` says otherwise. */
export function message(given: Partial<TimelineMessage> = {}): TimelineMessage {
  const number = ++count;
  return {
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
  /** What `send` finds wrong with the next messages. */
  refusal: ChatProblem | null = null;
  disposed = false;
  snapshot: ChatSnapshot = {
    status: 'loading',
    room: null,
    me: null,
    messages: [],
    members: [],
    hasOlder: false,
    loadingOlder: false,
    sharingListening: false,
    problem: null,
  };

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

  dispose(): void {
    this.disposed = true;
    this.asked.push('dispose');
  }
}
