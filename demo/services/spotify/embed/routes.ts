import { people } from '../accounts.js';
import { loginPage, pageHeaders } from '../auth/pages.js';
import type { Exchange } from '../http.js';
import type { Simulator } from '../simulator.js';
import { listenerOf, loginCookie, newVisitor, setCookie, visitorCookie } from './listener.js';
import { embedHeaders, embedPage } from './page.js';

/**
 * What stands for open.spotify.com around the embed: its page, oEmbed, and the log-in of a browser.
 * @returns whether it was one of them
 */
export function embedRoute(exchange: Exchange, simulator: Simulator): boolean {
  const { path, method } = exchange;
  if (path === '/oembed') {
    oembed(exchange, simulator);
    return true;
  }
  if (path === '/login') {
    login(exchange);
    return true;
  }
  if (path === '/embeds' && method === 'GET') {
    exchange.sendJson(200, [...simulator.embeds].map(({ report }) => report));
    return true;
  }
  const [, kind, id] = /^\/embed\/(track|album|playlist|episode)\/([0-9A-Za-z]{22})$/.exec(path) ?? [];
  if (!kind || !id) return false;
  const isKnown = exchange.request.headers.cookie?.includes(visitorCookie) === true;
  const areBlocked = simulator.faults.has('*', 'embed-cookies-blocked');
  exchange.send(200, 'text/html; charset=utf-8', embedPage(`spotify:${kind}:${id}`), {
    ...embedHeaders,
    ...(isKnown || areBlocked ? {} : { 'Set-Cookie': setCookie(visitorCookie, newVisitor()) }),
  });
  return true;
}

/** A title and a picture for the address of a page at Spotify, without any account. */
function oembed(exchange: Exchange, { catalogue }: Simulator): void {
  const headers = { 'Access-Control-Allow-Origin': '*' };
  const [, kind, id] = /^https:\/\/open\.spotify\.com\/(track|album|playlist|episode)\/([0-9A-Za-z]{22})$/.exec(exchange.query('url') ?? '') ?? [];
  const uri = `spotify:${kind}:${id}`;
  const track = catalogue.item(uri);
  const album = track?.album ?? catalogue.album(uri);
  const title = track?.name ?? catalogue.context(uri)?.name;
  if (!title) return exchange.sendJson(404, { error: 'Not Found' }, headers);
  exchange.sendJson(
    200,
    { version: '1.0', provider_name: 'Spotify simulator', type: 'rich', title, thumbnail_url: `${exchange.base}/art/${album?.id ?? id}.svg` },
    headers,
  );
}

/** Whoever is logged in to Spotify in this browser hears whole tracks in embeds. */
function login(exchange: Exchange): void {
  const as = exchange.query('as');
  for (const [header, value] of Object.entries(pageHeaders())) exchange.response.setHeader(header, value as string);
  if (as === null) {
    const { name, isLoggedIn } = listenerOf(exchange.request.headers.cookie);
    return exchange.send(200, 'text/html; charset=utf-8', loginPage(isLoggedIn ? name : null));
  }
  const known = people.find(({ name }) => name === as);
  exchange.sendNothing(303, { Location: 'login', 'Set-Cookie': setCookie(loginCookie, known?.name ?? '') });
}
