/** What `<room-player>` is made of from the moment the visitor connects: loaded beside the page, not before it. */
import '../now-playing/define.js';
import '../player-actions/define.js';
import '../player-controls/define.js';
import '../player-devices/define.js';
import '../player-library/define.js';
import '../player-queue/define.js';
import '../track-search/define.js';

export { adopt } from '../shared/adopt.js';
export { music, panels } from './card.js';
export { checkedUris } from './checked-uris.js';
export { createDefaultSession } from '../../src/player/default-session.js';
export { playerStyles } from './player.styles.js';
export { Shortcuts } from './shortcuts.js';
