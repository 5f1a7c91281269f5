// First: what declares sentences must find it at work.
import '../support/pseudo/pseudoLocale';
import { deepEqual } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { nothingSaid } from '../../src/core/deployment/model';
import { ProductError } from '../../src/core/errors';
import { deployParametersText } from '../../src/core/text/deployParametersText';
import { deploySummaryText } from '../../src/core/text/deploySummaryText';
import { deployWizardText } from '../../src/core/text/deployWizardText';
import { detailsText } from '../../src/core/text/detailsText';
import { hostText } from '../../src/core/text/hostText';
import { importWizardText } from '../../src/core/text/importWizardText';
import { packageListText } from '../../src/core/text/packageListText';
import { encodeUtf8 } from '../../src/core/text/utf8';
import { wizardText } from '../../src/core/text/wizardText';
import type { FileRead } from '../../src/extension/pages/apd/apdView';
import { pageKinds, type PageKind } from '../../src/protocol/page/page';
import { goodApd, goodFile } from '../support/formats/goodFiles';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { buildPseudoPage } from '../support/pseudo/pseudoPage';
import { sampleDeployed, sampleDeployment, sampleHost, sampleImport, samplePackage, sampleRun } from '../unit/extension/sampleLists';
import { missingFile, openApdBench } from './apdBench';
import { openCopyBench } from './copyBench';
import { answerContents, plugInItem, solutionItem } from './contentFixture';
import { openDeployBench, planOf } from './deployBench';
import { openDetails } from './detailsBench';
import { createImportScript, inspection, lcaArchive, mcp, mcpArchive, openBench } from './importWizardFixture';
import { emea, environment, openListBench, picturedLists } from './packageListBench';
import { followStates, say } from './pseudoStates';
import { createScriptedRepository } from './support';

