import { deepEqual, equal } from 'node:assert/strict';
import type { HostPlanView } from '../../../../src/core/deployment/planView';
import { diffRows, hostRows } from '../../../../src/extension/pages/deployWizard/hostRows';
import { makePlan } from '../../../../src/extension/pages/deployWizard/makePlan';
import { emptyStock } from '../../../../src/core/packages/stock';
import { createSecretKeeper } from '../../../../src/extension/questions/secretKeeper';
import type { RepositorySnapshot } from '../../../../src/extension/repositoryState';
import { exampleInputs } from '../../core/deployment/examples';
import { createFakeService } from '../fakeService';
import { createMemento } from '../memento';
import { sampleDeployed, sampleDeployment, sampleHost, sampleRun } from '../sampleLists';

const lists: RepositorySnapshot = {
  access: undefined, tenants: [], packages: emptyStock, templates: [], imports: [], applications: [], connection: 'online', problem: undefined, known: new Set(), readOnly: undefined, asOf: undefined,
  hosts: [sampleHost({ id: 'h1' }), sampleHost({ id: 'h2', port: 2222 })],
  deployedPackages: [
    sampleDeployed({ id: 'a', hostId: 'h1', at: '2026-01-01T00:00:00.000Z', package: { ...sampleDeployed({ id: 'x' }).package, version: '8.5.1.0' } }),
    sampleDeployed({ id: 'b', hostId: 'h1', at: '2026-02-01T00:00:00.000Z', package: { ...sampleDeployed({ id: 'x' }).package, version: '8.5.2.0' } }),
    sampleDeployed({ id: 'c', hostId: 'h2', status: 'failed' }),
    sampleDeployed({ id: 'd', hostId: 'h2', package: { ...sampleDeployed({ id: 'x' }).package, name: 'Other' } }),
  ],
  deployments: [sampleDeployment({ id: 'd1', hosts: [sampleRun({ hostId: 'h1', state: 'complete' }), sampleRun({ hostId: 'h2', state: 'waiting' })] })],
};

describe('the rows of the host table', () => {
  it('say what is installed last, what works on the host, and what is tested', () => {
    const [first, second] = hostRows(lists, { name: 'Local Control Agent' }, { testing: new Set(['h1']), locale: 'en', ownTags: [] });
    deepEqual([first?.installed, first?.busy, first?.testing], ['8.5.2.0', undefined, true]);
    deepEqual([second?.installed, second?.busy, second?.address], [undefined, 'Install Local Control Agent 8.5.100.37', '10.20.4.31:2222']);
  });

  it('are told by what differs alone', () => {
    const rows = hostRows(lists, { name: 'x' }, { testing: new Set(), locale: 'en', ownTags: [] });
    equal(diffRows(rows, [...rows]), undefined);
    const [first] = rows;
    deepEqual(diffRows(rows, [{ ...first!, name: 'new' }]), { rows: [{ ...first!, name: 'new' }], removed: ['h2'] });
  });
});

describe('the plan of the wizard', () => {
  const view = (hostId: string): HostPlanView => ({
    hostId, hostName: hostId, applicationName: 'A', problems: [], warnings: [], files: 1, bytes: 1, sent: 1, backups: [], space: [], application: { change: 'create', values: [] }, silentIni: '', commands: [],
    ...(hostId === 'h7' && { error: { code: 'host/unreachable', args: { host: 'h7', address: 'x', port: 22, reason: 'no' } } }),
  });

  it('asks every host for itself, five at a time, counts each answer, and keeps their order', async () => {
    const service = createFakeService();
    const hostIds = Array.from({ length: 12 }, (_, i) => `h${i}`);
    let asking = 0;
    let most = 0;
    const asked: unknown[] = [];
    service.answer('deployments/check', () => [{ code: 'x', message: 'Careful.', severity: 'warning' }, { code: 'x', message: 'Careful.', severity: 'warning' }]);
    service.answer('deployments/plan', async (inputs) => {
      most = Math.max(most, ++asking);
      asked.push(inputs.hostIds, inputs.hostValues, inputs.hostApplications?.length);
      await new Promise((resolve) => setImmediate(resolve));
      asking -= 1;
      return { hash: inputs.hostIds.join(), at: '', hosts: [view(inputs.hostIds[0] ?? '')] };
    });
    const counted: number[] = [];
    const inputs = exampleInputs({ hostIds, hostValues: [{ hostId: 'h0', section: 'A', key: 'B', value: '1' }], hostApplications: hostIds.map((hostId) => ({ hostId, name: hostId })) });
    const plan = await makePlan(service, inputs, { locale: 'en', known: new Map(), basisOf: (id) => id, onDone: (done) => counted.push(done) });
    equal(most, 5);
    deepEqual(counted, hostIds.map((_, i) => i + 1));
    deepEqual(plan.hosts.map(({ hostId }) => hostId), hostIds);
    deepEqual(asked.slice(0, 6), [['h0'], [{ hostId: 'h0', section: 'A', key: 'B', value: '1' }], 1, ['h1'], [], 1]);
    deepEqual([plan.problems, plan.warnings], [[], ['Careful.']]);
    deepEqual(plan.parts, hostIds);
    equal(plan.hosts[7]?.error?.message.startsWith('h7 cannot be reached'), true);
    equal((await makePlan(service, inputs, { locale: 'fr', known: new Map(), basisOf: (id) => id, onDone: () => undefined })).hash, plan.hash);
  });
});

describe('a secret for one deployment', () => {
  it('is asked once while the deployment is prepared, and nowhere after it', async () => {
    const stored = new Map<string, string>();
    const keeper = createSecretKeeper({ get: (key) => Promise.resolve(stored.get(key)), store: (key, value) => Promise.resolve(void stored.set(key, value)), delete: (key) => Promise.resolve(void stored.delete(key)) }, createMemento());
    const kept = { id: 'password:a@b', label: 'Password' };
    await keeper.keep(kept, 'secret', 'deployment');
    equal(await keeper.find(kept.id), undefined, 'nobody prepares one');
    const [endFirst, endSecond] = [keeper.beginDeployment(), keeper.beginDeployment()];
    await keeper.keep(kept, 'secret', 'deployment');
    equal(await keeper.find(kept.id), 'secret');
    deepEqual([keeper.list(), stored.size], [[], 0]);
    endFirst();
    endFirst();
    equal(await keeper.find(kept.id), 'secret', 'the other one goes on');
    endSecond();
    equal(await keeper.find(kept.id), undefined);
    const end = keeper.beginDeployment();
    await keeper.keep(kept, 'secret', 'deployment');
    await keeper.forget(kept.id);
    equal(await keeper.find(kept.id), undefined, 'refused by the host');
    end();
  });
});
