import { defineConfig } from 'vitest/config';

/** Everything that needs no browser: pure cores, sessions on fakes, the services, SQL. Elements are tested in real ones. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    environment: 'node',
    // Two cores; PGlite alone takes one while it starts.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The default of a second is less than a busy machine may take for a browser's answer.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          globalSetup: 'tests/support/cluster-setup.ts',
          setupFiles: 'tests/support/fixed-seed.ts',
          include: ['tests/src/**/*.test.ts', 'tests/demo/**/*.test.ts', 'tests/support/**/*.test.ts'],
        },
      },
      // The same SQL tests on both engines, but for what only a server has: several connections, and its plans in detail.
      {
        extends: true,
        test: {
          name: 'PGlite',
          globalSetup: 'tests/support/cluster-setup.ts',
          // The files of a worker share a database: see tests/sql/engine.ts.
          isolate: false,
          include: ['tests/sql/**/*.test.ts'],
          exclude: ['races', 'plans', 'start'].map((name) => `tests/sql/${name}.test.ts`),
        },
      },
      {
        extends: true,
        test: {
          name: 'PostgreSQL',
          isolate: false,
          include: ['tests/sql/**/*.test.ts'],
          globalSetup: 'tests/support/postgres-setup.ts',
          setupFiles: 'tests/support/postgres-missing.ts',
        },
      },
    ],
  },
});
