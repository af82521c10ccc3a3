import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** One stand-in behind the demo's port. It takes the requests whose path is its own and leaves the others alone. */
export interface Service {
  /** The path prefix that it owns, without a slash at the end. */
  readonly prefix: string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** A WebSocket handshake under the prefix. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends sockets and timers and closes files. */
  close(): Promise<void>;
}
