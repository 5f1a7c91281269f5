// Mocha's spec reporter, and the numbers in the file that GAX_TEST_RESULT names, in all and for each test file, with what
// each failure says: without that file a suite has failed.
const fs = require('node:fs');
const Spec = require('mocha/lib/reporters/spec');

/** A test process that still has something open this long after its last test never ends by itself. */
const openLimitMs = 15_000;

module.exports = class TestReporter extends Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = {};
    const count = (what) => (test) => {
      // A hook stands in a file as well; one for all files (a root hook) stands in none.
      const numbers = (files[test.file ?? test.parent?.file ?? ''] ??= { passed: 0, failed: 0, skipped: 0 });
      numbers[what] += 1;
    };
    for (const [event, what] of [['pass', 'passed'], ['fail', 'failed'], ['pending', 'skipped']]) runner.on(event, count(what));
    const failures = [];
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}: ${String(error?.message ?? error)}`));
    const write = (result) => fs.writeFileSync(process.env.GAX_TEST_RESULT, JSON.stringify({ ...result, files, failures }));
    runner.once('end', () => {
      const { passes, failures: failed, pending } = runner.stats;
      write({ passed: passes, failed, skipped: pending });
      setTimeout(() => {
        failures.push(`the tests are over, but something is still open: ${process.getActiveResourcesInfo().join(', ')}`);
        console.error(failures.at(-1));
        write({ passed: passes, failed: failed + 1, skipped: pending });
        process.exit(1);
      }, openLimitMs).unref();
    });
  }
};
