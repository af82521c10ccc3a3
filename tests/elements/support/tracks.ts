import type { Track } from '../../../src/player/snapshot.js';

/** A picture of the test's own origin: nothing is asked of anybody. */
export const cover = new URL('./cover.svg', import.meta.url).href;

const id = (kind: string, number: number): string => `spotify:${kind}:${kind}${String(number).padStart(22 - kind.length, '0')}`;

/** Made-up tracks, alike but for their number. */
export function track(number: number, change: Partial<Track> = {}): Track {
  return Object.freeze({
    uri: id('track', number),
    title: `Track ${number}`,
    artists: Object.freeze([Object.freeze({ name: `Artist ${number}`, uri: id('artist', number) })]),
    album: Object.freeze({ name: `Album ${number}`, uri: id('album', number) }),
    artwork: cover,
    durationMs: 200_000,
    ...change,
  });
}

export const tracks = (count: number, from = 1): readonly Track[] => Array.from({ length: count }, (_, index) => track(from + index));
