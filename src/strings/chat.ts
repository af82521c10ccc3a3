import { limits, type ChatErrorCode, type ChatProblem, type ChatStatus, type Progress } from '../chat/model.js';
import { englishMessage, type MessageStrings } from './chat-message.js';
import type { Part, Replaced } from './language.js';
import type { ModerationStrings } from './moderation.js';
import type { Words } from './words.js';

/** What Spotify has a page of, and a room takes. */
export type SharedKind = 'track' | 'episode' | 'album' | 'playlist';

/** What can be said of a member. */
export type MemberMark = 'guest' | 'moderator' | 'owner' | 'away' | 'muted';

/** The dialog that tells moderators of a message. */
export interface ReportStrings {
  readonly title: string;
  readonly next: string;
  readonly reason: string;
  readonly send: string;
  readonly sending: string;
  readonly sent: string;
  /** @param over how many characters too many */
  tooLong(over: number): string;
}

/** Every sentence of the chat that a visitor reads, in one language. */
export interface ChatStrings extends MessageStrings {
  /** The region's name before the room's title is known. */
  readonly chatRoom: string;
  /** What the room does while it is not live, in a word or two; empty when it is. */
  readonly status: Readonly<Record<ChatStatus, string>>;
  readonly reconnecting: string;
  /** The same where the server said that it cannot just now. */
  readonly serverTrouble: string;
  readonly backAgain: string;
  readonly emptyRoom: string;
  readonly emptyRoomNext: string;
  readonly tryAgain: string;
  readonly members: string;
  readonly messages: string;
  readonly earlierMessages: string;
  readonly loadingEarlier: string;
  readonly beginning: string;
  /** What is being read where that takes long. */
  readonly reading: Readonly<Record<Progress['to'], string>>;
  readonly jumpToLatest: string;
  /** @param count of messages that the reader has not come to */
  unread(count: number): string;
  /** The line above the first message that the reader had not read. */
  readonly unreadLine: string;
  /** @param title of the room */
  welcome(title: string): string;
  readonly welcomeNext: string;
  readonly yourName: string;
  readonly join: string;
  readonly message: string;
  readonly messagePlaceholder: string;
  readonly send: string;
  readonly nothingToSend: string;
  /** @param over how many characters too many */
  tooLong(over: number): string;
  /** @param over how many characters too many */
  charactersOver(over: number): string;
  /** @param left how many characters remain */
  charactersLeft(left: number): string;
  /** Why the composer cannot be used. */
  readonly notJoined: Readonly<Partial<Record<ChatStatus, string>>>;
  readonly you: string;
  readonly sending: string;
  readonly retry: string;
  readonly discard: string;
  /** What the announcer says of one message. */
  said(name: string, body: string): string;
  /** What the announcer says of one shared track. */
  saidShared(name: string, title: string, artists: string): string;
  /** What the announcer says of several. */
  newMessages(count: number): string;
  /** What it is that somebody shared. */
  readonly kinds: Readonly<Record<SharedKind, string>>;
  /** The button that plays it on the reader's own player. */
  playForMe(title: string): string;
  readonly openInSpotify: string;
  /** Said before the title of what a member hears. */
  readonly listeningTo: string;
  /** Where what members listen to comes from. */
  readonly onSpotify: string;
  /** The switch that lets others see what one hears. */
  readonly showListening: string;
  /** @param room its title */
  sharedIn(room: string): string;
  /** Puts a sentence away. */
  readonly dismiss: string;
  readonly cancel: string;
  readonly close: string;
  /** @param names of those who write, at most two; @param count of all of them */
  typing(names: readonly string[], count: number): string;
  readonly searchMembers: string;
  readonly nobodyFound: string;
  /** What is said of a member beside their name. */
  readonly marks: Readonly<Record<MemberMark, string>>;
  /** The button that opens what a moderator can do with a member. */
  moderate(name: string): string;
  /** The button that opens what moderators look after. */
  readonly moderation: string;
  /** @param count of reports that wait for an answer */
  openReports(count: number): string;
  readonly report: ReportStrings;
  /** What happened and what helps. */
  problem(problem: ChatProblem): string;
}

