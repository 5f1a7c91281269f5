import { deepEqual, equal, ok } from 'node:assert/strict';
import { createNodeContext } from '../../../../src/extension/views/nodes/nodeContext';
import { describeFilter } from '../../../../src/extension/views/nodes/filterLine';
import { packageNodes, type PackageLists } from '../../../../src/extension/views/nodes/packageNodes';
import { nextPageLimit, type ViewNode } from '../../../../src/extension/views/nodes/viewNode';
import type { PackageSummary } from '../../../../src/core/packages/model';
import { stockOf } from '../../../../src/core/packages/stock';
import { sampleDeployment, sampleImport, samplePackage } from '../sampleLists';

const english = createNodeContext('en', () => undefined, 'UTC');
const french = createNodeContext('fr', () => undefined, 'UTC');
const environment = { id: 'environment', name: 'Environment' };

function lists({ packages = [], ...change }: Partial<Omit<PackageLists, 'packages'>> & { readonly packages?: readonly PackageSummary[] }): PackageLists {
  return { tenants: [environment], packages: stockOf(packages), imports: [], deployments: [], ...change };
}

function outline(nodes: readonly ViewNode[], depth = 0): string[] {
  return nodes.flatMap((node) => [`${'  '.repeat(depth)}${node.label} [${node.description}] ${node.icon.id}`, ...outline(node.children, depth + 1)]);
}

