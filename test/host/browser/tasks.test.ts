import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endService } from '../../support/serviceProcess';
import { until } from '../../support/until';
import { answer, forgetPassword, modal, openSideBar, press, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { addHostNow, importNow, withService } from './prepare';

const secret = 'hunter2-Wachtwoord!';

function printTasks(tasks: readonly object[]): string {
  return JSON.stringify({ version: '2.0.0', tasks }, null, 2);
}

const rollOut = { label: 'Roll out LCA', type: 'gaxPackages', package: 'LCA', hosts: ['eu-lca-01'], problemMatcher: [] };

describe('a deployment in tasks.json', function () {
  this.timeout(240_000);
  const editor = useEditor(() => ({
    files: {
      '.vscode/tasks.json': printTasks([
        rollOut,
        { ...rollOut, label: 'With a secret', values: { 'ConfigServer.Password': secret.slice(0, 7) } },
        { ...rollOut, label: 'To nowhere', hosts: ['eu-lca-09'] },
      ]),
    },
    machineSettings: { 'gaxPackages.notifications.onFinish': 'always' },
  }));
  const gate = (): string => join(editor.host.folder, 'go');
  const target = (): string => join(editor.host.folder, 'opt/lca');

  before(async () => {
    const { host, sshd } = editor;
    const archive = await writePausingSample(join(host.folder, 'media'), { installPath: target(), waitFor: gate(), withPassword: true });
    await withService(host.dataFolder, async (client) => {
      await importNow(client, archive);
      await addHostNow(client, sshd, 'eu-lca-01', host.folder);
    });
    await openSideBar(editor.bench);
    await editor.bench.treeRow('Local Control Agent').waitFor();
  });

  /** Runs a task of the workspace by its label. The list is as the editor last read the file: opened until it has the task. */
  async function runTask(label: string): Promise<void> {
    const { page, quickInput, runCommand } = editor.bench;
    const entry = quickInput.row(label);
    for (const end = Date.now() + 30_000; ; ) {
      await runCommand('Tasks: Run Task');
      if (await entry.waitFor({ timeout: 3000 }).then(() => true, () => false)) break;
      if (Date.now() > end) throw new Error(`Run Task does not offer "${label}"`);
      await page.keyboard.press('Escape');
    }
    await entry.click();
  }

  it('asks before it runs, names the file and what it does, and does nothing when refused', async () => {
    const { bench } = editor;
    await runTask('Roll out LCA');
    const question = await modal(bench, 'Run the deployment of workspace/.vscode/tasks.json?');
    const words = (await question.textContent()) ?? '';
    ok(words.includes('Install Local Control Agent 8.5.100.90 on 1 host?') && words.includes('Hosts: eu-lca-01'), words);
    await bench.screenshot('tasks-1-question');
    await press(bench, 'Run the deployment of', 'Cancel');
    await bench.terminal.getByText('Not run.').waitFor();
    deepEqual(await withService(editor.host.dataFolder, (client) => client.request('deployments/list', {})), []);
  });

  it('asks for the secret when it starts, in the editor’s own password field, and runs', async () => {
    const { bench } = editor;
    await runTask('Roll out LCA');
    await press(bench, 'Run the deployment of', 'Run and Remember This File');
    await bench.page.locator('.quick-input-widget:visible', { hasText: '[ConfigServer] Password' }).waitFor();
    equal(await bench.quickInput.box.getAttribute('type'), 'password');
    await answer(bench, '[ConfigServer] Password', secret);
    await bench.screenshot('tasks-2-keep');
    await bench.quickInput.pick('Until this window closes');
    await bench.terminal.getByText('Waiting for').waitFor();
    await bench.treeRow(/eu-lca-01\s*Install/).waitFor();
    await bench.screenshot('tasks-3-running');
  });

  it('leaves the secret nowhere but in the response file on the host while the installer runs', () => {
    const { host } = editor;
    const holding = filesHolding(host.folder, secret).filter((file) => !/\/staging\/[^/]+\/silent\.ini$/.test(file));
    deepEqual(holding, []);
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const part of ['cmdline', 'environ']) equal(readProc(`/proc/${pid}/${part}`).includes(secret), false, `/proc/${pid}/${part}`);
    }
  });

  it('ends the task with success when all hosts are complete, and tells so', async () => {
    const { bench } = editor;
    writeFileSync(gate(), '');
    await bench.terminal.getByText('1 host complete.').waitFor();
    await bench.notification('Installed Local Control Agent 8.5.100.90 on 1 host.').waitFor();
    await bench.screenshot('tasks-4-complete');
    ok(existsSync(join(target(), 'ip_description.xml')));
    const staging = join(editor.host.folder, 'eu-lca-01/staging');
    await until(() => !existsSync(staging) || readdirSync(staging).length === 0, 'the staging folder to be empty');
    deepEqual(filesHolding(editor.host.folder, secret), []);
  });

  it('runs again without a question: the file and the secret are remembered', async () => {
    const { bench } = editor;
    await runTask('Roll out LCA');
    await withService(editor.host.dataFolder, async (client) => {
      const completed = async (): Promise<boolean> => {
        const deployments = await client.request('deployments/list', {});
        return deployments.filter((deployment) => deployment.state === 'complete').length === 2;
      };
      await until(completed, 'the second deployment to be complete', 30_000);
    });
    await bench.terminal.getByText('1 host complete.').waitFor();
  });

  it('asks again once the file has changed', async () => {
    const { bench, host } = editor;
    writeFileSync(join(host.workspace, '.vscode/tasks.json'), printTasks([rollOut, { ...rollOut, label: 'With a secret', values: { 'ConfigServer.Password': 'plain' } }, { ...rollOut, label: 'To nowhere', hosts: ['eu-lca-09'] }]));
    await runTask('Roll out LCA');
    await press(bench, 'Run the deployment of', 'Cancel');
  });

  it('refuses a secret in plain text and names its key', async () => {
    const { bench } = editor;
    await runTask('With a secret');
    await bench.terminal.getByText('holds the secret ConfigServer.Password in plain').waitFor();
    await bench.screenshot('tasks-5-plain-secret');
  });

  it('names a host that is not there', async () => {
    const { bench } = editor;
    await runTask('To nowhere');
    await bench.terminal.getByText('names the host eu-lca-09').waitFor();
  });

  it('tells which of several hosts failed and why, keeps that in the tree, and lets it be', async () => {
    const { bench, host, sshd } = editor;
    await withService(host.dataFolder, (client) => client.request('hosts/add', {
      name: 'eu-lca-02', address: '127.0.0.2', port: 1, user: sshd.user, authentication: { kind: 'key', keyFile: sshd.clientKey }, stagingFolder: '', lockFolder: '',
    }));
    writeFileSync(join(host.workspace, '.vscode/tasks.json'), printTasks([{ ...rollOut, label: 'Everywhere', hosts: ['eu-lca-01', 'eu-lca-02'] }]));
    await runTask('Everywhere');
    await press(bench, 'Run the deployment of', 'Run');
    await bench.terminal.getByText('1 of 2 hosts complete.').waitFor();
    await bench.treeRow(/eu-lca-02\s*Failed: Connect/).waitFor();
    await bench.notification('1 of 2 hosts failed.').waitFor();
    await bench.page.locator('.statusbar-item', { hasText: 'Deployment failed on 1 host' }).waitFor();
    await bench.screenshot('tasks-6-failed-host');
    const row = bench.treeRow(/Install Local Control Agent/);
    await row.hover();
    await row.getByRole('button', { name: 'Leave It Failed' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('is interrupted by the end of the service, and resumed on request to its end', async () => {
    const { bench, host } = editor;
    rmSync(gate());
    writeFileSync(join(host.workspace, '.vscode/tasks.json'), printTasks([rollOut]));
    await runTask('Roll out LCA');
    await press(bench, 'Run the deployment of', 'Run');
    await bench.treeRow(/eu-lca-01\s*Install/).waitFor();
    await endService(host.dataFolder);
    await bench.treeRow(/eu-lca-01\s*Interrupted at Install/).waitFor();
    await bench.screenshot('tasks-7-interrupted');
    const row = bench.treeRow(/Install Local Control Agent/);
    await row.hover();
    await row.getByRole('button', { name: 'Resume Deployment' }).click();
    await bench.treeRow(/eu-lca-01\s*Install/).waitFor();
    writeFileSync(gate(), '');
    await bench.treeRow('In progress').waitFor({ state: 'detached' });
    await withService(host.dataFolder, async (client) => {
      const deployments = await client.request('deployments/list', {});
      equal(deployments.filter(({ state }) => state === 'complete').length, 3);
      equal(deployments.some(({ state }) => state === 'interrupted'), false);
    });
  });

  it('can be repeated from what was deployed before', async () => {
    const { bench } = editor;
    await bench.runCommand('Tasks: Run Task');
    await bench.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'gaxPackages' }).last().click();
    await bench.quickInput.row('Install Local Control Agent 8.5.100.90 on eu-lca-01').waitFor();
    await bench.screenshot('tasks-8-offered');
    await bench.page.keyboard.press('Escape');
  });

  it('forgets a secret on request that it keeps until the window closes', async () => {
    await forgetPassword(editor.bench, 'until this window closes');
  });
});

/** The files below a folder that hold a text. */
function filesHolding(folder: string, text: string): string[] {
  const bytes = Buffer.from(text);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .filter((file) => {
      try {
        return readFileSync(file).includes(bytes);
      } catch {
        return false;
      }
    });
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
