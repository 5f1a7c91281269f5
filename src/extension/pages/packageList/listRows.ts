import { asColumn } from '../../../core/packages/held';
import { describeOperatingSystem } from '../../../core/packages/identity';
import { fileNameOf } from '../../../core/packages/importSource';
import type { ImportRecord, PackageSummary } from '../../../core/packages/model';
import { createText, type Locale, type Text } from '../../../core/text/messages';
import { describeComplete } from '../../../core/text/contentText';
import { viewText, type ViewTextKey } from '../../../core/text/viewText';
import type { ListRow, PackageStatus, RowBatch, RowStatus, SharedRow, TenantRows } from '../../../protocol/page/packageList';
import { deployingPercents, describeImport, wasPresent, type PackageLists } from '../../views/nodes/packageNodes';

/** The places of the states when the list is sorted by them: first what happens now or wants attention. */
const order = { running: 0, queued: 1, failed: 2, stopped: 3, deploymentFailed: 4, deploying: 5, done: 6 } as const;

/** Rows of one batch, so that the host answers others in between. */
const batchRows = 5000;

/** The rows of the list, told batch by batch: first all, then what differs. */
export interface ListFeed {
  /** Takes the lists as they are now. Answers a number that grows whenever there may be something to tell. */
  update(lists: PackageLists): number;
  /** Nothing counts as told any more. */
  restart(): void;
  /** What is to be told next, about so many rows; undefined: all is told. */
  next(rows?: number): RowBatch | undefined;
}

/** What a page knows of one tenant: the first rows of a list. */
interface Told {
  readonly packages: readonly PackageSummary[];
  readonly upTo: number;
}

const nothing: readonly PackageSummary[] = [];

/** Rows of thousands of packages cost time to make and to send: each package is told once, and of a tenant only what differs. */
export function createListFeed(locale: Locale): ListFeed {
  const text = createText(locale, viewText);
  const bit = text('bit');
  const systems = new Map<string, string>();
  /** A list has few systems and many packages. */
  const describeSystem: DescribeSystem = (identity) => {
    const key = `${identity.osGroup}|${identity.computerTypes.join('|')}`;
    const words = systems.get(key) ?? describeOperatingSystem(identity, bit);
    systems.set(key, words);
    return words;
  };
  const statuses = createStatuses(locale, text);

  let lists: PackageLists | undefined;
  let deploying: ReadonlyMap<string, number> = new Map();
  let version = 0;
  let toldDeploying: ReadonlyMap<string, number> = new Map();
  let toldImports: ReadonlyMap<string, ListRow> = new Map();
  const toldTenants = new Map<string, Told>();
  const toldShared = new Map<string, SharedRow>();

  /** What is shared of a package, where the page does not know it like that. */
  const news = (item: PackageSummary): SharedRow | undefined => {
    const { id, kind, name, nickname, version: number, localeId } = item;
    const known = toldShared.get(id);
    const system = describeSystem(item);
    if (known?.kind === kind && known.name === name && known.nickname === nickname && known.version === number && known.localeId === localeId && known.system === system) return undefined;
    const row = { id, kind, name, nickname, version: number, localeId, system };
    toldShared.set(id, row);
    return row;
  };

  const tenantBatch = (tenantId: string, items: readonly PackageSummary[], gone: readonly string[]): RowBatch => {
    const tenant: TenantRows = {
      tenantId, gone, ids: items.map(({ id }) => id), groups: asColumn(items.map(({ group }) => group)), times: asColumn(items.map(({ updatedAt }) => updatedAt)),
      statuses: asColumn(items.map((item) => statuses(item, deploying.get(item.id)))),
    };
    return { shared: items.flatMap((item) => news(item) ?? []), tenants: [tenant], imports: { changed: [], gone: [] } };
  };

  const nextOfTenant = (tenantId: string, packages: readonly PackageSummary[], most: number): RowBatch | undefined => {
    const told = toldTenants.get(tenantId) ?? { packages, upTo: 0 };
    if (!beginsLike(packages, told)) {
      toldTenants.set(tenantId, { packages, upTo: packages.length });
      const before = new Map(told.packages.slice(0, told.upTo).map((item) => [item.id, item]));
      const changed: PackageSummary[] = [];
      for (const item of packages) {
        const known = before.get(item.id);
        before.delete(item.id);
        if (known !== item && (known === undefined || !isSame(known, item))) changed.push(item);
      }
      if (changed.length > 0 || before.size > 0) return tenantBatch(tenantId, changed, [...before.keys()]);
      return undefined;
    }
    const upTo = Math.min(packages.length, told.upTo + most);
    toldTenants.set(tenantId, { packages, upTo });
    return upTo === told.upTo ? undefined : tenantBatch(tenantId, packages.slice(told.upTo, upTo), []);
  };

  /** Rows of packages whose deployment has begun, come further or ended. */
  const nextDeploying = ({ packages }: PackageLists): RowBatch | undefined => {
    if (toldDeploying === deploying) return undefined;
    const ids = [...new Set([...deploying.keys(), ...toldDeploying.keys()])].filter((id) => deploying.get(id) !== toldDeploying.get(id));
    toldDeploying = deploying;
    return joinBatches(ids.length === 0 ? [] : [...toldTenants.keys()].map((tenantId) => tenantBatch(tenantId, ids.flatMap((id) => packages.find(id, tenantId) ?? []), [])));
  };

  const nextImports = ({ imports }: PackageLists): RowBatch | undefined => {
    const rows = new Map(imports.filter(({ state }) => state !== 'complete').map((record) => importRow(record, locale, text, describeSystem)).map((row) => [row.key, row]));
    const changed = [...rows.values()].filter((row) => !isSameImport(toldImports.get(row.key), row));
    const gone = [...toldImports.keys()].filter((key) => !rows.has(key));
    toldImports = rows;
    return changed.length === 0 && gone.length === 0 ? undefined : { shared: [], tenants: [], imports: { changed, gone } };
  };

  return {
    update: (next) => {
      const now = deployingPercents(next.deployments);
      const isSameDeploying = now.size === deploying.size && [...now].every(([id, percent]) => deploying.get(id) === percent);
      if (next.packages !== lists?.packages || next.imports !== lists.imports || next.tenants !== lists.tenants || !isSameDeploying) version += 1;
      if (!isSameDeploying) deploying = now;
      lists = next;
      return version;
    },
    restart: () => {
      toldTenants.clear();
      toldShared.clear();
      toldImports = new Map();
      toldDeploying = deploying;
    },
    next: (rows = batchRows) => {
      if (lists === undefined) return undefined;
      const { tenants, packages } = lists;
      const batches = [nextImports(lists), nextDeploying(lists)].filter((batch) => batch !== undefined);
      let left = rows;
      const add = (batch: RowBatch | undefined): void => {
        if (batch === undefined) return;
        batches.push(batch);
        left -= batch.tenants.reduce((sum, { ids }) => sum + ids.length, 0);
      };
      for (const { id } of tenants) if (left > 0) add(nextOfTenant(id, packages.of(id), left));
      for (const id of [...toldTenants.keys()]) {
        if (tenants.some((tenant) => tenant.id === id)) continue;
        add(nextOfTenant(id, nothing, left));
        toldTenants.delete(id);
      }
      return joinBatches(batches);
    },
  };
}

