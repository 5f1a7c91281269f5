// First: what declares sentences must find it at work.
import '../support/pseudo/pseudoLocale';
import { importWizardText } from '../../src/core/text/importWizardText';
import { wizardText } from '../../src/core/text/wizardText';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { buildPseudoPage } from '../support/pseudo/pseudoPage';
import { until } from '../support/until';
import { createImportScript, inspection, lcaArchive, mcp, mcpArchive, openBench, scanned } from './importWizardFixture';
import { followStates, say } from './pseudoStates';

describe('in the pseudo-locale the import wizard shows words of a catalogue alone', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await openPageBrowser({ 'main.js': await buildPseudoPage() });
  });
  after(() => browser.close());

  it('a package in parts, and a search', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection()).set(mcpArchive, mcp);
    script.parts.set(lcaArchive, { code: 'import/file-missing', args: { file: '/packages/half.apd', reason: 'EACCES' } });
    const { opened } = await openBench(browser, { script });
    await followStates(opened, script.repository, async (look, page) => {
      await page.locator('#method-radio-parts').check();
      await page.locator('#part-path').fill(mcpArchive);
      await page.locator('#part-path').blur();
      await page.locator('#switch-method').waitFor();
      await page.getByRole('button', { name: say(wizardText, 'finish') }).click();
      await page.locator('#part-apd-error').waitFor();
      await look('parts, several templates');
      await page.locator('#part-path').fill(lcaArchive);
      await page.locator('#part-xml').fill('/packages/half.xml');
      await page.locator('#part-apd').fill('/packages/half.apd');
      await page.locator('#part-apd').blur();
      await page.locator('#compare-templates').waitFor();
      await look('parts, one misfit');
      await page.locator('#method-radio-directory').check();
      await page.locator('#place-0').fill('/packages');
      await look('directory');
      await page.locator('#next').click();
      await until(() => script.scans.has('/packages'), 'the search');
      const scan = script.scans.get('/packages');
      const place = { presentIn: ['environment'] };
      scan?.find([scanned('/packages/lca'), scanned('/packages/two'), scanned('/packages/mcp', mcp.identity, { presence: 'present', ...place }), scanned('/packages/windows', { osGroup: 'windows' }, { presence: 'identical', ...place })], {
        unreadable: [{ path: '/packages/missing.zip', error: { code: 'import/no-description', args: { file: 'missing.zip' } } }],
      });
      await page.locator('#stop-searching').waitFor();
      await page.locator('#scan-filter').fill('control');
      await look('searching');
      scan?.end();
      await page.locator('#search-again').waitFor();
      await page.locator('#scan-filter').fill('');
      await page.locator('.table-head .check').click();
      await look('found, all ticked');
      await page.locator('.table-head .check').click();
      await page.locator('#finish').click();
      await page.locator('#packages-error').waitFor();
      await look('found, none ticked');
    }, ['/packages', '/packages/lca', '/packages/two', '/packages/mcp', '/packages/windows', 'lca', '/packages/half.apd', 'half.apd', mcpArchive, mcpArchive.split('/').at(-1)!, '//server/share/folder', '/mnt/cdrom']);
  });

  it('a draft in Restricted Mode', async () => {
    const { opened, script, memento } = await openBench(browser);
    await opened.page.locator('#path-0').fill('/packages/half');
    await opened.page.locator('#path-0').blur();
    await until(() => JSON.stringify([...(memento as { values?: Map<string, unknown> }).values ?? []]).includes('half'), 'the draft');
    await opened.close();
    const again = await openBench(browser, { script, memento, trusted: false });
    await followStates(again.opened, script.repository, async (look, page) => {
      await page.getByText(say(importWizardText, 'restricted')).waitFor();
      await look('draft, restricted');
    });
  });
});
