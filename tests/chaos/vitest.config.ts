import { defineConfig } from 'vitest/config';

/** Storms at full size: bounded, and the same faults again for the same ROOMTONE_SEED. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/chaos/**/*.test.ts'],
    environment: 'node',
    testTimeout: 45 * 60_000,
    hookTimeout: 60_000,
  },
});
