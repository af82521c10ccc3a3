import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as clientModule from '../../src/chat/supabase/client.js';
import { guestClient } from '../../src/chat/supabase/client.js';
import { asSet, classes, onlyCalled, withoutUnused, type Rule } from '../package/build/unused.mjs';

/** As the build does it: one after the other. */
const shortened = (code: string, rule: Rule, besides?: Iterable<string>): string => onlyCalled(asSet(code, rule).code, rule, besides).code;

describe('what a class keeps of itself', () => {
  const code = `
    class Kept {
      constructor() { this.admin = { ban: this._ban.bind(this) }; this.url = ''; }
      ask() { return this._request(); }
      _request() { return this.url; }
      _ban() { return 'banned'; }
      unused() { return this._request(); }
    }`;

  it('is what is called, and what that calls', () => {
    const kept = shortened(code, { calls: { Kept: ['ask'] }, without: ['admin'] });
    for (const name of ['constructor', 'ask()', '_request()', 'this.url = ""']) expect(kept).toContain(name);
    for (const name of ['admin', '_ban', 'unused']) expect(kept).not.toContain(name);
  });

  it('is also what others call', () => {
    expect(shortened(code, { calls: { Kept: ['ask'] }, without: ['admin'] }, ['_ban'])).toContain('_ban()');
  });

  it.each([
    [{ calls: { Gone: ['ask'] } }, 'no class Gone'],
    [{ calls: { Kept: ['renamed'] } }, 'Kept has no renamed()'],
    [{ calls: { Kept: ['ask'] }, without: ['oauth'] }, 'Nothing sets .oauth'],
    [{ calls: { Kept: ['ask'] }, without: ['url'] }, 'Something still uses url'],
    [{ calls: { Kept: ['ask'] }, known: { lock: null } }, 'Nothing says lock'],
    [{ calls: { Kept: ['ask'] }, quiet: ['log'] }, 'Nothing says log'],
    [{ calls: { Kept: ['ask'] }, gone: ['Poll'] }, 'no class Poll'],
    [{ calls: { Kept: ['ask'] }, never: ['poll'] }, 'no poll()'],
    [{ calls: { Kept: ['ask'] }, spread: '_spread' }, 'Nothing says _spread'],
  ])('ends the build where %j is no more as it was', (rule, says) => {
    expect(() => shortened(code, rule)).toThrow(says);
  });
});

describe('what is for other settings', () => {
  const code = `
    class Poll { poll() { return this.ajax(); } ajax() {} }
    class Kept {
      constructor() { this.lock = null; }
      ask() { if (this.lock != null) return this.locked(); if (this.logs) this.log('asked'); return this.line instanceof Poll; }
      locked() { return this.lock.held; }
      log(text) { console.log(text); }
    }
    function decode() { return 'a token'; }`;

  it('goes, with what it alone leads to', () => {
    const kept = shortened(code, { calls: { Kept: ['ask'] }, known: { lock: null }, quiet: ['log'], gone: ['Poll'], never: ['decode'] });
    expect(kept).toContain('ask()');
    for (const name of ['locked', 'console', 'ajax', 'a token']) expect(kept).not.toContain(name);
  });

  it('stays where it is not known', () => {
    expect(shortened(code, { calls: { Kept: ['ask'] } })).toContain('locked()');
  });

  it('is what the room’s client has set', () => {
    vi.stubGlobal('WebSocket', () => undefined);
    const storage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
    const client = guestClient('https://project.example', 'key', { storageKey: 'guest', storage });
    const { realtime } = client;
    const socket: unknown = Reflect.get(Reflect.get(realtime, 'socketAdapter') as object, 'socket');
    const made: Record<string, unknown> = { GoTrueClient: client.auth, RealtimeClient: realtime, Socket: socket, PostgrestBuilder: client.from('rooms').select('id') };
    vi.unstubAllGlobals();
    const rules = classes.filter(({ known }) => known);
    expect(rules).toHaveLength(4);
    for (const { calls, known, without = [] } of rules) {
      const object = made[Object.keys(calls)[0] ?? ''] as object;
      for (const [name, value] of Object.entries(known ?? {})) {
        if (!without.includes(name)) expect([name, Reflect.get(object, name)]).toEqual([name, value]);
      }
    }
  });
});

