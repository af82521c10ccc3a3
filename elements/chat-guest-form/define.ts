import { define } from '../shared/define.js';
import { ChatGuestForm } from './chat-guest-form.js';

define('chat-guest-form', ChatGuestForm);
