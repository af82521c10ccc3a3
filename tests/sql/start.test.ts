import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { joinRoom, key, listenTo, sendMessage, signIn, subscribe, until } from '../demo/supabase/support.js';
import { openServer } from '../../demo/services/supabase/db-server.js';
import { createServerDatabase, engine } from './engine.js';

const project = join(import.meta.dirname, '../..');

let data: string;
let database: { url: string; drop(): Promise<void> } | undefined;
let child: ChildProcess | undefined;
const clients: { realtime: { disconnect(): unknown } }[] = [];

beforeEach(async () => {
  if (engine() === 'missing') return;
  data = await mkdtemp(join(tmpdir(), 'roomtone-server-'));
  database = await createServerDatabase();
});
afterEach(async () => {
  if (!database) return;
  await Promise.all(clients.splice(0).map((client) => client.realtime.disconnect()));
  const running = child;
  if (running && running.exitCode === null) {
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
  }
  await database.drop();
  await rm(data, { recursive: true, force: true });
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** `npm start` with DATABASE_URL. @returns its address once it is up */
async function start(url: string): Promise<string> {
  const port = await freePort();
  const run = spawn(process.execPath, ['demo/start.mjs'], {
    cwd: project,
    env: { ...process.env, DATABASE_URL: url, PORT: String(port), ROOMTONE_DATA: data, ROOMTONE_CACHE: join(data, 'cache'), ROOMTONE_WATCH: 'off' },
  });
  child = run;
  const address = `http://127.0.0.1:${port}`;
  let output = '';
  await new Promise<void>((up, failed) => {
    for (const stream of [run.stdout, run.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes(`${address}/`)) up();
      });
    }
    run.once('exit', () => failed(new Error(output)));
  });
  return address;
}

test('npm start with DATABASE_URL keeps its room on that server: two visitors join, one sends, the other receives', async () => {
  if (!database) throw new Error('No server');
  const address = await start(database.url);
  const visitor = async (name: string) => {
    const client = createClient(`${address}/supabase`, key, {
      auth: { persistSession: false, autoRefreshToken: false, storageKey: name },
      // supabase-js types the constructor as a browser has it.
      realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
    });
    clients.push(client);
    const person = await signIn(client);
    return { ...person, room: await joinRoom(person, name) };
  };
  const ann = await visitor('Ann');
  const ben = await visitor('Ben');
  const { channel, heard } = listenTo(ben, ben.room.topic);
  expect(await subscribe(channel)).toMatchObject({ status: 'SUBSCRIBED' });
  const id = await sendMessage(ann, ann.room, 'Hello, Ben');
  await until(() => expect(heard).toMatchObject([{ event: 'entry', payload: { id, body: 'Hello, Ben' } }]));

  const server = openServer(database.url);
  const { rows } = await server.query('select id, author_name, body from room_entries');
  await server.close();
  expect(rows).toEqual([{ id, author_name: 'Ann', body: 'Hello, Ben' }]);
}, 60_000);
