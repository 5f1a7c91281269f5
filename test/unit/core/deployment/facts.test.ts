import assert from 'node:assert/strict';
import { parseHostReport } from '../../../../src/core/deployment/facts';

const system = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.6' } as const;

const report = [
  'Last login: yesterday', 'user\t1000', 'redhat\tRed Hat Enterprise Linux release 8.6 (Ootpa)', 'lsb\t20.04', 'missing\tsha256sum', 'loader32\tyes',
  'staging.path\t/srv/my stage', 'staging.existing\t/srv', 'staging.real\t/srv/my stage', 'staging.writable\tyes', 'staging.list\tdrwxr-xr-x. 5 0 0 4096 Nov 22 10:00 /srv',
  'staging.space\t/dev/mapper/vg-srv 103081248 4096 2048 4% /srv',
  'temporary.path\t/tmp', 'temporary.existing\t/tmp', 'temporary.real\t/tmp', 'temporary.writable\tyes', 'temporary.list\tdrwxrwxrwt 9 0 0 220 Nov 22 10:00 /tmp',
  'temporary.space\ttmp disk 1024 0 -5 0% /tmp',
  'target.path\t/opt/a b', 'target.existing\t/opt', 'target.real\t/opt/a b', 'target.blocked\tyes', 'target.list\tdrwxr-xr-x 5 0 0 4096 Nov 22 10:00 /opt',
  'target.space\toverlay 10 1 9 1% /', 'target.filled\tyes', 'target.backup\tbackup_2026-01-01_00-00-00',
  'process\t12 /opt/a b/bin/lca', 'installer\td0 99', 'leftover\td0 abc', 'leftover\t../x abc',
  'mount\t/dev/x /srv ext4 rw,relatime 0 0', 'mount\ttmpfs /tmp tmpfs rw 0 0', 'mount\ttmpfs /tmp tmpfs rw,nosuid,noexec 0 0', 'end\t',
].join('\n');

describe('parseHostReport', () => {
  it('reads what a host told, whatever stands around it', () => {
    const facts = parseHostReport(report, system);
    assert.deepEqual(facts, {
      system, releaseVersion: '8.6', missingTools: ['sha256sum'], loader32: true,
      staging: { path: '/srv/my stage', existing: '/srv', real: '/srv/my stage', blocked: false, writable: true, mount: '/srv', free: 2048 * 1024, noexec: false, foreign: false },
      temporary: { path: '/tmp', existing: '/tmp', real: '/tmp', blocked: false, writable: true, mount: '/tmp', free: 0, noexec: true, foreign: false },
      target: { path: '/opt/a b', existing: '/opt', real: '/opt/a b', blocked: true, writable: false, mount: '/', free: 9216, noexec: false, foreign: false, filled: true, backups: ['backup_2026-01-01_00-00-00'] },
      processes: [{ pid: 12, program: '/opt/a b/bin/lca' }], installers: [{ deploymentId: 'd0', pid: 99 }], leftovers: [{ deploymentId: 'd0', sha256: 'abc' }],
    });
  });

  it('takes the version of lsb-release where there is no redhat-release', () => {
    assert.equal(parseHostReport(report.replace('redhat\t', 'other\t'), system)?.releaseVersion, '20.04');
  });

  it('takes a folder for foreign that somebody else owns, or may rename in', () => {
    const foreign = (mode: string, owner: number, real = '/srv'): boolean | undefined => parseHostReport(report
      .replace('staging.real\t/srv/my stage', `staging.real\t${real}`).replace('staging.list\tdrwxr-xr-x. 5 0 0', `staging.list\t${mode} 5 ${owner} 0`), system)?.staging.foreign;
    assert.deepEqual([foreign('drwx------', 1000), foreign('drwx------', 0), foreign('drwxrwxrwt', 0)], [false, false, false]);
    assert.deepEqual([foreign('drwx------', 1001), foreign('drwxrwxrwx', 1000), foreign('drwxrwx---', 1000)], [true, true, true]);
    assert.equal(foreign('drwxrwxrwx', 1001, '/srv/my stage'), false);
  });

  it('takes a report that was cut for none at all', () => {
    assert.equal(parseHostReport(report.replace('end\t', ''), system), undefined);
    assert.equal(parseHostReport('', system), undefined);
  });
});
