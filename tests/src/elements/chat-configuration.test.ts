import { createClient } from '@supabase/supabase-js';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { adviceFor, canTryAgain, configurationOf } from '../../../elements/chat-room/configuration.js';

const base = 'https://host.example/deep/page.html';
const given = { url: 'https://p.supabase.example', key: 'sb_publishable_x', room: 'lobby', client: null };

/** A key of the older kind. */
const token = (role: string): string => `eyJhbGciOiJIUzI1NiJ9.${btoa(JSON.stringify({ iss: 'supabase', role }))}.signature`;

describe('what a page says of its room', () => {
  it('is taken as it is', () => {
    expect(configurationOf(given, base)).toEqual({ url: 'https://p.supabase.example', key: 'sb_publishable_x', room: 'lobby', problem: null });
  });

  it.each([
    ['/supabase', 'https://host.example/supabase'],
    ['supabase/', 'https://host.example/deep/supabase'],
    [' https://p.supabase.example/ ', 'https://p.supabase.example'],
  ])('may name its server as %s', (url, absolute) => {
    expect(configurationOf({ ...given, url }, base)).toMatchObject({ url: absolute });
  });

  it.each([
    [{ room: null }, 'room-missing', 'room'],
    [{ room: '  ' }, 'room-missing', 'room'],
    [{ url: null }, 'url-missing', 'supabase-url'],
    [{ url: '' }, 'url-missing', 'supabase-url'],
    [{ url: 'http://' }, 'url-invalid', 'supabase-url'],
    [{ url: 'ftp://p.example' }, 'url-invalid', 'supabase-url'],
    [{ url: 'javascript:alert(1)' }, 'url-invalid', 'supabase-url'],
    [{ url: 'https://YOUR_PROJECT.supabase.co' }, 'url-invalid', 'supabase-url'],
    [{ key: null }, 'key-missing', 'supabase-key'],
    [{ key: ' ' }, 'key-missing', 'supabase-key'],
    // What a header cannot carry: fetch would throw, as if there were no network.
    [{ key: 'sb_publishable_…' }, 'key-refused', 'supabase-key'],
    [{ key: 'sb_publishable_x y' }, 'key-refused', 'supabase-key'],
    [{ key: 'sb_secret_x' }, 'key-refused', 'A secret one'],
    [{ key: token('service_role') }, 'key-refused', 'A secret one'],
  ] as const)('%o is %s, and the author is told of the attribute %s', (change, problem, attribute) => {
    const found = configurationOf({ ...given, ...change }, base);
    expect(found).toEqual({ problem });
    expect(adviceFor(problem)).toContain(attribute);
    expect(canTryAgain(problem)).toBe(false);
  });

  it.each(['sb_publishable_x', token('anon'), 'a.key.of a kind to come'.replaceAll(' ', '-')])('takes the key %s', (key) => {
    expect(configurationOf({ ...given, key }, base)).toMatchObject({ key, problem: null });
  });

  it('needs no server where the page passes a client', () => {
    const client = createClient('https://p.supabase.example', 'sb_publishable_x', { realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket } });
    expect(configurationOf({ ...given, url: null, key: null, client }, base)).toMatchObject({ problem: null, room: 'lobby' });
  });

  it.each([Promise.resolve({}), { createClient }, createClient, 'client'])('takes no %s for a client', (client) => {
    expect(configurationOf({ ...given, client }, base)).toEqual({ problem: 'url-missing' });
    expect(adviceFor('url-missing')).toContain('property client');
  });

  it('is not to blame for the network', () => {
    expect(adviceFor('network')).toBeNull();
    expect(canTryAgain('network')).toBe(true);
  });
});
