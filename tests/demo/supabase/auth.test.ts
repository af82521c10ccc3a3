import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { joinRoom, key, listenTo, sendMessage, signIn, startStand, subscribe, visit, type Stand } from './support.js';

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.stop());

describe('anonymous sign-in', () => {
  it('gives a session as GoTrue does', async () => {
    const { data, error } = await stand.client().auth.signInAnonymously({ options: { data: { from: 'a test' } } });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({
      aud: 'authenticated',
      role: 'authenticated',
      email: '',
      app_metadata: {},
      user_metadata: { from: 'a test' },
      identities: [],
      is_anonymous: true,
    });
    expect(data.session).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
    const claims = claimsOf(data.session?.access_token ?? '');
    expect(claims).toMatchObject({
      iss: `${stand.url}/auth/v1`,
      sub: data.user?.id,
      aud: 'authenticated',
      role: 'authenticated',
      is_anonymous: true,
      aal: 'aal1',
      user_metadata: { from: 'a test' },
      amr: [{ method: 'anonymous' }],
      session_id: expect.any(String),
    });
    expect(claims.exp).toBe(data.session?.expires_at);
  });

  it('is told among the settings', async () => {
    const response = await fetch(`${stand.url}/auth/v1/settings`, { headers: { apikey: key } });
    expect(await response.json()).toMatchObject({ external: { anonymous_users: true } });
  });

  it('makes a user each time', async () => {
    const [ada, ben] = [await signIn(stand.client()), await signIn(stand.client())];
    expect(ada.id).not.toBe(ben.id);
  });

  it('stays anonymous when the session is refreshed', async () => {
    const { client, id } = await signIn(stand.client());
    const { data, error } = await client.auth.refreshSession();
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ id, is_anonymous: true });
    const claims = claimsOf(data.session?.access_token ?? '');
    expect(claims).toMatchObject({ sub: id, is_anonymous: true, role: 'authenticated' });
    expect((await client.auth.getUser()).data.user).toMatchObject({ id, is_anonymous: true });
    expect((await client.auth.updateUser({ data: { mood: 'fine' } })).data.user).toMatchObject({ is_anonymous: true });
  });

  it('ends with the sign-out', async () => {
    const { client, token } = await signIn(stand.client());
    expect((await client.auth.signOut()).error).toBeNull();
    // What the SDK makes of a 403 with the code session_not_found.
    expect((await client.auth.getUser(token)).error).toMatchObject({ name: 'AuthSessionMissingError' });
  });
});

describe('sign-up with an address', () => {
  it('is left to lite, and is not anonymous', async () => {
    const { data, error } = await stand.client().auth.signUp({ email: 'ada@example.com', password: 'correct horse' });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email: 'ada@example.com', is_anonymous: false });
    expect(claimsOf(data.session?.access_token ?? '')).toMatchObject({ is_anonymous: false, email: 'ada@example.com' });
  });

  it('still says what is wrong', async () => {
    const { error } = await stand.client().auth.signUp({ email: 'no address', password: 'correct horse' });
    expect(error).toMatchObject({ status: 400 });
  });
});

