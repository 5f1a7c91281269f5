import { equal } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodApd, goodFile } from '../../support/formats/goodFiles';
import { until } from '../../support/until';
import { pressUntil, useEditor } from './editor';

const metadata = goodFile('Dialer_91.xml').text;

describe('files of packages in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor(() => ({
    files: {
      'lca.genesys_silent.ini': '[IPCommon]\nInstallPath=/opt/lca\nDatamodel=64\n\n[LCA]\nUseGDA=Never\n\n\n\n[ConfigServer]\n',
      'templates/Dialer_91.xml': metadata.replace('default="oldest"', 'default="random"'),
      'stat.spd': goodFile('stat.spd').text,
      'templates/plug.tpl': goodFile('options.tpl').text,
      'templates/page.tpl': '<html>{$title}</html>\n',
      'pom.xml': '<project>\n  <a></b>\n</project>\n',
    },
  }));

  async function open(name: string): Promise<void> {
    const { bench } = editor;
    await bench.page.keyboard.press('Control+P');
    await bench.quickInput.box.fill(name);
    await bench.quickInput.pick(name);
    await bench.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  const language = (name: string) => editor.bench.page.locator('.statusbar-item', { hasText: name }).first().waitFor();
  const line = (text: string) => editor.bench.page.locator('.editor-instance .view-line', { hasText: text }).first();

  it('shows the problems of a silent.ini, in the Problems view too', async () => {
    const { bench } = editor;
    await open('lca.genesys_silent.ini');
    await language('Genesys silent.ini');
    await bench.runCommand('Problems: Focus on Problems View');
    const problems = bench.page.locator('.markers-panel');
    await problems.getByText('The installer looks for DataModel: capitals count.').first().waitFor();
    await problems.getByText('UseGDA cannot be “Never”; allowed: Use, NotUse.').first().waitFor();
    await problems.getByText('The section ConfigServer is empty').first().waitFor();
    await bench.screenshot('language-1-problems');
  });

  it('mends a problem by its quick fix', async () => {
    const { bench } = editor;
    await line('Datamodel').click();
    await bench.page.keyboard.press('Home');
    const fix = bench.page.locator('.action-widget').getByText('Replace with DataModel');
    await pressUntil(bench, 'Control+.', fix);
    await bench.screenshot('language-2-quick-fix');
    await bench.page.keyboard.press('Enter');
    await line('DataModel=64').waitFor();
  });

  it('suggests keys and values with what they mean', async () => {
    const { bench } = editor;
    await line('UseGDA').click();
    await bench.page.keyboard.press('End');
    await bench.page.keyboard.press('Enter');
    await bench.page.keyboard.type('Tune');
    await bench.page.locator('.suggest-widget').getByText('TuneStartupFiles').first().waitFor();
    await bench.screenshot('language-3-suggest');
    await bench.page.keyboard.press('Enter');
    await line('TuneStartupFiles=').waitFor();
    await bench.page.keyboard.press('Control+Space');
    await bench.page.locator('.suggest-widget .monaco-list-row', { hasText: 'yes' }).first().click();
    await line('TuneStartupFiles=yes').waitFor();
  });

  it('explains a key where the pointer rests', async () => {
    const { bench } = editor;
    await line('InstallPath').hover({ position: { x: 20, y: 8 } });
    await bench.page.locator('.monaco-hover', { hasText: 'Absolute path of the folder to install into' }).first().waitFor();
    await bench.screenshot('language-4-hover');
  });

  it('lays a file out', async () => {
    const { bench } = editor;
    await line('InstallPath').click();
    await bench.runCommand('Format Document');
    await bench.page.keyboard.press('Control+S');
    const path = join(editor.host.workspace, 'lca.genesys_silent.ini');
    const laidOut = '[IPCommon]\nInstallPath=/opt/lca\nDataModel=64\n\n[LCA]\nUseGDA=Never\nTuneStartupFiles=yes\n\n[ConfigServer]\n';
    await until(() => readFileSync(path, 'utf8') === laidOut, 'the file to be laid out and saved');
  });

  it('knows a metadata template by its root, and leaves other XML alone', async () => {
    const { bench } = editor;
    await open('pom.xml');
    await language('XML');
    await open('Dialer_91.xml');
    await language('Genesys Template Metadata');
    await bench.runCommand('Problems: Focus on Problems View');
    await bench.page.locator('.markers-panel').getByText('The default “random” is not among the choices').first().waitFor();
    equal(await bench.page.locator('.markers-panel').getByText('pom.xml').count(), 0);
  });

  it('says on both files of a pair what differs, as soon as the APD is there', async () => {
    const { bench } = editor;
    const differs = bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'The default of dialing / order is “random” in the XML file and “oldest” in the APD file.' });
    equal(await differs.count(), 0);
    writeFileSync(join(editor.host.workspace, 'templates/Dialer_91.apd'), goodApd());
    await bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'Dialer_91.apd' }).first().waitFor();
    await until(async () => await differs.count() >= 2, 'the problem to be said on both files');
    await bench.screenshot('language-5-metadata');
  });

  it('knows a plug-in template by its content, and leaves the templates of other programs alone', async () => {
    await open('plug.tpl');
    await language('Genesys Plug-in Template');
    await open('page.tpl');
    await language('Plain Text');
  });

  it('renames an input of a solution definition, also in scripts', async () => {
    const { bench } = editor;
    await open('stat.spd');
    await language('Genesys Solution Package Definition');
    await line('os:verifyHost').getByText('hostName').first().click();
    await bench.page.keyboard.press('F2');
    const box = bench.page.locator('.rename-box input');
    await box.waitFor();
    equal(await box.inputValue(), 'hostName');
    await box.fill('machine');
    await bench.screenshot('language-6-rename');
    await bench.page.keyboard.press('Enter');
    await line("var target = machine + '-1'").waitFor();
    await line('<input name="machine" title="Host"').waitFor();
    await line('host="${machine}"').waitFor();
  });

  it('goes on after the language server was restarted', async () => {
    const { bench } = editor;
    await bench.runCommand('Restart Language Server');
    await open('lca.genesys_silent.ini');
    await line('DataModel=64').click();
    await bench.page.keyboard.press('End');
    await bench.page.keyboard.type('000');
    await bench.page.locator('.markers-panel').getByText('DataModel cannot be “64000”; allowed: 32, 64.').first().waitFor();
  });

  it('leads from a problem to the page of its format', async () => {
    const { bench } = editor;
    await bench.page.locator('.markers-panel').getByText('silentIni.value-not-allowed').first().click();
    await bench.page.locator('.tab.active', { hasText: 'silentIni.md' }).waitFor();
    await bench.screenshot('language-7-page');
  });
});
