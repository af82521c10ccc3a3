import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openServer } from '../../demo/services/supabase/db-server.js';
import { joinRoom, listenTo, sendMessage, startStand, subscribe, until, visit, type Stand } from '../demo/supabase/support.js';
import { createServerDatabase, engine } from './engine.js';

/** The services on this run's engine, for unmodified supabase-js. */
describe.skipIf(engine() === 'missing')('the embedded services', () => {
  let url: string | undefined;
  let drop = async (): Promise<void> => {};
  let stand: Stand;

  const start = () => startStand(url === undefined ? {} : { databaseUrl: url });

  beforeEach(async () => {
    if (engine() === 'PostgreSQL') ({ url, drop } = await createServerDatabase());
    stand = await start();
  });
  afterEach(async () => {
    await stand.stop();
    await drop();
  });

  test('two visitors join, and what one sends the other receives', async () => {
    const [ann, ben] = [await visit(stand, 'Ann'), await visit(stand, 'Ben')];
    const { channel, heard } = listenTo(ben, ben.room.topic);
    expect(await subscribe(channel)).toMatchObject({ status: 'SUBSCRIBED' });
    const id = await sendMessage(ann, ann.room, 'Hello, Ben');
    await until(() => expect(heard).toMatchObject([{ event: 'entry', payload: { id, body: 'Hello, Ben', seq: 1 } }]));
  });

  test('a set of JSON comes as an array of it', async () => {
    const ann = await visit(stand, 'Ann');
    const id = await sendMessage(ann, ann.room, 'Hello');
    const { data } = await ann.client.rpc('messages_now', { room_id: ann.room.id, message_ids: [id] });
    expect(data).toMatchObject([{ id, body: 'Hello', deleted: false, edited_at: null }]);
    expect((await ann.client.rpc('messages_now', { room_id: ann.room.id, message_ids: [] })).data).toEqual([]);
  });

  test('a write that changes nothing comes as null; names and refusals come as hosted', async () => {
    const ann = await visit(stand, 'Ann');
    const id = await sendMessage(ann, ann.room, 'Hello');
    const at = { room_id: ann.room.id, entry_id: randomUUID(), message_id: id };
    expect(await ann.client.rpc('unreact', { ...at, emoji: '👍' })).toMatchObject({ data: null, error: null });
    expect(await ann.client.rpc('react', { ...at, emoji: ' ' })).toMatchObject({ error: { message: 'reaction_invalid' } });
    const { data } = await ann.client.rpc('send_message', {
      room_id: ann.room.id, message_id: randomUUID(), body: 'Me', reply_to: id, mentions: [ann.id],
    });
    expect(data).toMatchObject({ reply_to: id, mentions: [ann.id] });
    const { data: page } = await ann.client
      .from('room_entries')
      .select('seq,kind,target_id,reply_to,mentions,redacted')
      .eq('room_id', ann.room.id)
      .order('seq');
    expect(page).toEqual([
      { seq: 1, kind: 'message', target_id: null, reply_to: null, mentions: [], redacted: false },
      { seq: 2, kind: 'message', target_id: null, reply_to: id, mentions: [ann.id], redacted: false },
    ]);
  });

  // Nobody of these visitors may make a moderator: it takes a second way into the database.
  if (engine() === 'PostgreSQL') {
    test('who is banned while they listen hears so on the old topic; the new one lets in members alone', async () => {
      const [ann, ben] = [await visit(stand, 'Ann'), await visit(stand, 'Ben')];
      const { channel, heard } = listenTo(ben, ben.room.topic);
      await subscribe(channel);
      const server = openServer(url ?? '');
      await server.query("update room_members set role = 'moderator' where user_id = $1", [ann.id]);
      await server.close();
      const { error } = await ann.client.rpc('ban_member', { room_id: ben.room.id, user_id: ben.id, until: 'infinity' });
      expect(error).toBeNull();
      await until(() => expect(heard).toContainEqual(expect.objectContaining({ event: 'epoch' })));
      const next = `room:${ben.room.id}:${ben.room.epoch + 1}`;
      expect((await subscribe(listenTo(ben, next).channel)).status).toBe('CHANNEL_ERROR');
      expect((await subscribe(listenTo(ann, next).channel)).status).toBe('SUBSCRIBED');
      await expect(sendMessage(ben, ben.room, 'Still here')).rejects.toMatchObject({ message: 'banned' });
      await expect(joinRoom(ben, 'Ben')).rejects.toMatchObject({ message: 'banned', hint: null });
    });

    test('what was written stays over a restart', async () => {
      const ann = await visit(stand, 'Ann');
      const id = await sendMessage(ann, ann.room, 'Hello');
      await stand.stop();
      stand = await start();
      const ben = await visit(stand, 'Ben');
      const { data } = await ben.client.from('room_entries').select('id,author_name').eq('room_id', ben.room.id);
      expect(data).toEqual([{ id, author_name: 'Ann' }]);
    });

    test('a server that is not there is named in one sentence, without its address', async () => {
      const away = 'postgres://somebody:secret@127.0.0.1:1/away';
      const failed: unknown = await startStand({ databaseUrl: away }).catch((error: unknown) => error);
      expect(String(failed)).toMatch(/^Error: The PostgreSQL server of DATABASE_URL cannot be used: /);
      expect(String(failed)).not.toContain('secret');
    });
  }
});
