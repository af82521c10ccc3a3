import { defineConfig } from 'vitest/config';

/** Everything that needs no browser: pure cores, sessions on fakes, the services, SQL. Elements are tested in real ones. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['tests/src/**/*.test.ts', 'tests/demo/**/*.test.ts', 'tests/sql/**/*.test.ts', 'tests/support/**/*.test.ts'],
    environment: 'node',
    // Two cores; PGlite alone takes one while it starts.
    maxWorkers: 2,
    testTimeout: 10_000,
    hookTimeout: 60_000,
  },
});
