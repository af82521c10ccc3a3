import '../now-playing/define.js';
import '../player-actions/define.js';
import '../player-controls/define.js';
import '../player-devices/define.js';
import '../player-library/define.js';
import '../player-queue/define.js';
import '../track-search/define.js';
import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { RoomPlayer } from './room-player.js';

attachContextRoot();
define('room-player', RoomPlayer);
