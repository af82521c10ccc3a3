import { createReadStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
/** Where a build lies that the demo is to serve in place of the source. */
const built = process.env.ROOMTONE_BUILT;

/** The demo's pages write `<script type="module" src="/roomtone.js">`, the line of the README; here it is the source. */
function embedScript(): Plugin {
  return {
    name: 'roomtone:embed-script',
    apply: 'serve',
    resolveId: (id) => (id === '/roomtone.js' ? resolve(root, 'elements/roomtone.ts') : undefined),
  };
}

/** What `npm run build` made, for tests of what is shipped: one request a page where the source takes two hundred. */
function builtScript(folder: string): Plugin {
  return {
    name: 'roomtone:built-script',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = /^\/([\w-]+\.js)$/.exec(request.url ?? '')?.[1];
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

export default defineConfig({
  root: resolve(root, 'demo'),
  appType: 'mpa',
  ...(process.env.ROOMTONE_CACHE ? { cacheDir: process.env.ROOMTONE_CACHE } : {}),
  plugins: [built ? builtScript(built) : embedScript(), services()],
  server: {
    host: '127.0.0.1',
    strictPort: true,
    fs: { allow: [root] },
    // End-to-end runs must not reload a page because somebody saves a file meanwhile.
    ...(process.env.ROOMTONE_WATCH === 'off' ? { hmr: false, watch: null } : {}),
  },
  // `npm run build`: the one file that a script tag loads. Everything but Spotify's own SDK is in it.
  build: {
    outDir: resolve(root, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    modulePreload: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: resolve(root, 'elements/roomtone.ts'),
      output: { entryFileNames: 'roomtone.js', chunkFileNames: 'roomtone-[name]-[hash].js' },
    },
  },
  // Found at the start: a dependency that is found later reloads the page under the visitor.
  optimizeDeps: {
    entries: ['../elements/roomtone.ts'],
    include: [
      '@lit/context',
      '@supabase/supabase-js',
      'lit',
      'lit/decorators.js',
      'lit/directives/class-map.js',
      'lit/directives/if-defined.js',
      'lit/directives/live.js',
      'lit/directives/ref.js',
      'lit/directives/repeat.js',
      'oauth4webapi',
    ],
  },
});
