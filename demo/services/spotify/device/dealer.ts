import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Simulator } from '../simulator.js';
import type { FromDealer, ToDealer } from './protocol.js';
import { DeviceSession } from './session.js';

/** The sockets between the SDK's frames and the simulator. */
export class Dealer {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });

  constructor(
    private readonly simulator: Simulator,
    private readonly prefix: string,
  ) {}

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const scheme = 'encrypted' in request.socket ? 'https' : 'http';
    const base = `${scheme}://${request.headers.host ?? '127.0.0.1'}${this.prefix}`;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket, base));
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #serve(socket: WebSocket, base: string): void {
    const send = (message: FromDealer): void => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    };
    const session = new DeviceSession(this.simulator, base, send);
    socket.on('message', (data: Buffer) => {
      const message = parse(data);
      if (message) session.receive(message);
      else socket.close(1003, 'That is not a message of the dealer.');
    });
    socket.on('close', () => session.close());
    // A broken connection is closed by ws itself; `close` follows.
    socket.on('error', (error) => console.warn(`Spotify simulator: a device's connection broke (${error.message}).`));
  }
}

function parse(data: Buffer): ToDealer | null {
  try {
    const message = JSON.parse(data.toString('utf8')) as ToDealer | null;
    return typeof message?.type === 'string' ? message : null;
  } catch {
    return null;
  }
}
