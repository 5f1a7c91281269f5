/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import type { OpenedPage } from '../support/page/openPage';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { sampleHost } from '../unit/extension/sampleLists';
import { openDeployBench } from '../webview/deployBench';
import { openBench } from '../webview/importWizardFixture';

export interface WebviewBenchOptions {
  readonly log: (line: string) => void;
  /** How often each wizard is opened; default 20. */
  readonly times?: number;
  /** Hosts in the table; default 5,000. */
  readonly hosts?: number;
}

const system = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.10' } as const;

/**
 * Times the wizards in a real browser: from the moment the page's script has arrived to the first picture and to the first
 * step with its values, and from a key in the filter of a long host table to the next picture.
 */
export async function run({ log, times = 20, hosts = 5000 }: WebviewBenchOptions): Promise<void> {
  const browser = await openPageBrowser();
  try {
    log(`milliseconds, median and 95th percentile of ${times} openings`);
    report(log, 'import wizard', await repeat(times, () => openImport(browser)));
    report(log, 'deploy wizard', await repeat(times, () => openDeploy(browser, 20)));
    report(log, `deploy wizard with ${hosts} hosts`, await repeat(Math.ceil(times / 4), () => openDeploy(browser, hosts)));
    const keys = await filterHosts(browser, hosts);
    log(`  a key in the filter of ${hosts} hosts, to the next picture: ${median(keys)}, ${percentile95(keys)} (${keys.length} keys)`);
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
async function measure(opened: OpenedPage): Promise<Opening> {
  await opened.page.locator('main h2').waitFor();
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
  await watchKeys(page);
  await filter.click();
  for (const key of [...Array.from('eu-mcp-49'), ...Array<string>(9).fill('Backspace'), ...Array.from('10.20.7'), ...Array<string>(7).fill('Backspace')]) await page.keyboard.press(key);
  const times = await page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
  await bench.close();
  return times;
}

function watchKeys(page: Page): Promise<void> {
  return page.evaluate(() => {
    const keyTimes: number[] = [];
    Object.assign(window, { keyTimes });
    document.addEventListener('keydown', () => {
      const begin = performance.now();
      requestAnimationFrame(() => {
        // The task after the frame's callbacks runs once the frame is drawn.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => void keyTimes.push(performance.now() - begin);
        port2.postMessage(undefined);
      });
    }, true);
  });
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
