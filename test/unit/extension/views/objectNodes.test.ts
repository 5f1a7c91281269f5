import { stockOf } from '../../../../src/core/packages/stock';
import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ApplicationObject } from '../../../../src/core/deployment/model';
import type { PackageSummary, PackageTemplates } from '../../../../src/core/packages/model';
import { describeObjectFilter } from '../../../../src/extension/views/nodes/filterLine';
import { createNodeContext } from '../../../../src/extension/views/nodes/nodeContext';
import { objectNodes, type ObjectLists } from '../../../../src/extension/views/nodes/objectNodes';
import type { ViewNode } from '../../../../src/extension/views/nodes/viewNode';
import { sampleApplication, sampleDeployed, sampleHost, samplePackage, sampleTemplates } from '../sampleLists';

const english = createNodeContext('en', () => undefined, 'UTC');
const french = createNodeContext('fr', () => undefined, 'UTC');
const environment = { id: 'environment', name: 'Environment' };
const everything = { text: '', tenantIds: undefined };

function lists({ packages = [], ...change }: Partial<Omit<ObjectLists, 'packages'>> & { readonly packages?: readonly PackageSummary[] }): ObjectLists {
  return { tenants: [environment], packages: stockOf(packages), templates: [], applications: [], hosts: [], deployedPackages: [], ...change };
}

function outline(nodes: readonly ViewNode[], depth = 0): string[] {
  return nodes.flatMap((node) => [`${'  '.repeat(depth)}${node.label} [${node.description}] ${node.icon.id}`, ...outline(node.children, depth + 1)]);
}

const mcp = sampleTemplates({
  packageId: 'p2', name: 'Media Control Platform', version: '9.0.046.06',
  templates: [{ name: 'VP_MediaControl_90', path: 'templates/VP_MediaControl_90.xml', format: 'xml' }, { name: 'VP_MediaControl_90', path: 'templates/VP_MediaControl_90.apd', format: 'apd', applicationType: 107 }],
});

