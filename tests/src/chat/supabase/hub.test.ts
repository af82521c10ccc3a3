import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChatError, LiveEvents, MemberNews, Presence } from '../../../../src/chat/gateway.js';
import { plainEntry } from '../../../../src/chat/model.js';
import type { Entry, Listening, RoomSettings } from '../../../../src/chat/model.js';
import { HubRegistry, type Hub, type HubKey } from '../../../../src/chat/supabase/hub.js';
import { HostIdentity } from '../../../../src/chat/supabase/identity.js';
import { FakeClock, settled } from '../fake-clock.js';
import { FakeClient } from './fake-client.js';

const ann = '00000000-0000-4000-8000-00000000000a';
const bob = '00000000-0000-4000-8000-00000000000b';
const row = {
  seq: 1,
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'message',
  author_id: bob,
  author_name: 'Bob',
  body: 'hello',
  created_at: '2026-01-01T12:00:00.5+00:00',
};

class Listener implements LiveEvents {
  readonly heard: string[] = [];
  readonly entries: Entry[] = [];
  live = (): void => void this.heard.push('live');
  down = (): void => void this.heard.push('down');
  ended = (error: ChatError): void => void this.heard.push(`ended ${error.code}`);
  entry = (entry: Entry): void => void this.entries.push(entry);
  here = (present: readonly Presence[]): void => {
    this.heard.push(`here ${present.map(({ id, away }) => (away ? `${id} away` : id)).join()}`);
  };
  listening = (userId: string, shown: Listening | null): void => void this.heard.push(`listening ${userId} ${shown?.title ?? null}`);
  arrived = (ids: readonly string[]): void => void this.heard.push(`arrived ${ids.join()}`);
  typing = (userId: string): void => void this.heard.push(`typing ${userId}`);
  room = (settings: RoomSettings): void => void this.heard.push(`room ${JSON.stringify(settings)}`);
  epoch = (epoch: number, gone: string | null): void => void this.heard.push(`epoch ${epoch}${gone ? ` ${gone}` : ''}`);
  member = (news: MemberNews): void => void this.heard.push(`member ${news.name} ${news.role} ${news.mutedUntil}`);
}

function aHub(key: Partial<HubKey> = {}, clock = new FakeClock()): { hub: Hub; client: FakeClient } {
  const client = new FakeClient();
  const hub = new HubRegistry().acquire({ url: 'u', key: 'k', storageKey: 's', ...key }, () => ({
    client: client.asClient,
    identity: new HostIdentity(async () => true),
    clock,
  }));
  return { hub, client };
}

async function subscribed(): Promise<{ hub: Hub; client: FakeClient; listener: Listener; leave: () => void }> {
  const { hub, client } = aHub();
  const listener = new Listener();
  const { leave } = hub.listen('room:1:1', ann, listener);
  await settled();
  client.newest.say('SUBSCRIBED');
  return { hub, client, listener, leave };
}

afterEach(() => vi.unstubAllGlobals());

/** A hub over the host page's own client, which is signed in. */
const hostHub = (client: FakeClient, clock = new FakeClock()) =>
  new HubRegistry().acquire({ url: 'u', key: 'k', storageKey: 's' }, () => ({
    client: client.asClient,
    identity: new HostIdentity(async () => true),
    clock,
  }));

