import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'vite';

/** A page with nothing but the list, and `window.scene` of scene.ts. */
export async function serveList() {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: join(import.meta.dirname, 'scene.ts') } },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  const files = new Map(output.map((file) => [`/${file.fileName}`, file.code ?? file.source]));
  const entry = output.find(({ isEntry }) => isEntry).fileName;
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>List</title><body><script type="module" src="/${entry}"></script>`;
  const server = createServer(({ url }, response) => {
    const code = files.get(url);
    response.setHeader('content-type', code ? 'text/javascript' : 'text/html').end(code ?? page);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/**
 * Of a trace of Chromium's: the CPU time of each task of a page's main thread, in ms, the longest first. CPU time, so that
 * a busy machine changes little.
 */
export function tasksIn(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const main = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const isMain = ({ pid, tid }) => main.some((thread) => thread.pid === pid && thread.tid === tid);
  return traceEvents
    .filter((event) => event.name.endsWith('RunTask') && event.tdur !== undefined && isMain(event))
    .map(({ tdur }) => tdur / 1000)
    .sort((a, b) => b - a);
}

/** What a trace has to hold for that. */
export const traced = ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel', '__metadata'];
