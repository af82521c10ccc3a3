/** What a bundler or another script imports: classes, events, contexts and types. Nothing here registers an element. */

export { ChatComposer, type EditTarget } from './chat-composer/chat-composer.js';
export { ChatGuestForm } from './chat-guest-form/chat-guest-form.js';
export { ChatMembers } from './chat-members/chat-members.js';
export { ChatMessage } from './chat-message/chat-message.js';
export { MessageActions } from './chat-message/message-actions.js';
export { ChatMemberActions } from './chat-moderation/chat-member-actions.js';
export { ChatModeration } from './chat-moderation/chat-moderation.js';
export { ChatReport } from './chat-moderation/chat-report.js';
export { ChatRoom } from './chat-room/chat-room.js';
export { ChatTimeline } from './chat-timeline/chat-timeline.js';
export { NowPlaying } from './now-playing/now-playing.js';
export { PlayerActions } from './player-actions/player-actions.js';
export { PlayerControls } from './player-controls/player-controls.js';
export { PlayerDevices } from './player-devices/player-devices.js';
export { PlayerLibraryView } from './player-library/player-library.js';
export { PlayerQueue } from './player-queue/player-queue.js';
export { RoomPlayer } from './room-player/room-player.js';
export { TrackSearch } from './track-search/track-search.js';

export * from '../src/chat-events.js';
export * from '../src/events.js';
export * from '../src/moderation-events.js';
export * from '../src/track-events.js';

export { playerControlsContext } from '../src/contexts/player-controls.js';
export { playerStateContext } from '../src/contexts/player-state.js';

export type {
  Ban,
  ChatErrorCode,
  ChatProblem,
  ChatStatus,
  Listening,
  Member,
  Mention,
  Moderation,
  Permissions,
  Quote,
  Reaction,
  Report,
  Role,
  Room,
  RoomSettings,
  TimelineMessage,
} from '../src/chat/model.js';
export type { ModerationActs } from '../src/chat/session.js';
export type { HostClient } from '../src/chat/host-client.js';
/** The commands of the visitor's player; `PlayerControls` is the element with its buttons. */
export type { PlayerControls as PlayerCommands, PlayTarget, SearchPage } from '../src/player/controls.js';
export type { Endpoints } from '../src/player/endpoints.js';
export type { Collection, Device, Page, PlayerLibrary, ReadOptions } from '../src/player/library.js';
export type {
  Action,
  Named,
  PendingCommand,
  Playback,
  PlayerErrorCode,
  PlayerProblem,
  PlayerSnapshot,
  PlayerStatus,
  Remedy,
  RepeatMode,
  Track,
} from '../src/player/snapshot.js';
export type { ChatSentences } from '../src/strings/chat.js';
export type { PlayerSentences } from '../src/strings/player.js';
