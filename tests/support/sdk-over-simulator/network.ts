import type { IncomingMessage, ServerResponse } from 'node:http';
import { authorize } from '../../../demo/services/spotify/auth/authorize.js';
import { token } from '../../../demo/services/spotify/auth/token.js';
import { Exchange } from '../../../demo/services/spotify/http.js';
import type { Simulator } from '../../../demo/services/spotify/simulator.js';
import { webApi } from '../../../demo/services/spotify/web-api/web-api.js';
import type { Clock } from '../../../src/clock.js';
import { wait } from '../../../src/player/wait.js';

export const origin = 'http://127.0.0.1:4173';
export const base = `${origin}/spotify`;

/** One request of a page, and what came of it. */
export interface Sent {
  readonly at: number;
  readonly method: string;
  /** Below `/spotify`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  /** null until it is answered; 0 where the page sees a broken connection. */
  status: number | null;
  /** The answer's body. */
  text: string;
}

type Handler = (exchange: Exchange, simulator: Simulator) => Promise<void>;

const handlers: readonly (readonly [prefix: string, handler: Handler])[] = [
  ['/v1/', webApi],
  ['/api/token', token],
  ['/authorize', authorize],
];

/** What a page may read of an answer from another origin, beside what is exposed to it. */
const safelisted = new Set(['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma']);

/**
 * The network between one page of another origin and the simulator, without sockets: the simulator's own handlers, and
 * the browser's rules for answers from elsewhere.
 */
export class Network {
  readonly sent: Sent[] = [];
  /** On the way there, and on the way back; ms. */
  delay = { there: 0, back: 0 };
  /** Asked for each request: true cuts it off before it arrives. */
  isDown: (path: string) => boolean = () => false;
  onSent: (sent: Sent) => void = () => undefined;
  onAnswered: (sent: Sent, headers: Headers) => void = () => undefined;

  constructor(
    private readonly simulator: Simulator,
    private readonly clock: Clock,
  ) {}

  readonly fetch: typeof fetch = (input, init = {}) => {
    const { signal } = init;
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(new DOMException('The request was given up.', 'AbortError'));
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop);
      this.#request(String(input instanceof Request ? input.url : input), init).then(resolve, reject);
    });
  };

  /** What a visitor's own navigation sends. @returns where it leads */
  async submit(address: string, form: URLSearchParams): Promise<string> {
    const sent = this.#sent(address, { method: 'POST', body: form });
    const { headers } = await this.#serve(sent, new Headers());
    return headers.get('location') ?? '';
  }

  async #request(address: string, init: RequestInit): Promise<Response> {
    const { there, back } = this.delay;
    const sent = this.#sent(address, init);
    this.sent.push(sent);
    this.onSent(sent);
    if (there) await wait(there, this.clock);
    const answer = this.isDown(sent.path) ? null : await this.#serve(sent, new Headers(init.headers));
    if (back) await wait(back, this.clock);
    sent.text = answer?.text ?? '';
    sent.status = answer?.headers.has('access-control-allow-origin') ? answer.status : 0;
    const headers = visible(answer?.headers ?? new Headers());
    this.onAnswered(sent, headers);
    if (!sent.status) throw new TypeError('Failed to fetch');
    return new Response(sent.status === 204 ? null : sent.text, { status: sent.status, headers });
  }

  #sent(address: string, init: RequestInit): Sent {
    const { pathname, searchParams } = new URL(address);
    const body = init.body instanceof URLSearchParams || typeof init.body === 'string' ? String(init.body) : '';
    return {
      at: this.clock.now(), method: init.method ?? 'GET', path: pathname.replace(/^\/spotify/, ''), query: searchParams, body,
      status: null, text: '',
    };
  }

  async #serve(sent: Sent, headers: Headers): Promise<{ status: number; headers: Headers; text: string }> {
    const { method, path, query, body } = sent;
    let isCut = false;
    const answer = { status: 200, headers: new Headers(), text: '' };
    const request = {
      method,
      url: `/spotify${path}${query.size ? `?${query.toString()}` : ''}`,
      headers: { ...Object.fromEntries(headers), host: new URL(origin).host, 'sec-fetch-site': 'cross-site' },
      socket: { destroy: () => (isCut = true) },
      async *[Symbol.asyncIterator]() {
        yield Buffer.from(body);
      },
    };
    const response = {
      writeHead(status: number, given: Record<string, string | number>) {
        answer.status = status;
        for (const [name, value] of Object.entries(given)) answer.headers.set(name, String(value));
        return response;
      },
      end(text?: string) {
        answer.text = text ?? '';
      },
    };
    const handle = handlers.find(([prefix]) => path.startsWith(prefix))?.[1];
    if (!handle) throw new Error(`Nothing answers ${path}.`);
    const exchange = new Exchange(request as unknown as IncomingMessage, response as unknown as ServerResponse, '/spotify');
    await handle(exchange, this.simulator);
    return isCut ? { status: 0, headers: new Headers(), text: '' } : answer;
  }
}

function visible(headers: Headers): Headers {
  const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase().split(/,\s*/);
  return new Headers([...headers].filter(([name]) => safelisted.has(name) || exposed.includes(name)));
}
