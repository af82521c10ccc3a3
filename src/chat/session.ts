import type { Clock } from '../clock.js';
import type { Unsubscribe } from '../subscribable.js';
import type { Visibility } from './away.js';
import type { RoomGateway, SendOptions } from './gateway.js';
import type { ChatProblem, ChatSnapshot, Listening, Member, Role, RoomSettings, SharedTrack } from './model.js';
import type { OutboxStore } from './outbox-store.js';
import type { Frames } from './pace.js';
import type { LeaveSource } from './page-leave.js';
import { RoomSession } from './room-session.js';
import type { WakeSource } from './wake.js';

/** One room as this visitor sees it. Nothing here throws or rejects: what goes wrong is in the snapshot. */
export interface ChatSession {
  /** The state now. Frozen; the same object until something changes. */
  readonly snapshot: ChatSnapshot;
  subscribe(listener: (snapshot: ChatSnapshot) => void): Unsubscribe;
  /** Looks the room up, and joins when the visitor is known. Starts over when the session failed. */
  start(): void;
  /** Joins under this name, as a guest where there is no identity yet. Only while `signed-out`. */
  join(name: string): Promise<void>;
  /**
   * Puts a message on its way.
   * @returns what is wrong with it, and then it was not taken: the text stays with the caller; null when it was taken
   */
  send(body: string, options?: SendOptions): ChatProblem | null;
  /**
   * Puts a shared track on its way, like a message. Long titles are cut.
   * @returns what is wrong, and then it was not taken; null when it was taken
   */
  shareTrack(track: SharedTrack): ChatProblem | null;
  /**
   * Shows the room what one listens to, or ceases to. Only in an open room. Off until it is turned on; leaving the room,
   * losing it, or another account turns it off.
   */
  setSharing(on: boolean): void;
  /** What the visitor hears now; null when nothing plays. Goes nowhere unless sharing is on. */
  setListening(listening: Listening | null): void;
  /** Sends a failed message once more, under the same id. */
  retry(id: string): void;
  /** Gives a failed message up. */
  discard(id: string): void;
  /** Reads one more page of history; concurrent calls share it. */
  loadOlder(): Promise<void>;
  /**
   * Changes the text of an own message. Shown at once, and undone with a `notice` when it is refused.
   * @param mentions ids of the members that the new text names: who is left out is named no more
   * @returns what is wrong with it, and then it was not taken; null when it was taken
   */
  edit(id: string, body: string, mentions?: readonly string[]): ChatProblem | null;
  /** Deletes a message: one's own, or as a moderator anybody's. */
  remove(id: string): void;
  /** Gives a message an emoji, or takes it back. */
  react(id: string, emoji: string): void;
  /** The visitor writes: call it at each keystroke. The room is told at most once in 3 s. */
  typing(): void;
  /** The visitor has read up to here. Never goes back. */
  markRead(seq: number): void;
  /** Reads back until the message is there, however far that is: `progress` tells. Of two at once the later one goes on. */
  reveal(id: string): Promise<Revealed>;
  /** Gives that up. What was read stays. */
  stopRevealing(): void;
  /** Whether the reader is at the end of the log; one whom nobody asked is. Others keep their place whatever was missed. */
  follow(following: boolean): void;
  /** Tells moderators of a message. @returns what went wrong, or null */
  report(id: string, reason: string): Promise<ChatProblem | null>;
  /** What moderators and owners can do. */
  readonly moderate: ModerationActs;
  /** Puts `notice` away. */
  dismissNotice(): void;
  /** Leaves, and lets go of everything. */
  dispose(): void;
}

/** Whether a message is there now; if not, why: `message-unknown` where there is none, or what kept one from reading. */
export type Revealed = 'found' | 'stopped' | ChatProblem;

/** Each resolves with what went wrong, or null. Moderators act on members, the owner on everybody but themselves. */
export interface ModerationActs {
  /** @param untilMs since the epoch; Infinity for good */
  mute(userId: string, untilMs: number): Promise<ChatProblem | null>;
  unmute(userId: string): Promise<ChatProblem | null>;
  /** Takes effect at once, also for what they receive. @param untilMs since the epoch; Infinity for good */
  ban(userId: string, untilMs: number, reason?: string): Promise<ChatProblem | null>;
  unban(userId: string): Promise<ChatProblem | null>;
  /** Owners only. */
  setRole(userId: string, role: Role): Promise<ChatProblem | null>;
  setRoom(settings: RoomSettings): Promise<ChatProblem | null>;
  /** A token for a link into a private room. @param uses null for any number */
  invite(lastsSeconds: number, uses: number | null): Promise<{ readonly token: string } | ChatProblem>;
  /** Ends all invitations that were made: their links are no good any more. */
  revokeInvitations(): Promise<ChatProblem | null>;
  /** Puts all reports of a message away. */
  resolve(messageId: string): Promise<ChatProblem | null>;
  /** Lists more reported messages. */
  moreReports(): Promise<void>;
  /** A member as the database knows them now, here or not; null where there is none, or it could not be asked. */
  member(userId: string): Promise<Member | null>;
  /** Reads reports and bans anew. */
  refresh(): Promise<void>;
}

export interface ChatSessionOptions {
  readonly gateway: RoomGateway;
  readonly slug: string;
  /** What lets one into a private room. */
  readonly invitation?: string | null;
  readonly clock?: Clock;
  readonly wake?: WakeSource;
  readonly leave?: LeaveSource;
  readonly visibility?: Visibility;
  readonly frames?: Frames;
  /** Where what is on its way survives a reload. */
  readonly outbox?: OutboxStore;
  /** A fresh UUID. */
  readonly newId?: () => string;
  /** 0–1, for jitter. */
  readonly random?: () => number;
}

/** @returns a session that has not started */
export function createChatSession(options: ChatSessionOptions): ChatSession {
  return new RoomSession(options);
}
