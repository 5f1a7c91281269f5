import type { AccessView } from '../core/access/model';
import type { ApplicationObject, DeployedPackage, Deployment } from '../core/deployment/model';
import type { ErrorData } from '../core/errors';
import type { Host } from '../core/hosts/model';
import type { ImportRecord, PackageTemplates, Tenant } from '../core/packages/model';
import { emptyStock, type PackageStock } from '../core/packages/stock';
import type { ChangedArea } from '../protocol/service';
import type { ConnectionState, PackageService } from './packageService';
import { createPackageStockReader } from './packageStockReader';
import { createReadLane } from './readLane';

/** The lists of the repository as this window last read them. */
export interface RepositoryLists {
  /** What the person of this window may do; undefined: not known. */
  readonly access: AccessView | undefined;
  readonly tenants: readonly Tenant[];
  /** Grows while it is read: its counts are there long before all packages are. */
  readonly packages: PackageStock;
  readonly templates: readonly PackageTemplates[];
  readonly imports: readonly ImportRecord[];
  readonly hosts: readonly Host[];
  readonly applications: readonly ApplicationObject[];
  readonly deployments: readonly Deployment[];
  readonly deployedPackages: readonly DeployedPackage[];
}

/** What the views show: the last known lists and how fresh they are. They stay when the service goes. */
export interface RepositorySnapshot extends RepositoryLists {
  readonly connection: ConnectionState;
  /** Why the service cannot be reached, while it is offline and nobody stopped it. */
  readonly problem: unknown;
  /** The lists that have been read at least once. */
  readonly known: ReadonlySet<ChangedArea>;
  /** Set while the repository can only be read. */
  readonly readOnly: ErrorData | undefined;
  /** When the lists were last known to be right, while not connected. */
  readonly asOf: Date | undefined;
}

/** Keeps the lists that somebody watches equal to the repository, by the service's `changed` events. */
export interface RepositoryState {
  readonly snapshot: RepositorySnapshot;
  /** Tells which lists changed; an empty array means that only the connection did. */
  onChanged(listener: (areas: readonly ChangedArea[]) => void): () => void;
  /** Watches lists until the returned function is called, and reads those not known yet. Starts the service where needed. */
  watch(areas: readonly ChangedArea[]): () => void;
  /** Resolves when these lists have been read, also when that failed. `begun`: of the packages the counts are enough. */
  ready(areas: readonly ChangedArea[], packages?: 'begun'): Promise<void>;
  /** Somebody waits for the packages of a tenant: resolves when they have been read, also when that failed. `begun`: some of them. */
  tenantReady(tenantId: string, packages?: 'begun'): Promise<void>;
  /** Reads all watched lists anew. @throws ProductError when the service cannot be reached */
  refresh(): Promise<void>;
  dispose(): void;
}

const emptyLists: RepositoryLists = { access: undefined, tenants: [], packages: emptyStock, templates: [], imports: [], hosts: [], applications: [], deployments: [], deployedPackages: [] };

/** Packages are read bit by bit, beside the other lists. */
type ListArea = Exclude<ChangedArea, 'packages'>;

/** Reads one list. One entry an area, so that adding an area is adding a line. */
const readers: { readonly [A in ListArea]: (service: PackageService) => Promise<RepositoryLists[A]> } = {
  access: (service) => service.request('access/me', {}),
  tenants: (service) => service.request('tenants/list', {}),
  templates: (service) => service.request('templates/list', {}),
  imports: (service) => service.request('imports/list', {}),
  hosts: (service) => service.request('hosts/list', {}),
  applications: (service) => service.request('applications/list', {}),
  deployments: (service) => service.request('deployments/list', {}),
  deployedPackages: (service) => service.request('deployedPackages/list', {}),
};

