import type { Exchange } from '../http.js';
import type { Simulator } from '../simulator.js';
import { authorizePage, errorPage, pageHeaders } from './pages.js';

/** The one app that is registered here. */
export const demoClientId = 'roomtone-demo';

/** Everything that Spotify lets an app ask for and a player may need. */
const knownScopes = new Set([
  'streaming',
  'app-remote-control',
  'user-read-email',
  'user-read-private',
  'user-read-playback-state',
  'user-modify-playback-state',
  'user-read-currently-playing',
  'user-read-recently-played',
  'user-read-playback-position',
  'user-top-read',
  'user-library-read',
  'user-library-modify',
  'user-follow-read',
  'user-follow-modify',
  'playlist-read-private',
  'playlist-read-collaborative',
  'playlist-modify-private',
  'playlist-modify-public',
  'ugc-image-upload',
]);

interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly scopes: readonly string[];
  readonly challenge: string;
}

/**
 * https, or http on a loopback address with any port; never `localhost` (ended November 2025) and no fragment.
 * What passes here counts as registered: the exchange then wants exactly the same.
 */
export function isRegistrable(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri) || redirectUri.includes('#')) return false;
  const { protocol, hostname } = new URL(redirectUri);
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return false;
  return protocol === 'https:' || (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]'));
}

function withParameters(redirectUri: string, parameters: Record<string, string | null>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

/** What was asked, or the sentence of an error page, or the address to go back to with an error. */
function read(
  parameters: URLSearchParams,
): AuthorizeRequest | { readonly refusal: string } | { readonly back: string } {
  const [clientId, redirectUri, state] = [
    parameters.get('client_id'),
    parameters.get('redirect_uri'),
    parameters.get('state'),
  ];
  if (!clientId) return { refusal: 'Missing required parameter: client_id' };
  if (clientId !== demoClientId) return { refusal: 'INVALID_CLIENT: Invalid client' };
  if (!redirectUri) return { refusal: 'Missing required parameter: redirect_uri' };
  if (!isRegistrable(redirectUri)) return { refusal: 'INVALID_CLIENT: Invalid redirect URI' };
  // The implicit grant ended in November 2025.
  if (parameters.get('response_type') !== 'code') {
    return { back: withParameters(redirectUri, { error: 'unsupported_response_type', state }) };
  }

  const [method, challenge] = [parameters.get('code_challenge_method'), parameters.get('code_challenge')];
  if (method !== 'S256') return { refusal: 'code_challenge_method must be S256' };
  if (!challenge || !/^[\w-]{43}$/.test(challenge)) {
    return { refusal: 'code_challenge must be the base64url of a SHA-256' };
  }

  const scopes = (parameters.get('scope') ?? '').split(/\s+/).filter(Boolean);
  if (scopes.some((scope) => !knownScopes.has(scope))) {
    return { back: withParameters(redirectUri, { error: 'invalid_scope', state }) };
  }
  return { clientId, redirectUri, state, scopes, challenge };
}

/** `/authorize`, which stands for https://accounts.spotify.com/authorize: a page to choose an account on. */
export async function authorize(exchange: Exchange, { accounts, faults, grants }: Simulator): Promise<void> {
  const isAnswer = exchange.method === 'POST';
  const parameters = isAnswer ? await exchange.form() : exchange.url.searchParams;
  const asked = read(parameters);
  if ('refusal' in asked) {
    return exchange.send(400, 'text/html; charset=utf-8', errorPage(asked.refusal), pageHeaders());
  }
  const goBack = (location: string): void =>
    exchange.sendNothing(303, { Location: location, 'Cache-Control': 'no-store' });
  if ('back' in asked) return goBack(asked.back);
  if (!isAnswer) {
    return exchange.send(200, 'text/html; charset=utf-8', authorizePage(parameters, asked.scopes), pageHeaders());
  }

  const { redirectUri, state, clientId, scopes, challenge } = asked;
  const person = accounts.get(parameters.get('continue_as') ?? '')?.person;
  if (!person) return goBack(withParameters(redirectUri, { error: 'access_denied', state }));
  const code = grants.issueCode({ account: person.name, clientId, redirectUri, scopes, challenge });
  const answeredState = faults.has(person.name, 'wrong-state') ? `not-${state ?? ''}` : state;
  goBack(withParameters(redirectUri, { code, state: answeredState }));
}
