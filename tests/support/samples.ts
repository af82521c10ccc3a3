import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');

/** A piece of code in the words of the project. */
export interface Sample {
  /** Where it stands, as a person would look for it. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

/** The pages whose code people copy: README and docs. The reference is made from the elements and holds none. */
export const pages = (): string[] => ['README.md', ...readdirSync(join(project, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

/** All samples, in their order. A fence may be indented, in a list; one without a language is no code, but still a sample. */
export function samples(): Sample[] {
  return pages().flatMap((page) => {
    const text = readFileSync(join(project, page), 'utf8');
    return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)].map(([, indent = '', language = '', code = ''], index) => ({
      place: `${page}, sample ${index + 1}`,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }));
  });
}

/** A sample with what its reader would put in: here the demo's own addresses. */
export const filledIn = (code: string): string =>
  code
    .replaceAll(/"https:\/\/your\.site\/roomtone\/(roomtone(?:-lazy)?\.js)"/g, '"/$1"')
    .replaceAll(/client-id="YOUR_SPOTIFY_CLIENT_ID"|clientId="YOUR_SPOTIFY_CLIENT_ID"/g, (found) =>
      `${found.replace('YOUR_SPOTIFY_CLIENT_ID', 'roomtone-demo')} endpoints="/spotify"`,
    )
    .replaceAll('https://YOUR_PROJECT.supabase.co', '/supabase')
    .replaceAll('sb_publishable_…', 'sb_publishable_demo');
