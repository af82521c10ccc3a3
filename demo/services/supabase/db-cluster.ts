import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';

const modules = new URL('../../../node_modules/', import.meta.url);

/**
 * A new, empty Postgres cluster, to be loaded into PGlite. Making one takes four seconds of wasm and gives the same
 * each time, so that it is made once for each version and kept beside the packages, where `npm ci` empties it.
 */
export async function emptyCluster(): Promise<Blob> {
  const { version } = JSON.parse(await readFile(new URL('@electric-sql/pglite/package.json', modules), 'utf8')) as {
    version: string;
  };
  const folder = new URL('.cache/roomtone/', modules);
  const file = new URL(`pglite-${version}.tar`, folder);
  try {
    return new Blob([await readFile(file)]);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const pg = await PGlite.create();
  const cluster = await pg.dumpDataDir('none');
  await pg.close();
  await mkdir(folder, { recursive: true });
  // Several processes may do this at once; a rename is whole or nothing.
  const draft = new URL(`pglite-${version}.${process.pid}.${performance.now()}`, folder);
  await writeFile(draft, cluster.stream());
  await rename(draft, file);
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
