import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { DeployedPackage } from '../../../src/core/deployment/model';
import type { ServiceClient } from '../../../src/service/client';
import { until } from '../../support/until';
import { type Editor, openDeployedPage, openSideBar, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { addHostNow, importNow, withService } from './prepare';

const [lower, higher] = ['8.5.100.90', '8.5.100.92'];

/** Deploys and waits for the end. */
async function deploy(client: ServiceClient, inputs: Parameters<typeof client.request<'deployments/start'>>[1]['inputs']): Promise<void> {
  const { id } = await client.request('deployments/start', { inputs, secrets: [], acceptNewHostKey: true });
  await until(async () => (await client.request('deployments/get', { id })).state !== 'running', 'the deployment to end', 60_000);
  const { state, hosts } = await client.request('deployments/get', { id });
  equal(state, 'complete', JSON.stringify(hosts));
}

/** Two versions of a package, the lower one of them deployed to a host; `upgraded`: then the higher one. */
async function prepare({ host, sshd }: Editor, upgraded: boolean): Promise<void> {
  const archives = await Promise.all([lower, higher].map((version) => writePausingSample(join(host.folder, 'media', version), { version, installPath: join(host.folder, 'opt', version) })));
  await withService(host.dataFolder, async (client) => {
    for (const archive of archives) await importNow(client, archive);
    const { id } = await addHostNow(client, sshd, 'eu-lca-01', host.folder);
    const packages = await client.request('packages/list', {});
    const idOf = (version: string): string => packages.find((item) => item.version === version)?.id ?? '';
    await deploy(client, {
      packageId: idOf(lower), tenantId: 'environment', profile: 'install', hostIds: [id], values: [{ section: 'IPCommon', key: 'InstallPath', value: join(host.folder, 'opt/lca') }], secretKeys: [], applicationName: 'LCA_old',
      application: { tenantObject: 'Environment', port: '4999', primaryServer: '', backupServer: '' },
    });
    if (!upgraded) return;
    const [deployed] = await client.request('deployedPackages/list', {});
    await deploy(client, await client.request('deployments/prefill', { profile: 'upgrade', packageId: idOf(higher), deployedIds: [deployed?.id ?? ''] }));
  });
}

/** What the repository says is deployed. */
async function recorded({ host }: Editor): Promise<DeployedPackage | undefined> {
  const [record] = await withService(host.dataFolder, (client) => client.request('deployedPackages/list', {}));
  return record;
}

/** The version that stands on the host. */
function installedVersion({ host }: Editor): string | undefined {
  const onHost = /<Version[^>]*>([^<]*)|version="(8\.5\.100\.\d+)"/i.exec(readFileSync(join(host.folder, 'opt/lca/ip_description.xml'), 'utf8'));
  return onHost?.[1] ?? onHost?.[2];
}

/** Waits until a version is deployed. @returns where, and how */
async function untilDeployed(editor: Editor, version: string): Promise<readonly (string | undefined)[]> {
  await until(async () => {
    const record = await recorded(editor);
    return record?.package.version === version && record.status === 'complete';
  }, 'the record', 60_000);
  const record = await recorded(editor);
  return [installedVersion(editor), record?.applicationName, record?.profile];
}

describe('upgrading a deployed package as the help page says, in English with the mouse', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const wizard = (): FrameLocator => editor.bench.webview;
  const heading = (name: string | RegExp): Promise<void> => wizard().getByRole('heading', { level: 2, name }).waitFor();
  const next = (): Promise<void> => wizard().getByRole('button', { name: 'Next' }).click();
  before(async () => {
    await prepare(editor, false);
    await openSideBar(editor.bench);
  });

  it('1–2: the deployed package, its details, and the profile with the number of the version', async () => {
    const { bench } = editor;
    await openDeployedPage(bench, 'LCA_old', lower, wizard().getByRole('button', { name: `Deploy profile: Upgrade to ${higher}…` }));
    await wizard().getByText(`Roll back: no version lower than ${lower} was installed for this application object before.`).waitFor();
    await bench.screenshot('upgrade-vscode-1-details');
    await wizard().getByRole('button', { name: `Deploy profile: Upgrade to ${higher}…` }).click();
  });

  it('3–4: the introduction, and the host that has the version before, chosen already', async () => {
    const { bench } = editor;
    await heading('What will be deployed');
    await bench.page.locator('.tab', { hasText: `Upgrade Local Control Agent ${higher}` }).waitFor();
    await bench.screenshot('upgrade-vscode-2-introduction');
    await next();
    await heading('Choose hosts');
    equal(await wizard().getByRole('row', { name: /eu-lca-01/ }).getAttribute('aria-selected'), 'true');
    await next();
  });

  it('5–6: the existing application object, its values, and Skip reinstallation', async () => {
    const { bench } = editor;
    await heading('Application parameters');
    await wizard().getByRole('columnheader', { name: 'Existing Application Object' }).waitFor();
    await wizard().getByRole('row', { name: /eu-lca-01/ }).getByText('LCA_old').first().waitFor();
    await wizard().getByText('Permissions and connections move to the new application object.').waitFor();
    equal(await wizard().getByRole('textbox', { name: 'Application Port' }).inputValue(), '4999');
    equal(await wizard().getByRole('radio', { name: 'False' }).isChecked(), true);
    await wizard().getByRole('combobox', { name: 'Application Object for eu-lca-01' }).fill('LCA_new');
    await bench.screenshot('upgrade-vscode-3-application');
    await next();
  });

  it('7–8: silent.ini from the version before, the summary, and back', async () => {
    const { bench, host } = editor;
    await heading('Installation parameters (silent.ini)');
    equal(await wizard().getByLabel('Installation path', { exact: true }).inputValue(), join(host.folder, 'opt/lca'));
    await wizard().getByText(/Filled in from the deployment of .* on eu-lca-01\./).waitFor();
    await next();
    await wizard().getByText('Finish upgrades 1 host.').waitFor();
    await bench.screenshot('upgrade-vscode-4-summary');
    await wizard().getByRole('button', { name: 'Back' }).click();
    await heading('Installation parameters (silent.ini)');
    await next();
    await wizard().getByText('Finish upgrades 1 host.').waitFor();
    await wizard().getByRole('button', { name: 'Finish' }).click();
  });

  it('9: the progress to the end, in the page and in the tree, under the new name', async () => {
    const { bench } = editor;
    await wizard().getByRole('button', { name: 'Close' }).waitFor();
    await bench.treeRow('LCA_new').waitFor({ timeout: 60_000 });
    deepEqual(await untilDeployed(editor, higher), [higher, 'LCA_new', 'upgrade']);
    await bench.screenshot('upgrade-vscode-5-progress');
    await wizard().getByRole('button', { name: 'Close' }).click();
  });

  it('asks for the version where a menu does not name it', async () => {
    const { bench } = editor;
    await bench.runCommand('Roll Back Deployed Package');
    await bench.quickInput.pick(higher);
    await bench.quickInput.row(`Roll back to ${lower}`).waitFor();
    await bench.screenshot('upgrade-vscode-6-versions');
    await bench.quickInput.pick(`Roll back to ${lower}`);
    await bench.page.locator('.tab', { hasText: `Roll back Local Control Agent ${lower}` }).waitFor();
    await heading('What will be deployed');
    await wizard().getByRole('button', { name: 'Cancel' }).click();
    await bench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Discard', exact: true }).click();
    deepEqual(bench.foreignRequests, []);
  });
});

