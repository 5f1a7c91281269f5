import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { sampleImport, samplePackage } from '../unit/extension/sampleLists';
import { emea, environment, manyPackages, openListBench, pictured, picturedLists, type ListBench, type ListBenchOptions } from './packageListBench';

describe('the list of packages', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let bench: ListBench;
  before(async () => {
    browser = await openPageBrowser();
  });
  afterEach(async () => {
    deepEqual(bench.opened.complaints, []);
    await bench.close();
  });
  after(() => browser.close());

  async function open(options: ListBenchOptions = {}): Promise<void> {
    bench = await openListBench(browser, options);
    await bench.page.locator('#list-filter').waitFor();
  }
  const table = (): Locator => bench.page.locator('#package-table');
  const rows = (): Locator => bench.page.locator('.table-body .is-entry');
  /** The drawn rows, cell by cell. */
  const cells = (column: number): Promise<readonly string[]> =>
    bench.page.locator('.table-body .is-entry').evaluateAll((drawn, index) => drawn
      .map((row) => ({ top: row.getBoundingClientRect().top, words: row.querySelectorAll<HTMLElement>('[role=gridcell]')[index]?.innerText.trim() ?? '' }))
      .sort((a, b) => a.top - b.top).map(({ words }) => words), column);
  const selected = (): Promise<readonly string[]> => bench.page.locator('.is-entry[aria-selected=true]').evaluateAll((drawn) => drawn.map(({ id }) => decodeURIComponent(id).split(':').at(-1) ?? ''));
  const row = (id: string): Locator => bench.page.locator(`[id="row-${encodeURIComponent(`package:environment:${id}`)}"]`);
  const count = (): Promise<string> => bench.page.locator('#list-count').innerText();

  it('shows groups with their packages, imports among them, and the details of the row that is selected', async () => {
    await open();
    const { page } = bench;
    equal(await count(), '14 packages in 4 groups · 1 importing · 1 failed');
    deepEqual(await page.locator('.is-group').allInnerTexts().then((heads) => heads.map((head) => head.replace(/\s+/g, ''))), ['Framework7', 'GAX3', 'Voiceplatform3', 'Ungrouped1']);
    equal(await page.evaluate(() => document.activeElement?.id), 'list-filter');
    const words = (await table().innerText()).replaceAll('\u00a0', ' ');
    for (const part of ['Importing 42 % · Store content', 'Complete · Deploying 54 %', 'Complete · Last deployment failed', 'Failed: Check templates', 'Windows 64-bit', 'Nov 21, 8:55', 'Mar 3, 2025']) ok(words.includes(part), `${part}\n${words}`);
    await row('p9').click();
    await page.locator('.list-details').getByRole('heading', { name: 'Media Control Platform' }).waitFor();
    equal(await page.getByRole('textbox', { name: 'Description' }).inputValue(), pictured.find(({ id }) => id === 'p9')!.description);
    await bench.opened.screenshot('package-list');
    await page.getByRole('button', { name: 'Install…' }).click();
    await until(() => bench.calls.includes('install p9'), 'the wizard of the package in the pane');
    await page.getByRole('button', { name: 'Close details' }).click();
    equal(await page.locator('.list-details').count(), 0);
    equal(await page.evaluate(() => document.activeElement?.id), 'package-table');
  });

  it('sorts versions as versions inside the groups, reverses, and shows the list flat', async () => {
    await open();
    const { page } = bench;
    const version = page.getByRole('button', { name: 'Version' });
    await version.click();
    deepEqual((await cells(1)).slice(0, 5), ['8.5.100.4', '8.5.100.15', '8.5.100.31', '8.5.100.37', '8.5.100.37']);
    equal(await page.getByRole('columnheader', { name: 'Version' }).getAttribute('aria-sort'), 'ascending');
    await version.click();
    deepEqual((await cells(1)).slice(0, 2), ['8.5.101.28', '8.5.100.47']);
    await page.getByRole('button', { name: 'Group rows' }).click();
    deepEqual(await cells(1), ['9.0.046.06', '9.0.044.08', '9.0.040.07', '9.0.000.15', '9.0.000.12', '9.0.000.12', '8.5.201.06', '8.5.101.28', '8.5.100.47', '8.5.100.37', '8.5.100.37', '8.5.100.31', '8.5.100.15', '8.5.100.4']);
    match(await page.locator('body > [role=status]').innerText(), /Sorted by Version, descending\./);
    await bench.opened.screenshot('package-list-flat-versions');
    await page.getByRole('button', { name: 'Update Time' }).click();
    deepEqual((await cells(5)).map((time) => time.replaceAll('\u202f', ' ')).slice(0, 2), ['Mar 3, 2025, 9:15 AM', 'Mar 3, 9:15 AM']);
  });

  it('filters by any part of name or nickname, says how many match, and comes back', async () => {
    await open();
    const { page } = bench;
    await page.keyboard.type('CONTROL');
    equal(await count(), '7 of 14 packages match “CONTROL”');
    match(await page.locator('.filter-count').innerText(), /7 of 14/);
    ok((await cells(0)).every((name) => /control/i.test(name)));
    await bench.opened.screenshot('package-list-filtered');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    deepEqual(await selected(), ['p2']);
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    equal(await count(), '14 packages in 4 groups · 1 importing · 1 failed');
    await page.keyboard.type('gax_');
    equal(await count(), '2 of 14 packages match “gax_”');
    await page.keyboard.type('no such thing');
    await page.getByText('No package matches “gax_no such thing” in Environment.').waitFor();
    await bench.opened.screenshot('package-list-no-match');
    await page.locator('#no-match-clear').click();
    equal(await rows().count(), 14);
  });

  it('selects with mouse and keys, and offers what fits all that is selected', async () => {
    await open();
    const { page } = bench;
    await row('p2').click();
    await row('p4').click({ modifiers: ['Shift'] });
    deepEqual(await selected(), ['p2', 'p3', 'p4']);
    await row('p3').click({ modifiers: ['ControlOrMeta'] });
    deepEqual(await selected(), ['p2', 'p4']);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    equal(await page.locator('.is-group').first().getAttribute('aria-expanded'), 'false');
    deepEqual(await selected(), [], 'rows of a closed group are not drawn');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    deepEqual(await selected(), ['p1']);
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press(' ');
    deepEqual(await selected(), ['p1', 'p2', 'p4']);
    await page.getByRole('heading', { name: '3 packages selected' }).waitFor();
    await bench.opened.screenshot('package-list-selection');
    await page.getByRole('button', { name: 'Move to Group…' }).click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Copy to Tenants…' }).click();
    await until(() => bench.calls.length === 3, 'three actions');
    deepEqual(bench.calls, ['moveToGroup p1 p2 p4', 'delete p1 p2 p4', 'copyToTenants p1 p2 p4']);
    await table().focus();
    await page.keyboard.press('Control+a');
    await page.getByRole('heading', { name: '12 packages selected' }).waitFor();
    await page.getByText('2 imports among them').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    await until(() => bench.calls.length === 5, 'two more');
    equal(bench.calls[3], 'open p4');
  });

  it('tells the editor what its context menu is about', async () => {
    await open();
    const context = (): Promise<unknown> => bench.page.locator('.list-frame').evaluate((frame) => JSON.parse((frame as HTMLElement).dataset['vscodeContext'] ?? 'null') as unknown);
    await row('p2').click({ button: 'right' });
    deepEqual(await context(), { webviewSection: 'package', gaxPackagesRows: ['package:environment:p2'], preventDefaultContextMenuItems: true });
    await row('p2').click();
    await row('p3').click({ modifiers: ['Shift'] });
    await row('p3').click({ button: 'right' });
    deepEqual(await context(), { webviewSection: 'packages', gaxPackagesRows: ['package:environment:p2', 'package:environment:p3'], preventDefaultContextMenuItems: true });
    await bench.page.getByText('Failed: Check templates').click({ button: 'right' });
    deepEqual(await context(), { webviewSection: 'import.failed', gaxPackagesRows: ['import:i2'], preventDefaultContextMenuItems: true });
  });

  it('follows what others change, and moves neither selection nor what is in sight', async () => {
    await open({ lists: { ...picturedLists, packages: [...pictured, ...manyPackages(2000)] } });
    const { page, repository } = bench;
    await page.locator('#list-filter').press('ArrowDown');
    await page.keyboard.press('End');
    const last = (await selected())[0];
    ok(last !== undefined);
    const before = await page.locator('.is-selected').evaluate((each) => each.getBoundingClientRect().top);
    repository.change({
      packages: [...Array.from({ length: 40 }, (_, i) => samplePackage({ id: `new${i}`, name: `A new one ${i}` })), ...repository.lists.packages.filter(({ id }) => id !== 'p1')],
      imports: [sampleImport({ id: 'i1', percent: 77.7 })],
    });
    await until(async () => (await count()).startsWith('2,052 '), 'the new rows');
    deepEqual(await selected(), [last]);
    equal(await page.locator('.is-selected').evaluate((each) => each.getBoundingClientRect().top), before);
    // A package that is deleted is selected no more; its pane says so.
    repository.change({ packages: repository.lists.packages.filter(({ id }) => id !== last) });
    await page.getByText('is not in the repository any more').waitFor();
    deepEqual(await selected(), []);
  });

  it('stays quick with 10,000 packages: few rows are drawn, the end is one key away, sorting keeps all', async () => {
    await open({ lists: { tenants: [environment], packages: manyPackages(10_000) } });
    const { page } = bench;
    equal(await count(), '10000 packages in 40 groups'.replace('10000', '10,000'));
    ok(await rows().count() < 70);
    equal(await table().getAttribute('aria-rowcount'), '10041');
    await page.getByRole('button', { name: 'Version' }).click();
    await page.getByRole('button', { name: 'Group rows' }).click();
    equal((await cells(1))[0], '8.0.100.0');
    await table().focus();
    await page.keyboard.press('End');
    await until(async () => (await cells(1)).at(-1) === '10.5.116.95' || (await cells(1)).at(-1)?.startsWith('10.5.116') === true, 'the last row');
    await bench.opened.screenshot('package-list-10000');
  });

  it('names tenants where there are several, and shows those that the tenant directory leaves', async () => {
    const packages = [...pictured, ...pictured.slice(0, 4).map((item) => ({ ...item, tenantId: 'emea', group: 'Production' }))];
    await open({ lists: { ...picturedLists, tenants: [emea, environment], packages }, size: { width: 1100, height: 700 } });
    const { page } = bench;
    equal(await count(), '18 packages in 5 groups · 1 importing · 1 failed');
    await page.getByRole('button', { name: 'Tenants: Environment, EMEA' }).waitFor();
    await page.getByText('Production').waitFor();
    await page.locator('#tenants').click();
    await page.getByRole('button', { name: 'Tenants: EMEA' }).waitFor();
    equal(await count(), '4 packages in 1 group');
    await bench.opened.screenshot('package-list-tenants');
  });

  it('remembers order, groups, filter, widths and the open row through hide, reload and a restart', async () => {
    await open();
    const { page } = bench;
    await page.getByRole('button', { name: 'Status' }).click();
    await page.getByRole('button', { name: 'Status' }).press('Alt+ArrowRight');
    const wide = await page.getByRole('columnheader', { name: 'Status' }).evaluate((each) => each.clientWidth);
    await page.locator('.is-group', { hasText: 'GAX' }).click();
    await row('p10').click();
    await page.locator('.list-details').getByText('9.0.040.07').first().waitFor();
    bench.restart();
    await bench.opened.reload();
    await page.locator('.list-details').getByText('9.0.040.07').first().waitFor();
    deepEqual(await selected(), ['p10']);
    equal(await page.getByRole('columnheader', { name: 'Status' }).evaluate((each) => each.clientWidth), wide);
    equal(await page.locator('.is-group', { hasText: 'GAX' }).getAttribute('aria-expanded'), 'false');
    equal(await page.getByRole('columnheader', { name: 'Status' }).getAttribute('aria-sort'), 'ascending');
    await page.getByRole('textbox', { name: 'Description' }).fill('Saved from the pane');
    await page.getByRole('textbox', { name: 'Description' }).press('Control+Enter');
    await until(() => bench.repository.lists.packages.some(({ description }) => description === 'Saved from the pane'), 'the description');
    await page.getByRole('combobox', { name: 'Group' }).fill('A new shelf');
    await page.getByRole('combobox', { name: 'Group' }).press('Enter');
    await page.locator('.is-group', { hasText: 'A new shelf' }).waitFor();
  });

  it('says what locks it, and refuses what is asked all the same', async () => {
    await open({ trusted: false });
    const { page } = bench;
    await page.getByText('Restricted Mode').first().waitFor();
    ok(await page.locator('#import').evaluate((each) => each.hasAttribute('disabled')));
    await row('p2').click();
    await page.getByRole('textbox', { name: 'Description' }).waitFor();
    await row('p3').click({ modifiers: ['Shift'] });
    await bench.opened.screenshot('package-list-restricted');
    bench.say({ type: 'request', id: 900_001, method: 'rows/act', params: { action: 'delete', keys: ['package:environment:p2'] } });
    bench.say({ type: 'request', id: 900_002, method: 'rows/act', params: { action: 'format', keys: ['package:environment:p2'] } });
    bench.say({ type: 'request', id: 900_003, method: 'rows/act', params: { action: 'open', keys: ['package:../etc:p2'] } });
    bench.say({ type: 'request', id: 900_004, method: 'details/say', params: { pane: 1, message: { type: 'request', id: 1, method: 'package/delete', params: {} } } });
    await until(() => bench.calls.length === 4, 'the refusals');
    ok(bench.calls.every((call) => call.startsWith('refused') && call.includes('general/bad-request')), bench.calls.join('\n'));
  });

  it('locks what the privileges of a person do not allow and names the privilege; offers to replace what was refused', async () => {
    const refused = sampleImport({ id: 'i9', state: 'failed', step: 'description', error: { code: 'import/already-present', args: { package: 'Local Control Agent' } } });
    const access = { user: { id: 'u', name: 'ana' }, administrator: false, privileges: [{ tenantId: 'environment', privileges: ['import', 'replace'] as const }] };
    await open({ lists: { ...picturedLists, imports: [refused], access } });
    const { page } = bench;
    const isLocked = (id: string): Promise<boolean> => page.locator(id).evaluate((each) => (each as HTMLButtonElement).disabled);
    await row('p2').click();
    await page.getByText('Needs the privilege “Deploy” in Environment.').waitFor();
    deepEqual([await isLocked('#install'), await isLocked('#delete'), await isLocked('#copy-to-tenants'), await isLocked('#description'), await isLocked('#import')], [true, true, true, false, false]);
    await row('p3').click({ modifiers: ['Shift'] });
    await page.getByText('Needs the privilege “Delete installation packages and solution definitions” in Environment.').waitFor();
    deepEqual([await isLocked('#selected-delete'), await isLocked('#selected-moveToGroup'), await isLocked('#selected-download')], [true, false, false]);
    await bench.opened.screenshot('package-list-privileges');
    await page.getByText('Failed: Read description').click();
    await page.getByRole('button', { name: 'Replace…' }).click();
    await until(() => bench.calls.includes('replace i9'), 'the replacement');
    bench.repository.change({ access: { ...access, privileges: [{ tenantId: 'environment', privileges: ['import'] }] } });
    await page.getByRole('button', { name: 'Try Again' }).waitFor();
    equal(await page.getByRole('button', { name: 'Replace…' }).count(), 0);
  });

  it('says that there are no packages, and that the service does not answer', async () => {
    await open({ lists: { tenants: [environment], packages: [], imports: [] } });
    await bench.page.getByText('There are no packages yet.').waitFor();
    await bench.page.locator('#no-packages-import').click();
    await until(() => bench.calls.includes('import'), 'the wizard');
    bench.repository.service.become('offline');
    await bench.page.getByText('This list shows the state of').waitFor();
    await bench.opened.screenshot('package-list-empty-offline');
  });

  it('shows two lines a row and the details below where the window is narrow', async () => {
    await open({ size: { width: 700, height: 1100 } });
    const { page } = bench;
    await row('p9').click();
    await page.getByLabel('Sort by').selectOption('Version');
    await page.getByRole('button', { name: 'Ascending: press to reverse' }).click();
    equal((await page.locator('.is-entry').first().innerText()).includes('ENU'), true);
    await page.locator('.list-details').getByText('vpMediaControl').waitFor();
    await bench.opened.screenshot('package-list-700');
  });

  it('speaks French', async () => {
    await open({ locale: 'fr', lists: { ...picturedLists, tenants: [environment, emea] } });
    equal((await count()).replaceAll('\u00a0', ' '), '14 packages dans 4 groupes · 1 en cours d’importation · 1 en échec');
    await row('p9').click();
    await bench.page.getByRole('button', { name: 'Installer…' }).waitFor();
    await bench.opened.screenshot('package-list-fr');
  });
});
