import { bitWidths, describeOperatingSystem } from '../../../core/packages/identity';
import { compareVersions } from '../../../core/packages/version';
import type { ImportRecord, PackageSummary, Tenant } from '../../../core/packages/model';
import { describeError } from '../../../core/errors';
import { formatBytes } from '../../../core/text/measures';
import { importStepName } from '../../../core/text/stateText';
import type { RepositoryLists } from '../../repositoryState';
import { commandLink, tooltipMarkdown } from './markdown';
import type { NodeContext } from './nodeContext';
import { joinParts, pageChildren, stateIcons, type NodeIcon, type ViewNode } from './viewNode';

/** The lists that the tree of packages is made of. */
export type PackageLists = Pick<RepositoryLists, 'tenants' | 'packages' | 'imports' | 'deployments'>;

/** A tenant with more packages than this starts with its groups closed. */
const openGroupsUpTo = 100;

/** Tenant → group → package, with imports that run or failed among the packages. No package at all: no node, so that the welcome text shows. */
export function packageNodes(lists: PackageLists, context: NodeContext): readonly ViewNode[] {
  if (lists.packages.length === 0 && lists.imports.length === 0) return [];
  const deploying = deployingPercents(lists);
  return [...lists.tenants]
    .sort((a, b) => context.compareNames(a.name, b.name))
    .map((tenant) => tenantNode(tenant, lists, deploying, context));
}

/** The file of an import as people name it, whatever machine its path comes from. */
export function importFileName(record: Pick<ImportRecord, 'source'>): string {
  return record.source.split(/[\\/]/).findLast((part) => part !== '') ?? record.source;
}

/** How an import stands, in words: `Importing 42 % · Store content`. */
export function describeImport(record: ImportRecord, context: Pick<NodeContext, 'locale' | 'text'>): string {
  const step = importStepName(context.locale, record.step);
  switch (record.state) {
    case 'running':
      return context.text('importing', { percent: Math.floor(record.percent), step });
    case 'failed':
      return context.text('importFailed', { step });
    case 'cancelled':
      return context.text('importStopped');
    case 'complete':
      return context.text('complete');
  }
}

function tenantNode(tenant: Tenant, lists: PackageLists, deploying: ReadonlyMap<string, number>, context: NodeContext): ViewNode {
  const packages = lists.packages.filter((item) => item.tenantId === tenant.id);
  const imports = lists.imports.filter((record) => record.tenantId === tenant.id && record.state !== 'complete');
  const groups = [...new Set([...packages, ...imports].map((item) => item.group))].sort((a, b) => {
    // What has no group comes last.
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
    return context.compareNames(a, b);
  });
  const open = packages.length <= openGroupsUpTo;
  const id = `tenant:${tenant.id}`;
  const children = groups.map((group) =>
    groupNode(tenant, group, packages.filter((item) => item.group === group), imports.filter((record) => record.group === group), open, deploying, context));
  const count = packages.length + imports.length;
  return {
    id, label: tenant.name, description: String(count), icon: { id: 'organization' }, contextValue: 'tenant',
    accessibilityLabel: () => context.text('accessibleCount', { name: tenant.name, n: count }),
    collapse: children.length === 0 ? 'none' : 'expanded',
    children: pageChildren(id, children, context.limits, (n) => context.text('showMore', { n })),
    subject: { kind: 'tenant', tenant },
    tooltip: () => tooltipMarkdown(tenant.name, []),
  };
}

function groupNode(
  tenant: Tenant, group: string, packages: readonly PackageSummary[], imports: readonly ImportRecord[], open: boolean,
  deploying: ReadonlyMap<string, number>, context: NodeContext,
): ViewNode {
  const id = `group:${tenant.id}:${group}`;
  const label = group === '' ? context.text('ungrouped') : group;
  const twins = groupTwins(packages);
  const rows = [
    ...packages.map((item) => ({
      name: item.name, version: item.version, node: packageNode(item, tellApart(item, twins(item), context), deploying.get(item.id), context),
    })),
    ...imports.map((record) => ({ name: record.identity?.name ?? importFileName(record), version: record.identity?.version ?? '', node: importNode(record, context) })),
  ].sort((a, b) => context.compareNames(a.name, b.name) || compareVersions(b.version, a.version) || context.compareNames(a.node.description, b.node.description));
  return {
    id, label, description: String(rows.length), icon: { id: 'folder' }, contextValue: 'group',
    accessibilityLabel: () => context.text('accessibleCount', { name: label, n: rows.length }),
    collapse: open ? 'expanded' : 'collapsed',
    children: pageChildren(id, rows.map((row) => row.node), context.limits, (n) => context.text('showMore', { n })),
    subject: { kind: 'group', tenant, group },
    tooltip: () => tooltipMarkdown(label, []),
  };
}