const problems = (words: Words): Readonly<Record<ChatErrorCode, string>> => ({
  'url-missing': 'This chat is not set up yet: it does not know its server. Please tell whoever runs this page.',
  'url-invalid': 'This chat is not set up correctly: the address of its server is wrong. Please tell whoever runs this page.',
  'key-missing': 'This chat is not set up yet: the key to its server is missing. Please tell whoever runs this page.',
  'key-refused': 'This chat is not set up correctly: its server refused the key. Please tell whoever runs this page.',
  'rooms-missing': 'This chat is not set up yet: its server knows no rooms. Please tell whoever runs this page.',
  'room-missing': 'This chat is not set up yet: it does not know which room to open. Please tell whoever runs this page.',
  'room-unknown': 'There is no such room, or it is private. Open a private one by an invitation link; otherwise tell whoever runs this page.',
  'name-invalid': `Please give a name of 1 to ${limits.name} characters.`,
  'guests-refused': 'This room takes no guests. Sign in on this page first, then try again.',
  'not-signed-in': 'You are no longer signed in. Try again, or sign in on this page.',
  'token-expired': 'Your sign-in here has run out. This goes on by itself once the page has renewed it; if it does not, sign in on this page again.',
  'not-a-member': 'You are not a member of this room any more. Ask its owner to let you in again.',
  'message-empty': 'There is nothing to send yet. Write a message first.',
  'message-too-long': `This message is too long. Shorten it to ${words.number(limits.message)} characters.`,
  'track-invalid': 'This cannot be shared here. Share a track, an episode, an album or a playlist from Spotify.',
  'left-unsent': 'This was not sent at the time, and the room has gone on since. Send it now, or discard it.',
  'slow-mode': 'This room is in slow mode. Wait a little before you write again.',
  muted: 'A moderator has muted you here. You can read, and write again when that ends.',
  banned: 'You are banned from this room. If you think that is a mistake, ask its owner.',
  'not-allowed': 'You may not do that in this room. Ask its owner.',
  'message-unknown': 'That message is not there any more.',
  'reaction-invalid': 'That cannot be a reaction. Choose an emoji.',
  'reactions-full': 'This message has as many different reactions as it can. Choose one of them.',
  'invitation-invalid': 'This room is private, and opens with an invitation that is still valid. Ask one of its moderators for a new link.',
  'rate-limited': 'You are writing faster than this room allows. Try again in a moment.',
  network: 'The chat cannot be reached. Check your connection and try again.',
  server: 'The chat’s server made a mistake. Try again in a moment.',
});

/** The same where it is known how long, in s. */
const waits = (words: Words): Readonly<Partial<Record<ChatErrorCode, (wait: number) => string>>> => ({
  'rate-limited': (wait) => `You are writing faster than this room allows. Try again ${words.later(wait)}.`,
  'slow-mode': (wait) => `This room is in slow mode. You can write again ${words.later(wait)}.`,
  muted: (wait) => `A moderator has muted you here. You can read, and write again ${words.later(wait)}.`,
});

const bannedUntil = (moment: string): string =>
  `You are banned from this room until ${moment}. If you think that is a mistake, ask its owner.`;