describe('the tree of packages', () => {
  it('has no row without a package, so that the welcome text shows', () => {
    deepEqual(packageNodes(lists({}), english), []);
  });

  it('shows tenants and groups by name, packages by name and then newest version first, what has no group last', () => {
    const nodes = packageNodes(
      lists({
        tenants: [environment, { id: 't2', name: 'EMEA' }],
        packages: [
          samplePackage({ id: '1', version: '8.5.9' }),
          samplePackage({ id: '2', version: '8.5.10' }),
          samplePackage({ id: '3', name: 'Configuration Server', nickname: 'ConfigServer' }),
          samplePackage({ id: '4', group: '' }),
          samplePackage({ id: '5', group: 'GAX', kind: 'plug-in' }),
        ],
      }),
      english,
    );
    deepEqual(outline(nodes), [
      'EMEA [0] organization',
      'Environment [5] organization',
      '  Framework [3] folder',
      '    Configuration Server [8.5.100.37] package',
      '    Local Control Agent [8.5.10] package',
      '    Local Control Agent [8.5.9] package',
      '  GAX [1] folder',
      '    Local Control Agent [8.5.100.37] plug',
      '  Ungrouped [1] folder',
      '    Local Control Agent [8.5.100.37] package',
    ]);
  });

  it('shows tenants as the tree they are, after the groups of the one above', () => {
    const tenants = [environment, { id: 'emea', name: 'EMEA', parentId: 'environment' }, { id: 'retail', name: 'EMEA Retail', parentId: 'emea' }, { id: 'apac', name: 'APAC', parentId: 'environment' }];
    const packages = [samplePackage({ id: '1' }), samplePackage({ id: '1', tenantId: 'retail', group: 'Shops' })];
    deepEqual(outline(packageNodes(lists({ tenants, packages }), english)), [
      'Environment [1] organization',
      '  Framework [1] folder',
      '    Local Control Agent [8.5.100.37] package',
      '  APAC [0] organization',
      '  EMEA [0] organization',
      '    EMEA Retail [1] organization',
      '      Shops [1] folder',
      '        Local Control Agent [8.5.100.37] package',
    ]);
  });

  it('leaves out what filters leave out, says of how many, and keeps the way to what is left', () => {
    const tenants = [environment, { id: 'emea', name: 'EMEA', parentId: 'environment' }];
    const packages = [
      samplePackage({ id: '1' }), samplePackage({ id: '2', name: 'Message Server', nickname: 'MessageServer' }), samplePackage({ id: '3', name: 'Chat Server', nickname: 'Chat', group: 'Digital' }),
      samplePackage({ id: '1', tenantId: 'emea' }),
    ];
    const all = lists({ tenants, packages });
    const filtered = { text: 'lca', tenantIds: undefined };
    deepEqual(outline(packageNodes(all, english, filtered)), [
      'Environment [1 of 3] organization',
      '  Framework [1 of 2] folder',
      '    Local Control Agent [8.5.100.37] package',
      '  EMEA [1 of 1] organization',
      '    Framework [1 of 1] folder',
      '      Local Control Agent [8.5.100.37] package',
    ]);
    equal(describeFilter(all, filtered, english), '2 of 4 packages match “lca” in all tenants.');
    const oneTenant = { text: 'server', tenantIds: new Set(['emea']) };
    deepEqual(packageNodes(all, english, oneTenant), []);
    equal(describeFilter(all, oneTenant, english), 'No package matches “server” in EMEA.');
    equal(describeFilter(all, { text: '', tenantIds: new Set(['emea']) }, english), 'Only EMEA.');
    equal(describeFilter(all, { text: '', tenantIds: undefined }, english), undefined);
  });

  it('names system and locale only where two packages could be taken for one another', () => {
    const [tenant] = packageNodes(
      lists({
        packages: [
          samplePackage({ id: '1' }),
          samplePackage({ id: '2', osGroup: 'windows' }),
          samplePackage({ id: '3', name: 'Media Control Platform', computerTypes: ['Intel 32 bit'] }),
          samplePackage({ id: '4', name: 'Media Control Platform' }),
          samplePackage({ id: '5', name: 'Resource Manager', localeId: 'FRA' }),
          samplePackage({ id: '6', name: 'Resource Manager' }),
          samplePackage({ id: '7', name: 'Solution Control Server' }),
        ],
      }),
      english,
    );
    deepEqual(tenant?.children[0]?.children.map((node) => `${node.label}: ${node.description}`), [
      'Local Control Agent: 8.5.100.37 · Linux',
      'Local Control Agent: 8.5.100.37 · Windows',
      'Media Control Platform: 8.5.100.37 · Linux 32-bit',
      'Media Control Platform: 8.5.100.37 · Linux 64-bit',
      'Resource Manager: 8.5.100.37 · ENU',
      'Resource Manager: 8.5.100.37 · FRA',
      'Solution Control Server: 8.5.100.37',
    ]);
  });

  it('shows imports among the packages: running with percent and step, failed with the step, each with its icon', () => {
    const imports = [
      sampleImport({ id: 'i1' }),
      sampleImport({ id: 'i2', state: 'failed', step: 'templates', identity: samplePackage({ id: 'x', name: 'Resource Manager', version: '9.0.044.08' }) }),
      sampleImport({ id: 'i3', state: 'cancelled', source: { method: 'archive', path: 'C:\\media\\IP_LCA.zip' } }),
      sampleImport({ id: 'i4', state: 'complete' }),
    ];
    const rows = (context: typeof english): string[] =>
      packageNodes(lists({ imports }), context)[0]?.children[0]?.children.map((node) => `${node.label} [${node.description}] ${node.icon.id} ${node.contextValue}`) ?? [];
    deepEqual(rows(english), [
      'IP_LCA.zip [Stopped] circle-slash import.cancelled',
      'IP_MCP_9004606b1_ENU_linux.tar.gz [Importing 42\u00a0% · Store content] sync~spin import.running',
      'Resource Manager [9.0.044.08 · Failed: Check templates] error import.failed',
    ]);
    deepEqual(rows(french), [
      'IP_LCA.zip [Arrêté] circle-slash import.cancelled',
      'IP_MCP_9004606b1_ENU_linux.tar.gz [Importation 42\u00a0% · Enregistrer le contenu] sync~spin import.running',
      'Resource Manager [9.0.044.08 · Échec\u00a0: Contrôler les modèles] error import.failed',
    ]);
  });

  it('tells beside a package of a running deployment and of a last one that failed', () => {
    const [tenant] = packageNodes(
      lists({
        packages: [samplePackage({ id: 'p1' }), samplePackage({ id: 'p2', version: '8.5.1', lastDeployment: 'failed' })],
        deployments: [sampleDeployment({ id: 'd1', percent: 54 }), sampleDeployment({ id: 'd2', percent: 90, state: 'complete' })],
      }),
      english,
    );
    deepEqual(tenant?.children[0]?.children.map((node) => node.description), ['8.5.100.37 · Deploying 54\u00a0%', '8.5.1 · Last deployment failed']);
  });

  it('speaks a package to a screen reader with version, system and state', () => {
    const [tenant] = packageNodes(lists({ packages: [samplePackage({ id: 'p1' })] }), english);
    equal(tenant?.children[0]?.children[0]?.accessibilityLabel(), 'Local Control Agent, version 8.5.100.37, Linux 64-bit, Complete');
  });

  it('shows a solution definition among the packages, and what was not understood of a plug-in', () => {
    const notes = [{ kind: 'templateNotUnderstood', path: 'templates/x.tpl', problem: 'tpl.not-understood', args: {} }] as const;
    const packages = [
      samplePackage({ id: 's1', kind: 'solution-definition', name: 'Segment', version: '2.0', localeId: '', osGroup: '', computerTypes: [], nickname: '' }),
      samplePackage({ id: 'p1', kind: 'plug-in', name: 'Reports', notes }),
    ];
    const rows = packageNodes(lists({ packages }), english)[0]?.children[0]?.children ?? [];
    deepEqual(outline(rows), ['Reports [8.5.100.37 · Complete, x.tpl not understood] plug', 'Segment [2.0] symbol-structure']);
    equal(packageNodes(lists({ packages }), french)[0]?.children[0]?.children[0]?.description, '8.5.100.37 · Terminé, x.tpl non compris');
    equal(rows[1]?.accessibilityLabel(), 'Segment, solution definition, version 2.0, Complete');
    deepEqual(rows.map(({ contextValue }) => contextValue), ['package', 'solution']);
  });

  it('makes a tooltip in which text of a package stays text', () => {
    const [tenant] = packageNodes(lists({ packages: [samplePackage({ id: 'p1', description: '[x](command:evil) <b>' })] }), english);
    const tooltip = tenant?.children[0]?.children[0]?.tooltip() ?? '';
    ok(tooltip.startsWith('**Local Control Agent 8\\.5\\.100\\.37**'), tooltip);
    ok(tooltip.includes('\\[x\\]\\(command:evil\\) \\<b\\>'), tooltip);
    ok(tooltip.includes('Update Time: Mar 4, 2026, 5:06'), tooltip);
  });

  it('names the reason of a failed import in its tooltip, with a link to the details', () => {
    const error = { code: 'import/interrupted', args: { file: 'a.zip' } } as const;
    const [tenant] = packageNodes(lists({ imports: [sampleImport({ id: 'i1', state: 'failed', error })] }), english);
    const tooltip = tenant?.children[0]?.children[0]?.tooltip() ?? '';
    ok(tooltip.includes('ended during the import of a\\.zip'), tooltip);
    ok(tooltip.includes('command:gaxPackages.packages.showDetails?%5B%22import%3Ai1%22%5D'), tooltip);
  });

  it('makes ids of entities alone: another order or state of the lists gives the same ids', () => {
    const packages = [samplePackage({ id: '1' }), samplePackage({ id: '2', version: '8.5.9' })];
    const ids = (nodes: readonly ViewNode[]): string[] => nodes.flatMap((node) => [node.id, ...ids(node.children)]);
    const first = ids(packageNodes(lists({ packages }), english));
    const second = ids(packageNodes(lists({ packages: packages.map((item) => ({ ...item, lastDeployment: 'failed' as const })).reverse() }), french));
    deepEqual(second, first);
    equal(new Set(first).size, first.length);
  });

  it('shows 500 children and a row that shows more', () => {
    const packages = Array.from({ length: 1200 }, (_, i) => samplePackage({ id: String(i), name: `Package ${i}` }));
    const rows = (limit: number | undefined): readonly ViewNode[] =>
      packageNodes(lists({ packages }), createNodeContext('en', (id) => (id === 'group:environment:Framework' ? limit : undefined)))[0]?.children[0]?.children ?? [];
    equal(rows(undefined).length, 501);
    equal(rows(undefined).at(-1)?.label, 'Show 500 more');
    equal(rows(nextPageLimit(undefined)).at(-1)?.label, 'Show 200 more');
    equal(rows(nextPageLimit(nextPageLimit(undefined))).length, 1200);
  });
});
