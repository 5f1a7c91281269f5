import { deepEqual, equal } from 'node:assert/strict';
import type { DeployDraft } from '../../src/core/deployment/draft';
import type { Deployment } from '../../src/core/deployment/model';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { sampleDeployment, sampleRun } from '../unit/extension/sampleLists';
import { openDeployBench, packageDetails, planOf, type DeployBench, type DeployBenchOptions } from './deployBench';

describe('the deploy wizard with many hosts', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let bench: DeployBench;
  before(async () => {
    browser = await openPageBrowser();
  });
  afterEach(async () => {
    deepEqual(bench.opened.complaints, []);
    await bench.close();
  });
  after(() => browser.close());

  const open = async (options: DeployBenchOptions = {}): Promise<void> => {
    bench = await openDeployBench(browser, options);
  };
  const draft = (): DeployDraft => (bench.workspace.values.values().next().value as { draft: DeployDraft }).draft;

  it('asks in which order they begin and when no more do, once there are two, and plans and starts so', async () => {
    await open({ intent: { hostIds: ['eu-mcp-01'] }, details: { silentIni: '[IPCommon]\nInstallPath=/opt/genesys/mcp\n' } });
    await bench.next();
    await bench.heading('Choose hosts');
    equal(await bench.page.getByRole('radio', { name: 'All hosts at once' }).count(), 0);
    await bench.page.getByRole('row', { name: /eu-mcp-03/ }).click();
    equal(await bench.page.getByRole('radio', { name: 'All hosts at once' }).isChecked(), true);
    equal(await bench.page.getByRole('checkbox', { name: 'Stop after' }).isChecked(), true, 'as the setting says');
    await bench.page.getByRole('radio', { name: 'In batches of' }).check();
    const size = bench.page.getByRole('spinbutton', { name: 'Hosts in a batch' });
    await size.fill('0');
    await size.blur();
    equal(await size.inputValue(), '2', 'what is no size is not taken');
    await size.fill('3');
    await until(() => draft().order?.kind === 'batches' && JSON.stringify(draft().order).includes('3'), 'the size to be kept');
    await bench.opened.screenshot('deploy-hosts-order');
    await bench.page.getByRole('radio', { name: 'One host first, then the rest' }).check();
    await bench.page.getByRole('spinbutton', { name: 'Failed hosts after which no other begins' }).fill('2');
    await bench.next();
    await bench.next();
    await bench.next();
    await bench.page.getByText('2 hosts, one first').waitFor();
    await bench.page.getByText('Stops after 2 failed hosts').waitFor();
    await bench.page.locator('gp-planned-host').first().getByText('Goes first').waitFor();
    await bench.page.getByText('Finish installs on 2 hosts.').waitFor();
    await bench.opened.screenshot('deploy-summary-order');
    await bench.page.getByRole('button', { name: 'Finish' }).click();
    await until(() => bench.started.length === 1, 'the start');
    deepEqual([bench.started[0]?.inputs.order, bench.started[0]?.inputs.stopAfterFailures], [{ kind: 'canary' }, 2]);
  });

  it('says of each host in the summary on which one before it the same is changed, and who has it now', async () => {
    await open({ intent: { hostIds: ['eu-mcp-02', 'eu-mcp-03', 'eu-mcp-04'] }, details: { silentIni: '[IPCommon]\nInstallPath=/opt/genesys/mcp\n' } });
    bench.plan = (inputs) => planOf(inputs, inputs.hostIds[0] === 'eu-mcp-03'
      ? { lock: { user: 'claire', machine: 'desk-7', deployment: 'd-x', since: '2026-11-22T10:00:00.000Z', folder: '/var/tmp/gax-lock' }, warnings: [{ code: 'deploy/host-locked', args: { host: 'eu-mcp-03', user: 'claire', machine: 'desk-7', since: Date.parse('2026-11-22T10:00:00.000Z'), deployment: 'd-x', folder: '/var/tmp/gax-lock' } }] }
      : inputs.hostIds[0] === 'eu-mcp-04' ? { installPath: '/srv/mcp', warnings: [{ code: 'repository/host-busy', args: { host: 'eu-mcp-04', package: 'Resource Manager 9.0.044.08' } }] } : {});
    for (let step = 0; step < 4; step++) await bench.next();
    await bench.heading('Deployment summary');
    const row = (name: string) => bench.page.locator('gp-planned-host summary').filter({ hasText: name });
    await row('eu-mcp-02').getByText('application object').waitFor();
    await row('eu-mcp-03').getByText('same changes as eu-mcp-02').waitFor();
    await row('eu-mcp-03').getByText(/^Locked by claire on desk-7 since /).waitFor();
    await row('eu-mcp-04').getByText('Busy: another deployment works on it').waitFor();
    equal(await row('eu-mcp-04').getByText('same changes').count(), 0);
    await bench.page.getByText('Finish installs on 3 hosts.').waitFor();
    await bench.opened.screenshot('deploy-summary-many');
  });

  it('pauses, goes on, and lets held hosts begin, all or one alone', async () => {
    const details = packageDetails();
    const deployment = (change: Partial<Deployment>): Deployment => sampleDeployment({
      id: 'd8', packageId: 'package-1', package: details, percent: 40, startedAt: new Date().toISOString(), hosts: [
        sampleRun({ hostId: 'eu-mcp-01', state: 'complete', percent: 100 }), sampleRun({ hostId: 'eu-mcp-02', state: 'running', step: 'transfer', percent: 25 }), sampleRun({ hostId: 'eu-mcp-03' }), sampleRun({ hostId: 'eu-mcp-04' }),
      ], ...change,
    });
    await open({ subject: { id: 'd8' }, deployments: [deployment({})] });
    await bench.heading('Installing on 4 hosts');
    await bench.page.getByText('4 application objects').waitFor();
    await bench.page.getByRole('button', { name: 'Pause' }).click();
    await until(() => bench.calls.includes('pause d8'), 'the pause');
    bench.repository.change({ deployments: [deployment({ paused: true })] });
    await bench.page.getByText('Paused: hosts at work go on, no other begins.').waitFor();
    await bench.opened.screenshot('deploy-progress-paused');
    await bench.page.getByRole('button', { name: 'Go on', exact: true }).click();
    await until(() => bench.calls.includes('goOn d8 all'), 'going on');
    const held = { state: 'held', reason: 'others-failed' } as const;
    bench.repository.change({ deployments: [deployment({ state: 'failed', endedAt: new Date().toISOString(), hosts: [
      sampleRun({ hostId: 'eu-mcp-01', state: 'complete', percent: 100 }),
      sampleRun({ hostId: 'eu-mcp-02', state: 'failed', step: 'install', percent: 58, error: { code: 'deploy/installer-error', args: { host: 'eu-mcp-02', message: 'No room.' } } }),
      sampleRun({ hostId: 'eu-mcp-03', ...held }), sampleRun({ hostId: 'eu-mcp-04', ...held }),
    ] })] });
    await bench.page.getByText('2 held').waitFor();
    await bench.page.getByRole('button', { name: 'Go on with this host' }).first().click();
    await until(() => bench.calls.includes('goOn d8 eu-mcp-03'), 'going on with one host');
    await bench.opened.screenshot('deploy-progress-held');
    bench.trusted = false;
    equal((await bench.say('progress/goOn', {})).type, 'refusal');
    equal((await bench.say('progress/pause', {})).type, 'refusal');
    bench.trusted = true;
    equal((await bench.say('progress/goOn', { hostId: 'foreign' })).type, 'refusal');
  });
});
