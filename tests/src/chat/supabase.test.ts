import { createClient } from '@supabase/supabase-js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createDefaultChatSession } from '../../../src/chat/default-session.js';
import { createChatSession } from '../../../src/chat/session.js';
import { systemClock, type Clock } from '../../../src/clock.js';
import type { Visibility } from '../../../src/chat/away.js';
import type { Listening, TimelineMessage } from '../../../src/chat/model.js';
import type { ChatSession } from '../../../src/chat/session.js';
import { guestKey } from '../../../src/chat/supabase/adoption.js';
import { HubRegistry } from '../../../src/chat/supabase/hub.js';
import { createSupabaseGateway } from '../../../src/chat/supabase.js';
import type { SupabaseOptions } from '../../../src/chat/supabase.js';
import { Backend } from './backend.js';

// On a busy machine a database takes its time.
vi.setConfig({ testTimeout: 40_000 });

/** The page's storage, shared by everybody in this process; each person has a storage key. */
const stored = new Map<string, string>();
const storage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
};

let backend: Backend;
let people = 0;
const sessions = new Set<Person>();

interface Person {
  readonly session: ChatSession;
  readonly storageKey: string;
  wake(): void;
  leavePage(): void;
}

interface PersonOptions extends Partial<SupabaseOptions> {
  readonly room?: string;
  readonly sight?: { readonly visibility: Visibility };
}

/** Whether a person looks. */
function eyes() {
  const watchers = new Set<() => void>();
  let hidden = false;
  const visibility: Visibility = {
    get hidden() {
      return hidden;
    },
    subscribe(listener) {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
  };
  return {
    visibility,
    close(now: boolean): void {
      hidden = now;
      watchers.forEach((listener) => listener());
    },
  };
}

/** Five minutes out of sight are over at once. */
const soon: Clock = { ...systemClock, after: (ms, run) => systemClock.after(ms === 5 * 60_000 ? 0 : ms, run) };

/** A session on the real adapter, started. A page of its own unless `hubs` says otherwise. */
function person({ room = 'lobby', sight, ...options }: PersonOptions = {}): Person {
  const storageKey = options.storageKey ?? `person-${++people}`;
  const wakers = new Set<() => void>();
  const leavers = new Set<() => void>();
  const one: Person = {
    session: createChatSession({
      gateway: createSupabaseGateway({ url: backend.url, key: backend.key, hubs: new HubRegistry(), ...options, storageKey }),
      slug: room,
      ...(sight && { visibility: sight.visibility, clock: soon }),
      wake: {
        subscribe(listener) {
          wakers.add(listener);
          return () => void wakers.delete(listener);
        },
      },
      leave: {
        subscribe(listener) {
          leavers.add(listener);
          return () => void leavers.delete(listener);
        },
      },
    }),
    storageKey,
    wake: () => wakers.forEach((listener) => listener()),
    leavePage: () => leavers.forEach((listener) => listener()),
  };
  sessions.add(one);
  one.session.start();
  return one;
}

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 10 });

async function reaches({ session }: Person, status: string): Promise<void> {
  await until(() => expect(session.snapshot.status).toBe(status));
}

async function joined(name: string, options: PersonOptions = {}): Promise<Person> {
  const one = person(options);
  await reaches(one, 'signed-out');
  await one.session.join(name);
  await reaches(one, 'ready');
  return one;
}

const bodies = ({ session }: Person): string[] => session.snapshot.messages.map((message) => message.body);
const names = ({ session }: Person): string[] => session.snapshot.members.map((member) => member.name);

beforeAll(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  vi.stubGlobal('localStorage', storage);
  backend = await Backend.start();
  // The first request of each kind loads its part of the backend.
  await joined('The first');
});

afterEach(async () => {
  backend.offline = false;
  for (const { session } of sessions) session.dispose();
  sessions.clear();
  await until(() => expect(backend.sockets).toBe(0));
});

afterAll(async () => {
  await backend.stop();
  vi.unstubAllGlobals();
});

