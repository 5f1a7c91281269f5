import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { PackageSummary } from '../../src/core/packages/model';
import { openPageBrowser, type OpenedPage, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { samplePackage } from '../unit/extension/sampleLists';
import { answerContents, plugInItem, solutionItem } from './contentFixture';
import { openDetails } from './detailsBench';

describe('the page of what is no mere application', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let opened: OpenedPage;
  let calls: string[];
  before(async () => {
    browser = await openPageBrowser();
  });
  afterEach(async () => {
    deepEqual(opened.complaints, []);
    await opened.close();
  });
  after(() => browser.close());

  async function open(...packages: readonly [PackageSummary, ...PackageSummary[]]): Promise<void> {
    calls = [];
    const [{ id, tenantId }] = packages;
    const note = (name: string) => (item: PackageSummary, path?: string): Promise<void> => {
      calls.push([name, item.id, path].filter((part) => part !== undefined).join(' '));
      return Promise.resolve();
    };
    const bench = await openDetails(browser, 'packageDetails', { id, tenantId }, { packages }, {
      install: note('install'), openFile: note('openFile'), report: (method, error) => calls.push(`refused ${method} ${String(error)}`),
    });
    ({ opened } = bench);
    answerContents(bench.repository);
    bench.repository.change({ packages: packages.map((item) => ({ ...item })) });
    await opened.page.locator('.section').first().waitFor();
  }

  it('shows what a solution definition asks, installs and cannot do yet, with what keeps it from being run', async () => {
    // Another tenant's package is none of this one's.
    await open(solutionItem, samplePackage({ id: 'package-4', name: 'Local Control Agent', version: '8.5.100.37' }), samplePackage({ id: 'package-5', tenantId: 'emea', name: 'Chat Server', version: '8.5.106.10' }));
    const { page } = opened;
    await page.locator('#install[disabled]', { hasText: 'Deploy…' }).waitFor();
    await page.getByText('Solution definitions are stored and shown; this version cannot run them yet.').waitFor();
    const row = (name: string): Promise<string> => page.getByRole('listitem').filter({ hasText: name }).innerText();
    match(await row('Local Control Agent'), /line 22\s*in the repository/);
    match(await row('Media Control Platform'), /computed when it runs/);
    match(await row('Chat Server'), /not in the repository/);
    match(await row('os:execShellCmd'), /lines 30, 33/);
    match(await row('segment'), /Segment\s*segment\s*string.*required.*default Segment_01/s);
    const text = await page.locator('main').innerText();
    for (const words of ['Voice Platform Segment', 'Solution definition', '${TENANT}-${segment}', 'Installs an agent and media control.', 'Everything on one host.', 'Where', 'Page 2', 'This profile asks for nothing.']) ok(text.includes(words), words);
    for (const words of ['Nickname', 'Locale ID', 'Deployed on', 'unpacked', 'top-secret-default']) ok(!text.includes(words), words);
    await page.getByRole('button', { name: 'SOLUTION.xml' }).click();
    await until(() => calls.length > 0, 'the file to be opened');
    deepEqual(calls, ['openFile package-1 SOLUTION.xml']);
    await opened.screenshot('details-solution');
    await page.locator('#unsupported-title').scrollIntoViewIfNeeded();
    await opened.screenshot('details-solution-below');
  });

  it('refuses to run a solution definition, whoever asks', async () => {
    await open(solutionItem);
    await opened.page.evaluate((message) => (window as unknown as { fromPage(message: unknown): Promise<void> }).fromPage(message), { type: 'request', id: 99, method: 'package/install', params: {} });
    await until(() => calls.length > 0, 'the refusal');
    match(calls.join(), /^refused package\/install .*deploy\/solution-definition/);
  });

  it('shows the default options of a plug-in with secrets hidden, how it is installed, and which template was not understood', async () => {
    await open(plugInItem);
    const { page } = opened;
    const text = await page.locator('main').innerText();
    for (const words of [
      'Complete, ODD.tpl not understood', 'templates/ODD.tpl, line 1 is not understood: This is no XML', 'templates/RPT.tpl, line 4: This is no XML', '2 default options', 'by the installer with its silent.ini (GenesysSilent)',
    ]) ok(text.includes(words), words);
    ok(!text.includes('hidden-default'));
    await page.getByRole('textbox', { name: 'Filter options' }).fill('inter');
    await page.getByText('1 of 2').waitFor();
    equal(await page.getByRole('row', { name: 'REPORTING INTERVAL 60' }).count(), 1);
    await opened.screenshot('details-plug-in');
  });
});
