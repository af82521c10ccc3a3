import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { ChatRoom } from './chat-room.js';

attachContextRoot();
define('chat-room', ChatRoom);
