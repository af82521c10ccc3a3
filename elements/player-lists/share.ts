import type { Track } from '../../src/player/snapshot.js';
import { TrackShareEvent } from '../../src/track-events.js';

/** "Marta Vale, The Low Lanterns" */
export const artistsOf = (track: Track): string => track.artists.map(({ name }) => name).join(', ');

/** Hands `track` to the room around, from the visitor's own click. */
export function shareTrack(from: EventTarget, track: Track): void {
  from.dispatchEvent(new TrackShareEvent(track.uri, track.title, artistsOf(track), track.artwork));
}
