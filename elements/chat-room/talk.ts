import { html, type TemplateResult } from 'lit';
import type { ChatSnapshot } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';
import type { AvatarSource } from '../chat-message/avatar.js';
import { messageParts } from '../chat-message/parts.js';
import type { MessageDesk } from './message-desk.js';
import { emptyRoom, skeleton } from './stages.js';
import { typingLine } from './typing.js';

interface TalkOptions {
  readonly avatar: AvatarSource | null;
  readonly shown: boolean;
  /** Whether there is a player that could play what is shared. */
  readonly canPlay: boolean;
  readonly desk: MessageDesk;
}

/** The conversation and where one writes. It stays in the page while the door is shown: what was written in the box is kept. */
export function talk(strings: ChatStrings, snapshot: ChatSnapshot, { avatar, shown, canPlay, desk }: TalkOptions): TemplateResult {
  const { status, me } = snapshot;
  const waiting = status === 'loading' || status === 'connecting';
  const reason = strings.notJoined[status] ?? '';
  return html`<div class="talk" ?hidden=${!shown}>
    <chat-timeline
      part="timeline"
      exportparts="log, earlier, beginning, day, unread-line, message, revealed, ${messageParts}, jump, jump-button, unread"
      .messages=${snapshot.messages}
      .firstUnread=${snapshot.firstUnread}
      .hasOlder=${snapshot.hasOlder}
      .loadingOlder=${snapshot.loadingOlder}
      .canPlay=${canPlay}
      .avatar=${avatar}
      @older-request=${desk.older}
      @messages-seen=${desk.seen}
      @follow-change=${desk.follow}
      @message-retry=${desk.retry}
      @message-discard=${desk.discard}
      @message-reply=${desk.reply}
      @message-edit-request=${desk.editRequest}
      @message-remove=${desk.remove}
      @message-react=${desk.react}
      @message-report=${desk.report}
      @message-moderate=${desk.moderate}
      @message-reveal=${desk.reveal}
    >
      <div class=${waiting ? 'waiting' : ''} slot="empty">${waiting ? skeleton : html`<slot name="empty">${emptyRoom(strings)}</slot>`}</div>
    </chat-timeline>
    ${typingLine(strings, snapshot.typing)}
    <chat-composer
      part="composer"
      exportparts="form: composer-form, context: composer-context, about: composer-about, cancel: composer-cancel, input: composer-input, send, suggestions, suggestion, note, slow, count"
      ?disabled=${reason !== ''}
      reason=${reason}
      .members=${snapshot.members}
      .authors=${desk.authors}
      .slowUntil=${snapshot.slowUntil}
      .mutedUntil=${me?.mutedUntil ?? null}
      @message-send=${desk.send}
      @message-edit=${desk.edit}
      @edit-last-request=${desk.editLast}
      @composer-typing=${desk.typing}
      ><slot name="composer" slot="extras"></slot
    ></chat-composer>
  </div>`;
}
