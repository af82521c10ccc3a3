import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { figuresOf, type Figures } from './figures.js';
import { LoadMember } from './member.js';

const members = Number(process.env.ROOMTONE_MEMBERS ?? 200);
const perSecond = Number(process.env.ROOMTONE_RATE ?? 20);
const seconds = Number(process.env.ROOMTONE_SECONDS ?? 60);
const echoSeconds = Math.min(seconds, 15);
/** Members who come at a time. */
const atOnce = 10;

let backend: ChildProcess;
let origin: string;

beforeAll(async () => {
  backend = fork(new URL('./start-backend.mjs', import.meta.url), { stdio: 'inherit' });
  const [{ port }] = (await once(backend, 'message')) as [{ port: number }];
  origin = `http://127.0.0.1:${port}`;
  globalThis.WebSocket = WebSocket as unknown as typeof globalThis.WebSocket;
});

afterAll(async () => {
  const ended = once(backend, 'exit');
  backend.disconnect();
  await ended;
});

/** Calls `send` so many times a second, evenly, and never twice for one beat that came late. */
async function steadily(count: number, send: (index: number) => void): Promise<void> {
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    const due = started + (index * 1000) / perSecond;
    await new Promise((beat) => setTimeout(beat, Math.max(0, due - performance.now())));
    send(index);
  }
}

/** The same pace over a bare socket to a bare insert and back. */
async function echo(): Promise<Figures> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/echo`);
  await once(socket, 'open');
  const sentAt = new Map<string, number>();
  const times: number[] = [];
  const count = perSecond * echoSeconds;
  const all = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      times.push(performance.now() - (sentAt.get(String(data)) ?? NaN));
      if (times.length === count) resolve();
    });
  });
  await steadily(count, (index) => {
    sentAt.set(`echo ${index}`, performance.now());
    socket.send(`echo ${index}`);
  });
  await all;
  socket.close();
  return figuresOf(times);
}

it(`${members} members of one room, ${perSecond} messages a second for ${seconds} s: none lost`, async () => {
  const sentAt = new Map<string, number>();
  const times: number[] = [];
  const own: number[] = [];
  const everybody = Array.from({ length: members }, (_, index) => {
    const name = `Member ${index}`;
    return new LoadMember(name, `${origin}/supabase`, (body) => {
      const at = sentAt.get(body);
      if (at !== undefined) (body.startsWith(`${name}:`) ? own : times).push(performance.now() - at);
    });
  });
  const entering = performance.now();
  for (let first = 0; first < members; first += atOnce) {
    await Promise.all(everybody.slice(first, first + atOnce).map((member) => member.enter()));
  }
  const entered = Math.round((performance.now() - entering) / 100) / 10;

  const before = await echo();
  const count = perSecond * seconds;
  const [busyBefore, started] = [process.cpuUsage(), performance.now()];
  await steadily(count, (index) => {
    const member = everybody[index % members] as LoadMember;
    const body = `${member.name}: message ${index}`;
    sentAt.set(body, performance.now());
    expect(member.session.send(body)).toBeNull();
  });
  // None lost: everybody shows every one of them. What the line lost comes with the slow check, within a minute.
  const whole = (): boolean => everybody.every(({ shown }) => [...sentAt.keys()].every((body) => shown.has(body)));
  const patience = performance.now() + 60_000;
  while (!whole() && performance.now() < patience) await new Promise((beat) => setTimeout(beat, 200));
  const settled = performance.now() - started;
  const { user, system } = process.cpuUsage(busyBefore);
  const after = await echo();

  const missing = everybody.reduce((sum, { shown }) => sum + [...sentAt.keys()].filter((body) => !shown.has(body)).length, 0);
  console.table({
    'echo and insert, before': before,
    'own message confirmed': figuresOf(own),
    "others' messages shown": figuresOf(times),
    'echo and insert, after': after,
  });
  console.info(
    `${members} members in ${entered} s; ${count} messages, ${missing} deliveries missing after ${Math.round(settled)} ms; ` +
      `members' process ${Math.round((user + system) / settled / 10)} % of a core; load ${loadavg().map((load) => load.toFixed(1)).join(' ')}`,
  );
  everybody.forEach(({ session }) => session.dispose());
  expect(missing).toBe(0);
  expect(own.length).toBe(count);
  expect(times.length).toBe(count * (members - 1));
});
