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
  /** Slow mode: how long a member waits between two messages, in s; 0 where it is off. */
  readonly slowSeconds: number;
  /** Whether anybody may join; a private one takes an invitation. */
  readonly isPublic: boolean;
  readonly allowsGuests: boolean;
}

/** What an owner can change of a room; a moderator only `slowSeconds`. */
export type RoomSettings = Partial<Pick<Room, 'title' | 'slowSeconds' | 'isPublic' | 'allowsGuests'>>;

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
  /** Without an account of the host's. */
  readonly isGuest: boolean;
  /** Until when they may not write, in ms since the epoch; Infinity for good; null when they may. May lie in the past. */
  readonly mutedUntil: number | null;
  /** Here, and not looking. */
  readonly away: boolean;
}

/**
 * `message` and `track` are shown; the others say what became of one that is, `adopt` that what a guest wrote is its
 * author's from then on.
 */
export type EntryKind = 'message' | 'track' | 'edit' | 'delete' | 'react' | 'unreact' | 'adopt';

/** One entry of a room's log. `seq` is contiguous within the room and given by the database. */
export interface Entry {
  readonly seq: number;
  /** The writer's UUID for it: what makes a repeated send harmless. */
  readonly id: string;
  readonly kind: EntryKind;
  /** null: the account is gone, the entry stays. */
  readonly authorId: string | null;
  readonly authorName: string;
  /** What a message says; of a track its title, of an edit the new text, of a reaction the emoji. */
  readonly body: string;
  /** The rest of a shared track; null with every other kind, and of a deleted one. */
  readonly track: Omit<SharedTrack, 'title'> | null;
  /** The message that an edit, a deletion or a reaction is about; of `adopt` the guest's id; null of a message. */
  readonly targetId: string | null;
  /** The message that this one answers. */
  readonly replyTo: string | null;
  /** Ids of the members that it names; of an edit those that the new text names. */
  readonly mentions: readonly string[];
  /** Deleted: its text is nowhere any more. */
  readonly redacted: boolean;
  /** When the database took it, in ms since the epoch. */
  readonly at: number;
}

/** A message of one's own, or a change of one, that the database has not confirmed. */
export interface PendingMessage {
  /** Of the entry that it becomes. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly body: string;
  /** What is shared with it, and then `body` is its title. */
  readonly track: SharedTrack | null;
  readonly targetId: string | null;
  readonly replyTo: string | null;
  readonly mentions: readonly string[];
  /** When it was written here, in ms since the epoch. */
  readonly at: number;
  readonly state: 'sending' | 'failed';
  readonly problem: ChatProblem | null;
}

/** The message that another one answers, as far as it is known. */
export interface Quote {
  readonly id: string;
  /** Empty unless `known` or `deleted`. */
  readonly authorName: string;
  /** Of a track its title. Empty unless `known`. */
  readonly body: string;
  /** `unknown`: there is none, or it could not be read. */
  readonly state: 'known' | 'loading' | 'deleted' | 'unknown';
}

/** Everybody who gave one message the same emoji. */
export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  readonly mine: boolean;
  /** Who, at most 10, in the order of reacting. */
  readonly names: readonly string[];
}

/** A member whom a message names. */
export interface Mention {
  readonly id: string;
  readonly name: string;
}

/** What this visitor may do with a message. The database decides again. */
export interface Permissions {
  readonly reply: boolean;
  readonly react: boolean;
  readonly edit: boolean;
  readonly remove: boolean;
  readonly report: boolean;
  /** Something about its author, whether they are here or not; the database knows who may not be acted on. */
  readonly moderate: boolean;
}

/** A new text of a message that was not taken, and that its writer has not given up. */
export interface UnsavedEdit {
  /** Of the change: what is retried or discarded. */
  readonly id: string;
  readonly body: string;
  /** Whom the new words name. */
  readonly mentions: readonly Mention[];
  readonly problem: ChatProblem;
}

/** One message as the timeline shows it. The same object until something about it changes. */
export interface TimelineMessage {
  readonly id: string;
  /** Its place in the room's log; null until the database took it. */
  readonly seq: number | null;
  /** The same for all messages of one author. Of an account that is gone it tells no more than the name. */
  readonly authorId: string;
  readonly authorName: string;
  /** Empty when it was deleted. */
  readonly body: string;
  /** What is shared with it, and then `body` is its title; null when it was deleted. */
  readonly track: SharedTrack | null;
  readonly at: number;
  readonly mine: boolean;
  readonly replyTo: Quote | null;
  /** When its text was last changed, in ms since the epoch. */
  readonly editedAt: number | null;
  readonly deleted: boolean;
  /** In the order in which each emoji was first given. */
  readonly reactions: readonly Reaction[];
  /** Those of whom a name is known. */
  readonly mentions: readonly Mention[];
  readonly mentionsMe: boolean;
  readonly may: Permissions;
  /** An edit, a deletion or a reaction of the visitor's own is on its way. */
  readonly changing: boolean;
  /** What the visitor last changed its text to, in vain; else null. */
  readonly unsaved: UnsavedEdit | null;
  readonly state: 'sent' | 'sending' | 'failed';
  /** Why it was not sent; while `sending` or `changing` what that waits for (`slow-mode`, `rate-limited`, `token-expired`); else null. */
  readonly problem: ChatProblem | null;
}

/** A member's word that a message does not belong here. */
export interface Report {
  readonly reporterName: string;
  /** Empty where none was given. */
  readonly reason: string;
  /** In ms since the epoch. */
  readonly at: number;
}

