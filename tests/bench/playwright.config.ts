import { defineConfig } from 'playwright/test';
import e2e from '../../playwright.config.ts';

/** The figures, measured against the same demo as the end-to-end tests. */
export default defineConfig(e2e, { testDir: '.', globalSetup: '../e2e/support/build.ts', testMatch: '*.bench.ts', workers: 1, timeout: 20 * 60_000, reporter: 'list' });