const english = (words: Words): ChatStrings => ({
  ...englishMessage(words),
  chatRoom: 'Chat room',
  status: {
    loading: 'Opening…',
    'signed-out': '',
    connecting: 'Joining…',
    ready: '',
    reconnecting: 'Reconnecting…',
    failed: 'Not connected',
  },
  reconnecting: 'The connection is gone. Reconnecting; what you write is kept.',
  serverTrouble: 'The chat’s server is having trouble. Reconnecting by itself; messages may come late, and what you write is kept.',
  backAgain: 'Connected again.',
  emptyRoom: 'It is quiet in here.',
  emptyRoomNext: 'Write the first message: what are you listening to?',
  tryAgain: 'Try again',
  members: 'Members',
  messages: 'Messages',
  earlierMessages: 'Earlier messages',
  loadingEarlier: 'Loading earlier messages…',
  beginning: 'This is where the conversation begins.',
  reading: {
    source: 'Reading back to that message…',
    end: 'Reading what was written while you were away…',
  },
  jumpToLatest: 'Jump to latest',
  unreadLine: 'New messages',
  unread: (count) => `${words.number(count)} new`,
  welcome: (title) => `Join ${title}`,
  welcomeNext: 'Chat together while everybody listens to their own music.',
  yourName: 'Your name',
  join: 'Join',
  message: 'Message',
  messagePlaceholder: 'Write a message…',
  send: 'Send',
  nothingToSend: 'Write something first.',
  tooLong: (over) => `${words.plural(over, { one: '# character', other: '# characters' })} too many: a message has at most ${words.number(limits.message)}.`,
  charactersOver: (over) => `${words.plural(over, { one: '# character', other: '# characters' })} too many`,
  charactersLeft: (left) => `${words.plural(left, { one: '# character', other: '# characters' })} left`,
  notJoined: {
    loading: 'You can write as soon as the room is open.',
    'signed-out': 'Join the room to write.',
    connecting: 'You can write as soon as you have joined.',
    failed: 'You cannot write while the chat is not connected.',
  },
  you: 'you',
  sending: 'Sending',
  retry: 'Retry',
  discard: 'Discard',
  said: (name, body) => `${name}: ${body}`,
  saidShared: (name, title, artists) => (artists ? `${name} shared ${title} by ${artists}` : `${name} shared ${title}`),
  newMessages: (count) => words.plural(count, { one: '# new message', other: '# new messages' }),
  kinds: { track: 'Track', episode: 'Episode', album: 'Album', playlist: 'Playlist' },
  playForMe: (title) => `Play ${title} for me`,
  openInSpotify: 'Open in Spotify',
  listeningTo: 'listening to',
  onSpotify: 'Listening on Spotify',
  showListening: 'Show others what I am listening to',
  sharedIn: (room) => `Shared in ${room}`,
  dismiss: 'Dismiss',
  cancel: 'Cancel',
  close: 'Close',
  typing: ([first = '', second], count) =>
    count > 2 ? 'Several people are typing' : second === undefined ? `${first} is typing` : `${first} and ${second} are typing`,
  searchMembers: 'Search members',
  nobodyFound: 'Nobody of that name is here.',
  marks: { guest: 'guest', moderator: 'moderator', owner: 'owner', away: 'away', muted: 'muted' },
  moderate: (name) => `Moderate ${name}`,
  moderation: 'Moderation',
  openReports: (count) => words.plural(count, { one: '# open report', other: '# open reports' }),
  report: {
    title: 'Report this message',
    next: 'The room’s moderators read it. Nobody else learns of it.',
    reason: 'What is wrong with it?',
    send: 'Send report',
    sending: 'Sending…',
    sent: 'Thank you. The moderators will look at it.',
    tooLong: (over) => `${words.plural(over, { one: '# character', other: '# characters' })} too many: a reason has at most ${words.number(limits.reason)}.`,
  },
  problem: ({ code, waitSeconds, until }) =>
    until ? bannedUntil(words.moment(until)) : (waitSeconds && waits(words)[code]?.(waitSeconds)) || problems(words)[code],
});

/** Some of the chat's sentences, as a page gives them. */
export type ChatSentences = Replaced<ChatStrings> & {
  /** What moderators read in their dialogs. */
  readonly moderationDialog?: Replaced<ModerationStrings>;
};

export const chatPart: Part<ChatStrings> = {
  name: 'chat',
  english,
  translated: (language, words) => language.chat(words, limits),
};
