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

/** What a member chose to show of their listening. Words of others: text to be shown, and nothing to act on. */
export interface Listening {
  /** `spotify:track:…` or `spotify:episode:…` */
  readonly uri: string;
  /** One line, at most 300 characters. */
  readonly title: string;
  readonly artists: string;
  /** Address of the cover: https, or of the page's own origin; null where there is none. */
  readonly artwork: string | null;
}

/** A track, an episode, an album or a playlist that somebody shared in the room. Words of others, as in {@link Listening}. */
export interface SharedTrack {
  /** `spotify:(track|episode|album|playlist):…` */
  readonly uri: string;
  readonly title: string;
  /** Empty where there are none to name. */
  readonly artists: string;
}

/** Someone who joined the room, as the database knows them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** What they show that they listen to now; null when nothing, or when they show nothing. */
  readonly listening: Listening | null;
}

/** One entry of a room's log. `seq` is contiguous within the room and given by the database. */
export interface Entry {
  readonly seq: number;
  /** The writer's UUID for it: what makes a repeated send harmless. */
  readonly id: string;
  readonly kind: 'message' | 'track';
  /** null: the account is gone, the entry stays. */
  readonly authorId: string | null;
  readonly authorName: string;
  /** What a message says; of a track its title. */
  readonly body: string;
  /** The rest of a shared track; null with kind `message`. */
  readonly track: Omit<SharedTrack, 'title'> | null;
  /** When the database took it, in ms since the epoch. */
  readonly at: number;
}

/** A message of one's own that the database has not confirmed. */
export interface PendingMessage {
  readonly id: string;
  readonly body: string;
  /** What is shared with it, and then `body` is its title. */
  readonly track: SharedTrack | null;
  /** When it was written here, in ms since the epoch. */
  readonly at: number;
  readonly state: 'sending' | 'failed';
  readonly problem: ChatProblem | null;
}

/** One message as the timeline shows it. */
export interface TimelineMessage {
  readonly id: string;
  /** The same for all messages of one author. Of an account that is gone it tells no more than the name. */
  readonly authorId: string;
  readonly authorName: string;
  readonly body: string;
  /** What is shared with it, and then `body` is its title. */
  readonly track: SharedTrack | null;
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
  | 'track-invalid'
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
  /** Whether this visitor shows the room what they listen to. Off until they turn it on, and after every reload. */
  readonly sharingListening: boolean;
  readonly problem: ChatProblem | null;
}

/** The same limits as in supabase/migrations; checked here first so that the visitor reads a sentence at once. */
export const limits = Object.freeze({
  /** Characters (code points) of a display name, after trimming. */
  name: 40,
  /** Characters (code points) of a message, after trimming. */
  message: 4000,
  /** Characters (code points) of a shared title, and of the artists beside it. Longer ones are cut. */
  title: 300,
  /** Entries a page of history. */
  page: 50,
});

/** Length as the database counts it: code points, not UTF-16 units. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
