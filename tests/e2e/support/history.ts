import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';

/** What the room's rate limit lets one member write in a row. */
const perMember = 11;

/** A guest of the lobby who uses the public API instead of a page. */
export interface Writer {
  say(body: string): Promise<void>;
}

async function openWriter(baseURL: string, name: string): Promise<Writer> {
  const client = createClient(new URL('/supabase', baseURL).href, 'sb_publishable_demo', {
    auth: { persistSession: false, autoRefreshToken: false },
    // supabase-js types the constructor as a browser has it.
    realtime: { transport: ws as unknown as typeof WebSocket },
  });
  const call = async (rpc: string, args: Record<string, unknown>): Promise<unknown> => {
    const { data, error } = await client.rpc(rpc, args);
    if (error) throw new Error(`${rpc}: ${error.message} ${error.details}`);
    return data;
  };
  const { error } = await client.auth.signInAnonymously();
  if (error) throw error;
  const { room } = (await call('join_room', { room_slug: 'lobby', display_name: name })) as { room: { id: string } };
  return {
    say: async (body) => void (await call('send_message', { room_id: room.id, message_id: randomUUID(), body })),
  };
}

export async function openWriters(baseURL: string, count: number): Promise<Writer[]> {
  const writers: Writer[] = [];
  while (writers.length < count) {
    const next = Array.from({ length: Math.min(10, count - writers.length) }, (_, i) => openWriter(baseURL, `Writer ${writers.length + i}`));
    writers.push(...(await Promise.all(next)));
  }
  return writers;
}

/** Fills the lobby with `count` messages `<mark> <n>`, in order. */
export async function writeHistory(baseURL: string, mark: string, count: number): Promise<void> {
  const writers = await openWriters(baseURL, Math.ceil(count / perMember));
  for (let i = 0; i < count; i++) await writers[Math.floor(i / perMember)]?.say(`${mark} ${i}`);
}
