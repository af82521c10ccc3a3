import type { ViteDevServer } from 'vite';
import type { Service } from './service.js';
import { createSpotifyService } from './spotify/index.js';
import { createSupabaseService } from './supabase/index.js';

/**
 * Puts the stand-ins behind Vite's own port: requests by path prefix, WebSocket handshakes likewise. The database is
 * the one that DATABASE_URL names, where it is set.
 */
export async function mountServices(server: ViteDevServer, dataDir: string): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  const services: Service[] = [
    await createSupabaseService({ dataDir: `${dataDir}/database`, ...(databaseUrl && { databaseUrl }) }),
    createSpotifyService({ dataDir: `${dataDir}/spotify` }),
  ];
  const owner = (url = ''): Service | undefined =>
    services.find(({ prefix }) => url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`));

  server.middlewares.use((request, response, next) => {
    // Connect hands `url` on unchanged here: no mount path is used.
    const service = owner(request.url);
    if (service) service.handle(request, response).catch(next);
    else next();
  });
  // Vite answers only the handshakes of its own protocol and leaves the others alone.
  server.httpServer?.on('upgrade', (request, socket, head) => owner(request.url)?.upgrade(request, socket, head));

  // Node closes an idle connection after 5 s: a request that is just then on its way fails in every client but a browser.
  if (server.httpServer && 'keepAliveTimeout' in server.httpServer) server.httpServer.keepAliveTimeout = 120_000;

  const close = server.close.bind(server);
  server.close = async () => {
    await Promise.all(services.map((service) => service.close()));
    await close();
  };
}
