import type { Listening, SharedTrack } from '../../src/chat/model.ts';
import type { Collection } from '../../src/player/library.ts';
import type { Track } from '../../src/player/snapshot.ts';
import type { Shelf } from './fakes.ts';

/** Of this page's own origin: nothing is asked of anybody. */
const here = import.meta.url;
const covers = [1, 2, 3].map((number) => new URL(`cover-${number}.svg`, here).href);

const titles: readonly (readonly [title: string, artists: readonly string[], album: string, ms: number])[] = [
  ['Night Bus Cartography', ['Juniper & the Late Fares'], 'Last Stops', 211_000],
  ['Harbour Before Seven', ['Marisol Quay'], 'Low Water', 189_000],
  ['Platform Nine', ['Paper Lanterns', 'Marta Vale'], 'Timetables', 242_000],
  ['Slow Light', ['Aki Moriyama'], 'Rooms', 305_000],
  ['The Second Side', ['Oddment'], 'The Second Side', 176_000],
  ['A Postcard Addressed to the Wrong Summer', ['Marisol Quay'], 'Low Water', 157_000],
];

const letter = (number: number): string => String.fromCharCode(97 + number);
const uri = (kind: string, number: number): string => `spotify:${kind}:${letter(number).repeat(22)}`;

/** Made up, as in the demo: no catalogue of anybody's. */
export const tracks: readonly Track[] = titles.map(([title, artists, album, durationMs], number) => ({
  uri: uri('track', number),
  title,
  artists: artists.map((name, index) => ({ name, uri: uri('artist', number + index) })),
  album: { name: album, uri: uri('album', number) },
  artwork: covers[number % covers.length] ?? null,
  durationMs,
}));

export const nightBus = tracks[0] as Track;
export const harbour = tracks[1] as Track;
export const slowLight = tracks[3] as Track;
export const longNamed: Track = {
  ...(tracks[2] as Track),
  title: 'All the Wrong Maps Fold the Same Way and Still We Somehow Arrive, a Little After Closing Time and Without Our Umbrellas, at the Very Place We Had Meant to Leave',
};

export const shared = ({ uri, title, artists }: Track): SharedTrack => ({ uri, title, artists: artists.map(({ name }) => name).join(', ') });
export const heard = (track: Track): Listening => ({ ...shared(track), artwork: track.artwork });

const collection = (number: number, kind: Collection['kind'], title: string, by: string): Collection => ({
  uri: uri(kind, number),
  kind,
  title,
  by,
  artwork: covers[number % covers.length] ?? null,
});

export const shelf: Shelf = {
  tracks,
  collections: [
    collection(6, 'playlist', 'For the last train', 'Mia Tanaka'),
    collection(7, 'playlist', 'Rain on the tin roof, and other music for evenings on which nobody has to go anywhere', 'Mia Tanaka'),
    collection(8, 'playlist', 'Washing up', 'Ada Okonkwo'),
  ],
  devices: [
    { key: 1, name: 'Roomtone', kind: 'Computer', active: true, here: true },
    { key: 2, name: 'Kitchen', kind: 'Speaker', active: false, here: false },
    { key: 3, name: 'Mia’s phone', kind: 'Smartphone', active: false, here: false },
  ],
};
