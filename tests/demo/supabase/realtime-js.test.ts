import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listenTo, sendMessage, signIn, startStand, subscribe, until, visit, type Person, type Stand } from './support.js';

/*
 * What realtime-js's own tests say of a client and its server, case by case, with unmodified clients against the gateway
 * in place of a mock. Source: supabase/supabase-js, packages/core/realtime-js/test; each case names its file, and the
 * quoted names are theirs. What of them is elsewhere:
 *
 * serializer.test.ts                          realtime/serializer.test.ts, both versions, with the SDK's own on the other end
 * normalizeChannelError.test.ts               tests/src/chat/supabase/errors.test.ts: a refusal or a lost socket
 * RealtimeClient.resilience: reconnection     tests/src/chat/backoff.test.ts: the chat has steps of its own, with jitter
 * RealtimeClient.auth: accessToken            tests/src/chat/supabase-accounts.test.ts and -return.test.ts: rotation, another account
 * RealtimeChannel.lifecycle: resubscribing    tests/src/chat/supabase/hub.test.ts: never the same channel twice
 * RealtimeChannel.memory, hub leaks           tests/elements/chat-lifecycle.test.ts: 100 mounts
 *
 * Nothing of the server or of the chat is in RealtimeChannel.postgres and RealtimePostgresFilterBuilder (rows are not
 * listened to; what the server says of that is in realtime/postgres-changes.test.ts), RealtimeClient.worker (heartbeats from
 * a worker, which the chat does not use), RealtimeClient.config, transformers, websocket-factory and index.
 */

// On a busy machine a database takes its time.
vi.setConfig({ testTimeout: 40_000 });

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.stop());

/** A public channel of a name that no other test has. */
let names = 0;
const freshName = (): string => `case-${++names}`;

const bodies = (heard: readonly { payload: Record<string, unknown> }[]): unknown[] => heard.map(({ payload }) => payload.n);

/** A channel that is subscribed, with what it hears of some event. */
async function line(client: SupabaseClient, name: string, event = '*', config: Record<string, unknown> = {}) {
  const channel = client.channel(name, { config });
  const heard: { event: string; payload: Record<string, unknown> }[] = [];
  channel.on('broadcast', { event }, (message) => heard.push(message as unknown as (typeof heard)[number]));
  expect(await subscribe(channel)).toMatchObject({ status: 'SUBSCRIBED' });
  return { channel, heard };
}

const say = (channel: RealtimeChannel, event: string, n: number) => channel.send({ type: 'broadcast', event, payload: { n } });

describe('RealtimeChannel.lifecycle.test.ts', () => {
  it('"if attempting to join multiple times, ignores calls": the server hears of one member', async () => {
    const [one, other] = [stand.client(), stand.client()];
    const name = freshName();
    const watch = await line(other, name);
    const { channel, heard } = await line(one, name);
    for (let time = 0; time < 10; time++) channel.subscribe();
    await say(watch.channel, 'once', 1);
    await until(() => expect(heard).toHaveLength(1));
    await say(watch.channel, 'once', 2);
    await until(() => expect(bodies(heard)).toEqual([1, 2]));
  });

  it('"returns a promise that resolves when server acknowledges leave", and the others see that somebody left', async () => {
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const here = (channel: RealtimeChannel): string[] => Object.keys(channel.presenceState());
    const present = async (person: Person): Promise<RealtimeChannel> => {
      const channel = person.client.channel(ada.room.topic, { config: { private: true, presence: { key: person.id } } });
      channel.on('presence', { event: 'sync' }, () => {});
      await subscribe(channel);
      await channel.track({});
      return channel;
    };
    const [forAda, forBen] = [await present(ada), await present(ben)];
    await until(() => expect(here(forAda)).toContain(ben.id));
    expect(await forBen.unsubscribe()).toBe('ok');
    expect(forBen.state).toBe('closed');
    await until(() => expect(here(forAda)).toEqual([ada.id]));
  });

  it('"updates join push payload access token": who subscribes after signing in is let in by the new token', async () => {
    const ada = await visit(stand, 'Ada');
    const late = stand.client();
    await late.realtime.setAuth(ada.token);
    expect(await subscribe(listenTo({ ...ada, client: late }, ada.room.topic).channel)).toMatchObject({ status: 'SUBSCRIBED' });
  });
});

