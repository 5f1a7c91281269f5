import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageSummary } from '../../../src/core/packages/model';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage } from './support/examplePackage';
import { assertNothingLeft, createDeployFixture, plainShell, type DeployFixture } from './support/fixture';

describe('a deployment to a host whose file systems do not allow everything', () => {
  const folder = useTemporaryFolder();
  let fixture: DeployFixture;
  let added: PackageSummary;
  let sshd: Sshd | undefined;
  /** Outside of what a test mounts over. */
  let hostFolder = '';
  before(function () {
    needsSshd(this);
    if (process.getuid?.() !== 0) this.skip();
  });
  beforeEach(async () => {
    fixture = await createDeployFixture(folder());
    added = await addExamplePackage(fixture.repository);
    hostFolder = mkdtempSync('/var/tmp/gp-mounts-');
  });
  afterEach(async () => {
    await fixture.close();
    await sshd?.stop();
    sshd = undefined;
    rmSync(hostFolder, { recursive: true, force: true });
  });

  it('fails at its check where the target is read-only, and changes nothing', async () => {
    sshd = await startSshd({ ...plainShell, privateTmpfs: { sizeMB: 2, folder: '/mnt', mount: 'ro' } });
    const host = await fixture.addHost('read-only', sshd, { folder: hostFolder });
    const inputs = fixture.inputs(added, [host], { values: [{ section: 'IPCommon', key: 'InstallPath', value: '/mnt/genesys/example' }] });
    const [failed] = (await (await fixture.start(inputs)).ended).hosts;
    assert.deepEqual([failed?.state, failed?.step, failed?.error?.code, failed?.left, failed?.kept], ['failed', 'check', 'deploy/not-writable', [], undefined]);
    assert.deepEqual([failed?.error?.args['folder'], failed?.error?.args['existing']], ['/mnt/genesys/example', '/mnt']);
    assertNothingLeft(host);
  });

  it('fails at its check where programs cannot be run from /tmp, to which the vendor’s installer copies itself', async () => {
    sshd = await startSshd({ ...plainShell, privateTmpfs: { sizeMB: 20, folder: '/tmp', mount: 'noexec' } });
    const host = await fixture.addHost('no-exec', sshd, { folder: hostFolder });
    const [failed] = (await (await fixture.start(fixture.inputs(added, [host]))).ended).hosts;
    assert.deepEqual([failed?.state, failed?.step, failed?.error?.code, failed?.left, failed?.kept], ['failed', 'check', 'deploy/noexec', [], undefined]);
    assert.deepEqual([failed?.error?.args['folder'], failed?.error?.args['mount']], ['/tmp', '/tmp']);
    assert.deepEqual(readdirSync(sshd.pathSeenByTest('/tmp')), []);
  });

  it('fails at its check where programs cannot be run from the staging folder, and names it', async () => {
    sshd = await startSshd({ ...plainShell, privateTmpfs: { sizeMB: 20, folder: '/mnt', mount: 'noexec' } });
    const host = await fixture.addHost('no-exec', sshd, { folder: '/mnt/host' });
    const inputs = fixture.inputs(added, [host], { values: [{ section: 'IPCommon', key: 'InstallPath', value: join(hostFolder, 'target') }] });
    const [failed] = (await (await fixture.start(inputs)).ended).hosts;
    assert.deepEqual([failed?.step, failed?.error?.code, failed?.error?.args['mount']], ['check', 'deploy/noexec', '/mnt']);
    assertNothingLeft(host);
  });
});
