import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileName = 'jwt-secret';

/**
 * The secret that signs the tokens. It is kept beside the data, so that whoever was signed in before a restart still is,
 * and so that no two installations share one.
 */
export async function openSecret(dataDir: string | undefined): Promise<string> {
  const fresh = randomBytes(32).toString('base64url');
  if (dataDir === undefined) return fresh;
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, fileName);
  try {
    await writeFile(file, fresh, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return readFile(file, 'utf8');
  }
}
