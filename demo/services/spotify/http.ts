import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

const bodyLimit = 256 * 1024;

/** One request and its answer, as the parts of the simulator see them. */
export class Exchange {
  readonly url: URL;
  /** Address of the simulator as this client knows it, for example `http://127.0.0.1:5173/spotify`. */
  readonly base: string;
  /** The path below the prefix, for example `/v1/me`. */
  readonly path: string;
  #body: Promise<string> | null = null;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    prefix: string,
  ) {
    const scheme = 'encrypted' in request.socket ? 'https' : 'http';
    const origin = `${scheme}://${request.headers.host ?? '127.0.0.1'}`;
    this.url = new URL(request.url ?? '/', origin);
    this.base = `${origin}${prefix}`;
    this.path = this.url.pathname.slice(prefix.length) || '/';
  }

  get method(): string {
    return this.request.method ?? 'GET';
  }

  query(name: string): string | null {
    return this.url.searchParams.get(name);
  }

  text(): Promise<string> {
    this.#body ??= readBody(this.request);
    return this.#body;
  }

  /** The body as JSON, or undefined when it is empty or none. */
  async json(): Promise<unknown> {
    try {
      return JSON.parse(await this.text()) as unknown;
    } catch {
      return undefined;
    }
  }

  async form(): Promise<URLSearchParams> {
    return new URLSearchParams(await this.text());
  }

  send(status: number, type: string, body: string | Buffer, headers: OutgoingHttpHeaders = {}): void {
    this.response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      ...headers,
    });
    this.response.end(this.method === 'HEAD' ? undefined : body);
  }

  sendJson(status: number, body: unknown, headers: OutgoingHttpHeaders = {}): void {
    this.send(status, 'application/json; charset=utf-8', JSON.stringify(body), headers);
  }

  sendNothing(status: number, headers: OutgoingHttpHeaders = {}): void {
    this.response.writeHead(status, headers).end();
  }

  /** Ends the connection without an answer: what a page sees of a network failure. */
  cut(): void {
    this.request.socket.destroy();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new RangeError('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** For text between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}
