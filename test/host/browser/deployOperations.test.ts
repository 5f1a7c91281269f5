import { deepEqual, match, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { DeploymentInputs } from '../../../src/core/deployment/model';
import { environmentTenant } from '../../../src/core/packages/model';
import type { Workbench } from '../../support/browser';
import { until } from '../../support/until';
import { chooseHosts, goOn, modal, openDeployWizard, openSideBar, press, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { addHostNow, importNow, withService } from './prepare';

/** Chooses from the menu of a row of a tree. */
async function choose({ page }: Workbench, row: Locator, item: string): Promise<void> {
  await row.click({ button: 'right' });
  const entry = page.locator('.context-view .action-item', { hasText: item });
  // A menu takes no click while it opens.
  for (let clicks = 0; clicks < 5; clicks++) {
    await entry.click();
    if (await entry.waitFor({ state: 'detached', timeout: 3000 }).then(() => true, () => false)) return;
  }
  throw new Error(`no click on ${item} was heard`);
}

describe('deployments in operation, in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const inFolder = (...names: readonly string[]): string => join(editor.host.folder, ...names);
  const gate = (): string => inFolder('go');
  const target = (): string => inFolder('opt/lca');
  const row = 'Local Control Agent';

  before(async function () {
    this.timeout(60_000);
    const archive = await writePausingSample(editor.host.workspace, { installPath: target(), waitFor: gate() });
    await withService(editor.host.dataFolder, async (client) => {
      await importNow(client, archive);
      const { id, ...host } = await addHostNow(client, editor.sshd, 'eu-lca-01', editor.host.folder);
      await addHostNow(client, editor.sshd, 'eu-lca-02', editor.host.folder);
      const { name, address, port, user, authentication, stagingFolder, lockFolder } = host;
      await client.request('hosts/edit', { id, settings: { name, address, port, user, authentication, stagingFolder, lockFolder, tags: ['production'] } });
      await client.request('hosts/protect', { tags: ['production'] });
    });
    const lock = inFolder('eu-lca-01/lock');
    mkdirSync(lock, { recursive: true });
    writeFileSync(join(lock, 'owner'), '{"user":"claire","machine":"desk-7","deployment":"d-x","since":"2026-01-05T10:00:00.000Z"}\n');
    await openSideBar(editor.bench);
    await editor.bench.treeRow(row).waitFor();
  });

  it('have the name of a protected host typed before they begin', async () => {
    const { bench } = editor;
    const wizard = await openDeployWizard(bench, row);
    await chooseHosts(wizard, 'eu-lca-01');
    await goOn(wizard, 'Deployment summary');
    const typed = wizard.getByLabel(/^Type .* to confirm/);
    await typed.waitFor();
    await wizard.getByText(/Finish is not possible yet/).waitFor();
    await typed.fill('eu-lca-01');
    await wizard.locator('#finish:not([disabled])').waitFor();
    await bench.screenshot('operations-1-protected');
    await wizard.locator('#finish').click();
  });

  it('ask who may go on where another repository holds the lock of a host', async () => {
    const { bench } = editor;
    const question = await modal(bench, 'Take over the lock of eu-lca-01?');
    match(await question.innerText(), /claire on desk-7 has held it since .* for deployment d-x/);
    await bench.screenshot('operations-2-lock');
    await press(bench, 'Take over the lock of eu-lca-01?', 'Take Over');
    await bench.webview.locator('.lane-part.is-running', { hasText: 'Install' }).waitFor();
    match(readFileSync(inFolder('eu-lca-01/lock/owner'), 'utf8'), /"deployment":"(?!d-x)/);
  });

  it('are told from the list what differs on a host, file beside file', async () => {
    const { bench } = editor;
    writeFileSync(gate(), '');
    await bench.webview.getByText('Local Control Agent 8.5.100.90 is installed on 1 host.').waitFor();
    ok(!existsSync(inFolder('eu-lca-01/lock')));
    writeFileSync(join(target(), 'conf/product.conf'), '# changed by hand\n');
    await bench.runCommand('Verify Deployed Files');
    await bench.quickInput.pick('LCA_eu-lca-01');
    await bench.page.locator('.notification-toast', { hasText: '1 file differs from the package.' }).getByRole('button', { name: 'Show Details' }).click();
    const file = bench.webview.getByRole('button', { name: 'conf/product.conf' });
    await file.waitFor();
    await bench.screenshot('operations-3-differs');
    await file.click();
    await bench.page.locator('.editor-instance .modified', { hasText: 'changed by hand' }).waitFor();
    await bench.screenshot('operations-4-difference');
    await bench.runCommand('View: Close All Editors');
  });

  it('are searched line by line over all logs, and open at the line', async () => {
    const { bench } = editor;
    await bench.runCommand('Search Deployment Action Logs');
    await bench.quickInput.type('DESK-7');
    const found = bench.quickInput.row(/claire on desk-7/).first();
    await found.waitFor();
    await bench.page.locator('.quick-input-title', { hasText: '1 log read' }).waitFor();
    await bench.screenshot('operations-5-search');
    await found.click();
    await bench.page.locator('.editor-instance .view-line', { hasText: 'desk-7' }).waitFor();
    await bench.page.locator('.editor-instance .current-line').first().waitFor();
    await bench.screenshot('operations-6-found');
    await bench.runCommand('View: Close All Editors');
  });

  it('on a host that is not as planned any more fail there, and go on by a new plan once a person has read it', async () => {
    const { bench } = editor;
    const installPath = inFolder('opt/planned');
    await withService(editor.host.dataFolder, async (client) => {
      const [item] = await client.request('packages/list', {});
      const host = (await client.request('hosts/list', {})).find(({ name }) => name === 'eu-lca-02');
      ok(item && host);
      const inputs: DeploymentInputs = {
        packageId: item.id, tenantId: environmentTenant.id, profile: 'install', hostIds: [host.id], applicationName: 'LCA_planned', secretKeys: [],
        values: [{ section: 'IPCommon', key: 'InstallPath', value: installPath }],
      };
      const { hash } = await client.request('deployments/plan', inputs);
      mkdirSync(installPath);
      writeFileSync(join(installPath, 'kept'), 'by somebody else\n');
      await client.request('deployments/start', { inputs, secrets: [], plan: [hash] });
    });
    await openSideBar(bench);
    const failed = bench.treeRow(/Install Local Control Agent 8\.5\.100\.90.*Failed/);
    await failed.waitFor();
    await choose(bench, failed, 'Try Failed Hosts Again');
    const question = bench.page.locator('.notification-toast', { hasText: 'Run Local Control Agent 8.5.100.90 on eu-lca-02 as the plan shows?' });
    await question.waitFor();
    await bench.page.locator('.tab.active', { hasText: 'Plan: Install Local Control Agent 8.5.100.90' }).waitFor();
    await bench.page.locator('.editor-instance .view-line', { hasText: installPath }).first().waitFor();
    await bench.screenshot('operations-7-planned-anew');
    deepEqual(readdirSync(installPath), ['kept']);
    await question.getByRole('button', { name: 'Run' }).click();
    await until(() => existsSync(join(installPath, 'product')), 'the installation');
    await bench.treeRow(/Install Local Control Agent 8\.5\.100\.90/).waitFor({ state: 'detached' });
    await bench.page.locator('.tab', { hasText: 'Plan: Install' }).waitFor({ state: 'detached' });
  });

  it('are paused after the host at work and go on, from the tree', async () => {
    const { bench } = editor;
    const again = await writePausingSample(editor.host.workspace, { version: '8.5.100.91', installPath: inFolder('opt/second'), waitFor: inFolder('go-2') });
    await withService(editor.host.dataFolder, async (client) => {
      await importNow(client, again);
      const item = (await client.request('packages/list', {})).find(({ version }) => version === '8.5.100.91');
      const hosts = await client.request('hosts/list', {});
      ok(item);
      await client.request('deployments/start', {
        inputs: {
          packageId: item.id, tenantId: environmentTenant.id, profile: 'install', hostIds: hosts.map(({ id }) => id), applicationName: '', values: [], secretKeys: [],
          order: { kind: 'batches', size: 1 },
          hostValues: hosts.map(({ id, name }) => ({ hostId: id, section: 'IPCommon', key: 'InstallPath', value: inFolder(`opt/${name}`) })),
        },
        secrets: [], confirmed: ['production', 'eu-lca-01'],
      });
    });
    await openSideBar(bench);
    const deployment = bench.treeRow(/Install Local Control Agent 8\.5\.100\.91/);
    await deployment.waitFor();
    await until(() => existsSync(inFolder('eu-lca-01/lock')), 'the first host at work');
    await choose(bench, deployment, 'Pause Deployment');
    await bench.screenshot('operations-8-pausing');
    await bench.treeRow(/8\.5\.100\.91.*Paused/).waitFor();
    writeFileSync(inFolder('go-2'), '');
    await bench.treeRow(/eu-lca-01.*Complete/).waitFor();
    await bench.treeRow(/eu-lca-02.*Paused/).waitFor();
    ok(existsSync(inFolder('opt/eu-lca-01/product')));
    ok(!existsSync(inFolder('opt/eu-lca-02')));
    await bench.screenshot('operations-9-paused');
    await choose(bench, deployment, 'Go On with Deployment');
    await until(() => existsSync(inFolder('opt/eu-lca-02/product')), 'the second host');
    await bench.treeRow(/Install Local Control Agent 8\.5\.100\.91/).waitFor({ state: 'detached' });
    deepEqual([existsSync(inFolder('eu-lca-01/lock')), existsSync(inFolder('eu-lca-02/lock'))], [false, false]);
  });
});
