import type { AccessView } from '../core/access/model';
import type { ApplicationObject, DeployedPackage, Deployment } from '../core/deployment/model';
import type { ErrorData } from '../core/errors';
import type { Host } from '../core/hosts/model';
import type { ImportRecord, PackageSummary, PackageTemplates, Tenant } from '../core/packages/model';
import type { ChangedArea } from '../protocol/service';
import type { ConnectionState, PackageService } from './packageService';

/** The lists of the repository as this window last read them. */
export interface RepositoryLists {
  /** What the person of this window may do; undefined: not known. */
  readonly access: AccessView | undefined;
  readonly tenants: readonly Tenant[];
  readonly packages: readonly PackageSummary[];
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
  /** Resolves when these lists have been read, also when that failed. */
  ready(areas: readonly ChangedArea[]): Promise<void>;
  /** Reads all watched lists anew. @throws ProductError when the service cannot be reached */
  refresh(): Promise<void>;
  dispose(): void;
}

const emptyLists: RepositoryLists = { access: undefined, tenants: [], packages: [], templates: [], imports: [], hosts: [], applications: [], deployments: [], deployedPackages: [] };

/** Reads one list. One entry an area, so that adding an area is adding a line. */
const readers: { readonly [A in ChangedArea]: (service: PackageService) => Promise<RepositoryLists[A]> } = {
  access: (service) => service.request('access/me', {}),
  tenants: (service) => service.request('tenants/list', {}),
  packages: (service) => service.request('packages/list', {}),
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
  /** Lists that changed since their last read began; read as soon as the running read ends. */
  const stale = new Set<ChangedArea>();
  let busy = false;
  let reading = Promise.resolve();
  const listeners = new Set<(areas: readonly ChangedArea[]) => void>();

  const tell = (areas: readonly ChangedArea[]): void => {
    for (const listener of [...listeners]) listener(areas);
  };

  const readArea = async <A extends ChangedArea>(area: A): Promise<void> => {
    const list = await readers[area](service);
    lists = { ...lists, [area]: list };
    known.add(area);
  };

  /** One read at a time; what changes meanwhile is read right after it, so that events never pile up requests. */
  const readStale = async (): Promise<void> => {
    try {
      while (stale.size > 0) {
        const areas = [...stale].filter((area) => watchers.has(area));
        stale.clear();
        try {
          await Promise.all(areas.map(readArea));
        } catch (error) {
          for (const area of areas) stale.add(area);
          throw error;
        }
        if (areas.length > 0) tell(areas);
      }
    } finally {
      // In the same turn as the last look at `stale`: a change that comes now begins a read of its own.
      busy = false;
    }
  };

  const read = (areas: Iterable<ChangedArea>): Promise<void> => {
    for (const area of areas) stale.add(area);
    if (!busy) {
      busy = true;
      reading = readStale();
    }
    return reading;
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
      for (const area of areas) if (!watchers.has(area)) known.delete(area);
      const watched = areas.filter((area) => watchers.has(area));
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
    ready: async (areas) => {
      const isUnknown = (): boolean => areas.some((area) => !known.has(area));
      // What is being read already is not asked for twice.
      if (busy && isUnknown() && !(await reading.then(() => true, () => false))) return;
      if (isUnknown()) await read(areas.filter((area) => !known.has(area))).catch(report);
    },
    refresh: async () => {
      await service.connect();
      await Promise.all([read(watchers.keys()), readStatus()]);
    },
    dispose: () => {
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}
