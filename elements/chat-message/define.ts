import { define } from '../shared/define.js';
import { ChatMessage } from './chat-message.js';
import { MessageActions } from './message-actions.js';

define('chat-message-actions', MessageActions);
define('chat-message', ChatMessage);
