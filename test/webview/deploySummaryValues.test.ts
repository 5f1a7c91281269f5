import { deepEqual, equal } from 'node:assert/strict';
import type { DeployDraft } from '../../src/core/deployment/draft';
import { inputsForHost } from '../../src/core/deployment/hostInputs';
import type { HostPlanView } from '../../src/core/deployment/planView';
import { mask } from '../../src/core/text/mask';
import type { ServiceParams } from '../../src/protocol/service';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until, untilEqual } from '../support/until';
import { openDeployBench, planOf, silentIni, type DeployBench, type DeployBenchOptions } from './deployBench';

/** A plan that says of each value what was entered, as the service does. */
function planWithEdits(inputs: ServiceParams<'deployments/plan'>): HostPlanView {
  const plan = planOf(inputs);
  const { applicationEdits = [] } = inputsForHost(inputs, plan.hostId);
  const secret = { part: 'options' as const, section: 'sip', key: 'password', name: 'sip/password', existing: mask, result: mask, why: 'existingKept' as const };
  const values = [...plan.application.values, secret].map((value) => {
    const edit = applicationEdits.findLast(({ part, section, key }) => part === value.part && section === value.section && key === value.key);
    return edit === undefined ? value : { ...value, fresh: edit.value, result: edit.value, why: value.existing === edit.value ? 'equal' as const : 'entered' as const };
  });
  return { ...plan, application: { ...plan.application, values } };
}

describe('the values of the application object in the summary', function () {
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

  async function open(options: DeployBenchOptions = {}, hosts = ['eu-mcp-01', 'eu-mcp-03']): Promise<void> {
    bench = await openDeployBench(browser, { intent: { hostIds: hosts }, details: { silentIni: silentIni.replace('<Configuration Server host>', 'eu-fw-01') }, ...options });
    bench.plan = planWithEdits;
    const next = bench.page.locator('#next');
    for (const step of ['hosts', 'application', 'silentIni', 'summary']) {
      await next.click();
      await until(() => draft().step === step, step);
    }
    await until(async () => await bench.page.locator('#finish[disabled]').count() === 0, 'the plan');
  }
  const draft = (): DeployDraft => (bench.workspace.values.values().next().value as { draft: DeployDraft }).draft;
  const row = (name: string) => bench.page.locator('gp-planned-host').first().getByRole('row', { name });
  const focused = () => bench.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

  it('are changed with the keys alone, for one host; its plan alone is made anew, and Finish runs exactly that', async () => {
    await open();
    equal(bench.planned.length, 2);
    await row('sip/threads').getByRole('button', { name: 'Change sip/threads' }).focus();
    await bench.page.keyboard.press('Enter');
    await untilEqual(focused, 'Result of sip/threads');
    await bench.page.keyboard.type('8');
    await bench.opened.screenshot('deploy-summary-entering');
    await bench.page.keyboard.press('Enter');
    await row('sip/threads').getByText('Entered').waitFor();
    await untilEqual(focused, 'Change sip/threads');
    await until(() => bench.planned.length === 3, 'the plan of the one host');
    await bench.page.getByText('Finish installs on 2 hosts.').waitFor();
    deepEqual(bench.planned[2]?.hostIds, ['eu-mcp-01']);
    await bench.opened.screenshot('deploy-summary-entered');
    await bench.page.getByRole('button', { name: 'Finish' }).click();
    await until(() => bench.started.length === 1, 'the start');
    deepEqual(bench.started[0]?.inputs.applicationEdits, [{ part: 'options', section: 'sip', key: 'threads', value: '8', hostId: 'eu-mcp-01' }]);
    equal(bench.started[0].plan.length, 2);
    equal(bench.planned.length, 3, 'the plan that was read is the one that is run');
  });

  it('are changed for all hosts, reset again, and left as they were by Escape', async () => {
    await open();
    await row('mpc/srtp.mode').getByRole('button', { name: 'Change mpc/srtp.mode' }).click();
    await bench.page.keyboard.press('Escape');
    await untilEqual(focused, 'Change mpc/srtp.mode');
    equal(bench.planned.length, 2, 'nothing was entered');
    await row('mpc/srtp.mode').getByRole('button', { name: 'Change mpc/srtp.mode' }).click();
    await bench.page.getByLabel('Result of mpc/srtp.mode').fill('accept');
    await bench.page.getByRole('radio', { name: 'All 2 hosts' }).check();
    await bench.page.getByRole('button', { name: 'Enter', exact: true }).click();
    await until(() => bench.planned.length === 4, 'the plans of both');
    await row('mpc/srtp.mode').getByText('Entered').waitFor();
    deepEqual(draft().applicationEdits, [{ part: 'options', section: 'mpc', key: 'srtp.mode', value: 'accept' }]);
    await bench.page.getByText('Finish installs on 2 hosts.').waitFor();
    await row('mpc/srtp.mode').getByRole('button', { name: 'Reset mpc/srtp.mode' }).click();
    await row('mpc/srtp.mode').getByText('Added by new package').waitFor();
    deepEqual(draft().applicationEdits, []);
  });

  it('cannot be changed where they are the installation’s own or a secret', async () => {
    await open();
    equal(await row('Working directory').getByRole('button').count(), 0);
    equal(await row('sip/password').getByRole('button').count(), 0);
    await row('sip/password').getByText('••••••••').first().waitFor();
    equal(await row('Version').getByRole('button').count(), 0);
  });

  it('say what becomes of the version that is there, and how silent.ini differs from the last one', async () => {
    await open({ locale: 'fr', theme: 'highContrastLight', size: { width: 700, height: 1400 } }, ['eu-mcp-01']);
    bench.plan = (inputs) => ({
      ...planWithEdits(inputs), silentIniChanges: { deploymentId: 'd1', at: '2026-10-02T15:41:00.000Z', lines: [{ kind: 'removed', text: 'AudioFormat=Alaw' }, { kind: 'added', line: 1, text: 'AudioFormat=Ulaw' }] },
      silentIni: 'AudioFormat=Ulaw\n',
    });
    await bench.page.getByRole('button', { name: 'Vérifier de nouveau' }).click();
    await bench.page.getByText('9.0.040.07 va dans un dossier de sauvegarde à l’intérieur').waitFor();
    await bench.page.getByText('9.0.040.07 y reste tel quel').waitFor();
    await bench.page.getByText(/1 valeur diffère du 2 oct\./).first().waitFor();
    await bench.page.getByRole('tab', { name: 'silent.ini (1)' }).click();
    await bench.page.locator('.preview-line.is-removed', { hasText: 'AudioFormat=Alaw' }).waitFor();
    await bench.page.getByRole('tab', { name: /Objet Application/ }).click();
    await row('sip/threads').getByRole('button', { name: 'Modifier sip/threads' }).click();
    await bench.opened.screenshot('deploy-summary-french-high-contrast-700');
  });

  it('are planned anew, and Finish asks for another look, when the repository says something else of a host since', async () => {
    await open({}, ['eu-mcp-01']);
    const [first] = bench.repository.lists.applications;
    bench.repository.change({ applications: bench.repository.lists.applications.map((one) => (one === first ? { ...one, options: { sip: { threads: '6' } } } : one)) });
    bench.plan = (inputs) => planOf(inputs, { installPath: '/opt/elsewhere' });
    await bench.page.getByRole('button', { name: 'Finish' }).click();
    await bench.page.getByText('The hosts were checked again and the plan is another one now.').waitFor();
    deepEqual(bench.started, []);
    await bench.page.getByText('/opt/elsewhere').first().waitFor();
  });
});
