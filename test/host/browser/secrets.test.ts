import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { startNodeSshServer, type NodeSshServer } from '../../support/sandbox/nodeSshServer';
import { createSecretSearch } from '../../support/secretSearch';
import { startSshd, type Sshd } from '../../support/sshd';
import type { Workbench } from '../../support/browser';
import { until } from '../../support/until';
import { chooseHosts, forgetPassword, goOn, openDeployWizard, openSideBar, press, useEditor } from './editor';
import { writePausingSample } from './pausingSample';
import { importNow, withService } from './prepare';

describe('secrets of a deployment', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const passphrase = 'passphrase-Okapi-4711-Q';
  const signInPassword = 'signin-Tapir-0815-W';
  const configPassword = 'config-Quokka-1729-E';
  const search = createSecretSearch([passphrase, signInPassword, configPassword]);
  /** The window and the pages in it. */
  const searchPage = async (bench: Workbench): Promise<readonly string[]> => [
    ...await search.page(bench.page), ...await search.frames(bench.page),
  ];
  let keyHost: Sshd | undefined;
  let passwordHost: NodeSshServer | undefined;

  before(async () => {
    const key = join(editor.host.folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', key]);
    const authorizedKey = readFileSync(`${key}.pub`, 'utf8').trim();
    keyHost = await startSshd({ address: '127.0.0.2', authorizedKeys: [authorizedKey] });
    const home = join(editor.host.folder, 'passwordHome');
    mkdirSync(home);
    passwordHost = await startNodeSshServer({ user: userInfo().username, authorizedKey, home, password: signInPassword });
  });
  after(async () => {
    await keyHost?.stop();
    await passwordHost?.stop();
  });

  it('reach the installer, and appear nowhere else: files, logs, editor, terminal, processes', async () => {
    const { bench, host } = editor;
    ok(keyHost !== undefined && passwordHost !== undefined);
    const { address, port, user } = keyHost;
    const passwordPort = passwordHost.port;
    const gate = join(host.folder, 'go');
    const places = (name: string): { stagingFolder: string; lockFolder: string } =>
      ({ stagingFolder: join(host.folder, name, 'staging'), lockFolder: join(host.folder, name, 'lock') });
    const archive = await writePausingSample(host.workspace, { installPath: join(host.folder, 'opt/lca'), waitFor: gate, withPassword: true });
    await withService(host.dataFolder, async (client) => {
      await importNow(client, archive);
      await client.request('hosts/add', { name: 'eu-key-01', address, port, user, authentication: { kind: 'key', keyFile: join(host.folder, 'key') }, ...places('eu-key-01') });
      await client.request('hosts/add', { name: 'eu-pass-01', address: '127.0.0.1', port: passwordPort, user, authentication: { kind: 'password' }, ...places('eu-pass-01') });
    });
    await openSideBar(bench);
    await bench.treeRow(/Local Control Agent/).waitFor();
    const processes = search.watchProcesses();

    for (const [name, title, secret] of [['eu-key-01', 'Passphrase for', passphrase], ['eu-pass-01', 'Password for', signInPassword]] as const) {
      const wizard = await openDeployWizard(bench, 'Local Control Agent');
      await chooseHosts(wizard, name);
      if (name === 'eu-key-01') {
        await wizard.getByLabel('Password', { exact: true }).fill(configPassword);
        await wizard.getByLabel('Installation path', { exact: true }).focus();
      }
      // Left, the field holds nothing any more: the value lies in the secret store, also for the next deployment.
      await wizard.getByText('Saved', { exact: true }).waitFor();
      equal(await wizard.locator('input[type=password]').count(), 0);
      deepEqual(await searchPage(bench), []);
      await bench.screenshot(`secrets-${name}-saved`);
      await goOn(wizard, 'Deployment summary');
      await press(bench, `Trust the host key of ${name}`, 'Trust');
      const box = bench.page.locator('.quick-input-widget:visible', { hasText: title });
      await box.waitFor();
      equal(await box.locator('input').first().getAttribute('type'), 'password');
      await bench.screenshot(`secrets-${name}-asked`);
      await bench.quickInput.type(secret);
      await bench.quickInput.pick('Only for this deployment');
      // Asked while the plan was made, and not again for the same deployment.
      await wizard.getByText('Finish installs on 1 host.').waitFor();
      await wizard.getByRole('button', { name: 'Finish' }).click();
      await bench.treeRow(new RegExp(`${name}\\s*Install`)).waitFor();

      // The installer runs: now its response file is there, for this user alone, and nothing else knows.
      const staged = search.files(join(host.folder, name));
      equal(staged.length, 1, staged.join('\n'));
      match(staged[0] ?? '', /\/silent\.ini$/);
      equal(statSync(staged[0] ?? '').mode & 0o777, 0o600);
      deepEqual(search.files(host.folder).filter((path) => path !== staged[0]), []);
      writeFileSync(gate, '');
      await bench.treeRow('In progress').waitFor({ state: 'detached' });
      await until(() => existsSync(join(host.folder, 'opt/lca/installed.txt')), 'the marker of the installer');
      match(readFileSync(join(host.folder, 'opt/lca/installed.txt'), 'utf8'), new RegExp(`PasswordLength=${configPassword.length}`));
      execFileSync('rm', ['-f', gate]);
      deepEqual(await searchPage(bench), []);
    }

    ok(processes.looks() > 20, `${processes.looks()} looks at the processes`);
    deepEqual(processes.stop(), []);
    deepEqual(search.files(host.folder), []);
    await bench.reload();
    await openSideBar(bench);
    await bench.treeRow('LCA_eu-pass-01').waitFor();
    deepEqual(await search.page(bench.page), []);
    deepEqual(search.files(host.folder), []);
  });

  it('are forgotten on request: one that lies in the secret store', async () => {
    await forgetPassword(editor.bench, 'in the secret store of this computer');
  });
});
