import { PassThrough } from 'node:stream';
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { TokenSigner } from '../../../../demo/services/supabase/jwt.js';
import type { Permissions } from '../../../../demo/services/supabase/realtime/authorisation.js';
import { Connection } from '../../../../demo/services/supabase/realtime/connection.js';
import { Usage, hostedLimits } from '../../../../demo/services/supabase/realtime/limits.js';
import { Topics } from '../../../../demo/services/supabase/realtime/topics.js';
import { ManualClock } from '../../../support/manual-clock.js';

/** The line, with what was sent over it. */
class FakeSocket extends EventEmitter {
  readonly sent: unknown[][] = [];
  terminated = false;
  closedWith: number | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as unknown[]);
  }

  close(code: number): void {
    this.closedWith = code;
  }

  terminate(): void {
    this.terminated = true;
    this.emit('close');
  }
}

let clock: ManualClock;
let socket: FakeSocket;
let read: () => Promise<Permissions>;
let write: () => Promise<Permissions>;
let ended: number;
let usage: Usage;
const limits = { channelsPerConnection: 3, connections: 2, joinsPerSecond: 10 };

beforeEach(() => {
  clock = new ManualClock();
  socket = new FakeSocket();
  read = async () => ({ broadcast: true });
  write = async () => ({ broadcast: true });
  ended = 0;
  const authorisation = { read: () => read(), write: () => write() };
  const keyClaims = { role: 'anon', exp: 2e9 };
  usage = new Usage({ ...hostedLimits, ...limits }, clock);
  const broadcasts = { newest: async () => [] };
  const tokens = new TokenSigner('secret');
  const context = { topics: new Topics(), authorisation, broadcasts, usage, tokens, clock, keyClaims };
  new Connection(context, socket as unknown as WebSocket, new PassThrough(), '2.0.0', () => (ended += 1));
});

const say = (...fields: unknown[]): boolean => socket.emit('message', Buffer.from(JSON.stringify(fields)), false);
const join = (joinRef: string, topic: string, config: object = {}): boolean =>
  say(joinRef, joinRef, topic, 'phx_join', { config });
/** Waits until so many messages have come, and gives them. */
const answers = async (count: number): Promise<unknown[][]> => {
  await vi.waitFor(() => expect(socket.sent.length).toBeGreaterThanOrEqual(count), { interval: 1 });
  return socket.sent;
};
/** Lets the next question for reading wait for its answer. */
const holdReading = (): { asked: Promise<void>; answer: (permissions: Permissions) => void } => {
  let answer = (_permissions: Permissions): void => {};
  const asked = new Promise<void>((resolve) => {
    read = () =>
      new Promise((permit) => {
        answer = permit;
        resolve();
      });
  });
  return { asked, answer: (permissions) => answer(permissions) };
};
const ok = (response: object = {}) => ({ status: 'ok', response });
const joined = ok({ postgres_changes: [] });
const refused = (reason: string) => ({ status: 'error', response: { reason } });

describe('a connection', () => {
  it('answers heartbeats', async () => {
    say(null, '7', 'phoenix', 'heartbeat', {});
    expect(await answers(1)).toEqual([[null, '7', 'phoenix', 'phx_reply', ok()]]);
  });

  it('reads on after a frame that it cannot read', async () => {
    socket.emit('message', Buffer.from('nonsense'), false);
    socket.emit('message', Buffer.from([9, 9]), true);
    say(null, '7', 'phoenix', 'heartbeat', {});
    expect(await answers(1)).toHaveLength(1);
  });

  it('knows only topics that were joined, and only those with a name', async () => {
    say('1', '1', 'realtime:room', 'broadcast', {});
    join('2', 'other:room');
    join('3', 'realtime:');
    say('4', '4', 'realtime:room', 'phx_leave', {});
    expect(await answers(4)).toEqual([
      ['1', '1', 'realtime:room', 'phx_reply', refused('unmatched topic')],
      ['2', '2', 'other:room', 'phx_reply', refused('unmatched topic')],
      ['3', '3', 'realtime:', 'phx_reply', refused('TopicNameRequired: You must provide a topic name')],
      ['4', '4', 'realtime:room', 'phx_reply', ok()],
    ]);
  });

  it('closes the older of two channels on one topic', async () => {
    join('1', 'realtime:room');
    join('2', 'realtime:room');
    expect(await answers(3)).toEqual([
      ['1', '1', 'realtime:room', 'phx_reply', joined],
      ['1', '1', 'realtime:room', 'phx_close', {}],
      ['2', '2', 'realtime:room', 'phx_reply', joined],
    ]);
  });

  it('handles what comes during a join after it', async () => {
    const { asked, answer } = holdReading();
    join('1', 'realtime:room', { private: true, broadcast: { ack: true } });
    say('1', '2', 'realtime:room', 'broadcast', { event: 'a' });
    await asked;
    expect(socket.sent).toEqual([]);
    answer({ broadcast: true });
    expect(await answers(2)).toEqual([
      ['1', '1', 'realtime:room', 'phx_reply', joined],
      ['1', '2', 'realtime:room', 'phx_reply', ok()],
    ]);
  });

  it('tells of a fault of ours, so that the client joins again', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    write = () => Promise.reject(new Error('The database is gone'));
    join('1', 'realtime:room', { private: true });
    say('1', '2', 'realtime:room', 'broadcast', { event: 'a' });
    expect((await answers(2))[1]).toEqual(['1', '1', 'realtime:room', 'phx_error', {}]);
    read = () => Promise.reject(new Error('The database is gone'));
    join('3', 'realtime:room', { private: true });
    expect((await answers(3))[2]).toEqual(['3', '3', 'realtime:room', 'phx_reply', refused('Unknown Error on Channel')]);
    expect(error).toHaveBeenCalledTimes(2);
    error.mockRestore();
  });

  it('is over after a minute of silence, and its channels with it', async () => {
    join('1', 'realtime:room');
    await answers(1);
    clock.tick(59_000);
    say(null, '2', 'phoenix', 'heartbeat', {});
    clock.tick(59_000);
    expect(socket.terminated).toBe(false);
    clock.tick(1000);
    expect(socket.terminated).toBe(true);
    expect(ended).toBe(1);
    expect(clock.waiting).toBe(0);
  });

  it('that breaks during a join leaves nothing behind', async () => {
    const { asked, answer } = holdReading();
    join('1', 'realtime:room', { private: true });
    await asked;
    socket.emit('close');
    answer({ broadcast: true });
    await vi.waitFor(() => expect(clock.waiting).toBe(0));
    expect(socket.sent).toEqual([]);
  });
});

