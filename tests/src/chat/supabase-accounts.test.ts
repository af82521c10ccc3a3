import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { TimelineMessage } from '../../../src/chat/model.js';
import { HubRegistry } from '../../../src/chat/supabase/hub.js';
import { bodies, idOf, People, reaches, until, type Person, type PersonOptions } from './people.js';

// On a busy machine a database takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const people = new People();
let accounts = 0;

/** Somebody with an account of the host's, and a member of the room. @returns the account's mail address */
async function member(name: string, room: string): Promise<string> {
  const email = `${name.toLowerCase()}-${++accounts}@example.com`;
  const client = hostClient();
  await client.auth.signUp({ email, password: 'long enough' });
  const one = people.come({ room, ...asHost(client) });
  await reaches(one, 'signed-out');
  await one.session.join(name);
  await reaches(one, 'ready');
  one.session.dispose();
  await client.realtime.disconnect();
  return email;
}

function hostClient(): SupabaseClient {
  const { url, key } = people.backend;
  return createClient(url, key, {
    auth: { storageKey: `host-${++accounts}`, autoRefreshToken: false, storage: localStorage },
    // supabase-js types the constructor as a browser has it.
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
}

const asHost = (client: SupabaseClient): PersonOptions => ({ client, url: undefined, key: undefined });

async function signIn(client: SupabaseClient, email: string): Promise<string> {
  const { data } = await client.auth.signInWithPassword({ email, password: 'long enough' });
  return data.session?.access_token ?? '';
}

async function tokenOf(email: string): Promise<string> {
  return signIn(createClient(people.backend.url, people.backend.key, { auth: { storageKey: email, persistSession: false } }), email);
}

const sent = ({ session }: Person): TimelineMessage[] => session.snapshot.messages.filter(({ state }) => state === 'sent');

const signed = (one: Person): string[] => sent(one).map(({ authorName, body }) => `${authorName}: ${body}`);

const isCalled = (one: Person, name: string): Promise<void> =>
  until(() => expect(one.session.snapshot).toMatchObject({ status: 'ready', me: { name } }));

/** A host's page by its own client, with Ann signed in and Cem beside her. @returns Bob's mail address too: a member as well */
async function annsPage(): Promise<{ client: SupabaseClient; page: Person; bob: string; other: Person }> {
  const room = await people.room();
  const [ann, bob] = [await member('Ann', room), await member('Bob', room)];
  const client = hostClient();
  await signIn(client, ann);
  const page = people.come({ room, ...asHost(client) });
  await isCalled(page, 'Ann');
  return { client, page, bob, other: await people.join('Cem', { room }) };
}

describe('a host that signs somebody else in, without a reload', () => {
  it('by its tokens: what one person wrote waits for them, and goes out as nobody else’s', async () => {
    const room = await people.room();
    const [ann, bob] = [await tokenOf(await member('Ann', room)), await tokenOf(await member('Bob', room))];
    let token = ann;
    const page = people.come({ room, accessToken: async () => token });
    await isCalled(page, 'Ann');
    const other = await people.join('Cem', { room });
    // More at once than the database takes.
    const written = Array.from({ length: 13 }, (_, i) => `number ${i + 1}`);
    for (const body of written) page.session.send(body);
    await until(() => expect(page.session.snapshot.messages.filter(({ problem }) => problem?.code === 'rate-limited')).not.toHaveLength(0));
    const taken = sent(page).length;
    expect(taken).toBeLessThan(13);
    token = bob;
    page.wake();
    await isCalled(page, 'Bob');
    expect(page.session.snapshot.messages.filter(({ state }) => state !== 'sent')).toEqual([]);
    page.session.send('I am Bob');
    await until(() => expect(signed(other).at(-1)).toBe('Bob: I am Bob'));
    token = ann;
    page.wake();
    await isCalled(page, 'Ann');
    const waiting = page.session.snapshot.messages.filter(({ state }) => state === 'sending');
    expect(waiting.map(({ authorName, body }) => `${authorName}: ${body}`)).toEqual(written.slice(taken).map((body) => `Ann: ${body}`));
    expect(signed(other).filter((line) => line !== 'Bob: I am Bob')).toEqual(written.slice(0, taken).map((body) => `Ann: ${body}`));
  });

  it('by its tokens, while nothing tells of it: the first thing that is written finds out, and is not Bob’s', async () => {
    const room = await people.room();
    const [ann, bob] = [await tokenOf(await member('Ann', room)), await tokenOf(await member('Bob', room))];
    let token = ann;
    const page = people.come({ room, accessToken: async () => token });
    await isCalled(page, 'Ann');
    const other = await people.join('Cem', { room });
    other.session.send('read by Ann');
    await until(() => expect(page.session.snapshot.unread).toBe(1));
    token = bob;
    page.session.markRead(page.session.snapshot.messages.at(-1)?.seq ?? 0);
    page.session.send('Ann’s words');
    await isCalled(page, 'Bob');
    expect(page.session.snapshot.unread).toBe(1);
    expect(bodies(page)).toEqual(['read by Ann']);
    token = ann;
    page.wake();
    await isCalled(page, 'Ann');
    await until(() => expect(signed(other)).toEqual(['Cem: read by Ann', 'Ann: Ann’s words']));
  });

  it('with its own client: the page turns by itself, and the new one is here in place of the old', async () => {
    const { client, page, bob, other } = await annsPage();
    const here = (): string[] => other.session.snapshot.members.map(({ name }) => name);
    await until(() => expect(here()).toEqual(['Cem', 'Ann']));
    await signIn(client, bob);
    await isCalled(page, 'Bob');
    await until(() => expect(here()).toEqual(['Cem', 'Bob']));
    other.session.send('who is there?');
    await until(() => expect(bodies(page)).toEqual(['who is there?']));
    page.session.send('Bob is');
    await until(() => expect(signed(other).at(-1)).toBe('Bob: Bob is'));
    expect(people.backend.sockets).toBe(2);
    await client.realtime.disconnect();
  });

  it('with its own client, in two rooms at once: both turn, over one socket', async () => {
    const rooms = [await people.room(), await people.room()] as const;
    const [ann, bob] = [await member('Ann', rooms[0]), await member('Bob', rooms[0])];
    const client = hostClient();
    await signIn(client, ann);
    const hubs = new HubRegistry();
    const pages = rooms.map((room) => people.come({ room, ...asHost(client), hubs }));
    const [again] = rooms.map((room) => people.come({ room, ...asHost(client), hubs }));
    const all = again ? [...pages, again] : pages;
    for (const page of all) await isCalled(page, 'Ann');
    await signIn(client, bob);
    for (const page of all) await isCalled(page, 'Bob');
    expect(people.backend.sockets).toBe(1);
    expect(new Set(all.map(idOf)).size).toBe(1);
    const [one] = pages;
    await until(() => expect(one?.session.snapshot.members.map(({ name }) => name)).toEqual(['Bob']));
    await client.realtime.disconnect();
  });
});

describe('a host that signs its visitor out, without a reload', () => {
  it('with its own client: there is the door, nothing more is heard, and who signs in next is let in', async () => {
    const { client, page, bob, other } = await annsPage();
    await client.auth.signOut();
    await reaches(page, 'signed-out');
    expect(page.session.snapshot).toMatchObject({ me: null, messages: [], members: [] });
    await until(() => expect(other.session.snapshot.members.map(({ name }) => name)).toEqual(['Cem']));
    other.session.send('behind Ann’s back');
    await until(() => expect(sent(other)).toHaveLength(1));
    expect(page.session.snapshot).toMatchObject({ status: 'signed-out', messages: [] });
    await signIn(client, bob);
    await isCalled(page, 'Bob');
    await until(() => expect(bodies(page)).toEqual(['behind Ann’s back']));
    await client.realtime.disconnect();
  });

  it('by its tokens: there is the door', async () => {
    const room = await people.room();
    const ann = await tokenOf(await member('Ann', room));
    let token: string | null = ann;
    const page = people.come({ room, accessToken: async () => token });
    await isCalled(page, 'Ann');
    token = null;
    page.session.send('still Ann’s');
    await reaches(page, 'signed-out');
    expect(page.session.snapshot).toMatchObject({ me: null, messages: [] });
    token = ann;
    await page.session.join('Ann');
    await isCalled(page, 'Ann');
    await until(() => expect(signed(page)).toEqual(['Ann: still Ann’s']));
  });
});
