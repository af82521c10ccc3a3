import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createClient } from '@supabase/supabase-js';
import { WebSocket } from 'ws';
import { Project } from '../chaos/project.js';
import { createChatSession, type ChatSession } from '../../src/chat/session.js';
import { createSupabaseGateway } from '../../src/chat/supabase.js';
import { HubRegistry } from '../../src/chat/supabase/hub.js';

const members = Number(process.env.ROOMTONE_MEMBERS ?? 200);
/** Members who come at a time. */
const atOnce = 10;
/** Of a token, in s: longer than the test. */
const lifetime = 3600;

let project: Project;
const sessions: ChatSession[] = [];

beforeAll(async () => {
  globalThis.WebSocket = WebSocket as unknown as typeof globalThis.WebSocket;
  project = await Project.start({ accounts: members, apart: true, plan: 'hosted' });
});
afterAll(async () => {
  sessions.forEach((session) => session.dispose());
  await project.stop();
});

async function enter(account: string, name: string): Promise<ChatSession> {
  const gateway = createSupabaseGateway({
    url: project.url,
    key: project.key,
    storageKey: account,
    hubs: new HubRegistry(),
    accessToken: async () => project.token(account, lifetime),
  });
  const session = createChatSession({ gateway, slug: 'lobby' });
  sessions.push(session);
  session.start();
  await vi.waitFor(
    () => {
      const { status } = session.snapshot;
      if (status === 'signed-out') void session.join(name);
      expect(status).toBe('ready');
    },
    { timeout: 60_000, interval: 50 },
  );
  return session;
}

const bodies = ({ snapshot }: ChatSession): string[] => snapshot.messages.map(({ body }) => body);

it(`a ban in a room of ${members}, within the hosted limits: out and deaf within 5 s, and the others come back`, async () => {
  const [owner, ...others] = project.accounts;
  if (owner === undefined) throw new Error('nobody');
  await project.own('lobby', owner);
  await enter(owner, 'Owner');
  for (let first = 0; first < others.length; first += atOnce) {
    await Promise.all(others.slice(first, first + atOnce).map((account, index) => enter(account, `Member ${first + index}`)));
  }
  const [own, banned, ...rest] = sessions as [ChatSession, ChatSession, ...ChatSession[]];

  // Somebody who takes no notice of the topic's end: a bare client, with the policies that the server has cached for it.
  const overheard: unknown[] = [];
  const bare = createClient(project.url, project.key, { accessToken: async () => project.token(banned.snapshot.me?.id ?? '', lifetime) });
  const { data } = await bare.from('rooms').select('id,epoch').eq('slug', 'lobby').single();
  const room = data as { id: string; epoch: number };
  await bare.realtime.setAuth();
  await new Promise<void>((live) => {
    bare
      .channel(`room:${room.id}:${room.epoch}`, { config: { private: true } })
      .on('broadcast', { event: 'entry' }, ({ payload }) => void overheard.push(payload))
      .subscribe((status) => status === 'SUBSCRIBED' && live());
  });

  const bannedAt = performance.now();
  expect(await own.moderate.ban(banned.snapshot.me?.id ?? '', Infinity)).toBeNull();
  await vi.waitFor(() => expect(banned.snapshot).toMatchObject({ status: 'failed', problem: { code: 'banned' } }), {
    timeout: 30_000,
    interval: 10,
  });
  const out = Math.round(performance.now() - bannedAt);
  expect(out).toBeLessThan(5000);
  expect(own.send('after the ban')).toBeNull();
  await vi.waitFor(() => expect(rest.filter((session) => !bodies(session).includes('after the ban'))).toHaveLength(0), {
    timeout: 120_000,
    interval: 100,
  });
  const heard = Math.round(performance.now() - bannedAt);
  await vi.waitFor(() => expect(rest.filter(({ snapshot }) => snapshot.status !== 'ready')).toHaveLength(0), {
    timeout: 120_000,
    interval: 100,
  });
  const back = Math.round(performance.now() - bannedAt);
  console.info(`${members} members: the banned one out after ${out} ms, all others have the next message after ${heard} ms and are live after ${back} ms`);
  expect(overheard).toEqual([]);
  expect(bodies(banned)).not.toContain('after the ban');
  await bare.removeAllChannels();
});
