import { writeFileSync } from 'node:fs';

/** A reporter that leaves `{passed, failed, skipped}` over all engines where ROOMTONE_SUMMARY says. */
export function summaryReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      const count = (suite) => {
        for (const test of suite?.tests ?? []) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
        for (const inner of suite?.suites ?? []) count(inner);
      };
      for (const session of sessions) {
        count(session.testResults);
        // A file that could not be loaded or ended early has no tests to count, and has not passed.
        if (!session.passed && !session.testResults) counts.failed++;
      }
      if (process.env.ROOMTONE_SUMMARY) writeFileSync(process.env.ROOMTONE_SUMMARY, JSON.stringify(counts));
    },
  };
}
