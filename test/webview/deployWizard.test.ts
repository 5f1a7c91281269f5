import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { emptyDraft } from '../../src/core/deployment/draft';
import { until, untilEqual } from '../support/until';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { exampleInputs } from '../unit/core/deployment/examples';
import { sampleHost } from '../unit/extension/sampleLists';
import { openDeployBench, planOf, silentIni, subject, type DeployBench, type DeployBenchOptions } from './deployBench';

const secret = 'config-Quokka-1729-E';
const remembered = {
  deploymentId: 'd9', at: '2026-10-02T15:41:00.000Z', hostNames: ['eu-mcp-01', 'eu-mcp-02'],
  inputs: { ...exampleInputs({ packageId: 'package-1', hostIds: ['eu-mcp-01', 'eu-mcp-02'] }), hostIds: ['eu-mcp-01', 'eu-mcp-02'], values: [{ section: 'ConfigServer', key: 'Host', value: 'eu-fw-01' }, { section: 'vpMediaControl', key: 'AudioFormat', value: 'Ulaw8' }], secretKeys: [], hostValues: [], hostApplications: [] },
};

describe('the deploy wizard', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let bench: DeployBench;
  before(async () => {
    browser = await openPageBrowser();
  });
  afterEach(async () => {
    const { complaints } = bench.opened;
    await bench.close();
    deepEqual(complaints, []);
  });
  after(() => browser.close());

  const open = async (options: DeployBenchOptions = {}): Promise<void> => {
    bench = await openDeployBench(browser, options);
    await bench.page.locator('#step-heading').waitFor();
  };
  const field = (name: string) => bench.page.getByLabel(name, { exact: true }).and(bench.page.locator('input, select'));
  const row = (name: string) => bench.page.getByRole('row', { name: new RegExp(name) });
  const footer = async (): Promise<string> => (await bench.page.locator('#footer-words').textContent() ?? '').replaceAll(/ *\n */g, ' ').replaceAll(/ {2,}/g, ' ').trim();
  const finishIsLocked = async (): Promise<boolean> => await bench.page.locator('#finish[disabled]').count() === 1;
  const focused = () => bench.page.evaluate(() => document.activeElement?.id ?? '');
  const draft = (): ReturnType<typeof emptyDraft> => (bench.workspace.values.get(`gaxPackages.draft.deployWizard|${subject.id}|${subject.tenantId}`) as { draft: ReturnType<typeof emptyDraft> }).draft;
  /** Goes to a step with the hosts chosen. */
  const goTo = async (step: 'hosts' | 'application' | 'silentIni' | 'summary', hosts: readonly string[] = ['eu-mcp-01', 'eu-mcp-03']): Promise<void> => {
    await bench.next();
    await bench.heading('Choose hosts');
    for (const host of hosts) await row(host).click();
    if (step === 'hosts') return;
    await bench.next();
    await bench.heading('Application parameters');
    if (step === 'application') return;
    await bench.next();
    await bench.heading('Installation parameters (silent.ini)');
    if (step === 'silentIni') return;
    if (await field('Host').inputValue() === '') await field('Host').fill('eu-fw-01');
    await bench.next();
    await bench.heading('Deployment summary');
    await bench.page.getByText(/Finish (installs|is not possible)/).waitFor();
  };

  it('says what will be deployed, and keeps all that was entered from step to step and back', async () => {
    await open({ intent: { hostIds: ['eu-mcp-02'] } });
    await bench.heading('What will be deployed');
    const facts = await bench.page.locator('main').innerText();
    for (const words of ['Media Control Platform', '9.0.046.06', 'Linux 64-bit', 'Red Hat Enterprise Linux 8', 'templates/VP_MediaControl_90.apd', '1,284 files']) ok(facts.includes(words), words);
    await bench.opened.screenshot('deploy-introduction');
    await goTo('application', ['eu-mcp-01']);
    await field('Application Port').fill('5090');
    await field('Application Object for eu-mcp-01').fill('MCP_eu-mcp-01');
    await bench.next();
    await bench.page.getByRole('button', { name: 'Back' }).click();
    await bench.heading('Application parameters');
    equal(await field('Application Port').inputValue(), '5090');
    equal(await field('Application Object for eu-mcp-01').inputValue(), 'MCP_eu-mcp-01');
    await bench.page.getByRole('navigation').getByRole('button', { name: /Hosts/ }).click();
    await bench.heading('Choose hosts');
    equal(await row('eu-mcp-01').getAttribute('aria-selected'), 'true');
    equal(await row('eu-mcp-02').getAttribute('aria-selected'), 'true', 'the host that a command came with');
    deepEqual([draft().hostApplications, draft().application], [[{ hostId: 'eu-mcp-01', name: 'MCP_eu-mcp-01' }], { port: '5090' }]);
  });

  it('shows each host with its check, chooses only what may be, tests, and shows what changes elsewhere without moving the keys', async () => {
    await open();
    await goTo('hosts', []);
    await bench.next();
    await bench.page.getByText('Choose at least one host.').first().waitFor();
    await untilEqual(focused, 'host-filter');
    match(await footer(), /1 value to correct: Chosen hosts/);
    for (const [host, words] of [['eu-mcp-01', 'Fits'], ['eu-mcp-04', 'Busy: Install Local Control Agent 8.5.100.37 (waits its turn)'], ['eu-old-01', 'Needs 64-bit'], ['eu-sip-02', 'Cannot be reached since'], ['eu-test-07', 'Test connection'], ['eu-win-03', 'Needs Linux'], ['eu-key-01', 'Host key has changed: review']] as const) {
      ok((await row(host).innerText()).includes(words), `${host}: ${await row(host).innerText()}`);
    }
    await row('eu-win-03').click({ force: true });
    equal(await row('eu-win-03').getAttribute('aria-selected'), 'false');
    await row('eu-mcp-01').click();
    await row('eu-sip-02').click();
    await row('eu-test-07').getByRole('button', { name: 'Test connection' }).click();
    await row('eu-test-07').getByText('Fits').waitFor();
    await row('eu-key-01').getByRole('button').click();
    deepEqual(bench.calls, ['testHost eu-test-07', 'openHost eu-key-01']);
    await bench.opened.screenshot('deploy-hosts');
    await bench.opened.setTheme('light');
    await bench.page.setViewportSize({ width: 700, height: 900 });
    await bench.opened.screenshot('deploy-hosts-700');
    await bench.page.locator('#host-table').focus();
    const before = await bench.page.evaluate(() => document.activeElement?.getAttribute('aria-activedescendant'));
    bench.repository.change({ hosts: [...bench.repository.lists.hosts.filter(({ id }) => id !== 'eu-sip-01'), sampleHost({ id: 'aa-first' })] });
    await row('aa-first').waitFor();
    equal(await row('eu-sip-01').count(), 0);
    equal(await bench.page.evaluate(() => document.activeElement?.getAttribute('aria-activedescendant')), before);
    await bench.page.getByRole('button', { name: 'Take eu-mcp-01 out' }).click();
    await until(async () => await bench.page.evaluate(() => document.activeElement?.getAttribute('aria-label')) === 'Take eu-sip-02 out', 'the next chip to have the focus');
    await bench.page.getByRole('button', { name: 'Add host…' }).click();
    await bench.page.getByRole('button', { name: 'Take eu-new-01 out' }).waitFor();
    deepEqual(draft().hostIds, ['eu-sip-02', 'eu-new-01']);
  });

  it('stays quick with 5,000 hosts: few rows are drawn, any is found, and a change far above does not move what is in sight', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => sampleHost({ id: `host-${String(i).padStart(4, '0')}`, address: `10.0.${i >> 8}.${i & 255}`, system: { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.10' } }));
    await open({ hosts: many });
    await goTo('hosts', []);
    ok(await bench.page.locator('.host-table .table-body [role=row]').count() < 60);
    equal(await bench.page.locator('#host-table').getAttribute('aria-rowcount'), '5001');
    await bench.page.locator('#host-filter').fill('host-4711');
    await bench.page.getByText('1 of 5000', { exact: true }).waitFor();
    await bench.page.keyboard.press('ArrowDown');
    await bench.page.keyboard.press('Space');
    deepEqual(draft().hostIds, ['host-4711']);
    await bench.page.keyboard.press('/');
    await bench.page.keyboard.press('Escape');
    await bench.page.keyboard.press('ArrowDown');
    await bench.page.keyboard.press('End');
    await row('host-4999').waitFor();
    const top = () => bench.page.evaluate(() => {
      const body = document.querySelector('#host-table')!.getBoundingClientRect();
      return [...document.querySelectorAll<HTMLElement>('.host-table .table-body [role=row]')].find((each) => each.getBoundingClientRect().top >= body.top + 30)?.id;
    });
    const shown = await top();
    bench.repository.change({ hosts: [...many, ...Array.from({ length: 40 }, (_, i) => sampleHost({ id: `a-${i}` }))] });
    await until(async () => await bench.page.locator('#host-table').getAttribute('aria-rowcount') === '5041', 'the new rows');
    equal(await top(), shown);
    await bench.page.keyboard.press('Control+a');
    await until(() => draft().hostIds.length === 5040, 'all to be chosen');
  });

  it('says what is wrong in each field of the application, goes to the first, and goes on only when all is right', async () => {
    await open();
    await goTo('application');
    await field('Application Object for eu-mcp-01').fill('confserv_primary');
    await field('Application Object for eu-mcp-03').fill('');
    await field('Tenant Object').fill('');
    await field('Application Port').fill('5060');
    await field('Primary Configuration Server').fill('confserv_backup');
    await field('Backup Configuration Server').fill('confserv_backup');
    await field('Backup Configuration Server').blur();
    await bench.page.getByText('Port 5060 is used by SIP_eu-mcp-01 on eu-mcp-01. Enter another port, for example 5080.').waitFor();
    await bench.next();
    await untilEqual(focused, 'field-application-eu-mcp-01');
    for (const words of ['confserv_primary is an application object of eu-sip-01. Enter another name.', 'Enter the name of the application object.', 'Enter the tenant of the application object.', 'The backup is the primary Configuration Server. Enter another one, or nothing.']) await bench.page.getByText(words, { exact: true }).waitFor();
    match(await footer(), /5 values to correct: Application Object for eu-mcp-01/);
    match(await bench.page.locator('[role=status]').last().innerText(), /5 values to correct: .*confserv_primary is an application object/);
    await bench.opened.screenshot('deploy-application-wrong');
    for (const name of ['Application Object for eu-mcp-03', 'Tenant Object', 'Application Port', 'Backup Configuration Server']) equal(await field(name).getAttribute('aria-invalid'), 'true', name);
    await field('Application Object for eu-mcp-01').fill('MCP_eu-mcp-01');
    await field('Application Object for eu-mcp-03').fill('MCP_eu-mcp-03');
    await field('Tenant Object').fill('me');
    await bench.page.getByRole('option', { name: 'EMEA' }).click();
    await field('Application Port').fill('5080');
    await field('Primary Configuration Server').fill('conf');
    await bench.page.getByRole('option', { name: /confserv_primary/ }).click();
    equal(await footer(), '');
    await bench.page.getByRole('radio', { name: 'True' }).check();
    await bench.page.getByText('Installs only where the application object does not exist: eu-mcp-01, eu-mcp-03.').waitFor();
    await bench.opened.screenshot('deploy-application');
    await bench.next();
    await bench.heading('Installation parameters (silent.ini)');
    deepEqual(bench.planned, []);
  });

  it('makes the file from what is entered: for all, for one host, with what is wrong, and marks the line of the field', async () => {
    await open({ questions: {
      questions: [{ id: 'q', target: 'silentIni', section: 'vpMediaControl', key: 'Mode', title: 'Operating mode', description: 'How it works', kind: 'choice', choices: ['full', 'lite'], value: '', required: true, file: 'templates/MCP.xml', line: 214 }],
      notUnderstood: [{ file: 'templates/MCP.xml', line: 219, text: '<script>alert(1)</script>' }],
    } });
    await goTo('silentIni');
    await bench.page.getByText('Not understood: templates/MCP.xml, line 219: <script>alert(1)</script>').waitFor();
    await field('Installation path').fill('relative');
    await field('Port').fill('99999');
    await bench.next();
    await untilEqual(focused, 'field-value-vpMediaControl-Mode');
    match(await footer(), /4 values to correct: Operating mode/);
    await bench.page.getByText('Answer this question of the package.', { exact: true }).waitFor();
    await bench.opened.screenshot('deploy-silent-ini-wrong');
    await field('Operating mode').selectOption('lite');
    await field('Port').fill('2020');
    await field('Host').fill('eu-fw-01');
    await field('Audio format').fill('Alaw');
    await field('Installation path').fill('/opt/genesys/mcp');
    await bench.page.locator('.preview-line.is-active', { hasText: '/opt/genesys/mcp' }).last().waitFor();
    await bench.page.locator('.preview-line.is-removed', { hasText: 'AudioFormat=Ulaw' }).waitFor();
    await bench.page.locator('.preview-line.is-added', { hasText: 'AudioFormat=Alaw' }).click();
    await untilEqual(focused, 'field-value-vpMediaControl-AudioFormat');
    await bench.page.keyboard.press('F7');
    await until(async () => /changed from|added/.test(await bench.page.locator('[role=status]').last().innerText()), 'the change to be spoken');
    await field('Values for').selectOption('eu-mcp-03');
    await field('Installation path').fill('/opt/three');
    await bench.page.getByText('Own value of eu-mcp-03').waitFor();
    await bench.page.locator('.preview-line', { hasText: 'ApplicationName=vpMediaControl_eu-mcp-03' }).first().waitFor();
    await field('Values for').selectOption('');
    await bench.page.getByText('eu-mcp-03 has 1 value of its own').waitFor();
    equal(await field('Installation path').inputValue(), '/opt/genesys/mcp');
    await bench.page.getByText('No problems in the file for any of the 2 hosts.').waitFor();
    await bench.opened.screenshot('deploy-silent-ini');
    await bench.page.getByRole('button', { name: 'Open in editor' }).click();
    await until(() => bench.calls.some((call) => call.startsWith('showText genesys_silent.ini: Media Control Platform') && call.includes('AudioFormat=Alaw')), 'the file to be opened');
    deepEqual(draft().hostValues, [{ hostId: 'eu-mcp-03', section: 'IPCommon', key: 'InstallPath', value: '/opt/three' }]);
    await bench.page.getByRole('button', { name: 'Reset Audio format' }).click();
    equal(await field('Audio format').inputValue(), 'Ulaw');
  });

  it('gives a password to the secret store when its field is left, and holds it nowhere', async () => {
    await open();
    await goTo('silentIni');
    await field('Host').fill('eu-fw-01');
    await field('Password').fill(secret);
    await bench.page.keyboard.press('Control+Enter');
    await bench.heading('Deployment summary');
    equal(bench.secrets.get('Media Control Platform ConfigServer.Password'), secret);
    await bench.page.getByText('Finish installs on 2 hosts.').waitFor();
    deepEqual(bench.planned[0]?.secretKeys, [{ section: 'ConfigServer', key: 'Password' }]);
    await bench.page.getByRole('button', { name: 'Back' }).click();
    await bench.page.getByText('Saved', { exact: true }).waitFor();
    equal(await bench.page.locator('input[type=password]').count(), 0);
    await bench.page.getByRole('button', { name: 'Change', exact: true }).click();
    await field('Password').fill('');
    await field('Password').blur();
    await bench.page.getByText('Saved', { exact: true }).waitFor();
    await bench.opened.reload();
    await bench.page.getByText('Saved', { exact: true }).waitFor();
    for (const place of [JSON.stringify([...bench.workspace.values]), JSON.stringify(await bench.opened.state()), JSON.stringify(bench.replies), await bench.page.content(), JSON.stringify(bench.planned)]) equal(place.includes(secret), false);
    await bench.page.getByRole('button', { name: 'Forget' }).click();
    await until(() => bench.secrets.size === 0, 'the secret to be forgotten');
  });

  it('counts the hosts that were asked, shows the plan of each, and starts exactly it', async () => {
    await open();
    let go: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    bench.plan = async (inputs) => {
      if (inputs.hostIds[0] === 'eu-mcp-03') await gate;
      return planOf(inputs, { warnings: inputs.hostIds[0] === 'eu-mcp-01' ? [{ code: 'deploy/host-system', args: { host: 'eu-mcp-01', runs: 'x', package: 'y', needs: 'z' } }] : [] });
    };
    await goTo('silentIni');
    await field('Host').fill('eu-fw-01');
    await bench.next();
    await bench.page.getByText('Checking 2 hosts… 1 done').waitFor();
    equal(await finishIsLocked(), true);
    match(await footer(), /Finish waits until all hosts are checked\./);
    await bench.opened.screenshot('deploy-summary-checking');
    go?.();
    await bench.page.getByText('Finish installs on 2 hosts.').waitFor();
    await bench.page.getByRole('cell', { name: 'Existing value kept' }).waitFor();
    await bench.page.getByRole('button', { name: 'Show 1 equal value' }).click();
    await bench.page.getByRole('cell', { name: 'Equal' }).waitFor();
    await bench.opened.screenshot('deploy-summary');
    await bench.page.getByRole('tab', { name: /Application object/ }).first().press('ArrowRight');
    await bench.page.locator('.preview-line.is-added', { hasText: 'Host=eu-fw-01' }).first().waitFor();
    await bench.page.getByRole('tab', { name: /silent\.ini/ }).first().press('ArrowRight');
    await bench.page.getByRole('listitem').filter({ hasText: 'ip/lib/mcp.so' }).waitFor();
    await bench.page.getByRole('tab', { name: 'Files' }).first().press('ArrowRight');
    await bench.page.getByText('./install.sh -s -fr').first().waitFor();
    await bench.page.getByRole('button', { name: 'Save as task…' }).click();
    await bench.page.getByText('Saved as “Install Media Control Platform 9.0.046.06” in tasks.json, without secrets.').waitFor();
    await bench.page.keyboard.press('Control+Enter');
    await untilEqual(focused, 'finish');
    equal(bench.started.length, 0, 'Ctrl+Enter only goes to Finish');
    await bench.page.getByRole('button', { name: 'Finish' }).click();
    await until(() => bench.started.length === 1, 'the start');
    deepEqual(bench.started[0]?.inputs.hostIds, ['eu-mcp-01', 'eu-mcp-03']);
    deepEqual(bench.started[0].inputs.values, [{ section: 'ConfigServer', key: 'Host', value: 'eu-fw-01' }]);
    equal(bench.started[0].plan.length, 2, 'it is the plan that was shown');
    await until(() => draft().step === 'progress', 'the progress');
    const [first] = bench.repository.lists.applications;
    bench.repository.change({ applications: [...bench.repository.lists.applications, { ...first!, id: 'a9', name: 'vpMediaControl_eu-mcp-03', hostId: 'eu-mcp-03' }] });
    await bench.page.getByRole('navigation').getByText('1 existing, 1 new').waitFor();
    await bench.page.getByRole('listitem', { name: 'eu-mcp-03 new LCA_eu-mcp-03' }).waitFor();
    await bench.page.getByRole('listitem', { name: 'eu-mcp-01 LCA_eu-mcp-01' }).waitFor();
    equal(bench.planned.length, 2, 'a fresh plan is not made again');
  });

  it('does not start what cannot run, nor another plan than the one that was shown', async () => {
    await open();
    bench.plan = (inputs) => planOf(inputs, inputs.hostIds[0] === 'eu-mcp-03' ? { error: { code: 'host/unreachable', args: { host: 'eu-mcp-03', address: 'x', port: 22, reason: 'no answer' } } } : {});
    await goTo('summary');
    match(await footer(), /Finish is not possible: eu-mcp-03\./);
    equal(await finishIsLocked(), true);
    await bench.opened.screenshot('deploy-summary-blocked');
    bench.plan = (inputs) => planOf(inputs, { silentIni });
    await bench.page.getByRole('button', { name: 'Check again' }).click();
    await bench.page.getByRole('row', { name: 'Keep genesys_silent.ini as in the package' }).first().waitFor();
    bench.plan = (inputs) => planOf(inputs);
    await bench.page.getByRole('button', { name: 'Check again' }).click();
    await bench.page.getByText('Finish installs on 2 hosts.').waitFor();
    // Another window changes what was planned from: the host makes the plan anew before it starts anything.
    const real = Date.now;
    Date.now = () => real() + 31 * 60_000;
    try {
      bench.plan = (inputs) => planOf(inputs, { installPath: '/opt/elsewhere' });
      await bench.page.getByRole('button', { name: 'Finish' }).click();
      await bench.page.getByText('The hosts were checked again and the plan is another one now.').waitFor();
    } finally {
      Date.now = real;
    }
    deepEqual(bench.started, []);
    await bench.page.getByText('/opt/elsewhere').first().waitFor();
    await bench.page.getByRole('button', { name: 'Finish' }).click();
    await until(() => bench.started.length === 1, 'the start');
  });

  it('fills in the last deployment, says so, and takes it back', async () => {
    await open({ remembered });
    await bench.page.getByRole('radio', { name: /Values of .*Oct/ }).waitFor();
    equal(await bench.page.getByRole('radio', { name: /Values of/ }).isChecked(), true);
    await goTo('silentIni');
    equal(await field('Audio format').inputValue(), 'Ulaw8');
    await bench.page.getByText(/Filled in from the deployment of .*Oct.* on eu-mcp-01, eu-mcp-02\./).waitFor();
    await bench.page.getByRole('button', { name: /Changes since .*Oct/ }).waitFor();
    await field('Password').fill(secret);
    await field('User name').focus();
    await bench.page.getByText('Saved', { exact: true }).waitFor();
    await bench.opened.screenshot('deploy-silent-ini-filled-in');
    await bench.page.getByRole('button', { name: 'Clear', exact: true }).click();
    equal(await field('Audio format').inputValue(), 'Ulaw');
    equal(await bench.page.getByText('Filled in from').count(), 0);
  });

  it('comes back where it was after hide, reload and a restart of the extension, and ends only on request', async () => {
    await open();
    await goTo('application');
    await field('Application Port').fill('5091');
    await until(() => draft().application.port === '5091', 'the draft to be kept');
    await bench.opened.reload();
    await bench.heading('Application parameters');
    equal(await field('Application Port').inputValue(), '5091');
    bench.restart();
    await bench.opened.reload();
    await bench.heading('Application parameters');
    await bench.page.getByText(/Draft of/).waitFor();
    bench.agree = false;
    await bench.page.getByRole('button', { name: 'Cancel' }).click();
    await until(() => bench.calls.includes('confirmDiscard'), 'the question');
    equal(bench.closed(), false);
    bench.agree = true;
    await bench.page.getByRole('button', { name: 'Start again' }).click();
    await bench.heading('What will be deployed');
    equal(await bench.page.getByText(/Draft of/).count(), 0);
    await bench.page.getByRole('button', { name: 'Cancel' }).click();
    await until(() => bench.closed(), 'the tab to close');
  });

  it('refuses what a page that was taken over would say', async () => {
    await open();
    const good = { ...emptyDraft(['eu-mcp-01']), values: [{ section: 'ConfigServer', key: 'Host', value: 'x' }] };
    const hostile: readonly (readonly [string, unknown])[] = [
      ['wizard/run', {}], ['__proto__', {}], ['constructor', {}],
      ['wizard/keep', { draft: { ...good, step: 'done' } }], ['wizard/keep', { draft: { ...good, secrets: ['x'] } }], ['wizard/keep', {}],
      ['wizard/keep', { draft: { ...good, hostIds: ['../../etc'] } }], ['wizard/keep', { draft: { ...good, values: [{ section: 'A', key: 'B', value: 'x\n[C]' }] } }],
      ['hosts/test', { id: '<b>' }], ['hosts/open', { id: 'unknown-host' }], ['secrets/save', { section: 'IPCommon', key: 'InstallPath', value: 'x' }],
      ['secrets/save', { section: 'Other', key: 'Password', value: 'x' }], ['values/browse', { title: 'x', values: 'all' }],
      ['plan/make', { draft: emptyDraft() }], ['plan/make', { draft: emptyDraft(['eu-win-03']) }], ['plan/make', { draft: emptyDraft(['foreign-host']) }],
      ['deployment/start', { draft: { ...emptyDraft(['eu-mcp-01']), values: [] }, hash: 'x' }], ['task/save', { draft: emptyDraft() }],
    ];
    for (const [method, params] of hostile) {
      const reply = await bench.say(method, params);
      equal(reply.type, 'refusal', `${method} ${JSON.stringify(params)}`);
    }
    bench.trusted = false;
    for (const [method, params] of [['plan/make', { draft: good }], ['deployment/start', { draft: good, hash: 'x' }], ['hosts/test', { id: 'eu-mcp-01' }], ['hosts/add', {}], ['task/save', { draft: good }], ['secrets/save', { section: 'ConfigServer', key: 'Password', value: 'x' }]] as const) {
      equal((await bench.say(method, params)).type, 'refusal', method);
    }
    deepEqual([bench.planned, bench.started, [...bench.secrets], bench.calls], [[], [], [], []]);
  });

  it('shows strange words of packages and hosts as words', async () => {
    const strange = '<img src=x onerror=alert(1)>{n}';
    await open({
      details: { name: strange, productDescription: strange, silentIni: `${silentIni}\n[a]b]\n${strange}=1\n[${strange}]\nPassword=<x>\n`, templates: [{ name: 'x', path: strange, format: 'xml' }] },
      hosts: [sampleHost({ id: 'h1', name: strange, address: strange })],
    });
    equal(await bench.page.locator('h1').innerText(), `Deploy ${strange} 9.0.046.06`);
    await bench.next();
    await bench.page.getByRole('row').last().click();
    await bench.next();
    await bench.next();
    await bench.heading('Installation parameters (silent.ini)');
    await bench.page.locator('.preview-line', { hasText: `[${strange}]` }).waitFor();
    equal(await bench.page.locator('img').count(), 0);
  });
});
