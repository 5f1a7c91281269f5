import { deepEqual } from 'node:assert/strict';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until, untilEqual } from '../support/until';
import { openDeployBench, type DeployBench } from './deployBench';

describe('the deploy wizard by the keys', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let bench: DeployBench;
  before(async () => {
    browser = await openPageBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    const { complaints } = bench.opened;
    await bench.close();
    deepEqual(complaints, []);
  });

  const focused = () => bench.page.evaluate(() => document.activeElement?.id ?? '');

  it('goes through all steps in French with the keys alone, in a narrow window', async () => {
    bench = await openDeployBench(browser, { locale: 'fr', size: { width: 700, height: 1000 } });
    const { page } = bench;
    const { keyboard } = page;
    await page.getByRole('heading', { level: 1, name: 'Déployer Media Control Platform 9.0.046.06' }).waitFor();
    await keyboard.press('Control+Enter');
    await bench.heading('Choisissez les hôtes');
    await untilEqual(focused, 'step-heading');
    await keyboard.press('Tab');
    await keyboard.type('mcp-03');
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await bench.opened.screenshot('deploy-hosts-french-700');
    await keyboard.press('Control+Enter');
    await bench.heading('Paramètres d’application');
    await keyboard.press('Alt+PageUp');
    await bench.heading('Choisissez les hôtes');
    await keyboard.press('Alt+PageDown');
    await bench.heading('Paramètres d’application');
    await bench.opened.screenshot('deploy-application-french-700');
    await keyboard.press('Alt+PageDown');
    await bench.heading('Paramètres d’installation (silent.ini)');
    await keyboard.press('Control+Enter');
    await page.locator('#footer-words', { hasText: /1 valeur à corriger\u00a0:\s+Hôte/ }).waitFor();
    await untilEqual(focused, 'field-value-ConfigServer-Host');
    await keyboard.type('eu-fw-01');
    await bench.opened.screenshot('deploy-silent-ini-french-700');
    await keyboard.press('Control+Enter');
    await bench.heading('Résumé du déploiement');
    await page.getByText('Terminer installe sur 1 hôte.').waitFor();
    await bench.opened.screenshot('deploy-summary-french-700');
    await keyboard.press('Control+Enter');
    await untilEqual(focused, 'finish');
    await keyboard.press('Enter');
    await until(() => bench.started.length === 1, 'the start');
    deepEqual(bench.started[0]?.inputs.hostIds, ['eu-mcp-03']);
  });
});
