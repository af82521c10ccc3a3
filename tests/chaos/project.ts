import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '../../demo/services/service.js';
import { openDatabase } from '../../demo/services/supabase/database.js';
import { createSupabaseService } from '../../demo/services/supabase/index.js';
import { TokenSigner } from '../../demo/services/supabase/jwt.js';
import type { RealtimeLimits } from '../../demo/services/supabase/realtime/limits.js';
import { openSecret } from '../../demo/services/supabase/secret.js';
import type { Chance } from './chance.js';

/** As generous as they come: what happens at the limits of a plan is tested by itself. */
const limits: Partial<RealtimeLimits> = {
  messagesPerSecond: 1e9,
  presenceMessagesPerSecond: 1e9,
  joinsPerSecond: 1e9,
  presenceCalls: { max: 1e9, windowMs: 1000 },
};

/** A Supabase project on a port of its own that can be cut, and that comes back with its data. */
export class Project {
  readonly key = 'sb_publishable_demo';
  readonly #sockets = new Set<Duplex>();
  #service: Service | null = null;
  #tokens = new TokenSigner('');

  private constructor(
    private readonly folder: string,
    private readonly server: Server,
  ) {
    server.on('request', (request, response) => {
      if (this.#service) void this.#service.handle(request, response);
      else request.socket.destroy();
    });
    server.on('upgrade', (request, socket, head) => {
      if (!this.#service) return socket.destroy();
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      this.#service.upgrade(request, socket, head);
    });
  }

  /** @param accounts so many members of the host's own, who sign in elsewhere */
  static async start(accounts: number): Promise<{ project: Project; accounts: readonly string[] }> {
    const folder = await mkdtemp(join(tmpdir(), 'roomtone-chaos-'));
    const server = createServer();
    const project = new Project(folder, server);
    const ids = Array.from({ length: accounts }, () => randomUUID());
    project.#tokens = new TokenSigner(await openSecret(folder));
    const database = await openDatabase({ dataDir: join(folder, 'postgres') });
    // Everybody writes as fast as they can: the pace that the database keeps has tests of its own.
    await database.pg.exec(`
      create or replace function private.spend_send(sender uuid, purpose text, allowance int) returns void
      language sql set search_path = '' as $$ select $$
    `);
    await database.pg.query('insert into auth.users (id) select unnest($1::uuid[])', [ids]);
    await database.close();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    await project.#open();
    return { project, accounts: ids };
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/supabase`;
  }

  /** A token as the host's own backend signs one. */
  token(userId: string, seconds: number): string {
    const now = Math.floor(Date.now() / 1000);
    return this.#tokens.sign({ role: 'authenticated', aud: 'authenticated', sub: userId, iat: now, exp: now + seconds });
  }

  /** Breaks each line with this probability, as a network does. @returns those */
  cut(chance: Chance, probability: number): readonly Duplex[] {
    const broken = [...this.#sockets].filter(() => chance.happens(probability));
    for (const socket of broken) socket.destroy();
    return broken;
  }

  /** Goes down in the middle of everything, and comes back with what was committed. */
  async restart(): Promise<void> {
    const service = this.#service;
    this.#service = null;
    for (const socket of this.#sockets) socket.destroy();
    this.server.closeAllConnections();
    await service?.close();
    await this.#open();
  }

  async stop(): Promise<void> {
    await this.#service?.close();
    for (const socket of this.#sockets) socket.destroy();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
    await rm(this.folder, { recursive: true, force: true });
  }

  /** All rows of the log of a room, by what PostgREST shows a member. */
  async rows(roomId: string, token: string): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const from = rows.at(-1)?.seq ?? 0;
      const query = `room_id=eq.${roomId}&seq=gt.${from}&order=seq&limit=1000&select=seq,id,kind,author_id,body,target_id,redacted`;
      const headers = { apikey: this.key, authorization: `Bearer ${token}` };
      const page = (await (await fetch(`${this.url}/rest/v1/room_entries?${query}`, { headers })).json()) as Row[];
      if (!Array.isArray(page)) throw new Error(`The log could not be read: ${JSON.stringify(page)}`);
      if (page.length === 0) return rows;
      rows.push(...page);
    }
  }

  async #open(): Promise<void> {
    this.#service = await createSupabaseService({ dataDir: this.folder, realtimeLimits: limits });
  }
}

/** A row of room_entries. */
export interface Row {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly author_id: string;
  readonly body: string;
  readonly target_id: string | null;
  readonly redacted: boolean;
}
