import { deepEqual, equal } from 'node:assert/strict';
import { until } from '../support/until';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { hosts, openDeployBench, type DeployBench } from './deployBench';

describe('the deploy wizard for protected hosts', function () {
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

  it('has their words typed before Finish, and filters hosts by tag', async () => {
    const tagged = hosts.map((host) => ({
      ...host, ...(host.id.startsWith('eu-mcp') && { tags: ['emea', 'production'], protectedBy: ['production'] }), ...(host.id === 'eu-sip-01' && { tags: ['lab'] }),
    }));
    bench = await openDeployBench(browser, { hosts: tagged });
    await bench.next();
    await bench.heading('Choose hosts');
    await bench.page.getByRole('button', { name: 'lab', exact: true }).click();
    await until(async () => await bench.page.locator('#host-table [role=row][aria-selected]').count() === 1, 'only the host with the tag');
    await bench.page.getByRole('button', { name: 'emea', exact: true }).click();
    await bench.page.getByRole('button', { name: 'lab', exact: true }).click();
    await bench.page.getByText('4 of 10').waitFor();
    await bench.opened.screenshot('deploy-hosts-tags');
    await bench.page.getByRole('button', { name: 'emea', exact: true }).click();
    for (const host of ['eu-mcp-01', 'eu-mcp-03']) await bench.page.getByRole('row', { name: new RegExp(host) }).click();
    for (const heading of ['Application parameters', 'Installation parameters (silent.ini)']) {
      await bench.next();
      await bench.heading(heading);
    }
    await bench.page.locator('#field-value-ConfigServer-Host').fill('eu-fw-01');
    await bench.next();
    await bench.heading('Deployment summary');
    const typed = bench.page.getByLabel('Type production to confirm');
    await typed.fill('Production');
    equal((await bench.page.locator('#footer-words').innerText()).trim(), 'Finish is not possible yet: type production to confirm.');
    equal(await bench.page.locator('#finish[disabled]').count(), 1);
    await bench.opened.screenshot('deploy-summary-protected');
    await typed.fill('production ');
    await bench.page.locator('#finish:not([disabled])').click();
    await bench.page.getByText('Closing this page does not stop the deployment.').waitFor();
    deepEqual(bench.started[0]?.confirmed, ['production', 'eu-mcp-01', 'eu-mcp-03']);
  });
});
