import { PlayerError } from './engine.js';

/** A URI may come from somebody's message: nothing that is none is sent on. @throws PlayerError `not-found` */
export function checkedUri(uri: string): string {
  if (!isUri(uri)) throw new PlayerError('not-found', 'not a Spotify URI');
  return uri;
}

/** What is played one after the other: something, and nothing but tracks and episodes. @throws PlayerError `not-found` */
export function checkedItems(uris: readonly string[]): readonly string[] {
  if (uris.length === 0 || !uris.every(isItemUri)) throw new PlayerError('not-found', 'not a list of tracks');
  return uris;
}

export function isUri(uri: string): boolean {
  return /^spotify(:[\w-]{1,80}){2,4}$/.test(uri);
}

/** Something that plays by itself, as an album or a playlist does not. */
export function isItemUri(uri: string): boolean {
  return /^spotify:(track|episode):[\w-]{1,80}$/.test(uri);
}

/** What may be started at one of its tracks: not an artist, a radio or the saved tracks. */
export function isListUri(uri: string): boolean {
  return /^spotify:(album|playlist|show):[\w-]{1,80}$/.test(uri);
}
