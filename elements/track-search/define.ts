import { attachContextRoot } from '../shared/context-root.js';
import { define } from '../shared/define.js';
import { TrackSearch } from './track-search.js';

attachContextRoot();
define('track-search', TrackSearch);
