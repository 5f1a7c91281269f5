import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployedPackage } from '../../../src/core/deployment/model';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { noQuestions } from './support/fixture';
import { useWindowsHost, type WindowsHost } from './support/useWindowsHost';

const target = 'C:\\GCTI\\Example';

describe('the files of a package that is deployed on a Windows host', () => {
  const folder = useTemporaryFolder();
  let parts: WindowsHost;
  let deployed: DeployedPackage;
  useWindowsHost(folder, (given) => { parts = given; });

  const request = () => ({ questions: noQuestions, acceptNewHostKey: true, signal: new AbortController().signal });
  const verify = async () => {
    const { verification } = await parts.fixture.manager.verify(deployed.id, { ...request(), by: 'bob@desk', onProgress: () => undefined });
    return { differing: verification?.differing, ...await parts.fixture.repository.getVerification(deployed.id) };
  };
  const put = (path: string, content: string): void => writeFileSync(join(parts.host.target, path), content);
  beforeEach(async () => {
    const added = await parts.addPackage({ files: { 'ip/data1.cab': 'cabinet', 'ip/Setup.ini': 'x', 'ip/conf/ü.cfg': 'a=1\n' } });
    const run = await parts.fixture.start(parts.fixture.inputs(added, [parts.host], { values: [{ section: 'IPCommon', key: 'InstallPath', value: target }] }));
    assert.equal((await run.ended).state, 'complete', parts.fixture.log.join('\n'));
    [deployed] = await parts.fixture.repository.listDeployedPackages() as [DeployedPackage];
    mkdirSync(join(parts.host.target, 'conf'));
    put('conf/ü.cfg', 'a=1\n');
  });

  it('are those of the package as far as it tells; what setup.exe unpacks is extra, its backups are nothing, its own files are not looked for', async () => {
    put('product.exe', 'MZ');
    mkdirSync(join(parts.host.target, 'backup_2026-11-22_10-15-41'));
    put('backup_2026-11-22_10-15-41/old.txt', 'old');
    const { differing, compared, changed, missing, extra, partial } = await verify();
    assert.deepEqual([differing, compared, changed, missing, extra, partial], [0, 3, [], [], ['product.exe'], true]);
  });

  it('are named where they are changed or missing, and shown as they are and as they were', async () => {
    put('conf/ü.cfg', 'a=2\n');
    rmSync(join(parts.host.target, 'ip_description.xml'));
    const { differing, changed, missing } = await verify();
    assert.deepEqual([differing, changed, missing], [2, ['conf/ü.cfg'], ['ip_description.xml']]);
    const { ofPackage, ofHost } = await parts.fixture.manager.readInstalledFile(deployed.id, 'conf/ü.cfg', request());
    assert.deepEqual([ofPackage, ofHost].map((bytes) => bytes && Buffer.from(bytes).toString()), ['a=1\n', 'a=2\n']);
  });

  it('are not all right where the folder is gone', async () => {
    rmSync(parts.host.target, { recursive: true });
    const { differing, missing, compared } = await verify();
    assert.deepEqual([differing, missing, compared], [1, ['ip_description.xml'], 0]);
  });

  it('are not read while another deployment has locked the host', async () => {
    mkdirSync(parts.host.lock, { recursive: true });
    writeFileSync(join(parts.host.lock, 'owner'), JSON.stringify({ user: 'eve', machine: 'elsewhere', deployment: 'd9', since: '2026-11-22T10:15:41.870Z' }));
    await assert.rejects(verify(), { code: 'deploy/host-locked' });
  });
});
