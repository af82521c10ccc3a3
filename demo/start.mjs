import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createSocket } from 'node:net';
import { resolve } from 'node:path';
import { createServer } from 'vite';

/** `npm start`: the demo with its stand-ins, on one port, with its data in one folder. */
const project = resolve(import.meta.dirname, '..');
const data = resolve(process.env.ROOMTONE_DATA ?? resolve(project, '.roomtone'));
const host = '127.0.0.1';

class Complaint extends Error {}

function readPort() {
  const text = process.env.PORT ?? '5173';
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Complaint(`PORT must be a whole number from 1 to 65535, not "${text}".`);
  }
  return port;
}

function readArguments() {
  const known = new Set(['--reset']);
  const unknown = process.argv.slice(2).find((argument) => !known.has(argument));
  if (unknown) throw new Complaint(`"${unknown}" is not an option. The only one is --reset, which empties the demo's data.`);
  return { reset: process.argv.includes('--reset') };
}

/** Asked before the database is opened, so that a taken port costs nothing and leaves nothing half open. */
function portIsFree(port) {
  return new Promise((done, fail) => {
    const probe = createSocket();
    probe.once('error', (error) => (error.code === 'EADDRINUSE' || error.code === 'EACCES' ? done(false) : fail(error)));
    probe.listen(port, host, () => probe.close(() => done(true)));
  });
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, alive all the same.
    return error.code === 'EPERM';
  }
};

/** Two processes on one database folder would destroy it. */
function lockData() {
  const lock = resolve(data, 'lock');
  mkdirSync(data, { recursive: true });
  let holder = 0;
  try {
    holder = Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  if (holder && holder !== process.pid && isAlive(holder)) {
    throw new Complaint(`The demo's data are in use by another demo (process ${holder}). End it, or set ROOMTONE_DATA to another folder.`);
  }
  writeFileSync(lock, String(process.pid));
  process.once('exit', () => rmSync(lock, { force: true }));
}

async function start() {
  const { reset } = readArguments();
  const port = readPort();
  if (!(await portIsFree(port))) {
    throw new Complaint(`Port ${port} is taken. Choose another one, for example: PORT=${port === 65_535 ? 5174 : port + 1} npm start`);
  }
  lockData();
  if (reset) for (const part of ['database', 'spotify']) rmSync(resolve(data, part), { recursive: true, force: true });

  const server = await createServer({ configFile: resolve(project, 'vite.config.ts'), server: { port, host }, logLevel: 'warn' });
  await server.listen();
  // One import graph transformed before the address is printed: the first visitor does not wait for it.
  if (!process.env.ROOMTONE_BUILT) await server.warmupRequest('/roomtone.js');

  const stop = () => void server.close().finally(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`Roomtone's demo is up: http://${host}:${port}/

Open it in two browsers, or one of them in a private window. /side-by-side.html shows two visitors in one window,
/states.html every element in every state. Ctrl+C ends it.`);
}

start().catch((error) => {
  console.error(error instanceof Complaint ? error.message : error);
  process.exit(1);
});
