import { define } from '../shared/define.js';
import { ChatMembers } from './chat-members.js';

define('chat-members', ChatMembers);