describe('two visitors in one room', () => {
  it('see what the other writes at once, in one order', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    ann.session.send('hello Bob');
    await until(() => expect(bodies(bob).at(-1)).toBe('hello Bob'));
    bob.session.send('hello Ann');
    await until(() => expect(bodies(ann).at(-1)).toBe('hello Ann'));
    expect(bodies(bob)).toEqual(bodies(ann));
    expect(ann.session.snapshot.messages.at(-1)).toMatchObject({ authorName: 'Bob', mine: false, state: 'sent' });
    expect(ann.session.snapshot.messages.at(-2)).toMatchObject({ authorName: 'Ann', mine: true, state: 'sent' });
  });

  it('see each other come and go', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    await until(() => expect(names(ann)).toEqual(['Ann', 'Bob']));
    await until(() => expect(names(bob)).toEqual(['Bob', 'Ann']));
    bob.session.dispose();
    await until(() => expect(names(ann)).toEqual(['Ann']));
  });

  it('show under a new name when they come back with one', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    await until(() => expect(names(ann)).toEqual(['Ann', 'Bob']));
    const other = createSupabaseGateway({ url: backend.url, key: backend.key, storageKey: bob.storageKey, hubs: new HubRegistry() });
    const again = await other.join('lobby', 'Robert');
    const line = other.listen(again, { live() {}, down() {}, ended() {}, entry() {}, here() {}, arrived() {}, listening() {}, typing() {}, room() {}, epoch() {}, member() {} });
    await until(() => expect(names(ann)).toEqual(['Ann', 'Robert']));
    line.leave();
    other.dispose();
  });

  it('catch up after the socket was cut', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    const before = bodies(ann).length;
    backend.cutSockets();
    await reaches(ann, 'reconnecting');
    for (const body of ['one', 'two', 'three']) bob.session.send(body);
    await until(() => expect(bodies(ann).slice(before)).toEqual(['one', 'two', 'three']));
    await reaches(ann, 'ready');
    await until(() => expect(names(ann)).toEqual(['Ann', 'Bob']));
  });

  it('keep what was written without a network, and Retry sends it', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    backend.offline = true;
    expect(ann.session.send('into the void')).toBeNull();
    await until(() =>
      expect(ann.session.snapshot.messages.at(-1)).toMatchObject({ state: 'failed', problem: { code: 'network' } }),
    );
    backend.offline = false;
    ann.session.retry(ann.session.snapshot.messages.at(-1)?.id ?? '');
    await until(() => expect(ann.session.snapshot.messages.at(-1)).toMatchObject({ state: 'sent' }));
    await until(() => expect(bodies(bob).at(-1)).toBe('into the void'));
  });

  it('are told how long to wait when they write too fast', async () => {
    const ann = await joined('Ann', { room: 'late-night' });
    for (let i = 1; i <= 12; i++) ann.session.send(`message ${i}`);
    const waiting = (): TimelineMessage | undefined => ann.session.snapshot.messages.find(({ problem }) => problem !== null);
    await until(() => expect(waiting()).toMatchObject({ state: 'sending', problem: { code: 'rate-limited' } }));
    expect(waiting()?.problem?.waitSeconds).toBeGreaterThan(10);
    expect(bodies(ann)).toEqual(Array.from({ length: 12 }, (_, i) => `message ${i + 1}`));
  });

  it('see what became of messages: edits, reactions, answers and deletions', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    ann.session.send('the first');
    await until(() => expect(bodies(bob).at(-1)).toBe('the first'));
    const newest = ({ session }: Person): TimelineMessage | undefined => session.snapshot.messages.at(-1);
    const id = newest(bob)?.id ?? '';
    bob.session.react(id, '👍');
    expect(newest(bob)).toMatchObject({ changing: true, reactions: [{ emoji: '👍', count: 1, mine: true, names: ['Bob'] }] });
    await until(() => expect(newest(ann)?.reactions).toEqual([{ emoji: '👍', count: 1, mine: false, names: ['Bob'] }]));
    ann.session.edit(id, 'the first, put better');
    await until(() => expect(newest(bob)).toMatchObject({ body: 'the first, put better', changing: false, may: { edit: false } }));
    expect(newest(bob)?.editedAt).toBeGreaterThan(0);
    const mentions = [ann.session.snapshot.me?.id ?? ''];
    bob.session.send('an answer for @Ann', { replyTo: id, mentions });
    await until(() => expect(newest(ann)).toMatchObject({ body: 'an answer for @Ann', mentionsMe: true, mentions: [{ name: 'Ann' }] }));
    expect(newest(ann)?.replyTo).toMatchObject({ authorName: 'Ann', body: 'the first, put better', state: 'known' });
    bob.session.react(id, '👍');
    ann.session.remove(id);
    await until(() => expect(newest(bob)?.replyTo).toMatchObject({ body: '', state: 'deleted' }));
    await until(() => expect(ann.session.snapshot.messages.some(({ changing }) => changing)).toBe(false));
    const late = await joined('Cem');
    expect(late.session.snapshot.messages.slice(-2)).toMatchObject([
      { id, body: '', deleted: true, reactions: [] },
      { body: 'an answer for @Ann', replyTo: { state: 'deleted' } },
    ]);
  });

  it('see who looks away, who is back and who has gone, of two pages too', async () => {
    const ann = await joined('Ann');
    const [one, other] = [eyes(), eyes()];
    const bob = await joined('Bob', { sight: one });
    const seen = () => ann.session.snapshot.members.map(({ name, away }) => `${name}${away ? ' away' : ''}`);
    await until(() => expect(seen()).toEqual(['Ann', 'Bob']));
    one.close(true);
    await until(() => expect(seen()).toEqual(['Ann', 'Bob away']));
    one.close(false);
    await until(() => expect(seen()).toEqual(['Ann', 'Bob']));
    const second = person({ storageKey: bob.storageKey, sight: other });
    await reaches(second, 'ready');
    one.close(true);
    other.close(true);
    await until(() => expect(seen()).toEqual(['Ann', 'Bob away']));
    other.close(false);
    await until(() => expect(seen()).toEqual(['Ann', 'Bob']));
    bob.session.dispose();
    second.session.dispose();
    await until(() => expect(seen()).toEqual(['Ann']));
  });

  it('see each other though somebody is here by a name that every object has', async () => {
    const ann = await joined('Ann');
    const eve = createClient(backend.url, backend.key, { auth: { persistSession: false, storageKey: 'eve' }, realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket } });
    try {
      await eve.auth.signInAnonymously();
      const { data } = await eve.rpc('join_room', { room_slug: 'lobby', display_name: 'Eve' });
      const { id, epoch } = (data as { room: { id: string; epoch: number } }).room;
      await eve.realtime.setAuth();
      const channel = eve.channel(`room:${id}:${epoch}`, { config: { private: true, presence: { key: 'constructor' } } });
      await new Promise<void>((live) => channel.subscribe((status) => status === 'SUBSCRIBED' && live()));
      expect(await channel.track({})).toBe('ok');
      // Ann hears of it as it comes, Bob with all who are here.
      const bob = await joined('Bob');
      for (const one of [ann, bob]) await until(() => expect(names(one).toSorted()).toEqual(['Ann', 'Bob']));
    } finally {
      await eve.realtime.disconnect();
    }
  });

  it('see who types', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    await until(() => expect(names(ann)).toEqual(['Ann', 'Bob']));
    await until(() => {
      bob.session.typing();
      expect(ann.session.snapshot.typing.map(({ name }) => name)).toEqual(['Bob']);
    });
    bob.session.send('done');
    await until(() => expect(ann.session.snapshot.typing).toEqual([]));
  });

  it('find how far they had read on another device', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    bob.session.send('one');
    await until(() => expect(bodies(ann).at(-1)).toBe('one'));
    ann.session.markRead(ann.session.snapshot.messages.at(-1)?.seq ?? 0);
    expect(ann.session.snapshot.unread).toBe(0);
    await until(() => expect(backend.requests.some((request) => request.endsWith('/rpc/mark_read'))).toBe(true));
    await until(() => expect(names(bob)).toContain('Ann'));
    ann.session.dispose();
    bob.session.send('two');
    await until(() => expect(bob.session.snapshot.messages.at(-1)?.state).toBe('sent'));
    const again = person({ storageKey: ann.storageKey });
    await reaches(again, 'ready');
    expect(again.session.snapshot).toMatchObject({ unread: 1, firstUnread: bob.session.snapshot.messages.at(-1)?.id });
  });

  it('find, where they look again, how far they have read on another device meanwhile', async () => {
    const bob = await joined('Bob');
    const phone = await joined('Ann');
    const desk = person({ storageKey: phone.storageKey });
    await reaches(desk, 'ready');
    bob.session.send('one');
    for (const one of [phone, desk]) await until(() => expect(one.session.snapshot.unread).toBe(1));
    desk.session.markRead(desk.session.snapshot.messages.at(-1)?.seq ?? 0);
    await until(() => {
      phone.wake();
      expect(phone.session.snapshot.unread).toBe(0);
    });
    expect(backend.requests.some((request) => request.includes('/rest/v1/room_reads'))).toBe(true);
  });
});

