import { bitWidths, describeOperatingSystem } from '../../../core/packages/identity';
import { createNameFilter } from '../../../core/packages/list/filter';
import { groupEntries, groupKey, type ListGroup } from '../../../core/packages/list/lines';
import { firstSort, sortEntries, type ListEntry } from '../../../core/packages/list/order';
import { arrangeTenants, type TenantBranch } from '../../../core/packages/list/tenants';
import { fileNameOf } from '../../../core/packages/importSource';
import type { ImportRecord, PackageKind, PackageSummary, Tenant } from '../../../core/packages/model';
import { filesNotUnderstood } from '../../../core/packages/notes';
import { describeError } from '../../../core/errors';
import { describeComplete } from '../../../core/text/contentText';
import { formatBytes } from '../../../core/text/measures';
import { importStepName } from '../../../core/text/stateText';
import type { RepositoryLists } from '../../repositoryState';
import { visibleTenants } from '../packageFilters';
import { packageInside, type PackageReader } from './insideNodes';
import { commandLink, tooltipMarkdown } from './markdown';
import type { NodeContext } from './nodeContext';
import { joinParts, pageChildren, stateIcons, type NodeIcon, type ViewNode } from './viewNode';

/** The lists that the tree of packages is made of. */
export type PackageLists = Pick<RepositoryLists, 'tenants' | 'packages' | 'imports' | 'deployments'>;

/** What the tree leaves out. */
export interface TreeFilter {
  /** Part of a name or nickname; empty: none. */
  readonly text: string;
  /** Undefined: all tenants. */
  readonly tenantIds: ReadonlySet<string> | undefined;
}

const nothingLeftOut: TreeFilter = { text: '', tenantIds: undefined };

/** A tenant with more packages than this starts with its groups closed. */
const openGroupsUpTo = 100;

/** One package or import before it is drawn. */
interface TreeRow extends ListEntry {
  readonly draw: (twins: readonly PackageSummary[]) => ViewNode;
  readonly package?: PackageSummary;
}

/**
 * Tenants as the tree they are, in each its groups with their packages, then the tenants below it; imports that run or
 * failed stand among the packages. No package at all: no node, so that the welcome text shows.
 * @param reader reads what is inside a package that a person unfolds; without one they do not unfold
 */
export function packageNodes(lists: PackageLists, context: NodeContext, filter: TreeFilter = nothingLeftOut, reader?: PackageReader): readonly ViewNode[] {
  if (lists.packages.length === 0 && lists.imports.length === 0) return [];
  const tenants = visibleTenants(lists.tenants, filter.tenantIds);
  const rows = treeRows(lists, context, reader);
  const matches = createNameFilter(filter.text);
  const isFiltered = filter.text !== '';
  const shown = sortEntries(isFiltered ? rows.filter(matches) : rows, firstSort, context.compareNames);
  const groups = new Map<string, ListGroup<TreeRow>[]>(tenants.map(({ id }) => [id, []]));
  for (const group of groupEntries(shown, [...groups.keys()], context.compareNames)) groups.get(group.tenantId)?.push(group);
  const parts: TreeParts = { context, isFiltered, all: countBy(rows, ({ tenantId }) => tenantId), allOfGroup: countBy(rows, ({ tenantId, group }) => groupKey(tenantId, group)), groups };
  return arrangeTenants(tenants, context.compareNames).flatMap((branch) => tenantNode(branch, parts) ?? []);
}

/** How many packages the filters leave, of how many there are; for the line above the tree. */
export function countMatches(lists: PackageLists, filter: TreeFilter): { readonly matching: number; readonly all: number } {
  const tenants = new Set(visibleTenants(lists.tenants, filter.tenantIds).map(({ id }) => id));
  const matches = createNameFilter(filter.text);
  const entries = [
    ...lists.packages,
    ...lists.imports.filter(({ state }) => state !== 'complete').map((record) => ({ tenantId: record.tenantId, name: record.identity?.name ?? fileNameOf(record.source.path), nickname: '' })),
  ].filter(({ tenantId }) => tenants.has(tenantId));
  return { matching: entries.filter(matches).length, all: entries.length };
}

