import '../chat-composer/define.js';
import '../chat-guest-form/define.js';
import '../chat-members/define.js';
import '../chat-timeline/define.js';
import '../now-playing/define.js';
import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { ChatRoom } from './chat-room.js';

attachContextRoot();
define('chat-room', ChatRoom);
