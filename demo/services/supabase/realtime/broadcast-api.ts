import type { TokenClaims } from '../jwt.js';
import type { RealtimeContext } from './channel.js';
import { bodySize, jsonSize, type BroadcastBody } from './serializer.js';

/*
 * Broadcasting without a socket: POST /api/broadcast with a batch, which `send()` falls back to while the line is
 * down, and POST /api/broadcast/<topic>/events/<event>, which is `httpSend()`. Sources: supabase/realtime,
 * lib/realtime/tenants/batch_broadcast.ex and single_broadcast.ex.
 */

interface Batched {
  readonly id?: string;
  readonly topic: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly private: boolean;
}

type FieldErrors = Readonly<Record<string, readonly string[]>>;

const blank = "can't be blank";
const tooLarge = 'Payload size exceeds tenant limit';

const accepted = (): Response => new Response(null, { status: 202 });
const refusal = (status: number, message: string): Response => Response.json({ message }, { status });
const unprocessable = (errors: unknown): Response => Response.json({ errors }, { status: 422 });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const json = (value: unknown): BroadcastBody => ({ encoding: 'json', text: JSON.stringify(value) });

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not an encoded part: then it is no topic either.
    return '';
  }
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

/** One message of a batch, or what is wrong with each of its fields. */
function readMessage(message: unknown, fits: (payload: unknown) => boolean): Batched | FieldErrors {
  const { id, topic, event, payload, private: isPrivate } = isRecord(message) ? message : {};
  const errors: Record<string, string[]> = {};
  for (const [name, value] of Object.entries({ topic, event })) {
    if (value === undefined || value === null || value === '') errors[name] = [blank];
    else if (typeof value !== 'string') errors[name] = ['is invalid'];
  }
  if (payload === undefined || payload === null) errors.payload = [blank];
  else if (!isRecord(payload)) errors.payload = ['is invalid'];
  else if (!fits(payload)) errors.payload = [tooLarge];
  if (Object.keys(errors).length > 0 || typeof topic !== 'string' || typeof event !== 'string' || !isRecord(payload)) {
    return errors;
  }
  return { topic, event, payload, private: isPrivate === true || isPrivate === 'true', ...(typeof id === 'string' && { id }) };
}

const isBatched = (value: Batched | FieldErrors): value is Batched => typeof value.topic === 'string';

async function handleBatch(context: RealtimeContext, request: Request, claims: TokenClaims): Promise<Response> {
  const { usage, topics, authorisation } = context;
  const body = await readJson(request);
  const given = isRecord(body) && Array.isArray(body.messages) ? (body.messages as unknown[]) : [];
  if (given.length === 0) return unprocessable({ messages: [blank] });
  const read = given.map((message) => readMessage(message, (payload) => usage.fits(jsonSize(payload))));
  const batch = read.filter(isBatched);
  // A message that is right has an empty place among the errors.
  if (batch.length < read.length) return unprocessable({ messages: read.map((one) => (isBatched(one) ? {} : one)) });

  const { messages } = usage;
  if (messages.average > messages.limit) return refusal(429, 'You have exceeded your rate limit');
  if (batch.length + messages.average > messages.limit) {
    return refusal(429, 'Too many messages to broadcast, please reduce the batch size');
  }

  const send = ({ id, topic, event, payload, private: isPrivate }: Batched): void => {
    messages.add();
    topics.broadcast({ name: topic, private: isPrivate }, { event, body: json(payload), ...(id && { meta: { id } }) });
  };
  // First what is public, then topic by topic, each asked for once.
  batch.filter((message) => !message.private).forEach(send);
  const secret = batch.filter((message) => message.private);
  for (const topic of new Set(secret.map((message) => message.topic))) {
    // Answered with 202 all the same: the real server does not say what it drops.
    if (!(await authorisation.write(claims, topic, ['broadcast'])).broadcast) continue;
    secret.filter((message) => message.topic === topic).forEach(send);
  }
  return accepted();
}

async function readBody(request: Request): Promise<BroadcastBody | Response> {
  const [type] = (request.headers.get('content-type') ?? 'application/json').split(';');
  switch (type?.trim().toLowerCase()) {
    case 'application/octet-stream':
      return { encoding: 'binary', bytes: new Uint8Array(await request.arrayBuffer()) };
    case 'application/json': {
      const payload = await readJson(request);
      return payload === undefined || payload === null ? unprocessable({ payload: [blank] }) : json(payload);
    }
    default: {
      const error = 'Unsupported Media Type. Use application/json or application/octet-stream';
      return Response.json({ error }, { status: 415 });
    }
  }
}

async function handleSingle(
  { usage, topics, authorisation }: RealtimeContext,
  request: Request,
  [name, event]: readonly [string, string],
  claims: TokenClaims,
): Promise<Response> {
  const id = { name, private: new URL(request.url).searchParams.get('private') === 'true' };
  const body = await readBody(request);
  if (body instanceof Response) return body;
  if (!usage.fits(bodySize(body))) return unprocessable({ payload: [tooLarge] });
  if (usage.messages.reached) return refusal(429, 'You have exceeded your rate limit');
  if (id.private && !(await authorisation.write(claims, name, ['broadcast'])).broadcast) return refusal(403, 'Unauthorized');
  usage.messages.add();
  topics.broadcast(id, { event, body });
  return accepted();
}

/**
 * @param path what follows `/api/broadcast`
 * @param claims whose request it is
 */
export async function handleBroadcast(
  context: RealtimeContext,
  request: Request,
  path: string,
  claims: TokenClaims,
): Promise<Response> {
  if (request.method !== 'POST') return refusal(405, 'Method not allowed');
  if (path === '') return handleBatch(context, request, claims);
  const [, name, event] = /^\/([^/]+)\/events\/([^/]+)$/.exec(path)?.map(decodePart) ?? [];
  if (!name || !event) return refusal(404, 'Not found');
  return handleSingle(context, request, [name, event], claims);
}
