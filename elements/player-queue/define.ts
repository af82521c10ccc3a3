import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { PlayerQueue } from './player-queue.js';

attachContextRoot();
define('player-queue', PlayerQueue);
