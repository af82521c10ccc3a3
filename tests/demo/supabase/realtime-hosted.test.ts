import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TokenSigner } from '../../../demo/services/supabase/jwt.js';
import { listenTo, sendMessage, signIn, startStand, subscribe, until, visit, type Stand } from './support.js';

/*
 * Where the hosted server is nasty, by the unmodified SDK over real sockets. Sources: supabase/realtime,
 * test/integration/rt_channel/: authorization_test.exs, broadcast_test.exs, connection_lifecycle_test.exs and
 * token_handling_test.exs, and test/realtime_web/channels/realtime_channel_test.exs; supabase/supabase-js,
 * packages/core/realtime-js/src/RealtimeChannel.ts. realtime-js's own tests are in realtime-js.test.ts.
 */

// On a busy machine a database takes its time.
vi.setConfig({ testTimeout: 40_000 });

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.stop());

describe('who may broadcast (rt_channel/authorization_test.exs, broadcast_test.exs)', () => {
  it('a member tells the others on the typing topic that they write', async () => {
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const topic = `${ada.room.topic}:typing`;
    const [forAda, forBen] = [listenTo(ada, topic, { broadcast: { ack: true } }), listenTo(ben, topic)];
    expect(await subscribe(forAda.channel)).toMatchObject({ status: 'SUBSCRIBED' });
    expect(await subscribe(forBen.channel)).toMatchObject({ status: 'SUBSCRIBED' });
    expect(await forAda.channel.send({ type: 'broadcast', event: 'typing', payload: { user_id: ada.id } })).toBe('ok');
    await until(() => expect(forBen.heard).toMatchObject([{ event: 'typing', payload: { user_id: ada.id } }]));
    expect(forAda.heard).toEqual([]);
  });

  it('"user with no read permissions won\'t join": a stranger on the typing topic', async () => {
    const ada = await visit(stand, 'Ada');
    const stranger = await signIn(stand.client());
    const answer = await subscribe(listenTo(stranger, `${ada.room.topic}:typing`).channel);
    expect(answer).toMatchObject({ status: 'CHANNEL_ERROR', message: expect.stringMatching(/^Unauthorized: You do not have/) });
  });

  it('"no write permissions won\'t send message but will receive message": in silence, on the live topic', async () => {
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const [forAda, forBen] = [listenTo(ada, ada.room.topic), listenTo(ben, ben.room.topic)];
    const system: unknown[] = [];
    forAda.channel.on('system', {}, (message: unknown) => system.push(message));
    await subscribe(forAda.channel);
    await subscribe(forBen.channel);
    // "ok" says that it went into the socket, and no more.
    expect(await forAda.channel.send({ type: 'broadcast', event: 'entry', payload: { seq: 1 } })).toBe('ok');
    const real = await sendMessage(ada, ada.room, 'From the database');
    await until(() => expect(forBen.heard.map(({ payload }) => payload.id)).toEqual([real]));
    await until(() => expect(forAda.heard).toHaveLength(1));
    expect(system).toEqual([]);
  });

  it('the same over REST, which the SDK takes by itself while it is not joined, and calls "ok"', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const forBen = listenTo(ben, ben.room.topic);
    await subscribe(forBen.channel);
    const unjoined = ada.client.channel(ada.room.topic, { config: { private: true } });
    expect(await unjoined.send({ type: 'broadcast', event: 'entry', payload: { seq: 1 } })).toBe('ok');
    const real = await sendMessage(ada, ada.room, 'From the database');
    await until(() => expect(forBen.heard.map(({ payload }) => payload.id)).toEqual([real]));
    warn.mockRestore();
  });
});

describe('replay (realtime_channel_test.exs, RealtimeChannel.ts)', () => {
  it('"replay messages on private topic" reaches the SDK marked, and nothing twice', async () => {
    const ada = await visit(stand, 'Ada');
    const sent: string[] = [];
    for (const body of ['one', 'two', 'three']) sent.push(await sendMessage(ada, ada.room, body));
    const ben = await visit(stand, 'Ben');
    const { channel, heard } = listenTo(ben, ben.room.topic, { broadcast: { replay: { since: Date.now() - 60_000, limit: 2 } } });
    await subscribe(channel);
    sent.push(await sendMessage(ada, ada.room, 'four'));
    await until(() => expect(heard.map(({ payload }) => payload.id)).toEqual(sent.slice(1)));
    expect(heard.map(({ meta }) => meta)).toMatchObject([{ replayed: true }, { replayed: true }, { id: expect.any(String) }]);
  });

  it('on a public channel the SDK refuses it itself', () => {
    const client = stand.client();
    const config = { broadcast: { replay: { since: Date.now() } } };
    expect(() => client.channel('open', { config })).toThrow(/tried to use replay on public channel/);
  });
});