describe('music in a room', () => {
  const id = '4uLU6hMCjMI75M1A2tKUQC';
  const song = { uri: `spotify:track:${id}`, title: 'A song', artists: 'Somebody, Somebody else', artwork: 'https://i.scdn.co/image/1' };
  const heard = ({ session }: Person, name: string): Listening | null | undefined =>
    session.snapshot.members.find((member) => member.name === name)?.listening;

  it('is shared like a message, and read again by whoever comes later', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    const { uri, title, artists } = { ...song, uri: `spotify:playlist:${id}` };
    ann.session.shareTrack({ uri, title, artists });
    await until(() => expect(bob.session.snapshot.messages.at(-1)).toMatchObject({ body: title, track: { uri, title, artists } }));
    expect(ann.session.snapshot.messages.at(-1)).toMatchObject({ track: { uri, title, artists }, mine: true, state: 'sent' });
    const cleo = await joined('Cleo');
    expect(cleo.session.snapshot.messages.at(-1)).toEqual(bob.session.snapshot.messages.at(-1));
  });

  it('is cut to what the database takes', async () => {
    const ann = await joined('Ann');
    ann.session.shareTrack({ uri: song.uri, title: `\u202e ${'🎵'.repeat(10_000)}`, artists: 'x\n'.repeat(10_000) });
    await until(() => expect(ann.session.snapshot.messages.at(-1)).toMatchObject({ state: 'sent', body: '🎵'.repeat(300) }));
    ann.session.setSharing(true);
    ann.session.setListening({ ...song, title: `\u202e ${'🎵'.repeat(10_000)}`, artists: 'x\n'.repeat(10_000) });
    await until(() => expect(heard(ann, 'Ann')?.title).toBe('🎵'.repeat(300)));
  });

  it('is shown to those who are here while one wants, changes, and is gone at once', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    ann.session.setListening(song);
    ann.session.setSharing(true);
    await until(() => expect(heard(bob, 'Ann')).toEqual(song));
    const cleo = await joined('Cleo');
    await until(() => expect(heard(cleo, 'Ann')).toEqual(song));
    ann.session.setListening({ ...song, title: 'Another song', artwork: null });
    await until(() => expect(heard(bob, 'Ann')).toEqual({ ...song, title: 'Another song', artwork: null }));
    const before = Date.now();
    ann.session.setSharing(false);
    for (const one of [ann, bob, cleo]) await until(() => expect(heard(one, 'Ann')).toBeNull());
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it('is gone when the page goes away, by a call that needs nobody to wait for it', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    ann.session.setListening(song);
    ann.session.setSharing(true);
    await until(() => expect(heard(bob, 'Ann')).toEqual(song));
    ann.leavePage();
    await until(() => expect(heard(bob, 'Ann')).toBeNull());
    expect(names(bob)).toContain('Ann');
  });

  it('is gone when the room is left, and does not come back with a reload', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    ann.session.setListening(song);
    ann.session.setSharing(true);
    await until(() => expect(heard(bob, 'Ann')).toEqual(song));
    ann.session.dispose();
    await until(() => expect(names(bob)).toEqual(['Bob']));
    const again = person({ storageKey: ann.storageKey });
    again.session.setListening(song);
    await reaches(again, 'ready');
    await until(() => expect(names(bob)).toEqual(['Bob', 'Ann']));
    expect(again.session.snapshot).toMatchObject({ sharingListening: false, me: { listening: null } });
    expect(heard(bob, 'Ann')).toBeNull();
  });

  it('that a browser could not take back as it crashed is taken back by the next visit', async () => {
    const ann = await joined('Ann');
    const crashed = createSupabaseGateway({ url: backend.url, key: backend.key, storageKey: ann.storageKey, hubs: new HubRegistry() });
    const bob = await joined('Bob');
    const { room } = await crashed.join('lobby', null);
    ann.session.dispose();
    await crashed.shareListening(room.id, song);
    crashed.dispose();
    const again = person({ storageKey: ann.storageKey });
    await reaches(again, 'ready');
    await until(() => expect(names(bob)).toEqual(['Bob', 'Ann']));
    await until(() => expect(heard(bob, 'Ann')).toBeNull());
    await until(async () => expect(await crashed.listening(room.id)).toEqual(new Map()));
  });

  it('survives a line that was cut', async () => {
    const ann = await joined('Ann');
    const bob = await joined('Bob');
    ann.session.setListening(song);
    ann.session.setSharing(true);
    await until(() => expect(heard(bob, 'Ann')).toEqual(song));
    backend.cutSockets();
    await reaches(bob, 'reconnecting');
    ann.session.setListening({ ...song, title: 'Meanwhile' });
    for (const one of [ann, bob]) await reaches(one, 'ready');
    await until(() => expect(heard(bob, 'Ann')?.title).toBe('Meanwhile'));
  });
});

