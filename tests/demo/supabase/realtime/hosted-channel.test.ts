import { describe, expect, it, vi } from 'vitest';
import type { StoredBroadcast } from '../../../../demo/services/supabase/realtime/replay.js';
import { Stage, all, track } from './stage.js';

/*
 * What the hosted server's own tests say of a channel, case by case. Sources: supabase/realtime,
 * test/realtime_web/channels/: realtime_channel_test.exs, realtime_channel/broadcast_handler_test.exs and
 * realtime_channel/presence_handler_test.exs; test/integration/rt_channel/: connection_lifecycle_test.exs,
 * presence_test.exs and token_handling_test.exs. Each group or case names its own.
 */

const open = { private: false };
const stored = (...events: string[]): StoredBroadcast[] =>
  events.map((event) => ({ id: `id of ${event}`, event, body: { encoding: 'json', text: `{"value":"${event}"}` } }));
const system = (message: string) => ({
  event: 'system',
  payload: { extension: 'system', status: 'error', message, channel: 'room' },
});
const closed = { event: 'phx_close' };

describe('broadcast (realtime_channel_test.exs)', () => {
  it('"broadcast non-map payload": goes out as it came', async () => {
    const peer = await new Stage().join({ ...open, broadcast: { self: true } });
    await peer.receive('broadcast', 'not a map');
    expect(peer.sent).toMatchObject([{ event: 'broadcast', payload: 'not a map' }]);
  });

  it.each([[{ limit: 'not a number', since: 1 }], [{ limit: 1, since: 'not a number' }], [{}]])(
    '"wrong replay params": %j is refused',
    async (replay) => {
      const answer = await new Stage().refusal({ private: true, broadcast: { replay } });
      expect(answer).toBe('UnableToReplayMessages: Replay params are not valid');
    },
  );

  it('"failure to replay": says so, and leaves nothing behind', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const stage = new Stage();
    stage.stored = null;
    const answer = await stage.refusal({ private: true, broadcast: { replay: { limit: 12, since: 1 } } });
    expect(answer).toBe('UnableToReplayMessages: Realtime was unable to replay messages');
    expect(stage.clock.waiting).toBe(0);
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });

  it('"replay messages on public topic not allowed"', async () => {
    const answer = await new Stage().refusal({ ...open, broadcast: { replay: { limit: 2, since: 1 } } });
    expect(answer).toBe('UnableToReplayMessages: Replay is not allowed for public channels');
  });

  it('"replay messages on private topic": the newest ones, oldest first, each marked', async () => {
    const stage = new Stage();
    stage.stored = stored('third', 'second', 'first');
    const peer = await stage.join({ private: true, broadcast: { replay: { limit: 2, since: 1 } } });
    expect(peer.sent.map(({ event, payload }) => ({ event, payload }))).toEqual(
      ['second', 'first'].map((event) => ({
        event: 'broadcast',
        payload: { type: 'broadcast', event, payload: { value: event }, meta: { id: `id of ${event}`, replayed: true } },
      })),
    );
  });

  it('to somebody who reads presence alone, replay is refused', async () => {
    const stage = new Stage();
    stage.read = { presence: true };
    const config = { private: true, presence: { enabled: true }, broadcast: { replay: { since: 1 } } };
    expect(await stage.refusal(config)).toMatch(/^Unauthorized: You do not have permissions to read/);
  });

  it('"does not dispatch UserBroadcast to fastlane subscribers if they already replayed it"', async () => {
    const stage = new Stage();
    stage.stored = stored('old');
    const peer = await stage.join({ private: true, broadcast: { replay: { since: 1 } } });
    for (const id of ['id of old', 'id of new']) {
      const body = { encoding: 'json', text: '{}' } as const;
      stage.topics.broadcast({ name: 'room', private: true }, { event: 'entry', body, meta: { id } });
    }
    expect(peer.sent.map(({ payload }) => (payload as { meta: { id: string } }).meta.id)).toEqual(['id of old', 'id of new']);
  });

  it('"replays binary messages as binary frames"', async () => {
    const stage = new Stage();
    const bytes = Uint8Array.of(0, 255);
    stage.stored = [{ id: 'one', event: 'pixels', body: { encoding: 'binary', bytes } }];
    const peer = await stage.join({ private: true, broadcast: { replay: { since: 1 } } });
    const meta = { id: 'one', replayed: true };
    expect(peer.broadcasts).toMatchObject([{ topic: 'realtime:room', event: 'pixels', body: { bytes }, meta }]);
  });
});

