/** The parts of its buttons that a message hands on. */
export const messageActionsParts =
  'actions, action, popup, menu, menu-item, emoji-picker, emoji, emoji-input, emoji-found, confirm, confirm-question, confirm-note, confirm-button';

/** The parts of a message that the elements around it hand on. */
export const messageParts = [
  'avatar',
  'author',
  'time',
  'bubble',
  'quote',
  'link',
  'mention',
  'edited',
  'fold',
  'reactions',
  'reaction',
  messageActionsParts,
  'track',
  'track-title',
  'track-artists',
  'play',
  'sending',
  'waiting',
  'problem',
  'unsaved',
  'problem-text',
  'retry',
  'discard',
].join(', ');
