import type { Part } from './language.js';
import type { Words } from './words.js';

/** What moderators and owners read. Apart from the chat's other sentences: most visitors never load it. */
export interface ModerationStrings {
  readonly title: string;
  readonly close: string;
  readonly cancel: string;
  readonly loading: string;
  /** After something was done. */
  readonly done: string;

  readonly reports: string;
  readonly noReports: string;
  reportedBy(name: string, moment: string): string;
  /** @param count of those who reported one message, two or more; @param moment when the last of them did */
  reportedByMany(count: number, moment: string): string;
  /** How much there is to look at. */
  reportedInAll(messages: number, reports: number): string;
  readonly moreReports: string;
  readonly noReason: string;
  readonly messageGone: string;
  readonly deleteMessage: string;
  readonly mute: string;
  readonly ban: string;
  readonly dismiss: string;
  /** Puts all reports of one message away. */
  readonly dismissAll: string;
  /** Names a group of buttons. @param name of who wrote the message */
  reportOn(name: string): string;

  readonly bans: string;
  readonly noBans: string;
  /** What stands on the button. */
  readonly unbanShort: string;
  /** The button's name. */
  unban(name: string): string;
  /** @param moment until then, or null: for good */
  bannedUntil(moment: string | null): string;

  readonly room: string;
  readonly slowMode: string;
  /** @param seconds between two messages; 0 is off */
  slowSeconds(seconds: number): string;
  readonly roomTitle: string;
  readonly saveTitle: string;
  readonly isPublic: string;
  readonly allowsGuests: string;

  readonly invitations: string;
  readonly invitationsNext: string;
  readonly lasts: string;
  /** @param hours for how long an invitation is good */
  hours(hours: number): string;
  readonly uses: string;
  /** @param count of people an invitation is good for; null: any number */
  people(count: number | null): string;
  readonly createLink: string;
  readonly link: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyYourself: string;
  readonly revoke: string;
  readonly revokeQuestion: string;
  readonly revokeMeans: string;
  readonly confirmRevoke: string;

  /** What can be done about a member. */
  readonly member: MemberActStrings;
}

export interface MemberActStrings {
  readonly muteTenMinutes: string;
  readonly muteOneHour: string;
  readonly muteForGood: string;
  readonly unmute: string;
  readonly banOneDay: string;
  readonly banForGood: string;
  readonly makeModerator: string;
  readonly makeMember: string;
  /** @param forGood or for a day */
  banQuestion(name: string, forGood: boolean): string;
  readonly banMeans: string;
  readonly reason: string;
  readonly confirmBan: string;
  /** @param moment until then, or null: for good */
  mutedUntil(moment: string | null): string;
}

const english = (words: Words): ModerationStrings => ({
  title: 'Moderation',
  close: 'Close',
  cancel: 'Cancel',
  loading: 'Loading…',
  done: 'Done.',

  reports: 'Reports',
  noReports: 'There is nothing to look at.',
  reportedBy: (name, moment) => `Reported by ${name}, ${moment}`,
  reportedByMany: (count, moment) => `Reported by ${words.plural(count, { one: '# member', other: '# members' })}, most recently ${moment}`,
  reportedInAll: (messages, reports) =>
    `${words.plural(reports, { one: '# report', other: '# reports' })} of ${words.plural(messages, { one: '# message', other: '# messages' })}`,
  moreReports: 'Show more',
  noReason: 'No reason given.',
  messageGone: 'The message was deleted.',
  deleteMessage: 'Delete message',
  mute: 'Mute…',
  ban: 'Ban…',
  dismiss: 'Dismiss',
  dismissAll: 'Dismiss all',
  reportOn: (name) => `Report on a message of ${name}`,

  bans: 'Bans',
  noBans: 'Nobody is banned.',
  unbanShort: 'Unban',
  unban: (name) => `Unban ${name}`,
  bannedUntil: (moment) => (moment === null ? 'For good' : `Until ${moment}`),

  room: 'Room',
  slowMode: 'Slow mode',
  slowSeconds: (seconds) => (seconds === 0 ? 'Off' : `One message in ${words.pause(seconds)}`),
  roomTitle: 'Title',
  saveTitle: 'Save title',
  isPublic: 'Anybody may join',
  allowsGuests: 'Guests may join',

  invitations: 'Invitation',
  invitationsNext: 'Whoever opens the link may join, also while the room is private.',
  lasts: 'Good for',
  hours: (hours) => (hours < 48 ? words.span(hours, 'hour') : words.span(Math.round(hours / 24), 'day')),
  uses: 'Number of people',
  people: (count) => (count === null ? 'Any number' : words.plural(count, { one: '# person', other: '# people' })),
  createLink: 'Create link',
  link: 'Invitation link',
  copy: 'Copy',
  copied: 'Copied.',
  copyYourself: 'This browser does not let the page copy. The link is selected: copy it yourself.',
  revoke: 'Revoke all links',
  revokeQuestion: 'Revoke all invitations?',
  revokeMeans: 'No link that was made lets anybody in any more. Who is in the room stays.',
  confirmRevoke: 'Revoke',

  member: {
    muteTenMinutes: 'Mute 10 minutes',
    muteOneHour: 'Mute 1 hour',
    muteForGood: 'Mute for good',
    unmute: 'Unmute',
    banOneDay: 'Ban 1 day',
    banForGood: 'Ban for good',
    makeModerator: 'Make moderator',
    makeMember: 'Make member',
    banQuestion: (name, forGood) => (forGood ? `Ban ${name} for good?` : `Ban ${name} for 1 day?`),
    banMeans: 'They leave the room at once, and receive nothing of it any more.',
    reason: 'Reason, for the other moderators',
    confirmBan: 'Ban',
    mutedUntil: (moment) => (moment === null ? 'Muted for good' : `Muted until ${moment}`),
  },
});

export const moderationPart: Part<ModerationStrings> = {
  name: 'moderation',
  english,
  translated: (language, words) => language.moderation(words),
};