/** A channel of realtime-js as it is made; its types keep this to themselves. */
interface Inside {
  readonly channelAdapter: { getChannel(): { trigger(event: string, payload: object): void } };
}

describe('the room’s end of the line', () => {
  it('is entered anew after the server closed the channel', async () => {
    const hubs = new HubRegistry();
    const ann = await joined('Ann', { hubs });
    const hub = hubs.acquire({ url: backend.url, key: backend.key, storageKey: ann.storageKey }, () => {
      throw new Error('the hub of Ann’s page');
    });
    const topics = (): string[] => hub.client.realtime.getChannels().map(({ topic }) => topic).sort();
    await until(() => expect(topics()).toHaveLength(2));
    const before = topics();
    const channel = hub.client.realtime.getChannels().find(({ topic }) => !topic.endsWith(':typing'));
    // As the server does it: `system {status: "error"}`, then `phx_close`, after which the client never rejoins.
    const { channelAdapter } = channel as unknown as Inside;
    channelAdapter.getChannel().trigger('system', { status: 'error', message: 'Token has expired' });
    channelAdapter.getChannel().trigger('phx_close', {});
    expect(ann.session.snapshot.status).toBe('reconnecting');
    await reaches(ann, 'ready');
    await until(() => expect(topics()).toEqual(before));
    hub.release();
    const bob = await joined('Bob');
    bob.session.send('are you there?');
    await until(() => expect(bodies(ann).at(-1)).toBe('are you there?'));
  });
});

