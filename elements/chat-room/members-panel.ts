import { html, type TemplateResult } from 'lit';
import type { ChatSnapshot } from '../../src/chat/model.js';
import type { MemberModerateEvent } from '../../src/moderation-events.js';
import type { PlayerSnapshot } from '../../src/player/snapshot.js';
import type { AvatarSource } from '../chat-message/avatar.js';
import { isConnected } from './listening.js';

/** Who is here. */
export const membersPanel = (
  { members, me, hereCount }: ChatSnapshot,
  player: PlayerSnapshot | null,
  avatar: AvatarSource | null,
  moderate: (event: MemberModerateEvent) => void,
): TemplateResult => html`<chat-members
  class="members"
  id="members"
  part="members"
  exportparts="header: members-header, search: members-search, search-input: members-search-input, none: members-none, list: members-list, member, mark: member-mark, moderate: member-moderate, avatar: member-avatar, name: member-name, listening: member-listening, artwork: member-artwork, play: member-play"
  .members=${members}
  .me=${me}
  .count=${hereCount}
  .canPlay=${player !== null}
  .avatar=${avatar}
  .withArtwork=${isConnected(player)}
  @member-moderate=${moderate}
></chat-members>`;
