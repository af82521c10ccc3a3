import { describe, expect, it } from 'vitest';
import { readJoin } from '../../../../demo/services/supabase/realtime/join.js';

describe('the payload of a join', () => {
  it('is read as realtime-js sends it', () => {
    const join = readJoin({
      config: {
        broadcast: { ack: true, self: true },
        presence: { key: 'ada', enabled: true },
        postgres_changes: [{ event: '*', schema: 'public' }, null],
        private: true,
      },
      access_token: 'a.b.c',
    });
    expect(join).toEqual({
      private: true,
      ack: true,
      self: true,
      presenceEnabled: true,
      presenceKey: 'ada',
      postgresChanges: [{ event: '*', schema: 'public' }],
      replicationReady: false,
      accessToken: 'a.b.c',
    });
  });

  it.each([null, 'text', [], {}, { config: 1 }, { config: { broadcast: [], presence: 'x', private: 'no' } }])(
    'counts what is missing or odd as off: %j',
    (payload) => {
      const { presenceKey, ...rest } = readJoin(payload);
      const off = { private: false, ack: false, self: false, presenceEnabled: false };
      expect(rest).toEqual({ ...off, postgresChanges: [], replicationReady: false, accessToken: null });
      expect(presenceKey).not.toBe('');
    },
  );

  it('gives everybody without a key one of their own', () => {
    expect(readJoin({ config: { presence: { key: '' } } }).presenceKey).not.toBe(readJoin({}).presenceKey);
  });

  it('takes the words true and false, as the real server does', () => {
    const join = readJoin({ config: { private: 'True', broadcast: { ack: 'false' } } });
    expect(join).toMatchObject({ private: true, ack: false });
  });

  it('takes no API key for a token', () => {
    expect(readJoin({ access_token: 'sb_publishable_demo' }).accessToken).toBeNull();
  });

  // Ported from supabase/realtime, test/realtime_web/channels/payloads/join_test.exs ("presence key can be number").
  it('takes a number for a presence key', () => {
    expect(readJoin({ config: { presence: { key: 123 } } }).presenceKey).toBe('123');
  });

  it('tells a replay that was not asked for from one that is no request', () => {
    expect(readJoin({ config: { broadcast: {} } })).not.toHaveProperty('replay');
    expect(readJoin({ config: { broadcast: { replay: 'all' } } }).replay).toBeNull();
    expect(readJoin({ config: { broadcast: { replay: { since: 1, limit: 2 } } } }).replay).toEqual({ since: 1, limit: 2 });
  });

  it('takes the older name of the token, unless the newer one is an API key', () => {
    expect(readJoin({ user_token: 'a.b.c' }).accessToken).toBe('a.b.c');
    expect(readJoin({ access_token: 'sb_key', user_token: 'a.b.c' }).accessToken).toBeNull();
  });
});
