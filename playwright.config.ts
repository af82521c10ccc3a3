import { defineConfig } from 'playwright/test';
import { chromiumArgs, findBrowsers } from './tests/support/browsers.mjs';

const { chromium } = await findBrowsers();

/** Several visitors against the whole demo: each worker starts one of its own (tests/e2e/support/demo.ts). */
export default defineConfig({
  testDir: 'tests/e2e',
  // What starts demos of its own takes the longest: first, so that nothing waits for it at the end.
  projects: [
    { name: 'start', testMatch: 'start.spec.ts' },
    { name: 'rooms', testIgnore: 'start.spec.ts' },
  ],
  globalSetup: './tests/e2e/support/build.ts',
  // Two runs beside each other empty each other's folders otherwise.
  outputDir: `test-results/e2e-${process.env.ROOMTONE_E2E_PORT ?? 5199}`,
  // Two cores.
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: {
    // Autoplay stays at the browser's default, so that the gesture path is what is tested.
    launchOptions: { executablePath: chromium ?? undefined, args: chromiumArgs },
    // A trace is kept where one asks for it: it doubles the time of every test.
    trace: process.env.ROOMTONE_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    viewport: { width: 1180, height: 900 },
    // Painted by the processor, what moves without end takes a tenth of all the time.
    contextOptions: { reducedMotion: 'reduce' },
  },
});
