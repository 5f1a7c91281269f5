import { deepEqual, equal, match } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ScannedPackage, UnreadableSource } from '../../src/core/packages/scan';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until, untilEqual } from '../support/until';
import { createImportScript, mayImportOnly, openBench, scanned, type BenchOptions, type ImportScript, type ImportWizardBench, type ScriptedScan } from './importWizardFixture';
import { createWorkspaceState } from './support';

const place = '//nas01/genesys/2026-11';
const mounts = { '//nas01/genesys': '/mnt/genesys' };
const at = (name: string): string => `/mnt/genesys/2026-11/${name}`;

/** What the pictures of this step show. */
const pictured: readonly ScannedPackage[] = [
  scanned(at('gax/audio'), { name: 'Audio Resources plug-in', version: '9.0.000.12' }, { kind: 'plug-in', size: 38_000_000 }),
  scanned(at('chat/ip_win'), { name: 'Chat Server', version: '8.5.106.10', osGroup: 'windows' }, { size: 96_000_000 }),
  scanned(at('confserv'), { name: 'Configuration Server', version: '8.5.101.28' }, { size: 182_000_000, presence: 'present', presentIn: ['environment'] }),
  scanned(at('lca/linux'), {}, { size: 54_000_000 }),
  scanned(at('lca/windows'), { osGroup: 'windows' }, { size: 61_000_000 }),
  scanned(at('mcp'), { name: 'Media Control Platform', version: '9.0.046.06' }, { size: 214_000_000 }),
  scanned(at('message'), { name: 'Message Server', version: '8.5.100.15' }, { size: 41_000_000, presence: 'identical', presentIn: ['environment'] }),
];
const unreadable: readonly UnreadableSource[] = [
  { path: at('IP_vpResMngr_9004408b1_ENU_linux.tar.gz'), error: { code: 'archive/truncated', args: { archive: 'IP_vpResMngr_9004408b1_ENU_linux.tar.gz', offset: 312_000_000 } } },
  { path: at('old-templates.zip'), error: { code: 'import/no-description', args: { file: 'old-templates.zip' } } },
];

