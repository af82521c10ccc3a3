import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { PlayerActions } from './player-actions.js';

attachContextRoot();
define('player-actions', PlayerActions);
