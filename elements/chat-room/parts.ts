/** What a room is made of behind its frame: loaded as soon as there is a `<chat-room>`, while its frame is shown. */
import '../chat-composer/define.js';
import '../chat-guest-form/define.js';
import '../chat-members/define.js';
import '../chat-timeline/define.js';
import '../now-playing/define.js';

export { createDefaultChatSession } from '../../src/chat/default-session.js';
