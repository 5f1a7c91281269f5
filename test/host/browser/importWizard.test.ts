import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { samples } from '../../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../../support/samplePackages/writeSample';
import { kill, ownerPid } from '../../support/serviceProcess';
import { openSideBar, press, untilKept, untilTabKept, useEditor } from './editor';
import { withService } from './prepare';

/** Long enough to close the page, open it again and reload the window while it runs. */
const longImport = 400_000_000;

describe('the import wizard in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const field = (name: string): Locator => editor.bench.webview.getByRole('combobox', { name, exact: true });
  const path = (): Locator => editor.bench.webview.getByRole('textbox', { name: 'Package archive' });
  const finish = (): Locator => editor.bench.webview.getByRole('button', { name: 'Finish' });
  const lane = (): Locator => editor.bench.webview.locator('.lane').first();
  const percent = async (): Promise<number> => Number(await lane().getByRole('progressbar').getAttribute('aria-valuenow'));
  /** Resolves when the lane's bar has come this far. */
  const reached = async (least: number): Promise<void> => {
    await lane().locator('[role=progressbar]').evaluate((bar, wanted) => new Promise<void>((resolve) => {
      const look = (): void => {
        if (Number(bar.getAttribute('aria-valuenow')) >= wanted) resolve();
      };
      new MutationObserver(look).observe(bar, { attributes: true });
      look();
    }), least);
  };

  /** A browser that is loaded anew may not have noted the newest tab; then the command brings back what was in it. */
  const backAfterReload = async (): Promise<void> => {
    if (await editor.bench.page.locator('.tab', { hasText: 'Import packages' }).count() === 0) await editor.bench.runCommand('Import Packages');
  };

  it('imports an archive click by click: method, file, what it is, tenant, group, Finish, progress', async () => {
    const { bench, host } = editor;
    const archive = await writeSample(samples.lca, host.workspace);
    await openSideBar(bench);
    await bench.runCommand('Import Packages');
    await bench.page.locator('.tab', { hasText: 'Import packages' }).waitFor();
    equal(await bench.webview.getByRole('radio', { name: 'Package archive with its templates' }).isChecked(), true);
    await bench.webview.getByRole('button', { name: 'Choose file…' }).click();
    await bench.quickInput.pick(basename(archive));
    await bench.webview.locator('.finding.box', { hasText: 'Local Control Agent' }).waitFor();
    equal(await path().inputValue(), archive);
    equal(await field('Tenant').inputValue(), 'Environment');
    await field('Group').fill('Framework');
    await bench.screenshot('import-wizard-1-method');
    await finish().click();
    await lane().getByText('Complete').waitFor();
    await bench.treeRow(/Framework/).waitFor();
    await bench.treeRow(/Local Control Agent\s*8\.5\.100\.37/).waitFor();
    await bench.screenshot('import-wizard-2-complete');
    await bench.webview.getByRole('button', { name: 'Close' }).click();
    await bench.page.locator('.tab', { hasText: 'Import packages' }).waitFor({ state: 'detached' });
  });

  it('goes on when the page is closed and the window reloaded, and comes back where it was', async () => {
    const { bench, host } = editor;
    const archive = await writeLargeSample(longImport, join(host.folder, 'media'));
    await bench.runCommand('Import Packages');
    await untilTabKept(bench, 'mainThreadWebview-gaxPackages.importWizard');
    await path().fill(archive);
    // The group of the last import is offered.
    equal(await field('Group').inputValue(), 'Framework');
    await finish().click();
    await reached(5);
    await bench.webview.getByRole('button', { name: 'Close' }).click();
    await bench.page.locator('.tab', { hasText: 'Import packages' }).waitFor({ state: 'detached' });
    await bench.runCommand('Import Packages');
    await lane().getByText('Importing').waitFor();
    await reached(50);
    await bench.screenshot('import-wizard-3-running');
    const before = await percent();
    // The service holds its breath, so that the import does not end before the window is back.
    const service = ownerPid(host.dataFolder) ?? 0;
    kill(service, 'SIGSTOP');
    try {
      await bench.reload();
    } finally {
      kill(service, 'SIGCONT');
    }
    await bench.treeRow('Sample of a Given Size').waitFor();
    await backAfterReload();
    await lane().waitFor({ timeout: 60_000 });
    ok((await percent()) >= before, 'it went on');
    await bench.screenshot('import-wizard-4-reloaded');
    match(await lane().innerText(), /Sample of a Given Size/);
    await lane().getByText('Complete').waitFor({ timeout: 60_000 });
    await bench.treeRow('Sample of a Given Size').waitFor();
    await bench.webview.getByRole('button', { name: 'Close' }).click();
  });

  it('keeps a draft through a reload, and discards it after a question', async () => {
    const { bench } = editor;
    await bench.runCommand('Import Packages');
    await path().fill('/nowhere/IP_LCA.tar.gz');
    await path().press('Tab');
    await bench.webview.locator('#path-0-error', { hasText: '/nowhere/IP_LCA.tar.gz cannot be read: it does not exist.' }).waitFor();
    await untilKept(bench, 'the draft', '/nowhere/IP_LCA.tar.gz');
    await bench.reload();
    await bench.treeRow('Sample of a Given Size').waitFor();
    await backAfterReload();
    await bench.webview.getByText(/Draft of/).waitFor({ timeout: 60_000 });
    equal(await path().inputValue(), '/nowhere/IP_LCA.tar.gz');
    await bench.screenshot('import-wizard-5-draft');
    await bench.webview.getByRole('button', { name: 'Cancel' }).click();
    await press(bench, 'Discard the input of this wizard?', 'Discard');
    await bench.page.locator('.tab', { hasText: 'Import packages' }).waitFor({ state: 'detached' });
  });

  it('shows a failed import in red with its step and the reason; nothing of it is kept', async () => {
    const { bench, host } = editor;
    const archive = await writeSample(samples.mediaControl, join(host.folder, 'media'));
    await bench.runCommand('Import Packages');
    await path().fill(archive);
    await path().press('Tab');
    await bench.webview.locator('.finding.box', { hasText: 'Media Control Platform' }).waitFor();
    // Somebody writes to the file between the look at it and the import.
    writeFileSync(archive, 'no archive any more');
    await finish().click();
    await lane().getByText('Failed: Check entries').waitFor();
    equal(await lane().locator('.bar-failed').count(), 1);
    const reason = (await lane().getByRole('alert').innerText()).replaceAll(/\s+/g, ' ');
    match(reason, /Step 2 of 6, Check entries: IP_vpMediaControl.* is neither a zip nor a tar\.gz archive\..*Nothing of this package was kept\. archive\/not-an-archive/);
    await bench.treeRow(/IP_vpMediaControl.*Failed: Check entries/).waitFor();
    await bench.screenshot('import-wizard-6-failed');
    await writeSample(samples.mediaControl, join(host.folder, 'media'));
    await lane().getByRole('button', { name: 'Try again' }).click();
    await lane().getByText('Complete').waitFor();
    await withService(host.dataFolder, async (client) => {
      deepEqual((await client.request('packages/list', {})).map((item) => item.group), ['Framework', 'Framework', 'Framework']);
      deepEqual(await client.request('imports/list', {}), []);
    });
    deepEqual(bench.foreignRequests, []);
  });
});
