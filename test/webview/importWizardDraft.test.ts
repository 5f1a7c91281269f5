import { deepEqual, equal } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { createImportScript, inspection, lcaArchive, openBench, type BenchOptions, type ImportWizardBench } from './importWizardFixture';
import { createWorkspaceState } from './support';

describe('the import wizard: what was entered', function () {
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
  const path = (): Locator => page().locator('#path-0');
  const finish = (): Locator => page().getByRole('button', { name: 'Finish' });
  /** What the page was sent so far has been drawn. */
  const settle = async (): Promise<void> => {
    await page().evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };

  it('has no fields before it knows what was entered before: a view that is faster would lose what is typed into it', async () => {
    let answer = (): void => undefined;
    const answersAfter = new Promise<void>((resolve) => (answer = resolve));
    bench = await openBench(browser, { answersAfter });
    const { repository } = bench.script;
    repository.change({ tenants: [...repository.lists.tenants, { id: 't-west', name: 'Western Europe' }] });
    await until(() => bench.replies.some((reply) => reply.type === 'event' && reply.name === 'view'), 'a view');
    await settle();
    equal(await page().locator('.wizard').count(), 0);
    answer();
    await page().locator('.wizard').waitFor();
    await path().fill(lcaArchive);
    await settle();
    equal(await path().inputValue(), lcaArchive);
  });

  it('keeps what is typed while the tenants come, and fills in the tenant', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection());
    await open({ script });
    await page().getByRole('combobox', { name: 'Tenant' }).fill('');
    await path().fill(lcaArchive);
    const draft = { method: 'archive', paths: [''], parts: { path: '', xml: '', apd: '' }, places: [''], tenant: 'Environment', group: 'Framework', choice: { all: true, except: [] } };
    bench.say({ type: 'event', name: 'start', value: { step: 'method', draft, draftOf: null } });
    await until(async () => (await page().getByRole('combobox', { name: 'Tenant' }).inputValue()) === 'Environment', 'the tenant');
    equal(await page().getByRole('combobox', { name: 'Group' }).inputValue(), 'Framework');
    equal(await path().inputValue(), lcaArchive);
    await path().press('Tab');
    await page().locator('.finding.box', { hasText: 'Local Control Agent' }).waitFor();
    await finish().click();
    await page().locator('.lanes').waitFor();
    deepEqual(script.started, [{ path: lcaArchive, tenant: 'Environment', group: 'Framework' }]);
  });

  it('keeps the draft through hide, reload and a restart of the extension host, says of when it is, and begins again on request', async () => {
    const memento = createWorkspaceState();
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection());
    await open({ script, memento });
    await path().fill(lcaArchive);
    await page().getByRole('combobox', { name: 'Group' }).fill('Framework');
    await bench.opened.reload();
    await page().locator('.finding.box').waitFor();
    equal(await path().inputValue(), lcaArchive);
    equal(await page().locator('.import-notice').count(), 0);
    bench.tab.restart();
    await bench.opened.reload();
    await page().getByText(/Draft of .*\d/).waitFor();
    deepEqual([await path().inputValue(), await page().getByRole('combobox', { name: 'Group' }).inputValue()], [lcaArchive, 'Framework']);
    await page().locator('.finding.box', { hasText: 'Local Control Agent' }).waitFor();
    await bench.opened.screenshot('import-draft');
    bench.agrees = false;
    await page().getByRole('button', { name: 'Start again' }).click();
    await until(() => bench.calls.includes('confirm Discard the input of this wizard?'), 'the question');
    equal(await path().inputValue(), lcaArchive);
    bench.agrees = true;
    await page().getByRole('button', { name: 'Start again' }).click();
    await until(async () => (await path().inputValue()) === '', 'a new draft');
    equal(await page().getByText(/Draft of/).count(), 0);
    equal(await page().getByRole('combobox', { name: 'Group' }).inputValue(), '');
  });

  it('Cancel asks before it discards a filled draft, and closes', async () => {
    const memento = createWorkspaceState();
    await open({ memento });
    await path().fill('/packages/a');
    bench.agrees = false;
    await page().getByRole('button', { name: 'Cancel' }).click();
    await until(() => bench.calls.length > 0, 'the question');
    await settle();
    deepEqual([bench.tab.closed, memento.values.size], [false, 1]);
    bench.agrees = true;
    await page().getByRole('button', { name: 'Cancel' }).click();
    await until(() => bench.tab.closed, 'the tab to close');
    equal(memento.values.size, 0);
  });

  it('Cancel of an empty wizard asks nothing', async () => {
    await open();
    await page().getByRole('button', { name: 'Cancel' }).click();
    await until(() => bench.tab.closed, 'the tab to close');
    deepEqual(bench.calls, []);
  });
});
