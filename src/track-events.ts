/**
 * The two ways on which music is named between a player and a chat: a share goes from the visitor's player to the room,
 * a request from the visitor's click in the room to their player. Nothing that arrives from others is either (I1).
 */

/**
 * The visitor shares a track of their player in the chat. Fired by the player's elements; bubbles, composed.
 * A `<chat-room>` listens on its `<room-player>`.
 */
export class TrackShareEvent extends Event {
  static readonly type = 'track-share';

  constructor(
    /** `spotify:(track|episode|album|playlist):…` */
    readonly uri: string,
    readonly title: string,
    /** Their names, with commas; empty where there are none to name. */
    readonly artists: string,
    /** Address of the cover, or null. */
    readonly artwork: string | null,
  ) {
    super(TrackShareEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * A room began or ceased to take shared tracks. Fired by `<chat-room>` on itself, and on the element that its `player`
 * attribute names; bubbles, composed. A room that leaves the page tells its player itself, for from outside the page
 * nothing bubbles: count rooms by `room`. A `<room-player>` offers sharing while there is such a room.
 */
export class RoomReadyEvent extends Event {
  static readonly type = 'room-sharing-change';

  constructor(
    readonly available: boolean,
    /** Which room; null where the event's target is the room. */
    readonly room: EventTarget | null = null,
  ) {
    super(RoomReadyEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * The viewer clicked `Play … for me`. Fired by the chat's elements from that click and from nothing else; bubbles,
 * composed. A `<room-player>` answers it, and only during a user activation.
 */
export class TrackRequestEvent extends Event {
  static readonly type = 'track-request';

  constructor(
    /** As it stands in the log: whoever plays it checks it first. */
    readonly uri: string,
  ) {
    super(TrackRequestEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'track-share': TrackShareEvent;
    'room-sharing-change': RoomReadyEvent;
    'track-request': TrackRequestEvent;
  }
}
