import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { DeployDraft } from '../../src/core/deployment/draft';
import type { DeploymentInputs } from '../../src/core/deployment/model';
import type { PageSubject } from '../../src/protocol/page/page';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { sampleDeployed } from '../unit/extension/sampleLists';
import { openDeployBench, packageDetails, planOf, type DeployBench, type DeployBenchOptions } from './deployBench';

const identity = packageDetails();
const deployed = (host: string, version: string, change: Partial<ReturnType<typeof sampleDeployed>> = {}) => sampleDeployed({
  id: `r-${host}`, hostId: host, hostName: host, applicationId: `a-${host}`, applicationName: `vpMediaControl_${host}`, packageId: 'package-0', installPath: '/opt/genesys/mcp_9.0.040', deploymentId: 'd1',
  package: { ...identity, version }, at: '2026-10-02T15:41:00.000Z', ...change,
});
const present = [deployed('eu-mcp-01', '9.0.040.07'), deployed('eu-mcp-02', '9.0.040.07'), deployed('eu-mcp-03', '9.0.046.06'), deployed('eu-mcp-04', '9.0.040.07'),
  deployed('eu-mcp-04', '9.0.040.07', { id: 'r-second', applicationId: 'a-second', applicationName: 'MCP_second' })];
const subjectOf = (profile: 'upgrade' | 'rollBack'): PageSubject => ({ id: 'package-1', tenantId: 'environment', profile, applicationId: 'a-eu-mcp-01' });
const entered = (hostId: string): { inputs: DeploymentInputs } => ({ inputs: {
  packageId: 'package-0', tenantId: 'environment', profile: 'install', hostIds: [hostId], secretKeys: [], applicationName: '',
  values: [{ section: 'ConfigServer', key: 'Host', value: 'eu-fw-01' }, { section: 'vpMediaControl', key: 'AudioFormat', value: hostId === 'eu-mcp-02' ? 'Ulaw16' : 'Alaw' }],
} });

