import { chatStates } from '../../demo/states/chat-states.js';
import { everyStateIsAccessible } from './support/states.js';

everyStateIsAccessible(chatStates);