describe('the tree of templates and applications', () => {
  it('has no row while there is neither, so that the welcome text shows', () => {
    deepEqual(objectNodes(lists({}), english, everything), []);
    equal(describeObjectFilter(lists({}), { text: 'lca', tenantIds: undefined }, english), undefined);
  });

  it('shows templates by name and newest version first with their type in words, applications with host and version', () => {
    const nodes = objectNodes(lists({
      templates: [sampleTemplates({ packageId: 'p1', version: '8.5.9' }), mcp, sampleTemplates({ packageId: 'p3', version: '8.5.10' })],
      applications: [sampleApplication({ id: 'a2', name: 'LCA_10', hostId: 'gone' }), sampleApplication({ id: 'a1', name: 'LCA_9' })],
      hosts: [sampleHost({ id: 'h1', name: 'eu-mcp-01' })],
    }), english, everything);
    deepEqual(outline(nodes), [
      'Application templates [3] notebook-template',
      '  LCA_851 [Database Access Point · 8.5.10] notebook-template',
      '  LCA_851 [Database Access Point · 8.5.9] notebook-template',
      '  VP_MediaControl_90 [Genesys Generic Server · 9.0.046.06] notebook-template',
      'Applications [2] server-process',
      '  LCA_9 [eu-mcp-01 · 8.5.100.37] server-process',
      '  LCA_10 [8.5.100.37] server-process',
    ]);
    deepEqual(objectNodes(lists({ templates: [mcp] }), french, everything).map(({ label }) => label), ['Modèles d’application']);
  });

  it('opens the APD of a template that is there in two formats', () => {
    const [row] = objectNodes(lists({ templates: [mcp] }), english, everything)[0]?.children ?? [];
    deepEqual([row?.command, row?.subject], [
      'gaxPackages.packages.openFile',
      { kind: 'packageFile', package: { id: 'p2', name: 'Media Control Platform', version: '9.0.046.06' }, path: 'templates/VP_MediaControl_90.apd' },
    ]);
  });

  it('opens the page of an application that is installed, of no other', () => {
    const deployed = sampleDeployed({ id: 'd1', applicationId: 'a1' });
    const rows = objectNodes(lists({ applications: [sampleApplication({ id: 'a1', name: 'A' }), sampleApplication({ id: 'a2', name: 'B', state: 'planned' })], deployedPackages: [deployed] }), english, everything)[0]?.children ?? [];
    deepEqual(rows.map(({ command, subject }) => [command, subject.kind]), [['gaxPackages.packages.showDetails', 'deployed'], [undefined, 'application']]);
    equal(rows[0]?.description, 'eu-mcp-01 · 8.5.100.37');
  });

  it('says no type that a template does not tell, and a number that has no name as a number', () => {
    const withType = (applicationType?: number): PackageTemplates => sampleTemplates({
      packageId: `p${applicationType}`, templates: [{ name: 'T', path: 't.apd', format: 'apd', ...(applicationType !== undefined && { applicationType }) }],
    });
    const rows = objectNodes(lists({ templates: [withType(), withType(0), withType(98765)] }), english, everything)[0]?.children ?? [];
    deepEqual(rows.map(({ description }) => description).sort(), ['8.5.100.37', '8.5.100.37', 'Application type 98765 · 8.5.100.37']);
  });

  it('shows solution definitions, each once however many tenants hold it, and opens their page', () => {
    const tenants = [environment, { id: 'emea', name: 'EMEA', parentId: 'environment' }];
    const solution = (changes: Partial<PackageSummary> & { id: string }): PackageSummary => samplePackage({ kind: 'solution-definition', name: 'Segment', version: '2.0', ...changes });
    const packages = [solution({ id: 's1' }), solution({ id: 's1', tenantId: 'emea' }), solution({ id: 's2', version: '10.0' }), samplePackage({ id: 'p1' })];
    const nodes = objectNodes(lists({ tenants, packages }), english, everything);
    deepEqual(outline(nodes), ['Solution definitions [2] symbol-structure', '  Segment [10.0] symbol-structure', '  Segment [2.0] symbol-structure']);
    deepEqual(nodes[0]?.children.map(({ id, command, contextValue, subject }) => [id, command, contextValue, subject.kind])[1], ['object:solution:s1', 'gaxPackages.packages.showDetails', 'solution', 'package']);
    deepEqual(outline(objectNodes(lists({ tenants, packages }), french, { text: 'seg', tenantIds: new Set(['emea']) })), ['Définitions de solution [1 sur 1] symbol-structure', '  Segment [2.0] symbol-structure']);
  });

  it('says of a plug-in’s template how many options it brings, or that it is not understood', () => {
    const plugIn = sampleTemplates({ packageId: 'p1', templates: [
      { name: 'a', path: 'templates/a.tpl', format: 'tpl', optionCount: 3 }, { name: 'b', path: 'templates/b.tpl', format: 'tpl', notUnderstood: true },
    ] });
    deepEqual(outline(objectNodes(lists({ templates: [plugIn] }), english, everything)).slice(1), ['  a [8.5.100.37 · 3 default options] notebook-template', '  b [8.5.100.37 · not understood] notebook-template']);
  });

  it('leaves out what filters leave out, and says of how many', () => {
    const tenants = [environment, { id: 'emea', name: 'EMEA', parentId: 'environment' }];
    const all = lists({
      tenants, templates: [sampleTemplates({ packageId: 'p1' }), { ...mcp, tenantIds: ['emea'] }],
      applications: [sampleApplication({ id: 'a1', name: 'Lca_1' }), sampleApplication({ id: 'a2', name: 'MCP_1', tenantId: 'emea' })],
    });
    const filter = { text: 'lcA', tenantIds: undefined };
    deepEqual(outline(objectNodes(all, english, filter)).map((line) => line.replace(/ \S+$/, '')), [
      'Application templates [1 of 2]', '  LCA_851 [Database Access Point · 8.5.100.37]', 'Applications [1 of 2]', '  Lca_1 [8.5.100.37]',
    ]);
    equal(describeObjectFilter(all, filter, english), '2 of 4 templates, applications and definitions match “lcA” in all tenants.');
    equal(describeObjectFilter(all, filter, french), '2 modèles, applications et définitions sur 4 correspondent à «\u00a0lcA\u00a0» dans tous les locataires.');
    const emea = new Set(['emea']);
    deepEqual(outline(objectNodes(all, english, { text: '', tenantIds: emea })).length, 4);
    deepEqual(objectNodes(all, english, { text: 'lca', tenantIds: emea }), []);
    equal(describeObjectFilter(all, { text: 'lca', tenantIds: emea }, english), 'No template, application or definition matches “lca” in EMEA.');
    equal(describeObjectFilter(all, { text: '', tenantIds: emea }, english), 'Only EMEA.');
  });

  it('shows 500 of each kind and a row that shows more', () => {
    const applications = Array.from({ length: 501 }, (_, i): ApplicationObject => sampleApplication({ id: String(i), name: `A${i}` }));
    const rows = objectNodes(lists({ applications }), english, everything)[0]?.children ?? [];
    deepEqual([rows.length, rows.at(-1)?.label, rows.at(-1)?.subject], [501, 'Show 1 more', { kind: 'more', parentId: 'objects:applications' }]);
  });

  it('makes tooltips in which text of a package stays text, and ids of entities alone', () => {
    const of = lists({ templates: [sampleTemplates({ packageId: 'p1', name: '[x](command:evil)' }), mcp], applications: [sampleApplication({ id: 'a1' })] });
    const [templates, applications] = objectNodes(of, english, everything);
    const tooltip = templates?.children[0]?.tooltip() ?? '';
    ok(tooltip.includes('Package: \\[x\\]\\(command:evil\\) 8\\.5\\.100\\.37'), tooltip);
    deepEqual([...templates?.children ?? [], ...applications?.children ?? []].map(({ id }) => id), ['object:template:p1:templates/LCA_851.apd', 'object:template:p2:templates/VP_MediaControl_90.apd', 'object:application:a1']);
  });
});
