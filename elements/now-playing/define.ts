import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { NowPlaying } from './now-playing.js';

attachContextRoot();
define('now-playing', NowPlaying);