describe('payload sizes (broadcast_handler_test.exs)', () => {
  it.each([[open], [{ private: true }]])('"payload size exceeding limits": dropped in silence, %j', async (config) => {
    const stage = new Stage({ payloadBytes: 1000 });
    const [peer, other] = [await stage.join(config), await stage.join(config)];
    await peer.receive('broadcast', { event: 'a', payload: 'x'.repeat(1600) });
    expect([...peer.events(), ...other.events()]).toEqual([]);
    await peer.receive('broadcast', { event: 'a', payload: 'x'.repeat(900) });
    expect(other.events()).toEqual(['broadcast']);
  });

  it('"… if ack it will receive error"', async () => {
    const peer = await new Stage({ payloadBytes: 1000 }).join({ ...open, broadcast: { ack: true } });
    await peer.receive('broadcast', { event: 'a', payload: 'x'.repeat(1600) });
    expect(peer.sent).toMatchObject([{ event: 'phx_reply', payload: { status: 'error', response: 'payload_size_exceeded' } }]);
  });

  it('"presence track closes on high payload size" (realtime_channel_test.exs)', async () => {
    const peer = await new Stage({ payloadBytes: 1000 }).join(open);
    await peer.receive('presence', track({ content: 'x'.repeat(1600) }));
    expect(peer.sent).toMatchObject([system('Track message size exceeded'), closed]);
  });
});

describe('presence (realtime_channel_test.exs, presence_handler_test.exs)', () => {
  it('"client rate limits are independent per connection"', async () => {
    const stage = new Stage();
    const [one, other] = [await stage.join(open), await stage.join(open)];
    for (let call = 1; call <= 6; call++) await one.receive('presence', track({ call }));
    expect(one.sent.slice(-2)).toMatchObject([system('Client presence rate limit exceeded'), closed]);
    await other.receive('presence', track({ call: 1 }));
    expect(other.sent.at(-1)).toMatchObject({ event: 'phx_reply', payload: { status: 'ok' } });
  });

  it('"tenant override for max_client_presence_events_per_window is applied"', async () => {
    const peer = await new Stage({ presenceCalls: { max: 2, windowMs: 1000 } }).join(open);
    for (let call = 1; call <= 3; call++) await peer.receive('presence', track({ call }));
    expect(peer.events().slice(-2)).toEqual(['system', 'phx_close']);
  });

  it('"tracking, untracking and then tracking the same payload emit events"', async () => {
    const stage = new Stage();
    const watcher = await stage.join({ ...open, presence: { enabled: true } });
    const peer = await stage.join({ ...open, presence: { key: 'ada' } });
    for (const event of ['track', 'untrack', 'track']) await peer.receive('presence', { event, payload: { a: 1 } });
    expect(watcher.events()).toEqual(['presence_state', 'presence_diff', 'presence_diff', 'presence_diff']);
  });

  it('"only checks write policies once on private channels"', async () => {
    const stage = new Stage();
    const peer = await stage.join();
    for (let call = 1; call <= 4; call++) await peer.receive('presence', track({ call }));
    expect(stage.authorisation.write).toHaveBeenCalledTimes(1);
  });

  it('"logs out non recognized events": an error, and the channel stays', async () => {
    const peer = await new Stage().join(open);
    await peer.receive('presence', { event: 'wave' });
    expect(peer.sent).toMatchObject([{ event: 'phx_reply', payload: { status: 'error' } }]);
  });

  it('"rate limit is checked": above the project\'s presence messages a track ends the channel', async () => {
    const stage = new Stage({ presenceMessagesPerSecond: 5 });
    const peer = await stage.join(open);
    stage.usage.presence.add(100);
    stage.clock.tick(5000);
    await peer.receive('presence', track());
    expect(peer.sent).toMatchObject([system('Too many presence messages per second'), closed]);
  });

  it('"respects rate limits on public channels": a join, too', async () => {
    const stage = new Stage({ presenceMessagesPerSecond: 5 });
    stage.usage.presence.add(100);
    stage.clock.tick(5000);
    const peer = await stage.join({ ...open, presence: { enabled: true } });
    expect(peer.sent).toMatchObject([system('Too many presence messages per second'), closed]);
  });

  it('"presence_diff gate holds when presence is auto-enabled via track" (presence_test.exs)', async () => {
    const stage = new Stage();
    const teller = await stage.join({ private: true, presence: { key: 'ben', enabled: true } });
    stage.read = { broadcast: true };
    const late = await stage.join();
    await late.receive('presence', track());
    await teller.receive('presence', track());
    expect(late.events()).toEqual(['phx_reply']);
  });
});