describe('a live topic', () => {
  it('is private, under one’s own presence key, and joined only when the token is set', async () => {
    const { hub, client } = aHub();
    let set = (): void => {};
    client.token = new Promise((resolve) => (set = resolve));
    hub.listen('room:1:1', ann, new Listener());
    await settled();
    expect(client.events).toEqual(['setAuth']);
    set();
    await settled();
    expect(client.events).toEqual(['setAuth', 'channel room:1:1']);
    expect(client.newest.params).toEqual({ config: { private: true, presence: { key: ann } } });
  });

  it('ends when no token comes in time', async () => {
    const clock = new FakeClock();
    const { hub, client } = aHub({}, clock);
    client.token = new Promise(() => {});
    const listener = new Listener();
    hub.listen('room:1:1', ann, listener);
    await clock.advance(15_000);
    expect(listener.heard).toEqual(['ended network']);
  });

  it('says that it is live, and tracks, on every rejoin', async () => {
    const { client, listener } = await subscribed();
    client.newest.say('CHANNEL_ERROR', new Error('socket closed: 1006', { cause: { code: 1006, reason: '' } }));
    client.newest.say('TIMED_OUT');
    client.newest.say('SUBSCRIBED');
    expect(listener.heard).toEqual(['live', 'down', 'down', 'live']);
    expect(client.newest.tracked).toBe(2);
  });

  it.each([
    ['Unauthorized: You do not have permissions to read from this Channel topic', 'not-a-member'],
    ['InvalidJWTToken: Token has expired', 'not-signed-in'],
    ['ChannelRateLimitReached: Too many channels', 'server'],
  ])('ends when the server refuses it: %s', async (reason, code) => {
    const { client, listener } = await subscribed();
    client.newest.say('CHANNEL_ERROR', new Error(reason, { cause: { reason } }));
    expect(listener.heard).toEqual(['live', `ended ${code}`]);
    expect(client.newest.left).toBe(true);
  });

  it('ends when the server closes it for good, and says what the server said', async () => {
    const { client, listener } = await subscribed();
    client.newest.emit('system', { status: 'ok', message: 'Subscribed' });
    client.newest.emit('system', { status: 'error', message: 'Token has expired 10 seconds ago' });
    client.newest.say('CLOSED');
    expect(listener.heard).toEqual(['live', 'ended not-signed-in']);
  });

  it('is a new channel after it ended, once the old one is gone', async () => {
    const { hub, client, listener } = await subscribed();
    const [old] = client.channels;
    old?.say('CLOSED');
    const again = new Listener();
    hub.listen('room:1:1', ann, again);
    await settled();
    expect(client.channels).toHaveLength(1);
    old?.letGo();
    await settled();
    expect(client.channels).toHaveLength(2);
    client.newest.say('SUBSCRIBED');
    expect(again.heard).toEqual(['live']);
    expect(listener.heard).toEqual(['live', 'ended server']);
  });

  it('passes entries on, and nothing that is none', async () => {
    const { client, listener } = await subscribed();
    const hostile: unknown[] = [
      null,
      'entry',
      [],
      {},
      { ...row, seq: '1' },
      { ...row, seq: 0 },
      { ...row, seq: 1.5 },
      { ...row, seq: Number.MAX_VALUE },
      { ...row, id: 'x' },
      { ...row, kind: 'script' },
      { ...row, author_id: 7 },
      { ...row, author_name: { toString: () => 'Bob' } },
      { ...row, body: ['hello'] },
      { ...row, created_at: 'yesterday' },
      { ...row, created_at: undefined },
    ];
    for (const payload of hostile) client.newest.emit('broadcast entry', { event: 'entry', payload });
    client.newest.emit('broadcast entry', { event: 'entry' });
    expect(listener.entries).toEqual([]);
    client.newest.emit('broadcast entry', { payload: { ...row, extra: '<b>', __proto__: { polluted: true } } });
    expect(listener.entries).toEqual([
      {
        ...plainEntry,
        seq: 1,
        id: row.id,
        kind: 'message',
        authorId: bob,
        authorName: 'Bob',
        body: 'hello',
        track: null,
        at: Date.UTC(2026, 0, 1, 12) + 500,
      },
    ]);
    client.newest.emit('broadcast entry', { payload: { ...row, author_id: null } });
    expect(listener.entries[1]?.authorId).toBeNull();
  });

  it('passes on what members listen to, and nothing that is no track', async () => {
    const { client, listener } = await subscribed();
    listener.heard.length = 0;
    const listening = { uri: `spotify:track:${'a'.repeat(22)}`, title: 'A song', artists: 'Ann', artwork: null };
    client.newest.emit('broadcast listening', { payload: { user_id: bob, listening } });
    client.newest.emit('broadcast listening', { payload: { user_id: bob, listening: { ...listening, uri: 'javascript:alert(1)' } } });
    client.newest.emit('broadcast listening', { payload: { user_id: bob, listening: null } });
    client.newest.emit('broadcast listening', { payload: { user_id: 'x', listening } });
    client.newest.emit('broadcast listening', {});
    expect(listener.heard).toEqual([`listening ${bob} A song`, `listening ${bob} null`, `listening ${bob} null`]);
  });

  it('tells who is here by their ids, and leaves out keys that are none', async () => {
    const { client, listener } = await subscribed();
    client.newest.presence = { [ann]: [{}], [bob]: [{}, {}], "x' or 1=1": [{}], '': [{}] };
    client.newest.emit('presence sync');
    client.newest.emit('presence join', { key: bob });
    client.newest.emit('presence join', { key: 'nobody' });
    expect(listener.heard).toEqual(['live', `here ${ann},${bob}`, `arrived ${bob}`]);
  });

  it('is shared: one channel, and the second to come knows at once what is', async () => {
    const { hub, client, leave } = await subscribed();
    client.newest.presence = { [bob]: [{}] };
    client.newest.emit('presence sync');
    const second = new Listener();
    const other = hub.listen('room:1:1', ann, second);
    await settled();
    expect(second.heard).toEqual(['live', `here ${bob}`]);
    expect(client.channels).toHaveLength(1);
    leave();
    expect(client.newest.left).toBe(false);
    other.leave();
    other.leave();
    expect(client.newest.left).toBe(true);
  });

  it('is never joined when everybody left before the token came', async () => {
    const { hub, client } = aHub();
    hub.listen('room:1:1', ann, new Listener()).leave();
    await settled();
    expect(client.channels).toEqual([]);
  });
});

