import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { PackageSummary } from '../../../src/core/packages/model';
import { writeSampleFolder, writeSampleParts, writeSupportArchive } from '../../support/samplePackages/placeSample';
import { largeSample, samples, type Sample } from '../../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../../support/samplePackages/writeSample';
import { until } from '../../support/until';
import { openSideBar, untilKept, useEditor } from './editor';
import { downloadNow, withService } from './prepare';

/** Long enough to close the page and open it again while it runs. */
const longImport = 300_000_000;

describe('the procedures of the help page for importing, in VS Code', function () {
  this.timeout(240_000);
  /** Mounted here, on every machine the share `//nas01/genesys`. */
  let share = '';
  const editor = useEditor(() => {
    share = mkdtempSync(join(tmpdir(), 'gp-share-'));
    return { machineSettings: { 'gaxPackages.import.mountMap': { '//nas01/genesys': share } } };
  });
  after(() => rmSync(share, { recursive: true, force: true }));
  const wizard = () => editor.bench.webview;
  const method = (name: string): Locator => wizard().getByRole('radio', { name });
  const file = (name: string): Locator => wizard().getByRole('textbox', { name, exact: true });
  const path = (): Locator => wizard().locator('#place-0');
  const button = (name: string): Locator => wizard().getByRole('button', { name, exact: true });
  const row = (name: string | RegExp): Locator => wizard().locator('.table-body').getByRole('row', { name });
  const lane = (words: string | RegExp): Locator => wizard().locator('.lane', { hasText: words });
  const tab = (): Locator => editor.bench.page.locator('.tab', { hasText: 'Import packages' });

  async function open(): Promise<void> {
    await editor.bench.runCommand('Import Packages');
    await tab().waitFor();
    await wizard().getByRole('radio').first().waitFor();
  }
  async function close(): Promise<void> {
    await button('Close').click();
    await tab().waitFor({ state: 'detached' });
  }
  async function packages(): Promise<readonly PackageSummary[]> {
    return withService(editor.host.dataFolder, (client) => client.request('packages/list', {}));
  }
  async function download({ description: { name, version } }: Pick<Sample, 'description'>): Promise<string> {
    return downloadNow(editor.host.dataFolder, name, version, editor.host.folder);
  }

  before(async () => {
    const { workspace } = editor.host;
    await writeSampleParts(samples.lca, workspace);
    await writeSampleFolder(samples.lcaNewer, join(share, '2026-11', 'lca', 'linux'));
    await writeSampleFolder(samples.windows, join(share, '2026-11', 'chat'));
    await writeSample(samples.mediaControl, join(share, '2026-11', 'archives'));
    copyFileSync(await writeSample(samples.plugIn, join(share, 'whole')), join(share, '2026-11', 'archives', 'half.tar.gz'));
    truncateSync(join(share, '2026-11', 'archives', 'half.tar.gz'), 700);
    await openSideBar(editor.bench);
  });

  it('Package archive and separate templates: three boxes, Choose file in each, Finish, and it is in the list', async () => {
    const { bench, host } = editor;
    await open();
    await method('Package archive and separate templates').check();
    for (const [id, name] of [['path', samples.lca.fileName], ['xml', 'LCA_851.xml'], ['apd', 'LCA_851.apd']] as const) {
      await wizard().locator(`#choose-part-${id}`).click();
      await bench.quickInput.pick(name);
      await until(async () => basename(await wizard().locator(`#part-${id}`).inputValue()) === name, `the file ${name}`);
    }
    await wizard().getByText('The three files fit together.').waitFor();
    await bench.screenshot('import-method-b-1-files');
    await button('Finish').click();
    await lane('Local Control Agent').getByText('Complete').waitFor();
    await bench.treeRow(/Local Control Agent\s*8\.5\.100\.37/).waitFor();
    await bench.screenshot('import-method-b-2-complete');
    await close();
    const bytes = readFileSync(await download(samples.lca));
    for (const name of [samples.lca.fileName, 'LCA_851.xml', 'LCA_851.apd']) ok(bytes.includes(readFileSync(join(host.workspace, name))), `${name} is in the download, byte for byte`);
  });

  it('the same with a template that is not the package’s: which file, and why; nothing is imported', async () => {
    const { bench, host } = editor;
    const changed = join(host.folder, 'changed', 'LCA_851.xml');
    mkdirSync(join(host.folder, 'changed'));
    await open();
    await method('Package archive and separate templates').check();
    const xml = readFileSync(join(host.workspace, 'LCA_851.xml'), 'utf8');
    writeFileSync(changed, xml.replace('lookup_clienthost', 'lookup_other'));
    await file('Package').fill(join(host.workspace, samples.lca.fileName));
    await file('XML template').fill(changed);
    await file('APD template').fill(join(host.workspace, 'LCA_851.apd'));
    await file('APD template').press('Tab');
    await wizard().locator('#part-xml-error').waitFor();
    await bench.screenshot('import-method-b-3-misfit');
    await button('Compare templates').click();
    await bench.page.locator('.monaco-diff-editor').waitFor();
    await bench.screenshot('import-method-b-4-compared');
    await bench.runCommand('View: Close Editor');
    await button('Cancel').click();
    await bench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Discard' }).click();
    await tab().waitFor({ state: 'detached' });
    equal((await packages()).length, 1);
  });

  it('UNC path to a mounted CD or directory: the path, Next, tick, Finish; one fails in red with its step', async () => {
    const { bench } = editor;
    await open();
    await method('Mounted CD or directory').check();
    await path().fill('//nas01/genesys/2026-11');
    await bench.screenshot('import-method-c-1-path');
    await button('Next').click();
    await wizard().getByText(/Found 3 packages in \/\/nas01\/genesys\/2026-11 in .* 3 can be imported\./).waitFor();
    await wizard().locator('.unreadable li', { hasText: 'half.tar.gz' }).waitFor();
    match((await row('Chat Server').innerText()).replaceAll(/\s+/g, ' '), /Chat Server ENU ?·? ?Windows 64-bit .* 8\.5\.106\.10 New/);
    await row('Chat Server').click();
    equal(await wizard().locator('#scan-chosen').innerText(), '2 of 3 chosen');
    await row('Chat Server').click();
    await wizard().getByRole('combobox', { name: 'Group' }).fill('Release 2026-11');
    await bench.screenshot('import-method-c-2-packages');
    // Somebody damages an archive between the search and the import.
    truncateSync(join(share, '2026-11', 'archives', samples.mediaControl.fileName), 900);
    await button('Finish').click();
    await lane('Media Control Platform').getByText(/^Failed: /).waitFor();
    equal(await lane('Media Control Platform').locator('.bar-failed').count(), 1);
    match(await lane('Media Control Platform').getByRole('alert').innerText(), /Step \d of 6, .*ends too early[\s\S]*Nothing of this package was kept\./);
    await lane('Local Control Agent').getByText('Complete').waitFor();
    await lane('Chat Server').getByText('Complete').waitFor();
    equal(await lane('Chat Server').locator('.bar-done').count(), 1);
    await bench.treeRow(/Failed: /).waitFor();
    await bench.screenshot('import-method-c-3-failed');
    await writeSample(samples.mediaControl, join(share, '2026-11', 'archives'));
    await lane('Media Control Platform').getByRole('button', { name: 'Try again' }).click();
    await lane('Media Control Platform').getByText('Complete').waitFor();
    await close();
    deepEqual((await packages()).filter(({ group }) => group === 'Release 2026-11').map(({ name }) => name).sort(), ['Chat Server', 'Local Control Agent', 'Media Control Platform']);
    ok(readFileSync(await download(samples.mediaControl)).equals(readFileSync(join(share, '2026-11', 'archives', samples.mediaControl.fileName))));
  });

  it('UNC path to an existing administrator repository: searched again after a reload, closed while it imports and opened again', async () => {
    const { bench } = editor;
    const repository = join(share, 'repository');
    await writeLargeSample(longImport, join(repository, 'a', 'b'));
    await writeSampleFolder(samples.lcaZip, join(repository, 'lca'));
    await open();
    await method('Existing Genesys Administrator repository').check();
    await path().fill('\\\\nas01\\genesys\\repository');
    await button('Next').click();
    await row('Sample of a Given Size').waitFor();
    await untilKept(bench, 'the step', '"step":"packages"', 'nas01');
    await bench.reload();
    await openSideBar(bench);
    if (await tab().count() === 0) await open();
    await row('Sample of a Given Size').waitFor({ timeout: 60_000 });
    await wizard().locator('#search-again').waitFor();
    await bench.screenshot('import-method-d-1-searched-again');
    await button('Finish').click();
    await lane('Sample of a Given Size').getByText(/Importing \d+/).waitFor();
    await close();
    await bench.runCommand('Import Packages');
    await lane('Sample of a Given Size').waitFor();
    await bench.screenshot('import-method-d-2-opened-again');
    await lane('Sample of a Given Size').getByText('Complete').waitFor({ timeout: 60_000 });
    await close();
    const versions = (await packages()).map(({ name, version }) => `${name} ${version}`);
    for (const { name, version } of [largeSample, samples.lcaZip.description]) ok(versions.includes(`${name} ${version}`), name);
  });

  it('UNC path to zipped packages from support: found inside their archives, what is there is marked, the download is the source', async () => {
    const { bench } = editor;
    const folder = join(share, 'support');
    const [archive = ''] = await Promise.all([samples.plugIn, samples.mediaControl].map((sample) => writeSupportArchive(sample, folder)));
    // What they were made of would be found as well.
    rmSync(join(folder, 'inner'), { recursive: true });
    await open();
    await method('Zipped packages from support').check();
    await path().fill('//nas01/genesys/support');
    await button('Next').click();
    await row('GAX Sample Reporting Plug-in').getByText('New').waitFor();
    await row('Media Control Platform').getByText(/Already there/).waitFor();
    await bench.screenshot('import-method-e-1-packages');
    await button('Finish').click();
    await lane('GAX Sample Reporting Plug-in').getByText('Complete').waitFor();
    await bench.screenshot('import-method-e-2-complete');
    await close();
    ok(readFileSync(await download(samples.plugIn)).equals(readFileSync(archive)));
    deepEqual(bench.foreignRequests, []);
  });
});
