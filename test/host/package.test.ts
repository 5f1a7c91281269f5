import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openWorkbench } from '../support/browser';
import { projectRoot } from '../support/projectRoot';
import { useTemporaryFolder } from '../support/temporaryFolder';
import { startVscodeHost } from '../support/vscodeHost';

describe('the packaged extension', function () {
  this.timeout(180_000);
  const folder = useTemporaryFolder();

  it('holds nothing but what it needs, installs, and starts its service', async () => {
    const vsix = join(folder(), 'extension.vsix');
    // The script itself refuses a package with other files in it, or too large a one.
    const { stdout } = await promisify(execFile)(process.execPath, [join(projectRoot, 'scripts/package.mjs'), '--out', vsix]);
    assert.match(stdout, /extension\.vsix: \d+ files, \d+ KB/);
    const host = await startVscodeHost({ allExtensions: true, vsix: [vsix], environment: { GAXPKG_SERVICE_PARENT: String(process.pid) } });
    try {
      const bench = await openWorkbench(host);
      try {
        await bench.page.locator('.activitybar [aria-label^="Genesys"]').first().click();
        // Said by the view only once the service has answered.
        await bench.page.getByText('There are no packages yet.').waitFor();
      } finally {
        await bench.close();
      }
    } finally {
      await host.stop();
    }
  });
});
