import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

/** What is at the simulator's end of a socket. */
interface Session<In> {
  receive(message: In): void;
  close(): void;
}

/** @param base the simulator's address, as this client knows it */
type Open<In, Out> = (request: IncomingMessage, base: string, send: (message: Out) => void) => Session<In>;

/** The sockets between frames of one kind and the simulator: a session each. */
export class Sockets<In extends { readonly type: string }, Out> {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });

  constructor(
    private readonly prefix: string,
    private readonly open: Open<In, Out>,
  ) {}

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const scheme = 'encrypted' in request.socket ? 'https' : 'http';
    const base = `${scheme}://${request.headers.host ?? '127.0.0.1'}${this.prefix}`;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket, request, base));
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #serve(socket: WebSocket, request: IncomingMessage, base: string): void {
    const session = this.open(request, base, (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    });
    socket.on('message', (data: Buffer) => {
      const message = this.#parse(data);
      if (message) session.receive(message);
      else socket.close(1003, 'That is not a message of the simulator.');
    });
    socket.on('close', () => session.close());
    // A broken connection is closed by ws itself; `close` follows.
    socket.on('error', (error) => console.warn(`Spotify simulator: a frame's connection broke (${error.message}).`));
  }

  #parse(data: Buffer): In | null {
    try {
      const message = JSON.parse(data.toString('utf8')) as In | null;
      return typeof message?.type === 'string' ? message : null;
    } catch {
      return null;
    }
  }
}