/** Finds the packages of the same name and version, itself among them, without comparing each with each. */
function groupTwins(packages: readonly PackageSummary[]): (item: PackageSummary) => readonly PackageSummary[] {
  const key = (item: PackageSummary): string => `${item.name}\n${item.version}`;
  const groups = new Map<string, PackageSummary[]>();
  for (const item of packages) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return (item) => groups.get(key(item)) ?? [];
}

/** System and locale, only where a package of the same name and version differs in them. */
function tellApart(item: PackageSummary, twins: readonly PackageSummary[], context: NodeContext): string {
  if (twins.length < 2) return '';
  const widths = (other: PackageSummary): string => bitWidths(other).join('/');
  const sameGroup = twins.filter((other) => other.osGroup === item.osGroup);
  const system = sameGroup.some((other) => widths(other) !== widths(item))
    ? describeOperatingSystem(item, context.text('bit'))
    : twins.some((other) => other.osGroup !== item.osGroup)
      ? describeOperatingSystem({ osGroup: item.osGroup, computerTypes: [] }, '')
      : undefined;
  return joinParts(system, twins.some((other) => other.localeId !== item.localeId) ? item.localeId : undefined);
}

function packageNode(item: PackageSummary, apart: string, deploying: number | undefined, context: NodeContext): ViewNode {
  const { text } = context;
  const system = describeOperatingSystem(item, text('bit'));
  const deployment = deploying !== undefined
    ? text('deploying', { percent: deploying })
    : item.lastDeployment === 'failed' ? text('lastDeploymentFailed') : item.lastDeployment === 'unknown' ? text('lastDeploymentUnknown') : undefined;
  return {
    id: `package:${item.tenantId}:${item.id}`,
    label: item.name,
    description: joinParts(item.version, apart, deployment),
    icon: packageIcon(item),
    contextValue: 'package',
    accessibilityLabel: () => text('accessiblePackage', { name: item.name, version: item.version, system, state: joinParts(text('complete'), deployment) }),
    collapse: 'none',
    children: [],
    subject: { kind: 'package', package: item },
    command: 'gaxPackages.packages.showDetails',
    tooltip: () =>
      tooltipMarkdown(`${item.name} ${item.version}`, [
        [text('fieldNickname'), item.nickname],
        [text('fieldLocaleId'), item.localeId],
        [text('fieldOperatingSystem'), system],
        [text('fieldStatus'), joinParts(text('complete'), deployment)],
        [text('fieldUpdateTime'), context.formatTime(item.updatedAt)],
        [text('fieldGroup'), item.group],
        [text('fieldDescription'), item.description],
        [text('fieldSize'), formatBytes(context.locale, item.size)],
        [text('fieldHash'), item.sha256],
      ], [commandLink(text('showDetails'), 'gaxPackages.packages.showDetails', `package:${item.tenantId}:${item.id}`)]),
  };
}

function packageIcon(item: PackageSummary): NodeIcon {
  return { id: item.kind === 'plug-in' ? 'plug' : 'package' };
}

function importNode(record: ImportRecord, context: NodeContext): ViewNode {
  const { text } = context;
  const label = record.identity?.name ?? importFileName(record);
  const state = describeImport(record, context);
  const id = `import:${record.id}`;
  return {
    id,
    label,
    description: joinParts(record.identity?.version, state),
    icon: record.state === 'running' ? stateIcons.running : record.state === 'failed' ? stateIcons.failed : stateIcons.stopped,
    contextValue: `import.${record.state}`,
    accessibilityLabel: () => text('accessibleImport', { name: joinParts(label, record.identity?.version), state }),
    collapse: 'none',
    children: [],
    subject: { kind: 'import', record },
    command: 'gaxPackages.packages.showDetails',
    tooltip: () =>
      tooltipMarkdown(`${label} ${record.identity?.version ?? ''}`.trim(), [
        [text('fieldFile'), record.source],
        [text('fieldStatus'), state],
        ['', record.error === undefined ? undefined : describeError(context.locale, record.error)],
      ], record.state === 'failed' ? [commandLink(text('showDetails'), 'gaxPackages.packages.showDetails', id)] : []),
  };
}

/** Package id → percent of the deployments of it that run now. */
function deployingPercents(lists: PackageLists): ReadonlyMap<string, number> {
  const percents = new Map<string, number[]>();
  for (const deployment of lists.deployments) {
    if (deployment.state === 'running') percents.set(deployment.packageId, [...(percents.get(deployment.packageId) ?? []), deployment.percent]);
  }
  return new Map([...percents].map(([id, values]) => [id, Math.floor(values.reduce((sum, value) => sum + value, 0) / values.length)]));
}
