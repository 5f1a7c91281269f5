import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { ProductError } from '../../src/core/errors';
import { nothingSaid, type ApplicationObject } from '../../src/core/deployment/model';
import type { DeployProfiles } from '../../src/core/deployment/profiles';
import { openDeployedPackage } from '../../src/extension/pages/deployedPackage/deployedPackagePage';
import type { PageReply, PageSubject } from '../../src/protocol/page/page';
import { openPageBrowser, type OpenedPage, type OpenPageOptions, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { sampleDeployed, sampleDeployment, samplePackage, sampleRun } from '../unit/extension/sampleLists';
import { createScriptedRepository, createScriptedTab, type ScriptedRepository, type ScriptedTab } from './support';

/** The application object: its record is a new one after each installation. */
const subject: PageSubject = { id: 'application-1' };
const application: ApplicationObject = {
  id: 'application-1', name: 'MCP_eu-mcp-01', tenantId: 'environment', hostId: 'h1', type: 103, version: '9.0.046.06', workingDirectory: '/opt/genesys/mcp',
  commandLine: 'run.sh', commandLineArguments: '-host config -port 2020', state: 'enabled',
  tenantObject: '', port: '5070', primaryServer: 'confserv', backupServer: '', ...nothingSaid,
  options: { log: { verbose: 'trace', all: 'stdout' }, sip: { 'transport.0': 'udp', 'proxy-password': 'Sesame1' } },
};

const older = sampleDeployed({ id: 'r0', applicationId: 'application-1', packageId: 'p0', deploymentId: 'd0' });
const { status: _, ...olderInstallation } = { ...older, package: { ...older.package, version: '8.5.100.20' } };
const target = (version: string) => ({ packageId: `p${version.slice(-2)}`, package: { ...older.package, version } });
let profiles: DeployProfiles;

function repositoryOf(): ScriptedRepository {
  const repository = createScriptedRepository({
    packages: [samplePackage({ id: 'p1' })], applications: [application],
    deployedPackages: [sampleDeployed({ id: 'r1', applicationId: 'application-1', applicationName: 'MCP_eu-mcp-01', installPath: '/opt/genesys/mcp' })],
    deployments: [
      sampleDeployment({ id: 'd1', state: 'complete', startedAt: '2026-11-21T09:00:00.000Z', hosts: [sampleRun({ hostId: 'h1', applicationName: 'MCP_eu-mcp-01', state: 'complete' })] }),
      sampleDeployment({ id: 'd0', state: 'failed', startedAt: '2026-11-20T09:00:00.000Z', hosts: [sampleRun({ hostId: 'h1', hostName: 'eu-mcp-01', applicationName: 'MCP_eu-mcp-01', state: 'failed', step: 'install' }), sampleRun({ hostId: 'h2', hostName: 'other-host', state: 'failed' })] }),
      sampleDeployment({ id: 'd9', state: 'complete', startedBy: 'stranger@desk', hosts: [sampleRun({ hostId: 'h1', applicationName: 'Another', state: 'complete' })] }),
    ],
  });
  repository.service.answer('deployments/inputs', () => ({
    packageId: 'p1', tenantId: 'environment', profile: 'install', hostIds: ['h1', 'h2'], applicationName: '',
    values: [{ section: 'IPCommon', key: 'InstallPath', value: '/opt/shared' }],
    hostValues: [{ hostId: 'h1', section: 'IPCommon', key: 'InstallPath', value: '/opt/genesys/mcp' }, { hostId: 'h2', section: 'IPCommon', key: 'InstallPath', value: '/opt/of-the-other' }],
    secretKeys: [{ section: 'ConfigServer', key: 'Password' }],
  }));
  repository.service.answer('deployments/form', ({ values = [] }) => ({
    preview: '',
    fields: [
      { section: 'IPCommon', key: 'InstallPath', value: values.find(({ key }) => key === 'InstallPath')?.value ?? '/vendor', secret: false, required: true },
      { section: 'IPCommon', key: 'DataModel', value: '64', secret: false, required: true },
      { section: 'ConfigServer', key: 'Password', value: '', secret: true, required: false },
    ],
  }));
  repository.service.answer('deployedPackages/profiles', () => profiles);
  repository.service.answer('deployments/get', ({ id }) => repository.lists.deployments.find((each) => each.id === id)!);
  return repository;
}

describe('the page of a deployed package', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let opened: OpenedPage;
  let tab: ScriptedTab;
  let calls: string[];
  let trusted: boolean;
  let replies: PageReply[];
  before(async () => {
    browser = await openPageBrowser();
  });
  beforeEach(() => {
    profiles = { upgrades: [], rollBack: { possible: false, reason: 'nothing-before' } };
    trusted = true;
    calls = [];
    replies = [];
  });
  afterEach(async () => {
    deepEqual(opened.complaints, []);
    await opened.close();
  });
  after(() => browser.close());

  async function open(repository: ScriptedRepository, options: Partial<OpenPageOptions> = {}): Promise<void> {
    const note = (...words: readonly (string | undefined)[]) => {
      calls.push(words.join(' '));
      return Promise.resolve();
    };
    tab = createScriptedTab(subject, (given) => openDeployedPackage({
      ...given,
      channel: { ...given.channel, post: (message) => {
        replies.push(message);
        given.channel.post(message);
      } },
    }, {
      locale: options.locale ?? 'en', service: repository.service, state: repository.state, isTrusted: () => trusted, onTrusted: () => () => undefined,
      installAgain: ({ id }) => note('again', id), upgrade: ({ id }, packageId) => note('upgrade', id, packageId), rollBack: ({ id }, packageId) => note('rollBack', id, packageId),
      runAgain: ({ id }) => note('runAgain', id), showDifference: ({ id }, path) => note('difference', id, path), openPackage: ({ id, tenantId }) => void note('package', id, tenantId), showLog: ({ id }, hostId) => note('log', id, hostId), copy: (words) => note('copy', words), report: () => undefined,
    }));
    opened = await browser.open({ kind: 'deployedPackage', subject, ...options, serve: (channel) => tab.serve(channel) });
    await opened.page.locator('.related').waitFor();
  }
  const words = async () => (await opened.page.locator('main').innerText()).replaceAll('\u00a0', ' ');
  const row = (text: string) => opened.page.locator('tr', { hasText: text });

  it('shows where it is, by whom and with which values, and what happened there before', async () => {
    await open(repositoryOf());
    const text = await words();
    for (const part of ['eu-mcp-01', 'MCP_eu-mcp-01', '8.5.100.37', 'Complete', 'ana@desk', '/opt/genesys/mcp', '103', '5070', 'confserv', '-host config -port 2020', 'Failed: Install']) ok(text.includes(part), part);
    equal(text.includes('stranger@desk'), false, 'a deployment of another application');
    equal(text.includes('other-host'), false, 'another host of the deployment');
    equal(tab.title, 'Local Control Agent 8.5.100.37, eu-mcp-01');
    await opened.screenshot('details-deployed');
  });

  it('tells own values of the host from the package’s, and only names secrets', async () => {
    await open(repositoryOf());
    match(await row('InstallPath').innerText(), /IPCommon\s+InstallPath\s+\/opt\/genesys\/mcp\s+entered/);
    equal((await row('DataModel').innerText()).includes('entered'), false);
    match(await row('Password').first().innerText(), /ConfigServer\s+Password\s+••••••••/);
    await opened.page.getByRole('button', { name: 'Options' }).click();
    match(await row('proxy-password').innerText(), /sip\s+proxy-password\s+••••••••/);
    equal(JSON.stringify(replies).includes('Sesame1'), false, 'a secret reached the page');
    equal(JSON.stringify(replies).includes('/opt/of-the-other'), false, 'a value of another host reached the page');
  });

  it('finds options by any part of section, name or value', async () => {
    await open(repositoryOf());
    await opened.page.getByRole('button', { name: 'Options' }).click();
    await opened.page.getByRole('textbox', { name: 'Filter options' }).fill('TRACE');
    await opened.page.getByText('1 of 4').waitFor();
    match(await row('verbose').innerText(), /log\s+verbose\s+trace/);
    await opened.screenshot('details-deployed-options');
  });

  it('runs its actions, and opens logs at this host', async () => {
    await open(repositoryOf());
    const { page } = opened;
    await page.getByRole('button', { name: 'Install Again…' }).click();
    await page.getByRole('button', { name: 'Deployment Action Log' }).click();
    await page.getByRole('button', { name: 'Show Package' }).click();
    await page.getByRole('button', { name: /^Install 8/ }).last().click();
    await until(() => calls.length === 4, 'four actions');
    deepEqual(calls, ['again r1', 'log d1 h1', 'package p1 environment', 'log d0 h1']);
  });

  const isLocked = (id: string) => opened.page.locator(id).evaluate((element) => element.hasAttribute('disabled'));

  it('offers the versions to upgrade and to roll back to by their number', async () => {
    profiles = { upgrades: [target('8.5.100.46'), target('8.5.100.40')], rollBack: { possible: true, ...target('8.5.100.20'), installation: { ...olderInstallation, replaced: [] } } };
    await open(repositoryOf());
    const { page } = opened;
    await page.getByRole('button', { name: 'Deploy profile: Upgrade to 8.5.100.46…' }).click();
    await page.getByRole('button', { name: 'Other Version…' }).click();
    await page.getByRole('button', { name: 'Deploy profile: Roll back to 8.5.100.20…' }).click();
    await until(() => calls.length === 3, 'three actions');
    deepEqual(calls, ['upgrade r1 p46', 'upgrade r1 ', 'rollBack r1 p20']);
    await opened.screenshot('details-deployed-profiles');
  });

  it('says why a profile is not possible, and when it becomes so', async () => {
    const repository = repositoryOf();
    await open(repository);
    await opened.page.getByText('Upgrade: the repository has no version of Local Control Agent higher than 8.5.100.37.').waitFor();
    await opened.page.getByText('Roll back: no version lower than 8.5.100.37 was installed for this application object before.').waitFor();
    deepEqual([await isLocked('#upgrade'), await isLocked('#roll-back'), await isLocked('#install-again')], [true, true, false]);
    profiles = { upgrades: [target('8.5.100.40')], rollBack: { possible: false, reason: 'package-gone', version: '8.5.100.20' } };
    repository.change({ packages: [samplePackage({ id: 'p1' }), samplePackage({ id: 'p2', version: '8.5.100.40' })] });
    await opened.page.getByRole('button', { name: 'Deploy profile: Upgrade to 8.5.100.40…' }).waitFor();
    await opened.page.getByText('Roll back: 8.5.100.20 was there before, but its package is not in the repository any more.').waitFor();
    equal(await opened.page.getByRole('button', { name: 'Other Version…' }).count(), 0);
    deepEqual([await isLocked('#upgrade'), await isLocked('#roll-back')], [false, true]);
    await opened.screenshot('details-deployed-no-profile');
  });

  it('shows what was entered for each deployment of the history, secrets masked, and runs one again', async () => {
    await open(repositoryOf());
    const { page } = opened;
    await page.locator('#parameters-d0').click();
    const shown = page.locator('.history-more', { has: page.locator('#parameters-d0') }).locator('table');
    await shown.waitFor();
    const table = (await shown.innerText()).replaceAll(/\s+/g, ' ');
    ok(table.includes('IPCommon InstallPath /opt/genesys/mcp') && table.includes('Password ••••••••'), table);
    ok(!table.includes('/opt/of-the-other'), 'the value of another host');
    await opened.screenshot('details-deployed-history');
    await page.locator('#parameters-d0').click();
    await shown.waitFor({ state: 'detached' });
    await page.locator('#run-again-d0').click();
    await until(() => calls.length === 1, 'the deployment to run again');
    deepEqual(calls, ['runAgain d0']);
  });

  it('verifies the files, shows how far it is, lists what differs with each file to be opened, and stops', async () => {
    const repository = repositoryOf();
    const found = {
      at: '2026-11-22T10:15:41.870Z', by: 'ana@desk', compared: 41, changed: ['conf/product.conf', '<b>odd</b>'], missing: ['lib/a.so'], extra: ['run.sh'], extraCount: 1200,
    };
    let result: typeof found = found;
    let asked: (() => void) | undefined;
    repository.service.answer('deployedPackages/verification', () => result);
    repository.service.answer('deployedPackages/verify', async ({ id }, signal) => {
      await new Promise<void>((resolve, reject) => {
        asked = resolve;
        signal?.addEventListener('abort', () => reject(new ProductError('general/cancelled')));
      });
      const deployed = { ...repository.lists.deployedPackages.find((each) => each.id === id)!, verification: { at: result.at, by: result.by, differing: result.changed.length + result.missing.length } };
      repository.change({ deployedPackages: [deployed] });
      return deployed;
    });
    await open(repository);
    ok((await words()).includes('have not been compared'));
    const { page } = opened;
    await page.locator('#verify').click();
    await until(() => asked !== undefined, 'the request');
    repository.service.send('verifyProgress', { id: 'r1', bytesDone: 40, bytesTotal: 100 });
    await page.getByText('Verifying files on eu-mcp-01: 40 %').waitFor();
    await page.locator('#stop-verifying').click();
    await page.getByText('have not been compared').waitFor();

    await page.locator('#verify:not([disabled])').click();
    await page.locator('#stop-verifying').waitFor();
    asked!();
    await page.getByText('3 files differ from the package; 41 were compared.').waitFor();
    ok((await words()).includes('3 files differ'));
    await opened.screenshot('details-deployed-drifted');
    await page.getByRole('button', { name: 'conf/product.conf' }).click();
    await page.getByRole('button', { name: '<b>odd</b>' }).click();
    await until(() => calls.length === 2, 'both differences');
    deepEqual(calls, ['difference r1 conf/product.conf', 'difference r1 <b>odd</b>']);
    ok((await words()).includes('1199 more') || (await words()).includes('1,199 more'));

    result = { ...found, at: '2026-11-22T11:00:00.000Z', changed: [], missing: [], extra: [], extraCount: 0 };
    asked = undefined;
    await page.locator('#verify:not([disabled])').click();
    await until(() => asked !== undefined, 'the request');
    asked!();
    await page.getByText('All 41 files that were compared are those of the package.').waitFor();
  });

  it('follows a new installation of the same application, and says when it is gone', async () => {
    const repository = repositoryOf();
    await open(repository);
    repository.change({ deployments: [sampleDeployment({ id: 'd2', percent: 40, hosts: [sampleRun({ hostId: 'h1', applicationName: 'MCP_eu-mcp-01', state: 'running', percent: 40 })] }), ...repository.lists.deployments] });
    await opened.page.getByText('Deploying 40 %').waitFor();
    repository.change({ deployedPackages: [sampleDeployed({ id: 'r2', applicationId: 'application-1', applicationName: 'MCP_eu-mcp-01', status: 'failed', deploymentId: 'd2' })] });
    await opened.page.getByText('Last deployment failed').waitFor();
    repository.change({ deployedPackages: [] });
    await opened.page.getByText('Local Control Agent 8.5.100.37 is not deployed here any more.').waitFor();
    await opened.screenshot('details-deployed-gone');
  });

  it('says what is known once the package is deleted, or the parameters cannot be read', async () => {
    const repository = repositoryOf();
    repository.lists = { ...repository.lists, packages: [] };
    await open(repository);
    await opened.page.getByText('Only the values that were entered are known.').waitFor();
    ok(await opened.page.locator('#install-again').evaluate((element) => element.hasAttribute('disabled')));
    match(await row('Password').innerText(), /••••••••/);
    await opened.screenshot('details-deployed-package-gone');
    repository.service.answer('deployments/inputs', () => {
      throw new ProductError('general/not-found', { kind: 'deployment', name: 'd1' });
    });
    repository.change({ packages: [samplePackage({ id: 'p1' })] });
    await opened.page.getByText('These parameters cannot be read').waitFor();
  });

  it('is whole in French below 860 pixels, and shows markup as text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const repository = repositoryOf();
    repository.lists = {
      ...repository.lists,
      applications: [{ ...application, name: evil, commandLine: evil, workingDirectory: evil, options: { [evil]: { [evil]: evil } } }],
      deployedPackages: [sampleDeployed({ id: 'r1', applicationId: 'application-1', applicationName: evil, hostName: evil, installPath: evil })],
    };
    await open(repository, { locale: 'fr', size: { width: 700, height: 1100 } });
    await opened.page.getByRole('button', { name: 'Options' }).click();
    const text = await words();
    for (const part of ['Installer de nouveau…', 'Journal d’actions de déploiement', 'Objet Application', 'Chemin d’installation', 'Clé']) ok(text.includes(part), part);
    equal(await opened.page.locator('main img').count(), 0);
    await opened.screenshot('details-deployed-fr-700');
  });

  it('refuses requests that it does not know, wrong types, foreign ids and changes from a window that is not trusted', async () => {
    await open(repositoryOf());
    const ask = async (method: string, params: unknown): Promise<string> => {
      const id = 1000 + replies.length;
      await opened.page.evaluate((message) => (window as unknown as { fromPage(message: unknown): Promise<void> }).fromPage(message), { type: 'request', id, method, params });
      const find = () => replies.find((reply) => (reply.type === 'answer' || reply.type === 'refusal') && reply.id === id);
      await until(() => find() !== undefined, `an answer to ${method}`);
      const reply = find();
      return reply?.type === 'refusal' ? reply.error.code : 'answered';
    };
    equal(await ask('deployments/start', {}), 'general/bad-request');
    equal(await ask('deployed/log', { deploymentId: 'd9' }), 'general/bad-request');
    equal(await ask('deployment/log', { deploymentId: 7 }), 'general/bad-request');
    equal(await ask('deployment/log', { deploymentId: 'd9' }), 'general/not-found');
    trusted = false;
    equal(await ask('deployed/installAgain', {}), 'general/bad-request');
    equal(await ask('deployed/upgrade', { packageId: 'p46' }), 'general/bad-request');
    trusted = true;
    equal(await ask('deployed/upgrade', { packageId: 'foreign' }), 'general/not-found');
    equal(await ask('deployed/rollBack', {}), 'general/bad-request');
    deepEqual(calls, []);
  });
});
