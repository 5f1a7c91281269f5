import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployedPackage } from '../../../src/core/deployment/model';
import type { PackageSummary } from '../../../src/core/packages/model';

import { useTemporaryFolder } from '../../support/temporaryFolder';
import { tarGzBytes } from '../../support/samplePackages/writeArchive';
import { addExamplePackage } from './support/examplePackage';
import { noQuestions, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHost } from './support/useDeployHost';

describe('the files of a deployed package', () => {
  const folder = useTemporaryFolder();
  let fixture: DeployFixture;
  let host: TestHost;
  let added: PackageSummary;
  let deployed: DeployedPackage;

  useDeployHost(folder, (parts) => {
    ({ fixture, host } = parts);
  });

  const request = () => ({ questions: noQuestions, acceptNewHostKey: true, signal: new AbortController().signal });
  const verify = (onProgress: (done: number, total: number) => void = () => undefined) => fixture.manager.verify(deployed.id, { ...request(), by: 'bob@desk', onProgress });
  const install = async (): Promise<void> => {
    // The example's installer copies; what the vendor's unpacks is put there by hand.
    const payload = { 'product': '#!/bin/sh\n', 'conf/product.conf': 'a=1\n', 'odd näme': 'x' };
    added = await addExamplePackage(fixture.repository, { files: { 'ip/data.tar.gz': await tarGzBytes(Object.entries(payload).map(([path, content]) => ({ path, content }))), 'ip/read_me.html': '<p>' } });
    assert.equal((await (await fixture.start(fixture.inputs(added, [host]))).ended).state, 'complete');
    mkdirSync(join(host.target, 'conf'));
    for (const [path, content] of Object.entries({ ...payload, 'read_me.html': '<p>' })) writeFileSync(join(host.target, path), content);
    [deployed] = await fixture.repository.listDeployedPackages() as [DeployedPackage];
  };

  it('are those of the package after an installation; what the installer made is extra and its backups are nothing', async () => {
    await install();
    mkdirSync(join(host.target, 'backup_2026-11-22_10-15-41'));
    writeFileSync(join(host.target, 'backup_2026-11-22_10-15-41/old.txt'), 'old');
    const progress: [number, number][] = [];
    const verified = await verify((done, total) => void progress.push([done, total]));
    assert.deepEqual([verified.verification?.differing, verified.verification?.by, verified.status], [0, 'bob@desk', 'complete']);
    const result = await fixture.repository.getVerification(deployed.id);
    assert.deepEqual([result?.compared, result?.changed, result?.missing, result?.extra, result?.extraCount], [6, [], [], ['run.sh'], 1]);
    assert.deepEqual([progress[0]?.[0], progress.at(-1)?.[0] === progress.at(-1)?.[1]], [0, true]);
  });

  it('are named where they are changed, missing or extra, and shown as they are and as they were', async () => {
    await install();
    writeFileSync(join(host.target, 'conf/product.conf'), 'a=2\n');
    writeFileSync(join(host.target, 'data.txt'), 'changed\n');
    writeFileSync(join(host.target, 'odd näme'), 'y');
    rmSync(join(host.target, 'product'));
    writeFileSync(join(host.target, 'server.log'), 'started\n');
    assert.equal((await verify()).verification?.differing, 4);
    const result = await fixture.repository.getVerification(deployed.id);
    assert.deepEqual([result?.changed, result?.missing, result?.extra], [['conf/product.conf', 'data.txt', 'odd näme'], ['product'], ['run.sh', 'server.log']]);
    assert.equal((await fixture.repository.listDeployedPackages())[0]?.verification?.differing, 4);

    const shown = async (path: string): Promise<readonly (string | undefined)[]> => {
      const { ofPackage, ofHost } = await fixture.manager.readInstalledFile(deployed.id, path, request());
      return [ofPackage, ofHost].map((bytes) => bytes && Buffer.from(bytes).toString());
    };
    assert.deepEqual(await shown('conf/product.conf'), ['a=1\n', 'a=2\n']);
    assert.deepEqual(await shown('data.txt'), ['content of 9.0.001.02\n', 'changed\n']);
    assert.deepEqual(await shown('product'), ['#!/bin/sh\n', undefined]);
    assert.deepEqual(await shown('server.log'), [undefined, 'started\n']);
    for (const path of ['ip_description.xml', '../staging', '/etc/passwd']) await assert.rejects(shown(path), { code: 'general/not-found' }, path);
    writeFileSync(join(host.target, 'server.log'), Buffer.alloc(2_200_000));
    await assert.rejects(shown('server.log'), { code: 'deploy/verify-file-long' });

    // The next deployment is another thing.
    await (await fixture.start(fixture.inputs(added, [host]))).ended;
    assert.equal((await fixture.repository.listDeployedPackages())[0]?.verification, undefined);
    await assert.rejects(verify(), { code: 'general/not-found' });
  });

  it('are all missing where the folder is gone; what cannot be read is called neither equal nor changed', async function () {
    await install();
    const before = fixture.repository.getVerification(deployed.id);
    assert.equal(await before, undefined);
    if (process.getuid?.() !== 0) {
      chmodSync(join(host.target, 'conf'), 0);
      await assert.rejects(verify(), { code: 'deploy/verify-unreadable' });
      chmodSync(join(host.target, 'conf'), 0o755);
    }
    rmSync(host.target, { recursive: true });
    assert.equal((await verify()).verification?.differing, 5);
  });

  it('cannot be verified while a deployment has the host, without the package, or where the host cannot be reached', async () => {
    await install();
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'slow' }));
    await run.stepBegins('install');
    await assert.rejects(verify(), { code: 'repository/host-busy', args: { package: 'Example Server 9.0.001.02', host: 'eu-sip-04' } });
    await fixture.manager.stop(run.id);
    mkdirSync(host.lock, { recursive: true });
    writeFileSync(join(host.lock, 'owner'), JSON.stringify({ user: 'eve', machine: 'elsewhere', deployment: 'd9', since: '2026-11-22T10:15:41.870Z' }));
    [deployed] = await fixture.repository.listDeployedPackages() as [DeployedPackage];
    await assert.rejects(verify(), { code: 'deploy/host-locked' });
    rmSync(host.lock, { recursive: true });

    await fixture.repository.editHost(host.host.id, { ...host.host, port: 1 });
    await assert.rejects(verify(), { code: 'host/connection-refused' });
    await fixture.repository.deletePackage(added.id, added.tenantId);
    await assert.rejects(verify(), { code: 'deploy/verify-package-gone' });
    assert.equal(await fixture.repository.getVerification(deployed.id), undefined);
  });
});
