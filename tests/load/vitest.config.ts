import { defineConfig } from 'vitest/config';

/** How long it takes until everybody sees a message, in a full room. Run alone: it measures the machine as well. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/load/**/*.test.ts'],
    environment: 'node',
    testTimeout: 15 * 60_000,
    hookTimeout: 120_000,
  },
});
