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

  /** @param body trimmed, 1 to 4,000 characters */
  constructor(readonly body: string) {
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

declare global {
  interface HTMLElementEventMap {
    'room-status-change': RoomStatusChangeEvent;
    'guest-join': GuestJoinEvent;
    'older-request': OlderRequestEvent;
    'message-send': MessageSendEvent;
    'message-retry': MessageRetryEvent;
    'message-discard': MessageDiscardEvent;
  }
}
