import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const debianFolder = '/usr/lib/postgresql/15/bin';
const isRoot = process.getuid?.() === 0;

export interface PostgresServer {
  /** The address of one of its databases. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** The folder with initdb and pg_ctl: named in the environment, or Debian's. */
function findBinaries(): string | null {
  const folders = [process.env.POSTGRES_BIN, debianFolder];
  return folders.find((folder) => folder && existsSync(join(folder, 'initdb'))) ?? null;
}

/** Debian's package where we may install it; what it starts by itself stays unused. */
function installBinaries(): void {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  try {
    apt('update', '-q');
    apt('install', '-y', '-q', '--no-install-recommends', 'postgresql-15');
  } catch {
    // apt said why on stderr; the caller says what follows from it.
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port'))));
    });
  });

/**
 * A cluster of its own in a temporary folder, without regard for a crash: it lives as long as the run.
 *
 * @returns null where PostgreSQL 15 is neither installed nor installable
 */
export async function startPostgres(): Promise<PostgresServer | null> {
  if (!findBinaries()) installBinaries();
  const binaries = findBinaries();
  if (!binaries) return null;

  const folder = await mkdtemp(join(tmpdir(), 'roomtone-postgres-'));
  // PostgreSQL refuses to run as root.
  if (isRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    await chown(folder, id('-u'), id('-g'));
  }
  const command = (name: string, ...args: string[]) => {
    const program = join(binaries, name);
    return isRoot ? run('runuser', ['-u', 'postgres', '--', program, ...args]) : run(program, args);
  };
  const data = join(folder, 'data');
  const port = await freePort();
  const settings = [
    'fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'shared_buffers=256MB',
    'listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`,
  ];
  const options = settings.map((setting) => `-c ${setting}`).join(' ');
  await command('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync');
  await command('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start');
  return {
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    async stop() {
      await command('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
