import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../../../src/clock.js';
import { TokenError, type TokenClaims, type TokenSigner } from '../jwt.js';
import { createAuthorisation } from './authorisation.js';
import { handleBroadcast } from './broadcast-api.js';
import type { RealtimeContext } from './channel.js';
import { Connection } from './connection.js';
import { forwardDatabaseBroadcasts } from './database-broadcasts.js';
import { Usage, hostedLimits, type RealtimeLimits } from './limits.js';
import { createBroadcastStore } from './replay.js';
import { Topics } from './topics.js';

/** The real server's limit for a frame, in bytes. */
const maxPayload = 5_000_000;
const closingMs = 500;

export interface RealtimeServer {
  /** A handshake on `/websocket` whose key was found right. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, vsn: string | null): void;
  /** A request on `/api/…`. @param path what follows `/api` */
  handle(request: Request, path: string): Promise<Response>;
  close(): Promise<void>;
}

export interface RealtimeOptions {
  readonly pg: PGlite;
  readonly tokens: TokenSigner;
  readonly keyClaims: TokenClaims;
  readonly clock: Clock;
  /** What the project may do, where it is not what its plan says. */
  readonly limits?: Partial<RealtimeLimits>;
}

export async function createRealtimeServer(options: RealtimeOptions): Promise<RealtimeServer> {
  const { pg, tokens, keyClaims, clock, limits } = options;
  const topics = new Topics();
  const usage = new Usage({ ...hostedLimits, ...limits }, clock);
  const [authorisation, broadcasts] = [createAuthorisation(pg), createBroadcastStore(pg)];
  const context: RealtimeContext = { topics, authorisation, broadcasts, usage, tokens, keyClaims, clock };
  const connections = new Set<Connection>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  const stopForwarding = await forwardDatabaseBroadcasts(pg, topics, clock);
  let allEnded = (): void => {};

  const callerOf = (request: Request): TokenClaims => {
    const token = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    return token === '' || token.startsWith('sb_') ? keyClaims : tokens.verify(token, clock.now());
  };

  return {
    upgrade(request, socket, head, vsn) {
      const version = vsn ?? '1.0.0';
      if (version !== '1.0.0' && version !== '2.0.0') return refuseUpgrade(socket, 403, 'Forbidden');
      const busy = !usage.mayConnect() ? 'Too many connected users' : usage.joins.reached ? 'Too many joins per second' : null;
      if (busy) return refuseUpgrade(socket, 429, 'Too Many Requests', JSON.stringify({ error: busy }));
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const connection = new Connection(context, webSocket, socket, version, (ended) => {
          connections.delete(ended);
          if (connections.size === 0) allEnded();
        });
        connections.add(connection);
      });
    },

    async handle(request, path) {
      const broadcastPath = /^\/broadcast(\/.*)?$/.exec(path);
      if (!broadcastPath) return Response.json({ message: 'Not found' }, { status: 404 });
      let claims: TokenClaims;
      try {
        claims = callerOf(request);
      } catch (error) {
        if (!(error instanceof TokenError)) throw error;
        return Response.json({ message: 'Unauthorized' }, { status: 401 });
      }
      return handleBroadcast(context, request, broadcastPath[1] ?? '', claims);
    },

    async close() {
      const ended = new Promise<void>((resolve) => (allEnded = resolve));
      const cancel = clock.after(closingMs, () => connections.forEach((connection) => connection.terminate()));
      for (const connection of connections) connection.close();
      if (connections.size > 0) await ended;
      cancel();
      await stopForwarding();
    },
  };
}

/** A handshake that is answered like a plain request. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string, body = ''): void {
  const headers = ['Connection: close', 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${headers.join('\r\n')}\r\n\r\n${body}`);
}
