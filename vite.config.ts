import { createReadStream, existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { defineConfig, type Plugin, type Rolldown, type UserConfig } from 'vite';
import { builtPage, frameworkModules, frameworks } from './demo/hosts/frameworks.ts';
import { strictPage } from './demo/hosts/policy.ts';
import { noGlobals } from './tests/package/build/no-globals.mjs';
import { shorterTemplates } from './tests/package/build/templates.mjs';
import { withoutUnused } from './tests/package/build/unused.mjs';

const root = import.meta.dirname;
/** Where a build lies that the demo is to serve in place of the source. */
const built = process.env.ROOMTONE_BUILT;

/** The demo's pages write `<script type="module" src="/roomtone.js">`, the line of the README; here it is the source. */
function embedScript(): Plugin {
  return {
    name: 'roomtone:embed-script',
    apply: 'serve',
    enforce: 'pre',
    resolveId(id) {
      // What a page in a framework imports.
      if (id === 'roomtone/define') return resolve(root, 'elements/roomtone.ts');
      // With a query: the same file once more, as pages load it that have it twice.
      const [, name, query = ''] = /^\/(roomtone|roomtone-lazy)\.js(\?.*)?$/.exec(id) ?? [];
      return name && resolve(root, `elements/${name}.ts`) + query;
    },
  };
}

/** What `npm run build` made, for tests of what is shipped: one request a page where the source takes two hundred. */
function builtScript(folder: string): Plugin {
  return {
    name: 'roomtone:built-script',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { url = '' } = request;
        // Relative to a page's own script, as its bundler has them, or to the demo.
        const name = /^\/(?:hosts\/\w+\/)?([\w.-]+\.js)(\?|$)/.exec(url)?.[1] ?? builtPage(url);
        if (!name || !existsSync(join(folder, name))) return next();
        response.setHeader('content-type', 'text/javascript');
        createReadStream(join(folder, name)).pipe(response);
      });
    },
  };
}

/** The stand-ins for Supabase and Spotify, in this process and on this port. */
function services(): Plugin {
  return {
    name: 'roomtone:services',
    apply: 'serve',
    async configureServer(server) {
      if (!server.httpServer) return;
      // Imported here, so that a build does not start a database.
      const { mountServices } = await import('./demo/services/mount.ts');
      await mountServices(server, process.env.ROOMTONE_DATA ?? resolve(root, '.roomtone'));
    },
  };
}

/** Vite's helper around import() can add links to the page's head; nothing of Roomtone does (I7). */
function plainImports(): Plugin {
  const helper = '\0vite/preload-helper.js';
  return {
    name: 'roomtone:plain-imports',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (id === helper ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}

/** Of all the modules that are called `define` or `parts`, whose. */
function pieceName(module: string | null | undefined): string | undefined {
  const kind = /\/(define|parts)\.ts$/.exec(module ?? '')?.[1];
  return module && kind ? basename(dirname(module)) + (kind === 'parts' ? '-parts' : '') : undefined;
}

/** What is needed before anything runs, in one file beside the entry's own. */
function firstPiece(entry: string): (module: string, context: Rolldown.ChunkingContext) => string | null {
  let first: Set<string> | undefined;
  return (module, context) => {
    if (!first) {
      first = new Set([entry]);
      for (const id of first) for (const next of context.getModuleInfo(id)?.importedIds ?? []) first.add(next);
    }
    return first.has(module) && module !== entry ? 'first' : null;
  };
}

/** By `--mode`. */
const entryNames: Partial<Record<string, string>> = { lazy: 'roomtone-lazy.js', bundle: 'roomtone.bundle.js' };

export default defineConfig(async ({ command, mode }): Promise<UserConfig> => ({
  root: resolve(root, 'demo'),
  appType: 'mpa',
  ...(process.env.ROOMTONE_CACHE ? { cacheDir: process.env.ROOMTONE_CACHE } : {}),
  plugins: [built ? builtScript(built) : embedScript(), plainImports(), noGlobals(), shorterTemplates(), withoutUnused(), strictPage(), services(), ...(command === 'serve' && !built ? await frameworks() : [])],
  server: {
    host: '127.0.0.1',
    strictPort: true,
    fs: { allow: [root] },
    // What was built is no module of this server, and nothing to be prepared.
    ...(built ? { preTransformRequests: false } : {}),
    // End-to-end runs must not reload a page because somebody saves a file meanwhile.
    ...(process.env.ROOMTONE_WATCH === 'off' ? { hmr: false, watch: null } : {}),
  },
  // What a script tag loads, with everything but Spotify's own SDK: the frames of both elements at once, what they hold right
  // after, languages and rare panels on demand; with `--mode lazy` a loader that takes the player and the chat apart as well;
  // with `--mode bundle` everything in one file, which a page may have from any address: unpkg and jsDelivr answer the bare
  // name of a package with one file, and jsDelivr without a redirect, so that nothing beside it is found.
  // `npm run build` makes the three and the rest of the package (tests/package/build).
  build: {
    outDir: resolve(root, 'dist/cdn'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    modulePreload: false,
    copyPublicDir: false,
    // `npm run size` watches what a page downloads.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // What the pieces share stands in a file of its own: a page may ask for roomtone.js?ver=1, and a piece that imported
      // roomtone.js would get a second one.
      preserveEntrySignatures: 'strict',
      input: resolve(root, mode === 'lazy' ? 'elements/roomtone-lazy.ts' : 'elements/roomtone.ts'),
      output: {
        ...(mode === 'bundle' && { codeSplitting: false }),
        ...(!entryNames[mode] && {
          codeSplitting: {
            groups: [
              { name: firstPiece(resolve(root, 'elements/roomtone.ts')), debugName: 'first', priority: 1 },
              // What both elements need next: one more request, not one for every module that they share.
              { name: 'shared', minShareCount: 2 },
            ],
          },
        }),
        entryFileNames: entryNames[mode] ?? 'roomtone.js',
        chunkFileNames: ({ facadeModuleId, name }) => `roomtone-${pieceName(facadeModuleId) ?? name}-[hash].js`,
      },
    },
  },
  // Found at the start: a dependency that is found later reloads the page under the visitor.
  optimizeDeps: {
    entries: ['../elements/roomtone.ts'],
    // How long a busy machine took is no news to who starts the demo.
    rolldownOptions: { checks: { bundlerTimings: false } },
    include: [
      '@lit/context',
      '@supabase/auth-js',
      '@supabase/postgrest-js',
      '@supabase/realtime-js',
      // A host page of the demo has a client of its own.
      '@supabase/supabase-js',
      'lit',
      'lit/decorators.js',
      'lit/directives/class-map.js',
      'lit/directives/if-defined.js',
      'lit/directives/live.js',
      'lit/directives/ref.js',
      'lit/directives/repeat.js',
      'oauth4webapi',
      ...(built ? [] : frameworkModules),
    ],
  },
}));