it('keeps every method that the chat calls of a query, a session or the live line', () => {
  const kept = classes.flatMap(({ calls }) => Object.values(calls).flat());
  const folder = join(import.meta.dirname, '../../src/chat');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /^supabase.*\.ts$/.test(name));
  const called = files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const chains = [...text.matchAll(/\.(from|rpc)\('[^;]*?;/g)].flatMap(([chain]) => [...chain.matchAll(/\.(\w+)\(/g)]);
    return [...chains, ...text.matchAll(/\.(?:auth|realtime)\.(\w+)\(/g)].map(([, method]) => method ?? '');
  });
  expect(called.length).toBeGreaterThan(20);
  expect(called.filter((method) => !kept.includes(method))).toEqual([]);
});

describe('a guest’s client, as it is built for a script tag', () => {
  afterEach(() => vi.unstubAllGlobals());

  async function built(): Promise<typeof clientModule> {
    const { output } = (await build({
      configFile: false,
      logLevel: 'error',
      plugins: [withoutUnused()],
      build: {
        write: false,
        minify: false,
        rolldownOptions: { input: join(import.meta.dirname, '../../src/chat/supabase/client.ts'), preserveEntrySignatures: 'strict' },
      },
    })) as Rolldown.RolldownOutput;
    return (await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`)) as typeof clientModule;
  }

  it('signs in, reads and calls with the token, and signs out, which forgets the session', async () => {
    vi.stubGlobal('WebSocket', () => undefined);
    const user = { id: 'u', aud: 'authenticated', app_metadata: {}, user_metadata: {}, created_at: '' };
    const session = { access_token: 'e30.e30.e30', refresh_token: 'r', token_type: 'bearer', expires_in: 3600, user };
    const asked: string[] = [];
    const answer = (body: unknown): Response => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
    const fetchLike: typeof fetch = async (input, init) => {
      const { pathname, search } = new URL(String(input));
      asked.push(`${init?.method ?? 'GET'} ${pathname}${search} ${new Headers(init?.headers).get('authorization') ?? ''}`);
      if (pathname.endsWith('/signup')) return answer(session);
      return answer(pathname.endsWith('/user') ? user : []);
    };
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const { guestClient } = await built();
    const client = guestClient('https://project.example', 'key', { storageKey: 'guest', storage, fetch: fetchLike });

    expect((await client.auth.signInAnonymously()).error).toBeNull();
    expect(kept.get('guest')).toContain('e30.e30.e30');
    expect((await client.auth.getUser()).data.user?.id).toBe('u');
    await client.from('rooms').select('id').eq('slug', 'lobby').in('kind', ['a']).lt('seq', 3).order('seq').limit(1).retry(false);
    await client.rpc('send_message', { body: 'hello' });
    expect((await client.auth.signOut({ scope: 'local' })).error).toBeNull();
    expect(kept.has('guest')).toBe(false);
    await client.rpc('find');
    expect(asked).toEqual([
      'POST /auth/v1/signup Bearer key',
      'GET /auth/v1/user Bearer e30.e30.e30',
      'GET /rest/v1/rooms?select=id&slug=eq.lobby&kind=in.%28a%29&seq=lt.3&order=seq.asc&limit=1 Bearer e30.e30.e30',
      'POST /rest/v1/rpc/send_message Bearer e30.e30.e30',
      'POST /auth/v1/logout?scope=local Bearer e30.e30.e30',
      'POST /rest/v1/rpc/find Bearer key',
    ]);
  });
});
