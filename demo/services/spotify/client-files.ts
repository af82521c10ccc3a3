import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'client');

/** The frame's whole document; its script does the rest. */
const frameDocument = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Spotify simulator</title></head>
<body><script src="embedded.js"></script></body>
</html>
`;

export const frameHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; connect-src 'self' ws: wss:; media-src 'self'; base-uri 'none'",
};

/** What browsers run of the simulator. Its scripts are TypeScript, made ready when they are first asked for. */
export class ClientFiles {
  readonly frame = frameDocument;
  readonly #scripts = new Map<string, Promise<string>>();

  script(name: ClientScript): Promise<string> {
    const known = this.#scripts.get(name);
    if (known) return known;
    const script = compile(name);
    this.#scripts.set(name, script);
    // A failure is told to whoever asked, and is not kept.
    script.catch(() => this.#scripts.delete(name));
    return script;
  }
}

export type ClientScript = 'sdk' | 'embedded' | 'iframe-api' | 'embed';

async function compile(name: string): Promise<string> {
  const file = join(folder, `${name}.ts`);
  const source = await readFile(file, 'utf8');
  // Loaded on demand: everything else of the simulator works without Vite.
  const { transformWithOxc } = await import('vite');
  const { code } = await transformWithOxc(source, file, { lang: 'ts', target: 'es2022', sourcemap: false });
  // They import nothing but types: without the mark of a module they are classic scripts, closed off by a function.
  return `(() => {\n${code.replace(/^export \{\s*\};?\s*$/m, '')}\n})();\n`;
}
