import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { App } from '@supabase/lite';
import { createPgliteConnection } from '@supabase/lite/pglite';
import { prepare, readMigrations, readPlatform } from './db-migrations.js';

/** Another one whenever the cluster is made in another way: what is kept from before does not count then. */
const recipe = 1;
const modules = new URL('../../../node_modules/', import.meta.url);

/**
 * What a new database of PGlite begins with: a Postgres cluster with everything in it but the seed, whose rooms get their
 * ids in each database. Made anew, it takes six seconds of wasm.
 */
export async function newCluster(): Promise<Blob> {
  const versions = await Promise.all(['@electric-sql/pglite', '@supabase/lite'].map(versionOf));
  const made = createHash('sha256').update(JSON.stringify([recipe, versions, await readPlatform(), await readMigrations()]));
  return kept('project', made.digest('hex').slice(0, 16), async () => {
    const connection = await createPgliteConnection({ pgliteOptions: { loadDataDir: await emptyCluster() } });
    const pg = connection.driver;
    await prepare(new App({ connection, auth: { enabled: true } }), pg);
    // Two thirds of its files are databases that only `create database` reads: what is not there need not be loaded.
    await pg.exec("update pg_database set datistemplate = false where datname like 'template_'");
    for (const name of ['template0', 'template1']) await pg.exec(`drop database ${name}`);
    // They are zeroed at each start: the 128 MB of a server take longer than all that is in here.
    await pg.exec("alter system set shared_buffers = '32MB'");
    return dumped(pg);
  });
}

const emptyCluster = async (): Promise<Blob> =>
  kept('empty', await versionOf('@electric-sql/pglite'), async () => dumped(await PGlite.create()));

async function versionOf(name: string): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL(`${name}/package.json`, modules), 'utf8')) as { version: string };
  return version;
}

async function dumped(pg: PGlite): Promise<Blob> {
  // Else whoever loads it repeats from the log what was written last.
  await pg.exec('checkpoint');
  const cluster = await pg.dumpDataDir('none');
  await pg.close();
  return cluster;
}

/** Made once for each version of what goes into it, and kept beside the packages, where `npm ci` empties it. */
async function kept(name: string, version: string, make: () => Promise<Blob>): Promise<Blob> {
  const folder = new URL('.cache/roomtone/', modules);
  const file = `${name}-${version}.tar`;
  try {
    return new Blob([await readFile(new URL(file, folder))]);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const cluster = await make();
  await mkdir(folder, { recursive: true });
  // Several processes may do this at once; a rename is whole or nothing.
  const draft = new URL(`${file}.${process.pid}.${performance.now()}`, folder);
  await writeFile(draft, cluster.stream());
  await rename(draft, new URL(file, folder));
  const older = (await readdir(folder)).filter((other) => other !== file && other.startsWith(`${name}-`) && other.endsWith('.tar'));
  for (const other of older) await rm(new URL(other, folder), { force: true });
  return cluster;
}

/** Whether a folder holds a cluster already, which then must not be loaded over. */
export async function hasCluster(dataDir: string): Promise<boolean> {
  try {
    await readFile(`${dataDir}/PG_VERSION`);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
