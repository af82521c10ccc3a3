/*
 * What stands before the services of a hosted project: the API key, and CORS for whatever page it may be.
 */

const methods = 'GET,POST,PUT,PATCH,DELETE,OPTIONS,HEAD';
const exposed = 'content-range,content-location,preference-applied,sb-error-code,x-sb-error-code,x-supabase-api-version';
/** s that a browser may remember the answer to a preflight. */
const preflightAge = '3600';

const refusal = (code: string, message: string, hint: string): Response =>
  Response.json({ message, hint }, { status: 401, headers: { 'sb-error-code': code } });

/** @returns the answer to a request with a wrong key or none; null when the key is right */
export function refuseKey(key: string | null, publishableKey: string): Response | null {
  if (key === publishableKey) return null;
  if (!key) {
    const hint = 'No `apikey` request header or url param was found.';
    return refusal('UNAUTHORIZED_MISSING_API_KEY', 'No API key found in request', hint);
  }
  return refusal('UNAUTHORIZED_INVALID_API_KEY', 'Invalid API key', 'Double check your Supabase `apikey`');
}

/** A key travels in the header; a WebSocket, which cannot have one, brings it in its address. */
export const keyOf = (request: Request): string | null =>
  request.headers.get('apikey') ?? new URL(request.url).searchParams.get('apikey');

export function preflight(request: Request): Response {
  const headers = new Headers({
    'access-control-allow-methods': methods,
    'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
    'access-control-max-age': preflightAge,
    vary: 'Access-Control-Request-Headers',
  });
  return new Response(null, { status: 204, headers });
}

/** The response with the headers that let any page read it; a token is what counts, not an origin. */
export function withCors(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('access-control-allow-origin', '*');
  headers.set('access-control-expose-headers', exposed);
  // @supabase/lite sends it with the preflights of /auth/v1, and no browser takes it beside '*'.
  headers.delete('access-control-allow-credentials');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
