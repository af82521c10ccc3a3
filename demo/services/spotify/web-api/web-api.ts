import type { OutgoingHttpHeaders } from 'node:http';
import type { Account } from '../accounts.js';
import { record } from '../commands.js';
import type { Exchange } from '../http.js';
import { isPremium, type Simulator } from '../simulator.js';
import { catalogueRoutes } from './catalogue-routes.js';
import { ApiError, premiumRequired, restrictionViolated } from './errors.js';
import { libraryRoutes } from './library-routes.js';
import { playerRoutes } from './player.js';
import type { Answer, Route } from './route.js';
import { Shapes } from './shapes.js';

/**
 * What api.spotify.com lets a page of another origin do. Recorded answers name Retry-After among the request headers,
 * which exposes nothing; here a 429 exposes it, and the fault `rate-limited-bare` is the page that cannot read it.
 */
const cors: OutgoingHttpHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS, PUT, DELETE, PATCH',
  'Access-Control-Allow-Headers':
    'Accept, App-Platform, Authorization, Content-Type, Origin, Retry-After, Spotify-App-Version',
  'Access-Control-Max-Age': '604800',
};

const routes = [...playerRoutes, ...catalogueRoutes, ...libraryRoutes].map((route) => ({
  route,
  pattern: new RegExp(`^/v1${route.path.replace(':id', '([^/]+)')}/?$`),
}));

interface Caller {
  readonly account: Account | null;
  readonly scopes: readonly string[];
  /** Why the token is not good, or null. */
  readonly refusal: ApiError | null;
}

function identify({ request }: Exchange, { grants, accounts, faults, clock }: Simulator): Caller {
  const [, token] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!token) return { account: null, scopes: [], refusal: new ApiError(401, 'No token provided') };
  const grant = grants.accessGrant(token);
  const account = accounts.get(grant?.account ?? '') ?? null;
  if (!grant || !account) return { account: null, scopes: [], refusal: new ApiError(401, 'Invalid access token') };
  const isOver = grant.expiresAt <= clock.now() || faults.has(account.name, 'token-refused');
  return { account, scopes: grant.scopes, refusal: isOver ? new ApiError(401, 'The access token expired') : null };
}

/** Answers in place of the API where a fault stands before it. @returns whether it did */
function isStopped(exchange: Exchange, name: string | null, { faults }: Simulator): boolean {
  const tooMany = new ApiError(429, 'API rate limit exceeded').body;
  if (faults.has(name, 'network-down')) {
    exchange.cut();
  } else if (faults.has(name, 'server-error')) {
    exchange.sendJson(503, new ApiError(503, 'Service unavailable').body, cors);
  } else if (faults.has(name, 'rate-limited-no-cors')) {
    if (exchange.request.headers['sec-fetch-site'] === 'same-origin') exchange.cut();
    else exchange.sendJson(429, tooMany);
  } else if (faults.has(name, 'quota-exceeded')) {
    const body = new ApiError(429, 'API quota exceeded', 'QUOTA_EXCEEDED').body;
    exchange.sendJson(429, body, { ...cors, 'Retry-After': '3600', 'Access-Control-Expose-Headers': 'Retry-After' });
  } else if (faults.has(name, 'rate-limited')) {
    exchange.sendJson(429, tooMany, { ...cors, 'Retry-After': '3', 'Access-Control-Expose-Headers': 'Retry-After' });
  } else if (faults.has(name, 'rate-limited-bare')) {
    exchange.sendJson(429, tooMany, cors);
  } else {
    return false;
  }
  return true;
}

/** @returns the account, which may use `route` */
function admit({ account, scopes, refusal }: Caller, route: Route, simulator: Simulator): Account {
  const { faults } = simulator;
  if (refusal || !account) throw refusal ?? new ApiError(401, 'Invalid access token');
  if (faults.has(account.name, 'owner-premium-lapsed')) {
    throw new ApiError(
      403,
      'Active premium subscription required for the owner of the app. ' +
        'When the subscription status changes, it can take a few hours before requests are allowed again.',
    );
  }
  if (faults.has(account.name, 'not-on-list')) {
    throw new ApiError(403, 'User not registered in the Developer Dashboard');
  }
  if (!route.scopes.every((scope) => scopes.includes(scope))) throw new ApiError(403, 'Insufficient client scope');
  if (route.command && !isPremium(simulator, account)) throw premiumRequired();
  if (route.command && faults.has(account.name, 'restricted')) throw restrictionViolated();
  return account;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What came with a command, for the log: query and body in one, without the device; null for nothing. */
function commandBody(exchange: Exchange, body: Readonly<Record<string, unknown>>): unknown {
  const all: Record<string, unknown> = { ...Object.fromEntries(exchange.url.searchParams), ...body };
  delete all.device_id;
  return Object.keys(all).length ? all : null;
}

/** `/v1/…`, which stands for https://api.spotify.com/v1/…. */
export async function webApi(exchange: Exchange, simulator: Simulator): Promise<void> {
  if (exchange.method === 'OPTIONS') return exchange.sendNothing(204, cors);
  const match = routes.find(({ route, pattern }) => route.method === exchange.method && pattern.test(exchange.path));
  const parsed = exchange.method === 'GET' ? {} : await exchange.json();
  const body = isRecord(parsed) ? parsed : {};
  const caller = identify(exchange, simulator);

  if (match?.route.command) {
    const { command } = match.route;
    const name = typeof command === 'function' ? command(body) : command;
    const named = Array.isArray(body.device_ids) ? String(body.device_ids[0]) : exchange.query('device_id');
    record(
      simulator,
      caller.account,
      'web-api',
      name,
      named ?? caller.account?.active?.id ?? null,
      commandBody(exchange, body),
    );
  }
  if (isStopped(exchange, caller.account?.name ?? null, simulator)) return;

  let answer: Answer;
  try {
    if (!match) throw caller.refusal ?? new ApiError(404, 'Service not found');
    const account = admit(caller, match.route, simulator);
    const shapes = new Shapes(exchange.base, simulator.faults.has(account.name, 'old-shapes'));
    const id = match.pattern.exec(exchange.path)?.[1] ?? '';
    answer = match.route.run({ simulator, exchange, account, shapes, id, body });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return exchange.sendJson(error.status, error.body, cors);
  }
  if (answer === 'no-content') exchange.sendNothing(204, cors);
  else if (answer === 'empty') exchange.sendNothing(200, { ...cors, 'Content-Length': '0' });
  else exchange.sendJson(200, answer.json, cors);
}