describe('in the pseudo-locale every page shows words of a catalogue alone', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  const seen = new Set<PageKind>();
  before(async () => {
    browser = await openPageBrowser({ 'main.js': await buildPseudoPage() });
  });
  after(() => browser.close());

  function follow(kind: PageKind, ...rest: Parameters<typeof followStates>): Promise<void> {
    seen.add(kind);
    return followStates(...rest);
  }

  it('import wizard', async () => {
    const script = createImportScript();
    script.archives.set(lcaArchive, inspection()).set(mcpArchive, mcp);
    const { opened } = await openBench(browser, { script });
    await follow('importWizard', opened, script.repository, async (look, page) => {
      const finish = page.getByRole('button', { name: say(wizardText, 'finish') });
      const path = page.locator('#path-0');
      await path.waitFor();
      await look('empty');
      await finish.click();
      await page.locator('#path-0-error').waitFor();
      await look('wrong');
      await path.fill('/packages/missing.zip');
      await path.blur();
      await page.locator('#path-0-error').getByText('missing.zip').waitFor();
      await look('refused');
      await path.fill(lcaArchive);
      await path.blur();
      await page.locator('.finding.box').waitFor();
      await page.locator('#tenant').focus();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option').first().waitFor();
      await look('recognized');
      script.repository.service.become('offline');
      await page.getByText(say(importWizardText, 'offline')).waitFor();
      await look('offline');
      script.repository.service.become('online');
      await page.getByText(say(importWizardText, 'offline')).waitFor({ state: 'detached' });
      await finish.click();
      await page.locator('.lane').waitFor();
      script.set('import-1', { step: 'store', percent: 73, identity: mcp.identity, bytes: { done: 98_000_000, total: 214_000_000 } });
      await page.getByText(say(importWizardText, 'laneRunning', { percent: 73 })).waitFor();
      await look('running');
      script.set('import-1', { state: 'failed', error: { code: 'repository/no-room', args: { folder: '/data', needed: 500, free: 12 } } });
      await page.getByRole('alert').first().waitFor();
      await look('failed');
    });
  });

  it('deploy wizard', async () => {
    const bench = await openDeployBench(browser, {
      questions: {
        questions: [{ id: 'q', target: 'silentIni', section: 'vpMediaControl', key: 'Mode', title: 'Operating mode', description: 'How it works', kind: 'choice', choices: ['full', 'lite'], value: '', required: true, file: 'templates/MCP.xml', line: 214 }],
        notUnderstood: [{ file: 'templates/MCP.xml', line: 219, text: '<parameter>' }],
      },
      remembered: {
        deploymentId: 'd9', at: '2026-10-02T15:41:00.000Z', hostNames: ['eu-mcp-01'],
        inputs: { packageId: 'package-1', tenantId: 'environment', profile: 'install', hostIds: ['eu-mcp-01'], applicationName: '', values: [{ section: 'vpMediaControl', key: 'AudioFormat', value: 'Alaw' }], secretKeys: [], hostValues: [], hostApplications: [] },
      },
    });
    await follow('deployWizard', bench.opened, bench.repository, async (look, page) => {
      const next = page.getByRole('button', { name: say(wizardText, 'next') });
      const heading = (words: string) => page.getByRole('heading', { level: 2, name: words }).waitFor();
      const field = (id: string) => page.locator(`#field-${id}`);
      await heading(say(deployWizardText, 'introductionHeading'));
      await look('introduction');
      await next.click();
      await heading(say(deployWizardText, 'hostsHeading'));
      await page.locator('#host-filter').fill('nowhere');
      await page.getByText(say(deployWizardText, 'noHostMatches', { text: 'nowhere' })).waitFor();
      await look('hosts, filtered');
      await page.locator('#host-filter').fill('');
      for (const chip of await page.getByRole('button', { name: say(deployWizardText, 'removeChosen', { host: 'eu-mcp-01' }) }).all()) await chip.click();
      await next.click();
      await page.getByText(say(deployWizardText, 'chooseAHost')).first().waitFor();
      await look('hosts, none chosen');
      for (const host of ['eu-mcp-01', 'eu-mcp-03']) await page.getByRole('row', { name: host }).click();
      await look('hosts');
      await next.click();
      await heading(say(deployParametersText, 'applicationHeading'));
      await field('port').fill('5060');
      await field('application-eu-mcp-03').fill('confserv_primary');
      await next.click();
      await page.locator('.field-error, [id$=-error]').first().waitFor();
      await look('application, wrong');
      await field('port').fill('5080');
      await field('application-eu-mcp-03').fill('MCP_eu-mcp-03');
      await next.click();
      await heading(say(deployParametersText, 'silentIniHeading'));
      await next.click();
      await page.getByText(say(deployWizardText, 'questionEmpty')).first().waitFor();
      await look('silent.ini, wrong');
      await field('value-vpMediaControl-Mode').selectOption('lite');
      await field('value-ConfigServer-Host').fill('eu-fw-01');
      await page.getByLabel(say(deployParametersText, 'valuesFor')).selectOption('eu-mcp-03');
      await field('value-IPCommon-InstallPath').fill('/opt/three');
      await page.getByText(say(deployParametersText, 'ownValue', { host: 'eu-mcp-03' })).waitFor();
      await look('silent.ini, values of one host');
      bench.plan = (inputs) => planOf(inputs, inputs.hostIds[0] === 'eu-mcp-03'
        ? { error: { code: 'host/unreachable', args: { host: 'eu-mcp-03', address: '10.20.4.32', port: 22, reason: 'ECONNREFUSED' } } }
        : { warnings: [{ code: 'deploy/host-system', args: { host: 'eu-mcp-01', runs: 'Linux', package: 'MCP', needs: 'Linux', needsBits: '64' } }] });
      await next.click();
      await heading(say(deploySummaryText, 'summaryHeading'));
      await page.getByText('ECONNREFUSED').waitFor();
      await look('summary, blocked');
      bench.plan = (inputs) => planOf(inputs);
      await page.getByRole('button', { name: say(deploySummaryText, 'checkAgain') }).click();
      await page.getByText(say(deploySummaryText, 'willInstall', { n: 2 })).waitFor();
      await look('summary');
      await page.getByRole('tab').first().press('ArrowRight');
      await page.getByText('Host=eu-fw-01').first().waitFor();
      await look('summary, silent.ini');
      await page.getByRole('tab').nth(1).press('ArrowRight');
      await page.getByText('ip/install.sh').waitFor();
      await look('summary, files');
      await page.getByRole('tab').nth(2).press('ArrowRight');
      await page.getByText('./install.sh -s -fr').first().waitFor();
      await look('summary, commands');
    });
  });

  it('progress of a deployment', async () => {
    const package_ = samplePackage({ id: 'package-1', name: 'Media Control Platform', version: '9.0.046.06' });
    const run = (hostId: string, change: Partial<Parameters<typeof sampleRun>[0]>) => sampleRun({ hostId, applicationName: `MCP_${hostId}`, ...change });
    const deployment = sampleDeployment({
      id: 'd1', packageId: 'package-1', package: package_, percent: 54, startedBy: 'a.martin@ops-ws-12', hosts: [
        run('eu-mcp-01', { state: 'complete', percent: 100, step: 'cleanUp', left: ['/var/tmp/gax-packages/d1'] }),
        run('eu-mcp-02', { state: 'failed', percent: 58, step: 'install', error: { code: 'deploy/installer-error', args: { host: 'eu-mcp-02', message: 'SETUP-7' } } }),
        run('eu-mcp-03', { state: 'running', percent: 25, step: 'transfer', stepPercent: 61 }), run('eu-mcp-04', {}),
        run('eu-sip-01', { state: 'waiting', step: 'connect', question: 'hostKey' }), run('eu-sip-02', { state: 'unknown', step: 'install', percent: 58, error: { code: 'deploy/outcome-unknown', args: { host: 'eu-sip-02' } } }),
        run('eu-old-01', { state: 'skipped', reason: 'application-exists', percent: 100 }), run('eu-key-01', { state: 'cancelled', step: 'transfer', percent: 25 }),
      ],
    });
    const bench = await openDeployBench(browser, { subject: { id: 'd1' }, deployments: [deployment] });
    await follow('deployWizard', bench.opened, bench.repository, async (look, page) => {
      await page.locator('.host-lane').first().waitFor();
      bench.transfer({ deploymentId: 'd1', hostId: 'eu-mcp-03', step: 'transfer', bytesDone: 100_000_000, bytesTotal: 214_000_000 });
      await look('running');
      bench.trusted = false;
      bench.repository.change({ deployments: [{ ...deployment, state: 'interrupted', hosts: deployment.hosts.map((each) => (each.state === 'running' ? { ...each, state: 'interrupted', error: { code: 'deploy/interrupted', args: { host: each.hostName, step: 'transfer' } } } : each)) }] });
      await page.locator('#resume').waitFor();
      bench.repository.service.become('offline');
      await look('interrupted, offline, restricted');
    });
  });

  it('details of a package', async () => {
    const item = samplePackage({ id: 'package-1', name: 'Media Control Platform', nickname: 'vpMediaControl', version: '9.0.046.06', group: 'Voice platform', description: 'Approved by Ana', sha256: 'A3F1'.repeat(16) });
    const { opened, repository } = await openDetails(browser, 'packageDetails', { id: 'package-1', tenantId: 'environment' }, {
      packages: [item],
      deployedPackages: [sampleDeployed({ id: 'r1', packageId: 'package-1' }), sampleDeployed({ id: 'r2', packageId: 'package-1', hostName: 'eu-mcp-02', applicationId: 'a2', applicationName: 'MCP_eu-mcp-02', status: 'unknown' })],
      deployments: [sampleDeployment({ id: 'd2', packageId: 'package-1', state: 'failed', hosts: [sampleRun({ hostId: 'h1', state: 'failed', step: 'install' }), sampleRun({ hostId: 'h2', state: 'running', step: 'transfer', stepPercent: 61 })] })],
    });
    await follow('packageDetails', opened, repository, async (look, page) => {
      await page.locator('.related').waitFor();
      await unfold(page);
      await page.getByText('ip/install.sh').waitFor();
      await look('whole');
      await page.getByRole('textbox', { name: say(detailsText, 'fieldDescription') }).fill('Mine');
      repository.change({ packages: [{ ...item, description: 'Theirs', updatedAt: '2026-11-22T09:14:00.000Z' }] });
      await page.getByText(say(detailsText, 'keepMine')).waitFor();
      repository.service.become('offline');
      await page.getByText(say(detailsText, 'offline')).waitFor();
      await look('changed elsewhere, offline');
      repository.service.become('online');
      repository.change({ packages: [] });
      await page.locator('.related').waitFor({ state: 'detached' });
      await look('gone');
      answerContents(repository);
      for (const [other, part] of [[solutionItem, '#unsupported-content'], [plugInItem, '#defaultOptions-content']] as const) {
        repository.change({ packages: [other] });
        await page.locator(part).waitFor();
        await look(other.kind);
      }
    }, ['install', 'uninstall', 'segment', 'string', 'secret', 'password']);
  });

  it('details of an import', async () => {
    const running = sampleImport({ id: 'import-1' });
    const { opened, repository } = await openDetails(browser, 'packageDetails', { id: 'import-1' }, { imports: [running] });
    await follow('packageDetails', opened, repository, async (look, page) => {
      await page.getByRole('progressbar').waitFor();
      await look('running');
      repository.change({ imports: [{ ...running, state: 'failed', error: { code: 'import/interrupted', args: { file: 'IP_MCP.tar.gz' } } }] });
      await page.getByRole('alert').waitFor();
      await look('failed');
    });
  });

  it('details of a deployed package', async () => {
    const { opened, repository } = await openDetails(browser, 'deployedPackage', { id: 'a1' }, {
      packages: [samplePackage({ id: 'p1' })], deployedPackages: [sampleDeployed({ id: 'r1' })],
      deployments: [sampleDeployment({ id: 'd1', state: 'complete', hosts: [sampleRun({ hostId: 'h1', state: 'complete' })] })],
      applications: [{
        id: 'a1', name: 'LCA_eu-mcp-01', tenantId: 'environment', hostId: 'h1', type: 103, version: '9.0.046.06', workingDirectory: '/opt/genesys/mcp', commandLine: 'run.sh', commandLineArguments: '-host config', state: 'enabled',
        tenantObject: 'Environment', port: '5070', primaryServer: 'CONFSERV', backupServer: '', ...nothingSaid, options: { SIP: { 'Transport-0': 'UDP', 'Proxy-Password': 'x' } },
      }],
    });
    await follow('deployedPackage', opened, repository, async (look, page) => {
      await page.locator('.related').waitFor();
      await unfold(page);
      await look('whole');
      repository.change({ packages: [] });
      await page.getByText(say(detailsText, 'onlyEntered')).waitFor();
      await look('its package is deleted');
      repository.change({ deployedPackages: [] });
      await page.locator('.related').waitFor({ state: 'detached' });
      await look('gone');
    });
  });

  it('host', async () => {
    const contact = { state: 'key-changed', at: '2026-11-22T09:14:00.000Z', error: { code: 'host/key-changed', args: { host: 'eu-mcp-02', address: '10.20.4.31', known: 'SHA256:a', offered: 'SHA256:b', type: 'ED25519', knownType: 'RSA', line: 0, file: '' } } } as const;
    const { opened, repository } = await openDetails(browser, 'host', { id: 'host-1' }, { hosts: [sampleHost({ id: 'host-1', name: 'eu-mcp-02', authentication: { kind: 'key', keyFile: '' }, contact })] });
    const place = { file: '/home/ana/.ssh/config', line: 4 };
    repository.service.answer('hosts/resolve', () => ({
      hops: [
        { name: 'bastion-01', hostName: 'jump.example', port: 22, user: 'ops-01', settings: [] },
        { name: '10.20.4.31', hostName: '10.20.4.31', port: 22, user: 'genesys', settings: [{ keyword: 'ProxyJump', value: 'bastion-01', place }, { keyword: 'User', value: 'genesys' }] },
      ],
      notes: (['unsupported', 'unknown', 'skipped', 'undecided'] as const).map((kind) => ({ kind, ...place, text: 'GSSAPIAuthentication' })),
      problems: (['missing', 'value', 'extra', 'quotes', 'criterion', 'depth', 'unsafe', 'token'] as const).map((kind) => ({ kind, ...place, text: 'Port' })),
      loop: 'bastion-01', files: [place.file],
    }));
    repository.service.answer('hosts/edit', () => {
      throw new ProductError('repository/disk-full', { path: '/data' });
    });
    await follow('host', opened, repository, async (look, page) => {
      await page.locator('#route').waitFor();
      await look('its key has changed');
      for (const field of ['name', 'address', 'port', 'user', 'stagingFolder', 'lockFolder', 'keyFile']) await page.locator(`#${field}`).fill('a b');
      await page.keyboard.press('Control+Enter');
      await page.locator('#port-error').waitFor();
      await look('wrong');
      repository.change({ hosts: repository.lists.hosts.map((host) => ({ ...host, user: 'theirs' })) });
      await page.getByText(say(hostText, 'keepMine')).waitFor();
      repository.service.become('offline');
      await look('changed elsewhere, offline');
      repository.service.become('online');
      repository.change({ hosts: [] });
      await page.locator('#connection').waitFor({ state: 'detached' });
      await look('removed');
    });
  });

  it('list of packages', async () => {
    const { opened, repository } = await openListBench(browser, { lists: { ...picturedLists, tenants: [environment, emea] } });
    await follow('packageList', opened, repository, async (look, page) => {
      await page.locator('#package-table').focus();
      await page.keyboard.press('Control+a');
      await page.locator('.selection-actions').waitFor();
      await look('everything selected');
      await page.locator('#group-rows').click();
      await page.locator('#list-filter').fill('control');
      await look('filtered');
      await page.locator('#list-filter').fill('gax_1');
      await page.locator('.list-empty').waitFor();
      repository.service.become('offline');
      await page.getByText(say(packageListText, 'quickFilter')).or(page.locator('.notice')).first().waitFor();
      await look('no match, offline');
      repository.service.become('online');
      repository.change({ packages: [], imports: [] });
      await page.getByText(say(packageListText, 'noPackages')).waitFor();
      await look('empty');
    });
  });

  it('copy to tenants', async () => {
    const bench = await openCopyBench(browser, { droppedOn: 'emea' });
    const { repository } = bench;
    await follow('copyToTenants', bench.opened, repository, async (look, page) => {
      const next = page.getByRole('button', { name: say(wizardText, 'next') });
      await page.locator('#tenant-latam').waitFor();
      await look('tenants');
      await page.locator('#tenant-filter').fill('nowhere');
      await page.locator('.tenant-none').waitFor();
      await page.locator('#remove-all').click();
      await next.click();
      await page.locator('#targets-error').waitFor();
      await look('none chosen, none found');
      await page.locator('#tenant-filter').fill('');
      await page.locator('#tenant-latam').click();
      await page.locator('#tenant-apac').click();
      await next.click();
      await page.locator('#copy-table').waitFor();
      repository.service.become('offline');
      await page.locator('#connect').waitFor();
      await look('review, offline');
      repository.service.become('online');
      await page.locator('#connect').waitFor({ state: 'detached' });
      bench.refused.add('latam');
      await page.locator('#finish').click();
      await page.locator('.refusals').waitFor();
      await look('partly refused');
      bench.receive();
      await page.locator('#tenant-latam').waitFor();
      repository.change({ packages: [] });
      await page.locator('.notice').waitFor();
      await look('gone');
    });
  });

  it('application template', async () => {
    const { bytes } = goodFile('Dialer_91.apd');
    const { text: metadata } = goodFile('Dialer_91.xml');
    const xml = (text: string): FileRead => ({ kind: 'content', bytes: encodeUtf8(text) });
    const apd = (given: Uint8Array): FileRead => ({ kind: 'content', bytes: given });
    const bench = await openApdBench(browser, apd(goodApd({ log: { verbose: 'ALL', colour: '' }, dialing: { order: 'oldest', subject: 'Re:' } }, '8.0', 24)), xml(metadata));
    await follow('apd', bench.opened, createScriptedRepository(), async (look, page) => {
      const row = page.getByRole('row', { name: 'verbose' });
      await row.click();
      await page.locator('#go-to-xml').waitFor();
      await look('a pair that differs');
      await page.locator('#sort-option').click();
      await page.getByRole('searchbox').fill('nowhere');
      await row.waitFor({ state: 'detached' });
      await look('nothing found');
      await page.locator('#clear-filter').click();
      bench.change({ apd: apd(bytes) });
      await page.locator('.apd-equal').waitFor();
      await look('an equal pair');
      bench.change({ xml: xml(metadata.replace('</section>', '</sectoin>')) });
      await page.locator('.notice').waitFor();
      await look('a broken XML');
      bench.change({ apd: apd(bytes.subarray(0, bytes.length - 20)), xml: missingFile });
      await page.locator('#open-bytes').waitFor();
      await look('a damaged file alone');
      bench.change({ apd: apd(bytes.subarray(0, 100)) });
      await page.getByRole('heading', { name: 'Dialer_91.apd' }).waitFor();
      await look('an unreadable file');
    }, [
      'Dialer_91.apd', 'Dialer_91.xml', 'Dialer_91', 'Third Party Server', 'Strategy Simulator', 'XML', 'APD', 'JSON', 'sectoin', 'section', 'ALL', 'Verbose', 'verbose', 'standard', 'colour', 'log', 'dialing', 'subject', 'Re:',
      'order', 'oldest', 'prefix', 'days', 'mon, tue', '<media-type>.lines',
    ]);
  });

  it('no kind of page was left out', () => {
    deepEqual(pageKinds.filter((kind) => !seen.has(kind)), []);
  });
});

/** Opens every section of a page. */
async function unfold(page: Page): Promise<void> {
  const closed = page.locator('main button[aria-expanded=false]');
  while (await closed.count() > 0) await closed.first().click();
}
