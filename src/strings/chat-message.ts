import type { Words } from './words.js';

/** What a visitor reads at a message and where they write one, in one language. */
export interface MessageStrings {
  /** A change of one's own is on its way. */
  readonly saving: string;
  /** Below a message that is not on its way yet, and what for; it goes out by itself. */
  readonly waits: Readonly<Record<'slow-mode' | 'rate-limited', string>>;
  /** Before the new words of a message that were not taken. */
  readonly unsaved: string;
  /** In place of a deleted message's words. */
  readonly messageDeleted: string;
  /** Beside the words of a message that was changed after it was sent. */
  readonly edited: string;
  /** @param moment when */
  editedAt(moment: string): string;
  readonly showMore: string;
  readonly showLess: string;
  /** The button that leads to the message which a reply answers. */
  answers(name: string, words: string): string;
  readonly quoteLoading: string;
  readonly quoteDeleted: string;
  readonly quoteUnknown: string;
  readonly reactions: string;
  count(count: number): string;
  /** The name of a reaction's button. @param names of others, as many as are known */
  reaction(emoji: string, count: number, mine: boolean, names: readonly string[]): string;
  /** @param count of reactions that are not shown */
  moreReactions(count: number): string;
  /** The group of buttons at a message. @param name its author */
  actionsOf(name: string): string;
  readonly reply: string;
  readonly react: string;
  /** @param emoji and its name */
  reactWith(emoji: string, name: string): string;
  readonly emojiByName: string;
  readonly emojiByNameExample: string;
  /** @param count of emoji that have such a name */
  emojiFound(count: number): string;
  readonly emojiMissing: string;
  readonly more: string;
  readonly edit: string;
  readonly remove: string;
  readonly reportMessage: string;
  readonly removeQuestion: string;
  readonly removeMeans: string;

  readonly save: string;
  /** While an edit leaves nothing of the message. */
  readonly nothingToSave: string;
  /** Above the box, while a message is answered. */
  replyingTo(name: string): string;
  readonly cancelReply: string;
  readonly editing: string;
  readonly cancelEdit: string;
  /** What completes a name or an emoji. */
  readonly suggestions: string;
  /** @param count of them */
  suggested(count: number): string;
  /** @param seconds until one may write again */
  slowMode(seconds: number): string;
}

/** `you, Bob and 3 others` */
function who(words: Words, count: number, mine: boolean, names: readonly string[]): string {
  const told = mine ? ['you', ...names] : [...names];
  const rest = count - told.length;
  if (rest > 0 && told.length) told.push(words.plural(rest, { one: '# other', other: '# others' }));
  return words.list(told);
}

export const englishMessage = (words: Words): MessageStrings => ({
  saving: 'Saving',
  waits: {
    'slow-mode': 'This room is in slow mode: it goes out by itself when it may.',
    'rate-limited': 'You are writing faster than this room allows: it goes out by itself in a moment.',
  },
  unsaved: 'Your change was not saved:',
  messageDeleted: 'Message deleted',
  edited: 'edited',
  editedAt: (moment) => `Edited ${moment}`,
  showMore: 'Show more',
  showLess: 'Show less',
  answers: (name, words) => `Answers ${name}: ${words}`,
  quoteLoading: 'Looking the message up…',
  quoteDeleted: 'Message deleted',
  quoteUnknown: 'Answers a message that is gone',
  reactions: 'Reactions',
  count: (count) => words.number(count),
  reaction: (emoji, count, mine, names) => [emoji, words.number(count), who(words, count, mine, names)].filter(Boolean).join(', '),
  moreReactions: (count) => `Show ${words.plural(count, { one: '# more reaction', other: '# more reactions' })}`,
  actionsOf: (name) => `Message of ${name}`,
  reply: 'Reply',
  react: 'React',
  reactWith: (emoji, name) => `React with ${emoji} ${name}`,
  emojiByName: 'Emoji by name',
  emojiByNameExample: 'For example wave',
  emojiFound: (count) => (count ? `${words.plural(count, { one: '# emoji', other: '# emoji' })} found` : 'There is no emoji of that name.'),
  emojiMissing: 'The other emoji cannot be loaded now. Try again later.',
  more: 'More',
  edit: 'Edit',
  remove: 'Delete',
  reportMessage: 'Report',
  removeQuestion: 'Delete this message?',
  removeMeans: 'Nobody will be able to read it any more.',

  save: 'Save',
  nothingToSave: 'There is nothing left of this message. Write something, or delete it instead.',
  replyingTo: (name) => `Reply to ${name}`,
  cancelReply: 'Cancel the reply',
  editing: 'Edit your message',
  cancelEdit: 'Cancel editing',
  suggestions: 'Suggestions',
  suggested: (count) => `${words.plural(count, { one: '# suggestion', other: '# suggestions' })}. Arrows choose, Enter takes.`,
  slowMode: (seconds) => `You can write again in ${seconds} s.`,
});
