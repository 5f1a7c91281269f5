import { match } from 'node:assert/strict';
import { samples, type Sample } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { clickUntil, openSideBar, untilTabKept, useEditor } from './editor';
import { importNow, withService } from './prepare';

/** A key in letters that the installer does not look for. */
const wrong: Sample = {
  ...samples.lca,
  entries: async () => (await samples.lca.entries()).map((entry) => ('content' in entry && entry.path === 'ip/genesys_silent.ini' ? { ...entry, content: String(entry.content).replace('DataModel', 'Datamodel') } : entry)),
};

describe('the inside of packages in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const tab = (name: string) => editor.bench.page.locator('.tab.active', { hasText: name }).waitFor();

  before('two versions of a package', async () => {
    const { host: { dataFolder, folder } } = editor;
    const archives = [await writeSample(wrong, folder), await writeSample(samples.lcaNewer, folder)];
    await withService(dataFolder, async (client) => {
      for (const archive of archives) await importNow(client, archive);
    });
    await openSideBar(editor.bench);
  });

  it('opens a file with its problems, which may not be changed and is there again after a reload', async () => {
    const { bench } = editor;
    await bench.runCommand('Open File of Package');
    await bench.quickInput.pick(/8\.5\.100\.37/);
    await bench.quickInput.pick(/^\s*genesys_silent\.ini/);
    await tab('genesys_silent.ini');
    await bench.page.locator('.statusbar-item', { hasText: 'Genesys silent.ini' }).first().waitFor();
    await bench.runCommand('Problems: Focus on Problems View');
    const problems = bench.page.locator('.markers-panel');
    await problems.getByText('The installer looks for DataModel: capitals count.').first().waitFor();
    await bench.screenshot('inside-1-problems');
    const line = bench.page.locator('.editor-instance .view-line', { hasText: 'Datamodel' }).first();
    await line.click();
    await bench.page.keyboard.type('x');
    await bench.page.locator('.monaco-editor-overlaymessage', { hasText: /read-only/i }).waitFor();
    await untilTabKept(bench, '/genesys_silent.ini');
    await bench.reload();
    // A new extension host starts first.
    await line.waitFor({ timeout: 60_000 });
    await bench.page.locator('.editor-instance .squiggly-error').first().waitFor();
  });

  it('opens a template from the page of its package in the editor for templates', async () => {
    const { bench } = editor;
    await openSideBar(bench);
    const template = bench.webview.getByRole('button', { name: 'LCA_851.apd' });
    await clickUntil(bench.treeRow(/Local Control Agent\s*8\.5\.100\.37/), template);
    await template.click();
    await tab('LCA_851.apd');
    await bench.webview.getByText('No option differs from LCA_851.xml.').waitFor();
    await bench.screenshot('inside-2-template');
  });

  it('unfolds a package in the tree down to a file, which opens by a click', async () => {
    const { bench } = editor;
    await openSideBar(bench);
    const unfold = (row: ReturnType<typeof bench.treeRow>) => row.locator('.monaco-tl-twistie').click();
    await unfold(bench.treeRow(/Local Control Agent\s*8\.5\.100\.37/));
    await bench.treeRow(/^ip_description\.xml/).waitFor();
    await bench.treeRow(/^Templates\s*2/).waitFor();
    await unfold(bench.treeRow(/^Files\s*\d+/));
    await unfold(bench.treeRow(/^ip$/));
    await bench.screenshot('inside-tree');
    await bench.treeRow(/^genesys_silent\.ini/).click();
    await tab('genesys_silent.ini');
  });

  it('compares two versions: every text that differs in one editor, the others in a list', async () => {
    const { bench } = editor;
    await bench.runCommand('Compare Package Versions');
    await bench.quickInput.pick(/8\.5\.100\.37/);
    await bench.quickInput.pick(/8\.5\.100\.40/);
    await tab('Local Control Agent: 8.5.100.37 ↔ 8.5.100.40');
    const changes = bench.page.locator('.multiDiffEntry', { hasText: 'ip_description.xml' });
    await changes.locator('.modified .view-line', { hasText: '8.5.100.40' }).first().waitFor();
    await changes.locator('.original .view-line', { hasText: '8.5.100.37' }).first().waitFor();
    await bench.screenshot('inside-3-changes');
    const others = bench.notification('differ');
    match(await others.innerText(), /\d+ more files? differs?, not as text: 0 added, 0 removed, \d+ changed\./);
    await others.getByRole('button', { name: 'Show Files' }).click();
    await bench.quickInput.row('ip_description.xml').waitFor();
    await bench.screenshot('inside-4-files');
    await bench.quickInput.pick('ip_description.xml');
    await tab('ip_description.xml: 8.5.100.37 ↔ 8.5.100.40');
  });

  it('lists the templates of all packages, each opening in its editor', async () => {
    const { bench } = editor;
    await bench.runCommand('Focus on Templates and Applications View');
    await bench.treeRow(/^Application templates\s*2/).waitFor();
    await bench.screenshot('inside-objects');
    await bench.runCommand('Filter Templates and Applications');
    await bench.page.getByPlaceholder('Part of a name').fill('no such');
    await bench.page.getByText('No template, application or definition matches “no such” in Environment.').first().waitFor();
    await bench.page.keyboard.press('Escape');
    await bench.treeRow(/^LCA_851.*8\.5\.100\.37/).click();
    await tab('LCA_851.apd');
  });
});
