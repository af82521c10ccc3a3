import type { Unsubscribe } from '../subscribable.js';
import type { Ban, ChatErrorCode, Entry, Listening, Member, OpenReports, Role, Room, RoomSettings, SharedTrack } from './model.js';

/** A failure with a code that the product has a sentence for. */
export class ChatError extends Error {
  override readonly name = 'ChatError';

  constructor(
    readonly code: ChatErrorCode,
    /** For developers; visitors read the sentence of the code. */
    detail = '',
    /** How long to wait, in s, where the database told. */
    readonly waitSeconds?: number,
  ) {
    super(detail ? `${code}: ${detail}` : code);
  }
}

/** How far a room's log goes, and on which topic it is told. */
export interface End {
  /** `seq` of the newest entry, 0 in an empty room. */
  readonly lastSeq: number;
  /** Part of the live topic; raised when somebody is banned. */
  readonly epoch: number;
}

/** What joining gives: the room, the end of its log, and who one is in it. */
export interface Joined extends End {
  readonly room: Room;
  readonly me: Member;
  /** `seq` up to which the visitor has read, on whatever device. */
  readonly readSeq: number;
  /** Messages of others after that, counted up to 100. */
  readonly unread: number;
}

/** A message as it is now, wherever in the log it stands. */
export interface MessageNow {
  readonly id: string;
  readonly seq: number;
  readonly authorId: string | null;
  readonly authorName: string;
  readonly body: string;
  readonly deleted: boolean;
}

/** Somebody who is here, by their own word. */
export interface Presence {
  readonly id: string;
  readonly away: boolean;
}

/** What a live room tells of one member. */
export type MemberNews = Pick<Member, 'id' | 'name' | 'role' | 'mutedUntil'>;

/** What goes with a message. */
export interface SendOptions {
  /** Id of the message that is answered. */
  readonly replyTo?: string;
  /** Ids of the members that it names. */
  readonly mentions?: readonly string[];
}

/** What a live room tells. A hint, never the truth: entries may be missing, doubled or late. */
export interface LiveEvents {
  /** Subscribed, for the first time or again: the moment to catch up. */
  live(): void;
  /** The line is down. The gateway asks again by itself. */
  down(): void;
  /** The server ended the subscription for good. */
  ended(error: ChatError): void;
  entry(entry: Entry): void;
  /** Everybody who is here, whoever they claim to be: look the names up by `members`. */
  here(present: readonly Presence[]): void;
  /** These came, or came again: the names that one knows of them may be old. */
  arrived(ids: readonly string[]): void;
  /** What somebody shows of their listening changed; null: nothing any more. */
  listening(userId: string, listening: Listening | null): void;
  /** Somebody says that they write; it lapses after 6 s. A claim, like presence. */
  typing(userId: string): void;
  /** The room's settings changed. */
  room(settings: RoomSettings): void;
  /** The topic has turned, and this one is silent from now on: join again. `gone` had to leave. */
  epoch(epoch: number, gone: string | null): void;
  /** A member's role, name or right to write changed. */
  member(news: MemberNews): void;
}

/** How a call is made. */
export interface CallOptions {
  /** The page is going away: the call must outlive it. */
  readonly keepalive?: boolean;
}

/** One live subscription. */
export interface LiveRoom {
  /** Leaves it: presence ends for the others, nothing is heard any more. */
  leave(): void;
  /** Tells the others that one writes. At most once in 3 s; nobody says whether it arrived. */
  typing(): void;
  /** Shows the others whether one is looking. At most 5 times in 30 s, joining included. */
  away(away: boolean): void;
}

/**
 * What a room's session needs of a backend. Every method rejects with a {@link ChatError}.
 * src/chat/supabase.ts is the production one; tests have a small fake.
 */
