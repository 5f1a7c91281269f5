/// <reference lib="dom" />
import { deepEqual, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../../support/browser';
import { until } from '../../support/until';
import { answer, openDeployedPage, openSideBar, untilKept, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { addHostNow, importNow, withService } from './prepare';

describe('details in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const gate = (): string => join(editor.host.folder, 'go');
  let other: Workbench;
  const description = (bench: Workbench) => bench.webview.getByRole('textbox', { name: 'Description' });

  before('a package, a host and a deployment that waits in its installer', async () => {
    const { host: { dataFolder, folder, workspace }, sshd } = editor;
    const archive = await writePausingSample(workspace, { installPath: join(folder, 'opt/lca'), waitFor: gate() });
    await withService(dataFolder, async (client) => {
      await importNow(client, archive);
      const host = await addHostNow(client, sshd, 'eu-lca-01', folder);
      const [item] = await client.request('packages/list', {});
      await client.request('deployments/start', {
        inputs: { packageId: item!.id, tenantId: item!.tenantId, profile: 'install', hostIds: [host.id], values: [], secretKeys: [], applicationName: '' }, secrets: [], acceptNewHostKey: true,
      });
    });
    await openSideBar(editor.bench);
    other = await editor.openWindow();
    await openSideBar(other);
  });

  it('opens the page of a package from the tree, in two windows, with its deployment running', async () => {
    for (const bench of [editor.bench, other]) {
      await bench.treeRow(/^Local Control Agent\s*8\.5\.100\.90/).click();
      await bench.webview.getByRole('heading', { name: 'Local Control Agent' }).waitFor();
      await bench.webview.getByText(/Deploying \d+/).waitFor();
      await bench.page.locator('.tab.active', { hasText: 'Local Control Agent 8.5.100.90' }).waitFor();
    }
    await editor.bench.screenshot('details-in-editor');
  });

  it('shows a description that one window saves in the other, without anybody doing anything there', async () => {
    await description(editor.bench).fill('Approved for production on 21 Nov');
    await description(editor.bench).press('Control+Enter');
    await until(async () => await description(other).inputValue() === 'Approved for production on 21 Nov', 'the description in the other window');
  });

  it('moves the package to a group that it makes, and both trees show it', async () => {
    const group = other.webview.getByRole('combobox', { name: 'Group' });
    await group.fill('Framework');
    await group.press('Enter');
    for (const bench of [editor.bench, other]) await bench.treeRow(/^Framework\s*1$/).waitFor();
    await until(async () => await editor.bench.webview.getByRole('combobox', { name: 'Group' }).inputValue() === 'Framework', 'the group in the first window');
    await other.close();
  });

  it('offers the actions without a button of their own behind More actions', async () => {
    const { bench } = editor;
    await bench.webview.getByRole('button', { name: 'More actions' }).click();
    const choices = bench.page.locator('.quick-input-widget .quick-input-list-entry');
    await choices.filter({ hasText: 'Move to Group…' }).waitFor();
    await bench.screenshot('details-more-actions');
    await choices.filter({ hasText: 'Open File of Package…' }).click();
    await choices.filter({ hasText: 'ip_description.xml' }).waitFor();
    await bench.page.keyboard.press('Escape');
  });

  it('keeps an open page, and what was typed there, through a reload of the window', async () => {
    const { bench } = editor;
    await description(bench).fill('Half a sentence');
    await untilKept(bench, 'the draft', 'Half a sentence');
    await bench.reload();
    // A new extension host starts first.
    await bench.webview.getByRole('heading', { name: 'Local Control Agent' }).waitFor({ timeout: 60_000 });
    await until(async () => await description(bench).inputValue() === 'Half a sentence', 'the draft');
    await description(bench).press('Escape');
    await until(async () => await description(bench).inputValue() === 'Approved for production on 21 Nov', 'what was saved');
  });

  it('opens the log of a host from the page; it follows its end while the cursor is there, and only then', async () => {
    const { bench } = editor;
    const line = async (): Promise<number> => Number(/Ln (\d+)/.exec(await bench.page.locator('.statusbar').innerText())?.[1]);
    await bench.webview.getByRole('button', { name: 'Deployments' }).click();
    await bench.webview.getByRole('button', { name: 'eu-lca-01' }).click();
    const log = bench.page.locator('.editor-instance .view-lines');
    await log.getByText('Waiting for').waitFor();
    await until(async () => await line() > 10, 'the cursor to be on the last line');
    const before = await line();
    await bench.screenshot('log-running');
    writeFileSync(gate(), '');
    await log.getByText('Removed').or(log.getByText('Remove what was needed')).first().waitFor();
    await until(async () => await line() > before, 'the cursor to follow');
    match(await bench.page.locator('.tab.active').textContent() ?? '', /Deployment action log: Install Local Control Agent 8\.5\.100\.90/);
    await bench.treeRow('LCA_eu-lca-01').waitFor();
    await bench.screenshot('log-ended');
  });

  it('shows what is deployed, with its values and its log', async () => {
    const { bench } = editor;
    await openDeployedPage(bench, 'LCA_eu-lca-01', '8.5.100.90', bench.webview.getByText('LCA_eu-lca-01 on eu-lca-01'));
    await bench.webview.locator('tr', { hasText: 'InstallPath' }).getByText('opt/lca').waitFor();
    await bench.screenshot('details-deployed-in-editor');
    await bench.webview.getByRole('button', { name: 'Deployment Action Log' }).click();
    await bench.page.locator('.tab.active', { hasText: 'Deployment action log' }).waitFor();
  });

  it('edits a host on its page and tests the connection with what was saved', async () => {
    const { bench } = editor;
    await bench.treeRow(/eu-lca-01.*Linux 64-bit/).click();
    await bench.webview.getByRole('textbox', { name: 'Port' }).fill('1');
    await bench.webview.getByRole('button', { name: 'Save and Test' }).click();
    await bench.webview.getByText('host/connection-refused').waitFor();
    await bench.treeRow(/eu-lca-01.*cannot be reached/).waitFor();
    await bench.screenshot('host-in-editor-refused');
    await bench.webview.getByRole('textbox', { name: 'Port' }).fill(String(editor.sshd.port));
    await bench.webview.getByRole('textbox', { name: 'Name', exact: true }).fill('eu-lca-02');
    await bench.webview.getByRole('button', { name: 'Save and Test' }).click();
    await bench.page.locator('.monaco-dialog-box', { hasText: 'Trust the host key of eu-lca-02' }).getByRole('button', { name: 'Trust', exact: true }).click();
    await bench.webview.locator('.contact li', { hasText: 'System' }).getByText('passed').waitFor();
    await bench.treeRow(/eu-lca-02.*Linux 64-bit/).waitFor();
    await bench.page.locator('.tab.active', { hasText: 'eu-lca-02' }).waitFor();
    await bench.screenshot('host-in-editor');
  });

  it('offers the page of a host that was added and could not be reached', async () => {
    const { bench } = editor;
    await bench.runCommand('Add Host');
    await answer(bench, 'DNS name, IP address', '127.0.0.1:1');
    await answer(bench, 'User to sign in with', 'genesys');
    await bench.quickInput.pick('Password');
    await answer(bench, 'Name of the host', 'eu-lca-09');
    await bench.notification('eu-lca-09 refuses connections').getByRole('button', { name: 'Edit Host…' }).click();
    await bench.webview.getByRole('heading', { name: 'eu-lca-09' }).waitFor();
  });

  it('opens the selected row beside the present editor with Ctrl+Enter', async () => {
    const { bench } = editor;
    await bench.treeRow(/^Local Control Agent\s*8\.5\.100\.90/).click();
    await bench.webview.getByRole('heading', { name: 'Local Control Agent' }).waitFor();
    await bench.runCommand('View: Close All Editors');
    await bench.page.locator('.tab').first().waitFor({ state: 'detached' });
    await bench.treeRow('eu-lca-09').click();
    await bench.webview.getByRole('heading', { name: 'eu-lca-09' }).waitFor();
    await bench.runCommand('Focus on Packages View');
    await bench.page.keyboard.press('Control+Enter');
    await bench.page.locator('.editor-group-container').nth(1).locator('.tab', { hasText: 'Local Control Agent 8.5.100.90' }).waitFor();
    await bench.screenshot('details-beside');
    deepEqual(bench.foreignRequests, []);
  });
});
