/// <reference lib="dom" />
import { deepEqual, equal, ok } from 'node:assert/strict';
import { emptyDraft } from '../../src/core/deployment/draft';
import type { DeployedPackage, Deployment, HostRun } from '../../src/core/deployment/model';
import { createDraftStore } from '../../src/extension/pages/drafts';
import { deployDraft } from '../../src/protocol/page/deployWizard';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';
import { until } from '../support/until';
import { sampleDeployed, sampleDeployment } from '../unit/extension/sampleLists';
import { openDeployBench, packageDetails, subject, type DeployBench, type DeployBenchOptions } from './deployBench';
import { createWorkspaceState } from './support';

const details = packageDetails();
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

describe('the progress of a deployment', function () {
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

  const open = async (deployment: Deployment, options: DeployBenchOptions = {}): Promise<DeployBench> => {
    bench = await openDeployBench(browser, { subject: { id: deployment.id }, deployments: [deployment], deployedPackages: [earlier('eu-mcp-02')], ...options });
    await bench.page.locator('.host-lane').first().waitFor();
    return bench;
  };
  const lane = (name: string) => bench!.page.getByRole('listitem', { name: new RegExp(name) });
  const change = (deployment: Deployment): void => bench!.repository.change({ deployments: [deployment] });

  it('shows every host with its steps: complete, failed with what to do, at work with bytes and time left, waiting its turn', async () => {
    const { page, opened } = await open(running());
    const failed = lane('eu-mcp-02');
    await page.getByRole('heading', { level: 2, name: 'Installing on 4 hosts' }).waitFor();
    equal(await lane('eu-mcp-01').getByText('Complete', { exact: true }).count(), 1);
    deepEqual(await failed.locator('.lane-part').evaluateAll((parts) => parts.map((part) => part.getAttribute('class')?.replace('lane-part is-', ''))), [...Array<string>(7).fill('done'), 'failed', ...Array<string>(4).fill('todo')]);
    await failed.getByText('Step 8 of 12, Install: The installer on eu-mcp-02 reported “Host name eu-mcp-02 was not found”.').waitFor();
    await failed.getByText('9.0.040.07 is still in place, and its application object is as before.').waitFor();
    await failed.getByText('deploy/installer-error').waitFor();
    equal(await lane('eu-mcp-04').getByText('Waiting', { exact: true }).count(), 1);
    const send = (bytesDone: number) => bench!.transfer({ deploymentId: 'd1', hostId: 'eu-mcp-03', step: 'transfer', bytesDone, bytesTotal: 214_000_000 });
    send(100_000_000);
    await lane('eu-mcp-03').getByText('100 MB of 214 MB').waitFor();
    // A speed needs a moment to look back on.
    let sent = 100_000_000;
    await until(async () => {
      sent = Math.min(131_000_000, sent + 1_000_000);
      send(sent);
      return await lane('eu-mcp-03').getByText(/\dMB\/s|\d\sMB\/s/).count() > 0;
    }, 'the speed of the transfer');
    await lane('eu-mcp-03').getByText(/about \d+ (second|minute)s? left/).waitFor();
    await page.getByText('Closing this page does not stop the deployment.').waitFor();
    await page.getByText(/^about \d+ minutes left$/).waitFor();
    await opened.screenshot('deploy-progress');
    await opened.setTheme('light');
    await page.setViewportSize({ width: 700, height: 1000 });
    await opened.screenshot('deploy-progress-700');
  });

  it('acts on one host, on all, and on the deployment, by the editor’s commands', async () => {
    const { page, calls } = await open(running());
    const failed = lane('eu-mcp-02');
    await failed.getByRole('button', { name: 'Try this host again' }).click();
    await page.waitForFunction(() => document.activeElement?.id === 'lane-1');
    await failed.getByRole('button', { name: 'Deployment action log' }).click();
    await failed.getByRole('button', { name: 'Open terminal on host' }).click();
    await page.locator('#progress-log').click();
    await page.locator('#progress-stop').click();
    await page.locator('#progress-stop:not([disabled])').waitFor();
    deepEqual(calls, ['retryHost d1 eu-mcp-02', 'showLog d1 eu-mcp-02', 'openTerminal eu-mcp-02', 'showLog d1 all', 'stop d1']);
    await failed.getByRole('button', { name: 'Leave it failed' }).click();
    equal(await failed.getByRole('button').count(), 0);
    equal(await page.getByRole('button', { name: 'Try all failed hosts again' }).count(), 0);
    change({ ...running(), hosts: running().hosts.map((run) => (run.hostId === 'eu-mcp-03' ? failedRun('eu-mcp-03') : run)) });
    await page.getByRole('button', { name: 'Try all failed hosts again' }).click();
    await page.waitForFunction(() => document.querySelector('#try-all-failed')?.hasAttribute('disabled') === false);
    equal(calls.at(-1), 'retryFailed d1');
  });

  it('follows the deployment live to its end, and says so aloud', async () => {
    const { page, opened } = await open(running());
    const spoken = page.locator('[role=status]');
    change({ ...running(), percent: 78, hosts: running().hosts.map((run) => (run.hostId === 'eu-mcp-03' ? completeRun('eu-mcp-03') : run)) });
    await spoken.getByText('2 of 4 hosts complete, 1 failed.').waitFor({ state: 'attached' });
    change({ ...running(), state: 'failed', percent: 90, endedAt: ago(0), hosts: [...running().hosts.slice(0, 2), completeRun('eu-mcp-03'), completeRun('eu-mcp-04')] });
    await spoken.getByText('Deployment ended: 3 of 4 hosts complete, 1 failed.').waitFor({ state: 'attached' });
    await page.getByText('1 of 4 hosts failed. The others stay as they are.').waitFor();
    equal(await page.locator('#progress-stop').count(), 0);
    await page.locator('.progress-overall .bar-failed').waitFor();
    await opened.screenshot('deploy-progress-failed');
    change({ ...running(), state: 'complete', percent: 100, endedAt: ago(0), hosts: running().hosts.map(({ hostName }) => completeRun(hostName)) });
    await page.getByText('Media Control Platform 9.0.046.06 is installed on 4 hosts.').waitFor();
    await page.locator('.progress-overall .bar-done').waitFor();
    await opened.screenshot('deploy-progress-complete');
  });

  it('says that a failed host keeps its package, and offers to clean it up once the deployment has ended', async () => {
    const kept = (hostName: string): HostRun => ({ ...failedRun(hostName), kept: '/var/tmp/gax-packages/d1' });
    const hosts = [completeRun('eu-mcp-01'), kept('eu-mcp-02'), kept('eu-mcp-03')];
    const { page, calls, opened } = await open(running({ hosts }));
    await lane('eu-mcp-02').getByText('9.0.040.07 is still in place, and its application object is as before. The package is kept there for the next attempt.').waitFor();
    await lane('eu-mcp-03').getByText('Nothing that this deployment did stays on eu-mcp-03 but its package, kept for the next attempt.').waitFor();
    equal(await page.getByRole('button', { name: 'Clean up hosts…' }).count(), 0);
    change(running({ state: 'failed', endedAt: ago(0), hosts }));
    await page.getByRole('button', { name: 'Clean up hosts…' }).click();
    await page.waitForFunction(() => document.querySelector('#remove-kept')?.hasAttribute('disabled') === false);
    equal(calls.at(-1), 'cleanUp d1');
    await opened.screenshot('deploy-progress-kept');
  });

  it('offers to check a host again that was not as its plan says, instead of trying it blindly', async () => {
    const changed: HostRun = { ...base('eu-mcp-02'), state: 'failed', step: 'check', percent: 8, error: { code: 'deploy/host-changed', args: { host: 'eu-mcp-02', what: 'installed', value: '', before: '–', now: 'files', others: 0 } } };
    const { calls } = await open(running({ state: 'failed', endedAt: ago(1), hosts: [completeRun('eu-mcp-01'), changed] }));
    equal(await lane('eu-mcp-02').getByRole('button', { name: 'Try this host again' }).count(), 0);
    await lane('eu-mcp-02').getByRole('button', { name: 'Check this host again' }).click();
    await until(() => calls.includes('retryHost d1 eu-mcp-02'), 'the command');
  });

  it('shows a host that waits for a person, one whose outcome nobody knows, one that was left out, one that left something, one that was stopped', async () => {
    const { page, opened } = await open(running({ state: 'failed', endedAt: ago(1), hosts: [
      { ...base('eu-mcp-01'), state: 'waiting', step: 'connect', question: 'hostKey', percent: 0 },
      { ...base('eu-mcp-02'), state: 'unknown', step: 'install', percent: 58, error: { code: 'deploy/outcome-unknown', args: { host: 'eu-mcp-02' } }, left: ['/var/tmp/gax-packages/d1'] },
      { ...base('eu-mcp-03'), state: 'skipped', reason: 'application-exists', percent: 100 },
      { ...completeRun('eu-mcp-04'), left: ['/var/tmp/gax-packages/d1'] },
      { ...base('eu-sip-01'), state: 'cancelled', step: 'transfer', percent: 25 },
    ] }));
    await lane('eu-mcp-01').getByText('Waits for you: trust its host key?').waitFor();
    await lane('eu-mcp-01').getByText('It waits until somebody answers.').waitFor();
    await lane('eu-mcp-02').getByText('Unknown: connection lost during Install').waitFor();
    await lane('eu-mcp-02').getByText('The host is asked what it has before anything else is done.').waitFor();
    await page.getByText('Of 1 host nobody knows whether the installer finished. Check it.').waitFor();
    equal(await lane('eu-mcp-02').getByRole('button', { name: 'Leave it failed' }).count(), 0);
    await lane('eu-mcp-02').getByRole('button', { name: 'Check host' }).click();
    await lane('eu-mcp-03').getByText(/Skipped/).waitFor();
    await lane('eu-mcp-04').getByText('Complete, clean up by hand').waitFor();
    await lane('eu-mcp-04').getByText('Could not be removed from eu-mcp-04: /var/tmp/gax-packages/d1.').waitFor();
    await lane('eu-sip-01').getByText('Nothing that this deployment did stays on eu-sip-01.').waitFor();
    await lane('eu-sip-01').getByRole('button', { name: 'Try this host again' }).click();
    await page.waitForFunction(() => document.querySelector('#lane-4-retry')?.hasAttribute('disabled') === false);
    deepEqual(bench!.calls, ['retryHost d1 eu-mcp-02', 'retryHost d1 eu-sip-01']);
    await opened.screenshot('deploy-progress-states');
  });

  it('offers to go on with an interrupted deployment or to clean up, and waits for neither by itself', async () => {
    const { page, opened, calls } = await open(running({ state: 'interrupted', endedAt: ago(1), hosts: [completeRun('eu-mcp-01'), {
      ...base('eu-mcp-02'), state: 'interrupted', step: 'transfer', percent: 25, error: { code: 'deploy/interrupted', args: { host: 'eu-mcp-02', step: 'transfer' } },
    }] }));
    await lane('eu-mcp-02').getByText('Interrupted at Transfer').waitFor();
    await opened.screenshot('deploy-progress-interrupted');
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.locator('#clean-up:not([disabled])').waitFor();
    await page.getByRole('button', { name: 'Stop and clean up' }).click();
    await page.locator('#resume:not([disabled])').waitFor();
    deepEqual(calls, ['resume d1', 'cleanUp d1']);
  });

  it('stays while the service is away and goes on when it is back; comes back after a reload and a restart of the extension', async () => {
    const { page, opened, repository, restart } = await open(running());
    repository.service.become('offline');
    await page.getByText('The package service does not answer; connecting again…').waitFor();
    ok(await page.locator('#progress-stop').evaluate((button) => button.hasAttribute('disabled')));
    await opened.screenshot('deploy-progress-offline');
    repository.service.become('online');
    await page.locator('#progress-stop:not([disabled])').waitFor();
    change(running({ percent: 60 }));
    restart();
    await opened.reload();
    await page.getByRole('heading', { level: 2, name: 'Installing on 4 hosts' }).waitFor();
    equal(await page.getByRole('progressbar').first().getAttribute('aria-valuenow'), '60');
    change(running({ percent: 61 }));
    await page.waitForFunction(() => document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') === '61');
  });

  it('says why it cannot be shown, and shows it when asked again', async () => {
    const workspace = createWorkspaceState();
    await createDraftStore(workspace, 'deployWizard', deployDraft).write(subject, { ...emptyDraft(['eu-mcp-01']), step: 'progress', furthest: 'progress', deploymentId: 'd1' });
    bench = await openDeployBench(browser, { deployments: [], kept: { workspace, secrets: new Map() } });
    await bench.page.getByText('There is no deployment d1.').waitFor();
    change(running());
    await bench.page.getByRole('button', { name: 'Try again' }).click();
    await bench.page.getByRole('heading', { level: 2, name: 'Installing on 4 hosts' }).waitFor();
  });

  it('may be looked at in a window that is not trusted; nothing is run from there', async () => {
    const { page, say } = await open(running());
    bench!.trusted = false;
    change(running({ percent: 59 }));
    await page.getByText('Restricted Mode: trying again needs a trusted window.').waitFor();
    ok(await page.locator('#lane-1-retry').evaluate((button) => button.hasAttribute('disabled')));
    for (const [method, params] of [['progress/retryHost', { hostId: 'eu-mcp-02' }], ['progress/retryFailed', {}], ['progress/resume', {}], ['progress/cleanUp', {}], ['progress/terminal', { hostId: 'eu-mcp-02' }]] as const) {
      equal(codeOf(await say(method, params)), 'general/bad-request', method);
    }
  });

  it('refuses what a hostile page asks: deployments of other packages, hosts it does not have or that need no retry, wrong types', async () => {
    const { say, calls, repository } = await open(running());
    repository.change({ deployments: [running(), { ...running(), id: 'd2', packageId: 'other' }] });
    for (const [method, params, code] of [
      ['progress/retryHost', { hostId: 'eu-win-03' }, 'general/not-found'], ['progress/retryHost', { hostId: 'eu-mcp-01' }, 'general/bad-request'],
      ['progress/terminal', { hostId: '../x' }, 'general/bad-request'], ['progress/log', { hostId: 7 }, 'general/bad-request'], ['progress/stop', { id: 'd2' }, 'general/bad-request'],
      ['progress/show', { deploymentId: 'd9' }, 'general/not-found'], ['progress/show', { deploymentId: 'd2' }, 'general/not-found'],
      ['progress/stop', {}, 'general/not-found'],
    ] as const) {
      equal(codeOf(await say(method, params)), code, `${method} ${JSON.stringify(params)}`);
    }
    deepEqual(calls, []);
  });

  it('works with the keyboard alone, in French', async () => {
    const { page, opened, calls } = await open(running(), { locale: 'fr' });
    await page.getByRole('heading', { level: 2, name: 'Installation en cours sur 4 hôtes' }).waitFor();
    await page.locator('#step-heading').focus();
    const labels: string[] = [];
    for (let i = 0; i < 9; i++) {
      await page.keyboard.press('Tab');
      labels.push(await page.evaluate(() => document.activeElement?.textContent.trim() ?? ''));
      if (i === 0) await page.keyboard.press('Enter');
      if (i === 0) await page.waitForFunction(() => document.activeElement?.id === 'lane-1');
      if (labels.at(-1) === 'Fermer') break;
    }
    deepEqual(labels, ['Relancer cet hôte', 'Relancer cet hôte', 'Journal d’actions de déploiement', 'Ouvrir un terminal sur l’hôte', 'Laisser en échec', 'Journal d’actions de déploiement', 'Suspendre', 'Arrêter…', 'Fermer']);
    deepEqual(calls, ['retryHost d1 eu-mcp-02']);
    await opened.screenshot('deploy-progress-fr');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => true);
    ok(bench!.closed());
  });
});