describe('what else a live topic tells', () => {
  it('passes settings, standings, turns and typing on, and nothing that is none', async () => {
    const { client, listener } = await subscribed();
    client.newest.say('SUBSCRIBED');
    listener.heard.length = 0;
    client.newest.emit('broadcast room', { payload: { title: 'Hall', slow_seconds: 30, allow_guests: false, is_public: true } });
    client.newest.emit('broadcast room', { payload: { title: 7, slow_seconds: -1 } });
    client.newest.emit('broadcast member', { payload: { user_id: bob, role: 'moderator', muted_until: null, display_name: 'Bob' } });
    client.newest.emit('broadcast member', { payload: { user_id: bob, role: 'king', muted_until: null, display_name: 'Bob' } });
    client.newest.emit('broadcast epoch', { payload: { epoch: 4 } });
    client.newest.emit('broadcast epoch', { payload: { epoch: 5, gone: bob } });
    client.newest.emit('broadcast epoch', { payload: { epoch: 6, gone: 'bob' } });
    client.newest.emit('broadcast epoch', { payload: { epoch: 'x' } });
    client.typings[0]?.emit('broadcast typing', { payload: { user_id: bob } });
    client.typings[0]?.emit('broadcast typing', { payload: { user_id: 'bob' } });
    expect(listener.heard).toEqual([
      'room {"title":"Hall","slowSeconds":30,"isPublic":true,"allowsGuests":false}',
      'room {}',
      'member Bob moderator null',
      'epoch 4',
      `epoch 5 ${bob}`,
      'epoch 6',
      `typing ${bob}`,
    ]);
  });

  it('takes somebody for away who looks at none of their pages', async () => {
    const { client, listener } = await subscribed();
    client.newest.say('SUBSCRIBED');
    client.newest.presence = { [ann]: [{ away: true }], [bob]: [{ away: true }, { away: false }] };
    client.newest.emit('presence sync');
    expect(listener.heard.at(-1)).toBe(`here ${ann} away,${bob}`);
  });

  it('tells that one types only on a channel that is up: the client would go another way', async () => {
    const client = new FakeClient();
    const hub = hostHub(client);
    const room = hub.listen('room:1:1', ann, new Listener());
    await settled();
    room.typing();
    client.newest.say('SUBSCRIBED');
    room.typing();
    const [typing] = client.typings;
    expect(typing?.sent).toEqual([]);
    typing?.say('SUBSCRIBED');
    room.typing();
    expect(typing?.sent).toEqual([{ type: 'broadcast', event: 'typing', payload: { user_id: ann } }]);
    typing?.say('CHANNEL_ERROR');
    room.typing();
    expect(typing?.sent).toHaveLength(1);
  });

  it('comes back where the server closed the typing alone, after a pause, and not once the room was left', async () => {
    const [clock, client] = [new FakeClock(), new FakeClient()];
    const hub = hostHub(client, clock);
    const room = hub.listen('room:1:1', ann, new Listener());
    await settled();
    client.newest.say('SUBSCRIBED');
    client.typings[0]?.say('SUBSCRIBED');
    client.typings[0]?.say('CLOSED');
    await clock.advance(29_000);
    expect(client.typings).toHaveLength(1);
    await clock.advance(1_000);
    client.typings[1]?.say('SUBSCRIBED');
    room.typing();
    expect(client.typings[1]?.sent).toHaveLength(1);
    client.typings[1]?.say('CLOSED');
    room.leave();
    await clock.advance(60_000);
    expect(client.typings).toHaveLength(2);
  });

  it('makes at most 4 presence calls in 30 s, and the last of them is the truth', async () => {
    const clock = new FakeClock();
    const client = new FakeClient();
    const hub = hostHub(client, clock);
    const room = hub.listen('room:1:1', ann, new Listener());
    await settled();
    client.newest.say('SUBSCRIBED');
    for (let turn = 0; turn < 21; turn++) room.away(turn % 2 === 0);
    expect(client.newest.tracked).toBe(4);
    await clock.advance(30_000);
    expect(client.newest.payloads.at(-1)).toEqual({ away: true });
    expect(client.newest.tracked).toBe(5);
  });
});

