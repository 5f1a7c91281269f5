import { deepEqual, equal, match } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until, untilEqual } from '../support/until';
import { createImportScript, inspection, lcaArchive, mcp, mcpArchive, openBench, type BenchOptions, type ImportScript, type ImportWizardBench } from './importWizardFixture';

const xml = '/packages/templates/LCA_851.xml';
const apd = '/packages/templates/LCA_851.apd';

describe('the import wizard: a package and its templates as three files', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let bench: ImportWizardBench;
  before(async () => {
    browser = await openPageBrowser();
  });
  afterEach(async () => {
    deepEqual(bench.opened.complaints, []);
    await bench.opened.close();
  });
  after(() => browser.close());

  const page = () => bench.opened.page;
  const file = (name: string): Locator => page().locator(`#part-${name}`);
  const finish = (): Locator => page().locator('#finish');
  const footer = (): Promise<string> => page().locator('.wizard-footer .footer-words').innerText().then((words) => words.replaceAll('\u00a0', ' ').trim());
  const focused = (): Promise<string> => page().evaluate(() => document.activeElement?.id ?? '');

  function createScript(): ImportScript {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection()).set(mcpArchive, mcp);
    return script;
  }

  async function open(options: BenchOptions & { readonly method?: RegExp } = {}): Promise<void> {
    const { method = /separate templates|modèle téléchargé séparément/, ...rest } = options;
    bench = await openBench(browser, { script: createScript(), ...rest });
    await page().getByRole('radio', { name: method }).check();
  }

  async function fill(path: string): Promise<void> {
    await file('path').fill(path);
    await file('xml').fill(xml);
    await file('apd').fill(apd);
    await file('apd').blur();
  }

  it('has three fields with the names of the procedure, and misses each by its name', async () => {
    await open();
    deepEqual(await page().locator('.archive label').allInnerTexts(), ['Package', 'XML template', 'APD template']);
    await finish().click();
    equal(await footer(), '3 values to correct: Package');
    await untilEqual(focused, 'part-path');
    equal(await page().locator('#part-xml-error').innerText(), 'Choose the XML template of the package, or type its path.');
    equal(await page().locator('#part-apd-error').innerText(), 'Choose the APD template of the package, or type its path.');
    await bench.opened.screenshot('import-parts-wrong');
  });

  it('says what the package is, that the three fit, and imports them as one', async () => {
    await open();
    bench.chosen = [lcaArchive];
    await page().locator('#choose-part-path').click();
    await page().locator('.finding.box', { hasText: 'Local Control Agent' }).waitFor();
    bench.chosen = [xml];
    await page().locator('#choose-part-xml').click();
    await until(async () => (await file('xml').inputValue()) === xml, 'the XML');
    bench.chosen = [apd];
    await page().locator('#choose-part-apd').click();
    await page().getByText('The three files fit together.').waitFor();
    deepEqual(bench.calls, ['choose archive', `choose xml ${lcaArchive}`, `choose apd ${lcaArchive}`]);
    equal(await footer(), 'Finish imports 1 package (9.3 MB) for Environment.');
    await bench.opened.screenshot('import-parts');
    await page().setViewportSize({ width: 700, height: 1000 });
    await bench.opened.setTheme('light');
    await bench.opened.screenshot('import-parts-700-light');
    await finish().click();
    await page().locator('.lane', { hasText: 'Local Control Agent' }).waitFor();
    deepEqual(bench.script.sources, [{ method: 'parts', path: lcaArchive, xml, apd }]);
  });

  it('a package with several templates names them, and is taken to the other method with its file', async () => {
    await open();
    await file('path').fill(mcpArchive);
    await file('path').blur();
    await page().locator('#part-path-error', { hasText: /This package has 5 templates: VP_MediaControl_90, .*Use “Package archive with its templates”\./ }).waitFor();
    await bench.opened.screenshot('import-parts-several-templates');
    await finish().click();
    deepEqual(bench.script.started, []);
    await page().getByRole('button', { name: 'Switch to that method' }).click();
    equal(await page().getByRole('radio', { name: 'Package archive with its templates' }).isChecked(), true);
    equal(await page().locator('#path-0').inputValue(), mcpArchive);
    await page().locator('.finding.box', { hasText: 'Media Control Platform' }).waitFor();
    await untilEqual(focused, 'method-radio-archive');
    await finish().click();
    await page().locator('.lane').waitFor();
    deepEqual(bench.script.sources, [{ method: 'archive', path: mcpArchive }]);
  });

  it('says which file does not fit and why, starts nothing, and compares the two templates on request', async () => {
    const script = createScript();
    script.parts.set(lcaArchive, { code: 'import/file-missing', args: { file: apd, reason: 'EACCES' } });
    await open({ script });
    await fill(lcaArchive);
    await page().locator('#part-apd-error', { hasText: 'this user may not read it' }).waitFor();
    await page().locator('#compare-templates').click();
    await until(() => bench.calls.includes(`compare ${xml} ${apd}`), 'the comparison');
    await bench.opened.screenshot('import-parts-misfit');
    await finish().click();
    await untilEqual(focused, 'part-apd');
    deepEqual(script.started, []);
    script.parts.clear();
    await page().getByRole('button', { name: 'Read again' }).click();
    await page().getByText('The three files fit together.').waitFor();
    equal(await page().locator('#part-apd-error').count(), 0);
  });

  it('a failed import of three files offers to compare the templates', async () => {
    await open();
    await fill(lcaArchive);
    await page().getByText('The three files fit together.').waitFor();
    await finish().click();
    await page().locator('.lane').waitFor();
    bench.script.set('import-1', { state: 'failed', step: 'templates', percent: 58, error: { code: 'import/source-changed', args: { file: apd } } });
    await page().getByText('Failed: Check templates').waitFor();
    await page().locator('.lane').getByRole('button', { name: 'Compare templates' }).click();
    await until(() => bench.calls.includes(`compare ${xml} ${apd}`), 'the comparison');
    match(await page().locator('.lane').innerText(), /Step 4 of 6, Check templates/);
    await bench.opened.screenshot('import-parts-failed');
  });

  it('keeps the input of a method while another one is looked at', async () => {
    await open();
    await fill(lcaArchive);
    await page().getByRole('radio', { name: 'Existing Genesys Administrator repository' }).check();
    await page().locator('#place-0').waitFor();
    await page().getByRole('radio', { name: /separate templates/ }).check();
    deepEqual([await file('path').inputValue(), await file('xml').inputValue(), await file('apd').inputValue()], [lcaArchive, xml, apd]);
  });

  it('takes the files of a drop into their fields', async () => {
    await open({ method: /with its templates/ });
    await page().evaluate((addresses) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', addresses.join('\r\n'));
      for (const name of ['dragover', 'drop']) document.querySelector('.wizard')?.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
    }, [apd, lcaArchive, xml].map((path) => `file://${path}`));
    await page().getByText('The three files fit together.').waitFor();
    deepEqual([await file('path').inputValue(), await file('xml').inputValue(), await file('apd').inputValue()], [lcaArchive, xml, apd]);
  });

  it('says in French what it says in English', async () => {
    await open({ locale: 'fr' });
    await file('path').fill(mcpArchive);
    await file('path').blur();
    await page().getByRole('button', { name: 'Passer à cette méthode' }).waitFor();
    deepEqual(await page().locator('.archive label').allInnerTexts(), ['Package', 'Modèle XML', 'Modèle APD']);
    await bench.opened.screenshot('import-parts-fr');
  });
});
