import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { WebSocket } from 'ws';
import { createSupabaseService } from '../../../demo/services/supabase/index.js';
import { TokenSigner, type TokenClaims } from '../../../demo/services/supabase/jwt.js';
import { openSecret } from '../../../demo/services/supabase/secret.js';
import type { Service } from '../../../demo/services/service.js';

const noSuchTable = JSON.stringify({ code: 'PGRST205', message: "Could not find the table 'public.rooms' in the schema cache", details: null, hint: null });

/** The project's Supabase on a port of its own, with a network that a test can break. */
export class Backend {
  readonly key = 'sb_publishable_demo';
  /** Requests that came, as `METHOD /path`. */
  readonly requests: string[] = [];
  readonly #sockets = new Set<Duplex>();
  #offline = false;

  private constructor(
    private readonly server: Server,
    private service: Service,
    private readonly folder: string | null = null,
    private readonly tokens: TokenSigner | null = null,
  ) {
    server.on('request', (request, response) => {
      const { pathname } = new URL(request.url ?? '/', this.url);
      this.requests.push(`${request.method} ${pathname}`);
      if (this.#offline) request.socket.destroy();
      else if (pathname.startsWith(this.service.prefix)) void this.service.handle(request, response);
      // A project to which nothing was pushed yet, in PostgREST's words.
      else if (pathname.startsWith('/empty')) response.writeHead(404, { 'content-type': 'application/json' }).end(noSuchTable);
      // Some servers say 404 to what they do not know, others send their start page.
      else response.writeHead(pathname.startsWith('/start') ? 200 : 404, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
    });
    server.on('upgrade', (request, socket, head) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      if (this.#offline) socket.destroy();
      else this.service.upgrade(request, socket, head);
    });
  }

  static async start(): Promise<Backend> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new Backend(server, await createSupabaseService());
  }

  /** One whose secret the test knows, as a host's own server does. */
  static async startWithSecret(): Promise<Backend> {
    const folder = await mkdtemp(join(tmpdir(), 'roomtone-backend-'));
    const tokens = new TokenSigner(await openSecret(folder));
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new Backend(server, await createSupabaseService({ dataDir: folder }), folder, tokens);
  }

  /** A token as the host's server signs one. */
  token(claims: Pick<TokenClaims, 'role' | 'sub'>, seconds = 3600): string {
    if (!this.tokens) throw new Error('start it with startWithSecret()');
    const now = Math.floor(Date.now() / 1000);
    return this.tokens.sign({ aud: claims.role, iat: now, exp: now + seconds, ...claims });
  }

  /** A client of whoever that is, without a session of its own. */
  client(claims: Pick<TokenClaims, 'role' | 'sub'>): SupabaseClient {
    const token = this.token(claims);
    return createClient(this.url, this.key, {
      // supabase-js types the constructor as a browser has it.
      realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
      accessToken: () => Promise.resolve(token),
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.origin}/supabase`;
  }

  /** Open WebSockets. */
  get sockets(): number {
    return this.#sockets.size;
  }

  /** Breaks every WebSocket, as a network does. */
  cutSockets(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Nothing gets through any more, or again. */
  set offline(offline: boolean) {
    this.#offline = offline;
    if (offline) this.cutSockets();
  }

  /** A new database at the same address: no account of before is known. */
  async reset(): Promise<void> {
    await this.service.close();
    this.service = await createSupabaseService();
  }

  async stop(): Promise<void> {
    await this.service.close();
    this.cutSockets();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }
}
