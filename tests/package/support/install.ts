import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { project, run } from './run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that was packed. */
    packed: string;
    tarball: string;
    /** An empty project with the tarball installed. */
    consumer: string;
  }
}

/** What a consumer brings along: supabase-js's own declarations name Node's types, and JSX is typed by React's. */
const { devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
const besides = ['@types/node', '@types/react', '@types/react-dom'].map((name) => `${name}@${devDependencies[name] ?? ''}`);

export default async function install({ provide }: TestProject): Promise<() => void> {
  const scratch = mkdtempSync(join(tmpdir(), 'roomtone-package-'));
  const [packed, consumer] = ['packed', 'consumer'].map((name) => join(scratch, name)) as [string, string];
  for (const folder of [packed, consumer]) mkdirSync(folder);
  for (const name of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']) {
    copyFileSync(join(project, name), join(packed, name));
  }
  await run(process.execPath, [join(project, 'tests/package/build/build.mjs'), join(packed, 'dist')]);
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], { cwd: packed });
  const tarball = join(scratch, readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '');
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const quietly = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quietly, tarball, ...besides], { cwd: consumer });
  provide('packed', packed);
  provide('tarball', tarball);
  provide('consumer', consumer);
  return () => rmSync(scratch, { recursive: true, force: true });
}
