import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../support/until';
import { addHost, chooseHosts, deployedRow, finish, goOn, importArchive, modal, openDeployWizard, openSideBar, press, showTaskTerminal, tick, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { withService } from './prepare';

describe('the main job in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const gate = (): string => join(editor.host.folder, 'go');
  const packagePath = (): string => join(editor.host.folder, 'opt/lca');
  const chosenPath = (): string => join(editor.host.folder, 'opt/lca-chosen');
  const staging = (): string => join(editor.host.folder, 'staging');
  const lock = (): string => join(editor.host.folder, 'lock');
  const isEmpty = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;

  it('shows what can be done first while nothing is there', async () => {
    const { bench } = editor;
    await openSideBar(bench);
    await bench.page.getByText('There are no packages yet.').waitFor();
    await bench.page.getByText('Nothing has been deployed yet.').waitFor();
    await bench.page.getByText('There are no hosts yet.').waitFor();
    await bench.screenshot('main-1-empty');
  });

  it('imports an archive chosen in the dialog', async () => {
    const { bench } = editor;
    const archive = await writePausingSample(editor.host.workspace, { installPath: packagePath(), waitFor: gate() });
    await importArchive(bench, archive);
    await bench.treeRow(/Local Control Agent\s*8\.5\.100\.90$/).waitFor();
    await bench.screenshot('main-2-imported');
  });

  it('adds a host, asks whether to trust its key, and tells what it is', async () => {
    const { bench } = editor;
    await addHost(bench, editor.sshd, 'eu-lca-01');
    await modal(bench, 'Trust the host key of eu-lca-01');
    await bench.treeRow(/eu-lca-01.*testing connection/).waitFor();
    await bench.screenshot('main-3-host-key');
    await press(bench, 'Trust the host key of eu-lca-01', 'Trust');
    await bench.treeRow(/eu-lca-01.*Linux 64-bit/).waitFor();
  });

  it('changes settings of a host on its page and saves them together', async () => {
    const { bench } = editor;
    await bench.runCommand('Edit Host');
    await bench.quickInput.pick('eu-lca-01');
    await bench.webview.getByRole('textbox', { name: 'Staging folder' }).fill(staging());
    await bench.webview.getByRole('textbox', { name: 'Lock folder' }).fill(lock());
    await bench.screenshot('main-3-edit-host');
    await bench.webview.getByRole('button', { name: 'Save', exact: true }).click();
    await bench.webview.getByText('Saved', { exact: true }).waitFor();
    await withService(editor.host.dataFolder, (client) =>
      until(async () => (await client.request('hosts/list', {})).some((host) => host.stagingFolder === staging() && host.lockFolder === lock()), 'the folders to be saved'));
  });

  it('deploys by the wizard: hosts, values, a plan from the host itself, and a task whose terminal and tree follow', async () => {
    const { bench } = editor;
    const wizard = await openDeployWizard(bench, 'Local Control Agent');
    await chooseHosts(wizard, 'eu-lca-01');
    await wizard.getByLabel('Installation path', { exact: true }).fill(chosenPath());
    await wizard.locator('.preview-line', { hasText: `InstallPath=${chosenPath()}` }).waitFor();
    await bench.screenshot('main-4-values');
    await goOn(wizard, 'Deployment summary');
    await wizard.getByText('Finish installs on 1 host.').waitFor();
    const plan = (await wizard.locator('main').textContent()) ?? '';
    ok(plan.includes('The host was reached and checked') && plan.includes('LCA_eu-lca-01') && plan.includes(chosenPath()), plan);
    await bench.screenshot('main-5-plan');
    equal(existsSync(staging()), false, 'a plan changes nothing on the host');
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await bench.treeRow(/eu-lca-01\s*Install/).waitFor();
    await showTaskTerminal(bench);
    await bench.terminal.getByText('Waiting for').waitFor();
    await bench.screenshot('main-7-running');
    equal(existsSync(join(chosenPath(), 'ip_description.xml')), false);
  });

  it('shows in every window, and goes on when the window that started it is closed', async () => {
    const { bench } = editor;
    const other = await editor.openWindow();
    await openSideBar(other);
    await other.treeRow(/eu-lca-01\s*Install/).waitFor();
    await bench.close();
    await other.screenshot('main-8-other-window');
    writeFileSync(gate(), '');
    await other.treeRow('LCA_eu-lca-01').waitFor();
  });

  it('shows the deployed package when the installer is done, and its log from the tree', async () => {
    const { bench } = editor;
    await bench.treeRow('In progress').waitFor({ state: 'detached' });
    ok(existsSync(join(chosenPath(), 'ip_description.xml')));
    ok(existsSync(join(chosenPath(), 'product')));
    await deployedRow(bench, '8.5.100.90').hover();
    await deployedRow(bench, '8.5.100.90').getByRole('button', { name: 'Show Deployment Action Log' }).click();
    const log = bench.page.locator('.editor-instance .view-lines');
    await log.getByText('Complete').first().waitFor();
    await bench.page.locator('.statusbar', { hasText: 'Deployment Action Log' }).waitFor();
    await bench.screenshot('main-9-log');
  });

  it('leaves nothing of the deployment on the host but the product', () => {
    ok(isEmpty(staging()));
    equal(existsSync(lock()), false);
  });

  it('stops a run from its terminal, and says so in the tree', async () => {
    const { bench } = editor;
    const archive = await writePausingSample(editor.host.workspace, { version: '8.5.100.91', installPath: packagePath(), waitFor: join(editor.host.folder, 'never') });
    await importArchive(bench, archive);
    await bench.treeRow(/Local Control Agent\s*8\.5\.100\.91$/).waitFor();
    const wizard = await openDeployWizard(bench, '8.5.100.91');
    await chooseHosts(wizard, 'eu-lca-01');
    // The last deployment of this package chose another folder: its values are filled in, and taken back.
    await wizard.getByRole('button', { name: 'Clear', exact: true }).click();
    await finish(wizard);
    await bench.treeRow(/eu-lca-01\s*Install/).waitFor();
    await showTaskTerminal(bench);
    await bench.terminal.getByText('Waiting for').waitFor();
    await bench.page.keyboard.press('Control+C');
    await bench.terminal.getByText('Stop the deployment? [y/N]').waitFor();
    await bench.page.keyboard.press('n');
    await bench.terminal.getByText('The deployment goes on.').waitFor();
    await bench.page.keyboard.press('Control+C');
    await bench.terminal.getByText('Stop the deployment? [y/N]').last().waitFor();
    await bench.page.keyboard.press('y');
    await bench.terminal.getByText('0 of 1 hosts complete.').waitFor();
    await bench.screenshot('main-10-stopped');
    await bench.treeRow('In progress').waitFor({ state: 'detached' });
    equal(existsSync(join(packagePath(), 'ip_description.xml')), false);
    await until(() => isEmpty(staging()), 'the staging folder to be empty');
  });

  it('refuses an archive that is no package, names the step, and takes it from the list on request', async () => {
    const { bench } = editor;
    const broken = join(editor.host.workspace, 'IP_Broken_linux.tar.gz');
    writeFileSync(broken, readFileSync(join(editor.host.workspace, readdirSync(editor.host.workspace).find((name) => name.includes('8510090')) ?? '')).subarray(0, 2000));
    await importArchive(bench, broken);
    const row = bench.treeRow('IP_Broken_linux.tar.gz');
    await bench.treeRow(/IP_Broken.*Failed:/).waitFor();
    await bench.notification('IP_Broken_linux.tar.gz').waitFor();
    await bench.screenshot('main-11-failed-import');
    await row.hover();
    await row.getByRole('button', { name: 'Delete Failed Import' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('deletes a package after a question that names it and where it is deployed', async () => {
    const { bench } = editor;
    await bench.runCommand('Delete Package');
    await tick(bench, '8.5.100.90');
    const question = await modal(bench, 'Delete Local Control Agent 8.5.100.90 (ENU, Linux 64-bit)?');
    match((await question.textContent()) ?? '', /It is deployed on 1 host: eu-lca-01\./);
    await bench.screenshot('main-12-delete');
    await press(bench, 'Delete Local Control Agent', 'Cancel');
    await bench.treeRow(/Local Control Agent\s*8\.5\.100\.90$/).waitFor();
    await bench.runCommand('Delete Package');
    await tick(bench, '8.5.100.91');
    await press(bench, 'Delete Local Control Agent 8.5.100.91', 'Delete');
    await bench.treeRow(/Local Control Agent\s*8\.5\.100\.91$/).waitFor({ state: 'detached' });
    deepEqual(bench.foreignRequests, []);
  });
});
