import { amount, list, record, text } from './parse.js';
import type { Named, Track } from './snapshot.js';

/** A cover in a list, and in a member's line, is up to 150 CSS px wide, on screens of up to two device pixels each. */
const listed = 300;
/** The cover of what plays is up to 320. */
export const largeCover = 640;

/**
 * A track as the SDK or the Web API writes it (the two agree on the fields that are read here), or null where it is
 * none: both hand over nulls and half-filled tracks now and then.
 *
 * @param coverWidth how many pixels its cover should have, at least
 */
export function toTrack(value: unknown, coverWidth = listed): Track | null {
  const track = record(value);
  const uri = text(track.uri);
  if (!uri) return null;
  const album = record(track.album);
  return Object.freeze({
    uri,
    title: text(track.name),
    artists: Object.freeze(
      list(track.artists)
        .map(named)
        .filter(({ name }) => name),
    ),
    album: named(album),
    artwork: toArtwork(album.images, coverWidth),
    durationMs: Math.round(amount(track.duration_ms)),
  });
}

export function toTracks(values: unknown): readonly Track[] {
  return Object.freeze(
    list(values)
      .map((value) => toTrack(value))
      .filter((track) => track !== null),
  );
}

function named(value: unknown): Named {
  const { name, uri } = record(value);
  return Object.freeze({ name: text(name), uri: text(uri) });
}

/** The smallest cover that is sharp enough; where no width is told (the SDK leaves it out at times), the first. */
export function toArtwork(values: unknown, atLeast = listed): string | null {
  const images = list(values)
    .map(record)
    .map(({ url, width }) => ({ url: text(url), width: amount(width) }))
    .filter(({ url }) => url);
  const bySize = images.filter(({ width }) => width > 0).sort((a, b) => a.width - b.width);
  const best = bySize.find(({ width }) => width >= atLeast) ?? bySize.at(-1) ?? images[0];
  return best?.url ?? null;
}
