import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HostKeyQuestion } from '../../../src/protocol/service';
import { followDeployment, type ServiceClient } from '../../../src/service/client';
import { samples } from '../../support/samplePackages/samples';
import { writeLargeSample, writeSample } from '../../support/samplePackages/writeSample';
import { kill, noAnswers, useService } from '../../support/serviceProcess';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { until } from '../../support/until';

/** Long enough to be in the middle of it. */
const longImport = 40_000_000;

describe('the whole package service', () => {
  const service = useService();

  it('goes on with an import when its client leaves, and tells the next one how far it is', async () => {
    const path = await writeLargeSample(longImport, service.folder());
    const first = await service.connect();
    const { id } = await first.request('imports/start', { source: { method: 'archive', path }, group: 'Platform' });
    first.close();
    const second = await service.connect();
    assert.equal(second.status.pid, first.status.pid);
    const ended = await second.request('imports/wait', { id });
    assert.equal(ended.state, 'complete', JSON.stringify(ended.error));
    const [found] = await second.request('packages/list', {});
    assert.deepEqual([found?.group, found?.size], ['Platform', statSync(path).size]);
    assert.ok((await second.request('service/status', {})).memory.peak > 0);
  });

  it('removes what a download had written of a file when the service was killed', async () => {
    const path = await writeLargeSample(longImport, service.folder());
    const first = await service.connect();
    await first.request('imports/wait', await first.request('imports/start', { source: { method: 'archive', path } }).then(({ id }) => ({ id })));
    const [item] = await first.request('packages/list', {});
    assert.ok(item);
    const out = join(service.folder(), 'out');
    mkdirSync(out);
    await first.request('packages/download', { id: item.id, tenantId: item.tenantId, target: join(out, 'lca.tar.gz') });
    kill(first.status.pid, 'SIGKILL');
    assert.match(readdirSync(out).join(), /^\.lca\.tar\.gz\.[\da-f]+\.part$/);
    await (await service.connect()).request('packages/list', {});
    assert.deepEqual(readdirSync(out), []);
  });

  it('begins imports anew that its death interrupted', async () => {
    const path = await writeLargeSample(longImport, service.folder());
    const first = await service.connect();
    await first.request('imports/start', { source: { method: 'archive', path } });
    kill(first.status.pid, 'SIGKILL');
    const second = await service.connect();
    const [record] = await second.request('imports/list', {});
    assert.equal(record?.state, 'running');
    assert.equal((await second.request('imports/wait', { id: record.id })).state, 'complete');
    assert.equal((await second.request('packages/list', {})).length, 1);
  });

  it('knows nothing of relative paths: it is not where its client is', async () => {
    const client = await service.connect();
    await assert.rejects(client.request('imports/start', { source: { method: 'archive', path: 'package.tar.gz' } }), /no absolute path/);
  });

  describe('with a host', () => {
    let sshd: Sshd;
    before(async function () {
      needsSshd(this);
      sshd = await startSshd();
    });
    after(() => sshd.stop());

    const addPackageAndHost = async (client: ServiceClient): Promise<{ packageId: string; hostId: string }> => {
      const path = await writeSample(samples.lca, service.folder());
      const imported = await client.request('imports/wait', { id: (await client.request('imports/start', { source: { method: 'archive', path } })).id });
      const folder = (name: string): string => join(service.folder(), name);
      const host = await client.request('hosts/add', {
        name: 'eu-sip-04', address: sshd.address, port: sshd.port, user: sshd.user, authentication: { kind: 'key', keyFile: sshd.clientKey },
        stagingFolder: folder('staging'), lockFolder: folder('lock'),
      });
      return { packageId: imported.packageId!, hostId: host.id };
    };

    it('keeps a question of a deployment until somebody is there again to answer it', async () => {
      const asked: HostKeyQuestion[] = [];
      const first = await service.connect({ interactive: true, handlers: { ...noAnswers, confirmHostKey: (question) => {
        asked.push(question);
        return new Promise(() => undefined);
      } } });
      const { packageId, hostId } = await addPackageAndHost(first);
      const target = join(service.folder(), 'installed');
      const { id } = await first.request('deployments/start', {
        inputs: {
          packageId, tenantId: 'environment', profile: 'install', hostIds: [hostId], secretKeys: [], applicationName: '',
          values: [{ section: 'IPCommon', key: 'InstallPath', value: target }],
        },
        secrets: [],
      });
      await until(() => asked.length === 1, 'the question');
      first.close();

      const program = await service.connect();
      await until(async () => (await program.request('deployments/get', { id })).hosts[0]?.state === 'waiting', 'the deployment to wait');
      assert.equal((await program.request('service/status', {})).runningDeployments, 1);

      const second = await service.connect({ interactive: true, kind: 'editor', handlers: { ...noAnswers, confirmHostKey: (question) => {
        asked.push(question);
        return Promise.resolve('trust');
      } } });
      const steps: string[] = [];
      const followed = followDeployment(second, id, { onEvents: (events) => {
        for (const event of events) if (event.type === 'stepDone') steps.push(event.step);
      } });
      const deployment = await followed.ended;
      assert.equal(deployment.state, 'complete', JSON.stringify(deployment.hosts));
      assert.deepEqual(asked[1], asked[0]);
      assert.equal(new Set(steps).size, steps.length);
      assert.ok(steps.includes('install') && readdirSync(target).length > 0 && !existsSync(join(service.folder(), 'staging', id)));
      assert.match(deployment.startedBy, /.@./);
    });

    it('refuses an unknown host to a program that nobody watches', async () => {
      const watched = await service.connect({ interactive: true, handlers: { ...noAnswers, confirmHostKey: () => Promise.resolve('trust') } });
      const program = await service.connect();
      const { hostId } = await addPackageAndHost(watched);
      assert.equal((await program.request('hosts/test', { id: hostId })).contact?.state, 'key-unknown');
      assert.equal((await watched.request('hosts/test', { id: hostId })).contact?.state, 'reachable');
      assert.equal((await program.request('hosts/test', { id: hostId })).contact?.state, 'reachable');
    });
  });
});
