import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { createSupabaseService, type SupabaseOptions } from '../../../demo/services/supabase/index.js';

export const key = 'sb_publishable_demo';

/** The service on a port of its own, as the demo mounts it. */
export interface Stand {
  readonly origin: string;
  readonly url: string;
  client(options?: { key?: string; version?: string; heartbeatIntervalMs?: number }): SupabaseClient;
  /** Breaks every WebSocket, as a network does. */
  dropSockets(): void;
  /** Nothing that is said on the sockets of now arrives any more, and nobody is told: a network that went away. @returns what ends that */
  deafen(): () => void;
  stop(): Promise<void>;
}

export async function startStand(options: SupabaseOptions = {}): Promise<Stand> {
  const service = await createSupabaseService(options);
  const sockets = new Set<Duplex>();
  const clients = new Set<SupabaseClient>();
  const server = createServer((request, response) => void service.handle(request, response));
  server.on('upgrade', (request, socket, head) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    service.upgrade(request, socket, head);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/supabase`;
  return {
    origin,
    url,
    client({ key: apiKey = key, version = '2.0.0', heartbeatIntervalMs } = {}) {
      const client = createClient(url, apiKey, {
        auth: { persistSession: false, autoRefreshToken: false, storageKey: randomUUID() },
        realtime: {
          // supabase-js types the constructor as a browser has it.
          transport: WebSocket as unknown as typeof globalThis.WebSocket,
          vsn: version,
          ...(heartbeatIntervalMs && { heartbeatIntervalMs }),
          // The SDK's steps of 1 to 10 s would be the tests' waiting time.
          reconnectAfterMs: () => 20,
        },
      });
      clients.add(client);
      return client;
    },
    dropSockets: () => sockets.forEach((socket) => socket.destroy()),
    deafen() {
      const deaf = [...sockets];
      deaf.forEach((socket) => socket.pause());
      return () => deaf.forEach((socket) => socket.resume());
    },
    async stop() {
      await Promise.all([...clients].map((client) => client.realtime.disconnect()));
      await service.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export interface Person {
  readonly client: SupabaseClient;
  readonly id: string;
  readonly token: string;
}

export interface Room {
  readonly id: string;
  readonly epoch: number;
  readonly topic: string;
}

export async function signIn(client: SupabaseClient): Promise<Person> {
  const { data, error } = await client.auth.signInAnonymously();
  if (error || !data.session || !data.user) throw error ?? new Error('No session');
  await client.realtime.setAuth();
  return { client, id: data.user.id, token: data.session.access_token };
}

export async function joinRoom({ client }: Person, name: string, slug = 'lobby'): Promise<Room> {
  const { data, error } = await client.rpc('join_room', { room_slug: slug, display_name: name });
  if (error) throw error;
  const { id, epoch } = (data as { room: { id: string; epoch: number } }).room;
  return { id, epoch, topic: `room:${id}:${epoch}` };
}

export async function sendMessage({ client }: Person, room: Room, body: string): Promise<string> {
  const id = randomUUID();
  const { error } = await client.rpc('send_message', { room_id: room.id, message_id: id, body });
  if (error) throw error;
  return id;
}

/** Waits for what `check` expects. Generous, because the machine may be busy; it ends as soon as it holds. */
export function until(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 9000, interval: 10 });
}

/** Signs in and joins the lobby. */
export async function visit(stand: Stand, name: string, options?: { version?: string }): Promise<Person & { room: Room }> {
  const person = await signIn(stand.client(options));
  return { ...person, room: await joinRoom(person, name) };
}

export type SubscribeStatus = 'SUBSCRIBED' | 'TIMED_OUT' | 'CLOSED' | 'CHANNEL_ERROR';

/** Subscribes and waits for the first answer; `onStatus` hears of the later ones too. */
export function subscribe(
  channel: RealtimeChannel,
  onStatus: (status: SubscribeStatus) => void = () => {},
): Promise<{ status: SubscribeStatus; message: string }> {
  return new Promise((resolve) => {
    channel.subscribe((status, error) => {
      onStatus(status);
      resolve({ status, message: error?.message ?? '' });
    });
  });
}

export interface Heard {
  readonly event: string;
  readonly payload: Record<string, unknown>;
  readonly meta?: { readonly id?: string };
}

/** The private channel of a room, with everything it hears. */
export function listenTo(
  person: Person,
  topic: string,
  config: Record<string, unknown> = {},
): { channel: RealtimeChannel; heard: Heard[] } {
  const heard: Heard[] = [];
  const channel = person.client.channel(topic, { config: { private: true, ...config } });
  channel.on('broadcast', { event: '*' }, (message) => heard.push(message as unknown as Heard));
  return { channel, heard };
}
