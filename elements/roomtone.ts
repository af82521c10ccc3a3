/** What a page's script tag loads: every element, registered. */
import './room-player/define.js';
import './chat-room/define.js';
