/** Runs the named test bundles inside VS Code's extension host and says how they went. */
import { writeFileSync } from 'node:fs';
import type { InsideTest } from './result';
import { runInside } from './runInside';

const marks = { passed: '✔', failed: '✗', skipped: '-' } as const;

runInside(process.argv.slice(2)).then(
  ({ tests }) => {
    console.log('\n  inside VS Code');
    for (const test of tests) {
      console.log(`    ${marks[test.state]} ${test.title} (${test.durationMs} ms)`);
      if (test.error !== undefined) console.log(test.error.replaceAll(/^/gm, '      '));
    }
    const count = (state: InsideTest['state']): number => tests.filter((test) => test.state === state).length;
    const resultFile = process.env['GAX_TEST_RESULT'];
    const failures = tests.filter((test) => test.state === 'failed').map(({ title, error }) => `${title}: ${error ?? ''}`);
    if (resultFile !== undefined) writeFileSync(resultFile, JSON.stringify({ passed: count('passed'), failed: count('failed'), skipped: count('skipped'), failures }));
    process.exitCode = count('failed') > 0 || tests.length === 0 ? 1 : 0;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
