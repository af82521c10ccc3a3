import { join } from 'node:path';
import { systemClock, type Clock } from '../../../src/clock.js';
import type { Service } from '../service.js';
import { authorize } from './auth/authorize.js';
import { pageHeaders } from './auth/pages.js';
import { token } from './auth/token.js';
import { ClientFiles, frameHeaders } from './client-files.js';
import { control } from './control.js';
import type { FromDealer, ToDealer } from './device/protocol.js';
import { DeviceSession } from './device/session.js';
import { listenerOf } from './embed/listener.js';
import type { FromEmbed, ToEmbed } from './embed/protocol.js';
import { embedRoute } from './embed/routes.js';
import { EmbedSession } from './embed/session.js';
import { Exchange } from './http.js';
import { Media } from './media.js';
import { createSimulator, type Timing } from './simulator.js';
import { Sockets } from './sockets.js';
import { webApi } from './web-api/web-api.js';

const prefix = '/spotify';

export interface SpotifyServiceOptions {
  /** Time as the simulator sees it; the machine's own by default. */
  readonly clock?: Clock;
  /** Folder for `tokens.json`, with which sign-ins survive a restart. Without it nothing is kept. */
  readonly dataDir?: string;
  /** How long things take, in ms. */
  readonly timing?: Partial<Timing>;
}

/** A stand-in for Spotify: SDK, accounts, Web API, sound. README.md beside this file says what is where. */
export function createSpotifyService({
  clock = systemClock,
  dataDir,
  timing = {},
}: SpotifyServiceOptions = {}): Service {
  const simulator = createSimulator({
    clock,
    timing,
    tokenFile: dataDir === undefined ? null : join(dataDir, 'tokens.json'),
  });
  const dealer = new Sockets<ToDealer, FromDealer>(prefix, (_request, base, send) => new DeviceSession(simulator, base, send));
  const lines = new Sockets<ToEmbed, FromEmbed>(
    prefix,
    ({ headers }, base, send) => new EmbedSession(simulator, listenerOf(headers.cookie), base, send),
  );
  const media = new Media(simulator.catalogue);
  const files = new ClientFiles();

  async function answer(exchange: Exchange): Promise<void> {
    const { path } = exchange;
    const script = (text: string): void =>
      exchange.send(200, 'text/javascript; charset=utf-8', text, { 'Access-Control-Allow-Origin': '*' });
    if (path.startsWith('/v1/')) return webApi(exchange, simulator);
    if (path === '/authorize') return authorize(exchange, simulator);
    if (path === '/api/token') return token(exchange, simulator);
    if (path === '/sdk.js') {
      return simulator.faults.has('*', 'sdk-blocked') ? exchange.cut() : script(await files.script('sdk'));
    }
    if (path === '/embed/iframe-api/v1') {
      return simulator.faults.has('*', 'embed-blocked') ? exchange.cut() : script(await files.script('iframe-api'));
    }
    if (path === '/embed/client.js') return script(await files.script('embed'));
    if (embedRoute(exchange, simulator)) return;
    if (path === '/embedded.js') return script(await files.script('embedded'));
    if (path === '/embedded.html') return exchange.send(200, 'text/html; charset=utf-8', files.frame, frameHeaders);
    const [, folder = '', name = '', extra = ''] = path.split('/');
    if (folder === 'art' && name.endsWith('.svg')) return media.cover(exchange, name.slice(0, -4));
    if (folder === 'audio' && name.endsWith('.wav')) return media.audio(exchange, name.slice(0, -4));
    if (folder === 'open') {
      for (const [header, value] of Object.entries(pageHeaders())) exchange.response.setHeader(header, value as string);
      return media.item(exchange, name, extra);
    }
    if (!(await control(exchange, simulator))) {
      exchange.send(404, 'text/plain; charset=utf-8', 'The Spotify simulator has nothing here.');
    }
  }

  return {
    prefix,
    async handle(request, response) {
      try {
        await answer(new Exchange(request, response, prefix));
      } catch (error) {
        console.error('Spotify simulator:', error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500, { 'Content-Type': 'text/plain' }).end('The Spotify simulator failed.');
      }
    },
    upgrade(request, socket, head) {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (pathname === `${prefix}/dealer`) dealer.upgrade(request, socket, head);
      else if (pathname === `${prefix}/embed/socket`) lines.upgrade(request, socket, head);
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    },
    async close() {
      dealer.close();
      lines.close();
      for (const account of simulator.accounts.values()) account.close();
    },
  };
}
