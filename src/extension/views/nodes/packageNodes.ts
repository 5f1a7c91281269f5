import { bitWidths, describeOperatingSystem } from '../../../core/packages/identity';
import { createNameFilter } from '../../../core/packages/list/filter';
import { groupIndexOf, type GroupIndex } from '../../../core/packages/list/groupIndex';
import { compareGroups, firstSort, sortEntries, type ListEntry } from '../../../core/packages/list/order';
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
import { joinParts, pageItems, stateIcons, type NodeIcon, type ViewNode } from './viewNode';

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

/** What the tree asks for when a person unfolds its rows. */
export interface TreeReader extends PackageReader {
  /** Resolves when the packages of a tenant have been read, also when that failed. */
  tenantReady(tenantId: string): Promise<void>;
}

/**
 * Tenants as the tree they are, in each its groups with their packages, then the tenants below it; imports that run or
 * failed stand among the packages. No package at all: no node, so that the welcome text shows. The rows of a group are made
 * when somebody looks at them: until then it only counts.
 * @param reader reads what a person unfolds; without one packages do not unfold
 */
export function packageNodes(lists: PackageLists, context: NodeContext, filter: TreeFilter = nothingLeftOut, reader?: TreeReader): readonly ViewNode[] {
  if (lists.packages.size === 0 && lists.imports.length === 0) return [];
  const tenants = visibleTenants(lists.tenants, filter.tenantIds);
  const shelves = new Map(tenants.map(({ id }) => [id, tenantShelf(lists, id, filter.text)]));
  // The names of groups repeat from tenant to tenant, and a language's rules cost far more than two numbers.
  const names = [...new Set([...shelves.values()].flatMap(({ groups }) => [...groups.keys()]))].sort((a, b) => compareGroups(a, b, context.compareNames));
  const deploying = deployingPercents(lists.deployments);
  const parts: TreeParts = { lists, context, isFiltered: filter.text !== '', shelves, places: new Map(names.map((name, place) => [name, place])), deploying, reader };
  return arrangeTenants(tenants, context.compareNames).flatMap((branch) => tenantNode(branch, parts) ?? []);
}

/** How many packages and imports a filter leaves, of how many in the visible tenants; for the line above the tree. */
export function countMatches(lists: PackageLists, filter: TreeFilter): { readonly matching: number; readonly all: number } {
  const shelves = visibleTenants(lists.tenants, filter.tenantIds).map(({ id }) => tenantShelf(lists, id, filter.text));
  return { matching: shelves.reduce((sum, { shown }) => sum + shown, 0), all: shelves.reduce((sum, { all }) => sum + all, 0) };
}

/** A group of a tenant, filtered. */
interface GroupShelf {
  /** Looked for when somebody looks at them. */
  packages(): readonly PackageSummary[];
  readonly imports: readonly ImportRecord[];
  /** With the filter, and without it. */
  readonly shown: number;
  readonly all: number;
}

interface TenantShelf {
  /** Only those that the filter leaves something of. */
  readonly groups: ReadonlyMap<string, GroupShelf>;
  readonly shown: number;
  readonly all: number;
}

function tenantShelf({ packages, imports }: PackageLists, tenantId: string, text: string): TenantShelf {
  const open = imports.filter((record) => record.tenantId === tenantId && record.state !== 'complete');
  const matches = createNameFilter(text);
  const shownImports = open.filter((record) => matches({ name: record.identity?.name ?? fileNameOf(record.source.path), nickname: '' }));
  const counts = packages.groups(tenantId);
  const index = (): GroupIndex => groupIndexOf(packages.of(tenantId));
  const found = text === '' ? counts : index().counts(text);
  const groups = new Map<string, GroupShelf>();
  for (const group of new Set([...found.keys(), ...shownImports.map((record) => record.group)])) {
    const ofGroup = (record: ImportRecord): boolean => record.group === group;
    const own = shownImports.filter(ofGroup);
    const all = (counts.get(group) ?? 0) + open.filter(ofGroup).length;
    groups.set(group, { packages: () => index().matching(group, text), imports: own, shown: text === '' ? all : (found.get(group) ?? 0) + own.length, all });
  }
  return { groups, shown: [...groups.values()].reduce((sum, { shown }) => sum + shown, 0), all: packages.count(tenantId) + open.length };
}

