import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goodApd, goodFile } from '../../support/formats/goodFiles';
import { until } from '../../support/until';
import { press, useEditor } from './editor';

const sections = (order: string) => ({ log: { verbose: 'standard' }, dialing: { order, '<media-type>.lines': '10', prefix: '00', days: 'mon, tue', subject: 'Re: ' } });

describe('application templates in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor(() => ({
    files: { 'templates/Dialer_91.xml': goodFile('Dialer_91.xml').text },
  }));
  let apd: string;
  let xml: string;
  const bytes = () => new Uint8Array(readFileSync(apd));
  const tab = (name: string) => editor.bench.page.locator('.tab.active', { hasText: name }).waitFor();

  before(async () => {
    apd = join(editor.host.workspace, 'templates/Dialer_91.apd');
    xml = join(editor.host.workspace, 'templates/Dialer_91.xml');
    writeFileSync(apd, goodApd(sections('newest')));
    const { bench } = editor;
    await bench.page.keyboard.press('Control+P');
    await bench.quickInput.box.fill('Dialer_91.apd');
    await bench.quickInput.pick('Dialer_91.apd');
    await tab('Dialer_91.apd');
  });

  it('open in an editor of their own, beside their XML, and follow the file', async () => {
    const { bench } = editor;
    await bench.webview.getByText('1 option differs from Dialer_91.xml: 1 with another default.').waitFor();
    await bench.webview.getByRole('button', { name: 'Next Difference' }).click();
    await bench.webview.getByText('One of: oldest, newest.').waitFor();
    await bench.screenshot('apd-1-editor');
    writeFileSync(apd, goodApd(sections('oldest')));
    await bench.webview.getByText('No option differs from Dialer_91.xml.').waitFor();
    writeFileSync(apd, goodApd(sections('oldest')).subarray(0, 340));
    await bench.webview.getByText(/^The file ends at byte 340, inside section dialing/).waitFor();
    await bench.runCommand('Problems: Focus on Problems View');
    await bench.page.locator('.markers-panel').getByText('The list ends in the middle of a pair.').first().waitFor();
    await bench.screenshot('apd-2-damaged');
    writeFileSync(apd, goodApd(sections('oldest')));
    await bench.webview.getByText('No option differs from Dialer_91.xml.').waitFor();
    // As packages made on Windows name it.
    renameSync(xml, xml.replace(/xml$/, 'XML'));
    await bench.webview.getByText('No option differs from Dialer_91.XML.').waitFor();
    renameSync(xml.replace(/xml$/, 'XML'), xml);
    await bench.webview.getByText('No option differs from Dialer_91.xml.').waitFor();
  });

  it('open as text, which is saved back as the binary file, or not at all with the place that is wrong', async () => {
    const { bench } = editor;
    await bench.webview.getByRole('button', { name: 'Open as Text' }).click();
    await tab('Dialer_91.apd.json');
    const line = bench.page.locator('.editor-instance .view-line', { hasText: '"order"' }).first();
    await line.click();
    await bench.page.keyboard.press('End');
    await bench.page.keyboard.press('Backspace');
    await bench.page.keyboard.press('Backspace');
    await bench.page.locator('.markers-panel').getByText('This is no JSON.').waitFor();
    await bench.page.keyboard.press('Control+S');
    await bench.page.locator('.notification-list-item-message', { hasText: /Dialer_91\.apd was not saved: line \d+, column \d+: This is no JSON\. Nothing was written/ }).waitFor();
    await bench.screenshot('apd-3-refused');
    deepEqual(bytes(), goodApd(sections('oldest')));
    for (let i = 0; i < 'oldest'.length; i++) await bench.page.keyboard.press('Backspace');
    await bench.page.keyboard.type('newest');
    await bench.page.keyboard.insertText('",');
    await bench.page.keyboard.press('Control+S');
    await until(() => Buffer.compare(bytes(), goodApd(sections('newest'))) === 0, 'the file to be saved as an APD');
    await bench.runCommand('Close Editor');
    await bench.webview.getByText('1 option differs from Dialer_91.xml: 1 with another default.').waitFor();
  });

  it('are compared as text, and made of each other after a question', async () => {
    const { bench } = editor;
    await bench.runCommand('Compare APD with XML Template');
    await tab('Dialer_91.xml ↔ Dialer_91.apd');
    await bench.page.locator('.diff-editor .line-delete, .monaco-diff-editor .line-delete').first().waitFor();
    await bench.screenshot('apd-4-compare');
    await bench.runCommand('Close Editor');
    rmSync(xml);
    await bench.webview.getByText('There is no XML template of this name in the folder').waitFor();
    await bench.runCommand('Create XML Template from APD');
    await tab('Dialer_91.xml');
    ok(readFileSync(xml, 'utf8').includes('<format type="string" default="newest"/>'));
    rmSync(apd);
    await bench.runCommand('Create APD from XML Template');
    await tab('Dialer_91.apd');
    await bench.webview.getByText('No option differs from Dialer_91.xml.').waitFor();
    deepEqual(bytes(), goodApd(sections('newest')));
    writeFileSync(xml, goodFile('Dialer_91.xml').text);
    await bench.webview.getByText('1 option differs from Dialer_91.xml: 1 with another default.').waitFor();
    await bench.runCommand('Create XML Template from APD');
    await press(bench, /Replace Dialer_91\.xml\?/, 'Cancel');
    deepEqual(readFileSync(xml, 'utf8'), goodFile('Dialer_91.xml').text);
  });
});