/* Ported from supabase/realtime, test/integration/rt_channel/connection_lifecycle_test.exs. */
describe('the limits of a project', () => {
  it('"max_channels_per_client limit respected": refused with a reason, and free again after a leave', async () => {
    for (const ref of ['1', '2', '3', '4']) join(ref, `realtime:room-${ref}`);
    say('1', '5', 'realtime:room-1', 'phx_leave', {});
    join('6', 'realtime:room-6');
    const sent = await answers(7);
    expect(sent[3]).toEqual(['4', '4', 'realtime:room-4', 'phx_reply', refused('ChannelRateLimitReached: Too many channels')]);
    expect(sent[6]).toEqual(['6', '6', 'realtime:room-6', 'phx_reply', joined]);
  });

  it('"max_concurrent_users limit respected": only those with a channel count', async () => {
    const [one, other] = [{}, {}];
    usage.connected(one);
    usage.connected(other);
    join('1', 'realtime:room');
    const reason = 'ConnectionRateLimitReached: Too many connected users';
    expect(await answers(1)).toEqual([['1', '1', 'realtime:room', 'phx_reply', refused(reason)]]);
    usage.disconnected(other);
    join('2', 'realtime:room');
    join('3', 'realtime:other');
    expect((await answers(3)).slice(1)).toEqual([
      ['2', '2', 'realtime:room', 'phx_reply', joined],
      ['3', '3', 'realtime:other', 'phx_reply', joined],
    ]);
    socket.emit('close');
    expect(usage.mayConnect({})).toBe(true);
  });

  it('"max_joins_per_second limit respected": the join is refused and the line closed', async () => {
    usage.joins.add(1000);
    clock.tick(5000);
    join('1', 'realtime:room');
    const reason = 'ClientJoinRateLimitReached: Too many joins per second';
    expect(await answers(1)).toEqual([['1', '1', 'realtime:room', 'phx_reply', refused(reason)]]);
    await vi.waitFor(() => expect(socket.closedWith).toBe(1000));
  });

  it('"still gets a reply with a stale or missing join_ref"', async () => {
    join('1', 'realtime:room', { broadcast: { ack: true } });
    say('some other', '2', 'realtime:room', 'broadcast', { event: 'a' });
    say(null, '3', 'realtime:room', 'broadcast', { event: 'a' });
    expect((await answers(3)).map(([, ref, , event]) => [ref, event])).toEqual([
      ['1', 'phx_reply'],
      ['2', 'phx_reply'],
      ['3', 'phx_reply'],
    ]);
  });
});

/* Ported from supabase/realtime, test/realtime_web/channels/user_socket_test.exs: none of these may end the line. */
describe('a message that is none', () => {
  it.each(['[null,"1"]', '{"topic":"realtime:a"}', '', '{"topic": '])('%j is passed over', async (text) => {
    socket.emit('message', Buffer.from(text), false);
    say(null, '7', 'phoenix', 'heartbeat', {});
    expect(await answers(1)).toEqual([[null, '7', 'phoenix', 'phx_reply', ok()]]);
  });
});
