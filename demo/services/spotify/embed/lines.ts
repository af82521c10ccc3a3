import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Simulator } from '../simulator.js';
import { listenerOf } from './listener.js';
import type { FromEmbed, ToEmbed } from './protocol.js';
import { EmbedSession } from './session.js';

/** The sockets between embeds and the simulator: one a frame. */
export class EmbedLines {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 16 * 1024 });

  constructor(
    private readonly simulator: Simulator,
    private readonly prefix: string,
  ) {}

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const scheme = 'encrypted' in request.socket ? 'https' : 'http';
    const base = `${scheme}://${request.headers.host ?? '127.0.0.1'}${this.prefix}`;
    const listener = listenerOf(request.headers.cookie);
    this.#server.handleUpgrade(request, socket, head, (line) => this.#serve(line, new EmbedSession(this.simulator, listener, base, (message) => send(line, message))));
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #serve(line: WebSocket, session: EmbedSession): void {
    line.on('message', (data: Buffer) => {
      const message = parse(data);
      if (message) session.receive(message);
      else line.close(1003, 'That is not a message of an embed.');
    });
    line.on('close', () => session.close());
    // A broken connection is closed by ws itself; `close` follows.
    line.on('error', (error) => console.warn(`Spotify simulator: an embed's connection broke (${error.message}).`));
  }
}

function send(line: WebSocket, message: FromEmbed): void {
  if (line.readyState === line.OPEN) line.send(JSON.stringify(message));
}

function parse(data: Buffer): ToEmbed | null {
  try {
    const message = JSON.parse(data.toString('utf8')) as ToEmbed | null;
    return typeof message?.type === 'string' ? message : null;
  } catch {
    return null;
  }
}
