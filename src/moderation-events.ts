/** A moderator wants to do something about a member. Fired by `<chat-members>`; bubbles to the room, which stops it there. */
export class MemberModerateEvent extends Event {
  static readonly type = 'member-moderate';

  /** @param id of the member */
  constructor(readonly id: string) {
    super(MemberModerateEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'member-moderate': MemberModerateEvent;
  }
}