describe('the import wizard: the packages at a path', function () {
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
  const row = (name: string | RegExp): Locator => page().locator('.table-body').getByRole('row', { name });
  const footer = (): Promise<string> => page().locator('.wizard-footer .footer-words').innerText().then((words) => words.replaceAll('\u00a0', ' ').trim());
  const chosen = (): Promise<string> => page().locator('#scan-chosen').innerText();
  const focused = (): Promise<string> => page().evaluate(() => document.activeElement?.id ?? '');
  const heading = (words: string): Promise<void> => page().getByRole('heading', { level: 2, name: words }).waitFor();
  const names = (): Promise<string[]> => page().locator('.found-name').allInnerTexts();

  /** The search that the page has asked for. */
  async function scan(script: ImportScript, path = place): Promise<ScriptedScan> {
    await until(() => script.scans.has(path), `a search of ${path}`);
    const found = script.scans.get(path);
    if (found === undefined) throw new Error('no search');
    return found;
  }

  /** Chooses a method, types a path and presses Next. */
  async function search(options: BenchOptions & { readonly method?: string } = {}): Promise<ScriptedScan> {
    const { method = 'Mounted CD or directory', script = createImportScript(), ...rest } = options;
    bench = await openBench(browser, { script, mounts, ...rest });
    await page().getByRole('radio', { name: method }).check();
    await page().locator('#place-0').fill(place);
    await page().locator('#next').click();
    return scan(script);
  }

  /** Searches, finds what the pictures show, and ends. */
  async function picturedSearch(options: BenchOptions = {}): Promise<void> {
    const found = await search(options);
    found.find(pictured, { foldersRead: 212, unreadable });
    found.end();
    await page().locator('#search-again').waitFor();
  }

  it('asks for one path, says what Next does, and offers no Finish before a search', async () => {
    bench = await openBench(browser, { mounts });
    await page().getByRole('radio', { name: 'Mounted CD or directory' }).check();
    equal(await page().locator('#finish').count(), 0);
    equal(await page().getByRole('combobox', { name: 'Tenant' }).count(), 0);
    deepEqual(await page().locator('.step-name').allInnerTexts(), ['Method', 'Packages', 'Progress']);
    equal(await page().locator('#place-0-help').innerText(), 'For example //server/share/folder or /mnt/cdrom. Next searches this path; nothing is imported yet.');
    await page().locator('#next').click();
    await page().locator('#place-0-error', { hasText: 'Enter the path where the packages are, or choose it with “Browse…”.' }).waitFor();
    await untilEqual(focused, 'place-0');
    equal(await footer(), '1 value to correct: Path');
    await page().locator('#place-0').fill(place);
    equal(await footer(), `Next searches ${place}. Nothing is imported yet.`);
    await bench.opened.screenshot('import-method-directory');
    await page().setViewportSize({ width: 700, height: 1000 });
    await bench.opened.setTheme('light');
    await bench.opened.screenshot('import-method-directory-700-light');
  });

  it('says of a share that this machine does not know what to do, before anything is searched', async () => {
    bench = await openBench(browser);
    await page().getByRole('radio', { name: 'Existing Genesys Administrator repository' }).check();
    await page().locator('#place-0').fill('\\\\nas01\\genesys\\repository');
    await page().locator('#next').click();
    await page().locator('#place-0-error', { hasText: /\/\/nas01\/genesys is mounted.*gaxPackages\.import\.mountMap/ }).waitFor();
    await bench.opened.screenshot('import-not-mounted');
    equal(bench.script.scans.size, 0);
    bench.mount(mounts);
    await page().locator('#place-0-error').waitFor({ state: 'detached' });
  });

  it('offers the last five paths, and takes a folder of the system’s dialog', async () => {
    const memento = createWorkspaceState();
    for (const name of ['/one', '/two', '/three', '/four', '/five', '/six', '/two']) {
      const script = createImportScript();
      bench = await openBench(browser, { script, memento });
      await page().getByRole('radio', { name: 'Mounted CD or directory' }).check();
      await page().locator('#place-0').fill(name);
      await page().locator('#next').click();
      (await scan(script, name)).find([]);
      await heading('Choose packages');
      await page().locator('#cancel').click();
      await until(() => bench.tab.closed, 'the tab to close');
      await bench.opened.close();
    }
    bench = await openBench(browser, { memento });
    await page().getByRole('radio', { name: 'Zipped packages from support' }).check();
    await page().locator('#place-0').focus();
    await page().keyboard.press('ArrowDown');
    deepEqual(await page().getByRole('option').allInnerTexts(), ['/two', '/six', '/five', '/four', '/three']);
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('Enter');
    equal(await page().locator('#place-0').inputValue(), '/six');
    bench.chosen = ['/media/cdrom'];
    await page().getByRole('button', { name: 'Browse…' }).click();
    await until(async () => (await page().locator('#place-0').inputValue()) === '/media/cdrom', 'the folder');
    deepEqual(bench.calls, ['choose folder /six']);
    await untilEqual(focused, 'choose-place-0');
  });

  it('shows packages as they are found, and stops when asked; what was found stays', async () => {
    const found = await search();
    equal(found.method, 'directory');
    found.find(pictured.slice(0, 2), { foldersRead: 37 });
    await heading('Choose packages');
    await page().getByText(`Searching ${place}: 37 folders read, 2 packages found`).waitFor();
    await untilEqual(focused, 'step-heading');
    await page().locator('[role=status]', { hasText: '2 packages found.' }).waitFor({ state: 'attached' });
    found.find(pictured.slice(2, 4));
    await row('Local Control Agent').waitFor();
    await bench.opened.screenshot('import-searching');
    await page().getByRole('button', { name: 'Stop searching' }).click();
    await page().getByText(`Stopped: 4 packages were found in ${place} until then. 4 can be imported.`).waitFor();
    await until(() => found.isTakenBack, 'the search to be taken back');
    equal(await chosen(), '3 of 4 chosen');
  });

  it('lists what was found with what the repository has of it, and what cannot be imported with the reason', async () => {
    await picturedSearch();
    await page().getByText(`Found 7 packages in ${place} in 1 second. 6 can be imported.`).waitFor();
    deepEqual(await names(), pictured.map(({ identity }) => identity.name));
    match((await row('Configuration Server').innerText()).replaceAll(/\s+/g, ' '), /Configuration Server 8\.5\.101\.28 ENU Linux 64-bit 182 MB Already there/);
    equal(await row('Message Server').getAttribute('aria-disabled'), 'true');
    match(await row('Message Server').innerText(), /Already there, identical/);
    equal(await chosen(), '5 of 6 chosen');
    equal(await footer(), 'Finish imports 5 packages (463 MB).');
    await row('Message Server').click({ force: true });
    equal(await chosen(), '5 of 6 chosen');
    await row('Chat Server').click();
    await row('Configuration Server').click();
    await row('Configuration Server').getByText('Already there, replace').waitFor();
    equal(await footer(), 'Finish imports 5 packages (549 MB) and replaces 1 of them.');
    match((await page().locator('.unreadable li').first().innerText()).replaceAll(/\s+/g, ' '), /IP_vpResMngr_9004408b1_ENU_linux\.tar\.gz .* ends too early, at byte 312000000/);
    await page().getByRole('combobox', { name: 'Group' }).fill('Release 2026-11');
    await page().locator('[role=status]', { hasText: 'Search finished: 7 packages, 6 can be imported.' }).waitFor({ state: 'attached' });
    await bench.opened.screenshot('import-scan');
    await bench.opened.setTheme('light');
    await bench.opened.screenshot('import-scan-light');
    await page().setViewportSize({ width: 700, height: 1000 });
    await bench.opened.screenshot('import-scan-700-light');
    await bench.opened.setTheme('dark');
    await bench.opened.screenshot('import-scan-700');
  });

  it('locks what may not be replaced, with the privilege that it needs', async () => {
    const script = createImportScript();
    mayImportOnly(script.repository);
    await picturedSearch({ script });
    equal(await row('Configuration Server').getAttribute('aria-disabled'), 'true');
    equal(await row('Configuration Server').locator('.cell-presence').getAttribute('title'), 'Replacing needs the privilege “Replace installation packages and solution definitions”.');
    equal(await chosen(), '5 of 5 chosen');
    await page().locator('.table-head .check').click();
    equal(await chosen(), '0 of 5 chosen');
    equal(await footer(), 'Choose at least one package.');
    await page().locator('#finish').click();
    await page().locator('#packages-error', { hasText: 'Choose at least one package.' }).waitFor();
    deepEqual(script.started, []);
  });

  it('sorts by every column, twice the other way round; the filter counts and leaves the ticks alone', async () => {
    await picturedSearch();
    const sortBy = (column: string): Promise<void> => page().getByRole('columnheader', { name: column }).getByRole('button').click();
    await sortBy('Size');
    equal((await names())[0], 'Audio Resources plug-in');
    await sortBy('Size');
    equal((await names())[0], 'Media Control Platform');
    equal(await page().getByRole('columnheader', { name: 'Size' }).getAttribute('aria-sort'), 'descending');
    await page().locator('[role=status]', { hasText: 'Sorted by Size, descending.' }).waitFor({ state: 'attached' });
    await sortBy('Version');
    deepEqual((await names()).slice(0, 2), ['Message Server', 'Local Control Agent']);
    await page().locator('#scan-filter').fill('CONTROL');
    await until(async () => (await names()).length === 3, 'the filter');
    equal(await page().locator('.filter-count').innerText(), '3 of 7');
    equal(await chosen(), '5 of 6 chosen');
    await page().locator('.table-head .check').click();
    equal(await chosen(), '2 of 6 chosen');
    await page().locator('#scan-filter').press('Escape');
    await until(async () => (await names()).length === 7, 'all rows');
    await page().locator('#scan-filter').fill('nothing such');
    await page().getByText('No package matches “nothing such”.').waitFor();
  });

  it('imports what is ticked; before it replaces it asks, and names what is replaced', async () => {
    const script = createImportScript();
    script.repository.service.answer('deployedPackages/list', () => []);
    await picturedSearch({ script });
    await row('Configuration Server').click();
    await page().getByRole('combobox', { name: 'Tenant' }).fill('Environment');
    await page().getByRole('combobox', { name: 'Group' }).fill('Release 2026-11');
    bench.agrees = false;
    await page().locator('#finish').click();
    await until(() => bench.calls.includes('confirm Replace 1 package in the repository?'), 'the question');
    deepEqual(script.started, []);
    bench.agrees = true;
    await page().locator('#finish').click();
    await page().locator('.lane').nth(5).waitFor();
    deepEqual(script.sources, pictured.slice(0, 6).map(({ source }) => source));
    deepEqual(script.started.map(({ replace }) => replace), [undefined, undefined, true, undefined, undefined, undefined]);
    deepEqual(script.started[0], { path: at('gax/audio'), tenant: 'Environment', group: 'Release 2026-11' });
    deepEqual(await page().locator('.step-chosen').allInnerTexts(), [place, '6 chosen']);
    await page().locator('.lane', { hasText: 'Media Control Platform' }).waitFor();
  });

  it('says when nothing was found, and when a path cannot be searched', async () => {
    const found = await search({ method: 'Zipped packages from support' });
    equal(found.method, 'support-archives');
    found.find([], { foldersRead: 4 });
    found.end();
    await page().getByText(`No package found in ${place}. A package is a folder with ip/ip_description.xml, or an archive that holds one. 4 folders were read.`).waitFor();
    await bench.opened.screenshot('import-nothing-found');
    await page().getByRole('button', { name: 'Back' }).click();
    await page().locator('#place-0').fill('/missing');
    await page().locator('#next').click();
    (await scan(bench.script, '/missing')).fail({ code: 'import/file-missing', args: { file: '/missing', reason: 'ENOENT' } });
    await page().locator('#place-0-error', { hasText: '/missing cannot be read: it does not exist.' }).waitFor();
    await untilEqual(focused, 'place-0');
    await heading('Where do the packages come from?');
    equal(await page().locator('.import-notice').count(), 0);
  });

  it('goes back and forth without searching twice; another path, or Search again, does', async () => {
    await picturedSearch();
    await row('Chat Server').click();
    await page().getByRole('button', { name: 'Back' }).click();
    await page().locator('#place-0').waitFor();
    bench.script.scans.clear();
    await page().locator('#next').click();
    await heading('Choose packages');
    equal(await chosen(), '4 of 6 chosen');
    equal(bench.script.scans.size, 0);
    await page().locator('#search-again').click();
    const again = await scan(bench.script);
    again.find(pictured);
    await page().locator('#stop-searching').waitFor();
    again.end();
    await page().locator('#search-again').waitFor();
    equal(await chosen(), '4 of 6 chosen', 'the choice outlives a search of the same path');
  });

  it('searches again after a reload of the window, and keeps the choice', async () => {
    const memento = createWorkspaceState();
    await picturedSearch({ memento });
    await row('Chat Server').click();
    equal(await chosen(), '4 of 6 chosen');
    await bench.opened.reload();
    await row('Chat Server').waitFor();
    equal(await chosen(), '4 of 6 chosen', 'a page that is loaded anew is told what was found');
    bench.script.scans.clear();
    bench.tab.restart();
    await bench.opened.reload();
    const again = await scan(bench.script);
    again.find(pictured, { foldersRead: 212 });
    again.end();
    await page().locator('#search-again').waitFor();
    await heading('Choose packages');
    equal(await chosen(), '4 of 6 chosen');
  });

  it('follows what other windows import, and what another tenant has', async () => {
    await picturedSearch();
    const [first] = bench.script.repository.lists.packages;
    bench.script.repository.change({ packages: [...bench.script.repository.lists.packages, { ...first!, ...pictured[5]!.identity, id: 'p9', tenantId: 'environment' }] });
    await row('Media Control Platform').getByText('Already there').waitFor();
    await page().getByRole('combobox', { name: 'Tenant' }).fill('Southern Europe');
    await row('Media Control Platform').getByText('New').waitFor();
    await row('Message Server').getByText('New').waitFor();
    equal(await chosen(), '7 of 7 chosen');
  });

  it('searches all folders that were dropped, one after the other', async () => {
    const script = createImportScript();
    bench = await openBench(browser, { script, intent: { dropped: ['/cd/one', '/cd/two'].map((path) => ({ path, entries: [{ name: 'ip', isFolder: true }] })) } });
    equal(await page().getByRole('radio', { name: 'Mounted CD or directory' }).isChecked(), true);
    deepEqual([await page().locator('#place-0').inputValue(), await page().locator('#place-1').inputValue()], ['/cd/one', '/cd/two']);
    equal(await footer(), 'Next searches 2 paths. Nothing is imported yet.');
    await page().locator('#next').click();
    const one = await scan(script, '/cd/one');
    one.find([pictured[0]!], { foldersRead: 3 });
    await row('Audio Resources').waitFor();
    equal(script.scans.has('/cd/two'), false);
    one.end();
    const two = await scan(script, '/cd/two');
    two.find([pictured[1]!], { foldersRead: 4 });
    two.end();
    await page().getByText('Found 2 packages in 2 paths in 1 second. 2 can be imported.').waitFor();
  });

  it('is done with the keyboard alone', async () => {
    const script = createImportScript();
    bench = await openBench(browser, { script });
    await untilEqual(focused, 'path-0');
    await page().keyboard.press('Shift+Tab');
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('ArrowDown');
    await page().locator('#place-0').waitFor();
    await page().keyboard.press('Tab');
    await page().keyboard.type('/cd');
    await page().keyboard.press('Control+Enter');
    const found = await scan(script, '/cd');
    found.find(pictured);
    found.end();
    await page().locator('#search-again').waitFor();
    await page().locator('#scan-filter').focus();
    await page().keyboard.press('ArrowDown');
    await untilEqual(focused, 'scan-table');
    await page().keyboard.press('Space');
    equal(await chosen(), '4 of 6 chosen');
    await page().keyboard.press('End');
    await page().keyboard.press('Space');
    equal(await chosen(), '4 of 6 chosen', 'what is identical stays out');
    await page().keyboard.type('chat');
    await page().keyboard.press('Space');
    equal(await chosen(), '3 of 6 chosen');
    await page().keyboard.press('Control+A');
    equal(await chosen(), '6 of 6 chosen');
    await page().keyboard.press('/');
    await untilEqual(focused, 'scan-filter');
    await page().keyboard.press('Control+Enter');
    await untilEqual(focused, 'finish');
    deepEqual(script.started, []);
    await page().keyboard.press('Alt+PageUp');
    await page().locator('#place-0').waitFor();
    await page().keyboard.press('Alt+PageDown');
    await heading('Choose packages');
  });

  it('draws thousands of packages as they come, and ticks all of them at once', async () => {
    const found = await search();
    const many = Array.from({ length: 5000 }, (_, i) => scanned(at(`p${i}`), { name: `Package ${i}`, version: `1.0.${i}.1` }));
    for (let from = 0; from < many.length; from += 500) found.find(many.slice(from, from + 500));
    found.end();
    await page().getByText(`Found 5,000 packages in ${place}`).waitFor();
    equal(await page().locator('#scan-table').getAttribute('aria-rowcount'), '5001');
    await until(async () => (await page().locator('.table-body .table-row').count()) < 100, 'only rows in sight');
    await page().locator('.table-head .check').click();
    equal(await footer(), 'Choose at least one package.');
    await page().locator('.table-head .check').click();
    equal(await footer(), 'Finish imports 5,000 packages (47 GB).');
    await page().locator('#scan-filter').fill('4999');
    await until(async () => (await names()).length === 1, 'the filter');
  });

  it('says in French what it says in English', async () => {
    const script = createImportScript();
    bench = await openBench(browser, { script, mounts, locale: 'fr' });
    await page().getByRole('radio', { name: 'Chemin UNC d’accès à un CD monté ou un répertoire' }).check();
    await page().locator('#place-0').fill(place);
    await page().getByRole('button', { name: 'Suivant' }).click();
    const found = await scan(script);
    found.find(pictured, { foldersRead: 212, unreadable });
    found.end();
    await page().getByText(`7 packages trouvés dans ${place} en 1 seconde. 6 importables.`).waitFor();
    await row('Configuration Server').click();
    equal(await footer(), 'Terminer importe 6 packages (645 Mo) et en remplace 1.');
    await bench.opened.screenshot('import-scan-fr');
    await page().setViewportSize({ width: 700, height: 1000 });
    await bench.opened.screenshot('import-scan-fr-700');
  });

  it('refuses what no page of ours would ask', async () => {
    await picturedSearch();
    const draft = { method: 'directory', paths: [''], parts: { path: '', xml: '', apd: '' }, places: [place], choice: { base: 'offered', except: [] }, tenant: 'Environment', group: '' };
    const hostile: readonly unknown[] = [
      ['scan/start', {}], ['scan/start', { draft: { ...draft, method: 'everything' } }], ['scan/start', { draft: { ...draft, places: Array.from({ length: 21 }, () => '/a') } }],
      ['imports/start', { draft: { ...draft, choice: { base: 'none', except: ['/etc/shadow'] } } }], ['imports/start', { draft: { ...draft, choice: { base: 'some', except: [] } } }],
      ['imports/start', { draft: { ...draft, tenant: 'Nowhere' } }], ['templates/compare', { id: 'import-77' }], ['files/choose', { what: 'anything', near: [] }],
    ];
    const before = bench.replies.length;
    await page().evaluate((requests) => {
      const { fromPage } = window as unknown as { fromPage(message: unknown): Promise<void> };
      (requests as [string, unknown][]).forEach(([method, params], index) => void fromPage({ type: 'request', id: 1000 + index, method, params }));
    }, hostile);
    const answersTo = (): readonly string[] => bench.replies.slice(before).flatMap((reply) => ((reply.type === 'refusal' || reply.type === 'answer') && reply.id >= 1000 ? [reply.type] : []));
    await until(() => answersTo().length === hostile.length, 'every answer');
    deepEqual(answersTo().filter((type) => type !== 'refusal'), []);
    deepEqual(bench.script.started, []);
  });
});
