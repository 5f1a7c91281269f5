import { describeOperatingSystem, type PackageIdentity } from '../../../core/packages/identity';
import { fileNameOf } from '../../../core/packages/importSource';
import type { ImportRecord, PackageSummary } from '../../../core/packages/model';
import { createText, type Locale, type Text } from '../../../core/text/messages';
import { describeComplete } from '../../../core/text/contentText';
import { viewText, type ViewTextKey } from '../../../core/text/viewText';
import type { ListRow, RowChanges, RowStatus } from '../../../protocol/page/packageList';
import { deployingPercents, describeImport, wasPresent, type PackageLists } from '../../views/nodes/packageNodes';

/** The places of the states when the list is sorted by them: first what happens now or wants attention. */
const order = { running: 0, queued: 1, failed: 2, stopped: 3, deploymentFailed: 4, deploying: 5, done: 6 } as const;

/** The rows of the list, and what of them differs from what was told last. */
export interface ListFeed {
  /** Makes the rows anew. Answers a number that grows with every difference. */
  update(lists: PackageLists): number;
  /** All rows; from now on they count as told. */
  all(): readonly ListRow[];
  /** What differs since rows were told last. */
  changes(): RowChanges;
}

/** Rows of thousands of packages cost time to make and to send: what has not changed is neither made nor told again. */
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
  let rows = new Map<string, ListRow>();
  let told = new Map<string, ListRow>();
  let version = 0;
  const made = new WeakMap<PackageSummary, { readonly deploying: number | undefined; readonly row: ListRow }>();

  const packageRowOf = (item: PackageSummary, deploying: number | undefined): ListRow => {
    const known = made.get(item);
    if (known !== undefined && known.deploying === deploying) return known.row;
    const fresh = packageRow(item, deploying, locale, text, describeSystem);
    const before = rows.get(fresh.key);
    // A list that was read anew holds new objects with the same content.
    const row = before !== undefined && isSame(before, fresh) ? before : fresh;
    made.set(item, { deploying, row });
    return row;
  };

  return {
    update: (lists) => {
      const deploying = deployingPercents(lists.deployments);
      const next = new Map<string, ListRow>();
      for (const item of lists.packages) {
        const row = packageRowOf(item, deploying.get(item.id));
        next.set(row.key, row);
      }
      for (const record of lists.imports) {
        if (record.state === 'complete') continue;
        const fresh = importRow(record, locale, text, describeSystem);
        const before = rows.get(fresh.key);
        next.set(fresh.key, before !== undefined && isSame(before, fresh) ? before : fresh);
      }
      if (next.size !== rows.size || [...next].some(([key, row]) => rows.get(key) !== row)) version += 1;
      rows = next;
      return version;
    },
    all: () => {
      told = rows;
      return [...rows.values()];
    },
    changes: () => {
      const changed = [...rows].filter(([key, row]) => told.get(key) !== row).map(([, row]) => row);
      const gone = [...told.keys()].filter((key) => !rows.has(key));
      told = rows;
      return { changed, gone };
    },
  };
}

type DescribeSystem = (identity: Pick<PackageIdentity, 'osGroup' | 'computerTypes'>) => string;

function packageRow(item: PackageSummary, deploying: number | undefined, locale: Locale, text: Text<ViewTextKey>, describeSystem: DescribeSystem): ListRow {
  const deployment: RowStatus['deployment'] = deploying !== undefined
    ? { state: 'running', words: text('deploying', { percent: deploying }) }
    : item.lastDeployment === undefined
      ? undefined
      : { state: item.lastDeployment, words: text(item.lastDeployment === 'failed' ? 'lastDeploymentFailed' : 'lastDeploymentUnknown') };
  return {
    key: `package:${item.tenantId}:${item.id}`, kind: item.kind, name: item.name, nickname: item.nickname, version: item.version, localeId: item.localeId,
    system: describeSystem(item), tenantId: item.tenantId, group: item.group, updatedAt: item.updatedAt,
    statusOrder: deployment === undefined ? order.done : deployment.state === 'running' ? order.deploying : order.deploymentFailed,
    status: { state: 'done', words: describeComplete(locale, item.notes), ...(deployment && { deployment }) },
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

function isSame(a: ListRow, b: ListRow): boolean {
  return a.name === b.name && a.nickname === b.nickname && a.version === b.version && a.localeId === b.localeId && a.system === b.system && a.kind === b.kind
    && a.tenantId === b.tenantId && a.group === b.group && a.updatedAt === b.updatedAt && a.statusOrder === b.statusOrder
    && a.status.words === b.status.words && a.status.percent === b.status.percent && a.status.deployment?.words === b.status.deployment?.words;
}
