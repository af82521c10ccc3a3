import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import ws from 'ws';

/** What the room's rate limit lets one member write in a row. */
const perMember = 11;

/** Fills the lobby with `count` messages `<mark> <n>`, in order, written by guests through the public API. */
export async function writeHistory(baseURL: string, mark: string, count: number): Promise<void> {
  for (let written = 0; written < count; ) {
    const client = createClient(new URL('/supabase', baseURL).href, 'sb_publishable_demo', {
      auth: { persistSession: false, autoRefreshToken: false },
      realtime: { transport: ws as unknown as typeof WebSocket },
    });
    const call = async (name: string, args: Record<string, unknown>): Promise<{ room: { id: string } }> => {
      const { data, error } = await client.rpc(name, args);
      if (error) throw new Error(`${name}: ${error.message}`);
      return data as { room: { id: string } };
    };
    const { error } = await client.auth.signInAnonymously();
    if (error) throw error;
    const { room } = await call('join_room', { room_slug: 'lobby', display_name: `Writer ${written}` });
    for (const end = Math.min(count, written + perMember); written < end; written++) {
      await call('send_message', { room_id: room.id, message_id: randomUUID(), body: `${mark} ${written}` });
    }
  }
}
