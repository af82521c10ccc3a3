import '../chat-message/define.js';
import { define } from '../shared/define.js';
import { ChatTimeline } from './chat-timeline.js';

define('chat-timeline', ChatTimeline);