describe('RealtimeChannel.messaging.test.ts', () => {
  it('"should filter broadcast events by exact event name", beside "wildcard" and "multiple listeners for same event"', async () => {
    const name = freshName();
    const { channel } = await line(stand.client(), name);
    const listener = stand.client().channel(name);
    const told: string[] = [];
    listener
      .on('broadcast', { event: 'test' }, () => told.push('first'))
      .on('broadcast', { event: 'test' }, () => told.push('second'))
      .on('broadcast', { event: '*' }, ({ event }) => told.push(`any ${event}`));
    await subscribe(listener);
    await say(channel, 'tes', 1);
    await say(channel, 'test', 2);
    await until(() => expect(told).toEqual(['any tes', 'first', 'second', 'any test']));
  });

  it('"handles non-202 status": where the database lets nobody broadcast, the call says so, and nobody hears it', async () => {
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const { channel, heard } = listenTo(ben, ada.room.topic);
    await subscribe(channel);
    const unjoined = ada.client.channel(ada.room.topic, { config: { private: true } });
    await expect(unjoined.httpSend('entry', { seq: 1 })).rejects.toThrow('Unauthorized');
    const real = await sendMessage(ada, ada.room, 'From the database');
    await until(() => expect(heard.map(({ payload }) => payload.id)).toEqual([real]));
  });

  it.each([
    ['"sends correct payload"', 'test', { n: 7 }],
    ['"URL-encodes topic and event names with special characters"', 'user/joined', { n: 8 }],
  ])('%s: it arrives', async (_case, event, payload) => {
    const name = `${freshName()}:42/a b`;
    const { heard } = await line(stand.client(), name);
    expect(await stand.client().channel(name).httpSend(event, payload)).toEqual({ success: true });
    await until(() => expect(heard).toMatchObject([{ event, payload }]));
  });

  it('"sends ArrayBuffer payload as application/octet-stream": the bytes arrive as they were', async () => {
    const name = freshName();
    const listener = stand.client().channel(name);
    const heard: Uint8Array[] = [];
    listener.on('broadcast', { event: 'bytes' }, ({ payload }) => heard.push(new Uint8Array(payload as unknown as ArrayBuffer)));
    await subscribe(listener);
    const bytes = Uint8Array.of(0, 1, 127, 128, 255);
    expect(await stand.client().channel(name).httpSend('bytes', bytes.buffer)).toEqual({ success: true });
    await until(() => expect(heard).toEqual([bytes]));
  });

  it('"rejects when payload is not provided": nothing goes out', async () => {
    const name = freshName();
    const { heard } = await line(stand.client(), name);
    const channel = stand.client().channel(name);
    await expect(channel.httpSend('test', undefined)).rejects.toThrow('Payload is required');
    await channel.httpSend('test', { n: 1 });
    await until(() => expect(bodies(heard)).toEqual([1]));
  });
});

