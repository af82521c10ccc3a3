import type { ChatProblem, ChatStatus } from './chat/model.js';

/** A chat room's state changed. Fired on `<chat-room>`; it does not bubble. */
export class RoomStatusChangeEvent extends Event {
  static readonly type = 'room-status-change';

  constructor(
    readonly status: ChatStatus,
    /** Why, where something is wrong. */
    readonly problem: ChatProblem | null,
  ) {
    super(RoomStatusChangeEvent.type);
  }
}

/** A visitor gave a valid name in `<chat-guest-form>`. */
export class GuestJoinEvent extends Event {
  static readonly type = 'guest-join';

  /** @param name trimmed, 1 to 40 characters */
  constructor(readonly name: string) {
    super(GuestJoinEvent.type);
  }
}

/** The reader of a `<chat-timeline>` comes near its beginning: older history is wanted. */
export class OlderRequestEvent extends Event {
  static readonly type = 'older-request';

  constructor() {
    super(OlderRequestEvent.type);
  }
}

/**
 * The reader of a `<chat-timeline>` has messages before them that they had not: the page is visible, and so is the log.
 * At most one a frame.
 */
export class MessagesSeenEvent extends Event {
  static readonly type = 'messages-seen';

  /** @param seq the largest one that was in view; each event's is larger than the last one's */
  constructor(readonly seq: number) {
    super(MessagesSeenEvent.type);
  }
}

/** The reader of a `<chat-timeline>` came to its end, and is kept there, or left it. */
export class FollowChangeEvent extends Event {
  static readonly type = 'follow-change';

  constructor(readonly following: boolean) {
    super(FollowChangeEvent.type);
  }
}

/** What a room may refuse to take. The composer then keeps the text, and shows the sentence of the problem. */
class RefusableEvent extends Event {
  #problem: ChatProblem | null = null;

  constructor(type: string) {
    super(type, { cancelable: true });
  }

  /** Why it was refused, or null. */
  get problem(): ChatProblem | null {
    return this.#problem;
  }

  /** Cancels the event and says why. */
  refuse(problem: ChatProblem): void {
    this.#problem = problem;
    this.preventDefault();
  }
}

/** A visitor sends what stands in `<chat-composer>`. Refusing it keeps the text there. */
export class MessageSendEvent extends RefusableEvent {
  static readonly type = 'message-send';

  /**
   * @param body trimmed, 1 to 4,000 characters
   * @param replyTo id of the message that it answers, or null
   * @param mentions ids of the members whose `@name` is in the text
   */
  constructor(
    readonly body: string,
    readonly replyTo: string | null = null,
    readonly mentions: readonly string[] = [],
  ) {
    super(MessageSendEvent.type);
  }
}

/** A visitor gives one of their messages another text in `<chat-composer>`. Refusing it keeps the text there. */
export class MessageEditEvent extends RefusableEvent {
  static readonly type = 'message-edit';

  /**
   * @param id of the message
   * @param body trimmed, 1 to 4,000 characters, another one than before
   * @param mentions ids of the members whose `@name` is in the text
   */
  constructor(
    readonly id: string,
    readonly body: string,
    readonly mentions: readonly string[] = [],
  ) {
    super(MessageEditEvent.type);
  }
}

/** The visitor pressed the up arrow in an empty `<chat-composer>`: they want to edit their last message. */
export class EditLastRequestEvent extends Event {
  static readonly type = 'edit-last-request';

  constructor() {
    super(EditLastRequestEvent.type);
  }
}

/** The visitor writes in `<chat-composer>`: fired with each change of the text, as long as there is any. */
export class ComposerTypingEvent extends Event {
  static readonly type = 'composer-typing';

  constructor() {
    super(ComposerTypingEvent.type);
  }
}

/** What a visitor does with one message. Bubbles through the timeline to the room, which stops it there. */
class MessageActionEvent extends Event {
  /** @param id of the message */
  constructor(
    type: string,
    readonly id: string,
  ) {
    super(type, { bubbles: true, composed: true });
  }
}

/** `Reply` at a message. */
export class MessageReplyEvent extends MessageActionEvent {
  static readonly type = 'message-reply';

  constructor(id: string) {
    super(MessageReplyEvent.type, id);
  }
}

/** `Edit` at a message: the composer is to take its text. */
export class MessageEditRequestEvent extends MessageActionEvent {
  static readonly type = 'message-edit-request';

  constructor(id: string) {
    super(MessageEditRequestEvent.type, id);
  }
}

/** The visitor deletes a message, and confirmed that. */
export class MessageRemoveEvent extends MessageActionEvent {
  static readonly type = 'message-remove';

  constructor(id: string) {
    super(MessageRemoveEvent.type, id);
  }
}

/** The visitor gives a message an emoji, or takes their own back. */
export class MessageReactEvent extends MessageActionEvent {
  static readonly type = 'message-react';

  constructor(
    id: string,
    readonly emoji: string,
  ) {
    super(MessageReactEvent.type, id);
  }
}

/** `Report` at a message: the visitor is to be asked why. */
export class MessageReportEvent extends MessageActionEvent {
  static readonly type = 'message-report';

  constructor(id: string) {
    super(MessageReportEvent.type, id);
  }
}

/** `Moderate …` at a message: a moderator wants to do something about its author. */
export class MessageModerateEvent extends MessageActionEvent {
  static readonly type = 'message-moderate';

  constructor(id: string) {
    super(MessageModerateEvent.type, id);
  }
}

/** The visitor wants to see the message that a reply quotes: `id` is that one's. */
export class MessageRevealEvent extends MessageActionEvent {
  static readonly type = 'message-reveal';

  constructor(id: string) {
    super(MessageRevealEvent.type, id);
  }
}

/** `Retry` at a message that was not sent. */
export class MessageRetryEvent extends MessageActionEvent {
  static readonly type = 'message-retry';

  constructor(id: string) {
    super(MessageRetryEvent.type, id);
  }
}

/** `Discard` at a message that was not sent. */
export class MessageDiscardEvent extends MessageActionEvent {
  static readonly type = 'message-discard';

  constructor(id: string) {
    super(MessageDiscardEvent.type, id);
  }
}

/** How many messages of others the visitor has not read. Fired on `<chat-room>`; it does not bubble. */
export class UnreadChangeEvent extends Event {
  static readonly type = 'unread-change';

  /** @param count up to 100, which means 100 or more */
  constructor(readonly count: number) {
    super(UnreadChangeEvent.type);
  }
}

declare global {
  interface HTMLElementEventMap {
    'room-status-change': RoomStatusChangeEvent;
    'guest-join': GuestJoinEvent;
    'older-request': OlderRequestEvent;
    'messages-seen': MessagesSeenEvent;
    'follow-change': FollowChangeEvent;
    'message-send': MessageSendEvent;
    'message-retry': MessageRetryEvent;
    'message-discard': MessageDiscardEvent;
    'message-edit': MessageEditEvent;
    'edit-last-request': EditLastRequestEvent;
    'composer-typing': ComposerTypingEvent;
    'message-reply': MessageReplyEvent;
    'message-edit-request': MessageEditRequestEvent;
    'message-remove': MessageRemoveEvent;
    'message-react': MessageReactEvent;
    'message-report': MessageReportEvent;
    'message-moderate': MessageModerateEvent;
    'message-reveal': MessageRevealEvent;
    'unread-change': UnreadChangeEvent;
  }
}
