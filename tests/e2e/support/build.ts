import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds what is shipped, once for all workers: their demos serve it (vite.config.ts). */
export default async function buildOnce(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-built-'));
  await build({
    configFile: join(import.meta.dirname, '../../../vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  });
  process.env.ROOMTONE_BUILT = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
