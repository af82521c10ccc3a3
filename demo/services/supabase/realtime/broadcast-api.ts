import type { TokenClaims } from '../jwt.js';
import type { RealtimeContext } from './channel.js';
import type { BroadcastBody } from './serializer.js';

/*
 * Broadcasting without a socket: POST /api/broadcast with a batch, which `send()` falls back to while the line is
 * down, and POST /api/broadcast/<topic>/events/<event>, which is `httpSend()`.
 */

interface Batched {
  readonly topic: string;
  readonly event: string;
  readonly payload: unknown;
  readonly private: boolean;
}

const accepted = (): Response => new Response(null, { status: 202 });
const refusal = (status: number, message: string): Response => Response.json({ message }, { status });

/** @returns null when the body is no batch */
function readBatch(body: unknown): readonly Batched[] | null {
  const messages = typeof body === 'object' && body !== null && 'messages' in body ? body.messages : null;
  if (!Array.isArray(messages)) return null;
  const batch: Batched[] = [];
  for (const message of messages as unknown[]) {
    if (typeof message !== 'object' || message === null) return null;
    const { topic, event, payload, private: isPrivate } = message as Record<string, unknown>;
    if (typeof topic !== 'string' || typeof event !== 'string') return null;
    if (typeof payload !== 'object' || payload === null) return null;
    batch.push({ topic, event, payload, private: isPrivate === true });
  }
  return batch;
}

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
  const mayWrite = async (topic: string): Promise<boolean> =>
    (await context.authorisation.write(claims, topic, ['broadcast'])).broadcast === true;

  if (path === '') {
    const batch = readBatch(await readJson(request));
    if (!batch) return refusal(422, 'The body must be {"messages": [{"topic", "event", "payload", "private"}]}');
    for (const { topic, event, payload, private: isPrivate } of batch) {
      // Answered with 202 all the same: the real server does not say what it drops.
      if (isPrivate && !(await mayWrite(topic))) continue;
      context.topics.broadcast({ name: topic, private: isPrivate }, { event, body: json(payload) });
    }
    return accepted();
  }

  const [, name, event] = /^\/([^/]+)\/events\/([^/]+)$/.exec(path)?.map(decodePart) ?? [];
  if (!name || !event) return refusal(404, 'Not found');
  const id = { name, private: new URL(request.url).searchParams.get('private') === 'true' };
  let body: BroadcastBody;
  if (request.headers.get('content-type')?.startsWith('application/octet-stream')) {
    body = { encoding: 'binary', bytes: new Uint8Array(await request.arrayBuffer()) };
  } else {
    const payload = await readJson(request);
    if (payload === undefined) return refusal(422, 'The body must be JSON');
    body = json(payload);
  }
  if (id.private && !(await mayWrite(id.name))) return refusal(403, 'Unauthorized');
  context.topics.broadcast(id, { event, body });
  return accepted();
}
