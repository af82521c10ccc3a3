import { defineConfig } from 'vitest/config';

/** The package as it is published: built, packed, and installed into an empty project. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/package/**/*.test.ts'],
    environment: 'node',
    globalSetup: 'tests/package/support/install.ts',
    // Each compiler reads a framework's declarations, beside tests in browsers.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