describe('Postgres Changes (realtime_channel_test.exs)', () => {
  it('are joined, and then refused in the words for a table that is not published', async () => {
    const ada = await visit(stand, 'Ada');
    const channel = ada.client.channel('changes');
    const system: unknown[] = [];
    channel.on('system', {}, (message: unknown) => system.push(message));
    channel.on('postgres_changes', { event: '*', schema: 'public', table: 'room_entries' }, () => {});
    expect(await subscribe(channel)).toMatchObject({ status: 'SUBSCRIBED' });
    const message = expect.stringMatching(/^Unable to subscribe to changes with given parameters\..*table: room_entries/);
    await until(() => expect(system).toMatchObject([{ extension: 'postgres_changes', status: 'error', message }]));
  });
});

describe('a channel object (realtime-js, RealtimeChannel.ts)', () => {
  it('may be subscribed twice without harm, and is forgotten when it was left', async () => {
    const { client } = await signIn(stand.client());
    const channel = client.channel('once');
    await subscribe(channel);
    expect(() => channel.subscribe()).not.toThrow();
    await channel.unsubscribe();
    expect(client.getChannels()).toEqual([]);
  });
});

describe('the limits of a project (rt_channel/connection_lifecycle_test.exs)', () => {
  it('"max_concurrent_users limit respected", at the handshake, as soon as a channel is joined', async () => {
    const full = await startStand({ realtimeLimits: { connections: 1 } });
    const [one, other] = [full.client(), full.client()];
    expect(await subscribe(one.channel('a'))).toMatchObject({ status: 'SUBSCRIBED' });
    expect(await subscribe(other.channel('a'))).toMatchObject({ status: 'CHANNEL_ERROR' });
    await one.realtime.disconnect();
    const statuses: string[] = [];
    await subscribe(other.channel('b'), (status) => statuses.push(status));
    await until(() => expect(statuses).toContain('SUBSCRIBED'));
    await full.stop();
  });
});

describe('the end of a token (rt_channel/token_handling_test.exs)', () => {
  it('"checks token periodically": the channel is closed for good, and a new one with a fresh token is let in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roomtone-'));
    const own = await startStand({ dataDir: folder });
    try {
      const ada = await visit(own, 'Ada');
      const signer = new TokenSigner(await readFile(join(folder, 'jwt-secret'), 'utf8'));
      const claims = signer.verify(ada.token, Date.now());
      await ada.client.realtime.setAuth(signer.sign({ ...claims, exp: Math.floor(Date.now() / 1000) + 2 }));
      const { channel } = listenTo(ada, ada.room.topic);
      const [system, statuses]: [unknown[], string[]] = [[], []];
      channel.on('system', {}, (message: unknown) => system.push(message));
      expect(await subscribe(channel, (status) => statuses.push(status))).toMatchObject({ status: 'SUBSCRIBED' });
      await until(() => expect(statuses).toEqual(['SUBSCRIBED', 'CLOSED']));
      expect(system).toMatchObject([{ status: 'error', message: expect.stringMatching(/^Token has expired \d+ seconds ago$/) }]);

      const late = listenTo(ada, ada.room.topic);
      const reason = /^InvalidJWTToken: Token has expired/;
      expect(await subscribe(late.channel)).toMatchObject({ status: 'CHANNEL_ERROR', message: expect.stringMatching(reason) });
      await ada.client.removeAllChannels();
      await ada.client.realtime.setAuth(ada.token);
      expect(await subscribe(listenTo(ada, ada.room.topic).channel)).toMatchObject({ status: 'SUBSCRIBED' });
    } finally {
      await own.stop();
      await rm(folder, { recursive: true });
    }
  });
});
