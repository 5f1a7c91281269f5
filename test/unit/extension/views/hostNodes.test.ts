import { deepEqual, equal } from 'node:assert/strict';
import type { Host } from '../../../../src/core/hosts/model';
import { describeAddress, hostNodes } from '../../../../src/extension/views/nodes/hostNodes';
import { createNodeContext } from '../../../../src/extension/views/nodes/nodeContext';
import { sampleHost } from '../sampleLists';

const english = createNodeContext('en', () => undefined, 'UTC');
const at = '2026-03-04T05:06:07.000Z';
const system = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Debian GNU/Linux 12' } as const;

function contacted(id: string, state: NonNullable<Host['contact']>['state']): Host {
  return sampleHost({ id, contact: { state, at }, ...(state === 'reachable' && { system }) });
}

describe('the tree of hosts', () => {
  it('shows each host by name with its address and how the last contact went', () => {
    const hosts = [
      sampleHost({ id: 'h7', port: 2222 }),
      contacted('h10', 'reachable'), contacted('h2', 'unreachable'), contacted('h3', 'key-changed'),
      contacted('h4', 'key-unknown'), contacted('h5', 'login-refused'), contacted('h6', 'reachable'),
    ];
    deepEqual(hostNodes(hosts, new Set(['h6']), english).map((node) => `${node.label} [${node.description}] ${node.icon.id}`), [
      'h2 [10.20.4.31 · cannot be reached] debug-disconnect',
      'h3 [10.20.4.31 · host key has changed] shield',
      'h4 [10.20.4.31 · host key unknown] shield',
      'h5 [10.20.4.31 · login refused] key',
      'h6 [10.20.4.31 · testing connection] sync~spin',
      'h7 [10.20.4.31:2222 · not tested yet] vm',
      'h10 [10.20.4.31 · Linux 64-bit] vm-active',
    ]);
  });

  it('shows the tags of a reachable host, and of any other one those that protect it; protected ones stand out', () => {
    const tags = { tags: ['emea', 'production'], protectedBy: ['production'] };
    const nodes = hostNodes([{ ...contacted('h1', 'reachable'), ...tags }, { ...contacted('h2', 'unreachable'), ...tags }, { ...contacted('h3', 'reachable'), tags: ['lab'] }], new Set(), english);
    deepEqual(nodes.map((node) => [node.description, node.decoration]), [
      ['10.20.4.31 · Linux 64-bit · emea, production', 'protected'],
      ['10.20.4.31 · cannot be reached · production', 'protected'],
      ['10.20.4.31 · Linux 64-bit · lab', undefined],
    ]);
    equal(nodes[1]?.accessibilityLabel(), 'h2, 10.20.4.31, cannot be reached · protected by production');
  });

  it('speaks a host with its address and state', () => {
    equal(hostNodes([contacted('h1', 'reachable')], new Set(), english)[0]?.accessibilityLabel(), 'h1, 10.20.4.31, reachable · Linux 64-bit');
  });

  it('brackets an IPv6 address with a port', () => {
    equal(describeAddress({ address: 'fe80::1', port: 2022 }), '[fe80::1]:2022');
    equal(describeAddress({ address: 'fe80::1', port: 22 }), 'fe80::1');
  });
});
