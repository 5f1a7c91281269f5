/** Runs the named test bundles inside VS Code's extension host and says how they went; those below a folder `fr/` in French. */
import { writeFileSync } from 'node:fs';
import { sep } from 'node:path';
import type { InsideTest } from './result';
import { runInside } from './runInside';

const marks = { passed: '✔', failed: '✗', skipped: '-' } as const;

async function runAll(files: readonly string[]): Promise<readonly InsideTest[]> {
  const isFrench = (file: string): boolean => file.includes(`${sep}inside${sep}fr${sep}`);
  const tests: InsideTest[] = [];
  for (const { locale, chosen } of [
    { locale: 'en', chosen: files.filter((file) => !isFrench(file)) },
    { locale: 'fr', chosen: files.filter(isFrench) },
  ]) {
    if (chosen.length === 0) continue;
    const result = await runInside(chosen, locale === 'en' ? {} : { locale });
    console.log(`\n  inside VS Code (${locale})`);
    for (const test of result.tests) {
      console.log(`    ${marks[test.state]} ${test.title} (${test.durationMs} ms)`);
      if (test.error !== undefined) console.log(test.error.replaceAll(/^/gm, '      '));
    }
    tests.push(...result.tests);
  }
  return tests;
}

runAll(process.argv.slice(2)).then(
  (tests) => {
    const count = (state: InsideTest['state']): number => tests.filter((test) => test.state === state).length;
    const resultFile = process.env['GAX_TEST_RESULT'];
    if (resultFile !== undefined) writeFileSync(resultFile, JSON.stringify({ passed: count('passed'), failed: count('failed'), skipped: count('skipped') }));
    process.exitCode = count('failed') > 0 || tests.length === 0 ? 1 : 0;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
