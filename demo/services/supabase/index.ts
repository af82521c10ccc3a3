import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '../../../src/clock.js';
import type { Service } from '../service.js';
import { withAnonymousUsers } from './anonymous.js';
import { openDatabase } from './database.js';
import { keyOf, preflight, refuseKey, withCors } from './gateway.js';
import { answer } from './http.js';
import { TokenSigner, type TokenClaims } from './jwt.js';
import type { RealtimeLimits } from './realtime/limits.js';
import { createRealtimeServer, refuseUpgrade } from './realtime/server.js';
import { openSecret } from './secret.js';

export interface SupabaseOptions {
  /** Where users, messages and keys stay; made when missing. In memory when left out. */
  readonly dataDir?: string;
  /** A PostgreSQL server's database, which then holds all but the keys. */
  readonly databaseUrl?: string;
  /** The key that the browser's `createClient` is given. */
  readonly publishableKey?: string;
  /** What Realtime allows, where it is not what the hosted plan does. */
  readonly realtimeLimits?: Partial<RealtimeLimits>;
}

const prefix = '/supabase';
const realtimeApi = '/realtime/v1/api';
/** Whom the publishable key stands for: hosted, the gateway puts such a token in its place. */
const keyClaims: TokenClaims = { role: 'anon', iss: 'supabase', exp: Number.MAX_SAFE_INTEGER };

/**
 * A Supabase project in this process, for unmodified supabase-js at `<origin>/supabase`: sign-in and REST by
 * @supabase/lite, anonymous users and Realtime by what stands beside this file, all on one PGlite with the project's
 * own migrations.
 */
export async function createSupabaseService(options: SupabaseOptions = {}): Promise<Service> {
  const { dataDir, databaseUrl, publishableKey = 'sb_publishable_demo', realtimeLimits: limits } = options;
  const jwt_secret = await openSecret(dataDir);
  const database = await openDatabase({
    ...(databaseUrl && { url: databaseUrl }),
    ...(dataDir !== undefined && { dataDir: join(dataDir, 'postgres') }),
    // The last is only told, at /auth/v1/settings: lite does not do it.
    auth: { jwt_secret, publishable_key: publishableKey, enable_anonymous_sign_ins: true },
  });
  const { pg, app } = database;
  const tokens = new TokenSigner(jwt_secret);
  const realtime = await createRealtimeServer({ pg, tokens, keyClaims, clock: systemClock, limits });
  const auth = withAnonymousUsers({ pg, tokens, prefix, fetch: (request) => app.fetch(request) });
  const pending = new Set<Promise<void>>();
  let closed = false;

  const route = async (request: Request): Promise<Response> => {
    if (closed) return Response.json({ message: 'The service is going away' }, { status: 503 });
    if (request.method === 'OPTIONS') return preflight(request);
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/rest/v1/')) return app.fetch(request);
    if (pathname.startsWith('/auth/v1/')) return refuseSignUp(request, pathname) ?? auth(request);
    if (pathname.startsWith(realtimeApi)) {
      return refuseKey(keyOf(request), publishableKey) ?? realtime.handle(request, pathname.slice(realtimeApi.length));
    }
    return Response.json({ message: 'no Route matched with those values' }, { status: 404 });
  };

  // lite checks the key of everything else itself; an anonymous sign-up writes before it comes that far.
  const refuseSignUp = (request: Request, pathname: string): Response | null =>
    pathname === '/auth/v1/signup' ? refuseKey(keyOf(request), publishableKey) : null;

  return {
    prefix,

    handle(request, response) {
      const answered = answer(request, response, addressOf(request), async (fetched) => withCors(await route(fetched)));
      pending.add(answered);
      return answered.finally(() => pending.delete(answered));
    },

    upgrade(request, socket, head) {
      const { pathname, searchParams } = addressOf(request);
      if (closed) return refuseUpgrade(socket, 503, 'Service Unavailable');
      if (pathname !== '/realtime/v1/websocket') return refuseUpgrade(socket, 404, 'Not Found');
      if (refuseKey(searchParams.get('apikey'), publishableKey)) {
        return refuseUpgrade(socket, 401, 'Unauthorized', JSON.stringify({ message: 'Invalid API key' }));
      }
      realtime.upgrade(request, socket, head, searchParams.get('vsn'));
    },

    async close() {
      if (closed) return;
      closed = true;
      await realtime.close();
      await Promise.allSettled(pending);
      await database.close();
    },
  };
}

/** The address without the prefix, as a service at its own origin would see it. */
function addressOf({ url = '', headers }: IncomingMessage): URL {
  const address = `http://${headers.host ?? 'localhost'}${url.slice(prefix.length)}`;
  // A Host header may be anything; one that is no host has no room here.
  return new URL(URL.canParse(address) ? address : 'http://localhost/');
}