describe('the API key', () => {
  it('when wrong, is refused by sign-in, REST and the socket', async () => {
    const client = stand.client({ key: 'sb_publishable_wrong' });
    expect((await client.auth.signInAnonymously()).error).toMatchObject({ status: 401, message: 'Invalid API key' });
    const { error, status } = await client.from('rooms').select('slug');
    expect({ status, message: error?.message }).toEqual({ status: 401, message: 'Invalid API key' });
    expect(await subscribe(client.channel('anything'))).toMatchObject({ status: 'CHANNEL_ERROR' });
  });

  it.each(['/auth/v1/signup', '/auth/v1/token?grant_type=refresh_token', '/rest/v1/rooms', '/realtime/v1/api/broadcast'])(
    'when missing, is refused at %s',
    async (path) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${stand.url}${path}`, { method: 'POST', body: '{}', headers });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ message: 'No API key found in request' });
    },
  );

  it('alone is nobody: it reads public rooms and calls nothing', async () => {
    const client = stand.client();
    const { data } = await client.from('rooms').select('slug').order('slug');
    expect(data).toEqual([{ slug: 'late-night' }, { slug: 'lobby' }]);
    const { error } = await client.rpc('join_room', { room_slug: 'lobby', display_name: 'Ada' });
    expect(error).toMatchObject({ code: '42501' });
  });
});

describe('the database behind REST', () => {
  it('is written to by its functions alone', async () => {
    const ada = await visit(stand, 'Ada');
    await sendMessage(ada, ada.room, 'Hello');
    const entries = ada.client.from('room_entries');
    expect((await entries.update({ body: 'Goodbye' }).eq('author_id', ada.id)).error).toMatchObject({ code: '42501' });
    expect((await entries.delete().eq('author_id', ada.id)).error).toMatchObject({ code: '42501' });
  });

  it('keeps callers apart when they come at once', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, (_, index) => visit(stand, `Visitor ${index}`)));
    const stranger = await signIn(stand.client());
    const readings = Array.from({ length: 30 }, async (_, index) => {
      const person = index % 5 === 0 ? stranger : people[index % 6];
      const { data } = await (person ?? stranger).client.from('room_members').select('user_id');
      return { stranger: person === stranger, seen: data?.length ?? -1 };
    });
    for (const { stranger: isStranger, seen } of await Promise.all(readings)) {
      if (isStranger) expect(seen).toBe(0);
      else expect(seen).toBeGreaterThanOrEqual(6);
    }
  });
});

describe('a page of another origin', () => {
  const origin = 'https://host.example';

  const called = ['/auth/v1/token', '/rest/v1/rpc/join_room', '/realtime/v1/api/broadcast'];
  it.each(called)('may ask %s before it calls', async (path) => {
    const response = await fetch(`${stand.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'apikey,authorization,content-type,x-client-info,x-supabase-api-version',
      },
    });
    expect(response.status).toBe(204);
    const { headers } = response;
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('access-control-allow-methods')).toContain('POST');
    const allowed = headers.get('access-control-allow-headers');
    for (const name of ['apikey', 'authorization', 'x-client-info']) expect(allowed).toContain(name);
  });

  const read = ['/rest/v1/rooms', '/auth/v1/user', '/auth/v1/signup', '/nowhere'];
  it.each(read)('may read every answer of %s, a refusal too', async (path) => {
    for (const apikey of [key, 'wrong']) {
      const { headers } = await fetch(`${stand.url}${path}`, { headers: { origin, apikey } });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toContain('content-range');
    }
  });
});

describe('a restart with the same folder', () => {
  it('keeps users, sessions, rooms and messages, and only there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roomtone-'));
    try {
      const before = await startStand({ dataDir: folder });
      const ada = await visit(before, 'Ada');
      const message = await sendMessage(ada, ada.room, 'Remember me');
      const { data: old } = await ada.client.auth.getSession();
      await before.stop();

      const after = await startStand({ dataDir: folder });
      const client = after.client();
      const { data, error } = await client.auth.setSession(old.session ?? { access_token: '', refresh_token: '' });
      expect(error).toBeNull();
      expect(data.user).toMatchObject({ id: ada.id, is_anonymous: true });
      expect((await client.auth.refreshSession()).data.user).toMatchObject({ id: ada.id, is_anonymous: true });
      await client.realtime.setAuth();
      const back = { client, id: ada.id, token: '' };
      const { data: entries } = await client.from('room_entries').select('id, body');
      expect(entries).toContainEqual({ id: message, body: 'Remember me' });
      expect(await joinRoom(back, 'Ada')).toEqual(ada.room);
      expect(await subscribe(listenTo(back, ada.room.topic).channel)).toMatchObject({ status: 'SUBSCRIBED' });
      await after.stop();

      // Another installation has a secret of its own.
      expect((await stand.client().auth.getUser(ada.token)).error).toMatchObject({ status: 403 });
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 60_000);
});

describe('the address of the socket', () => {
  const handshake = (path: string): Promise<{ status: number | undefined; text: string }> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${stand.url}${path}`.replace('http', 'ws'));
      socket.once('open', () => reject(new Error('It was let in')));
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
    });

  it('answers like a plain server when the key, the version or the path is wrong', async () => {
    const refused = { status: 401, text: '{"message":"Invalid API key"}' };
    expect(await handshake('/realtime/v1/websocket?apikey=wrong&vsn=2.0.0')).toEqual(refused);
    expect(await handshake('/realtime/v1/websocket?vsn=2.0.0')).toEqual(refused);
    expect(await handshake(`/realtime/v1/websocket?apikey=${key}&vsn=3.0.0`)).toMatchObject({ status: 403 });
    expect(await handshake(`/elsewhere?apikey=${key}`)).toMatchObject({ status: 404 });
  });
});

describe('closing', () => {
  it('ends the sockets, as going away, and is over', async () => {
    const short = await startStand();
    const socket = new WebSocket(`${short.url}/realtime/v1/websocket?apikey=${key}&vsn=2.0.0`.replace('http', 'ws'));
    await once(socket, 'open');
    const closing = once(socket, 'close');
    await short.stop();
    expect((await closing)[0]).toBe(1001);
    await expect(fetch(`${short.url}/rest/v1/rooms`)).rejects.toThrow();
  });
});