interface TreeParts {
  readonly lists: PackageLists;
  readonly context: NodeContext;
  readonly isFiltered: boolean;
  readonly shelves: ReadonlyMap<string, TenantShelf>;
  /** The order of the names of groups. */
  readonly places: ReadonlyMap<string, number>;
  readonly deploying: ReadonlyMap<string, number>;
  readonly reader: TreeReader | undefined;
}

function packageRow(item: PackageSummary, { context, deploying, reader }: TreeParts, bit: string): TreeRow {
  return {
    name: item.name, nickname: item.nickname, version: item.version, localeId: item.localeId, system: describeOperatingSystem(item, bit), statusOrder: 0, updatedAt: item.updatedAt,
    tenantId: item.tenantId, group: item.group, package: item,
    draw: (twins) => packageNode(item, tellApart(item, twins, context), deploying.get(item.id), context, reader),
  };
}

function importRow(record: ImportRecord, { context }: TreeParts): TreeRow {
  return {
    name: record.identity?.name ?? fileNameOf(record.source.path), nickname: '', version: record.identity?.version ?? '', localeId: record.identity?.localeId ?? '',
    system: '', statusOrder: 0, updatedAt: record.startedAt, tenantId: record.tenantId, group: record.group,
    draw: () => importNode(record, context),
  };
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
  const { context, isFiltered, shelves, places } = parts;
  const { groups, shown, all } = shelves.get(tenant.id) ?? { groups: new Map<string, GroupShelf>(), shown: 0, all: 0 };
  const nested = below.flatMap((branch) => tenantNode(branch, parts) ?? []);
  if (isFiltered && groups.size === 0 && nested.length === 0) return undefined;
  const id = `tenant:${tenant.id}`;
  const open = shown <= openGroupsUpTo;
  const sorted = [...groups].sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const children = pageItems(id, sorted, ([group, shelf]) => groupNode(tenant, group, shelf, open, parts), context.limits, (n) => context.text('showMore', { n }));
  return {
    id, label: tenant.name, description: describeCount(shown, all, parts), icon: { id: 'organization' }, contextValue: 'tenant',
    accessibilityLabel: () => context.text('accessibleCount', { name: tenant.name, n: shown }),
    collapse: children.length === 0 && nested.length === 0 ? 'none' : 'expanded',
    children: [...children, ...nested],
    subject: { kind: 'tenant', tenant },
    tooltip: () => tooltipMarkdown(tenant.name, []),
  };
}

function groupNode(tenant: Tenant, group: string, shelf: GroupShelf, open: boolean, parts: TreeParts): ViewNode {
  const { context, lists: { packages }, reader } = parts;
  const id = `group:${tenant.id}:${group}`;
  const label = group === '' ? context.text('ungrouped') : group;
  let rows: readonly ViewNode[] | undefined;
  return {
    id, label, description: describeCount(shelf.shown, shelf.all, parts), icon: { id: 'folder' },
    contextValue: group === '' ? 'ungrouped' : 'group',
    accessibilityLabel: () => context.text('accessibleCount', { name: label, n: shelf.shown }),
    collapse: open ? 'expanded' : 'collapsed',
    get children() {
      rows ??= groupRows(id, shelf, parts);
      return rows;
    },
    late: {
      holds: (row) => {
        const [kind, first, second = ''] = row.split(':');
        return kind === 'package' ? first === tenant.id && packages.find(second, tenant.id)?.group === group : kind === 'import' && shelf.imports.some((record) => record.id === first);
      },
      ...(reader && !packages.isRead(tenant.id) && { ready: () => reader.tenantReady(tenant.id) }),
    },
    subject: { kind: 'group', tenant, group },
    tooltip: () => tooltipMarkdown(label, []),
  };
}

function groupRows(id: string, shelf: GroupShelf, parts: TreeParts): readonly ViewNode[] {
  const { context } = parts;
  const bit = context.text('bit');
  const packages = shelf.packages();
  const rows = [...packages.map((item) => packageRow(item, parts, bit)), ...shelf.imports.map((record) => importRow(record, parts))];
  const twins = groupTwins(packages);
  const draw = (row: TreeRow): ViewNode => row.draw(row.package === undefined ? [] : twins(row.package));
  return pageItems(id, sortEntries(rows, firstSort, context.compareNames), draw, context.limits, (n) => context.text('showMore', { n }));
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
