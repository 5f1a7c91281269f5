import { equal } from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDefinition } from '../../support/samplePackages/definitions';
import { linuxPackageEntries } from '../../support/samplePackages/packageEntries';
import { pathOnlySilentIni, samples, type Sample } from '../../support/samplePackages/samples';
import { writeZip } from '../../support/samplePackages/writeArchive';
import { writeSample } from '../../support/samplePackages/writeSample';
import { until } from '../../support/until';
import { clickUntil, importArchive, openSideBar, tick, useEditor } from './editor';
import { importNow, withService } from './prepare';

/** A plug-in of which nobody understands the template. */
const oddPlugIn: Sample = {
  ...samples.plugIn, fileName: 'IP_gaxOdd_9000112b1_ENU_linux.tar.gz', description: { ...samples.plugIn.description, name: 'GAX Odd Plug-in', nickname: 'gaxOdd' },
  entries: () => linuxPackageEntries({
    description: { ...samples.plugIn.description, name: 'GAX Odd Plug-in', nickname: 'gaxOdd' }, silentIni: pathOnlySilentIni('/opt/odd'), templates: [],
    more: [{ path: 'templates/' }, { path: 'templates/gax_odd.tpl', content: 'nothing that anybody knows\n' }],
  }),
};

describe('solution definitions and plug-ins in VS Code', function () {
  this.timeout(90_000);
  const editor = useEditor(() => ({ files: { 'segment.xml': writeDefinition() } }));
  const row = (name: RegExp) => editor.bench.treeRow(name);
  const details = () => editor.bench.webview;

  before('two packages and a zip with a definition', async () => {
    const { host: { dataFolder, folder, workspace } } = editor;
    const lca = await writeSample(samples.lca, folder);
    await writeZip(join(workspace, 'segment-2.2.zip'), [{ path: 'Segment/segment.xml', content: writeDefinition({ version: '2.2.0' }) }, { path: 'Segment/read_me.txt', content: 'About it.\n' }], true);
    await withService(dataFolder, (client) => importNow(client, lca));
    await openSideBar(editor.bench);
  });

  it('imports one from its XML by the command, and shows it in the tree with its page', async () => {
    const { bench } = editor;
    await importArchive(bench, 'segment.xml');
    await clickUntil(row(/^Voice Platform Segment\s*2\.1\.0/), details().getByRole('heading', { name: 'Voice Platform Segment' }));
    const page = details();
    await page.getByText('Solution definition', { exact: true }).waitFor();
    await page.getByText('${TENANT}-${segment}').waitFor();
    await page.getByText('Solution definitions are stored and shown; this version cannot run them yet.').waitFor();
    await page.locator('#install[disabled]', { hasText: 'Deploy…' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Local Control Agent' }).getByText('in the repository', { exact: true }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Chat Server' }).getByText('not in the repository').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'os:execShellCmd' }).getByText('lines 30, 33').waitFor();
    await bench.screenshot('solutions-1-details');
  });

  it('opens its XML with the language of definitions, read-only', async () => {
    const { bench } = editor;
    await details().getByRole('button', { name: 'solutionDefinition.xml' }).click();
    await bench.page.locator('.tab.active', { hasText: 'solutionDefinition.xml' }).waitFor();
    await bench.page.locator('.statusbar-item', { hasText: 'Genesys Solution Package Definition' }).first().waitFor();
    const line = bench.page.locator('.editor-instance .view-line', { hasText: 'deploymentkey' }).first();
    await line.locator('span', { hasText: 'deploymentkey' }).last().hover();
    await bench.page.locator('.monaco-hover', { hasText: 'Makes one deployment of the solution unique' }).waitFor();
    await bench.screenshot('solutions-2-xml');
    await line.click();
    await bench.page.keyboard.type('x');
    await bench.page.locator('.monaco-editor-overlaymessage', { hasText: /read-only/i }).waitFor();
  });

  it('imports one from a zip in the wizard, which says what the file is', async () => {
    const { bench } = editor;
    await bench.runCommand('Import Packages');
    const wizard = bench.webview;
    await wizard.getByRole('button', { name: 'Choose file…' }).click();
    await bench.quickInput.pick('segment-2.2.zip');
    await wizard.locator('.finding.box', { hasText: 'Voice Platform Segment' }).getByText('Solution definition').waitFor();
    await bench.screenshot('solutions-3-wizard');
    await wizard.getByRole('button', { name: 'Finish' }).click();
    await wizard.getByText('Complete', { exact: true }).first().waitFor();
    await row(/^Voice Platform Segment\s*2\.2\.0/).waitFor();
    await bench.screenshot('solutions-4-imported');
  });

  it('unfolds to its XML and files in the tree, and stands among the objects', async () => {
    const { bench } = editor;
    await clickUntil(row(/^Voice Platform Segment\s*2\.2\.0/).locator('.monaco-tl-twistie'), row(/^segment\.xml/));
    await row(/^Files\s*2/).waitFor();
    await bench.screenshot('solutions-5-tree');
    await bench.runCommand('Focus on Templates and Applications View');
    await row(/^Solution definitions\s*2/).waitFor();
    await bench.screenshot('solutions-6-objects');
  });

  it('is a row of the list, with its details beside it', async () => {
    const { bench } = editor;
    await bench.runCommand('Open Package List');
    const list = bench.webview;
    await list.getByRole('row', { name: /Voice Platform Segment/ }).first().click();
    await list.getByRole('heading', { name: 'Voice Platform Segment' }).waitFor();
    await bench.screenshot('solutions-7-list');
  });

  it('is downloaded byte for byte, and deleted after a question', async () => {
    const { bench, host: { dataFolder, folder } } = editor;
    mkdirSync(join(folder, 'out'), { recursive: true });
    const target = join(folder, 'out', 'segment.xml');
    await withService(dataFolder, async (client) => {
      const found = (await client.request('packages/list', {})).find(({ version }) => version === '2.1.0')!;
      const { id } = await client.request('packages/download', { id: found.id, tenantId: found.tenantId, target, overwrite: false });
      await client.request('downloads/wait', { id });
    });
    equal(readFileSync(target, 'utf8'), writeDefinition());
    await bench.runCommand('Delete Package');
    await tick(bench, '2.1.0');
    const dialog = bench.page.locator('.monaco-dialog-box', { hasText: 'Delete Voice Platform Segment 2.1.0' });
    await dialog.waitFor();
    await bench.screenshot('solutions-8-delete');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await until(() => withService(dataFolder, async (client) => !(await client.request('packages/list', {})).some(({ version }) => version === '2.1.0')), 'the definition to be gone');
  });

  it('shows the default options of a plug-in, and says which template was not understood', async () => {
    const { bench, host: { dataFolder, folder } } = editor;
    const archives = [await writeSample(samples.plugIn, folder), await writeSample(oddPlugIn, folder)];
    await withService(dataFolder, async (client) => {
      for (const archive of archives) await importNow(client, archive);
    });
    await clickUntil(row(/^GAX Sample Reporting Plug-in/), details().getByRole('heading', { name: 'GAX Sample Reporting Plug-in' }));
    await details().getByRole('row', { name: /reporting\s*refresh-interval\s*60/ }).waitFor();
    await bench.screenshot('solutions-9-plug-in');
    await clickUntil(row(/^GAX Odd Plug-in.*Complete, gax_odd\.tpl not understood/), details().getByRole('heading', { name: 'GAX Odd Plug-in' }));
    await details().getByText(/templates\/gax_odd\.tpl, line 1 is not understood: This is no XML/).waitFor();
    await bench.screenshot('solutions-10-not-understood');
    await bench.runCommand('Focus on Templates and Applications View');
    await row(/^gax_odd.*not understood/).waitFor();
    await row(/^gax_sample_reporting.*3 default options/).waitFor();
    await bench.screenshot('solutions-11-objects');
  });
});