describe('RealtimeChannel.presence.test.ts', () => {
  it('"should handle presence join events", "leave events" and "sync events", in their order', async () => {
    const name = freshName();
    const watch = stand.client().channel(name, { config: { presence: { key: 'watch' } } });
    const told: string[] = [];
    watch
      .on('presence', { event: 'join' }, ({ key }) => told.push(`${key} joins`))
      .on('presence', { event: 'leave' }, ({ key }) => told.push(`${key} leaves`))
      .on('presence', { event: 'sync' }, () => told.push('sync'));
    await subscribe(watch);
    await until(() => expect(told).toEqual(['sync']));
    const other = stand.client().channel(name, { config: { presence: { key: 'other' } } });
    await subscribe(other);
    await other.track({});
    await until(() => expect(told.slice(1)).toEqual(['other joins', 'sync']));
    await other.untrack();
    await until(() => expect(told.slice(3)).toEqual(['other leaves', 'sync']));
  });

  it('"gets transformed presence state": each with what it tracked, and a ref of its own', async () => {
    const name = freshName();
    const channels = ['one', 'two'].map((key) => stand.client().channel(name, { config: { presence: { key, enabled: true } } }));
    for (const channel of channels) {
      await subscribe(channel);
      await channel.track({ at: name });
    }
    const [first] = channels;
    await until(() =>
      expect(first?.presenceState()).toEqual({
        one: [{ at: name, presence_ref: expect.any(String) as string }],
        two: [{ at: name, presence_ref: expect.any(String) as string }],
      }),
    );
  });

  it('"should enable presence when config.presence.enabled is true even without bindings", and not "when neither"', async () => {
    const name = freshName();
    const tracker = stand.client().channel(name, { config: { presence: { key: 'tracker' } } });
    await subscribe(tracker);
    await tracker.track({});
    const enabled = stand.client().channel(name, { config: { presence: { enabled: true } } });
    await subscribe(enabled);
    await until(() => expect(Object.keys(enabled.presenceState())).toEqual(['tracker']));
    // Broadcasts and presence share the line: what comes after the one says that the other did not come.
    const plain = await line(stand.client(), name);
    await say(tracker, 'later', 1);
    await until(() => expect(bodies(plain.heard)).toEqual([1]));
    expect(plain.channel.presenceState()).toEqual({});
  });
});

describe('RealtimeChannel.errors.test.ts', () => {
  it('"server-reply error path produces an Error with the joined message and cause"', async () => {
    const [ada, stranger] = [await visit(stand, 'Ada'), await signIn(stand.client())];
    const { channel } = listenTo(stranger, ada.room.topic);
    const error = await new Promise<Error | undefined>((told) => channel.subscribe((_status, reason) => told(reason)));
    expect(error).toBeInstanceOf(Error);
    expect(error?.message).toMatch(/^Unauthorized: You do not have permissions/);
    expect(error?.cause).toMatchObject({ reason: error?.message });
  });

  it('"should recover from server disconnection", with all channels and what they listen to', async () => {
    const own = await startStand();
    try {
      const [one, other] = [own.client(), own.client()];
      const [a, b] = [freshName(), freshName()];
      const lines = [await line(one, a), await line(one, b)];
      const senders = [await line(other, a), await line(other, b)];
      own.dropSockets();
      const both = [...lines, ...senders];
      await until(() => expect(both.map(({ channel }) => channel.state)).toEqual(both.map(() => 'errored')));
      await until(() => expect(both.map(({ channel }) => channel.state)).toEqual(both.map(() => 'joined')));
      for (const { channel } of senders) await say(channel, 'again', 1);
      await until(() => expect(lines.map(({ heard }) => bodies(heard))).toEqual([[1], [1]]));
    } finally {
      await own.stop();
    }
  });
});

describe('RealtimeChannel.push.test.ts', () => {
  it('"enqueues push event to be sent once join has succeeded": presence that is tracked too early counts', async () => {
    const name = freshName();
    const watch = stand.client().channel(name, { config: { presence: { enabled: true } } });
    await subscribe(watch);
    const early = stand.client().channel(name, { config: { presence: { key: 'early' } } });
    const joined = subscribe(early);
    expect(await early.track({})).toBe('ok');
    await joined;
    await until(() => expect(Object.keys(watch.presenceState())).toEqual(['early']));
  });

  it('"unsubscribes from server events": nothing is heard after leaving, and "closes channel" leaves the others', async () => {
    const client = stand.client();
    const [name, kept] = [freshName(), freshName()];
    const [left, other] = [await line(client, name), await line(client, kept)];
    const sender = stand.client();
    const [toLeft, toOther] = [await line(sender, name), await line(sender, kept)];
    await left.channel.unsubscribe();
    await say(toLeft.channel, 'late', 1);
    await say(toOther.channel, 'late', 2);
    await until(() => expect(bodies(other.heard)).toEqual([2]));
    expect(left.heard).toEqual([]);
    expect(client.getChannels()).toEqual([other.channel]);
  });
});

