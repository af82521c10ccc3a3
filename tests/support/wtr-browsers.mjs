import { playwrightLauncher } from '@web/test-runner-playwright';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { findBrowsers, chromiumArgs, startWebKitDriver } from './browsers.mjs';

/** The launchers for the engines asked for, or for all that the machine has. */
export async function browsers() {
  const found = await findBrowsers();
  // Two run at a time: the slowest first, so that the quickest does not keep it waiting.
  const wanted = (process.env.ROOMTONE_BROWSERS ?? 'webkit,firefox,chromium').split(',');
  const missing = wanted.filter((name) => !found[name]);
  if (missing.length) throw new Error(`No browser for ${missing.join(', ')}: run "npm run browsers" first.`);
  const launchers = {
    chromium: () =>
      playwrightLauncher({ product: 'chromium', launchOptions: { executablePath: found.chromium, args: chromiumArgs } }),
    firefox: () =>
      // One file at a time: Firefox gives a tab in the background one frame a second.
      puppeteerLauncher({
        concurrency: 1,
        launchOptions: { browser: 'firefox', executablePath: found.firefox, headless: true },
      }),
    webkit: async () => {
      const { port, binary } = await startWebKitDriver(found.webkit);
      const launcher = webdriverLauncher({
        automationProtocol: 'webdriver',
        hostname: '127.0.0.1',
        port,
        path: '/',
        capabilities: {
          browserName: 'MiniBrowser',
          'wdio:enforceWebDriverClassic': true,
          'webkitgtk:browserOptions': { binary, args: ['--automation'] },
        },
      });
      // One file at a time: its files are frames of one window, which share a thread and take each other's focus.
      launcher.concurrency = 1;
      return launcher;
    },
  };
  return Promise.all(wanted.map((name) => launchers[name]()));
}
