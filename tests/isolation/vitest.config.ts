import { defineConfig } from 'vitest/config';

/** The isolation property at full size: bounded, and the same again for the same ROOMTONE_SEED and ROOMTONE_RUNS. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/isolation/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30 * 60_000,
  },
});
