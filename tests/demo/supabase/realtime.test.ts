import type { RealtimeChannel } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { joinRoom, key, listenTo, sendMessage, signIn, startStand, subscribe, until, visit } from './support.js';
import type { Person, Stand } from './support.js';

// On a busy machine a database takes its time.
vi.setConfig({ testTimeout: 40_000 });

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.stop());

const idsOf = (heard: readonly { payload: Record<string, unknown> }[]): unknown[] => heard.map(({ payload }) => payload.id);

/** Keys of everybody whom a channel's presence shows, sorted. */
const present = (channel: RealtimeChannel): string[] => Object.keys(channel.presenceState()).sort();

const withPresence = (person: Person, topic: string): RealtimeChannel => {
  const channel = person.client.channel(topic, { config: { private: true, presence: { key: person.id } } });
  return channel.on('presence', { event: 'sync' }, () => {});
};

describe('two members of a room', () => {
  it('both receive what one writes, once, in order', async () => {
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const [forAda, forBen] = [listenTo(ada, ada.room.topic), listenTo(ben, ben.room.topic)];
    expect(await subscribe(forAda.channel)).toMatchObject({ status: 'SUBSCRIBED' });
    expect(await subscribe(forBen.channel)).toMatchObject({ status: 'SUBSCRIBED' });

    const sent = [await sendMessage(ada, ada.room, 'Hello')];
    sent.push(await sendMessage(ben, ben.room, 'Hello to you'));
    sent.push(await sendMessage(ada, ada.room, '👋'));
    await until(() => {
      expect(idsOf(forAda.heard)).toEqual(sent);
      expect(idsOf(forBen.heard)).toEqual(sent);
    });
    expect(forBen.heard[0]).toMatchObject({
      event: 'entry',
      payload: { body: 'Hello', author_name: 'Ada', author_id: ada.id, kind: 'message' },
      meta: { id: expect.any(String) },
    });
  });

  it('see each other, and who leaves', async () => {
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const [forAda, forBen] = [withPresence(ada, ada.room.topic), withPresence(ben, ben.room.topic)];
    await subscribe(forAda);
    await subscribe(forBen);
    expect(await forAda.track({})).toBe('ok');
    expect(await forBen.track({ mood: 'fine' })).toBe('ok');
    const both = [ada.id, ben.id].sort();
    await until(() => {
      expect(present(forAda)).toEqual(both);
      expect(present(forBen)).toEqual(both);
    });
    expect(forAda.presenceState()[ben.id]).toMatchObject([{ mood: 'fine' }]);

    await ben.client.realtime.disconnect();
    await until(() => expect(present(forAda)).toEqual([ada.id]));
  });

  it('are greeted with those who were there before', async () => {
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const forAda = withPresence(ada, ada.room.topic);
    await subscribe(forAda);
    await forAda.track({});
    const forBen = withPresence(ben, ben.room.topic);
    await subscribe(forBen);
    await until(() => expect(present(forBen)).toContain(ada.id));
  });

  it('cannot broadcast there themselves: not on the socket, not over REST', async () => {
    const [ada, ben] = [await visit(stand, 'Ada'), await visit(stand, 'Ben')];
    const [forAda, forBen] = [listenTo(ada, ada.room.topic, { broadcast: { self: true } }), listenTo(ben, ben.room.topic)];
    await subscribe(forAda.channel);
    await subscribe(forBen.channel);

    const forged = { id: 'forged', body: 'I am Ben' };
    await forAda.channel.send({ type: 'broadcast', event: 'entry', payload: forged });
    await expect(forAda.channel.httpSend('entry', forged)).rejects.toThrow('Unauthorized');
    const batch = { messages: [{ topic: ada.room.topic, event: 'entry', payload: forged, private: true }] };
    const response = await fetch(`${stand.url}/realtime/v1/api/broadcast`, {
      method: 'POST',
      headers: { apikey: key, authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(batch),
    });
    expect(response.status).toBe(202);
    // What comes after them has come: so they did not.
    const real = await sendMessage(ada, ada.room, 'I am Ada');
    await until(() => {
      expect(idsOf(forBen.heard)).toEqual([real]);
      expect(idsOf(forAda.heard)).toEqual([real]);
    });
  });
});

describe('a stranger', () => {
  it('is refused, whoever it is', async () => {
    const ada = await visit(stand, 'Ada');
    const signedIn = await signIn(stand.client());
    const reason = `Unauthorized: You do not have permissions to read from this Channel topic: ${ada.room.topic}`;
    const refused = { status: 'CHANNEL_ERROR', message: reason };
    expect(await subscribe(listenTo(signedIn, ada.room.topic).channel)).toEqual(refused);
    const nobody = { client: stand.client(), id: '', token: '' };
    expect(await subscribe(listenTo(nobody, ada.room.topic).channel)).toEqual(refused);
    // The SDK would ask again and again.
    await Promise.all([signedIn.client.removeAllChannels(), nobody.client.removeAllChannels()]);
  });

  it('hears nothing on a public channel of the same name', async () => {
    const ada = await visit(stand, 'Ada');
    const stranger = await signIn(stand.client());
    const inside = listenTo(ada, ada.room.topic);
    const outside = listenTo(stranger, ada.room.topic, { private: false });
    await subscribe(inside.channel);
    expect(await subscribe(outside.channel)).toMatchObject({ status: 'SUBSCRIBED' });
    const message = await sendMessage(ada, ada.room, 'Among ourselves');
    await until(() => expect(idsOf(inside.heard)).toEqual([message]));
    await outside.channel.send({ type: 'broadcast', event: 'entry', payload: { id: 'forged' } });
    const next = await sendMessage(ada, ada.room, 'Still among ourselves');
    await until(() => expect(idsOf(inside.heard)).toEqual([message, next]));
    expect(outside.heard).toEqual([]);
  });

  it('who joins the room later is let in when it asks again', async () => {
    const ada = await visit(stand, 'Ada');
    const ben = await signIn(stand.client());
    const { channel, heard } = listenTo(ben, ada.room.topic);
    const statuses: string[] = [];
    expect(await subscribe(channel, (status) => statuses.push(status))).toMatchObject({ status: 'CHANNEL_ERROR' });
    await joinRoom(ben, 'Ben');
    await until(() => expect(statuses.at(-1)).toBe('SUBSCRIBED'));
    const message = await sendMessage(ada, ada.room, 'Welcome');
    await until(() => expect(idsOf(heard)).toEqual([message]));
  });
});

describe('a token pushed on the open line', () => {
  /** Another token of the same session: one of the same second would be the same text. */
  const renew = async ({ client }: Person): Promise<string> => {
    await client.auth.updateUser({ data: { renewed: true } });
    const { data } = await client.auth.refreshSession();
    return data.session?.access_token ?? '';
  };

  it('keeps the channel of a member', async () => {
    const ada = await visit(stand, 'Ada');
    const { channel, heard } = listenTo(ada, ada.room.topic);
    const statuses: string[] = [];
    await subscribe(channel, (status) => statuses.push(status));
    const token = await renew(ada);
    expect(token).not.toBe(ada.token);
    await ada.client.realtime.setAuth(token);
    const message = await sendMessage(ada, ada.room, 'With a new token');
    await until(() => expect(idsOf(heard)).toEqual([message]));
    expect(statuses).toEqual(['SUBSCRIBED']);
  });

  it('of somebody who is no member ends the channel, with the reason', async () => {
    const ada = await visit(stand, 'Ada');
    const stranger = await signIn(stand.client());
    const { channel } = listenTo(ada, ada.room.topic);
    const system: unknown[] = [];
    channel.on('system', {}, (message: unknown) => system.push(message));
    const statuses: string[] = [];
    await subscribe(channel, (status) => statuses.push(status));
    await ada.client.realtime.setAuth(stranger.token);
    await until(() => expect(statuses).toEqual(['SUBSCRIBED', 'CLOSED']));
    const message = `You do not have permissions to read from this Channel topic: ${ada.room.topic}`;
    expect(system).toMatchObject([{ extension: 'system', status: 'error', message }]);
  });
});

describe('a public channel', () => {
  it('carries broadcasts with ack, to others and back', async () => {
    const [ada, ben] = [await signIn(stand.client()), await signIn(stand.client())];
    const config = { private: false, broadcast: { ack: true, self: true } };
    const [forAda, forBen] = [listenTo(ada, 'typing', config), listenTo(ben, 'typing', { private: false })];
    await subscribe(forAda.channel);
    await subscribe(forBen.channel);
    expect(await forAda.channel.send({ type: 'broadcast', event: 'typing', payload: { name: 'Zoë 🎧' } })).toBe('ok');
    const expected = [{ type: 'broadcast', event: 'typing', payload: { name: 'Zoë 🎧' } }];
    await until(() => {
      expect(forAda.heard).toEqual(expected);
      expect(forBen.heard).toEqual(expected);
    });
    await forBen.channel.httpSend('typing', { name: 'Ben' });
    await until(() => expect(forAda.heard).toHaveLength(2));
  });

  it('carries bytes', async () => {
    const [ada, ben] = [await signIn(stand.client()), await signIn(stand.client())];
    const [forAda, forBen] = [listenTo(ada, 'bytes', { private: false }), listenTo(ben, 'bytes', { private: false })];
    await subscribe(forAda.channel);
    await subscribe(forBen.channel);
    await forAda.channel.send({ type: 'broadcast', event: 'pixels', payload: Uint8Array.of(1, 0, 255).buffer });
    await until(() => expect(forBen.heard).toHaveLength(1));
    expect(new Uint8Array(forBen.heard[0]?.payload as unknown as ArrayBuffer)).toEqual(Uint8Array.of(1, 0, 255));
  });
});

describe('version 1.0.0 of the protocol', () => {
  it('works beside 2.0.0, both ways', async () => {
    const [old, now] = [await visit(stand, 'Old', { version: '1.0.0' }), await visit(stand, 'New')];
    const [forOld, forNow] = [listenTo(old, old.room.topic), listenTo(now, now.room.topic)];
    await subscribe(forOld.channel);
    await subscribe(forNow.channel);
    const sent = [await sendMessage(old, old.room, 'From the old one')];
    sent.push(await sendMessage(now, now.room, 'From the new one'));
    await until(() => {
      expect(idsOf(forOld.heard)).toEqual(sent);
      expect(idsOf(forNow.heard)).toEqual(sent);
    });
    expect(forOld.heard).toEqual(forNow.heard);

    const [oldTyping, newTyping] = [listenTo(old, 'both', { private: false }), listenTo(now, 'both', { private: false })];
    await subscribe(oldTyping.channel);
    await subscribe(newTyping.channel);
    await oldTyping.channel.send({ type: 'broadcast', event: 'typing', payload: { from: 'old' } });
    await newTyping.channel.send({ type: 'broadcast', event: 'typing', payload: { from: 'new' } });
    await until(() => {
      expect(newTyping.heard).toMatchObject([{ event: 'typing', payload: { from: 'old' } }]);
      expect(oldTyping.heard).toMatchObject([{ event: 'typing', payload: { from: 'new' } }]);
    });
  });
});

describe('the line', () => {
  it('once broken comes back by itself, and carries again', async () => {
    const own = await startStand();
    const ada = await visit(own, 'Ada');
    const { channel, heard } = listenTo(ada, ada.room.topic);
    const statuses: string[] = [];
    await subscribe(channel, (status) => statuses.push(status));
    own.dropSockets();
    await until(() => expect(statuses).toEqual(['SUBSCRIBED', 'CHANNEL_ERROR', 'SUBSCRIBED']));
    const message = await sendMessage(ada, ada.room, 'Back again');
    await until(() => expect(idsOf(heard)).toEqual([message]));
    await own.stop();
  });

  it('carries 100 channels and no more', async () => {
    const { client } = await signIn(stand.client());
    const channels = Array.from({ length: 101 }, (_, index) => client.channel(`many-${index}`));
    const answers = await Promise.all(channels.map((channel) => subscribe(channel)));
    expect(answers.filter(({ status }) => status === 'SUBSCRIBED')).toHaveLength(100);
    expect(answers.filter(({ status }) => status !== 'SUBSCRIBED')).toEqual([
      { status: 'CHANNEL_ERROR', message: 'ChannelRateLimitReached: Too many channels' },
    ]);
    await client.removeAllChannels();
  });

  it('serves twenty visitors who write at once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, (_, index) => visit(stand, `Visitor ${index}`)));
    const lines = people.map((person) => listenTo(person, person.room.topic));
    const answers = await Promise.all(lines.map(({ channel }) => subscribe(channel)));
    for (const { status } of answers) expect(status).toBe('SUBSCRIBED');
    const sent = await Promise.all(people.map((person) => sendMessage(person, person.room, 'Hello everybody')));
    await until(() => lines.forEach(({ heard }) => expect(heard).toHaveLength(20)));
    for (const { heard } of lines) {
      expect(idsOf(heard).sort()).toEqual([...sent].sort());
      // In the order of the log.
      const order = heard.map(({ payload }) => payload.seq as number);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  });
});

describe('presence calls', () => {
  it('more than five in 30 s close the channel for good', async () => {
    const ada = await visit(stand, 'Ada');
    const channel = withPresence(ada, ada.room.topic);
    const system: unknown[] = [];
    channel.on('system', {}, (message: unknown) => system.push(message));
    const statuses: string[] = [];
    await subscribe(channel, (status) => statuses.push(status));
    for (let call = 1; call <= 5; call++) expect(await channel.track({ call })).toBe('ok');
    void channel.track({ call: 6 });
    await until(() => expect(statuses).toEqual(['SUBSCRIBED', 'CLOSED']));
    expect(system).toMatchObject([{ status: 'error', message: 'Client presence rate limit exceeded' }]);
  });
});