describe('a hub', () => {
  it('closes the socket when the last room lets go and its channel is gone', async () => {
    const { hub, client, leave } = await subscribed();
    leave();
    hub.release();
    await settled();
    expect(client.events).not.toContain('disconnect');
    client.newest.letGo();
    await settled();
    expect(client.newest.tornDown).toBe(true);
    expect(client.events).toContain('disconnect');
  });

  it('keeps it when somebody came meanwhile', async () => {
    const { hub, client, leave } = await subscribed();
    leave();
    hub.release();
    hub.retain({ url: 'u', key: 'k', storageKey: 's' });
    client.newest.letGo();
    await settled();
    expect(client.events).not.toContain('disconnect');
  });

  it('subscribes nobody while the socket closes', async () => {
    const { hub, client, leave } = await subscribed();
    let close = (): void => {};
    client.closed = new Promise((resolve) => (close = resolve));
    leave();
    hub.release();
    client.newest.letGo();
    await settled();
    hub.retain({ url: 'u', key: 'k', storageKey: 's' });
    hub.listen('room:1:1', ann, new Listener());
    await settled();
    expect(client.channels).toHaveLength(1);
    close();
    await settled();
    expect(client.channels).toHaveLength(2);
  });

  it('never closes the host’s own client', async () => {
    const { hub, client } = aHub({ client: new FakeClient().asClient });
    hub.release();
    await settled();
    expect(client.events).toEqual([]);
  });

  it('sets the token again when the page becomes visible, as long as it is used', async () => {
    const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
    vi.stubGlobal('document', document);
    const { hub, client } = aHub();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(client.events).toEqual([]);
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(client.events).toEqual(['setAuth']);
    hub.release();
    document.dispatchEvent(new Event('visibilitychange'));
    await settled();
    expect(client.events).toEqual(['setAuth', 'disconnect']);
  });

  it('is one for a project, key and storage key, or for a client of the host’s', () => {
    const registry = new HubRegistry();
    const build = () => ({ client: new FakeClient().asClient, identity: new HostIdentity(async () => true), clock: new FakeClock() });
    const own = { url: 'u', key: 'k', storageKey: 's' };
    const host = { url: '', key: '', storageKey: '', client: new FakeClient().asClient };
    const first = registry.acquire(own, build);
    expect(registry.acquire({ ...own }, build)).toBe(first);
    for (const other of [{ ...own, url: 'v' }, { ...own, key: 'l' }, { ...own, storageKey: 't' }, host]) {
      expect(registry.acquire(other, build)).not.toBe(first);
    }
    expect(registry.acquire({ ...host }, build)).toBe(registry.acquire(host, build));
  });

  it('asks the token source that was given last', () => {
    const registry = new HubRegistry();
    let current: (() => HubKey) | undefined;
    const key = { url: 'u', key: 'k', storageKey: 's' };
    const build = (now: () => HubKey) => {
      current = now;
      return { client: new FakeClient().asClient, identity: new HostIdentity(async () => true), clock: new FakeClock() };
    };
    const [before, after] = [async () => 'before', async () => 'after'];
    const hub = registry.acquire({ ...key, accessToken: before }, build);
    expect(registry.acquire({ ...key, accessToken: after }, build)).toBe(hub);
    expect(current?.().accessToken).toBe(after);
    expect(registry.acquire(key, build)).not.toBe(hub);
  });
});