describe('an identity', () => {
  it('is remembered: the next visit needs no name', async () => {
    const ann = await joined('Ann');
    const { id } = ann.session.snapshot.me ?? {};
    ann.session.dispose();
    const again = person({ storageKey: ann.storageKey });
    await reaches(again, 'ready');
    expect(again.session.snapshot.me).toMatchObject({ id, name: 'Ann' });
  });

  it('is one for two rooms that join at the same moment, over one socket', async () => {
    const hubs = new HubRegistry();
    const storageKey = 'two-rooms';
    const lobby = person({ hubs, storageKey });
    const night = person({ hubs, storageKey, room: 'late-night' });
    await Promise.all([reaches(lobby, 'signed-out'), reaches(night, 'signed-out')]);
    backend.requests.length = 0;
    await Promise.all([lobby.session.join('Ann'), night.session.join('Ann')]);
    await Promise.all([reaches(lobby, 'ready'), reaches(night, 'ready')]);
    expect(backend.requests.filter((request) => request.includes('/auth/v1/signup'))).toHaveLength(1);
    expect(lobby.session.snapshot.me?.id).toBe(night.session.snapshot.me?.id);
    expect(backend.sockets).toBe(1);
    lobby.session.dispose();
    night.session.send('still here');
    await until(() => expect(night.session.snapshot.messages.at(-1)).toMatchObject({ body: 'still here', state: 'sent' }));
    expect(backend.sockets).toBe(1);
  });

  it('works where storage is denied, for as long as the page lives', async () => {
    vi.stubGlobal('localStorage', {
      getItem() {
        throw new Error('denied');
      },
      setItem() {
        throw new Error('denied');
      },
      removeItem() {
        throw new Error('denied');
      },
    });
    try {
      const ann = await joined('Ann');
      ann.session.send('no storage');
      await until(() => expect(ann.session.snapshot.messages.at(-1)).toMatchObject({ state: 'sent' }));
    } finally {
      vi.stubGlobal('localStorage', storage);
    }
  });

  it('is the host’s where the host passes its client, and nothing of it is changed', async () => {
    const client = createClient(backend.url, backend.key, { auth: { storageKey: 'host', storage, autoRefreshToken: false } });
    const visitor = person({ client, url: undefined, key: undefined });
    await reaches(visitor, 'signed-out');
    await visitor.session.join('Hana');
    expect(visitor.session.snapshot).toMatchObject({ status: 'signed-out', problem: { code: 'not-signed-in' } });
    const { data } = await client.auth.signInAnonymously();
    await visitor.session.join('Hana');
    await reaches(visitor, 'ready');
    expect(visitor.session.snapshot.me).toMatchObject({ id: data.user?.id, name: 'Hana' });
    visitor.session.dispose();
    expect((await client.auth.getSession()).data.session?.user.id).toBe(data.user?.id);
    await client.realtime.disconnect();
  });

  it('takes over what the visitor wrote as a guest, once the host has signed them in', async () => {
    const guest = await joined('Gus');
    guest.session.send('written as a guest');
    await until(() => expect(guest.session.snapshot.messages.at(-1)?.state).toBe('sent'));
    const witness = await joined('Wes');
    await until(() => expect(witness.session.snapshot.messages.at(-1)?.authorId).toBe(guest.session.snapshot.me?.id));
    guest.session.dispose();
    const client = createClient(backend.url, backend.key, { auth: { storageKey: 'member', storage, autoRefreshToken: false } });
    const { data } = await client.auth.signUp({ email: 'gus@example.com', password: 'long enough' });
    const member = person({ client, url: undefined, key: undefined, storageKey: guest.storageKey });
    await reaches(member, 'ready');
    expect(member.session.snapshot.me).toMatchObject({ id: data.user?.id, name: 'Gus', isGuest: false });
    await until(() => expect(member.session.snapshot.messages.at(-1)).toMatchObject({ body: 'written as a guest', mine: true }));
    await until(() => expect(witness.session.snapshot.messages.at(-1)?.authorId).toBe(data.user?.id));
    expect(storage.getItem(guestKey(guest.storageKey, backend.url))).toBeNull();
    member.session.dispose();
    await client.realtime.disconnect();
  });

  it('takes over what the guest could not send, in every room: it waits for Retry, and is there once', async () => {
    const guest = await joined('Gil');
    const night = person({ storageKey: guest.storageKey, room: 'late-night' });
    await reaches(night, 'ready');
    backend.offline = true;
    for (const [one, text] of [[guest, 'never sent as a guest'], [night, 'late and lost']] as const) {
      one.session.send(text);
      await until(() => expect(one.session.snapshot.messages.at(-1)).toMatchObject({ body: text, state: 'failed' }));
      one.session.dispose();
    }
    backend.offline = false;
    const client = createClient(backend.url, backend.key, { auth: { storageKey: 'gil', storage, autoRefreshToken: false } });
    await client.auth.signUp({ email: 'gil@example.com', password: 'long enough' });
    const host = { client, url: undefined, key: undefined, storageKey: guest.storageKey, hubs: new HubRegistry() };
    const member = person(host);
    await reaches(member, 'ready');
    const unsent = (): TimelineMessage[] => member.session.snapshot.messages.filter(({ body }) => body === 'never sent as a guest');
    await until(() => expect(unsent()).toMatchObject([{ state: 'failed', mine: true }]));
    member.session.retry(unsent()[0]?.id ?? '');
    await until(() => expect(unsent()).toMatchObject([{ state: 'sent', mine: true }]));
    const later = [person(host), person({ ...host, room: 'late-night' })] as const;
    for (const one of later) await reaches(one, 'ready');
    expect(bodies(later[0]).filter((body) => body === 'never sent as a guest')).toHaveLength(1);
    await until(() => expect(later[1].session.snapshot.messages.at(-1)).toMatchObject({ body: 'late and lost', state: 'failed' }));
    for (const one of [member, ...later]) one.session.dispose();
    await client.realtime.disconnect();
  });

  it('is the host’s where the host passes a token source', async () => {
    const host = createClient(backend.url, backend.key, { auth: { storageKey: 'token-host', storage, autoRefreshToken: false } });
    const { data } = await host.auth.signInAnonymously();
    const accessToken = async (): Promise<string | null> => (await host.auth.getSession()).data.session?.access_token ?? null;
    const visitor = person({ accessToken });
    await until(() => expect(visitor.session.snapshot.status).toBe('signed-out'));
    await visitor.session.join('Tom');
    await reaches(visitor, 'ready');
    expect(visitor.session.snapshot.me?.id).toBe(data.user?.id);
  });
});

