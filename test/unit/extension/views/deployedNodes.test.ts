import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Deployment } from '../../../../src/core/deployment/model';
import { deployedNodes, openDeployments } from '../../../../src/extension/views/nodes/deployedNodes';
import { createNodeContext } from '../../../../src/extension/views/nodes/nodeContext';
import type { ViewNode } from '../../../../src/extension/views/nodes/viewNode';
import { sampleDeployed, sampleDeployment, sampleRun } from '../sampleLists';

const english = createNodeContext('en', () => undefined, 'UTC');
const french = createNodeContext('fr', () => undefined, 'UTC');
const nobody: ReadonlySet<string> = new Set();

function outline(nodes: readonly ViewNode[], depth = 0): string[] {
  return nodes.flatMap((node) => [`${'  '.repeat(depth)}${node.label} [${node.description}] ${node.icon.id}`, ...outline(node.children, depth + 1)]);
}

const running = sampleDeployment({
  id: 'd1', percent: 54,
  hosts: [
    sampleRun({ hostId: 'h1', hostName: 'eu-mcp-01', state: 'complete', percent: 100 }),
    sampleRun({ hostId: 'h2', hostName: 'eu-mcp-02', state: 'failed', step: 'install' }),
    sampleRun({ hostId: 'h3', hostName: 'eu-mcp-03', state: 'running', step: 'transfer', stepPercent: 61.5 }),
    sampleRun({ hostId: 'h4', hostName: 'eu-mcp-04', state: 'queued' }),
    sampleRun({ hostId: 'h5', hostName: 'eu-mcp-05', state: 'unknown', step: 'install' }),
  ],
});

describe('the tree of deployed packages', () => {
  it('says how many files of a deployed package differ, beside how its deployment went', () => {
    const at = { at: '2026-11-22T10:15:41.870Z', by: 'ana@desk' };
    const nodes = deployedNodes({
      deployments: [],
      deployedPackages: [
        sampleDeployed({ id: 'r1', applicationId: 'a1', verification: { ...at, differing: 3 } }),
        sampleDeployed({ id: 'r2', applicationId: 'a2', verification: { ...at, differing: 0 } }),
        sampleDeployed({ id: 'r3', applicationId: 'a3', status: 'failed', verification: { ...at, differing: 1 } }),
      ],
    }, new Set(), createNodeContext('en', () => undefined, 'UTC'));
    deepEqual(nodes[0]?.children.flatMap(({ children }) => children).map(({ description, icon }) => [description, icon.id]), [
      ['8.5.100.37 · 3 files differ', 'warning'], ['8.5.100.37', 'package'], ['8.5.100.37 · Last deployment failed · 1 file differs', 'error'],
    ]);
  });

  it('has no row when nothing runs and nothing is deployed', () => {
    deepEqual(deployedNodes({ deployments: [sampleDeployment({ id: 'd', state: 'complete' })], deployedPackages: [] }, nobody, english), []);
  });

  it('shows a running deployment with the state of each host on top, then host, application and package', () => {
    const deployedPackages = [
      sampleDeployed({ id: 'x2', hostId: 'h2', hostName: 'eu-mcp-02', applicationId: 'a2', applicationName: 'LCA_eu-mcp-02', status: 'unknown' }),
      sampleDeployed({ id: 'x1' }),
    ];
    deepEqual(outline(deployedNodes({ deployments: [running], deployedPackages }, nobody, english)), [
      'In progress [1] sync~spin',
      '  Install Local Control Agent 8.5.100.37 [54\u00a0%] rocket',
      '    eu-mcp-01 [Complete] pass-filled',
      '    eu-mcp-02 [Failed: Install] error',
      '    eu-mcp-03 [Transfer 61\u00a0%] sync~spin',
      '    eu-mcp-04 [Waiting] watch',
      '    eu-mcp-05 [Unknown: connection lost during Install] question',
      'eu-mcp-01 [1] vm',
      '  LCA_eu-mcp-01 [] server-process',
      '    Local Control Agent [8.5.100.37] package',
      'eu-mcp-02 [1] vm',
      '  LCA_eu-mcp-02 [] server-process',
      '    Local Control Agent [8.5.100.37 · Unknown: connection lost] question',
    ]);
  });

  it('says that a deployment is paused, failed or held, and offers what can be done by it', () => {
    const hosts = [
      sampleRun({ hostId: 'h1', hostName: 'a', state: 'failed', step: 'check' }), sampleRun({ hostId: 'h2', hostName: 'b', state: 'queued' }),
      sampleRun({ hostId: 'h3', hostName: 'c', state: 'held', reason: 'others-failed' }),
    ];
    const nodeOf = (change: Partial<Deployment>) => deployedNodes({ deployments: [sampleDeployment({ percent: 10, hosts, ...change, id: 'd' })], deployedPackages: [] }, nobody, english)[0]?.children[0];
    const paused = nodeOf({ paused: true });
    deepEqual([paused?.icon.id, paused?.description, paused?.contextValue], ['debug-pause', 'Paused · 10\u00a0% · 1 host held', 'deployment.running.paused.held.failures']);
    deepEqual(paused?.children.map(({ contextValue, description }) => [contextValue, description]), [
      ['hostRun.failed', 'Failed: Check'], ['hostRun.paused', 'Paused'], ['hostRun.held', 'Held: other hosts failed'],
    ]);
    equal(nodeOf({ state: 'failed' })?.contextValue, 'deployment.failed.held');
    deepEqual([nodeOf({ state: 'held' })?.description, nodeOf({ state: 'held' })?.contextValue], ['1 host held', 'deployment.held.held']);
  });

  it('speaks French', () => {
    const [inProgress] = deployedNodes({ deployments: [running], deployedPackages: [] }, nobody, french);
    deepEqual(outline(inProgress === undefined ? [] : [inProgress]).slice(0, 5), [
      'En cours [1] sync~spin',
      '  Installer Local Control Agent 8.5.100.37 [54\u00a0%] rocket',
      '    eu-mcp-01 [Terminé] pass-filled',
      '    eu-mcp-02 [Échec\u00a0: Installation] error',
      '    eu-mcp-03 [Transfert 61\u00a0%] sync~spin',
    ]);
  });

  it('marks the whole row of running work when a host waits for a person', () => {
    const waiting = sampleDeployment({ id: 'd1', percent: 10, hosts: [sampleRun({ hostId: 'h1', state: 'waiting', question: 'password' })] });
    const [inProgress] = deployedNodes({ deployments: [waiting], deployedPackages: [] }, nobody, english);
    ok(inProgress !== undefined);
    equal(inProgress.icon.id, 'bell-dot');
    deepEqual(outline(inProgress.children), [
      'Install Local Control Agent 8.5.100.37 [10\u00a0% · Waits for you] rocket',
      '  h1 [Waits for you: password] bell-dot',
    ]);
  });

  it('names the error and what was left on the host in the tooltip of a host, and opens its log', () => {
    const error = { code: 'general/unexpected', args: { message: 'disk * full' } } as const;
    const failed = sampleDeployment({ id: 'd1', state: 'failed', hosts: [sampleRun({ hostId: 'h1', state: 'failed', step: 'transfer', error, left: ['/var/tmp/x'] })] });
    const host = deployedNodes({ deployments: [failed], deployedPackages: [] }, nobody, english)[0]?.children[0]?.children[0];
    const tooltip = host?.tooltip() ?? '';
    ok(tooltip.includes('disk \\* full'), tooltip);
    ok(tooltip.includes('Left on the host: /var/tmp/x'), tooltip);
    ok(tooltip.includes('command:gaxPackages.deployments.showLog?%5B%22run%3Ad1%3Ah1%22%5D'), tooltip);
    equal(host?.command, 'gaxPackages.deployments.showLog');
    equal(host.contextValue, 'hostRun.failed');
  });
});