interface TreeParts {
  readonly context: NodeContext;
  readonly isFiltered: boolean;
  /** How many there are without the filter, by tenant and by group. */
  readonly all: ReadonlyMap<string, number>;
  readonly allOfGroup: ReadonlyMap<string, number>;
  readonly groups: ReadonlyMap<string, readonly ListGroup<TreeRow>[]>;
}

function treeRows(lists: PackageLists, context: NodeContext, reader: PackageReader | undefined): readonly TreeRow[] {
  const deploying = deployingPercents(lists.deployments);
  const bit = context.text('bit');
  return [
    ...lists.packages.map((item): TreeRow => ({
      name: item.name, nickname: item.nickname, version: item.version, localeId: item.localeId, system: describeOperatingSystem(item, bit), statusOrder: 0, updatedAt: item.updatedAt,
      tenantId: item.tenantId, group: item.group, package: item,
      draw: (twins) => packageNode(item, tellApart(item, twins, context), deploying.get(item.id), context, reader),
    })),
    ...lists.imports.filter(({ state }) => state !== 'complete').map((record): TreeRow => ({
      name: record.identity?.name ?? fileNameOf(record.source.path), nickname: '', version: record.identity?.version ?? '', localeId: record.identity?.localeId ?? '',
      system: '', statusOrder: 0, updatedAt: record.startedAt, tenantId: record.tenantId, group: record.group,
      draw: () => importNode(record, context),
    })),
  ];
}

function countBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** Whether an import was refused for a package that is there already: it can replace that. */
export function wasPresent(record: Pick<ImportRecord, 'state' | 'error'>): boolean {
  return record.state === 'failed' && record.error?.code === 'import/already-present';
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

/** Undefined: a filter leaves nothing of the tenant and of those below it. */
function tenantNode({ tenant, children: below }: TenantBranch<Tenant>, parts: TreeParts): ViewNode | undefined {
  const { context, isFiltered, all, groups: allGroups } = parts;
  const groups = allGroups.get(tenant.id) ?? [];
  const nested = below.flatMap((branch) => tenantNode(branch, parts) ?? []);
  if (isFiltered && groups.length === 0 && nested.length === 0) return undefined;
  const id = `tenant:${tenant.id}`;
  const count = all.get(tenant.id) ?? 0;
  const shown = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const open = isFiltered || count <= openGroupsUpTo;
  const children = groups.map((group) => groupNode(tenant, group, open, parts));
  return {
    id, label: tenant.name, description: describeCount(shown, count, parts), icon: { id: 'organization' }, contextValue: 'tenant',
    accessibilityLabel: () => context.text('accessibleCount', { name: tenant.name, n: shown }),
    collapse: children.length === 0 && nested.length === 0 ? 'none' : 'expanded',
    children: [...pageChildren(id, children, context.limits, (n) => context.text('showMore', { n })), ...nested],
    subject: { kind: 'tenant', tenant },
    tooltip: () => tooltipMarkdown(tenant.name, []),
  };
}

function groupNode(tenant: Tenant, { group, entries }: ListGroup<TreeRow>, open: boolean, parts: TreeParts): ViewNode {
  const { context, allOfGroup } = parts;
  const id = `group:${tenant.id}:${group}`;
  const label = group === '' ? context.text('ungrouped') : group;
  const twins = groupTwins(entries.flatMap((entry) => entry.package ?? []));
  return {
    id, label, description: describeCount(entries.length, allOfGroup.get(groupKey(tenant.id, group)) ?? entries.length, parts), icon: { id: 'folder' },
    contextValue: group === '' ? 'ungrouped' : 'group',
    accessibilityLabel: () => context.text('accessibleCount', { name: label, n: entries.length }),
    collapse: open ? 'expanded' : 'collapsed',
    children: pageChildren(id, entries.map((entry) => entry.draw(entry.package === undefined ? [] : twins(entry.package))), context.limits, (n) => context.text('showMore', { n })),
    subject: { kind: 'group', tenant, group },
    tooltip: () => tooltipMarkdown(label, []),
  };
}

function describeCount(shown: number, all: number, { context, isFiltered }: TreeParts): string {
  return isFiltered ? context.text('countOf', { m: shown, n: all }) : String(all);
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

function packageNode(item: PackageSummary, apart: string, deploying: number | undefined, context: NodeContext, reader: PackageReader | undefined): ViewNode {
  const { text } = context;
  const system = describeOperatingSystem(item, text('bit'));
  const complete = describeComplete(context.locale, item.notes);
  const isSolution = item.kind === 'solution-definition';
  const deployment = deploying !== undefined
    ? text('deploying', { percent: deploying })
    : item.lastDeployment === 'failed' ? text('lastDeploymentFailed') : item.lastDeployment === 'unknown' ? text('lastDeploymentUnknown') : undefined;
  return {
    id: `package:${item.tenantId}:${item.id}`,
    label: item.name,
    description: joinParts(item.version, apart, filesNotUnderstood(item.notes).length === 0 ? undefined : complete, deployment),
    icon: packageIcon(item),
    contextValue: isSolution ? 'solution' : 'package',
    accessibilityLabel: () => text(isSolution ? 'accessibleSolution' : 'accessiblePackage', { name: item.name, version: item.version, system, state: joinParts(complete, deployment) }),
    collapse: reader === undefined ? 'none' : 'collapsed',
    children: [],
    ...(reader && { inside: packageInside(item, reader, context) }),
    subject: { kind: 'package', package: item },
    command: 'gaxPackages.packages.showDetails',
    tooltip: () =>
      tooltipMarkdown(`${item.name} ${item.version}`, [
        [text('fieldNickname'), item.nickname],
        [text('fieldLocaleId'), item.localeId],
        [text('fieldOperatingSystem'), system],
        [text('fieldStatus'), joinParts(complete, deployment)],
        [text('fieldUpdateTime'), context.formatTime(item.updatedAt)],
        [text('fieldGroup'), item.group],
        [text('fieldDescription'), item.description],
        [text('fieldSize'), formatBytes(context.locale, item.size)],
        [text('fieldHash'), item.sha256],
      ], [commandLink(text('showDetails'), 'gaxPackages.packages.showDetails', `package:${item.tenantId}:${item.id}`)]),
  };
}

const packageIcons: Readonly<Record<PackageKind, string>> = { application: 'package', 'plug-in': 'plug', 'solution-definition': 'symbol-structure' };

/** The icon of a package or solution definition. */
export function packageIcon({ kind }: Pick<PackageSummary, 'kind'>): NodeIcon {
  return { id: packageIcons[kind] };
}

function importNode(record: ImportRecord, context: NodeContext): ViewNode {
  const { text } = context;
  const label = record.identity?.name ?? fileNameOf(record.source.path);
  const state = describeImport(record, context);
  const id = `import:${record.id}`;
  return {
    id,
    label,
    description: joinParts(record.identity?.version, state),
    icon: record.state === 'running' ? stateIcons.running : record.state === 'failed' ? stateIcons.failed : stateIcons.stopped,
    contextValue: wasPresent(record) ? 'import.present' : `import.${record.state}`,
    accessibilityLabel: () => text('accessibleImport', { name: joinParts(label, record.identity?.version), state }),
    collapse: 'none',
    children: [],
    subject: { kind: 'import', record },
    command: 'gaxPackages.packages.showDetails',
    tooltip: () =>
      tooltipMarkdown(`${label} ${record.identity?.version ?? ''}`.trim(), [
        [text('fieldFile'), record.source.path],
        [text('fieldStatus'), state],
        ['', record.error === undefined ? undefined : describeError(context.locale, record.error)],
      ], record.state === 'failed' ? [commandLink(text('showDetails'), 'gaxPackages.packages.showDetails', id)] : []),
  };
}

/** Package id → percent of the deployments of it that run now. */
export function deployingPercents(deployments: PackageLists['deployments']): ReadonlyMap<string, number> {
  const percents = new Map<string, number[]>();
  for (const deployment of deployments) {
    if (deployment.state === 'running') percents.set(deployment.packageId, [...(percents.get(deployment.packageId) ?? []), deployment.percent]);
  }
  return new Map([...percents].map(([id, values]) => [id, Math.floor(values.reduce((sum, value) => sum + value, 0) / values.length)]));
}