describe('messages a second (connection_lifecycle_test.exs)', () => {
  it('"max_events_per_second limit respected": the next delivery closes the channel, after it was made', async () => {
    const stage = new Stage({ messagesPerSecond: 10 });
    const peer = await stage.join({ ...open, broadcast: { self: true } });
    for (let sent = 0; sent < 200; sent++) await peer.receive('broadcast', {});
    expect(peer.events().every((event) => event === 'broadcast')).toBe(true);
    stage.clock.tick(5000);
    await peer.receive('broadcast', {});
    expect(peer.sent.slice(200)).toMatchObject([{ event: 'broadcast' }, system('Too many messages per second'), closed]);
  });

  it('counts what the database sends, at each delivery', async () => {
    const stage = new Stage({ messagesPerSecond: 10 });
    const peers = await Promise.all(Array.from({ length: 5 }, () => stage.join()));
    const send = (): void =>
      stage.topics.broadcast({ name: 'room', private: true }, { event: 'entry', body: { encoding: 'json', text: '{}' } });
    for (let sent = 0; sent < 20; sent++) send();
    stage.clock.tick(5000);
    send();
    for (const peer of peers) expect(peer.events().slice(-3)).toEqual(['broadcast', 'system', 'phx_close']);
  });
});

describe('access_token (realtime_channel_test.exs, token_handling_test.exs)', () => {
  const pushed = async (access_token: unknown, stage = new Stage()): Promise<unknown> => {
    const peer = await stage.join(open);
    await peer.receive('access_token', { access_token });
    return peer.sent;
  };

  it('"on empty string access_token the socket sends an error message"', async () => {
    expect(await pushed('')).toMatchObject([system('The token provided is not a valid JWT'), closed]);
  });

  it('"new JWT missing role claim", "new JWT missing exp claim"', async () => {
    const stage = new Stage();
    const sentence = system('Fields `role` and `exp` are required in JWT');
    const { tokens, clock } = stage;
    expect(await pushed(tokens.sign({ exp: clock.now() / 1000 + 60 }), stage)).toMatchObject([sentence, closed]);
    expect(await pushed(tokens.sign({ role: 'authenticated' }), stage)).toMatchObject([sentence, closed]);
  });

  it('"new expired JWT"', async () => {
    const stage = new Stage();
    expect(await pushed(stage.token(-1000), stage)).toMatchObject([system('Token has expired 1000 seconds ago'), closed]);
  });

  it('"on sb prefixed access_token the socket ignores the message and respects JWT expiry time"', async () => {
    const stage = new Stage();
    const peer = await stage.join(open, stage.token(60));
    await peer.receive('access_token', { access_token: 'sb_publishable_key' });
    stage.clock.tick(59_000);
    expect(peer.events()).toEqual([]);
    stage.clock.tick(1000);
    expect(peer.sent).toMatchObject([system('Token has expired 0 seconds ago'), closed]);
  });

  it('"policies are reevaluated for write policy": silence after the right went', async () => {
    const stage = new Stage();
    const peer = await stage.join({ private: true, broadcast: { self: true } });
    await peer.receive('broadcast', { event: 'TEST' });
    stage.write = {};
    await peer.receive('access_token', { access_token: stage.token(1800) });
    await peer.receive('broadcast', { event: 'TEST' });
    expect(peer.events()).toEqual(['broadcast']);
  });

  it('"on new access_token and channel is public policies are not reevaluated"', async () => {
    const stage = new Stage();
    expect(await pushed(stage.token(1800), stage)).toEqual([]);
    expect(stage.authorisation.read).not.toHaveBeenCalled();
  });

  it('"starts receiving broadcasts when broadcast read permission is granted on new access_token"', async () => {
    const stage = new Stage();
    stage.read = { presence: true };
    const peer = await stage.join({ private: true, presence: { enabled: true } });
    const body = { encoding: 'json', text: '{}' } as const;
    stage.topics.broadcast({ name: 'room', private: true }, { event: 'before', body });
    stage.read = all;
    await peer.receive('access_token', { access_token: stage.token(1800) });
    stage.topics.broadcast({ name: 'room', private: true }, { event: 'after', body });
    expect(peer.sent.slice(1)).toMatchObject([{ event: 'broadcast', payload: { event: 'after' } }]);
  });

  it('"join with access_token starting with sb_": is nobody, whatever user_token says', async () => {
    const stage = new Stage();
    await stage.join({ private: true }, 'sb_publishable_key');
    expect(stage.authorisation.read).toHaveBeenCalledWith(expect.objectContaining({ role: 'anon' }), 'room', ['broadcast']);
  });
});

describe('the broadcasts of the database (connection_lifecycle_test.exs)', () => {
  it('"clients that opt in receive the replication established system message"', async () => {
    const stage = new Stage();
    const peer = await stage.join({ ...open, broadcast: { replication_ready: true } });
    const payload = { extension: 'system', status: 'ok', message: 'Replication connection established', channel: 'room' };
    expect(peer.sent).toMatchObject([{ event: 'system', payload }]);
    expect((await stage.join(open)).sent).toEqual([]);
  });
});
