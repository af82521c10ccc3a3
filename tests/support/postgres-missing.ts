import { beforeEach, inject } from 'vitest';

// What cannot run is skipped, test by test, and never passes.
if (inject('postgresUrl') === null) beforeEach(({ skip }) => skip('PostgreSQL 15 is not installed'));
