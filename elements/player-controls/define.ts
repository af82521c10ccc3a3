import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { PlayerControls } from './player-controls.js';

attachContextRoot();
define('player-controls', PlayerControls);
