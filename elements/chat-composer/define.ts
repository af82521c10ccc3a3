import { define } from '../shared/define.js';
import { ChatComposer } from './chat-composer.js';

define('chat-composer', ChatComposer);
