import { runTests } from '@vscode/test-electron';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../projectRoot';
import { endService } from '../serviceProcess';
import type { InsideResult } from './result';

/**
 * Runs test bundles inside VS Code's extension host: in the desktop VS Code that VSCODE_PATH names, else in the npm-hosted one.
 * A run that leaves no result file has failed, whatever its exit code.
 */
export async function runInside(files: readonly string[]): Promise<InsideResult> {
  const folder = mkdtempSync(join(tmpdir(), 'gin-'));
  const resultFile = join(folder, 'result.json');
  const built = join(projectRoot, 'dist/test/support/inside');
  const desktop = process.env['VSCODE_PATH'];
  let failure: unknown;
  try {
    try {
      await runTests({
        vscodeExecutablePath: desktop ?? process.execPath,
        launchArgs: [
          ...(desktop === undefined ? [join(built, 'codeStandIn.entry.js')] : []),
          `--user-data-dir=${join(folder, 'user')}`,
          `--extensions-dir=${join(folder, 'extensions')}`,
        ],
        extensionDevelopmentPath: projectRoot,
        extensionTestsPath: join(built, 'mochaRun.entry.js'),
        extensionTestsEnv: {
          // The extension's service lives on a folder of this run, and with it at most.
          GAXPKG_DATA: join(folder, 'data'),
          GAXPKG_SERVICE_PARENT: String(process.pid),
          GAX_INSIDE_FILES: JSON.stringify(files),
          GAX_INSIDE_RESULT: resultFile,
        },
      });
    } catch (error) {
      failure = error;
    }
    if (!existsSync(resultFile)) throw new Error('the tests inside the extension host left no result', { cause: failure });
    return JSON.parse(readFileSync(resultFile, 'utf8')) as InsideResult;
  } finally {
    await endService(join(folder, 'data'));
    rmSync(folder, { recursive: true, force: true });
  }
}
