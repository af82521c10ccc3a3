import type { SharedKind } from '../../src/strings/chat.js';

/** What can be played and followed. Anything else that comes as a URI is words. */
const playable = /^spotify:(track|episode|album|playlist):([0-9A-Za-z]{22})$/;

/** A checked URI. */
export interface Playable {
  readonly uri: string;
  readonly kind: SharedKind;
  /** Its page at Spotify. */
  readonly page: string;
}

/** Null unless `uri` names a track, an episode, an album or a playlist: it comes from somebody else's message. */
export function playableOf(uri: string): Playable | null {
  const [, kind, id] = playable.exec(uri) ?? [];
  return kind && id ? { uri, kind: kind as SharedKind, page: `https://open.spotify.com/${kind}/${id}` } : null;
}
