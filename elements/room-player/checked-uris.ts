import { playableUris } from '../../src/player/playable.js';

/** An author's mistakes are said, and the rest is played. */
export function checkedUris(given: readonly string[]): readonly string[] {
  const { uris, wrong } = playableUris(given);
  if (wrong.length) console.warn(`<room-player> cannot play ${wrong.join(', ')}: "uris" takes tracks, albums, playlists and episodes of Spotify.`);
  return uris;
}
