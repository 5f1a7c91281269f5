import * as assert from 'node:assert/strict';
import type { DeploymentEventBody } from '../../../../src/core/deployment/model';
import { importSample, sampleBytes, sampleDeployment, sampleHost, sampleInputs } from '../samples';
import { refuses, startedDeployment, type ContractSession } from './session';

/** Deployments and their events. */
export function describeDeployments(session: ContractSession): void {
  describe('deployments', () => {
    it('keeps inputs, events with their order, and the state that follows from them', async () => {
      const { host, summary, deployment } = await startedDeployment(session);
      assert.equal(deployment.state, 'running');
      assert.deepEqual(await session.repository.getDeploymentInputs(deployment.id), sampleInputs(summary, [host.id]));
      const bodies: DeploymentEventBody[] = [
        { type: 'hostStarted', host: host.id },
        { type: 'stepStarted', host: host.id, step: 'connect' },
        { type: 'output', host: host.id, stream: 'stdout', text: 'zwölf “lines”\n\u0000' },
        { type: 'stepDone', host: host.id, step: 'connect' },
      ];
      const stored = await session.repository.appendDeploymentEvents(deployment.id, bodies);
      assert.deepEqual(stored.map(({ sequence }) => sequence), [1, 2, 3, 4]);
      assert.deepEqual(stored.map(({ sequence: _, at: __, ...body }) => body), bodies);
      const running = await session.repository.getDeployment(deployment.id);
      assert.deepEqual({ state: running.hosts[0]?.state, step: running.hosts[0]?.step }, { state: 'running', step: 'connect' });
      await session.reopen();
      assert.deepEqual(await session.repository.getDeployment(deployment.id), running);
      assert.deepEqual(await session.repository.readDeploymentEvents(deployment.id, 0, 1000), stored);
      assert.deepEqual(await session.repository.readDeploymentEvents(deployment.id, 1, 2), stored.slice(1, 3));
      assert.deepEqual(await session.repository.readDeploymentEvents(deployment.id, 4, 10), []);
      const [next] = await session.repository.appendDeploymentEvents(deployment.id, [{ type: 'stepSkipped', host: host.id, step: 'transfer', reason: 'equal-content' }]);
      assert.equal(next?.sequence, 5);
      await session.repository.appendDeploymentEvents(deployment.id, [
        { type: 'hostEnded', host: host.id, state: 'complete', left: [] }, { type: 'ended', state: 'complete' },
      ]);
      const ended = await session.repository.getDeployment(deployment.id);
      assert.deepEqual({ state: ended.state, percent: ended.percent }, { state: 'complete', percent: 100 });
      await session.reopen();
      assert.deepEqual(await session.repository.listDeployments(), [ended]);
    });

    it('numbers events of calls at the same time without gaps, in the order of the calls', async () => {
      const { host, deployment } = await startedDeployment(session);
      const calls = Array.from({ length: 40 }, (_, i) =>
        session.repository.appendDeploymentEvents(deployment.id, [{ type: 'output', host: host.id, stream: 'stdout', text: `line ${i}` }]));
      const stored = (await Promise.all(calls)).flat();
      assert.deepEqual(stored.map(({ sequence }) => sequence), Array.from({ length: 40 }, (_, i) => i + 1));
      assert.deepEqual(await session.repository.readDeploymentEvents(deployment.id, 0, 100), stored);
    });

    it('refuses two deployments at work on one host, also when one is resumed', async () => {
      const { summary, host, deployment } = await startedDeployment(session);
      await refuses('repository/host-busy', session.repository.addDeployment(sampleDeployment(summary, [host])));
      await session.repository.appendDeploymentEvents(deployment.id, [
        { type: 'hostEnded', host: host.id, state: 'interrupted', left: [] }, { type: 'ended', state: 'interrupted' },
      ]);
      const second = await session.repository.addDeployment(sampleDeployment(summary, [host]));
      await refuses('repository/host-busy', session.repository.appendDeploymentEvents(deployment.id, [{ type: 'resumed', by: 'olga@desk', hosts: [host.id] }]));
      assert.equal((await session.repository.getDeployment(deployment.id)).state, 'interrupted');
      await session.repository.appendDeploymentEvents(second.id, [
        { type: 'hostEnded', host: host.id, state: 'failed', left: [] }, { type: 'ended', state: 'failed' },
      ]);
      await session.repository.appendDeploymentEvents(deployment.id, [{ type: 'resumed', by: 'olga@desk', hosts: [host.id] }]);
      assert.equal((await session.repository.getDeployment(deployment.id)).state, 'running');
      await session.reopen();
      assert.equal((await session.repository.getDeployment(deployment.id)).state, 'running');
      await refuses('repository/host-busy', session.repository.addDeployment(sampleDeployment(summary, [host])));
    });

    it('lets only one of two deployments at the same moment have a host', async () => {
      const host = await session.repository.addHost(sampleHost('alpha'));
      const summary = await importSample(session.repository, sampleBytes(10, 'busy'));
      const results = await Promise.allSettled([1, 2].map(() => session.repository.addDeployment(sampleDeployment(summary, [host]))));
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    });

    it('says beside the package when its last deployment did not end well', async () => {
      const { host, summary, deployment } = await startedDeployment(session);
      const end = (id: string, state: 'failed' | 'unknown' | 'complete') => session.repository.appendDeploymentEvents(id, [
        { type: 'hostEnded', host: host.id, state, left: [] }, { type: 'ended', state: state === 'complete' ? 'complete' : 'failed' },
      ]);
      const shown = async () => (await session.repository.listPackages())[0]?.lastDeployment;
      assert.equal(await shown(), undefined);
      await end(deployment.id, 'failed');
      assert.equal(await shown(), 'failed');
      await end((await session.repository.addDeployment(sampleDeployment(summary, [host]))).id, 'unknown');
      assert.equal(await shown(), 'unknown');
      await end((await session.repository.addDeployment(sampleDeployment(summary, [host]))).id, 'complete');
      assert.equal(await shown(), undefined);
    });

    it('refuses events and questions about a deployment that does not exist', async () => {
      await refuses('general/not-found', session.repository.getDeployment('nothing'));
      await refuses('general/not-found', session.repository.getDeploymentInputs('nothing'));
      await refuses('general/not-found', session.repository.readDeploymentEvents('nothing', 0, 10));
      await refuses('general/not-found', session.repository.appendDeploymentEvents('nothing', [{ type: 'ended', state: 'complete' }]));
    });
  });
}
