import '../now-playing/define.js';
import '../player-actions/define.js';
import '../player-controls/define.js';
import '../player-devices/define.js';
import '../player-library/define.js';
import '../player-queue/define.js';
import '../track-search/define.js';
import { finishSignIn } from '../../src/player/callback.js';
import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { RoomPlayer } from './room-player.js';

attachContextRoot();
define('room-player', RoomPlayer);

// In the window that Spotify sends back: its page may show a player only later, or never.
if ('document' in globalThis) finishSignIn();
