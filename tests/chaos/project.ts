import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../demo/services/supabase/database.js';
import { TokenSigner } from '../../demo/services/supabase/jwt.js';
import { openSecret } from '../../demo/services/supabase/secret.js';
import type { Chance } from './chance.js';
import type { Plan } from './backend.js';
import { hereHost, processHost, type Host } from './host.js';

export interface ProjectOptions {
  /** So many members of the host's own, who sign in elsewhere. */
  readonly accounts: number;
  /** An empty database on a PostgreSQL server; PGlite when left out. */
  readonly databaseUrl?: string;
  /** Whether the backend has a process of its own. */
  readonly apart?: boolean;
  /** Whose limits Realtime has; with any, the database keeps its pace. */
  readonly plan?: Plan;
}

/** A Supabase project whose lines can be cut, and that comes back with its data. */
export class Project {
  readonly key = 'sb_publishable_demo';
  #restarts = 0;

  private constructor(
    private readonly folder: string,
    private readonly databaseUrl: string | undefined,
    private readonly open: (port: number) => Promise<Host>,
    private readonly tokens: TokenSigner,
    private host: Host,
    readonly accounts: readonly string[],
  ) {}

  static async start({ accounts, databaseUrl, apart, plan = 'none' }: ProjectOptions): Promise<Project> {
    const folder = await mkdtemp(join(tmpdir(), 'roomtone-chaos-'));
    const ids = Array.from({ length: accounts }, () => randomUUID());
    const database = await openDatabase(databaseUrl ? { url: databaseUrl } : { dataDir: join(folder, 'postgres') });
    // Everybody writes as fast as they can, but for the storm that is about it.
    const asFastAsTheyCan = `
      create or replace function private.spend_send(sender uuid, purpose text, allowance int) returns void
      language sql set search_path = '' as $$ select $$
    `;
    if (plan === 'none') await database.pg.exec(asFastAsTheyCan);
    await database.pg.query('insert into auth.users (id) select unnest($1::uuid[])', [ids]);
    await database.close();
    const tokens = new TokenSigner(await openSecret(folder));
    const open = (port: number): Promise<Host> =>
      (apart ? processHost : hereHost)({ dataDir: folder, port, plan, ...(databaseUrl && { databaseUrl }) });
    return new Project(folder, databaseUrl, open, tokens, await open(0), ids);
  }

  get url(): string {
    return `http://127.0.0.1:${this.host.port}/supabase`;
  }

  /** A token as the host's own backend signs one. */
  token(userId: string, seconds: number): string {
    const now = Math.floor(Date.now() / 1000);
    return this.tokens.sign({ role: 'authenticated', aud: 'authenticated', sub: userId, iat: now, exp: now + seconds });
  }

  /** Gives a room an owner, as whoever administers the project. */
  async own(slug: string, userId: string): Promise<void> {
    const authorization = `Bearer ${this.tokens.sign({ role: 'service_role', aud: 'authenticated', exp: Math.floor(Date.now() / 1000) + 60 })}`;
    const answer = await fetch(`${this.url}/rest/v1/rooms?slug=eq.${slug}`, {
      method: 'PATCH',
      headers: { apikey: this.key, authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ owner_id: userId }),
    });
    if (!answer.ok) throw new Error(`The room got no owner: ${await answer.text()}`);
  }

  /** Breaks each line with this probability, as a network does. @returns how many */
  cut(chance: Chance, probability: number): Promise<number> {
    return this.host.cut(chance.below(2 ** 31), probability);
  }

  /**
   * Goes down in the middle of everything, and comes back with what was committed. Every other time it is killed, where
   * the database is another process: PGlite would die of it.
   */
  async restart(): Promise<void> {
    const { port } = this.host;
    await (this.databaseUrl && this.#restarts++ % 2 === 0 ? this.host.kill() : this.host.stop());
    this.host = await this.open(port);
  }

  async stop(): Promise<void> {
    await this.host.stop();
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
