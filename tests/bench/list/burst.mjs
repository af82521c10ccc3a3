// 1,000 messages within one second, in a room of 10,000: how long the longest task of the page's main thread is, in CPU
// time, so that a busy machine changes nothing. Exits with 1 where one takes as long as three frames.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumArgs, findBrowsers } from '../../support/browsers.mjs';

const longest = 50;
const result = await build({
  configFile: false,
  logLevel: 'error',
  build: {
    write: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: { input: join(import.meta.dirname, 'adapter.ts'), preserveEntrySignatures: 'strict' },
  },
});
const { output } = Array.isArray(result) ? result[0] : result;
const files = new Map(output.map((file) => [`/${file.fileName}`, file.code ?? file.source]));
const page = '<!doctype html><meta charset="utf-8"><title>Burst</title><body>';
const server = createServer(({ url }, response) => {
  const code = files.get(url);
  response.setHeader('content-type', code ? 'text/javascript' : 'text/html').end(code ?? page);
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));

const browser = await chromium.launch({ executablePath: (await findBrowsers()).chromium, args: chromiumArgs });
const tab = await browser.newPage({ viewport: { width: 480, height: 720 } });
await tab.goto(`http://127.0.0.1:${server.address().port}/`);
const entry = output.find(({ isEntry }) => isEntry).fileName;
await tab.evaluate(async (address) => {
  const list = await import(address);
  const message = (i) => ({
    i,
    id: `m${i}`,
    userId: `u${i % 50}`,
    userName: `User ${i % 50}`,
    text: `${'la '.repeat(1 + (i % 40))}[#${i}]`,
    ts: 1.8e12 + i * 1000,
    me: false,
  });
  await list.mount(document.body);
  list.setMessages(Array.from({ length: 10_000 }, (_, i) => message(i)));
  // Until the rows in reserve are made too: a few a frame.
  for (let frame = 0; frame < 60; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  window.pour = async () => {
    const began = performance.now();
    for (let sent = 0; sent < 1000; ) {
      await new Promise((resolve) => setTimeout(resolve));
      for (const due = Math.min(1000, performance.now() - began); sent < due; sent++) list.append(message(10_000 + sent));
    }
    for (let frame = 0; frame < 10; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
}, `/${entry}`);
await browser.startTracing(tab, { categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel', '__metadata'] });
await tab.evaluate(() => window.pour());
const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
await browser.close();
server.close();

const main = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
const isMain = ({ pid, tid }) => main.some((thread) => thread.pid === pid && thread.tid === tid);
const tasks = traceEvents
  .filter((event) => event.name.endsWith('RunTask') && event.tdur !== undefined && isMain(event))
  .map(({ tdur }) => tdur / 1000)
  .sort((a, b) => b - a);
if (!tasks.length) throw new Error('The trace has no tasks.');
const all = tasks.reduce((sum, task) => sum + task, 0);
console.log(`burst of 1,000 in a second: longest task ${tasks[0].toFixed(1)} ms, ${all.toFixed(0)} ms in all, ${tasks.length} tasks`);
process.exit(tasks[0] < longest ? 0 : 1);
