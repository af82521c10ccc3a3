import { finishSignIn } from '../../src/player/callback.js';
import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { RoomPlayer } from './room-player.js';

attachContextRoot();
define('room-player', RoomPlayer);

// In the window that Spotify sends back: its page may show a player only later, or never.
if ('document' in globalThis) finishSignIn();
