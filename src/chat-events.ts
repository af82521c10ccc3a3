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
 * A visitor sends what stands in `<chat-composer>`. Cancelling it refuses the message: the composer then keeps the text,
 * and shows the sentence of the problem that `refuse` names.
 */
export class MessageSendEvent extends Event {
  static readonly type = 'message-send';
  #problem: ChatProblem | null = null;

  /**
   * @param body trimmed, 1 to 4,000 characters
   * @param replyTo id of the message that it answers
   * @param mentions ids of the members that it names
   */
  constructor(
    readonly body: string,
    readonly replyTo: string | null = null,
    readonly mentions: readonly string[] = [],
  ) {
    super(MessageSendEvent.type, { cancelable: true });
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

/** `Retry` at a message that was not sent. Bubbles through the timeline to the room, which stops it there. */
export class MessageRetryEvent extends Event {
  static readonly type = 'message-retry';

  /** @param id of the message */
  constructor(readonly id: string) {
    super(MessageRetryEvent.type, { bubbles: true, composed: true });
  }
}

/** `Discard` at a message that was not sent. Bubbles through the timeline to the room, which stops it there. */
export class MessageDiscardEvent extends Event {
  static readonly type = 'message-discard';

  /** @param id of the message */
  constructor(readonly id: string) {
    super(MessageDiscardEvent.type, { bubbles: true, composed: true });
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

/** A visitor writes in `<chat-composer>`: at each keystroke that leaves something to send. It does not bubble. */
export class ComposerTypingEvent extends Event {
  static readonly type = 'composer-typing';

  constructor() {
    super(ComposerTypingEvent.type);
  }
}

/** A visitor gave an own message another text. Bubbles through the timeline to the room, which stops it there. */
export class MessageEditEvent extends Event {
  static readonly type = 'message-edit';

  /**
   * @param id of the message
   * @param body trimmed, 1 to 4,000 characters
   */
  constructor(
    readonly id: string,
    readonly body: string,
  ) {
    super(MessageEditEvent.type, { bubbles: true, composed: true });
  }
}

/** A visitor deletes a message, and has confirmed it. Bubbles through the timeline to the room, which stops it there. */
export class MessageRemoveEvent extends Event {
  static readonly type = 'message-remove';

  /** @param id of the message */
  constructor(readonly id: string) {
    super(MessageRemoveEvent.type, { bubbles: true, composed: true });
  }
}

/** A visitor gives a message an emoji, or takes it back. Bubbles through the timeline to the room, which stops it there. */
export class MessageReactEvent extends Event {
  static readonly type = 'message-react';

  /**
   * @param id of the message
   * @param emoji as it is shown
   */
  constructor(
    readonly id: string,
    readonly emoji: string,
  ) {
    super(MessageReactEvent.type, { bubbles: true, composed: true });
  }
}

/** A visitor wants to answer a message. Bubbles through the timeline to the room, which stops it there. */
export class MessageReplyEvent extends Event {
  static readonly type = 'message-reply';

  /** @param id of the message */
  constructor(readonly id: string) {
    super(MessageReplyEvent.type, { bubbles: true, composed: true });
  }
}

/** A visitor wants to report a message. Bubbles through the timeline to the room, which stops it there. */
export class MessageReportEvent extends Event {
  static readonly type = 'message-report';

  /** @param id of the message */
  constructor(readonly id: string) {
    super(MessageReportEvent.type, { bubbles: true, composed: true });
  }
}

/** A visitor wants to see the message that another one quotes. Bubbles through the timeline to the room, which stops it there. */
export class MessageRevealEvent extends Event {
  static readonly type = 'message-reveal';

  /** @param id of the quoted message */
  constructor(readonly id: string) {
    super(MessageRevealEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'room-status-change': RoomStatusChangeEvent;
    'guest-join': GuestJoinEvent;
    'older-request': OlderRequestEvent;
    'message-send': MessageSendEvent;
    'message-retry': MessageRetryEvent;
    'message-discard': MessageDiscardEvent;
    'unread-change': UnreadChangeEvent;
    'composer-typing': ComposerTypingEvent;
    'message-edit': MessageEditEvent;
    'message-remove': MessageRemoveEvent;
    'message-react': MessageReactEvent;
    'message-reply': MessageReplyEvent;
    'message-report': MessageReportEvent;
    'message-reveal': MessageRevealEvent;
  }
}
