import { PlayerError } from './engine.js';
import type { WebApi } from './web-api.js';
import type { WebLibrary } from './web-library.js';

/** Of a host page that gave its player and no token: what the SDK itself can do is all there is. */
export function createNoWebApi(): WebApi {
  const refuse = (): Promise<never> =>
    Promise.reject(new PlayerError('restricted', 'the host page gave a player, and neither a client ID nor tokens'));
  const library: WebLibrary = {
    searchCollections: refuse,
    playlists: refuse,
    savedTracks: refuse,
    recentTracks: refuse,
    collectionTracks: refuse,
    queue: refuse,
    devices: refuse,
    transferTo: refuse,
    isSaved: refuse,
    save: refuse,
    unsave: refuse,
    hasOwnDevice: refuse,
    findDevice: refuse,
    playingOn: refuse,
    forget() {
      // Nothing was listed.
    },
  };
  return {
    library,
    play: refuse,
    transfer: refuse,
    setShuffle: refuse,
    setRepeat: refuse,
    addToQueue: refuse,
    search: refuse,
    checkAccess: refuse,
    leave() {
      // Nothing waits.
    },
  };
}
