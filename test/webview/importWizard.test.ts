import { deepEqual, equal, match } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until, untilEqual } from '../support/until';
import { createImportScript, files, inspection, lcaArchive, mayImportOnly, mcp, mcpArchive, openBench, type BenchOptions, type ImportWizardBench } from './importWizardFixture';
import { createWorkspaceState } from './support';

describe('the import wizard: where packages come from', function () {
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

  async function open(options: BenchOptions = {}): Promise<void> {
    bench = await openBench(browser, options);
    await bench.opened.page.locator('.wizard').waitFor();
  }
  const page = () => bench.opened.page;
  const path = (n = 1): Locator => page().locator(`#path-${n - 1}`);
  const finish = (): Locator => page().getByRole('button', { name: /^(Finish|Terminer)$/ });
  const footer = (): Promise<string> => page().locator('.wizard-footer .footer-words').innerText().then((words) => words.replaceAll('\u00a0', ' ').trim());
  const focused = (): Promise<string> => page().evaluate(() => document.activeElement?.id ?? '');
  const errorOf = (id: string): Locator => page().locator(`#${id}-error`);
  const spoken = (words: RegExp): Promise<void> => page().locator('[role=status]', { hasText: words }).first().waitFor({ state: 'attached' });

  it('says which machine reads the files, offers the five methods, and begins in the empty field', async () => {
    await open();
    equal(await page().getByRole('heading', { level: 1 }).innerText(), 'Import packages');
    match(await page().locator('.facts').innerText(), /Files are read on this computer, desk[\s\S]*Repository: \/data/);
    deepEqual(await page().locator('.method-head').allInnerTexts(), [
      'Package archive with its templates', 'Package archive and separate templates', 'Mounted CD or directory', 'Existing Genesys Administrator repository', 'Zipped packages from support',
    ]);
    deepEqual(await page().locator('.method-group').allInnerTexts(), ['One package', 'Several packages at a path']);
    equal(await page().getByRole('radio', { name: 'Package archive with its templates' }).isChecked(), true);
    await untilEqual(focused, 'path-0');
    equal(await page().getByRole('combobox', { name: 'Tenant' }).inputValue(), 'Environment');
    equal(await page().getByRole('combobox', { name: 'Group' }).inputValue(), '');
    equal(await footer(), 'Nothing is imported before you press Finish.');
    equal(await page().locator('.import-notice').count(), 0);
    await bench.opened.screenshot('import-method');
  });

  it('says what a chosen file is, and what Finish will do', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection()).set(mcpArchive, mcp);
    await open({ script });
    bench.chosen = [lcaArchive, mcpArchive];
    await page().getByRole('button', { name: 'Choose file…' }).click();
    const boxes = page().locator('.finding.box');
    await boxes.nth(1).waitFor();
    const words = (await boxes.allInnerTexts()).map((each) => each.replaceAll(/\s+/g, ' '));
    match(words[0] ?? '', /Local Control Agent 8\.5\.100\.37 New ENU ?Linux 64-bit ?1 template: LCA_851 ?9\.3 MB/);
    match(words[1] ?? '', /Media Control Platform 9\.0\.046\.06 New ENU ?Linux 64-bit ?5 templates: VP_MediaControl_90, VP_CallManager_90, VP_SSG_90, VP_RM_90 and 1 more ?214 MB/);
    deepEqual([await path(1).inputValue(), await path(2).inputValue()], [lcaArchive, mcpArchive]);
    equal(await footer(), 'Finish imports 2 packages (223 MB) for Environment.');
    await untilEqual(focused, 'choose-path-0');
    await spoken(/Local Control Agent 8\.5\.100\.37|Media Control Platform/);
    await bench.opened.screenshot('import-recognized');
    await page().setViewportSize({ width: 700, height: 1000 });
    await bench.opened.screenshot('import-recognized-700');
  });

  it('reads a typed path when its field is left, shows how far it is, and stops reading on request', async () => {
    const script = createImportScript();
    script.archives.set(mcpArchive, undefined);
    await open({ script });
    await path().fill(`  "${mcpArchive}" `);
    equal(script.repository.service.requests.includes('imports/inspect'), false);
    await page().keyboard.press('Tab');
    await page().getByText('Reading IP_vpMediaControl_9004606_ENU_linux.tar.gz…').waitFor();
    script.repository.service.send('importInspection', { source: { method: 'archive', path: mcpArchive }, percent: 42 });
    await page().getByText('Reading IP_vpMediaControl_9004606_ENU_linux.tar.gz: 42 %').waitFor();
    equal(await page().getByRole('progressbar').getAttribute('aria-valuenow'), '42');
    await bench.opened.screenshot('import-reading');
    equal(script.repository.service.requests.filter((name) => name === 'imports/inspect').length, 1);
    await page().getByRole('button', { name: 'Stop reading' }).click();
    await page().getByText('Not read to its end. The import checks it all the same.').waitFor();
    script.archives.set(mcpArchive, mcp);
    await page().getByRole('button', { name: 'Read again' }).click();
    await page().locator('.finding.box', { hasText: 'Media Control Platform' }).waitFor();
  });

  it('asks the service about no path that cannot be one', async () => {
    await open();
    for (const [typed, words] of [
      ['packages/lca.zip', 'This is not a whole path. Write it from its beginning, for example /home/packages/LCA.tar.gz.'],
      ['C:\\lca.zip', 'This is not a whole path. Write it from its beginning, for example /home/packages/LCA.tar.gz.'],
      [`/${'x'.repeat(5000)}`, 'This cannot be the path of a file. Choose the archive with “Choose file…”.'],
    ] as const) {
      await path().fill(typed);
      await path().blur();
      await errorOf('path-0').getByText(words).waitFor();
      equal(await path().getAttribute('aria-invalid'), 'true');
    }
    await path().fill('');
    await path().blur();
    await errorOf('path-0').getByText('Choose the archive of the package, or type its path.').waitFor();
    equal(bench.script.repository.service.requests.includes('imports/inspect'), false);
  });

  it('Finish with wrong input goes to the first wrong field, names it, and starts nothing', async () => {
    await open();
    await page().getByRole('combobox', { name: 'Tenant' }).fill('Nowhere');
    await page().getByRole('combobox', { name: 'Group' }).fill('x'.repeat(256));
    await finish().click();
    equal(await footer(), '3 values to correct: Package archive');
    await untilEqual(focused, 'path-0');
    equal(await errorOf('path-0').innerText(), 'Choose the archive of the package, or type its path.');
    equal(await errorOf('tenant').innerText(), 'There is no tenant “Nowhere”. Choose one from the list.');
    equal(await errorOf('group').innerText(), 'The name of a group has at most 255 characters.');
    await spoken(/3 values to correct: Package archive\. Choose the archive/);
    await bench.opened.screenshot('import-wrong');
    bench.script.archives.set(lcaArchive, inspection());
    await path().fill(lcaArchive);
    await finish().click();
    await untilEqual(focused, 'tenant');
    equal(await footer(), '2 values to correct: Tenant');
    await page().getByRole('combobox', { name: 'Tenant' }).fill('environment');
    await page().getByRole('combobox', { name: 'Group' }).fill('');
    deepEqual(bench.script.started, []);
    await finish().click();
    await page().locator('.lanes').waitFor();
    deepEqual(bench.script.started, [{ path: lcaArchive, tenant: 'Environment', group: '' }]);
  });

  it('shows why a file is refused under its field; Finish then goes there; reading again helps when the file was mended', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, { code: 'archive/truncated', args: { archive: 'IP_LCA.tar.gz', offset: 312 } });
    await open({ script });
    await path().fill(lcaArchive);
    await path().blur();
    await errorOf('path-0').getByText('IP_LCA.tar.gz ends too early, at byte 312.').waitFor();
    await bench.opened.screenshot('import-refused');
    await finish().click();
    await untilEqual(focused, 'path-0');
    deepEqual(script.started, []);
    script.archives.set(lcaArchive, inspection());
    await page().getByRole('button', { name: 'Read again' }).click();
    await page().locator('.finding.box', { hasText: 'Local Control Agent' }).waitFor();
    equal(await errorOf('path-0').count(), 0);
  });

  it('a path that is looked at only when Finish is pressed, and is none, starts nothing', async () => {
    await open();
    await path().fill('/packages/missing.zip');
    await page().keyboard.press('Control+Enter');
    await page().keyboard.press('Enter');
    await errorOf('path-0').getByText('missing.zip cannot be read: it does not exist.').waitFor();
    await untilEqual(focused, 'path-0');
    equal(await footer(), '1 value to correct: Package archive');
    equal(await page().locator('.import-notice').count(), 0);
    deepEqual(bench.script.started, []);
  });

  it('refuses a package that the tenant has to who may not replace it, and follows what other windows import', async () => {
    const script = createImportScript();
    mayImportOnly(script.repository);
    script.archives.set(lcaArchive, inspection());
    await open({ script });
    await path().fill(lcaArchive);
    await path().blur();
    await page().locator('.finding.box', { hasText: 'New' }).waitFor();
    const [first] = script.repository.lists.packages;
    script.repository.change({ packages: [...script.repository.lists.packages, { ...first!, ...inspection().identity, id: 'p9', tenantId: 'environment' }] });
    await errorOf('path-0').getByText('Local Control Agent 8.5.100.37 (ENU, Linux 64-bit) is already in the repository for Environment. Replacing it needs the privilege “Replace installation packages and solution definitions”.').waitFor();
    await page().locator('.finding.box', { hasText: 'Already there' }).waitFor();
    equal(await footer(), '1 value to correct: Package archive');
    await bench.opened.screenshot('import-present');
    await page().getByRole('combobox', { name: 'Tenant' }).fill('Southern Europe');
    await page().locator('.finding.box', { hasText: 'New' }).waitFor();
    equal(await errorOf('path-0').count(), 0);
  });

  it('a field offers what it knows: any part matches, Down opens, Enter takes, Escape closes the list only', async () => {
    await open();
    const tenant = page().getByRole('combobox', { name: 'Tenant' });
    await tenant.focus();
    equal(await tenant.getAttribute('aria-expanded'), 'false');
    await page().keyboard.press('ArrowDown');
    equal(await tenant.getAttribute('aria-expanded'), 'true');
    deepEqual(await page().getByRole('option').allInnerTexts(), ['Environment', 'North America Health', 'Southern Europe']);
    equal(await page().locator('[aria-selected=true]').innerText(), 'Environment');
    await tenant.fill('HEALTH');
    await page().locator('mark').getByText('Health').waitFor();
    deepEqual(await page().getByRole('option').allInnerTexts(), ['North America Health']);
    await bench.opened.screenshot('import-completion');
    await page().keyboard.press('Escape');
    equal(await page().getByRole('option').count(), 0);
    equal(await tenant.inputValue(), 'HEALTH');
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('ArrowUp');
    equal(await page().locator('[aria-selected=true]').innerText(), 'Southern Europe');
    await page().keyboard.press('ArrowUp');
    await page().keyboard.press('Enter');
    equal(await tenant.inputValue(), 'North America Health');
    await untilEqual(focused, 'tenant');
    equal(await page().getByRole('option').count(), 0);
    await page().keyboard.press('Tab');
    await page().keyboard.press('ArrowDown');
    deepEqual(await page().getByRole('option').allInnerTexts(), ['Northern']);
    await page().getByRole('option', { name: 'Northern' }).click();
    equal(await page().getByRole('combobox', { name: 'Group' }).inputValue(), 'Northern');
    await page().keyboard.type('x');
    deepEqual(await page().getByRole('option').allInnerTexts(), ['New group “Northernx”']);
    await page().keyboard.press('Tab');
    equal(await page().locator('.completion-popup').count(), 0);
    await tenant.fill('Nowhere');
    await page().getByText('No entry contains “Nowhere”.').waitFor();
  });

  it('shows at most 50 entries and counts the rest', async () => {
    const script = createImportScript();
    script.repository.lists = { ...script.repository.lists, tenants: Array.from({ length: 500 }, (_, i) => ({ id: `t${i}`, name: `Tenant ${i}` })) };
    await open({ script });
    await page().getByRole('combobox', { name: 'Tenant' }).focus();
    await page().keyboard.press('ArrowDown');
    equal(await page().getByRole('option').count(), 50);
    await page().getByText('450 more: type on').waitFor();
    await page().getByRole('combobox', { name: 'Tenant' }).fill('499');
    deepEqual(await page().getByRole('option').allInnerTexts(), ['Tenant 499']);
  });

  it('offers the group used last for each tenant, else the one of the settings', async () => {
    const memento = createWorkspaceState();
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection());
    await open({ script, memento, defaultGroup: 'Inbox' });
    const groupField = () => page().getByRole('combobox', { name: 'Group' });
    equal(await groupField().inputValue(), 'Inbox');
    await page().getByRole('combobox', { name: 'Tenant' }).fill('North America Health');
    await groupField().fill('Northern');
    await path().fill(lcaArchive);
    await finish().click();
    await page().locator('.lanes').waitFor();
    deepEqual(script.started, [{ path: lcaArchive, tenant: 'North America Health', group: 'Northern' }]);
    script.set('import-1', { state: 'complete', percent: 100 });
    await page().getByRole('button', { name: 'Close' }).click();
    await bench.opened.close();
    await open({ script, memento, defaultGroup: 'Inbox' });
    equal(await page().getByRole('combobox', { name: 'Tenant' }).inputValue(), 'North America Health');
    equal(await groupField().inputValue(), 'Northern');
    await page().getByRole('combobox', { name: 'Tenant' }).fill('Environment');
    equal(await groupField().inputValue(), 'Inbox');
    await groupField().fill('Mine');
    await page().getByRole('combobox', { name: 'Tenant' }).fill('North America Health');
    equal(await groupField().inputValue(), 'Mine');
  });

  it('opened on a group it has tenant and group filled in; dropped files are in it', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection()).set(mcpArchive, mcp);
    await open({ script, intent: { tenantId: 't-north', group: 'Northern', dropped: files(lcaArchive) } });
    equal(await page().getByRole('combobox', { name: 'Tenant' }).inputValue(), 'North America Health');
    equal(await page().getByRole('combobox', { name: 'Group' }).inputValue(), 'Northern');
    await page().locator('.finding.box', { hasText: 'Local Control Agent' }).waitFor();
    bench.receive({ dropped: files(mcpArchive, lcaArchive) });
    await page().locator('.finding.box', { hasText: 'Media Control Platform' }).waitFor();
    equal(await page().locator('.archive').count(), 2);
    await page().getByRole('button', { name: 'Remove IP_LCA_8510037_ENU_linux.tar.gz' }).click();
    await page().locator('.archive').nth(1).waitFor({ state: 'detached' });
    equal(await path(1).inputValue(), mcpArchive);
    await page().getByRole('button', { name: 'Another archive' }).click();
    await untilEqual(focused, 'path-1');
  });

  it('takes files that are dropped on it, and says so when a drop carries no path', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection());
    await open({ script });
    const drop = (type: string, data: string): Promise<void> => page().evaluate(([kind, value]) => {
      const dataTransfer = new DataTransfer();
      if (kind === 'file') dataTransfer.items.add(new File(['x'], 'a.zip'));
      else dataTransfer.setData(kind!, value!);
      for (const name of ['dragover', 'drop']) document.querySelector('.wizard')?.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
    }, [type, data]);
    await drop('text/uri-list', `# comment\r\nfile://${lcaArchive}\r\n`);
    await page().locator('.finding.box', { hasText: 'Local Control Agent' }).waitFor();
    await drop('file', '');
    await page().getByRole('alert').getByText('This drop carries no path. Use “Choose file…”, or drop on the Packages view.').waitFor();
    await bench.opened.screenshot('import-drop-without-path');
    await drop('text/uri-list', 'https://example.com/a.zip');
    await page().getByRole('alert').getByText('This drop carries no path.').waitFor();
    equal(await page().locator('.archive').count(), 1);
  });

  it('in Restricted Mode it reads nothing and starts nothing, and goes on once the window is trusted', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection());
    await open({ script, trusted: false, intent: { dropped: files(lcaArchive) } });
    await page().getByText('Restricted Mode: importing needs a trusted window.').waitFor();
    equal(await footer(), 'Finish needs a trusted window.');
    equal(await finish().getAttribute('disabled') !== null, true);
    await page().getByRole('button', { name: 'Manage workspace trust' }).click();
    await until(() => bench.calls.includes('manageTrust'), 'the editor to be asked');
    equal(script.repository.service.requests.includes('imports/inspect'), false);
    await bench.opened.screenshot('import-restricted');
    bench.trust();
    await page().locator('.finding.box', { hasText: 'Local Control Agent' }).waitFor();
    equal(await page().locator('.import-notice').count(), 0);
  });

  it('keeps the input while the service is away', async () => {
    await open();
    await path().fill('/packages/a');
    bench.script.repository.service.become('offline');
    await page().getByText('The package service does not answer. Running imports go on; your input is kept.').waitFor();
    equal(await path().inputValue(), '/packages/a');
    await bench.opened.screenshot('import-offline');
    await page().getByRole('button', { name: 'Connect again' }).click();
    await page().locator('.import-notice').waitFor({ state: 'detached' });
  });

  it('stays as it is while the extension does not answer', async () => {
    await open();
    bench.tab.end();
    await path().fill('/packages/a');
    await page().getByText('Connecting again…').waitFor();
    equal(await finish().getAttribute('disabled') !== null, true);
    equal(await path().inputValue(), '/packages/a');
    await bench.opened.screenshot('import-reconnecting');
  });

  it('says in French what it says in English', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection());
    await open({ script, locale: 'fr' });
    equal(await page().getByRole('heading', { level: 1 }).innerText(), 'Assistant d’importation de logiciel');
    await path().fill(lcaArchive);
    await path().blur();
    await page().locator('.finding.box', { hasText: 'Nouveau' }).waitFor();
    equal(await footer(), 'Terminer importe 1 package (9,3 Mo) pour Environment.');
    await bench.opened.screenshot('import-recognized-fr');
    await page().getByRole('combobox', { name: 'Locataire' }).fill('');
    await finish().click();
    equal(await footer(), '1 valeur à corriger : Locataire');
    await page().setViewportSize({ width: 700, height: 900 });
    await bench.opened.screenshot('import-wrong-fr-700');
  });
});