/** @param report takes errors of reads that nobody waits for */
export function createRepositoryState(service: PackageService, report: (error: unknown) => void, now: () => Date = () => new Date()): RepositoryState {
  let lists = emptyLists;
  let asOf: Date | undefined;
  let connection = service.state;
  /** Why the service was last out of reach; it stays out of reach for the views while another attempt runs. */
  let outage: { readonly problem: unknown } | undefined;
  let readOnly: ErrorData | undefined;
  const known = new Set<ChangedArea>();
  const watchers = new Map<ChangedArea, number>();
  const listeners = new Set<(areas: readonly ChangedArea[]) => void>();

  const tell = (areas: readonly ChangedArea[]): void => {
    for (const listener of [...listeners]) listener(areas);
  };

  const readArea = async <A extends ListArea>(area: A): Promise<void> => {
    const list = await readers[area](service);
    lists = { ...lists, [area]: list };
    known.add(area);
  };
  const listLane = createReadLane<ListArea>(async (stale) => {
    const areas = [...stale].filter((area) => watchers.has(area));
    await Promise.all(areas.map(readArea));
    if (areas.length > 0) tell(areas);
  });

  const stockReader = createPackageStockReader(service);
  const stockSteps = new Set<() => void>();
  const showStock = (): void => {
    if (lists.packages !== stockReader.stock) {
      lists = { ...lists, packages: stockReader.stock };
      tell(['packages']);
    }
    for (const step of [...stockSteps]) step();
  };
  const stockLane = createReadLane<'packages'>(async () => {
    if (!watchers.has('packages')) return;
    // Other windows wait for the service too: it does not go on for nobody.
    if (!(await stockReader.read(showStock, () => watchers.has('packages')))) return;
    const isNews = !known.has('packages');
    known.add('packages');
    if (isNews) tell(['packages']);
  });
  /** Resolves with the first step after which something holds, or with the end of the reading. */
  const untilStock = async (holds: () => boolean): Promise<void> => {
    if (holds()) return;
    let step: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      step = () => {
        if (holds()) resolve();
      };
      stockSteps.add(step);
    });
    await Promise.race([reached, stockLane.busy ?? Promise.resolve()]).catch(() => undefined);
    stockSteps.delete(step);
  };

  const read = async (areas: Iterable<ChangedArea>): Promise<void> => {
    const wanted = [...areas];
    const lanes: Promise<void>[] = [];
    const others = wanted.filter((area): area is ListArea => area !== 'packages');
    if (others.length > 0) lanes.push(listLane.read(others));
    if (wanted.includes('packages')) lanes.push(stockLane.read(['packages']));
    await Promise.all(lanes);
  };

  const readStatus = async (): Promise<void> => {
    const status = await service.request('service/status', {});
    if (JSON.stringify(status.readOnly) === JSON.stringify(readOnly)) return;
    readOnly = status.readOnly;
    tell([]);
  };

  const stops = [
    service.onEvent('changed', ({ areas }) => {
      // A list that nobody watches is read anew when somebody does.
      for (const area of withPackages(areas)) if (!watchers.has(area)) known.delete(area);
      const watched = withPackages(areas).filter((area) => watchers.has(area));
      if (watched.length > 0) read(watched).catch(report);
    }),
    service.onStateChanged(() => {
      // While connected the events keep the lists right; they are as old as the end of the connection.
      if (connection === 'online' && service.state !== 'online' && known.size > 0) asOf = now();
      connection = service.state;
      if (service.state === 'offline') outage = { problem: service.problem };
      if (service.state === 'online') {
        outage = undefined;
        for (const area of [...known]) if (!watchers.has(area)) known.delete(area);
        read(watchers.keys()).catch(report);
        readStatus().catch(report);
      }
      tell([]);
    }),
  ];

  return {
    get snapshot() {
      return { ...lists, connection: outage ? 'offline' : service.state, problem: outage?.problem, readOnly, known, asOf };
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch: (areas) => {
      for (const area of areas) watchers.set(area, (watchers.get(area) ?? 0) + 1);
      const unknown = areas.filter((area) => !known.has(area));
      if (unknown.length > 0) read(unknown).catch(report);
      let watching = true;
      return () => {
        if (!watching) return;
        watching = false;
        for (const area of areas) {
          const count = (watchers.get(area) ?? 1) - 1;
          if (count > 0) watchers.set(area, count);
          else watchers.delete(area);
        }
      };
    },
    ready: async (areas, packages) => {
      const begun = packages === 'begun';
      const waiting = begun ? areas.filter((area) => area !== 'packages') : areas;
      const unknown = (): readonly ChangedArea[] => waiting.filter((area) => !known.has(area));
      // What is being read already is not asked for twice.
      const underWay = [listLane.busy, begun ? undefined : stockLane.busy].filter((lane) => lane !== undefined);
      if (unknown().length > 0 && underWay.length > 0 && !(await Promise.all(underWay).then(() => true, () => false))) return;
      if (unknown().length > 0) await read(unknown()).catch(report);
      if (begun && areas.includes('packages')) await untilStock(() => known.has('packages') || lists.packages.isCounted);
    },
    tenantReady: async (tenantId, packages) => {
      const isReady = (): boolean => lists.packages.isRead(tenantId) || (packages === 'begun' && lists.packages.of(tenantId).length > 0);
      if (isReady()) return;
      stockReader.hurry(tenantId);
      await untilStock(isReady);
    },
    refresh: async () => {
      await service.connect();
      stockReader.distrust();
      await Promise.all([read(watchers.keys()), readStatus()]);
    },
    dispose: () => {
      for (const stop of stops) stop();
      listeners.clear();
      watchers.clear();
    },
  };
}

/** A person who sees other tenants sees other packages. */
function withPackages(areas: readonly ChangedArea[]): readonly ChangedArea[] {
  return areas.includes('packages') || !(areas.includes('access') || areas.includes('tenants')) ? areas : [...areas, 'packages'];
}