describe('RealtimeClient.channels.test.ts', () => {
  it('"does not repeat channels to sockets channels list": the same topic gives the same object', () => {
    const client = stand.client();
    const name = freshName();
    expect(client.channel(name)).toBe(client.channel(name));
    expect(client.getChannels()).toHaveLength(1);
  });

  it('"allows to create second channel with given topic after first one unsubscribed": another object, that hears', async () => {
    const client = stand.client();
    const name = freshName();
    const first = await line(client, name);
    await first.channel.unsubscribe();
    const second = await line(client, name);
    expect(second.channel).not.toBe(first.channel);
    await say((await line(stand.client(), name)).channel, 'now', 1);
    await until(() => expect(bodies(second.heard)).toEqual([1]));
    expect(first.heard).toEqual([]);
  });

  it('"removes all channels": the server lets each of them go, and the socket with them', async () => {
    const client = stand.client();
    const [a, b] = [freshName(), freshName()];
    await line(client, a);
    await line(client, b);
    expect(await client.removeAllChannels()).toEqual(['ok', 'ok']);
    expect(client.getChannels()).toEqual([]);
    await until(() => expect(client.realtime.isConnected()).toBe(false));
  });

  it('"throws error on replay for a public channel", before anything goes out', () => {
    const replay = { since: Date.now(), limit: 1 };
    expect(() => stand.client().channel(freshName(), { config: { broadcast: { replay }, private: false } })).toThrow(/must be a private channel/);
  });
});

describe('RealtimeClient.auth.test.ts, RealtimeClient.auth.resubscribe.test.ts', () => {
  it('"does not send message if token hasn\'t changed": the channel of a member stays through both', async () => {
    const ada = await visit(stand, 'Ada');
    const { channel, heard } = listenTo(ada, ada.room.topic);
    const statuses: string[] = [];
    await subscribe(channel, (status) => statuses.push(status));
    await ada.client.realtime.setAuth(ada.token);
    await ada.client.realtime.setAuth(ada.token);
    const sent = await sendMessage(ada, ada.room, 'Still here');
    await until(() => expect(heard.map(({ payload }) => payload.id)).toEqual([sent]));
    expect(statuses).toEqual(['SUBSCRIBED']);
  });

  it('"uses new token after reconnect": a line that comes back does so as whoever is signed in by then', async () => {
    const own = await startStand();
    try {
      const [ada, stranger] = [await visit(own, 'Ada'), await signIn(own.client())];
      let token = ada.token;
      const client = own.client();
      client.realtime.accessToken = async () => token;
      const { channel } = listenTo({ ...ada, client }, ada.room.topic);
      await client.realtime.setAuth();
      const told: string[] = [];
      await new Promise<void>((first) => {
        channel.subscribe((status, error) => {
          told.push(`${status} ${error?.message.split(':')[0] ?? ''}`.trim());
          first();
        });
      });
      token = stranger.token;
      own.dropSockets();
      await until(() => expect(told.at(-1)).toBe('CHANNEL_ERROR Unauthorized'));
    } finally {
      await own.stop();
    }
  });

  it('"preserves access token when resubscribing after removeChannel"', async () => {
    const ada = await visit(stand, 'Ada');
    const first = listenTo(ada, ada.room.topic);
    await subscribe(first.channel);
    await ada.client.removeChannel(first.channel);
    const second = listenTo(ada, ada.room.topic);
    expect(await subscribe(second.channel)).toMatchObject({ status: 'SUBSCRIBED' });
  });
});

describe('RealtimeClient.resilience.test.ts', () => {
  it('"should not schedule reconnection on manual disconnect": another line later finds nobody there', async () => {
    const client = stand.client();
    const name = freshName();
    const { channel, heard } = await line(client, name);
    await client.realtime.disconnect();
    expect(client.realtime.isConnected()).toBe(false);
    // Longer than the way back takes here: a whole other line joins, says something and hears its answer.
    const other = await line(stand.client(), name, '*', { broadcast: { self: true, ack: true } });
    expect(await say(other.channel, 'alone', 1)).toBe('ok');
    await until(() => expect(bodies(other.heard)).toEqual([1]));
    expect(client.realtime.isConnected()).toBe(false);
    expect([channel.state, heard]).not.toContain('joined');
  });
});

