import type { ChatErrorCode, Entry, Listening, Member, Room, SharedTrack } from './model.js';

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
  /** Ids of everybody who is here, whatever they claim to be: look the names up by `members`. */
  here(ids: readonly string[]): void;
  /** These came, or came again: the names that one knows of them may be old. */
  arrived(ids: readonly string[]): void;
  /** What somebody shows of their listening changed; null: nothing any more. */
  listening(userId: string, listening: Listening | null): void;
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
}

/**
 * What a room's session needs of a backend. Every method rejects with a {@link ChatError}.
 * src/chat/supabase.ts is the production one; tests have a small fake.
 */
export interface RoomGateway {
  /** Looks a room up by its slug, without joining. */
  find(slug: string): Promise<Room>;
  /** Whether this visitor has an identity from an earlier visit or from the host. */
  identified(): Promise<boolean>;
  /**
   * Joins, as a guest by anonymous sign-in where there is no identity yet.
   * @param name the display name to use from now on; null keeps the one known
   */
  join(slug: string, name: string | null): Promise<Joined>;
  /** The newest entries before `seq`, oldest first. */
  entriesBefore(roomId: string, seq: number, limit: number): Promise<readonly Entry[]>;
  /** The oldest entries after `seq`, oldest first. */
  entriesAfter(roomId: string, seq: number, limit: number): Promise<readonly Entry[]>;
  /** The end of the log now: for the slow check that nothing was missed. */
  latest(roomId: string): Promise<End>;
  /** Writes a message. Idempotent by `id`: sending twice gives the same entry. */
  send(roomId: string, id: string, body: string): Promise<Entry>;
  /** Writes a shared track. Idempotent by `id`, as `send`. */
  shareTrack(roomId: string, id: string, track: SharedTrack): Promise<Entry>;
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