/** A message that members reported. Moderators and owners see it. */
export interface ReportedMessage {
  readonly messageId: string;
  /** null: the account is gone. */
  readonly authorId: string | null;
  readonly authorName: string;
  /** What it says now; empty when it was deleted. */
  readonly body: string;
  /** How many members reported it. */
  readonly reporters: number;
  /** What they said: the newest, at most five, newest first. */
  readonly reports: readonly Report[];
}

/** What is reported and not yet looked after. */
export interface OpenReports {
  /** What each member reported last stands before what anybody reported before that: nobody's many hide another's. */
  readonly list: readonly ReportedMessage[];
  /** How many messages are reported, those not listed included. */
  readonly messages: number;
  /** How many reports of them there are. */
  readonly reports: number;
}

/** Somebody who may not come in. */
export interface Ban {
  readonly userId: string;
  readonly name: string;
  /** In ms since the epoch; Infinity for good. */
  readonly until: number;
  readonly reason: string;
}

/** What moderators and owners look after. */
export interface Moderation {
  readonly reports: OpenReports;
  readonly bans: readonly Ban[];
  readonly loading: boolean;
}

/** Each code is a sentence in strings/chat.ts. */
export type ChatErrorCode =
  | 'url-missing'
  | 'url-invalid'
  | 'key-missing'
  | 'key-refused'
  | 'rooms-missing'
  | 'room-missing'
  | 'room-unknown'
  | 'name-invalid'
  | 'guests-refused'
  | 'not-signed-in'
  | 'token-expired'
  | 'not-a-member'
  | 'message-empty'
  | 'message-too-long'
  | 'track-invalid'
  | 'rate-limited'
  | 'slow-mode'
  | 'left-unsent'
  | 'muted'
  | 'banned'
  | 'not-allowed'
  | 'message-unknown'
  | 'reaction-invalid'
  | 'reactions-full'
  | 'invitation-invalid'
  | 'network'
  | 'server';

/** A problem in the visitor's words. */
export interface ChatProblem {
  readonly code: ChatErrorCode;
  /** How long to wait, in s, where the database told. */
  readonly waitSeconds?: number;
  /** Of a ban that ends: when, in ms since the epoch. Fixed when it is told, so that it is the same whenever it is read. */
  readonly until?: number;
}

/** How far a long reading has come, in entries of the log. */
export interface Progress {
  /** `source`: back to a message that the visitor wants to see. `end`: on, through what was written while they were away. */
  readonly to: 'source' | 'end';
  readonly done: number;
  readonly of: number;
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
  /** How many are here now, those included whose names are not known yet. */
  readonly hereCount: number;
  /** Who writes just now, oneself left out; empty above 100 here. */
  readonly typing: readonly Member[];
  /** Messages of others after the one that was read last, counted up to 100. */
  readonly unread: number;
  /** Id of the first message that was unread when the room was opened; it stays for as long as the room is open. */
  readonly firstUnread: string | null;
  /** Slow mode: when the visitor may write again, in ms since the epoch; null when now. */
  readonly slowUntil: number | null;
  /** More than 5 messages a second: changes are told at most once a frame. */
  readonly busy: boolean;
  /** null unless the visitor is a moderator or the owner. */
  readonly moderation: Moderation | null;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  /** null unless something is read that takes long. */
  readonly progress: Progress | null;
  /** Whether this visitor shows the room what they listen to. Off until they turn it on, and after every reload. */
  readonly sharingListening: boolean;
  readonly problem: ChatProblem | null;
  /** The last thing that the visitor did and that failed, until they put it away or do it again. */
  readonly notice: ChatProblem | null;
}

/** Before there is a room. */
export const emptySnapshot: ChatSnapshot = Object.freeze({
  status: 'loading',
  room: null,
  me: null,
  messages: Object.freeze([]),
  members: Object.freeze([]),
  hereCount: 0,
  typing: Object.freeze([]),
  unread: 0,
  firstUnread: null,
  slowUntil: null,
  busy: false,
  moderation: null,
  hasOlder: false,
  loadingOlder: false,
  progress: null,
  sharingListening: false,
  problem: null,
  notice: null,
});

/** What a message has before anything became of it, and somebody may do nothing with. */
export const plainMessage = Object.freeze({
  seq: null,
  replyTo: null,
  editedAt: null,
  deleted: false,
  reactions: Object.freeze([]),
  mentions: Object.freeze([]),
  mentionsMe: false,
  may: Object.freeze({ reply: false, react: false, edit: false, remove: false, report: false, moderate: false }),
  changing: false,
  unsaved: null,
}) satisfies Partial<TimelineMessage>;

/** An entry that is about nothing but itself. */
export const plainEntry = Object.freeze({
  track: null,
  targetId: null,
  replyTo: null,
  mentions: Object.freeze([]),
  redacted: false,
}) satisfies Partial<Entry>;

/** A member of whom no more is known than their name. */
export const plainMember = Object.freeze({
  role: 'member',
  listening: null,
  isGuest: false,
  mutedUntil: null,
  away: false,
}) satisfies Partial<Member>;

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
  /** Characters (code points) of a report's reason. */
  reason: 500,
  /** Messages whose state is asked for at once. */
  quotes: 50,
  /** Seconds of slow mode. */
  slowSeconds: 21_600,
  /** Reported messages that are listed at first, and with each `moreReports()`. */
  reports: 20,
  /** So many unread messages are counted. */
  unread: 100,
});

/** Length as the database counts it: code points, not UTF-16 units. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
