import { createClient } from '@supabase/supabase-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ProjectClient } from '../../../../src/chat/supabase/client.js';
import { lastCall } from '../../../../src/chat/supabase/last-call.js';

beforeEach(() => void vi.stubGlobal('WebSocket', WebSocket));
afterEach(() => vi.unstubAllGlobals());

function client(token: string | null): ProjectClient {
  const made = createClient('https://project.example/', 'sb_publishable_key', { accessToken: async () => token });
  made.realtime.accessTokenValue = token;
  // As a host page hands its own in.
  return made as unknown as ProjectClient;
}

describe('the last call of a page', () => {
  it('goes out at once, outlives the page, and is the visitor’s own', () => {
    const sent = vi.fn(() => Promise.reject(new Error('nobody is there')));
    vi.stubGlobal('fetch', sent);
    expect(lastCall(client('token'), 'share_listening', { room_id: 'r', listening: null })).toBe(true);
    expect(sent).toHaveBeenCalledWith('https://project.example/rest/v1/rpc/share_listening', {
      method: 'POST',
      keepalive: true,
      headers: { apikey: 'sb_publishable_key', authorization: 'Bearer token', 'content-type': 'application/json' },
      body: '{"room_id":"r","listening":null}',
    });
  });

  it('is left to the client where the token is not known', () => {
    const sent = vi.fn();
    vi.stubGlobal('fetch', sent);
    expect(lastCall(client(null), 'share_listening', {})).toBe(false);
    expect(sent).not.toHaveBeenCalled();
  });

  it('is left to the client where the page may not call any more', () => {
    vi.stubGlobal('fetch', () => {
      throw new Error('denied');
    });
    expect(lastCall(client('token'), 'share_listening', {})).toBe(false);
  });
});