describe('an element that moves in its document', () => {
  it('leaves and joins at once, on the same client', async () => {
    const hubs = new HubRegistry();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    let ann = await joined('Ann', { hubs });
    for (let i = 0; i < 3; i++) {
      ann.session.dispose();
      ann = person({ hubs, storageKey: ann.storageKey });
      await reaches(ann, 'ready');
    }
    const bob = await joined('Bob');
    await until(() => expect(names(bob)).toEqual(['Bob', 'Ann']));
    bob.session.send('moved?');
    await until(() => expect(bodies(ann).at(-1)).toBe('moved?'));
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('may come back while the socket is closing', async () => {
    const hubs = new HubRegistry();
    const bob = await joined('Bob');
    let ann = await joined('Ann', { hubs });
    for (let i = 0; i < 5; i++) {
      await until(() => expect(names(bob)).toEqual(['Bob', 'Ann']));
      ann.session.dispose();
      await until(() => expect(names(bob)).toEqual(['Bob']));
      ann = person({ hubs, storageKey: ann.storageKey });
      await reaches(ann, 'ready');
    }
    bob.session.send('still there?');
    await until(() => expect(bodies(ann).at(-1)).toBe('still there?'));
    expect(ann.session.snapshot.status).toBe('ready');
  });

  it('may be there twice: both hear everything', async () => {
    const hubs = new HubRegistry();
    const left = await joined('Ann', { hubs });
    const right = person({ hubs, storageKey: left.storageKey });
    await reaches(right, 'ready');
    const bob = await joined('Bob');
    bob.session.send('to both');
    for (const one of [left, right]) await until(() => expect(bodies(one).at(-1)).toBe('to both'));
    await until(() => expect(names(right)).toEqual(['Ann', 'Bob']));
    left.session.dispose();
    bob.session.send('to one');
    await until(() => expect(bodies(right).at(-1)).toBe('to one'));
  });
});

describe('what an author got wrong', () => {
  it.each([
    ['no address', { url: undefined }, 'url-missing'],
    ['a blank address', { url: '  ' }, 'url-missing'],
    ['no address at all', { url: 'not a url' }, 'url-invalid'],
    ['an address of another kind', { url: 'javascript:alert(1)' }, 'url-invalid'],
    ['no key', { key: undefined }, 'key-missing'],
    ['no room', { room: ' ' }, 'room-missing'],
    ['a wrong key', { key: 'sb_publishable_wrong' }, 'key-refused'],
    ['a room that is not there', { room: 'nowhere' }, 'room-unknown'],
  ])('%s is a failed session that says so, and throws nothing', async (_, wrong, code) => {
    const session = createDefaultChatSession({
      url: backend.url,
      key: backend.key,
      room: 'lobby',
      storageKey: `wrong-${++people}`,
      ...wrong,
    });
    session.start();
    await until(() => expect(session.snapshot).toMatchObject({ status: 'failed', problem: { code } }));
    session.dispose();
  });

  it.each(['elsewhere', 'start'])('an address where no Supabase is: /%s', async (path) => {
    const session = createDefaultChatSession({ url: `${backend.origin}/${path}`, key: backend.key, room: 'lobby', storageKey: path });
    session.start();
    await until(() => expect(session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'url-invalid' } }));
    session.dispose();
  });

  it('a project without the tables of a room', async () => {
    const session = createDefaultChatSession({ url: `${backend.origin}/empty`, key: backend.key, room: 'lobby', storageKey: 'empty' });
    session.start();
    await until(() => expect(session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'rooms-missing' } }));
    session.dispose();
  });

  it('an address where nobody answers', async () => {
    const session = createDefaultChatSession({ url: 'http://127.0.0.1:9', key: backend.key, room: 'lobby', storageKey: 'y' });
    session.start();
    await until(() => expect(session.snapshot).toMatchObject({ status: 'failed', problem: { code: 'network' } }));
    session.dispose();
  });
});

