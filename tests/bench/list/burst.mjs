// 1,000 messages within one second, in a room of 10,000: how long the longest task of the page's main thread is. Exits
// with 1 where one takes as long as three frames.
import { chromium } from 'playwright';
import { chromiumArgs, findBrowsers } from '../../support/browsers.mjs';
import { serveList, tasksIn, traced } from './serve.mjs';

const longest = 50;
const list = await serveList();
const browser = await chromium.launch({ executablePath: (await findBrowsers()).chromium, args: chromiumArgs });
const tab = await browser.newPage({ viewport: { width: 480, height: 720 } });
await tab.goto(list.url);
await tab.evaluate(() => window.scene.prepare(10_000));
await tab.evaluate(() => window.scene.open());
await browser.startTracing(tab, { categories: traced });
await tab.evaluate(() => window.scene.pour());
const tasks = tasksIn(await browser.stopTracing());
await browser.close();
list.close();

if (!tasks.length) throw new Error('The trace has no tasks.');
const all = tasks.reduce((sum, task) => sum + task, 0);
console.log(`burst of 1,000 in a second: longest task ${tasks[0].toFixed(1)} ms, ${all.toFixed(0)} ms in all, ${tasks.length} tasks`);
process.exit(tasks[0] < longest ? 0 : 1);
