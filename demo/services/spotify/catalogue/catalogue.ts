import { seeded, shuffled, stableId, whole } from '../random.js';
import { albums as albumTitles, episodes as episodeTitles, playlists as playlistTitles } from './titles.js';

export interface Artist {
  readonly id: string;
  readonly uri: string;
  readonly name: string;
}

export interface Album {
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  readonly type: 'album' | 'single';
  readonly year: number;
  readonly artists: readonly Artist[];
  readonly tracks: readonly Track[];
}

export interface Track {
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  readonly durationMs: number;
  /** From 1. */
  readonly number: number;
  readonly artists: readonly Artist[];
  readonly album: Album;
}

export interface Playlist {
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  /** Name of an account, or null for the simulator's editors. */
  readonly owner: string | null;
  readonly collaborators: readonly string[];
  readonly tracks: readonly Track[];
}

export interface Catalogue {
  readonly tracks: readonly Track[];
  readonly albums: readonly Album[];
  readonly artists: readonly Artist[];
  readonly playlists: readonly Playlist[];
  /** They play in embeds; the Web API's stand-in knows none. */
  readonly episodes: readonly Track[];
  /** By URI, for example `spotify:track:…`. */
  track(uri: string): Track | undefined;
  /** A track or an episode. */
  item(uri: string): Track | undefined;
  album(uri: string): Album | undefined;
  artist(uri: string): Artist | undefined;
  playlist(uri: string): Playlist | undefined;
  /** Name and tracks of whatever can be played as a whole: album, playlist or artist. */
  context(uri: string): { readonly name: string; readonly tracks: readonly Track[] } | undefined;
}

const named = (kind: string, key: string): { id: string; uri: string } => {
  const id = stableId(`${kind} ${key}`);
  return { id, uri: `spotify:${kind}:${id}` };
};

const index = <T extends { readonly uri: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((item) => [item.uri, item]));

/** The same catalogue at every start: ids, lengths and playlists follow from the titles. */
export function createCatalogue(): Catalogue {
  const artistsByName = new Map<string, Artist>();
  const artistOf = (name: string): Artist => {
    const artist = artistsByName.get(name) ?? { ...named('artist', name), name };
    artistsByName.set(name, artist);
    return artist;
  };

  const albums = albumTitles.map((titles): Album => {
    const tracks: Track[] = [];
    const artists = titles.artists.map(artistOf);
    const album: Album = {
      ...named('album', titles.name),
      name: titles.name,
      type: titles.type,
      year: titles.year,
      artists,
      tracks,
    };
    titles.tracks.forEach((name, i) => {
      const durationMs = whole(seeded(`length of ${titles.name}/${name}`), 60_000, 200_000);
      tracks.push({ ...named('track', `${titles.name}/${name}`), name, durationMs, number: i + 1, artists, album });
    });
    return album;
  });
  const tracks = albums.flatMap((album) => album.tracks);

  const playlists = playlistTitles.map(({ name, description, owner, collaborators = [], size }): Playlist => ({
    ...named('playlist', name),
    name,
    description,
    owner,
    collaborators,
    tracks: shuffled(seeded(`playlist ${name}`), tracks).slice(0, size),
  }));

  const episodes = episodeTitles.map(({ name, by }, i): Track => {
    // A show has no cover of its own here.
    const album = albums[i % albums.length]!;
    return { ...named('episode', name), name, durationMs: 90_000, number: i + 1, artists: [artistOf(by)], album };
  });

  const artists = [...artistsByName.values()];
  const episodeIndex = index(episodes);
  const [trackIndex, albumIndex, artistIndex, playlistIndex] = [
    index(tracks),
    index(albums),
    index(artists),
    index(playlists),
  ];

  return {
    tracks,
    albums,
    artists,
    playlists,
    episodes,
    track: (uri) => trackIndex.get(uri),
    item: (uri) => trackIndex.get(uri) ?? episodeIndex.get(uri),
    album: (uri) => albumIndex.get(uri),
    artist: (uri) => artistIndex.get(uri),
    playlist: (uri) => playlistIndex.get(uri),
    context(uri) {
      const whole = albumIndex.get(uri) ?? playlistIndex.get(uri);
      if (whole) return whole;
      const artist = artistIndex.get(uri);
      return artist && { name: artist.name, tracks: tracks.filter((track) => track.artists.includes(artist)) };
    },
  };
}