export interface RoomGateway {
  /** Names the backend: what the browser keeps for it is kept apart by this. */
  readonly project: string;
  /** Whether guests are made and remembered here: who comes back as another one is the same visitor. */
  readonly ownGuests: boolean;
  /**
   * The same, for one account only: whatever is asked rejects with `not-signed-in` while another one is signed in, or
   * none, and goes out with a token of that account's. Ends with this one.
   */
  as(account: string): RoomGateway;
  /** Tells when another account is signed in than before, or none any more. */
  watch(changed: () => void): Unsubscribe;
  /** Looks a room up by its slug, without joining. */
  find(slug: string): Promise<Room>;
  /** Whether this visitor has an identity from an earlier visit or from the host. */
  identified(): Promise<boolean>;
  /**
   * Joins, as a guest by anonymous sign-in where there is no identity yet.
   * @param name the display name to use from now on; null keeps the one known
   * @param invitation what lets one into a private room
   */
  join(slug: string, name: string | null, invitation?: string | null): Promise<Joined>;
  /** The newest entries before `seq`, oldest first. */
  entriesBefore(roomId: string, seq: number, limit: number): Promise<readonly Entry[]>;
  /** The oldest entries after `seq`, oldest first. */
  entriesAfter(roomId: string, seq: number, limit: number): Promise<readonly Entry[]>;
  /** The end of the log now: for the slow check that nothing was missed. */
  latest(roomId: string): Promise<End>;
  /** Writes a message. Idempotent by `id`: sending twice gives the same entry. */
  send(roomId: string, id: string, body: string, options?: SendOptions): Promise<Entry>;
  /** Writes a shared track. Idempotent by `id`, as `send`. */
  shareTrack(roomId: string, id: string, track: SharedTrack): Promise<Entry>;
  /** Changes the text of an own message, and whom it names. Idempotent by `entryId`. */
  edit(roomId: string, entryId: string, messageId: string, body: string, mentions?: readonly string[]): Promise<Entry>;
  /** Deletes a message: its text is nowhere any more. Again answers the first deletion. */
  remove(roomId: string, entryId: string, messageId: string): Promise<Entry>;
  /** Gives a message an emoji, or takes it back. @returns null where that changed nothing */
  react(roomId: string, entryId: string, messageId: string, emoji: string, on: boolean): Promise<Entry | null>;
  /** What became of these messages, up to 50. Those that there are none of are left out. */
  messagesNow(roomId: string, ids: readonly string[]): Promise<readonly MessageNow[]>;
  /** Remembers on the server how far one has read. Never goes back. */
  markRead(roomId: string, seq: number, options?: CallOptions): Promise<void>;
  /** How far one has read, on whatever device. */
  readUpTo(roomId: string): Promise<number>;
  /** Tells moderators of a message. Again changes nothing. */
  report(roomId: string, messageId: string, reason: string): Promise<void>;
  /** @param until ms since the epoch, Infinity for good; null lets them write again */
  mute(roomId: string, userId: string, until: number | null): Promise<void>;
  /** @param until ms since the epoch, Infinity for good; null lets them in again */
  ban(roomId: string, userId: string, until: number | null, reason?: string): Promise<void>;
  setRole(roomId: string, userId: string, role: Role): Promise<void>;
  setRoom(roomId: string, settings: RoomSettings): Promise<void>;
  /** @returns the token that lets somebody into a private room */
  invite(roomId: string, lastsSeconds: number, uses: number | null): Promise<string>;
  /** Ends all invitations into the room. */
  revokeInvitations(roomId: string): Promise<void>;
  /** Puts all reports of a message away. */
  resolve(roomId: string, messageId: string): Promise<void>;
  /** @param most of so many messages */
  reports(roomId: string, most: number): Promise<OpenReports>;
  /** Those in force. Empty unless one may see them. */
  bans(roomId: string): Promise<readonly Ban[]>;
  /** Shows the room what one listens to, until it is renewed, changed, or null; lapses by itself after 15 minutes. */
  shareListening(roomId: string, listening: Listening | null, options?: CallOptions): Promise<void>;
  /** What is shown now, by user id, whether they are here or not. */
  listening(roomId: string): Promise<ReadonlyMap<string, Listening>>;
  /** Those of `ids` who are members; `listening` is null in all of them. */
  members(roomId: string, ids: readonly string[]): Promise<readonly Member[]>;
  /** Listens, and is seen. */
  listen(joined: Joined, events: LiveEvents): LiveRoom;
  /** Lets go of shared resources (the socket, when no other room uses it). */
  dispose(): void;
}
