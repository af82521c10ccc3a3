import { boxStates } from '../../demo/states/box-states.js';
import { playerStates } from '../../demo/states/player-states.js';
import { everyStateIsAccessible } from './support/states.js';

everyStateIsAccessible([...playerStates, ...boxStates]);
