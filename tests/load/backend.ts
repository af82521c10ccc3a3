import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { WebSocketServer } from 'ws';
import { createSupabaseService } from '../../demo/services/supabase/index.js';

/** 200 members who are told 20 messages a second are 4,000 deliveries: more than any hosted plan has. */
const realtimeLimits = { messagesPerSecond: 1e9, presenceMessagesPerSecond: 1e9, joinsPerSecond: 1e9 };

/**
 * The stand-in for Supabase, and beside it what one would write in an hour: a socket at `/echo` that inserts what it is
 * sent into a table, in a PGlite of its own, and sends it back.
 */
export async function startBackend(): Promise<{ port: number; stop(): Promise<void> }> {
  const service = await createSupabaseService({ realtimeLimits });
  const echoes = await PGlite.create();
  await echoes.exec('create table messages (seq bigint generated always as identity primary key, body text not null)');
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const body = String(data);
      void echoes.query('insert into messages (body) values ($1)', [body]).then(() => socket.send(body));
    });
  });
  const server = createServer((request, response) => void service.handle(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/echo') return service.upgrade(request, socket, head);
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  });
  const port = Number(process.env.PORT ?? 0);
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      await service.close();
      await echoes.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
