import type { Playlist } from '../catalogue/catalogue.js';
import { find } from '../catalogue/search.js';
import { ApiError, badRequest, resourceNotFound } from './errors.js';
import { paging, type Answer, type Call, type Route } from './route.js';

const artistNames = (artists: readonly { readonly name: string }[]): string =>
  artists.map(({ name }) => name).join(' ');

/** The item with the id of the path; a wrong form of id is another error than an unknown one. */
function byId<T>({ id }: Call, kind: string, lookUp: (uri: string) => T | undefined): T {
  if (!/^[0-9A-Za-z]{22}$/.test(id)) throw badRequest('Invalid base62 id');
  const item = lookUp(`spotify:${kind}:${id}`);
  if (item === undefined) throw resourceNotFound();
  return item;
}

const isOpenTo = ({ owner, collaborators }: Playlist, account: string): boolean =>
  owner === account || collaborators.includes(account);

/** Everything of `type` that matches, shaped. */
function search({ simulator: { catalogue }, shapes, account }: Call, type: string, query: string): unknown[] {
  switch (type) {
    case 'track':
      return find(query, catalogue.tracks, ({ name, album, artists }) => ({
        track: name,
        artist: artistNames(artists),
        album: album.name,
      })).map((item) => shapes.track(item));
    case 'album':
      return find(query, catalogue.albums, ({ name, artists }) => ({ album: name, artist: artistNames(artists) })).map(
        (item) => shapes.simpleAlbum(item),
      );
    case 'artist':
      return find(query, catalogue.artists, ({ name }) => ({ artist: name })).map((item) => shapes.artist(item));
    case 'playlist': {
      // What an account keeps to itself is found by nobody else.
      const open = catalogue.playlists.filter(
        (playlist) => playlist.owner === null || isOpenTo(playlist, account.name),
      );
      return find(query, open, ({ name, description }) => ({ playlist: name, description })).map((item) =>
        shapes.playlist(item, isOpenTo(item, account.name)),
      );
    }
    default:
      throw badRequest(`Bad search type field ${type}`);
  }
}

function runSearch(call: Call): Answer {
  // The addresses of further pages say `query`, as Spotify's do.
  const query = (call.exchange.query('q') ?? call.exchange.query('query'))?.trim();
  const types = call.exchange.query('type');
  if (!query) throw badRequest('No search query');
  if (!types) throw badRequest('Missing parameter type');
  // Development Mode since February 2026: at most 10, by default 5.
  const { limit, offset } = paging(call, 10, 5);
  const found = types.split(',').map((type) => {
    const parameters = new URLSearchParams({ query, type });
    return [`${type}s`, call.shapes.page('/v1/search', parameters, search(call, type, query), limit, offset)];
  });
  return { json: Object.fromEntries(found) as unknown };
}

function playlistItems(call: Call): Answer {
  const { shapes, account, simulator } = call;
  const playlist = byId(call, 'playlist', simulator.catalogue.playlist);
  if (!isOpenTo(playlist, account.name)) throw new ApiError(403, 'Forbidden');
  const { limit, offset } = paging(call, 50, 20);
  const items = playlist.tracks.map((track) => shapes.playlistItem(track, playlist));
  return { json: shapes.page(`/v1/playlists/${playlist.id}/items`, new URLSearchParams(), items, limit, offset) };
}

const readPlaylists = ['playlist-read-private'];

export const catalogueRoutes: readonly Route[] = [
  { method: 'GET', path: '/search', scopes: [], run: runSearch },
  {
    method: 'GET',
    path: '/tracks/:id',
    scopes: [],
    run: (call) => ({ json: call.shapes.track(byId(call, 'track', call.simulator.catalogue.track)) }),
  },
  {
    method: 'GET',
    path: '/albums/:id',
    scopes: [],
    run: (call) => ({ json: call.shapes.album(byId(call, 'album', call.simulator.catalogue.album)) }),
  },
  {
    method: 'GET',
    path: '/albums/:id/tracks',
    scopes: [],
    run(call) {
      const album = byId(call, 'album', call.simulator.catalogue.album);
      const { limit, offset } = paging(call, 50, 20);
      const items = album.tracks.map((track) => call.shapes.simpleTrack(track));
      return { json: call.shapes.page(`/v1/albums/${album.id}/tracks`, new URLSearchParams(), items, limit, offset) };
    },
  },
  {
    method: 'GET',
    path: '/artists/:id',
    scopes: [],
    run: (call) => ({ json: call.shapes.artist(byId(call, 'artist', call.simulator.catalogue.artist)) }),
  },
  {
    method: 'GET',
    path: '/playlists/:id',
    scopes: [],
    run(call) {
      const playlist = byId(call, 'playlist', call.simulator.catalogue.playlist);
      return { json: call.shapes.playlist(playlist, isOpenTo(playlist, call.account.name)) };
    },
  },
  { method: 'GET', path: '/playlists/:id/items', scopes: readPlaylists, run: playlistItems },
  {
    method: 'GET',
    path: '/me/playlists',
    scopes: readPlaylists,
    run(call) {
      const { limit, offset } = paging(call, 50, 20);
      const own = call.simulator.catalogue.playlists.filter((playlist) => isOpenTo(playlist, call.account.name));
      return {
        json: call.shapes.page(
          '/v1/me/playlists',
          new URLSearchParams(),
          own.map((playlist) => call.shapes.playlist(playlist, true)),
          limit,
          offset,
        ),
      };
    },
  },
];
