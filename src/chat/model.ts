/** The words that the chat's logic and its views share. Plain frozen data, no behaviour. */

/**
 * - `loading`: the room is being looked up
 * - `signed-out`: the room is there, the visitor has not given a name
 * - `connecting`: joining and reading the newest messages
 * - `ready`: live
 * - `reconnecting`: live no more, being repaired; what was read stays, what is written is kept
 * - `failed`: it stopped; `problem` says why and what helps
 */
export type ChatStatus = 'loading' | 'signed-out' | 'connecting' | 'ready' | 'reconnecting' | 'failed';

export interface Room {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
}

export type Role = 'member' | 'moderator' | 'owner';

/** Someone who joined the room, as the database knows them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** One entry of a room's log. `seq` is contiguous within the room and given by the database. */
export interface Entry {
  readonly seq: number;
  /** The writer's UUID for it: what makes a repeated send harmless. */
  readonly id: string;
  readonly kind: 'message';
  readonly authorId: string;
  readonly authorName: string;
  readonly body: string;
  /** When the database took it, in ms since the epoch. */
  readonly at: number;
}

/** A message of one's own that the database has not confirmed. */
export interface PendingMessage {
  readonly id: string;
  readonly body: string;
  /** When it was written here, in ms since the epoch. */
  readonly at: number;
  readonly state: 'sending' | 'failed';
  readonly problem: ChatProblem | null;
}

/** One message as the timeline shows it. */
export interface TimelineMessage {
  readonly id: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly body: string;
  readonly at: number;
  readonly mine: boolean;
  readonly state: 'sent' | 'sending' | 'failed';
  /** Why it was not sent; null unless `state` is `failed`. */
  readonly problem: ChatProblem | null;
}

/** Each code is a sentence in strings/chat.ts. */
export type ChatErrorCode =
  | 'url-missing'
  | 'url-invalid'
  | 'key-missing'
  | 'key-refused'
  | 'room-missing'
  | 'room-unknown'
  | 'name-invalid'
  | 'guests-refused'
  | 'not-signed-in'
  | 'not-a-member'
  | 'message-empty'
  | 'message-too-long'
  | 'rate-limited'
  | 'network'
  | 'server';

/** A problem in the visitor's words. */
export interface ChatProblem {
  readonly code: ChatErrorCode;
  /** How long to wait, in s, where the database told. */
  readonly waitSeconds?: number;
}

/** Everything a `<chat-room>` shows of its room. Frozen. */
export interface ChatSnapshot {
  readonly status: ChatStatus;
  readonly room: Room | null;
  readonly me: Member | null;
  /** Oldest first. */
  readonly messages: readonly TimelineMessage[];
  /** Who is here now, oneself first, then by name. */
  readonly members: readonly Member[];
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  readonly problem: ChatProblem | null;
}

/** The same limits as in supabase/migrations; checked here first so that the visitor reads a sentence at once. */
export const limits = Object.freeze({
  /** Characters (code points) of a display name, after trimming. */
  name: 40,
  /** Characters (code points) of a message, after trimming. */
  message: 4000,
  /** Entries a page of history. */
  page: 50,
});

/** Length as the database counts it: code points, not UTF-16 units. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
