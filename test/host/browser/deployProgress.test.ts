import { ok } from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill, ownerPid } from '../../support/serviceProcess';
import { chooseHosts, finish, openDeployWizard, openSideBar, untilTabKept, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { addHostNow, importNow, withService } from './prepare';

describe('the progress of a deployment in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const gate = (): string => join(editor.host.folder, 'go');
  const target = (): string => join(editor.host.folder, 'opt/lca');
  const heading = 'Installing on 1 host';

  before(async function () {
    this.timeout(60_000);
    const archive = await writePausingSample(editor.host.workspace, { installPath: target(), waitFor: gate() });
    await withService(editor.host.dataFolder, async (client) => {
      await importNow(client, archive);
      await addHostNow(client, editor.sshd, 'eu-lca-01', editor.host.folder);
    });
    await openSideBar(editor.bench);
    await editor.bench.treeRow(/Local Control Agent/).waitFor();
  });

  it('follows Finish in the wizard', async () => {
    const { bench } = editor;
    const wizard = await openDeployWizard(bench, 'Local Control Agent');
    await chooseHosts(wizard, 'eu-lca-01');
    await finish(wizard);
    await wizard.getByRole('heading', { level: 2, name: heading }).waitFor();
    await wizard.locator('.lane-part.is-running', { hasText: 'Install' }).waitFor();
    await bench.screenshot('progress-1-running');
  });

  it('comes back where it was when the window is reloaded, and the deployment has gone on', async () => {
    const { bench } = editor;
    await untilTabKept(bench, 'mainThreadWebview-gaxPackages.deployWizard');
    await bench.reload();
    // A new extension host starts first.
    await bench.webview.getByRole('heading', { level: 2, name: heading }).waitFor({ timeout: 60_000 });
    await bench.webview.locator('.lane-part.is-running', { hasText: 'Install' }).waitFor();
    await bench.webview.locator('.lane-part.is-done', { hasText: 'Transfer' }).waitFor();
  });

  it('opens from the row of the deployment after its page was closed', async () => {
    const { bench } = editor;
    await bench.runCommand('View: Close All Editors');
    await openSideBar(bench);
    await bench.treeRow(/Install Local Control Agent/).click();
    await bench.webview.getByRole('heading', { level: 2, name: heading }).waitFor();
  });

  it('is interrupted by the end of the service, says so, and goes on when a person wants it', async () => {
    const { bench, host } = editor;
    const pid = ownerPid(host.dataFolder);
    ok(pid !== undefined);
    kill(pid, 'SIGKILL');
    await bench.webview.getByText('Interrupted at Install').waitFor();
    ok(!existsSync(join(target(), 'product')));
    await bench.screenshot('progress-2-interrupted');
    await bench.webview.getByRole('button', { name: 'Resume' }).click();
    await bench.webview.locator('.lane-part.is-running', { hasText: 'Install' }).waitFor();
    writeFileSync(gate(), '');
    await bench.webview.getByText('Local Control Agent 8.5.100.90 is installed on 1 host.').waitFor();
    await bench.screenshot('progress-3-complete');
    ok(existsSync(join(target(), 'product')));
  });
});
