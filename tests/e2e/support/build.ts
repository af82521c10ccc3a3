import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { buildPages } from '../../../demo/hosts/frameworks.ts';

/** Builds what is shipped, once for all workers: their demos serve it (vite.config.ts). What was built before is used. */
export default async function buildOnce(): Promise<(() => void) | undefined> {
  if (process.env.ROOMTONE_BUILT !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-built-'));
  for (const mode of ['production', 'lazy', 'bundle']) {
    await build({
      configFile: join(import.meta.dirname, '../../../vite.config.ts'),
      mode,
      logLevel: 'warn',
      build: { outDir: folder, emptyOutDir: false },
    });
  }
  await buildPages(folder);
  process.env.ROOMTONE_BUILT = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