function codeOf(reply: { readonly type: string; readonly error?: { readonly code: string } }): string | undefined {
  return reply.type === 'refusal' ? reply.error?.code : reply.type;
}

function base(hostName: string): HostRun {
  return { hostId: hostName, hostName, applicationName: `vpMediaControl_${hostName}`, state: 'queued', percent: 0, left: [] };
}

function completeRun(hostName: string): HostRun {
  return { ...base(hostName), state: 'complete', step: 'cleanUp', percent: 100, startedAt: ago(252), endedAt: ago(94) };
}

function failedRun(hostName: string): HostRun {
  return {
    ...base(hostName), state: 'failed', step: 'install', percent: 58, startedAt: ago(94), endedAt: ago(14),
    error: { code: 'deploy/installer-error', args: { host: hostName, message: `Host name ${hostName} was not found` } },
  };
}

function running(change: Partial<Deployment> = {}): Deployment {
  return sampleDeployment({
    id: 'd1', packageId: 'package-1', package: details, state: 'running', percent: 54, startedAt: ago(252), startedBy: 'a.martin@ops-ws-12',
    hosts: [completeRun('eu-mcp-01'), failedRun('eu-mcp-02'), { ...base('eu-mcp-03'), state: 'running', step: 'transfer', stepPercent: 61, percent: 25, startedAt: ago(18) }, base('eu-mcp-04')],
    ...change,
  });
}

function earlier(hostId: string): DeployedPackage {
  return sampleDeployed({ id: `r-${hostId}`, hostId, hostName: hostId, applicationName: `vpMediaControl_${hostId}`, status: 'failed', package: { ...details, version: '9.0.040.07' }, deploymentId: 'd1' });
}
