import * as assert from 'node:assert/strict';
import { environmentTenant } from '../../../../src/core/packages/model';
import { importSample, sampleApplication, sampleBytes, sampleDeployed, sampleHost } from '../samples';
import { refuses, startedDeployment, type ContractSession } from './session';

/** Tenants, hosts, and what is installed on them. */
export function describeHosts(session: ContractSession): void {
  describe('tenants', () => {
    it('has the environment from the start', async () => {
      assert.deepEqual(await session.repository.listTenants(), [environmentTenant]);
    });

    it('adds tenants below others and refuses a name in any case', async () => {
      const first = await session.repository.addTenant('Contact Centre', environmentTenant.id);
      assert.deepEqual({ name: first.name, parentId: first.parentId }, { name: 'Contact Centre', parentId: environmentTenant.id });
      await refuses('repository/name-taken', session.repository.addTenant('CONTACT centre', environmentTenant.id));
      await refuses('repository/name-taken', session.repository.addTenant('environment', environmentTenant.id));
      await refuses('general/not-found', session.repository.addTenant('Other', 'nobody'));
      await session.reopen();
      assert.deepEqual(await session.repository.listTenants(), [environmentTenant, first]);
    });
  });

  describe('hosts', () => {
    it('adds, edits and removes hosts; names are unique in any case', async () => {
      const alpha = await session.repository.addHost(sampleHost('alpha'));
      const beta = await session.repository.addHost(sampleHost('Beta', { authentication: { kind: 'agent' }, port: 2222, stagingFolder: '/data/stage' }));
      await refuses('repository/name-taken', session.repository.addHost(sampleHost('ALPHA')));
      await refuses('repository/name-taken', session.repository.editHost(beta.id, sampleHost('Alpha')));
      const renamed = await session.repository.editHost(alpha.id, sampleHost('ALPHA', { address: alpha.address, user: 'root' }));
      await session.reopen();
      assert.deepEqual(await session.repository.listHosts(), [renamed, beta]);
      assert.deepEqual(await session.repository.getHost(beta.id), {
        id: beta.id, tenantId: environmentTenant.id, ...sampleHost('Beta', { authentication: { kind: 'agent' }, port: 2222, stagingFolder: '/data/stage' }), tags: [], protectedBy: [],
      });
      await session.repository.removeHost(alpha.id);
      await refuses('general/not-found', session.repository.getHost(alpha.id));
      await refuses('general/not-found', session.repository.editHost(alpha.id, sampleHost('gamma')));
    });

    it('keeps the last contact, and what the host is until it lies elsewhere', async () => {
      const { id } = await session.repository.addHost(sampleHost('alpha'));
      const system = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Red Hat Enterprise Linux 8.6' } as const;
      await session.repository.recordHostContact(id, { state: 'reachable', at: '2024-03-01T10:00:00.000Z' }, system);
      const later = await session.repository.recordHostContact(id, { state: 'unreachable', at: '2024-03-02T10:00:00.000Z', error: { code: 'general/cancelled', args: {} } });
      assert.deepEqual(later.system, system);
      assert.deepEqual(later.contact, { state: 'unreachable', at: '2024-03-02T10:00:00.000Z', error: { code: 'general/cancelled', args: {} } });
      const same = await session.repository.editHost(id, sampleHost('alpha', { user: 'root' }));
      assert.deepEqual(same.system, system);
      const moved = await session.repository.editHost(id, sampleHost('alpha', { address: '10.0.0.9' }));
      assert.deepEqual([moved.system, moved.contact], [undefined, undefined]);
    });

    it('keeps host keys by address and port, once each, until the last host there is removed', async () => {
      const first = await session.repository.addHost(sampleHost('alpha', { address: 'Node.example.org', port: 2222 }));
      const second = await session.repository.addHost(sampleHost('beta', { address: 'node.example.org', port: 2222 }));
      const key = { address: 'node.example.org', port: 2222, type: 'ssh-ed25519', key: 'AAAAC3Nza' };
      await session.repository.addHostKey(key);
      await session.repository.addHostKey(key);
      await session.repository.addHostKey({ ...key, type: 'ssh-rsa', key: 'AAAAB3Nza' });
      await session.repository.addHostKey({ ...key, port: 22 });
      assert.deepEqual(await session.repository.listHostKeys('NODE.example.org', 2222), [key, { ...key, type: 'ssh-rsa', key: 'AAAAB3Nza' }]);
      await session.repository.removeHost(first.id);
      assert.equal((await session.repository.listHostKeys('node.example.org', 2222)).length, 2);
      await session.repository.editHost(second.id, sampleHost('beta', { address: 'other.example.org', port: 2222 }));
      assert.deepEqual(await session.repository.listHostKeys('node.example.org', 2222), []);
      assert.equal((await session.repository.listHostKeys('node.example.org', 22)).length, 1);
    });

    it('refuses to remove a host while a deployment to it runs; later its objects go with it', async () => {
      const { host, summary, deployment } = await startedDeployment(session);
      const application = sampleApplication(host.id);
      await session.repository.recordDeployedPackage(sampleDeployed(summary, application), application);
      await refuses('repository/host-in-use', session.repository.removeHost(host.id));
      await session.repository.appendDeploymentEvents(deployment.id, [
        { type: 'hostEnded', host: host.id, state: 'complete', left: [] }, { type: 'ended', state: 'complete' },
      ]);
      await session.repository.removeHost(host.id);
      assert.deepEqual(await session.repository.listApplications(), []);
      assert.deepEqual(await session.repository.listDeployedPackages(), []);
      assert.equal((await session.repository.listDeployments()).length, 1);
    });
  });

  describe('applications and deployed packages', () => {
    it('saves, replaces and removes application objects', async () => {
      const host = await session.repository.addHost(sampleHost('alpha'));
      const application = sampleApplication(host.id);
      await session.repository.saveApplication(application);
      const changed = { ...application, version: '9', options: {}, tenantObject: 'Branch', port: '', primaryServer: 'cs_new', backupServer: '' };
      await session.repository.saveApplication(changed);
      await refuses('general/not-found', session.repository.saveApplication(sampleApplication('nobody', { id: 'application-2' })));
      await session.reopen();
      assert.deepEqual(await session.repository.listApplications(), [changed]);
      assert.deepEqual(await session.repository.findApplication('LCA_alpha', host.id), changed);
      assert.equal(await session.repository.findApplication('LCA_alpha', 'other'), undefined);
      await session.repository.removeApplication(application.id);
      assert.deepEqual(await session.repository.listApplications(), []);
      await refuses('general/not-found', session.repository.removeApplication(application.id));
    });

    it('records what is installed for an application on a host, once', async () => {
      const host = await session.repository.addHost(sampleHost('alpha'));
      const summary = await importSample(session.repository, sampleBytes(10, 'deployed'));
      const application = sampleApplication(host.id);
      await session.repository.saveApplication(application);
      const failed = await session.repository.recordDeployedPackage(sampleDeployed(summary, application, { status: 'failed' }), application);
      const complete = await session.repository.recordDeployedPackage(sampleDeployed(summary, application), application);
      assert.notEqual(failed.id, complete.id);
      await session.reopen();
      assert.deepEqual(await session.repository.listDeployedPackages(), [complete]);
      assert.deepEqual(await session.repository.listApplications(), [{ ...application, state: 'enabled' }]);
      assert.deepEqual(await session.repository.getDeployedPackage(complete.id), complete);
      await refuses('general/not-found', session.repository.getDeployedPackage(failed.id));
      await session.repository.deletePackage(summary.id, environmentTenant.id);
      assert.deepEqual(await session.repository.listDeployedPackages(), [complete]);
    });

    it('records plug-ins beside the program of an application object, each once and with what is left to do', async () => {
      const host = await session.repository.addHost(sampleHost('alpha'));
      const summary = await importSample(session.repository, sampleBytes(10, 'program'));
      const application = sampleApplication(host.id);
      const filesToCopy = { from: '/opt/plug-in', files: ['lib/a.jar'], gaxDirectory: '/opt/gax' };
      const program = await session.repository.recordDeployedPackage(sampleDeployed(summary, application), application);
      await session.repository.recordDeployedPackage(sampleDeployed(summary, application, { plugIn: 'one' }), application);
      const one = await session.repository.recordDeployedPackage(sampleDeployed(summary, application, { plugIn: 'one', filesToCopy }), application);
      const two = await session.repository.recordDeployedPackage(sampleDeployed(summary, application, { plugIn: 'two' }), application);
      await session.reopen();
      assert.deepEqual(new Set(await session.repository.listDeployedPackages()), new Set([program, one, two]));
      const counts = [undefined, 'one', 'two', 'three'].map(async (plugIn) => (await session.repository.listInstallations(application.id, plugIn)).length);
      assert.deepEqual(await Promise.all(counts), [1, 2, 1, 0]);

      // A person has copied them: marked once or twice, nothing is left to do, and nothing else changes.
      const { filesToCopy: _, ...done } = one;
      assert.deepEqual([await session.repository.clearFilesToCopy(one.id), await session.repository.clearFilesToCopy(one.id)], [done, done]);
      await session.reopen();
      assert.deepEqual(new Set(await session.repository.listDeployedPackages()), new Set([program, done, two]));
      await refuses('general/not-found', session.repository.clearFilesToCopy('deployed-none'));
    });

    it('keeps what was installed for an application object, newest first, also when its package goes or its host is renamed', async () => {
      const host = await session.repository.addHost(sampleHost('alpha'));
      const other = await session.repository.addHost(sampleHost('beta'));
      const older = await importSample(session.repository, sampleBytes(10, 'older'), { version: '1' });
      const newer = await importSample(session.repository, sampleBytes(10, 'newer'), { version: '2' });
      const application = sampleApplication(host.id);
      const elsewhere = sampleApplication(other.id, { id: 'application-2', name: 'URS' });
      await session.repository.saveApplication(elsewhere);
      await session.repository.recordDeployedPackage(sampleDeployed(older, application), application);
      const renamed = { ...application, name: 'LCA_new' };
      const replaced = [{ part: 'field' as const, section: '', key: 'port', before: '4998', after: '4999' }];
      await session.repository.recordDeployedPackage(
        sampleDeployed(newer, renamed, { profile: 'upgrade', by: 'claire@desk', deploymentId: 'deployment-2' }), renamed, { replaced, others: [{ ...elsewhere, connections: { LCA_new: {} } }] },
      );
      await session.repository.recordDeployedPackage(sampleDeployed(older, renamed, { status: 'failed', deploymentId: 'deployment-3' }), renamed);
      await session.repository.deletePackage(older.id, environmentTenant.id);
      await session.repository.editHost(host.id, sampleHost('gamma'));
      await session.reopen();
      const history = await session.repository.listInstallations(application.id);
      assert.deepEqual(history.map((one) => [one.package.version, one.profile, one.by, one.deploymentId, one.applicationName, one.hostName, one.replaced]), [
        ['2', 'upgrade', 'claire@desk', 'deployment-2', 'LCA_new', 'gamma', replaced], ['1', 'install', 'olga@desk', 'deployment-1', 'LCA_alpha', 'gamma', []],
      ]);
      assert.deepEqual((await session.repository.getApplication(elsewhere.id))?.connections, { LCA_new: {} });
      assert.equal(await session.repository.getApplication('nothing'), undefined);
      await session.repository.removeHost(host.id);
      assert.deepEqual(await session.repository.listInstallations(application.id), []);
    });
  });
}
