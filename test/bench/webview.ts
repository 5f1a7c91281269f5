/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import type { OpenedPage } from '../support/page/openPage';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { sampleHost } from '../unit/extension/sampleLists';
import { openDeployBench } from '../webview/deployBench';
import { openBench } from '../webview/importWizardFixture';
import { environment, manyPackages, openListBench } from '../webview/packageListBench';

export interface WebviewBenchOptions {
  readonly log: (line: string) => void;
  /** How often each wizard is opened; default 20. */
  readonly times?: number;
  /** Hosts in the table; default 5,000. */
  readonly hosts?: number;
  /** Packages in the list; default 10,000. */
  readonly packages?: number;
}

const system = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.10' } as const;

/**
 * Times the wizards in a real browser: from the moment the page's script has arrived to the first picture and to the first
 * step with its values, and from a key in the filter of a long host table to the next picture.
 */
export async function run({ log, times = 20, hosts = 5000, packages = 10_000 }: WebviewBenchOptions): Promise<void> {
  const browser = await openPageBrowser({}, true);
  try {
    log(`milliseconds, median and 95th percentile of ${times} openings`);
    report(log, 'import wizard', await repeat(times, () => openImport(browser)));
    report(log, 'deploy wizard', await repeat(times, () => openDeploy(browser, 20)));
    report(log, `deploy wizard with ${hosts} hosts`, await repeat(Math.ceil(times / 4), () => openDeploy(browser, hosts)));
    const keys = await filterHosts(browser, hosts);
    log(`  a key in the filter of ${hosts} hosts, to the next picture: ${median(keys)}, ${percentile95(keys)} (${keys.length} keys)`);
    for (const tenants of [1, 20]) {
      const name = `${packages} packages in ${tenants === 1 ? 'one tenant' : `each of ${tenants} tenants`}`;
      const list = await measureList(browser, packages, tenants, Math.ceil(times / 4));
      report(log, `list of ${name}`, list.openings);
      log(`  from the first rows' arrival in the list to the picture of its first page: ${median(list.firstPages)}, ${percentile95(list.firstPages)}`);
      log(`  a key in the filter of ${name}, to the next picture: ${median(list.keys)}, ${percentile95(list.keys)} (${list.keys.length} keys)`);
      log(`  a click on a header of ${name}, to the next picture: ${median(list.sorts)}, ${percentile95(list.sorts)} (${list.sorts.length} clicks)`);
    }
  } finally {
    await browser.close();
  }
}

interface Opening {
  readonly painted: number;
  readonly ready: number;
}

async function openImport(browser: PageBrowser): Promise<Opening> {
  const { opened } = await openBench(browser);
  return measure(opened);
}

async function openDeploy(browser: PageBrowser, hosts: number): Promise<Opening> {
  const { opened } = await openDeployBench(browser, { hosts: manyHosts(hosts) });
  return measure(opened);
}

/** The first picture, and the picture that has the wizard's step, after the script had arrived. */
async function measure(opened: OpenedPage, content = 'main h2'): Promise<Opening> {
  await opened.page.locator(content).first().waitFor();
  const opening = await opened.page.evaluate(async () => {
    const script = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/main.js')) as PerformanceResourceTiming;
    const paints = performance.getEntriesByType('paint').map(({ startTime }) => startTime);
    const contents = await new Promise<readonly number[]>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().map(({ startTime }) => startTime))).observe({ type: 'largest-contentful-paint', buffered: true });
    });
    return { painted: Math.min(...paints) - script.responseEnd, ready: Math.max(...contents, ...paints) - script.responseEnd };
  });
  await opened.close();
  return opening;
}

/** Types a filter and takes it back, key by key; answers how long each key took until it was painted. */
async function filterHosts(browser: PageBrowser, hosts: number): Promise<readonly number[]> {
  const bench = await openDeployBench(browser, { hosts: manyHosts(hosts) });
  const { page } = bench;
  await page.locator('main h2').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  const filter = page.getByLabel('Filter hosts').first();
  await filter.waitFor();
  await watchTimes(page, 'keydown');
  await filter.click();
  for (const key of [...Array.from('eu-mcp-49'), ...Array<string>(9).fill('Backspace'), ...Array.from('10.20.7'), ...Array<string>(7).fill('Backspace')]) await page.keyboard.press(key);
  const times = await takeTimes(page);
  await bench.close();
  return times;
}

