import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until, untilEqual } from '../support/until';
import { createImportScript, files, inspection, lcaArchive, mcp, mcpArchive, openBench, type BenchOptions, type ImportScript, type ImportWizardBench } from './importWizardFixture';
import { createWorkspaceState } from './support';

describe('the import wizard: how the imports go', function () {
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
  const lane = (n: number): Locator => page().locator('.lane').nth(n - 1);
  const wordsOf = async (locator: Locator): Promise<string> => (await locator.innerText()).replaceAll('\u00a0', ' ').replaceAll(/\s+/g, ' ');
  const focused = (): Promise<string> => page().evaluate(() => document.activeElement?.id ?? '');

  function createScript(): ImportScript {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection()).set(mcpArchive, mcp);
    return script;
  }

  /** Opens the wizard with files and presses Finish. */
  async function start(options: BenchOptions & { readonly paths?: readonly string[] } = {}): Promise<void> {
    const { paths = [lcaArchive, mcpArchive], ...rest } = options;
    bench = await openBench(browser, { script: createScript(), intent: { dropped: files(...paths) }, ...rest });
    await page().locator('.finding.box').nth(paths.length - 1).waitFor();
    await page().getByRole('button', { name: /^(Finish|Terminer)$/ }).click();
    await page().locator('.lane').nth(paths.length - 1).waitFor();
  }

  it('has a lane for each package: its step and bytes while it runs, green when it is done, red where it failed', async () => {
    await start();
    const { script } = bench;
    equal(await page().getByRole('heading', { level: 2 }).innerText(), 'Importing 2 packages');
    await untilEqual(focused, 'step-heading');
    equal(await page().locator('.footer-words').innerText(), 'Closing this page does not stop the import.');
    match(await wordsOf(page().locator('main > p')), /^Started: .* You can close this page: the import goes on in the background, also when the window closes\.$/);
    script.set('import-1', { step: 'entries', percent: 20, bytes: { done: 4_000_000, total: 9_300_000 } });
    script.set('import-2', { waiting: true });
    await lane(1).getByText('Step 2 of 6, Check entries').waitFor();
    match(await wordsOf(lane(1)), /Importing 20 % Step 2 of 6, Check entries ?4 MB of 9\.3 MB/);
    match(await wordsOf(lane(2)), /Media Control Platform 9\.0\.046\.06 ?Linux 64-bit Waiting/, 'the archive has been read before');
    match(await wordsOf(page().locator('.overall')), /0 of 2 complete ?1 running ?1 waiting ?1\.9 MB of 223 MB/);
    script.set('import-1', { state: 'complete', percent: 100, step: 'register', identity: inspection().identity, packageId: 'p1' });
    await lane(1).getByText('Complete').waitFor();
    equal(await lane(1).locator('.bar-done').count(), 1);
    script.set('import-2', { waiting: false, step: 'store', percent: 73, identity: mcp.identity, bytes: { done: 98_000_000, total: 214_000_000 } });
    await lane(2).getByText('Step 5 of 6, Store content').waitFor();
    match(await wordsOf(lane(2)), /Media Control Platform 9\.0\.046\.06 ?Linux 64-bit Importing 73 %/);
    await bench.opened.screenshot('import-progress');
    await page().setViewportSize({ width: 700, height: 900 });
    await bench.opened.setTheme('light');
    await bench.opened.screenshot('import-progress-700-light');
    script.set('import-2', { state: 'failed', error: { code: 'repository/no-room', args: { folder: '/data', needed: 500, free: 12 } } });
    await lane(2).getByText('Failed: Store content').waitFor();
    equal(await lane(2).getByRole('progressbar').getAttribute('aria-valuenow'), '73');
    equal(await lane(2).locator('.bar-failed').count(), 1);
    match(await wordsOf(lane(2).getByRole('alert')), /^Step 5 of 6, Store content: .*\/data.* Nothing of this package was kept\. repository\/no-room Try again Copy details$/);
    match(await wordsOf(page().locator('.overall')), /1 of 2 complete ?1 failed/);
    equal(await page().getByRole('button', { name: 'Stop import…' }).count(), 0);
    await page().locator('[role=status]', { hasText: 'The import has ended. 1 of 2 packages complete, 1 failed.' }).waitFor({ state: 'attached' });
    await bench.opened.setTheme('dark');
    await page().setViewportSize({ width: 1200, height: 860 });
    await bench.opened.screenshot('import-failed');
    deepEqual(bench.calls, ['tellEnds import-1,import-2 shown true']);
  });

  it('says how a failure is told to others, and tries again in the same lane', async () => {
    await start({ paths: [lcaArchive] });
    bench.script.set('import-1', { state: 'failed', step: 'entries', percent: 31, error: { code: 'archive/truncated', args: { archive: 'a.zip', offset: 9 }, causes: ['read error'] } });
    await lane(1).getByRole('button', { name: 'Copy details' }).click();
    await until(() => bench.calls.some((call) => call.startsWith('copy')), 'the details');
    equal(bench.calls.find((call) => call.startsWith('copy')), [
      'copy IP_LCA_8510037_ENU_linux.tar.gz was not imported. Failed step: Check entries.', lcaArchive, 'archive/truncated: a.zip ends too early, at byte 9. Copy or download it again.', 'read error',
    ].join('\n'));
    await lane(1).getByRole('button', { name: 'Try again' }).click();
    await lane(1).getByText('Importing 0 %').waitFor();
    await untilEqual(focused, 'lane-0');
    bench.script.set('import-2', { state: 'complete', percent: 100 });
    await lane(1).getByText('Complete').waitFor();
    equal(await page().getByRole('heading', { level: 2 }).innerText(), 'Import of 1 package');
    await bench.opened.screenshot('import-done');
  });

  it('stops after a question; Escape there stops nothing', async () => {
    await start();
    bench.agrees = false;
    await page().getByRole('button', { name: 'Stop import…' }).click();
    await until(() => bench.calls.includes('confirm Stop the import of 2 packages?'), 'the question');
    bench.script.set('import-1', { state: 'complete', percent: 100 });
    await lane(1).getByText('Complete').waitFor();
    bench.agrees = true;
    await page().getByRole('button', { name: 'Stop import…' }).click();
    await lane(2).getByText('Stopped').waitFor();
    ok(bench.calls.includes('confirm Stop the import of 1 package?'));
    match(await wordsOf(lane(2)), /Nothing of this package was kept\. Try again/);
    await bench.opened.screenshot('import-stopped');
  });

  it('comes back where it was after a reload and a restart of the extension host, also when imports ended meanwhile', async () => {
    const memento = createWorkspaceState();
    await start({ memento });
    const { script } = bench;
    script.set('import-2', { step: 'store', percent: 52, identity: mcp.identity });
    await lane(2).getByText('Importing 52 %').waitFor();
    await bench.opened.reload();
    await lane(2).getByText('Importing 52 %').waitFor();
    bench.tab.restart();
    script.set('import-1', { state: 'complete', percent: 100, identity: inspection().identity });
    await bench.opened.reload();
    await lane(1).getByText('Complete').waitFor();
    match(await wordsOf(lane(1)), /Local Control Agent 8\.5\.100\.37/);
    await lane(2).getByText('Importing 52 %').waitFor();
    equal(await page().getByRole('heading', { level: 2 }).innerText(), 'Importing 2 packages');
  });

  it('closed while it runs: the command brings the progress back; once the end was seen it begins anew', async () => {
    const memento = createWorkspaceState();
    const script = createScript();
    await start({ memento, script, paths: [lcaArchive] });
    await page().getByRole('button', { name: 'Close' }).click();
    await until(() => bench.tab.closed, 'the tab to close');
    await bench.opened.close();
    bench = await openBench(browser, { memento, script, intent: {} });
    await lane(1).getByText('Importing 0 %').waitFor();
    script.set('import-1', { state: 'complete', percent: 100 });
    await lane(1).getByText('Complete').waitFor();
    bench.tab.end();
    await bench.opened.close();
    bench = await openBench(browser, { memento, script, intent: {} });
    await page().locator('#path-0').waitFor();
    equal(await page().locator('.lane').count(), 0);
  });

  it('an import whose end nobody saw is shown when the wizard is opened again', async () => {
    const memento = createWorkspaceState();
    const script = createScript();
    await start({ memento, script, paths: [lcaArchive] });
    bench.tab.end();
    await bench.opened.close();
    script.set('import-1', { state: 'failed', step: 'entries', percent: 12, error: { code: 'archive/empty', args: { archive: 'a.zip' } } });
    bench = await openBench(browser, { memento, script, intent: {} });
    await lane(1).getByText('Failed: Check entries').waitFor();
  });

  it('takes more files while an import runs, and shows all of them in its progress', async () => {
    await start({ paths: [lcaArchive] });
    bench.receive({ dropped: files(mcpArchive) });
    await page().locator('.finding.box', { hasText: 'Media Control Platform' }).waitFor();
    await page().getByRole('button', { name: 'Progress' }).click();
    await lane(1).waitFor();
    await page().keyboard.press('Alt+PageUp');
    await page().getByRole('button', { name: 'Finish' }).click();
    await lane(2).waitFor();
    deepEqual(bench.script.started.map(({ path }) => path), [lcaArchive, mcpArchive]);
    match(await wordsOf(page().locator('.overall')), /0 of 2 complete ?2 running/);
  });

  it('what was started stays started when a later file is refused; the rest stays entered', async () => {
    bench = await openBench(browser, { script: createScript(), intent: { dropped: files(lcaArchive, mcpArchive) } });
    const { service } = bench.script.repository;
    await page().locator('.finding.box').nth(1).waitFor();
    let asked = 0;
    const { ProductError } = await import('../../src/core/errors');
    const begun = { id: 'import-9', source: { method: 'archive', path: lcaArchive }, tenantId: 'environment', group: '', state: 'running', step: 'open', percent: 0, startedAt: '2026-11-22T09:12:00.000Z' } as const;
    service.answer('imports/wait', () => new Promise(() => undefined));
    service.answer('imports/start', () => {
      asked++;
      if (asked > 1) throw new ProductError('import/unknown-tenant', { tenant: 'Environment', tenants: '' });
      return begun;
    });
    await page().getByRole('button', { name: 'Finish' }).click();
    await page().getByRole('alert').getByText('There is no tenant Environment.').waitFor();
    equal(await page().locator('#path-0').inputValue(), mcpArchive);
    await page().getByRole('button', { name: 'Progress' }).click();
    await lane(1).getByText('Local Control Agent').waitFor();
  });

  it('is done with the keyboard alone', async () => {
    bench = await openBench(browser, { script: createScript() });
    await untilEqual(focused, 'path-0');
    await page().keyboard.type(lcaArchive);
    await page().keyboard.press('Enter');
    deepEqual(bench.script.started, []);
    // Choose file…, then tenant and group.
    await page().keyboard.press('Tab');
    await untilEqual(focused, 'choose-path-0');
    await page().locator('.finding.box').waitFor();
    await page().keyboard.press('Tab');
    await page().keyboard.press('Tab');
    await untilEqual(focused, 'tenant');
    await page().keyboard.type('x');
    await page().keyboard.press('Control+A');
    await page().keyboard.type('south');
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('Enter');
    await page().keyboard.press('Tab');
    await page().keyboard.type('Media');
    await page().keyboard.press('Control+Enter');
    await untilEqual(focused, 'finish');
    deepEqual(bench.script.started, []);
    await page().keyboard.press('Enter');
    await lane(1).waitFor();
    deepEqual(bench.script.started, [{ path: lcaArchive, tenant: 'Southern Europe', group: 'Media' }]);
    await page().keyboard.press('Control+Enter');
    await untilEqual(focused, 'close');
    await page().keyboard.press('Enter');
    await until(() => bench.tab.closed, 'the tab to close');
  });

  it('shows text of strangers as text', async () => {
    const evil = '<img src=x onerror="window.intruder=1"><b>bold</b>';
    const script = createScript();
    script.repository.lists = { ...script.repository.lists, tenants: [{ id: 'environment', name: evil }] };
    const path = `/packages/${evil.replaceAll('/', '')}.zip`;
    script.archives.set(path, inspection({ name: evil, version: evil, localeId: evil, osGroup: evil }, { templates: [{ name: evil, path: 'x', format: 'apd' }] }));
    await start({ script, paths: [path] });
    bench.script.set('import-1', { state: 'failed', step: 'entries', identity: inspection({ name: evil, version: evil }).identity, error: { code: 'archive/name-traversal', args: { archive: evil, entry: evil, offset: 1 } } });
    await lane(1).getByRole('alert').getByText('<img src=x').waitFor();
    equal(await page().locator('img, b').count(), 0);
    equal(await page().evaluate(() => 'intruder' in window), false);
  });

  it('refuses what no page of ours would ask', async () => {
    await start({ paths: [lcaArchive] });
    const draft = { method: 'archive', paths: [mcpArchive], parts: { path: '', xml: '', apd: '' }, places: [''], choice: { base: 'offered', except: [] }, tenant: 'Environment', group: '' };
    const hostile: readonly unknown[] = [
      ['imports/delete', { id: 'import-1' }], ['constructor', {}], ['__proto__', {}], ['imports/start', {}], ['imports/start', { draft: { ...draft, method: 'directory' } }], ['imports/start', { draft: { ...draft, method: 'parts' } }],
      ['imports/start', { draft: { ...draft, extra: 1 } }], ['imports/start', { draft: { ...draft, paths: Array.from({ length: 101 }, () => '/a') } }], ['imports/start', { draft: { ...draft, paths: '/a' } }],
      ['imports/start', { draft: { ...draft, paths: ['relative.zip'] } }], ['imports/start', { draft: { ...draft, tenant: 'Nowhere' } }], ['imports/start', { draft: { ...draft, tenant: 'x'.repeat(20_000) } }],
      ['imports/retry', { id: 'import-77' }], ['imports/retry', { id: 'import-1' }], ['imports/retry', { id: '../../x' }], ['imports/copyDetails', { id: 'import-77' }],
      ['files/read', { draft: { ...draft, paths: [1] } }], ['files/read', { draft, again: -1 }], ['draft/keep', { draft, step: 'summary' }],
    ];
    const before = bench.replies.length;
    await page().evaluate((requests) => {
      const { fromPage } = window as unknown as { fromPage(message: unknown): Promise<void> };
      (requests as [string, unknown][]).forEach(([method, params], index) => void fromPage({ type: 'request', id: 1000 + index, method, params }));
      void fromPage({ type: 'request', id: 'one', method: 'page/open', params: {} });
      void fromPage('text');
    }, hostile);
    const answersTo = (): readonly string[] => bench.replies.slice(before).flatMap((reply) => (reply.type === 'refusal' || reply.type === 'answer') && reply.id >= 1000 ? [reply.type] : []);
    await until(() => answersTo().length === hostile.length, 'every answer');
    deepEqual(answersTo().filter((type) => type !== 'refusal'), []);
    equal(bench.script.started.length, 1);
  });

  it('in Restricted Mode refuses to start and to try again, whatever the page asks', async () => {
    const memento = createWorkspaceState();
    const script = createScript();
    await start({ memento, script, paths: [lcaArchive] });
    script.set('import-1', { state: 'failed', step: 'open' });
    await lane(1).getByText('Failed: Open archive').waitFor();
    await bench.opened.close();
    bench = await openBench(browser, { memento, script, trusted: false, intent: undefined });
    await page().getByText('Restricted Mode: importing needs a trusted window.').waitFor();
    await page().evaluate(() => {
      const { fromPage } = window as unknown as { fromPage(message: unknown): Promise<void> };
      void fromPage({ type: 'request', id: 1000, method: 'imports/retry', params: { id: 'import-1' } });
      void fromPage({ type: 'request', id: 1001, method: 'imports/start', params: { draft: { method: 'archive', paths: ['/packages/a.zip'], parts: { path: '', xml: '', apd: '' }, places: [''], choice: { base: 'offered', except: [] }, tenant: 'Environment', group: '' } } });
    });
    await until(() => bench.replies.filter((reply) => reply.type === 'refusal' && reply.id >= 1000).length === 2, 'both refusals');
    equal(script.repository.service.requests.filter((name) => name === 'imports/retry').length, 0);
    equal(script.started.length, 1);
  });

  it('says in French how it goes', async () => {
    await start({ locale: 'fr' });
    const { script } = bench;
    script.set('import-1', { state: 'failed', step: 'templates', percent: 51, identity: inspection().identity, error: { code: 'import/no-description', args: { file: 'a.zip' } } });
    script.set('import-2', { step: 'store', percent: 60, identity: mcp.identity, bytes: { done: 98_000_000, total: 214_000_000 } });
    await lane(1).getByText('Échec : Contrôler les modèles').waitFor();
    match(await wordsOf(lane(2)), /Importation 60 % Étape 5 sur 6, Enregistrer le contenu ?98 Mo sur 214 Mo/);
    match(await wordsOf(page().locator('.overall')), /0 sur 2 terminés ?1 en échec ?1 en cours/);
    equal(await page().locator('.footer-words').innerText(), 'La fermeture de cette page n’interrompt pas l’importation.');
    await bench.opened.screenshot('import-failed-fr');
  });
});
