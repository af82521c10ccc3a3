import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'playwright/test';
import { chromiumArgs, findBrowsers } from './tests/support/browsers.mjs';

const port = Number(process.env.ROOMTONE_E2E_PORT ?? 5199);
const { chromium } = await findBrowsers();

/** Several visitors against the whole demo, started as a newcomer starts it but on a port and data of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // One backend for all, and two cores.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    // Autoplay stays at the browser's default, so that the gesture path is what is tested.
    launchOptions: { executablePath: chromium ?? undefined, args: chromiumArgs },
    trace: 'retain-on-failure',
    viewport: { width: 1180, height: 900 },
  },
  webServer: {
    command: 'node demo/start.mjs',
    url: `http://127.0.0.1:${port}/spotify/log`,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    env: {
      PORT: String(port),
      ROOMTONE_DATA: process.env.ROOMTONE_DATA ?? mkdtempSync(join(tmpdir(), 'roomtone-e2e-')),
      ROOMTONE_WATCH: 'off',
    },
  },
});