interface ListTimes {
  readonly openings: readonly Opening[];
  readonly firstPages: readonly number[];
  readonly keys: readonly number[];
  readonly sorts: readonly number[];
}

/** The list: its openings, each key of a filter, and the sorting by each column. */
async function measureList(browser: PageBrowser, count: number, tenantCount: number, times: number): Promise<ListTimes> {
  const tenants = [environment, ...Array.from({ length: tenantCount - 1 }, (_, n) => ({ id: `tenant-${n + 1}`, name: `Tenant ${n + 1}`, parentId: environment.id }))];
  const own = manyPackages(count);
  const lists = { tenants, packages: tenants.flatMap(({ id }) => own.map((item) => ({ ...item, tenantId: id }))) };
  const openings: Opening[] = [];
  const firstPages: number[] = [];
  for (let i = 0; i < times; i++) {
    const { opened, page } = await openListBench(browser, { lists });
    await page.locator('.is-entry').first().waitFor();
    firstPages.push(await page.evaluate(async () => {
      // The mark is set by the page when its rows have arrived.
      const [arrived] = performance.getEntriesByName('rows');
      const contents = await new Promise<readonly number[]>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().map(({ startTime }) => startTime))).observe({ type: 'largest-contentful-paint', buffered: true });
      });
      return Math.max(...contents) - (arrived?.startTime ?? 0);
    }));
    openings.push(await measure(opened, '.is-entry'));
  }
  const bench = await openListBench(browser, { lists });
  const { page } = bench;
  // The last rows have come when the line above the list counts groups.
  await page.locator('#list-count', { hasText: 'groups' }).waitFor({ timeout: 120_000 });
  await page.locator('#list-filter').click();
  await watchTimes(page, 'keydown');
  for (const key of [...Array.from('control serv'), ...Array<string>(12).fill('Backspace'), ...Array.from('routing 1'), ...Array<string>(9).fill('Backspace')]) await page.keyboard.press(key);
  const keys = await takeTimes(page);
  await watchTimes(page, 'click');
  for (const column of ['version', 'localeId', 'system', 'status', 'updatedAt', 'name']) for (let i = 0; i < 2; i++) await page.locator(`[data-column=${column}]`).click();
  const sorts = await takeTimes(page);
  await bench.close();
  return { openings, firstPages, keys, sorts };
}

function takeTimes(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => (window as unknown as { measured: number[] }).measured);
}

function watchTimes(page: Page, kind: 'keydown' | 'click'): Promise<void> {
  return page.evaluate((event) => {
    const measured: number[] = [];
    Object.assign(window, { measured });
    document.addEventListener(event, () => {
      const begin = performance.now();
      requestAnimationFrame(() => {
        // The task after the frame's callbacks runs once the frame is drawn.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => void measured.push(performance.now() - begin);
        port2.postMessage(undefined);
      });
    }, true);
  }, kind);
}

function manyHosts(count: number) {
  return Array.from({ length: count }, (_, i) => sampleHost({
    id: `host-${i}`, name: `eu-${['mcp', 'sip', 'rm', 'urs'][i % 4] ?? ''}-${String(i).padStart(4, '0')}`, address: `10.20.${Math.floor(i / 250)}.${(i % 250) + 1}`, system,
    contact: { state: 'reachable', at: '2026-11-22T08:58:00.000Z' },
  }));
}

async function repeat(times: number, open: () => Promise<Opening>): Promise<readonly Opening[]> {
  const openings: Opening[] = [];
  for (let i = 0; i < times; i++) openings.push(await open());
  return openings;
}

function report(log: (line: string) => void, name: string, openings: readonly Opening[]): void {
  const painted = openings.map((opening) => opening.painted);
  const ready = openings.map((opening) => opening.ready);
  log(`  ${name}: first picture ${median(painted)}, ${percentile95(painted)}; its first step ${median(ready)}, ${percentile95(ready)}`);
}

function median(values: readonly number[]): string {
  return quantile(values, 0.5);
}

function percentile95(values: readonly number[]): string {
  return quantile(values, 0.95);
}

function quantile(values: readonly number[], part: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(0);
}