describe('the deploy wizard of an upgrade and of a roll back', function () {
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

  async function open(profile: 'upgrade' | 'rollBack', options: DeployBenchOptions = {}): Promise<void> {
    bench = await openDeployBench(browser, { subject: subjectOf(profile), intent: { deployedIds: ['r-eu-mcp-01'] }, deployedPackages: present, deployments: [], entered, ...options });
  }
  const cell = (host: string) => bench.page.getByRole('row', { name: new RegExp(host) });
  const draft = (): DeployDraft => ([...bench.workspace.values.values()].at(-1) as { draft: DeployDraft }).draft;

  it('comes with its host, values and existing application object, and runs exactly the plan of them', async () => {
    await open('upgrade');
    await bench.heading('What will be deployed');
    equal(await bench.page.locator('h1').innerText(), 'Upgrade Media Control Platform 9.0.046.06');
    await bench.page.getByText('Upgrade from 9.0.040.07. Permissions and connections move to the new application object.').waitFor();
    await bench.next();
    equal(await cell('eu-mcp-01').getAttribute('aria-selected'), 'true');
    await cell('eu-mcp-03').getByText('Has 9.0.046.06 already').waitFor();
    await cell('eu-sip-01').getByText('Not deployed here').waitFor();
    await bench.opened.screenshot('deploy-upgrade-hosts');
    await bench.next();
    await bench.heading('Application parameters');
    await bench.page.getByText(/Filled in from the deployment of .*Oct.* on eu-mcp-01\./).waitFor();
    await bench.page.getByRole('columnheader', { name: 'Existing Application Object' }).waitFor();
    match(await cell('eu-mcp-01').innerText(), /vpMediaControl_eu-mcp-01\s+9\.0\.040\.07/);
    await bench.page.getByText('Permissions and connections move to the new application object.').waitFor();
    equal(await bench.page.getByRole('textbox', { name: 'Application Port' }).inputValue(), '5070');
    await bench.page.getByRole('combobox', { name: 'Application Object for eu-mcp-01' }).fill('MCP_new');
    await cell('eu-mcp-01').getByText('Existing, renamed').waitFor();
    await bench.opened.screenshot('deploy-upgrade-application');
    await bench.next();
    equal(await bench.page.getByLabel('Installation path', { exact: true }).inputValue(), '/opt/genesys/mcp_9.0.040');
    equal(await bench.page.getByLabel('Audio format', { exact: true }).inputValue(), 'Alaw');
    await bench.next();
    await bench.page.getByText('Finish upgrades 1 host.').waitFor();
    await bench.page.getByRole('button', { name: 'Finish' }).click();
    await until(() => bench.started.length === 1, 'the start');
    const [request] = bench.started;
    deepEqual([request?.inputs.profile, request?.inputs.replaces, request?.inputs.hostApplications, request?.plan.length], [
      'upgrade', [{ hostId: 'eu-mcp-01', deployedId: 'r-eu-mcp-01' }], [{ hostId: 'eu-mcp-01', name: 'MCP_new' }], 1,
    ]);
  });

  it('takes further hosts with what was entered for each, and asks which application object where there are several', async () => {
    await open('upgrade');
    await bench.next();
    await cell('eu-mcp-02').click();
    await cell('eu-mcp-04').click();
    await bench.next();
    await bench.heading('Application parameters');
    const choice = bench.page.getByLabel('Existing Application Object for eu-mcp-04');
    deepEqual(await choice.locator('option').allInnerTexts(), ['MCP_second 9.0.040.07', 'vpMediaControl_eu-mcp-04 9.0.040.07']);
    await choice.selectOption('a-eu-mcp-04');
    equal(await bench.page.getByRole('combobox', { name: 'Application Object for eu-mcp-04', exact: true }).inputValue(), 'vpMediaControl_eu-mcp-04');
    await bench.opened.screenshot('deploy-upgrade-several');
    await bench.next();
    await bench.page.getByText(/eu-mcp-02 has 1 value of its own/).waitFor();
    deepEqual(draft().hostValues.filter(({ hostId }) => hostId === 'eu-mcp-02'), [{ hostId: 'eu-mcp-02', section: 'vpMediaControl', key: 'AudioFormat', value: 'Ulaw16' }]);
    await bench.next();
    await bench.page.getByText('Finish upgrades 3 hosts.').waitFor();
    deepEqual(bench.planned.at(-1)?.replaces?.map(({ deployedId }) => deployedId), ['r-eu-mcp-01', 'r-eu-mcp-02', 'r-eu-mcp-04']);
  });

  it('says so when what it was to replace was deployed anew meanwhile, and keeps its own draft beside that of an installation', async () => {
    await open('upgrade');
    await bench.next();
    await until(() => bench.workspace.values.size === 1, 'the draft to be kept');
    equal([...bench.workspace.values.keys()][0]?.endsWith('|package-1|environment|upgrade|a-eu-mcp-01'), true);
    bench.repository.change({ deployedPackages: present.map((one) => (one.hostId === 'eu-mcp-01' ? { ...one, id: 'r-newer', package: { ...one.package, version: '9.0.046.06' } } : one)) });
    await cell('eu-mcp-01').getByText('Has 9.0.046.06 already').waitFor();
    await bench.page.getByRole('button', { name: 'Next' }).click();
    await bench.page.getByText('eu-mcp-01 has nothing that can be upgraded to 9.0.046.06. Take it out.').first().waitFor();
    const hostile = await bench.say('plan/make', { draft: { ...draft(), profile: 'install' } });
    equal(hostile.type, 'refusal', 'the profile is that of the tab');
  });

  it('rolls back with the values of then, in French, in a narrow window', async () => {
    const restored = { part: 'options', section: 'log', key: 'verbose', value: 'trace' } as const;
    await open('rollBack', {
      locale: 'fr', size: { width: 700, height: 1100 }, details: { version: '9.0.036.01' },
      entered: (hostId) => ({ ...entered(hostId), edits: [{ ...restored, hostId }] }),
    });
    await bench.heading('Ce qui sera déployé');
    equal(await bench.page.locator('h1').innerText(), 'Restaurer Media Control Platform 9.0.036.01');
    await bench.page.getByRole('button', { name: 'Suivant' }).click();
    equal(await cell('eu-mcp-01').getAttribute('aria-selected'), 'true');
    await bench.page.getByRole('button', { name: 'Suivant' }).click();
    await bench.page.getByText(/Repris du déploiement du 30 sept.* sur eu-mcp-01/).waitFor();
    await bench.page.getByText('Les autorisations et les connexions passent au nouvel objet Application.').waitFor();
    await bench.opened.screenshot('deploy-roll-back-application-700');
    await bench.page.getByRole('button', { name: 'Suivant' }).click();
    await bench.page.getByRole('button', { name: 'Suivant' }).click();
    await bench.page.getByText('Terminer restaure 1 hôte.').waitFor();
    deepEqual(bench.planned.at(-1)?.applicationEdits, [{ ...restored, hostId: 'eu-mcp-01' }]);
    equal(bench.planned.at(-1)?.profile, 'rollBack');
    await bench.page.getByRole('button', { name: 'Enregistrer comme tâche…' }).click();
    await until(() => bench.calls.some((call) => call.startsWith('saveTask') && call.includes('rollBack')), 'the task');
  });

  it('comes back after a reload of the tab without the command that opened it', async () => {
    await open('upgrade', { intent: undefined });
    await bench.heading('What will be deployed');
    await bench.next();
    equal(await cell('eu-mcp-01').getAttribute('aria-selected'), 'true');
    bench.plan = (inputs) => planOf(inputs);
    ok(draft().replaces?.some(({ applicationId }) => applicationId === 'a-eu-mcp-01'));
  });
});
