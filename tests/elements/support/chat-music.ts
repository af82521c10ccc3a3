import type { Listening, SharedTrack } from '../../../src/chat/model.js';
import type { Track } from '../../../src/player/snapshot.js';
import { TrackRequestEvent } from '../../../src/track-events.js';

/** Twenty-two characters, as Spotify's ids have. */
export const uriOf = (kind: string, letter = 'a'): string => `spotify:${kind}:${letter.repeat(22)}`;

export const platformNine: SharedTrack = Object.freeze({ uri: uriOf('track'), title: 'Platform Nine', artists: 'Paper Lanterns, Marta Vale' });

/** The same as the visitor's own player tells it. */
export const playing: Track = Object.freeze({
  uri: platformNine.uri,
  title: platformNine.title,
  artists: [
    { name: 'Paper Lanterns', uri: uriOf('artist') },
    { name: 'Marta Vale', uri: uriOf('artist', 'b') },
  ],
  album: { name: 'Timetables', uri: uriOf('album') },
  artwork: null,
  durationMs: 180_000,
});

export const listening = (given: Partial<Listening> = {}): Listening => ({ ...platformNine, artwork: null, ...given });

/** A picture of the test's own origin: nothing is asked of anybody. */
export const ownCover = new URL('./cover.svg', import.meta.url).href;

/** URIs that nobody may be sent to, nor anything be played by. */
export const wrongUris: readonly string[] = [
  'javascript:alert(1)',
  'spotify:user:eve',
  'spotify:artist:aaaaaaaaaaaaaaaaaaaaaa',
  'spotify:track:short',
  `spotify:track:${'a'.repeat(23)}`,
  `spotify:track:${'a'.repeat(22)}\nx`,
  `spotify:track:${'a'.repeat(22)}?x=javascript:1`,
  `SPOTIFY:TRACK:${'a'.repeat(22)}`,
  `spotify:track:../../${'a'.repeat(16)}`,
  `https://open.spotify.com/track/${'a'.repeat(22)}`,
  'data:text/html,<script>1</script>',
  '',
];

/** The URIs that are asked for anywhere below `target`, from now on. */
export function requestsAt(target: EventTarget): string[] {
  const uris: string[] = [];
  target.addEventListener(TrackRequestEvent.type, (event) => uris.push((event as TrackRequestEvent).uri));
  return uris;
}