describe('rolling a deployed package back as the help page says, in French with the keyboard alone', function () {
  this.timeout(240_000);
  const editor = useEditor(() => ({ locale: 'fr', settings: { 'workbench.editor.useModal': 'off' } }));
  const heading = (name: string): Promise<void> => editor.bench.webview.getByRole('heading', { level: 2, name }).waitFor();
  const press = (key: string): Promise<void> => editor.bench.page.keyboard.press(key);
  const focused = async (): Promise<string> => editor.bench.webview.locator(':focus').last().evaluate((element) => `${element.id} ${element.textContent}`, undefined, { timeout: 2000 }).catch(() => '');
  before(async () => {
    await prepare(editor, true);
    await openSideBar(editor.bench);
  });

  it('1–3: the deployed package, its details, and Restaurer vers', async () => {
    const { bench } = editor;
    await bench.treeRow('LCA_old').waitFor();
    await bench.runCommand('Focus on Packages d’installation déployés View');
    for (let presses = 0; await bench.page.locator('.monaco-list-row.focused', { hasText: higher }).count() === 0; presses++) {
      ok(presses < 10, 'the arrows do not come to the deployed package');
      await press('ArrowDown');
    }
    await press('Enter');
    const button = bench.webview.getByRole('button', { name: `Déployer le profil\u00a0: Restaurer vers ${lower}…` });
    await button.waitFor();
    for (let presses = 0; !(await focused()).includes('Restaurer vers'); presses++) {
      ok(presses < 40, 'Tab does not come to the button');
      await press('Tab');
    }
    await bench.screenshot('roll-back-vscode-french-1-details');
    await press('Enter');
    await heading('Ce qui sera déployé');
    await press('Control+Enter');
  });

  it('4–6: the host and the application object of then', async () => {
    const { bench } = editor;
    await heading('Choisissez les hôtes');
    equal(await bench.webview.getByRole('row', { name: /eu-lca-01/ }).getAttribute('aria-selected'), 'true');
    await press('Control+Enter');
    await heading('Paramètres d’application');
    await bench.webview.getByText('Les autorisations et les connexions passent au nouvel objet Application.').waitFor();
    await bench.screenshot('roll-back-vscode-french-2-application');
    await press('Control+Enter');
  });

  it('7–8: silent.ini of the deployment before, and the summary', async () => {
    const { bench, host } = editor;
    await heading('Paramètres d’installation (silent.ini)');
    equal(await bench.webview.getByLabel('Chemin d’installation', { exact: true }).inputValue(), join(host.folder, 'opt/lca'));
    await press('Control+Enter');
    await bench.webview.getByText('Terminer restaure 1 hôte.').waitFor();
    await bench.screenshot('roll-back-vscode-french-3-summary');
    await press('Control+Enter');
    await until(async () => (await focused()).startsWith('finish'), 'Terminer to have the focus');
    await press('Enter');
  });

  it('9: the progress to the end', async () => {
    const { bench } = editor;
    await bench.webview.getByRole('button', { name: 'Fermer' }).waitFor();
    deepEqual(await untilDeployed(editor, lower), [lower, 'LCA_old', 'rollBack']);
    await bench.screenshot('roll-back-vscode-french-4-progress');
  });
});
