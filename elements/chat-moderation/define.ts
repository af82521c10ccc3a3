import { define } from '../shared/define.js';
import { ChatMemberActions } from './chat-member-actions.js';
import { ChatModeration } from './chat-moderation.js';
import { ChatReport } from './chat-report.js';

define('chat-member-actions', ChatMemberActions);
define('chat-moderation', ChatModeration);
define('chat-report', ChatReport);
