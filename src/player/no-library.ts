import { PlayerError } from './engine.js';
import type { PlayerLibrary } from './library.js';

/** Refuses what the engine cannot do at all. */
export const notAvailable = (): Promise<never> => Promise.reject(new PlayerError('not-available'));

/** Without an account there is nothing to look at and nothing to keep. */
export const noLibrary: PlayerLibrary = Object.freeze({
  searchCollections: notAvailable,
  playlists: notAvailable,
  savedTracks: notAvailable,
  recentTracks: notAvailable,
  collectionTracks: notAvailable,
  queue: notAvailable,
  devices: notAvailable,
  transferTo: notAvailable,
  isSaved: notAvailable,
  save: notAvailable,
  unsave: notAvailable,
});