describe('RealtimeClient.transport.test.ts, RealtimeClient.resilience.test.ts', () => {
  it('"on heartbeat events from the phoenix topic, callback is called with latency"', async () => {
    const client = stand.client();
    await line(client, freshName());
    const told: [string, unknown][] = [];
    client.realtime.onHeartbeat((status, latency) => told.push([status, typeof latency]));
    await client.realtime.sendHeartbeat();
    await until(() => expect(told).toEqual([['sent', 'undefined'], ['ok', 'number']]));
  });

  it('"should handle heartbeat timeout with reconnection fallback": a network that went away without a word', async () => {
    const own = await startStand();
    try {
      const name = freshName();
      const { channel, heard } = await line(own.client({ heartbeatIntervalMs: 200 }), name);
      own.deafen();
      await until(() => expect(channel.state).not.toBe('joined'));
      await until(() => expect(channel.state).toBe('joined'));
      await say((await line(own.client(), name)).channel, 'again', 1);
      await until(() => expect(bodies(heard)).toEqual([1]));
    } finally {
      await own.stop();
    }
  });

  it('"closes channel on timeout": who leaves and is not heard has left, and the server hears of it when it can', async () => {
    const own = await startStand();
    try {
      const name = freshName();
      const watch = own.client().channel(name, { config: { presence: { enabled: true } } });
      await subscribe(watch);
      const client = own.client();
      const left = client.channel(name, { config: { presence: { key: 'left' } } });
      await subscribe(left);
      await left.track({});
      await until(() => expect(Object.keys(watch.presenceState())).toEqual(['left']));
      const hear = own.deafen();
      await left.unsubscribe(50);
      expect([left.state, client.getChannels()]).toEqual(['closed', []]);
      hear();
      await until(() => expect(watch.presenceState()).toEqual({}));
    } finally {
      await own.stop();
    }
  });
});

describe('RealtimeClient.auth.resubscribe.test.ts', () => {
  it('"preserves token when subscribing to different topics": the room and who types in it', async () => {
    const ada = await visit(stand, 'Ada');
    for (const topic of [ada.room.topic, `${ada.room.topic}:typing`]) {
      expect(await subscribe(listenTo(ada, topic).channel)).toMatchObject({ status: 'SUBSCRIBED' });
    }
  });

  it('"handles accessToken callback errors gracefully during subscribe": it goes on with the token that it had', async () => {
    const ada = await visit(stand, 'Ada');
    await ada.client.realtime.setAuth(ada.token);
    ada.client.realtime.accessToken = () => Promise.reject(new Error('no token just now'));
    expect(await subscribe(listenTo(ada, ada.room.topic).channel)).toMatchObject({ status: 'SUBSCRIBED' });
  });
});

describe('RealtimeChannel.integration.test.ts', () => {
  it('"should handle rapid message sending and receiving": all of them, in order', async () => {
    const name = freshName();
    const [sender, listener] = [await line(stand.client(), name), await line(stand.client(), name)];
    for (let n = 0; n < 100; n++) void say(sender.channel, 'rapid', n);
    await until(() => expect(bodies(listener.heard)).toEqual(Array.from({ length: 100 }, (_, n) => n)));
  });

  it('"should handle mixed event types in single channel": broadcasts, presence and system side by side', async () => {
    const ada = await visit(stand, 'Ada');
    const channel = ada.client.channel(ada.room.topic, { config: { private: true, presence: { key: ada.id } } });
    const told: string[] = [];
    channel
      .on('broadcast', { event: 'entry' }, () => told.push('broadcast'))
      // The lobby may hold others by now.
      .on('presence', { event: 'join' }, ({ key }) => void (key === ada.id && told.push('presence')))
      .on('system', {}, () => told.push('system'));
    await subscribe(channel);
    await channel.track({});
    await until(() => expect(told).toEqual(['presence']));
    await sendMessage(ada, ada.room, 'Beside it');
    await until(() => expect(told).toEqual(['presence', 'broadcast']));
    // A token that is none ends the channel, and says so.
    channel.socket.setAuth('no.token.atall').catch(() => undefined);
    await until(() => expect(told).toEqual(['presence', 'broadcast', 'system']));
  });
});
