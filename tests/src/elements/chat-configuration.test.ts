import { describe, expect, it } from 'vitest';
import { adviceFor, canTryAgain, configurationOf } from '../../../elements/chat-room/configuration.js';

const base = 'https://host.example/deep/page.html';
const given = { url: 'https://p.supabase.example', key: 'sb_publishable_x', room: 'lobby', hasClient: false };

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
    [{ key: null }, 'key-missing', 'supabase-key'],
    [{ key: ' ' }, 'key-missing', 'supabase-key'],
  ] as const)('%o is %s, and the author is told of the attribute %s', (change, problem, attribute) => {
    const found = configurationOf({ ...given, ...change }, base);
    expect(found).toEqual({ problem });
    expect(adviceFor(problem)).toContain(attribute);
    expect(canTryAgain(problem)).toBe(false);
  });

  it('needs no server where the page passes a client', () => {
    expect(configurationOf({ url: null, key: null, room: 'lobby', hasClient: true }, base)).toMatchObject({ problem: null, room: 'lobby' });
  });

  it('is not to blame for the network', () => {
    expect(adviceFor('network')).toBeNull();
    expect(canTryAgain('network')).toBe(true);
  });
});
