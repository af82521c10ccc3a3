import { randomBytes, randomUUID } from 'node:crypto';
import type { PGlite } from '@electric-sql/pglite';
import type { TokenSigner } from './jwt.js';

/*
 * Anonymous sign-in, which @supabase/lite 0.10 has not ("anonymous_provider_disabled"). A new visitor gets the rows
 * that a sign-up would have made, and lite's own refresh turns them into a session. lite does not know the claim
 * `is_anonymous` either, so its tokens and users are completed to what GoTrue gives.
 */

export type Fetch = (request: Request) => Promise<Response>;

export interface AnonymousOptions {
  readonly pg: PGlite;
  readonly tokens: TokenSigner;
  /** The path at which clients find the service: part of the issuer. */
  readonly prefix: string;
  /** The service that is completed. */
  readonly fetch: Fetch;
}

type Json = Record<string, unknown>;

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** supabase-js's `signInAnonymously` is a sign-up with neither address nor number. */
async function anonymousSignUp(request: Request): Promise<{ data: Json } | null> {
  if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith('/auth/v1/signup')) return null;
  let body: unknown;
  try {
    body = await request.clone().json();
  } catch {
    // Not JSON: lite has an answer to that.
    return null;
  }
  if (!isRecord(body) || body.email || body.phone) return null;
  return { data: isRecord(body.data) ? body.data : {} };
}

/** @returns a refresh token for a user of its own */
async function createUser(pg: PGlite, data: Json): Promise<string> {
  const user = randomUUID();
  const session = randomUUID();
  const token = randomBytes(16).toString('base64url');
  await pg.transaction(async (transaction) => {
    await transaction.query(
      `insert into auth.users (id, is_anonymous, raw_app_meta_data, raw_user_meta_data) values ($1, true, '{}', $2)`,
      [user, JSON.stringify(data)],
    );
    await transaction.query(`insert into auth.sessions (id, user_id, aal) values ($1, $2, 'aal1')`, [session, user]);
    await transaction.query('insert into auth.refresh_tokens (id, token, user_id, session_id) values ($1, $2, $3, $4)', [
      randomUUID(),
      token,
      user,
      session,
    ]);
  });
  return token;
}

export function withAnonymousUsers({ pg, tokens, prefix, fetch }: AnonymousOptions): Fetch {
  const isAnonymous = async (user: Json): Promise<boolean> => {
    const { rows } = await pg.query<{ is_anonymous: boolean }>(
      'select is_anonymous from auth.users where id = $1',
      [user.id],
    );
    return rows[0]?.is_anonymous === true;
  };

  /** The claims that GoTrue writes and lite leaves out. */
  const completeToken = (token: string, issuer: string, user: Json): string => {
    const claims = tokens.verify(token, Date.now());
    const { app_metadata, user_metadata, phone, email, is_anonymous } = user;
    const method = is_anonymous ? 'anonymous' : 'password';
    const signedIn = { aal: 'aal1', amr: [{ method, timestamp: claims.iat }], is_anonymous };
    return tokens.sign({ ...claims, iss: issuer, email, phone, app_metadata, user_metadata, ...signedIn });
  };

  const complete = async (request: Request, response: Response): Promise<Response> => {
    const { origin, pathname } = new URL(request.url);
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    if (!response.ok || !isJson || !/\/auth\/v1\/(signup|token|user|verify)$/.test(pathname)) return response;
    const body: unknown = await response.json();
    const headers = new Headers(response.headers);
    headers.delete('content-length');
    const answer = (value: unknown): Response => Response.json(value, { status: response.status, headers });
    if (!isRecord(body)) return answer(body);

    const user = isRecord(body.user) ? body.user : body;
    if (typeof user.id !== 'string') return answer(body);
    const whole = { ...user, is_anonymous: await isAnonymous(user) };
    if (!isRecord(body.user)) return answer(whole);
    if (typeof body.access_token !== 'string') return answer({ ...body, user: whole });
    const access_token = completeToken(body.access_token, `${origin}${prefix}/auth/v1`, whole);
    return answer({ ...body, access_token, user: whole });
  };

  return async (request) => {
    const signUp = await anonymousSignUp(request);
    if (!signUp) return complete(request, await fetch(request));
    const refresh_token = await createUser(pg, signUp.data);
    const url = new URL(request.url);
    url.pathname = url.pathname.replace(/signup$/, 'token');
    url.search = '?grant_type=refresh_token';
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    const refresh = new Request(url, { method: 'POST', headers, body: JSON.stringify({ refresh_token }) });
    return complete(refresh, await fetch(refresh));
  };
}
