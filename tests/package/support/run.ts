import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const project = resolve(import.meta.dirname, '../../..');

interface RunOptions {
  readonly cwd?: string;
  readonly mayFail?: boolean;
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. @returns what it printed; rejects with all of it where it failed, unless it may */
export function run(program: string, args: readonly string[], { cwd = project, mayFail = false, env = {} }: RunOptions = {}): Promise<string> {
  return new Promise((done, failed) => {
    execFile(program, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && !mayFail) failed(new Error(`${program} ${args.join(' ')}\n${stdout}\n${stderr}`));
      else done(stdout);
    });
  });
}

export interface PackageJson {
  readonly exports: Readonly<Record<string, string>>;
  readonly sideEffects: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}

export const packageJson = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as PackageJson;

/** `./chat-room/define` as a page's script names it. */
export const specifier = (entry: string): string => `roomtone${entry.slice(1)}`;
