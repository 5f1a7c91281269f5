import assert from 'node:assert/strict';
import { isProductError } from '../../../src/core/errors';
import { parseProbe } from '../../../src/service/deploying/ssh/probe';
import { createTestConnector, createTestQuestions, hostFor } from '../../support/hosts';
import { startScriptedSshServer } from '../../support/scriptedSshServer';
import { startWindowsPeer } from '../../support/windows/windowsPeer';
import { needsSshd, startSshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';

function answer(facts: Record<string, string>, files: Record<string, string> = {}): string {
  const lines = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  const contents = Object.entries(files).flatMap(([file, text]) => text.split('\n').map((line) => `${file} ${line}`));
  return ['gax-packages-probe begin', ...lines, ...contents, 'gax-packages-probe end', ''].join('\n');
}
const linux = { kernel: 'Linux', kernelRelease: '4.18.0', machine: 'x86_64', bits: '64' };

describe('what a host is', function () {
  this.timeout(30_000);
  const folder = useTemporaryFolder();
  const releases: readonly (readonly [name: string, files: Record<string, string>, expected: string])[] = [
    ['Red Hat 8', { '/etc/redhat-release': 'Red Hat Enterprise Linux release 8.6 (Ootpa)', '/etc/os-release': 'NAME="Red Hat Enterprise Linux"\nVERSION_ID="8.6"' }, 'Red Hat Enterprise Linux 8.6'],
    ['CentOS 7, whose os-release is less exact', { '/etc/redhat-release': 'CentOS Linux release 7.9.2009 (Core)', '/etc/os-release': 'NAME="CentOS Linux"\nVERSION_ID="7"' }, 'CentOS Linux 7.9.2009'],
    ['Red Hat 6', { '/etc/redhat-release': 'Red Hat Enterprise Linux Server release 6.10 (Santiago)' }, 'Red Hat Enterprise Linux Server 6.10'],
    ['a redhat-release in other words', { '/etc/redhat-release': '\nFedora Rawhide ' }, 'Fedora Rawhide'],
    ['Debian', { '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"' }, 'Debian GNU/Linux 12'],
    ['SUSE, os-release in its second place', { '/usr/lib/os-release': "NAME='SLES'\nVERSION_ID='15.5'" }, 'SLES 15.5'],
    ['a rolling distribution', { '/etc/os-release': 'NAME="Arch Linux"\nPRETTY_NAME="Arch Linux"' }, 'Arch Linux'],
    ['lsb-release alone', { '/etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04' }, 'Ubuntu 14.04'],
    ['no file at all', {}, 'Linux 4.18.0'],
  ];
  for (const [name, files, expected] of releases) {
    it(`reads the release of ${name}`, () => {
      assert.deepEqual(parseProbe(answer(linux, files)), { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: expected });
    });
  }

  it('reads systems and bits', () => {
    const bits = (facts: Record<string, string>): unknown => (parseProbe(answer({ ...linux, ...facts })) as { bits: number }).bits;
    assert.equal(bits({ bits: '32' }), 32);
    assert.equal(bits({ bits: '' }), 64);
    assert.equal(bits({ bits: '', machine: 'i686' }), 32);
    assert.equal(bits({ bits: 'undefined', machine: 's390x' }), 64);
    for (const [kernel, expected] of [['AIX', 'aix'], ['SunOS', 'solaris'], ['HP-UX', 'hpux'], ['FreeBSD', 'freebsd']] as const) {
      assert.equal((parseProbe(answer({ ...linux, kernel })) as { osGroup: string }).osGroup, expected);
    }
    assert.equal(parseProbe(answer({ ...linux, kernel: 'CYGWIN_NT-10.0' })), 'windows');
  });

  it('keeps what a login script prints apart, and takes no half answer', () => {
    assert.ok(parseProbe(`Welcome!\nkernel=Fake\n${answer(linux)}bye\n`));
    assert.equal(parseProbe(answer(linux).replace('gax-packages-probe end', '')), undefined);
    assert.equal(parseProbe(answer({ ...linux, machine: '' })), undefined);
    assert.equal(parseProbe(''), undefined);
  });

  it('is asked of a real host', async function () {
    needsSshd(this);
    const server = await startSshd({ address: '127.0.0.13' });
    const connector = createTestConnector(folder());
    const connection = await connector.connect(hostFor(server), { questions: createTestQuestions(), acceptNewHostKey: true });
    const system = await connector.probe(connection);
    assert.equal(system.osGroup, process.platform === 'darwin' ? 'mac' : process.platform);
    assert.equal(system.architecture, (await connection.exec('uname -m')).stdout.trim());
    assert.match(system.release, /\S/);
    await connection.close();
    await server.stop();
  });

  it('another server on Windows than OpenSSH is named, and as one that cannot be deployed to', async () => {
    const server = await startScriptedSshServer({
      ident: '9.31 FlowSsh: Bitvise SSH Server (WinSSHD)',
      exec(command, channel) {
        if (command === 'cmd.exe /c ver') channel.write('\r\nMicrosoft Windows [Version 10.0.17763.5206]\r\n');
        else channel.stderr.write("'sh' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n");
        channel.exit(command === 'cmd.exe /c ver' ? 0 : 1);
        channel.end();
      },
    });
    const connector = createTestConnector(folder());
    const host = await connector.test(hostFor(server), { questions: createTestQuestions({ secrets: ['x'] }), acceptNewHostKey: true });
    await server.stop();
    assert.equal(host.contact?.state, 'reachable');
    assert.equal(host.contact.error?.code, 'host/windows-not-supported');
    assert.match(String(host.contact.error.args['server']), /Bitvise/);
    assert.equal(host.system, undefined);
  });

  for (const defaultShell of ['cmd', 'powershell', 'bash'] as const) {
    it(`OpenSSH for Windows tells its release, whose default shell is ${defaultShell}`, async () => {
      const peer = await startWindowsPeer(folder(), { defaultShell, version: '10.0.20348' });
      const host = await createTestConnector(folder()).test(hostFor(peer.server), { questions: createTestQuestions({ secrets: ['x'] }), acceptNewHostKey: true });
      await peer.stop();
      assert.deepEqual([peer.faults, host.contact?.state, host.contact?.error], [[], 'reachable', undefined]);
      assert.deepEqual(host.system, { osGroup: 'windows', architecture: 'AMD64', bits: 64, release: 'Windows Server 2022', releaseVersion: '10.0.20348' });
    });
  }

  it('a Windows host whose PowerShell does not run is shown with its words', async () => {
    const server = await startScriptedSshServer({
      ident: 'OpenSSH_for_Windows_9.5',
      exec(_command, channel) {
        channel.stderr.write('powershell.exe: this program is blocked by group policy.\r\n');
        channel.exit(1);
        channel.end();
      },
    });
    const host = await createTestConnector(folder()).test(hostFor(server), { questions: createTestQuestions({ secrets: ['x'] }), acceptNewHostKey: true });
    await server.stop();
    assert.deepEqual([host.contact?.error?.code, host.contact?.error?.args['output']], ['host/probe-failed-windows', 'powershell.exe: this program is blocked by group policy.']);
  });

  it('a host without a POSIX shell is shown with its own words', async () => {
    const server = await startScriptedSshServer({
      exec(_command, channel) {
        channel.stderr.write('% Unknown command\r\n');
        channel.exit(1);
        channel.end();
      },
    });
    const connector = createTestConnector(folder());
    const connection = await connector.connect(hostFor(server), { questions: createTestQuestions({ secrets: ['x'] }), acceptNewHostKey: true });
    await assert.rejects(connector.probe(connection), (error) => isProductError(error, 'host/probe-failed') && error.args['output'] === '% Unknown command');
    await connection.close();
    await server.stop();
  });
});