function joinBatches(batches: readonly RowBatch[]): RowBatch | undefined {
  if (batches.length <= 1) return batches[0];
  return {
    shared: batches.flatMap(({ shared }) => shared), tenants: batches.flatMap(({ tenants }) => tenants),
    imports: { changed: batches.flatMap(({ imports }) => imports.changed), gone: batches.flatMap(({ imports }) => imports.gone) },
  };
}

/** Whether a list goes on where the told one ended: while a tenant is read its list only grows. */
function beginsLike(packages: readonly PackageSummary[], told: Told): boolean {
  if (packages === told.packages) return true;
  if (packages.length < told.upTo) return false;
  for (let place = 0; place < told.upTo; place++) if (packages[place] !== told.packages[place]) return false;
  return true;
}

function isSame(a: PackageSummary, b: PackageSummary): boolean {
  return a.group === b.group && a.updatedAt === b.updatedAt && a.lastDeployment === b.lastDeployment && a.notes?.length === b.notes?.length && a.name === b.name && a.nickname === b.nickname && a.version === b.version
    && a.localeId === b.localeId && a.osGroup === b.osGroup && a.kind === b.kind && a.computerTypes.join() === b.computerTypes.join();
}

type DescribeSystem = (identity: Pick<PackageSummary, 'osGroup' | 'computerTypes'>) => string;

/** How packages stand: few ways, each one object. */
function createStatuses(locale: Locale, text: Text<ViewTextKey>): (item: Pick<PackageSummary, 'lastDeployment' | 'notes'>, deploying: number | undefined) => PackageStatus {
  const made = new Map<string, PackageStatus>();
  const complete = describeComplete(locale, undefined);
  return ({ lastDeployment: trouble, notes }, deploying) => {
    // Of nearly all packages everything was understood.
    const words = notes === undefined ? complete : describeComplete(locale, notes);
    const key = `${words} ${deploying ?? trouble ?? ''}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const deployment: RowStatus['deployment'] = deploying !== undefined
      ? { state: 'running', words: text('deploying', { percent: deploying }) }
      : trouble === undefined ? undefined : { state: trouble, words: text(trouble === 'failed' ? 'lastDeploymentFailed' : 'lastDeploymentUnknown') };
    const status: PackageStatus = {
      statusOrder: deployment === undefined ? order.done : deployment.state === 'running' ? order.deploying : order.deploymentFailed,
      status: { state: 'done', words, ...(deployment && { deployment }) },
    };
    made.set(key, status);
    return status;
  };
}

function importRow(record: ImportRecord, locale: Locale, text: Text<ViewTextKey>, describeSystem: DescribeSystem): ListRow {
  const { identity } = record;
  const state = record.state === 'running' ? (record.waiting === true ? 'queued' : 'running') : record.state === 'failed' ? 'failed' : 'stopped';
  return {
    key: `import:${record.id}`, kind: 'import', name: identity?.name ?? fileNameOf(record.source.path), nickname: '', version: identity?.version ?? '', localeId: identity?.localeId ?? '',
    system: identity === undefined ? '' : describeSystem(identity), tenantId: record.tenantId, group: record.group, updatedAt: record.startedAt, statusOrder: order[state],
    status: { state, words: describeImport(record, { locale, text }), ...(record.state === 'running' && { percent: Math.floor(record.percent) }), ...(wasPresent(record) && { replaceable: true }) },
  };
}

function isSameImport(a: ListRow | undefined, b: ListRow): boolean {
  return a?.name === b.name && a.version === b.version && a.localeId === b.localeId && a.system === b.system && a.tenantId === b.tenantId && a.group === b.group
    && a.updatedAt === b.updatedAt && a.status.words === b.status.words && a.status.percent === b.status.percent && a.status.replaceable === b.status.replaceable;
}
