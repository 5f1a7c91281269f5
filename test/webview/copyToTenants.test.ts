import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { ProductError } from '../../src/core/errors';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until, untilEqual } from '../support/until';
import { mcp, openCopyBench, picturedTenants, rm, type CopyBench, type CopyBenchOptions } from './copyBench';

describe('wizard: copy to tenants', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let bench: CopyBench;
  before(async () => {
    browser = await openPageBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    const { complaints } = bench.opened;
    await bench.close();
    deepEqual(complaints, []);
  });

  const open = async (options: CopyBenchOptions = {}): Promise<void> => {
    bench = await openCopyBench(browser, options);
  };
  const row = (id: string): Locator => bench.page.locator(`#tenant-${id}`);
  const shown = (): Promise<readonly string[]> => bench.page.locator('.tenant-tree .table-row').evaluateAll((rows) => rows
    .map((each) => ({ top: each.getBoundingClientRect().top, level: each.getAttribute('aria-level') ?? '', words: (each as HTMLElement).innerText.replace(/\s+/g, ' ').trim() }))
    .sort((a, b) => a.top - b.top).map(({ level, words }) => `${level} ${words}`));
  const targets = (): Promise<readonly string[]> => bench.page.locator('.targets li').allInnerTexts().then((names) => names.map((name) => name.trim()));
  const button = (name: string): Locator => bench.page.getByRole('button', { name, exact: true });
  const heading = (name: string): Promise<void> => bench.page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
  const focused = (): Promise<string> => bench.page.evaluate(() => document.activeElement?.id ?? '');
  const cells = (): Promise<readonly string[]> => bench.page.locator('#copy-table .table-body .table-row').evaluateAll((rows) => rows
    .map((each) => ({ top: each.getBoundingClientRect().top, words: [...each.querySelectorAll<HTMLElement>('[role=gridcell]')].map((cell) => cell.innerText.trim()).join(' | ') }))
    .sort((a, b) => a.top - b.top).map(({ words }) => words));

  it('shows the tree of tenants with what each has, ticks those that may get something, and lists the targets', async () => {
    await open({ droppedOn: 'emea' });
    const { page } = bench;
    await row('emea-retail').waitFor();
    await untilEqual(focused, 'tenant-filter');
    deepEqual(await shown(), [
      '1 Environment Has both', '2 APAC', '2 EMEA Has Media Control Platform', '3 EMEA Banking', '3 EMEA Retail', '3 EMEA Test', '2 LATAM', '2 North America', '3 North America Health You may only read here',
    ]);
    equal(await page.locator('.facts').innerText().then((words) => words.replace(/\s+/g, ' ').trim()), 'Media Control Platform 9.0.046.06, Linux 64-bit Resource Manager 9.0.044.08, Linux 64-bit');
    // What they were dropped on is ticked, and what cannot be changed does not change.
    deepEqual(await targets(), ['EMEA']);
    for (const id of ['environment', 'na-health', 'emea-retail', 'emea-banking']) await row(id).click({ force: true });
    deepEqual(await targets(), ['EMEA', 'EMEA Banking', 'EMEA Retail']);
    equal(await row('environment').getAttribute('aria-selected'), 'true');
    equal(await row('environment').getAttribute('aria-disabled'), 'true');
    equal(await row('na-health').getAttribute('aria-selected'), 'false');
    await page.getByText('3 chosen').waitFor();
    await page.locator('#tenant-tree').press('ArrowUp');
    await bench.opened.screenshot('copy-to-tenants');
    await button('Remove EMEA').click();
    await untilEqual(focused, 'remove-0');
    deepEqual(await targets(), ['EMEA Banking', 'EMEA Retail']);
    await button('Remove all').click();
    await page.getByText('No tenant is chosen yet.').waitFor();
  });

  it('filters with the parents of what matches and says how many do; Next without a target says so at its place', async () => {
    await open();
    const { page } = bench;
    await page.locator('#tenant-filter').fill('ret');
    await page.locator('#tenant-count').getByText('1 of 9').waitFor();
    deepEqual(await shown(), ['1 Environment Has both', '2 EMEA Has Media Control Platform', '3 EMEA Retail']);
    await page.getByRole('status').getByText('1 of 9 tenants.').waitFor({ state: 'attached' });
    await button('Next').click();
    await page.locator('#targets-error').getByText('Choose at least one tenant.').waitFor();
    await page.getByText('1 value to correct: Target tenants').first().waitFor();
    equal(await page.locator('#tenant-filter').getAttribute('aria-invalid'), 'true');
    await bench.opened.screenshot('copy-to-tenants-filtered');
    await page.locator('#tenant-filter').fill('nowhere');
    await page.getByText('No tenant contains “nowhere”.').waitFor();
  });

  it('reviews package by tenant, copies at once, and keeps what was done to be read', async () => {
    await open({ droppedOn: 'emea' });
    const { page } = bench;
    await row('emea-banking').click();
    await button('Next').click();
    await heading('Review');
    await until(async () => (await cells()).length === 4, 'the table');
    deepEqual(await cells(), [
      'EMEA | Media Control Platform 9.0.046.06, Linux 64-bit | Already there', 'EMEA | Resource Manager 9.0.044.08, Linux 64-bit | Copied',
      'EMEA Banking | Media Control Platform 9.0.046.06, Linux 64-bit | Copied', 'EMEA Banking | Resource Manager 9.0.044.08, Linux 64-bit | Copied',
    ]);
    equal(await page.locator('#footer-words').innerText(), 'Copies 2 packages to 2 tenants.');
    await bench.opened.screenshot('copy-to-tenants-review');
    deepEqual(bench.calls, []);
    await button('Finish').click();
    await heading('Copied 2 packages to 2 tenants.');
    deepEqual(bench.calls, ['copy mcp,rm to emea,emea-banking']);
    await untilEqual(focused, 'step-heading');
    // Hidden and shown again, and with its packages gone.
    await bench.opened.reload();
    await heading('Copied 2 packages to 2 tenants.');
    bench.repository.change({ packages: [] });
    equal((await cells()).length, 4);
    await bench.opened.screenshot('copy-to-tenants-done');
    await button('Close').click();
    await until(() => bench.tab.closed, 'the tab');
  });

  it('names each tenant that was refused; the others are done', async () => {
    await open({ droppedOn: 'emea' });
    const { page } = bench;
    bench.refused.add('latam');
    for (const id of ['latam', 'apac']) await row(id).click();
    await page.keyboard.press('Control+Enter');
    await heading('Review');
    await button('Finish').click();
    await heading('Copied 2 packages to 2 tenants.');
    const alert = (await page.getByRole('alert').innerText()).replace(/\s+/g, ' ');
    match(alert, /Media Control Platform 9\.0\.046\.06, Linux 64-bit was not copied to LATAM: .*“Copy to tenants” in LATAM\. Olga Ruiz can give it to you\..*access\/not-allowed/);
    match(alert, /Everything else was copied\./);
    equal((await cells()).filter((line) => line.startsWith('LATAM') && line.endsWith('Not copied')).length, 2);
    await bench.opened.screenshot('copy-to-tenants-refused');
    // Asked for once more, the wizard begins anew.
    bench.receive('apac');
    await heading('Choose the target tenants');
    deepEqual(await targets(), []);
  });

  it('keeps the choice through reload and closing, tells of the draft, and gives it up only after a question', async () => {
    await open();
    await row('latam').click();
    await button('Next').click();
    await heading('Review');
    await bench.opened.reload();
    await heading('Review');
    const { memento, repository } = bench;
    await bench.close();
    // A tab that the editor brings back knows its packages from the draft.
    await open({ memento, repository, broughtBack: true });
    await heading('Review');
    await button('Back').click();
    await bench.page.getByText(/^Draft of/).waitFor();
    deepEqual(await targets(), ['LATAM']);
    bench.agrees = false;
    await button('Cancel').click();
    await until(() => bench.calls.includes('confirm Discard the input of this wizard?'), 'the question');
    equal(bench.tab.closed, false);
    bench.agrees = true;
    await button('Start again').click();
    await bench.page.getByText('No tenant is chosen yet.').waitFor();
    await button('Cancel').click();
    await until(() => bench.tab.closed, 'the tab');
    deepEqual(memento.keys().filter((key) => memento.get(key) !== undefined), []);
  });

  it('can be used with the keyboard alone', async () => {
    await open();
    const { page } = bench;
    await row('apac').waitFor();
    await untilEqual(focused, 'tenant-filter');
    await page.keyboard.press('ArrowDown');
    for (const key of ['End', 'Space', 'Home', 'Space', 'l', 'Space']) await page.keyboard.press(key);
    deepEqual(await targets(), ['LATAM']);
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+a');
    deepEqual(await targets(), ['APAC', 'EMEA', 'EMEA Banking', 'EMEA Retail', 'EMEA Test', 'LATAM', 'North America']);
    await page.keyboard.press('/');
    await untilEqual(focused, 'tenant-filter');
    await page.keyboard.press('Control+Enter');
    await heading('Review');
    await page.keyboard.press('Alt+PageUp');
    await heading('Choose the target tenants');
    await page.keyboard.press('Alt+PageDown');
    await heading('Review');
    await page.keyboard.press('Control+Enter');
    await untilEqual(focused, 'finish');
    deepEqual(bench.calls, []);
    await page.keyboard.press('Enter');
    await heading('Copied 2 packages to 7 tenants.');
  });

  it('says that no tenant is left, without a way to go on', async () => {
    await open({ packages: [mcp] });
    await row('apac').waitFor();
    bench.repository.change({ packages: picturedTenants.filter(({ id }) => id !== 'na-health').map(({ id }) => ({ ...mcp, tenantId: id })) });
    await bench.page.getByText('There is no tenant left to copy to: each that you may copy to has the package already.').waitFor();
    equal((await shown()).filter((line) => line.endsWith('Has it')).length, 8);
    equal(await bench.page.locator('#next').getAttribute('disabled'), '');
    await bench.opened.screenshot('copy-to-tenants-none-left');
  });

  it('follows what others do: a right that is taken away, targets that got everything, packages that are deleted', async () => {
    await open({ droppedOn: 'latam' });
    const { page, repository } = bench;
    await row('apac').click();
    await button('Next').click();
    await heading('Review');
    const { access } = repository.lists;
    repository.change({ access: { ...access!, privileges: access!.privileges.filter(({ tenantId }) => tenantId !== 'latam') } });
    await page.locator('#targets-error').getByText('You may no longer copy to LATAM. Remove it.').waitFor();
    await row('latam').click();
    deepEqual(await targets(), ['APAC']);
    repository.change({ packages: [mcp, rm, { ...mcp, tenantId: 'apac' }, { ...rm, tenantId: 'apac' }] });
    await page.getByText('Has both').nth(1).waitFor();
    await button('Next').click();
    await page.locator('#targets-error').getByText('The chosen tenants have the packages already. Choose another one.').waitFor();
    repository.change({ packages: [mcp] });
    await page.getByText('1 package is no longer in the repository and will not be copied.').waitFor();
    repository.service.become('offline');
    await page.getByText('The package service does not answer. Your choice is kept.').waitFor();
    repository.service.become('online');
    repository.change({ packages: [] });
    await page.getByText('The packages are no longer in the repository.').waitFor();
  });

  it('shows the reason of a service that copies nothing, and lets one try again', async () => {
    await open({ droppedOn: 'latam' });
    bench.repository.service.answer('packages/copyToTenants', () => {
      throw new ProductError('repository/disk-full', { folder: '/data' });
    });
    await button('Next').click();
    await button('Finish').click();
    await bench.page.getByRole('alert').getByText('The disk that holds /data is full.').waitFor();
    await heading('Review');
    equal(await bench.page.locator('#finish').getAttribute('disabled'), null);
  });

  it('changes nothing in a window that is not trusted, nor for a page that was taken over', async () => {
    await open({ trusted: false, droppedOn: 'latam' });
    const { page } = bench;
    await button('Next').click();
    await page.locator('#footer-words').getByText('Restricted Mode: copying needs a trusted window.').waitFor();
    equal(await page.locator('#finish').getAttribute('disabled'), '');
    const ask = (method: string, params: unknown): void => bench.say({ type: 'request', id: 900, method, params });
    ask('copy/finish', { tenantIds: ['latam'] });
    ask('copy/finish', { tenantIds: [] });
    ask('copy/finish', { tenantIds: ['latam'], items: [{ id: 'other', tenantId: 'apac' }] });
    ask('draft/keep', { draft: { tenantIds: ['../../x'], step: 'tenants' } });
    ask('draft/keep', { draft: { tenantIds: [], step: 'done' } });
    ask('packages/delete', { id: 'mcp', tenantId: 'environment' });
    bench.say('nothing of a request');
    await until(() => bench.calls.filter((call) => call.startsWith('refused')).length === 7, 'the refusals');
    ok(!bench.calls.some((call) => call.startsWith('copy')));
    await button('Back').click();
    deepEqual(await targets(), ['LATAM']);
  });

  it('asks the rules once more before it copies', async () => {
    await open();
    await row('latam').waitFor();
    const { page } = bench;
    // As if the page had been shown other rights.
    bench.say({ type: 'request', id: 900, method: 'copy/finish', params: { tenantIds: ['na-health'] } });
    bench.say({ type: 'request', id: 901, method: 'copy/finish', params: { tenantIds: ['environment', 'no-tenant'] } });
    await row('latam').click();
    await button('Next').click();
    await button('Finish').click();
    await heading('Copied 2 packages to 1 tenant.');
    deepEqual(bench.calls.filter((call) => call.startsWith('copy')), ['copy mcp,rm to latam']);
    equal(await page.getByRole('alert').count(), 0);
  });

  it('fits 700 pixels in French', async () => {
    await open({ locale: 'fr', size: { width: 700, height: 1000 }, droppedOn: 'emea' });
    for (const id of ['emea-banking', 'emea-retail']) await row(id).click();
    await bench.page.getByText('A les deux').waitFor();
    await bench.page.getByText('Lecture seule ici').waitFor();
    await bench.opened.screenshot('copy-to-tenants-700-fr');
    await button('Suivant').click();
    await heading('Vérification');
    equal(await bench.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await bench.opened.screenshot('copy-to-tenants-review-700-fr');
  });
});
