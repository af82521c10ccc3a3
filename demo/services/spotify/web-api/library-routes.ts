import { badRequest } from './errors.js';
import { paging, type Call, type Route } from './route.js';

/** At most as many URIs in one call. [Web API reference] */
const most = 40;

/** `uris`, from the query or from the body. */
function readUris({ exchange, body, simulator: { catalogue } }: Call): string[] {
  const listed = Array.isArray(body.uris) ? body.uris.map(String) : [];
  const uris = [...(exchange.query('uris')?.split(',') ?? []), ...listed].filter(Boolean);
  if (uris.length === 0) throw badRequest('Missing uris');
  if (uris.length > most) throw badRequest('Too many uris');
  const wrong = uris.find((uri) => !catalogue.track(uri) && !catalogue.context(uri));
  if (wrong !== undefined) throw badRequest(`Invalid uri: ${wrong}`);
  return uris;
}

export const libraryRoutes: readonly Route[] = [
  { method: 'GET', path: '/me', scopes: [], run: ({ shapes, account }) => ({ json: shapes.me(account) }) },
  {
    method: 'GET',
    path: '/me/tracks',
    scopes: ['user-library-read'],
    run(call) {
      const { limit, offset } = paging(call, 50, 20);
      const saved = [...call.account.library]
        .sort(([, a], [, b]) => b - a)
        .flatMap(([uri, at]) => {
          const track = call.simulator.catalogue.track(uri);
          return track ? [{ added_at: new Date(at).toISOString(), track: call.shapes.track(track) }] : [];
        });
      return { json: call.shapes.page('/v1/me/tracks', new URLSearchParams(), saved, limit, offset) };
    },
  },
  {
    method: 'GET',
    path: '/me/library/contains',
    scopes: ['user-library-read'],
    run: (call) => ({ json: readUris(call).map((uri) => call.account.library.has(uri)) }),
  },
  {
    method: 'PUT',
    path: '/me/library',
    scopes: ['user-library-modify'],
    run(call) {
      for (const uri of readUris(call)) call.account.library.set(uri, call.simulator.clock.now());
      return 'empty';
    },
  },
  {
    method: 'DELETE',
    path: '/me/library',
    scopes: ['user-library-modify'],
    run(call) {
      for (const uri of readUris(call)) call.account.library.delete(uri);
      return 'empty';
    },
  },
];
