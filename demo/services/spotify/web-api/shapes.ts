import { people, type Account, type Device } from '../accounts.js';
import type { Album, Artist, Playlist, Track } from '../catalogue/catalogue.js';
import { coverImages } from '../playback/sdk-state.js';

type Json = Record<string, unknown>;

/** A stretch of a list, with the addresses of its neighbours. */
export interface Page extends Json {
  readonly href: string;
  readonly items: readonly unknown[];
  readonly limit: number;
  readonly next: string | null;
  readonly offset: number;
  readonly previous: string | null;
  readonly total: number;
}

/**
 * The objects of the Web API as Development Mode sends them since February 2026 (spotify.md): no popularity, no markets,
 * no product; playlists hold `items`, not `tracks`. With `old` the fields from before are there as well.
 */
export class Shapes {
  constructor(
    private readonly base: string,
    private readonly old: boolean,
  ) {}

  artist({ id, uri, name }: Artist): Json {
    return {
      external_urls: this.#links('artist', id),
      href: `${this.base}/v1/artists/${id}`,
      id,
      name,
      type: 'artist',
      uri,
    };
  }

  simpleAlbum({ id, uri, name, type, year, artists, tracks }: Album): Json {
    return {
      album_type: type,
      artists: artists.map((artist) => this.artist(artist)),
      external_urls: this.#links('album', id),
      href: `${this.base}/v1/albums/${id}`,
      id,
      images: coverImages(this.base, id),
      name,
      release_date: `${year}`,
      release_date_precision: 'year',
      total_tracks: tracks.length,
      type: 'album',
      uri,
      ...(this.old && { available_markets: ['DE', 'SE'] }),
    };
  }

  album(album: Album): Json {
    const { id, tracks, year, artists } = album;
    return {
      ...this.simpleAlbum(album),
      copyrights: [{ text: `${year} ${artists.map(({ name }) => name).join(', ')}`, type: 'C' }],
      genres: [],
      tracks: this.page(
        `/v1/albums/${id}/tracks`,
        new URLSearchParams(),
        tracks.map((track) => this.simpleTrack(track)),
        50,
        0,
      ),
      ...(this.old && { label: 'Simulated', popularity: 40 }),
    };
  }

  simpleTrack({ id, uri, name, durationMs, number, artists }: Track): Json {
    return {
      artists: artists.map((artist) => this.artist(artist)),
      disc_number: 1,
      duration_ms: durationMs,
      explicit: false,
      external_urls: this.#links('track', id),
      href: `${this.base}/v1/tracks/${id}`,
      id,
      is_local: false,
      is_playable: true,
      name,
      preview_url: null,
      track_number: number,
      type: 'track',
      uri,
    };
  }

  track(track: Track): Json {
    return {
      ...this.simpleTrack(track),
      album: this.simpleAlbum(track.album),
      ...(this.old && { popularity: 40, external_ids: {}, available_markets: ['DE', 'SE'] }),
    };
  }

  /** @param visible whether the caller may see what is in it: owner and collaborators only */
  playlist({ id, uri, name, description, owner, collaborators, tracks }: Playlist, visible: boolean): Json {
    const href = `${this.base}/v1/playlists/${id}/items`;
    return {
      collaborative: collaborators.length > 0,
      description,
      external_urls: this.#links('playlist', id),
      href: `${this.base}/v1/playlists/${id}`,
      id,
      images: coverImages(this.base, id),
      name,
      owner: this.#owner(owner),
      primary_color: null,
      public: owner === null,
      snapshot_id: `AAAA${id}`,
      type: 'playlist',
      uri,
      ...(visible && { items: { href, total: tracks.length } }),
      ...(this.old && { tracks: { href: `${this.base}/v1/playlists/${id}/tracks`, total: tracks.length } }),
    };
  }

  playlistItem(track: Track, { owner }: Playlist): Json {
    const item = this.track(track);
    return {
      added_at: '2026-03-01T12:00:00Z',
      added_by: this.#owner(owner),
      is_local: false,
      item,
      primary_color: null,
      video_thumbnail: { url: null },
      ...(this.old && { track: item }),
    };
  }

  me({ name, person: { displayName, product } }: Account): Json {
    const href = `${this.base}/v1/users/${name}`;
    return {
      display_name: displayName,
      external_urls: this.#links('user', name),
      href,
      id: name,
      images: [],
      type: 'user',
      uri: `spotify:user:${name}`,
      ...(this.old && {
        country: 'SE',
        email: `${name}@example.com`,
        explicit_content: { filter_enabled: false, filter_locked: false },
        followers: { href: null, total: 0 },
        product,
      }),
    };
  }

  device({ id, name, type, volume }: Device, active: boolean): Json {
    return {
      id,
      is_active: active,
      is_private_session: false,
      is_restricted: false,
      name,
      supports_volume: true,
      type,
      volume_percent: Math.round(volume * 100),
    };
  }

  context(uri: string): Json {
    const [, kind = '', id = ''] = uri.split(':');
    return { external_urls: this.#links(kind, id), href: `${this.base}/v1/${kind}s/${id}`, type: kind, uri };
  }

  /** The page at `offset` of `all`. @param path below the simulator's prefix @param query what else the address holds */
  page(path: string, query: URLSearchParams, all: readonly unknown[], limit: number, offset: number): Page {
    const at = (start: number): string => {
      const parameters = new URLSearchParams(query);
      parameters.set('offset', String(start));
      parameters.set('limit', String(limit));
      return `${this.base}${path}?${parameters.toString()}`;
    };
    return {
      href: at(offset),
      items: all.slice(offset, offset + limit),
      limit,
      next: offset + limit < all.length ? at(offset + limit) : null,
      offset,
      previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
      total: all.length,
    };
  }

  #owner(owner: string | null): Json {
    const id = owner ?? 'simulator';
    const display_name = people.find(({ name }) => name === owner)?.displayName ?? 'Simulator';
    return {
      display_name,
      external_urls: this.#links('user', id),
      href: `${this.base}/v1/users/${id}`,
      id,
      type: 'user',
      uri: `spotify:user:${id}`,
    };
  }

  #links(kind: string, id: string): { spotify: string } {
    return { spotify: `${this.base}/open/${kind}/${id}` };
  }
}
