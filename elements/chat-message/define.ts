import { define } from '../shared/define.js';
import { ChatMessage } from './chat-message.js';

define('chat-message', ChatMessage);
