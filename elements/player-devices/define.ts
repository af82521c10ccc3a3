import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { PlayerDevices } from './player-devices.js';

attachContextRoot();
define('player-devices', PlayerDevices);
