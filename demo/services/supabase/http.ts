import type { IncomingMessage, ServerResponse } from 'node:http';
import { complain } from './complain.js';

/** Bytes of a body; nothing that supabase-js sends to these services is larger. */
const maxBody = 5_000_000;

class TooLarge extends Error {}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBody) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headersDistinct)) {
    for (const one of value ?? []) headers.append(name, one);
  }
  return headers;
}

async function write(response: Response, to: ServerResponse): Promise<void> {
  for (const [name, value] of response.headers) {
    // Each cookie is a header of its own.
    if (name !== 'set-cookie') to.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) to.setHeader('set-cookie', cookies);
  to.statusCode = response.status;
  to.end(Buffer.from(await response.arrayBuffer()));
}

/**
 * Answers a request of Node's server by a function of the Fetch standard, which is what @supabase/lite is.
 *
 * @param url the address the function is to see
 */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  fetch: (request: Request) => Promise<Response>,
): Promise<void> {
  const method = request.method ?? 'GET';
  try {
    const body = method === 'GET' || method === 'HEAD' ? null : await readBody(request);
    // A Uint8Array of its own: a Buffer may be a view into memory that is used again.
    const init = { method, headers: readHeaders(request), ...(body?.length && { body: Uint8Array.from(body) }) };
    await write(await fetch(new Request(url, init)), response);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    if (response.headersSent) throw error;
    if (!(error instanceof TooLarge)) complain('a request failed.', error);
    const [status, message] = error instanceof TooLarge ? [413, 'Payload too large'] : [500, 'Internal server error'];
    await write(Response.json({ message }, { status, headers: { 'access-control-allow-origin': '*' } }), response);
  }
}
