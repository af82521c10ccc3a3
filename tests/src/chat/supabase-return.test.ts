import { describe, expect, it, vi } from 'vitest';
import { systemClock, type Clock } from '../../../src/clock.js';
import { HubRegistry } from '../../../src/chat/supabase/hub.js';
import { bodies, idOf, People, reaches, until, type Person } from './people.js';

// On a busy machine a database takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const people = new People();

interface Host extends Person {
  /** Every token that the host was asked for, in order. */
  readonly tokens: readonly string[];
  /** The channels that the page has, by name. */
  channels(): string[];
  /** The token that the live line uses. */
  liveToken(): string | null;
  /** From now on the host has a fresh token. */
  renew(): void;
  /** Settles when the first token is over. */
  expired(): Promise<void>;
}

/** A room of a host with a token source of its own. @param seconds that its first tokens are good for */
async function signedIn(seconds: number, clock: Clock = systemClock): Promise<Host> {
  const { backend } = people;
  const guest = await people.join('Ann');
  const claims = { role: 'authenticated', sub: idOf(guest) };
  guest.session.dispose();
  let token = backend.token(claims, seconds);
  const end = Date.now() + seconds * 1000;
  const tokens: string[] = [];
  const hubs = new HubRegistry();
  const accessToken = (): Promise<string> => {
    tokens.push(token);
    return Promise.resolve(token);
  };
  const one = people.come({ accessToken, hubs, clock });
  await reaches(one, 'ready');
  const hub = hubs.acquire({ url: backend.url, key: backend.key, storageKey: one.storageKey, accessToken }, () => {
    throw new Error('the hub of this page');
  });
  hub.release();
  const { client } = hub;
  return {
    ...one,
    tokens,
    channels: () => client.realtime.getChannels().map(({ topic }) => topic).sort(),
    liveToken: () => client.realtime.accessTokenValue,
    renew: () => void (token = backend.token(claims)),
    expired: () => until(() => expect(Date.now()).toBeGreaterThan(end + 1000)),
  };
}

/** In the room by one socket and one channel of each kind, with the host's newest token, hearing and heard once. */
async function isBack(ann: Host, name: string): Promise<void> {
  await reaches(ann, 'ready');
  await until(() => expect(ann.channels()).toHaveLength(2));
  expect(new Set(ann.channels()).size).toBe(2);
  expect(ann.liveToken()).toBe(ann.tokens.at(-1));
  expect(people.backend.sockets).toBe(1);
  const bob = await people.join(name);
  expect(people.backend.sockets).toBe(2);
  await until(() => expect(bob.session.snapshot.members.map((member) => member.name)).toEqual([name, 'Ann']));
  bob.session.send(`from ${name}`);
  await until(() => expect(bodies(ann).at(-1)).toBe(`from ${name}`));
  ann.session.send(`to ${name}`);
  await until(() => expect(bodies(bob).slice(-2)).toEqual([`from ${name}`, `to ${name}`]));
  expect(bodies(ann).slice(-2)).toEqual([`from ${name}`, `to ${name}`]);
}

describe('coming back', () => {
  it('a host that gives its old token for a while is no visitor who left: no door, and nothing read is dropped', async () => {
    const ann = await signedIn(8);
    ann.session.send('before');
    await until(() => expect(bodies(ann)).toContain('before'));
    const seen = new Set<string>();
    const fewest = { messages: Infinity };
    ann.session.subscribe(({ status, messages }) => {
      seen.add(status);
      fewest.messages = Math.min(fewest.messages, messages.length);
    });
    await ann.expired();
    ann.session.send('after');
    // The live line, the message, and the question whether there is still somebody: all with a token that is over.
    await until(() => expect(ann.session.snapshot).toMatchObject({ status: 'reconnecting', problem: { code: 'token-expired' } }));
    ann.renew();
    ann.wake();
    await reaches(ann, 'ready');
    await until(() => expect(bodies(ann).slice(-2)).toEqual(['before', 'after']));
    expect([...seen]).not.toContain('signed-out');
    expect(fewest.messages).toBeGreaterThan(0);
  });

  it('a token that expires while the room is open ends the channels, and the room comes back with a fresh one', async () => {
    const ann = await signedIn(8);
    const before = ann.channels();
    const seen: string[] = [];
    ann.session.subscribe(({ status }) => void seen.push(status));
    const [first] = ann.tokens;
    ann.renew();
    await until(() => expect(seen).toContain('reconnecting'));
    await until(() => expect(ann.liveToken()).not.toBe(first));
    await isBack(ann, 'Bob');
    expect(ann.channels()).toEqual(before);
  });

  it('a laptop that slept for an hour is back with a fresh token, and with what was written meanwhile', async () => {
    let slept = 0;
    const clock: Clock = { now: () => Date.now() + slept, after: (ms, callback) => systemClock.after(ms, callback) };
    const ann = await signedIn(8, clock);
    const before = ann.channels();
    const [first] = ann.tokens;
    people.backend.offline = true;
    await reaches(ann, 'reconnecting');
    await ann.expired();
    slept = 3_600_000;
    people.backend.offline = false;
    const writer = people.backend.client({ role: 'authenticated', sub: idOf(ann) });
    const { error } = await writer.rpc('send_message', {
      room_id: ann.session.snapshot.room?.id,
      message_id: crypto.randomUUID(),
      body: 'from another device',
    });
    expect(error).toBeNull();
    ann.renew();
    ann.wake();
    await until(() => expect(bodies(ann).at(-1)).toBe('from another device'));
    await until(() => expect(ann.liveToken()).not.toBe(first));
    await isBack(ann, 'Cem');
    expect(ann.channels()).toEqual(before);
  });
});
