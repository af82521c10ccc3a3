import { join } from 'node:path';
import { build, type PluginOption } from 'vite';

/** What the pages in React, Vue and Svelte need of Vite. React's JSX is Vite's own affair. Found at a server's start only. */
export async function frameworks(): Promise<PluginOption[]> {
  const [{ default: vue }, { svelte }] = await Promise.all([import('@vitejs/plugin-vue'), import('@sveltejs/vite-plugin-svelte')]);
  return [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } }),
    svelte({ configFile: false }),
  ];
}

/** Prepared with the rest: a dependency that is found later reloads the page under its visitor. */
export const frameworkModules = ['react', 'react/jsx-dev-runtime', 'react-dom/client', 'vue', 'svelte'];

const pages = { react: 'main.tsx', vue: 'main.ts', svelte: 'main.ts' };

/** Builds the three pages as their sites would, with Roomtone beside them, into `folder`. */
export async function buildPages(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    plugins: await frameworks(),
    build: {
      outDir: folder,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(pages).map(([name, main]) => [name, join(import.meta.dirname, name, main)])),
        external: 'roomtone/define',
        output: { entryFileNames: 'page-[name].js', chunkFileNames: 'page-[name]-[hash].js', paths: { 'roomtone/define': '/roomtone.js' } },
      },
    },
  });
}

/** The file that `buildPages` made of the script at `url`. */
export function builtPage(url: string): string | undefined {
  const [, name] = /^\/hosts\/(\w+)\/main\.tsx?$/.exec(url) ?? [];
  return name && `page-${name}.js`;
}
