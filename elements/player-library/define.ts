import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { PlayerLibraryView } from './player-library.js';

attachContextRoot();
define('player-library', PlayerLibraryView);
