/**
 * What VS Code's extension host runs as `extensionTestsPath`: mocha, in the same process as the extension under test.
 * GAX_INSIDE_FILES names the test bundles (JSON list), GAX_INSIDE_RESULT the file for the result.
 */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { InsideResult, InsideTest } from './result';

export async function run(): Promise<void> {
  const resultFile = process.env['GAX_INSIDE_RESULT'];
  if (resultFile === undefined) throw new Error('GAX_INSIDE_RESULT names no file');
  const files = JSON.parse(process.env['GAX_INSIDE_FILES'] ?? '[]') as string[];
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, reporter: 'min' });
  for (const file of files) mocha.addFile(file);
  const tests: InsideTest[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => tests.push({ title: test.fullTitle(), state: 'passed', durationMs: test.duration ?? 0 }));
    runner.on('pending', (test) => tests.push({ title: test.fullTitle(), state: 'skipped', durationMs: 0 }));
    runner.on('fail', (test, error: Error) => tests.push({ title: test.fullTitle(), state: 'failed', durationMs: test.duration ?? 0, error: error.stack ?? String(error) }));
  });
  const result: InsideResult = { tests };
  writeFileSync(resultFile, JSON.stringify(result));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
