import { defaultReporter } from '@web/test-runner';
import { bundledTests } from './tests/support/wtr-bundle.mjs';
import { browsers } from './tests/support/wtr-browsers.mjs';
import { summaryReporter } from './tests/support/wtr-summary.mjs';

/** Component tests: each file of tests/elements in every engine that ROOMTONE_BROWSERS names (all three by default). */
export default {
  rootDir: '.',
  files: 'tests/elements/**/*.test.ts',
  browsers: await browsers(),
  concurrency: 2,
  concurrentBrowsers: 2,
  // A busy machine takes its time to open a browser.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { ui: 'bdd', timeout: '60000' } },
  reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY === true }), summaryReporter()],
  plugins: [bundledTests()],
};
