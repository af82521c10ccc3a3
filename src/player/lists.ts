import type { Collection, Page } from './library.js';
import { amount, list, record, text } from './parse.js';
import type { Track } from './snapshot.js';
import { toArtwork, toTrack } from './track.js';

/** Lists of the Web API, in the shapes from before and after February 2026 (spotify.md). */

/** @param limit how many were asked for @param last Spotify serves nothing from this offset on */
export function toPage<T>(
  answer: unknown,
  { offset, limit, last = Infinity }: { readonly offset: number; readonly limit: number; readonly last?: number },
  toItem: (value: unknown) => T | null,
): Page<T> {
  const page = record(answer);
  const items = list(page.items).map(toItem).filter((item) => item !== null);
  const next = offset + limit;
  const more = page.next === undefined ? next < amount(page.total) : page.next !== null;
  return Object.freeze({ items: Object.freeze(items), nextOffset: more && next < last ? next : null });
}

/** A track that can be played; null for what is kept on another computer, taken off the market or no track at all. */
export function toPlayable(value: unknown): Track | null {
  const { is_playable: isPlayable, is_local: isLocal } = record(value);
  return isPlayable === false || isLocal === true ? null : toTrack(value);
}

/** An entry of a playlist or of a list of tracks: `item` since February 2026, `track` before. */
export function toListed(value: unknown): Track | null {
  const entry = record(value);
  if (entry.is_local === true) return null;
  return toPlayable(typeof entry.item === 'object' && entry.item !== null ? entry.item : entry.track);
}

/** The tracks of an album do not repeat what holds for all of them. */
export function toAlbumTrack(album: unknown): (value: unknown) => Track | null {
  return (value) => toPlayable({ album, ...record(value) });
}

/** Search results hold nulls in place of what was taken away. */
export function toCollection(value: unknown): Collection | null {
  const { uri: told, name, artists, owner, images } = record(value);
  const uri = text(told);
  const kind = /^spotify:(album|playlist):/.exec(uri)?.[1];
  if (kind !== 'album' && kind !== 'playlist') return null;
  return Object.freeze({
    uri,
    kind,
    title: text(name),
    by: kind === 'album' ? namesOf(artists) : text(record(owner).display_name),
    artwork: toArtwork(images),
  });
}

function namesOf(artists: unknown): string {
  const names = list(artists).map((artist) => text(record(artist).name));
  return names.filter(Boolean).join(', ');
}

/** Each track once, at its first place. */
export function withoutDoubles(tracks: readonly Track[]): readonly Track[] {
  const seen = new Set<string>();
  return Object.freeze(tracks.filter(({ uri }) => !seen.has(uri) && seen.add(uri)));
}
