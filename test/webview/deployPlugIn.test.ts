import { deepEqual, equal, match } from 'node:assert/strict';
import { nothingSaid, type ApplicationObject } from '../../src/core/deployment/model';
import { ProductError, toErrorData } from '../../src/core/errors';
import { findBarriers } from '../support/page/axe';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { sampleDeployed, sampleDeployment, sampleHost, samplePackage, sampleRun } from '../unit/extension/sampleLists';
import { openDeployBench, packageDetails, planOf, type DeployBench, type DeployBenchOptions } from './deployBench';
import { openDetails } from './detailsBench';

const linux = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.10' } as const;
const hosts = ['eu-gax-01', 'eu-gax-02', 'eu-sip-01'].map((name, i) => sampleHost({ id: name, name, address: `10.20.5.1${i}`, system: linux, contact: { state: 'reachable', at: '2026-11-22T08:58:00.000Z' } }));
const gax = (change: Partial<ApplicationObject>): ApplicationObject => ({
  ...nothingSaid, id: 'g1', name: 'GAX_one', hostId: 'eu-gax-01', tenantId: 'environment', type: 184, version: '9.0.000.15', workingDirectory: '/opt/genesys/gax', commandLine: './gax', commandLineArguments: '',
  tenantObject: 'Environment', port: '8080', primaryServer: '', backupServer: '', state: 'enabled', ...change,
});
const plugIn = {
  kind: 'plug-in', name: 'Audio Resources plug-in', nickname: 'GAXARM', version: '9.0.000.12', size: 38_000_000,
  silentIni: '[IPCommon]\nInstallPath=/opt/genesys/plugins/arm_9.0.000\n\n[GAXARM]\nGAX_Directory=<GAX directory>\n',
  templates: [{ name: 'gax_arm', path: 'templates/gax_arm.tpl', format: 'tpl', optionCount: 4 }],
} as const;
const question = {
  questions: [{ id: 'q', target: 'silentIni', section: 'GAXARM', key: 'GAX_Directory', title: 'GAX_Directory', kind: 'text', value: '', required: true, file: 'ip/genesys_silent.ini', line: 5 }], notUnderstood: [],
} as const;

