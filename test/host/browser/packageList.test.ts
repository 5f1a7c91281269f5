import { deepEqual, equal, match } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from '../../support/browser';
import { until } from '../../support/until';
import { answer, goOn, importArchive, modal, openSideBar, press, tick, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { addHostNow, importNow, withService } from './prepare';

describe('the list of packages in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  let archive = '';
  let other: Workbench;
  const list = (bench: Workbench): FrameLocator => bench.webview;
  const row = (bench: Workbench, version: string): Locator => list(bench).locator('.is-entry', { hasText: version }).first();
  const group = (bench: Workbench, words: string | RegExp): Locator => list(bench).locator('.is-group', { hasText: words });

  before('two versions, one of them on a host, and tenants below each other', async () => {
    const { host: { dataFolder, folder, workspace }, sshd } = editor;
    archive = await writePausingSample(workspace, { installPath: join(folder, 'opt/lca') });
    const newer = await writePausingSample(workspace, { version: '8.5.100.100', installPath: join(folder, 'opt/lca') });
    await withService(dataFolder, async (client) => {
      await importNow(client, archive);
      await importNow(client, newer);
      const emea = await client.request('tenants/add', { name: 'EMEA' });
      for (const name of ['EMEA Banking', 'EMEA Retail']) await client.request('tenants/add', { name, parentId: emea.id });
      const host = await addHostNow(client, sshd, 'eu-lca-01', folder);
      const item = (await client.request('packages/list', {})).find(({ version }) => version === '8.5.100.90')!;
      const { id } = await client.request('deployments/start', {
        inputs: { packageId: item.id, tenantId: item.tenantId, profile: 'install', hostIds: [host.id], values: [], secretKeys: [], applicationName: '' }, secrets: [], acceptNewHostKey: true,
      });
      await until(async () => (await client.request('deployments/get', { id })).state === 'complete', 'the deployment', 60_000);
    });
    await openSideBar(editor.bench);
    other = await editor.openWindow();
    await openSideBar(other);
  });

  it('opens from the palette, in two windows, and orders versions as versions', async () => {
    for (const bench of [editor.bench, other]) {
      await bench.runCommand('Open Package List');
      await row(bench, '8.5.100.100').waitFor();
    }
    const { bench } = editor;
    const versions = (): Promise<readonly string[]> => list(bench).locator('.is-entry [role=gridcell]:nth-child(2)').allInnerTexts();
    await list(bench).getByRole('button', { name: 'Version' }).click();
    await until(async () => (await versions()).join() === '8.5.100.90,8.5.100.100', 'versions in their order');
    await bench.page.locator('.tab.active', { hasText: 'Packages' }).waitFor();
    await bench.screenshot('list-in-editor');
  });

  it('shows a description that one window saves in the other, and a move to a group that it makes, without anybody doing anything there', async () => {
    for (const bench of [other, editor.bench]) await row(bench, '8.5.100.90').click();
    const description = (bench: Workbench): Locator => list(bench).getByRole('textbox', { name: 'Description' });
    await description(editor.bench).fill('Approved for production on 21 Nov');
    await description(editor.bench).press('Control+Enter');
    await until(async () => await description(other).inputValue() === 'Approved for production on 21 Nov', 'the description in the other window');
    const field = list(editor.bench).getByRole('combobox', { name: 'Group' });
    await field.fill('Production');
    await field.press('Enter');
    for (const bench of [editor.bench, other]) {
      await group(bench, /Production\s*1/).waitFor();
      await bench.treeRow(/^Production\s*1$/).waitFor();
    }
  });

  it('moves what is dropped on a group in the tree at once, and opens the wizard to copy with the tenant that something is dropped on', async () => {
    const { bench } = editor;
    const dragged = bench.treeRow(/Local Control Agent\s*8\.5\.100\.100/);
    await dragged.dragTo(bench.treeRow(/^Production\s*1$/));
    await bench.treeRow(/^Production\s*2$/).waitFor();
    await dragged.dragTo(bench.treeRow(/^EMEA\s*0$/));
    await bench.webview.getByRole('heading', { name: 'Choose the target tenants' }).waitFor();
    await bench.webview.getByRole('button', { name: 'Remove EMEA', exact: true }).waitFor();
    await bench.screenshot('list-drop-on-tenant');
    await bench.runCommand('View: Close Editor');
    await row(bench, '8.5.100.90').waitFor();
  });

  it('copies to three tenants that are chosen with a filter and check boxes, and reviewed', async () => {
    const { bench } = editor;
    await list(bench).getByRole('button', { name: 'Copy to Tenants…' }).click();
    const wizard = bench.webview;
    await wizard.getByRole('heading', { name: 'Choose the target tenants' }).waitFor();
    await wizard.getByLabel('Quick filter').fill('emea');
    for (const name of ['EMEA', 'EMEA Banking', 'EMEA Retail']) await wizard.getByRole('row', { name, exact: true }).click();
    await bench.screenshot('list-copy-targets');
    await goOn(wizard, 'Review');
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await wizard.getByRole('heading', { name: 'Copied 1 package to 3 tenants.' }).waitFor();
    await wizard.getByRole('button', { name: 'Close' }).click();
    await row(bench, '8.5.100.90').waitFor();
    await other.treeRow(/EMEA Retail\s*1/).waitFor();
    await list(other).locator('.group-tenant', { hasText: 'EMEA Banking' }).waitFor();
  });

  it('shows the packages of the tenants that are chosen in the tenant directory, in list and tree', async () => {
    const { bench } = editor;
    await list(bench).locator('#tenants').click();
    await bench.quickInput.box.fill('retail');
    await tick(bench, 'EMEA Retail');
    await list(bench).getByRole('button', { name: 'Tenants: EMEA Retail' }).waitFor();
    await until(async () => await list(bench).locator('#list-count').innerText() === '1 package in 1 group', 'the packages of one tenant');
    await bench.page.getByText('Only EMEA Retail.').waitFor();
    await bench.screenshot('list-one-tenant');
    await bench.runCommand('Filter by Tenant');
    await tick(bench, 'All tenants');
    await until(async () => (await list(bench).locator('#list-count').innerText()).startsWith('5 packages'), 'the packages of all tenants');
  });

  it('filters the tree while a text is typed, says how many match, and shows all again', async () => {
    const { bench } = editor;
    await bench.runCommand('Filter Packages');
    await bench.quickInput.type('lca');
    // The input says the same words while it is open.
    const line = bench.page.locator('.pane-body .message', { hasText: '5 of 5 packages match “lca” in all tenants.' });
    await line.waitFor();
    await bench.runCommand('Clear Package Filter');
    await line.waitFor({ state: 'detached' });
  });

  it('has the tree’s actions in its own menu', async () => {
    const { bench } = editor;
    await row(bench, '8.5.100.100').click({ button: 'right' });
    const menu = bench.page.locator('.monaco-menu');
    await menu.getByText('Move Package to Group…').waitFor();
    await menu.getByText('Download Package…').waitFor();
    await bench.screenshot('list-menu');
    await menu.getByText('Copy Name and Version').click();
    await until(async () => await bench.page.evaluate(() => navigator.clipboard.readText()) === 'Local Control Agent 8.5.100.100', 'the clipboard');
  });

  it('downloads a copy that is the source, byte for byte', async () => {
    const { bench } = editor;
    const copy = join(editor.host.folder, 'copy.tar.gz');
    await row(bench, '8.5.100.90').click();
    await list(bench).getByRole('button', { name: 'Download…' }).click();
    await bench.quickInput.row('8510090').waitFor();
    await bench.quickInput.box.fill(copy);
    // The dialog reads the folder that was typed before it takes a name in it.
    await bench.quickInput.row('workspace').waitFor();
    await bench.page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    await bench.notification('Downloaded 1 package').waitFor();
    deepEqual(readFileSync(copy), readFileSync(archive));
  });

  it('refuses a package that is there already, and replaces it on request', async () => {
    const { bench } = editor;
    await importArchive(bench, archive);
    await bench.treeRow(/IP_LCA_8510090b1.*Failed:/).waitFor();
    await bench.notification('is already in the repository').getByRole('button', { name: 'Replace…' }).click();
    const question = await modal(bench, 'Replace 1 package in the repository?');
    match(await question.textContent() ?? '', /Local Control Agent 8\.5\.100\.90 \(ENU, Linux 64-bit\): deployed on eu-lca-01\./);
    await bench.screenshot('list-replace');
    await press(bench, 'Replace 1 package in the repository?', 'Replace');
    await bench.treeRow(/IP_LCA_8510090b1/).waitFor({ state: 'detached' });
    await withService(editor.host.dataFolder, async (client) => {
      const kept = (await client.request('packages/list', {})).filter(({ version, tenantId }) => version === '8.5.100.90' && tenantId === 'environment');
      deepEqual(kept.map((item) => [item.group, item.description]), [['Production', 'Approved for production on 21 Nov']]);
    });
  });

  it('deletes after a question that names the hosts and the tenants; the other window’s list shows it', async () => {
    const { bench } = editor;
    await row(bench, '8.5.100.90').click();
    await list(bench).getByRole('button', { name: 'Delete…' }).click();
    const question = await modal(bench, 'Delete Local Control Agent 8.5.100.90 (ENU, Linux 64-bit)?');
    match(await question.textContent() ?? '', /It is deployed on 1 host: eu-lca-01\..*EMEA Banking.*This cannot be undone\./);
    await bench.screenshot('list-delete');
    await press(bench, 'Delete Local Control Agent', 'Cancel');
    await row(bench, '8.5.100.90').waitFor();
    await list(bench).getByRole('button', { name: 'Delete…' }).click();
    await press(bench, 'Delete Local Control Agent', 'Delete for All Tenants');
    for (const window of [bench, other]) await row(window, '8.5.100.90').waitFor({ state: 'detached' });
    equal(await list(other).locator('.is-entry').count(), 1);
    deepEqual(bench.foreignRequests, []);
  });

  it('adds a tenant below another one by its commands', async () => {
    const { bench } = editor;
    await bench.runCommand('Add Tenant');
    await bench.quickInput.row('EMEA').waitFor();
    await bench.quickInput.type('EMEA');
    await answer(bench, 'Name of the tenant', 'EMEA Test');
    await other.treeRow('EMEA Test').waitFor();
  });
});
