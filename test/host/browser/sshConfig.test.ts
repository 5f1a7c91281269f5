import { equal } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSideBar, press, tick, useEditor } from './editor';

describe('hosts of the SSH configuration in VS Code', function () {
  this.timeout(240_000);
  const editor = useEditor();
  const folder = (): string => join(editor.host.folder, 'home/.ssh');
  const config = (): string => join(folder(), 'config');
  const write = (more: string): void => {
    const { sshd } = editor;
    writeFileSync(config(), `Host eu-lca-01\n  HostName ${sshd.address}\n  Port ${sshd.port}\n  User ${sshd.user}\n  IdentityFile ${sshd.clientKey}\n${more}Host us-lca-01\n  HostName 127.0.0.9\n`, { mode: 0o600 });
  };

  before(async () => {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    write('');
    await openSideBar(editor.bench);
  });

  it('adds chosen names by the button of the empty view, and tests them', async () => {
    const { bench } = editor;
    await bench.page.getByRole('button', { name: 'Add Hosts from SSH Configuration…' }).click();
    await bench.quickInput.row('us-lca-01').waitFor();
    await bench.screenshot('ssh-config-1-choose');
    await tick(bench, 'eu-lca-01');
    await press(bench, 'Trust the host key of eu-lca-01', 'Trust');
    await bench.treeRow(/eu-lca-01.*Linux/).waitFor();
  });

  it('shows on the page of the host what each setting comes from, and follows the file', async () => {
    const { bench } = editor;
    await bench.runCommand('Edit Host');
    await bench.quickInput.pick('eu-lca-01');
    const route = bench.webview.getByRole('region', { name: 'SSH configuration' });
    await route.getByText(`${config()}:3`, { exact: true }).waitFor();
    await bench.screenshot('ssh-config-2-page');
    write('  ServerAliveInterval 7\n  GSSAPIAuthentication yes\n');
    await route.getByText(`${config()}:6`, { exact: true }).waitFor();
    await route.getByText(`${config()}:7: GSSAPIAuthentication yes is not supported.`).waitFor();
    await bench.screenshot('ssh-config-3-followed');
  });

  it('offers only names that are no hosts yet', async () => {
    const { bench } = editor;
    await bench.runCommand('Add Hosts from SSH Configuration');
    await bench.quickInput.row('us-lca-01').waitFor();
    equal(await bench.quickInput.row('eu-lca-01').count(), 0);
    await bench.page.keyboard.press('Escape');
  });
});