describe('deployments that want attention', () => {
  const failed = sampleDeployment({
    id: 'd1', state: 'failed', startedAt: '2026-03-01T00:00:00.000Z',
    hosts: [sampleRun({ hostId: 'h1', state: 'complete' }), sampleRun({ hostId: 'h2', state: 'failed' })],
  });
  const ids = (deployments: (typeof failed)[], left = nobody): string[] => openDeployments(deployments, left).map((deployment) => deployment.id);

  it('are those that run, were interrupted or failed, newest first; complete and stopped ones are not', () => {
    deepEqual(
      ids([
        failed,
        sampleDeployment({ id: 'd2', state: 'running', startedAt: '2026-03-03T00:00:00.000Z' }),
        sampleDeployment({ id: 'd3', state: 'interrupted', startedAt: '2026-03-02T00:00:00.000Z' }),
        sampleDeployment({ id: 'd4', state: 'complete' }),
        sampleDeployment({ id: 'd5', state: 'cancelled' }),
      ]),
      ['d2', 'd3', 'd1'],
    );
  });

  it('leave out a failed one that a person left so', () => {
    deepEqual(ids([failed], new Set(['d1'])), []);
  });

  it('leave out a failed one whose failed hosts were deployed to again, but not when only other hosts were', () => {
    const again = (hostId: string): typeof failed =>
      sampleDeployment({ id: 'd2', state: 'complete', startedAt: '2026-03-02T00:00:00.000Z', hosts: [sampleRun({ hostId, state: 'complete' })] });
    deepEqual(ids([failed, again('h2')]), []);
    deepEqual(ids([failed, again('h1')]), ['d1']);
  });
});