describe('a database that was reset', () => {
  it('asks its old guests for a name again, and keeps their accounts when it was only away', async () => {
    const ann = await joined('Ann');
    const before = ann.session.snapshot.me?.id;
    ann.session.dispose();
    backend.offline = true;
    const away = person({ storageKey: ann.storageKey });
    await reaches(away, 'failed');
    backend.offline = false;
    away.wake();
    await reaches(away, 'ready');
    expect(away.session.snapshot.me?.id).toBe(before);
    away.session.dispose();

    await backend.reset();
    const back = person({ storageKey: ann.storageKey });
    await reaches(back, 'signed-out');
    expect(back.session.snapshot.problem).toBeNull();
    await back.session.join('Ann');
    await reaches(back, 'ready');
    expect(back.session.snapshot.me?.id).not.toBe(before);
  });

  it('asks those who are in the room for a name again, and they keep what they wrote', async () => {
    const ann = await joined('Ann');
    await backend.reset();
    backend.cutSockets();
    await reaches(ann, 'reconnecting');
    ann.session.send('hello?');
    await until(() => expect(ann.session.snapshot).toMatchObject({ status: 'signed-out', problem: { code: 'not-signed-in' } }));
    await ann.session.join('Ann');
    await reaches(ann, 'ready');
    expect(ann.session.snapshot.messages).toMatchObject([{ body: 'hello?', state: 'failed', mine: true }]);
    ann.session.retry(ann.session.snapshot.messages[0]?.id ?? '');
    await until(() => expect(ann.session.snapshot.messages).toMatchObject([{ body: 'hello?', state: 'sent' }]));
  });
});