describe('the deploy wizard of a plug-in', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let bench: DeployBench | undefined;
  before(async () => {
    browser = await openPageBrowser();
  });
  afterEach(async () => {
    const complaints = bench?.opened.complaints ?? [];
    await bench?.close();
    bench = undefined;
    deepEqual(complaints, []);
  });
  after(() => browser.close());

  const open = async (options: DeployBenchOptions = {}): Promise<DeployBench> => {
    bench = await openDeployBench(browser, {
      details: plugIn, questions: question, hosts, deployedPackages: [], deployments: [],
      applications: [gax({}), gax({ id: 'g2', name: 'GAX_two', hostId: 'eu-gax-02' }), gax({ id: 'g3', name: 'GAX_test', hostId: 'eu-gax-02', workingDirectory: '/opt/gax-test' }), gax({ id: 's1', name: 'SIP', hostId: 'eu-sip-01', type: 110 })],
      ...options,
    });
    bench.plan = (inputs) => {
      const { hostId, value: directory } = inputs.hostValues?.[0] ?? { hostId: '', value: '' };
      const hasLibrary = directory === '/opt/genesys/gax';
      return planOf(inputs, {
        plugIn: { added: 4, stay: 61, gax: { directory, hasLibrary, ...(hasLibrary && { version: '9.0.000.15' }) } }, applicationName: inputs.hostApplications?.[0]?.name ?? '',
        warnings: hasLibrary ? [] : [{ code: 'plugIn/not-gax-directory', args: { host: hostId, path: directory } }],
      });
    };
    await bench.page.locator('#step-heading').waitFor();
    return bench;
  };
  const row = (name: string) => bench!.page.getByRole('row', { name: new RegExp(name) });
  const directory = (host: string) => bench!.page.getByRole('textbox', { name: `GAX directory on ${host}` });

  it('offers hosts with GAX alone, asks which GAX where there are several, and what plug-ins ask', async () => {
    const { page, opened, next, heading } = await open();
    await page.getByText('GAX plug-in, ENU,').first().waitFor();
    await next();
    await heading('Choose hosts');
    await row('eu-sip-01').getByText('No GAX application on this host').waitFor();
    equal(await row('eu-sip-01').getAttribute('aria-disabled'), 'true');
    for (const host of ['eu-gax-01', 'eu-gax-02']) await row(host).click();
    await row('eu-sip-01').click({ force: true });
    equal(await page.locator('.chip').count(), 2);
    deepEqual(await findBarriers(page), []);
    await opened.screenshot('plug-in-hosts');
    await next();

    await heading('Application parameters');
    await row('eu-gax-01').getByText('Found by itself').waitFor();
    equal(await page.getByLabel(/Tenant Object|Application Port|Configuration Server|Skip reinstallation/).count(), 0);
    await next();
    await row('eu-gax-02').getByText(/eu-gax-02 has several GAX applications: GAX_two, GAX_test/).waitFor();
    deepEqual(await findBarriers(page), []);
    await opened.screenshot('plug-in-application');
    await page.getByLabel('GAX application object for the host eu-gax-02').selectOption('GAX_test');
    await next();

    await heading('Installation parameters (silent.ini)');
    equal(await page.getByLabel('Plug-in path', { exact: true }).inputValue(), '/opt/genesys/plugins/arm_9.0.000');
    await row('eu-gax-01').getByText('GAX 9.0.000.15 found').waitFor();
    await row('eu-gax-02').getByText('Not a GAX directory').waitFor();
    equal(await directory('eu-gax-02').inputValue(), '/opt/gax-test');
    equal(await page.getByLabel('GAX_Directory').and(page.locator('input')).count(), 0, 'asked once');
    await page.locator('.preview-line', { hasText: 'GAX_Directory=/opt/genesys/gax' }).getByText('differs').waitFor();
    await page.getByText('/opt/gax-test on eu-gax-02 is not a GAX directory: webapp/WEB-INF/lib is missing. The plug-in will be installed, but its files will not be copied into GAX.').waitFor();
    await page.getByText('1 warning for eu-gax-02. You can go on.').waitFor();
    // The file beside the form is that of the first host, where all is well, until the other one is shown.
    equal(await page.locator('.preview-line.is-warned').count(), 0);
    await page.getByLabel('Values for').selectOption('eu-gax-02');
    const marked = page.locator('.preview-line.is-warned');
    await marked.getByText('GAX_Directory=/opt/gax-test').waitFor();
    equal(await marked.count(), 1);
    await marked.getByText('Not a GAX directory').waitFor({ state: 'attached' });
    deepEqual(await findBarriers(page), []);
    await opened.screenshot('plug-in-silent-ini');
    await page.getByLabel('Values for').selectOption('');

    await directory('eu-gax-02').fill('gax');
    await next();
    await row('eu-gax-02').getByText('The GAX directory “gax” of eu-gax-02 is no absolute path. Enter the whole path, from the root on.').waitFor();
    await directory('eu-gax-02').fill('/opt/other');
    await directory('eu-gax-01').focus();
    await page.getByRole('button', { name: 'Use /opt/gax-test' }).click();
    equal(await directory('eu-gax-02').inputValue(), '/opt/gax-test');
    await next();

    await heading('Deployment summary');
    await page.getByText('4 new options are added, 61 existing key-value pairs stay.').first().waitFor();
    await page.getByText('Finish installs on 2 hosts.').waitFor();
    await opened.screenshot('plug-in-summary');
    await page.locator('#finish').click();
    const [started] = bench!.started;
    deepEqual(started?.inputs.hostApplications, [{ hostId: 'eu-gax-01', name: 'GAX_one' }, { hostId: 'eu-gax-02', name: 'GAX_test' }]);
    deepEqual([started.inputs.application, started.inputs.skipReinstallation], [undefined, undefined]);
    deepEqual(started.inputs.hostValues?.map(({ hostId, value }) => [hostId, value]).sort(), [['eu-gax-01', '/opt/genesys/gax'], ['eu-gax-02', '/opt/gax-test']]);
  });

  it('says in a narrow French page what a host could not be asked, and asks again', async () => {
    const { page, opened, next } = await open({ locale: 'fr', size: { width: 700, height: 1100 }, intent: { hostIds: ['eu-gax-01'] } });
    const error = toErrorData(new ProductError('host/unreachable', { host: 'eu-gax-01', address: '10.20.5.10', port: 22, reason: 'x' }));
    bench!.plan = (inputs) => planOf(inputs, { error, plugIn: { added: 0, stay: 0, gax: { directory: '/opt/genesys/gax' } } });
    for (let step = 0; step < 3; step++) await next();
    await row('eu-gax-01').getByText('Non contrôlé').waitFor();
    equal(await page.getByLabel('Chemin d’installation du plug-in', { exact: true }).count(), 1);
    deepEqual(await findBarriers(page), []);
    await opened.screenshot('plug-in-silent-ini-fr-700');
  });

  it('asks on Windows for the plug-in path alone', async () => {
    const windows = sampleHost({ id: 'eu-win-03', address: '10.20.4.53', system: { osGroup: 'windows', architecture: 'AMD64', bits: 64, release: 'Windows Server 2019' } });
    const { page, next, heading } = await open({
      details: { ...plugIn, osGroup: 'windows', silentIni: '[IPCommon]\r\nInstallPath=C:\\GCTI\\arm\r\n' }, questions: { questions: [], notUnderstood: [] }, hosts: [windows],
      applications: [gax({ hostId: 'eu-win-03', workingDirectory: 'C:\\GCTI\\gax' })], intent: { hostIds: ['eu-win-03'] },
    });
    for (let step = 0; step < 3; step++) await next();
    await heading('Installation parameters (silent.ini)');
    deepEqual(await page.locator('.silent-ini-form input').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value)), ['C:\\GCTI\\arm']);
    equal(await page.getByText('GAX directory').count(), 0);
    deepEqual(bench!.planned, []);
  });

  it('shows on a lane with a step more what is left to copy, and puts the commands on the clipboard', async () => {
    const filesToCopy = { from: '/opt/genesys/plugins/arm', files: ['lib/a.jar', 'lib/b c.jar'], gaxDirectory: '/opt/genesys/gax' };
    const deployment = sampleDeployment({
      id: 'd1', packageId: 'package-1', plugIn: true, state: 'complete', percent: 100, package: packageDetails(plugIn), endedAt: '2026-03-04T05:07:07.000Z',
      hosts: [sampleRun({ hostId: 'eu-gax-01', applicationName: 'GAX_one', state: 'complete', step: 'cleanUp', percent: 100, filesToCopy }), sampleRun({ hostId: 'eu-gax-02', applicationName: 'GAX_two', state: 'complete', step: 'cleanUp', percent: 100 })],
    });
    const { page, opened, calls } = await open({ subject: { id: 'd1' }, deployments: [deployment] });
    const lane = page.getByRole('listitem', { name: /eu-gax-01/ });
    await lane.getByText('Complete, files not copied', { exact: true }).waitFor();
    await lane.getByText('Copy 2 files from /opt/genesys/plugins/arm to /opt/genesys/gax/webapp/WEB-INF/lib on eu-gax-01, then restart GAX.').waitFor();
    deepEqual(await lane.locator('.lane-part-name').allInnerTexts().then((names) => names.length), 13);
    deepEqual(await findBarriers(page), []);
    await lane.getByRole('button', { name: 'Copy commands' }).click();
    deepEqual(calls.filter((call) => call.startsWith('copyText')), [
      'copyText cp -p /opt/genesys/plugins/arm/lib/a.jar /opt/genesys/gax/webapp/WEB-INF/lib/\ncp -p \'/opt/genesys/plugins/arm/lib/b c.jar\' /opt/genesys/gax/webapp/WEB-INF/lib/\n',
    ]);
    await opened.screenshot('plug-in-progress');
    match((await bench!.say('progress/copyCommands', { hostId: 'eu-gax-02' })).type, /refusal/);
  });

  it('says on the page of a deployed plug-in what is left to copy, which is another one than that of its GAX', async () => {
    const of = { hostName: 'eu-gax-01', applicationName: 'GAX_one' };
    const { opened, repository } = await openDetails(browser, 'deployedPackage', { id: 'a1', plugIn: 'GAXARM' }, {
      packages: [samplePackage({ id: 'p1' })],
      deployedPackages: [
        sampleDeployed({ id: 'r1', ...of }),
        sampleDeployed({ id: 'r2', ...of, plugIn: 'GAXARM', package: packageDetails(plugIn), filesToCopy: { from: '/opt/genesys/plugins/arm', files: [] } }),
      ],
    });
    try {
      await opened.page.getByRole('heading', { level: 1, name: 'Audio Resources plug-in' }).waitFor();
      await opened.page.getByText('Complete, files not copied').waitFor();
      await opened.page.getByText('Copy the files of the plug-in from /opt/genesys/plugins/arm to <GAX directory>/webapp/WEB-INF/lib on eu-gax-01, then restart GAX.').waitFor();
      deepEqual(await findBarriers(opened.page), []);
      await opened.screenshot('plug-in-deployed');

      const marked: string[] = [];
      repository.service.answer('deployedPackages/markFilesCopied', ({ id }) => {
        marked.push(id);
        const lists = repository.lists.deployedPackages.map(({ filesToCopy: _, ...one }) => one);
        repository.change({ deployedPackages: lists });
        return lists.find((one) => one.id === id)!;
      });
      await opened.page.getByRole('button', { name: 'Mark as done' }).click();
      await opened.page.getByText('Complete, files not copied').waitFor({ state: 'detached' });
      deepEqual([marked, await opened.page.getByRole('button', { name: 'Mark as done' }).count()], [['r2'], 0]);
    } finally {
      await opened.close();
    }
  });
});
