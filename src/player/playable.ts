import type { PlayTarget } from './controls.js';
import { isItemUri } from './uri.js';

const kinds = 'track|album|playlist|episode';
const uri = new RegExp(`^spotify:(${kinds}):([0-9A-Za-z]{22})$`);
/** As Spotify's apps copy it: with a language, a query, or out of an embed. */
const link = new RegExp(`^(?:https?://)?open\\.spotify\\.com/(?:intl-[\\w-]+/)?(?:embed/)?(${kinds})/([0-9A-Za-z]{22})/?(?:[?#]\\S*)?$`);

/** The URI that a link or a URI names, as somebody pasted it; null for anything but a track, album, playlist or episode. */
export function playableUri(pasted: string): string | null {
  const [, kind, id] = uri.exec(pasted.trim()) ?? link.exec(pasted.trim()) ?? [];
  return kind && id ? `spotify:${kind}:${id}` : null;
}

/** A list as an author writes it, with spaces or commas between; `wrong` are those that name nothing to play. */
export function playableUris(list: readonly string[]): { readonly uris: readonly string[]; readonly wrong: readonly string[] } {
  const read = list.map((each) => [each, playableUri(each)] as const);
  return {
    uris: read.flatMap(([, found]) => found ?? []),
    wrong: read.flatMap(([each, found]) => (found === null ? [each] : [])),
  };
}

/** What Play starts of a list. Spotify takes either tracks and episodes, or one album or playlist: then it is the first. */
export function offerOf(uris: readonly string[]): PlayTarget | null {
  const [first] = uris;
  if (!first) return null;
  return uris.every(isItemUri) ? { uris } : first;
}

/** What it is called where it leads to: its page at Spotify. */
export function pageOf(playable: string): string {
  const [, kind, id] = playable.split(':');
  return `https://open.spotify.com/${kind}/${id}`;
}
