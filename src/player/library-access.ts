import type { PlayerLibrary } from './library.js';
import type { Playing } from './playing.js';

/** The library as a page has it: while the visitor is connected; moving playback is one of the player's commands. */
export function createLibraryAccess(
  library: PlayerLibrary,
  playing: Pick<Playing, 'read' | 'transferTo'>,
): PlayerLibrary {
  const read: Playing['read'] = (run) => playing.read(run);
  /** Of the devices that were listed last. */
  let names: ReadonlyMap<number, string> = new Map();
  return Object.freeze<PlayerLibrary>({
    searchCollections: (query, kind, options) => read(() => library.searchCollections(query, kind, options)),
    playlists: (options) => read(() => library.playlists(options)),
    savedTracks: (options) => read(() => library.savedTracks(options)),
    recentTracks: (options) => read(() => library.recentTracks(options)),
    collectionTracks: (uri, options) => read(() => library.collectionTracks(uri, options)),
    queue: (options) => read(() => library.queue(options)),
    async devices(options) {
      const devices = await read(() => library.devices(options));
      names = new Map(devices.map(({ key, name }) => [key, name]));
      return devices;
    },
    transferTo: (key) => playing.transferTo(key, names.get(key) ?? null),
    isSaved: (uris, options) => read(() => library.isSaved(uris, options)),
    save: (uri) => read(() => library.save(uri)),
    unsave: (uri) => read(() => library.unsave(uri)),
  });
}
