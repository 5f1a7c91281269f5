import { isCancelled, toErrorData, type ErrorData } from '../../../core/errors';
import { identityKey, type PackageIdentity } from '../../../core/packages/identity';
import type { SearchMethod } from '../../../core/packages/importDraft';
import type { ScannedPackage, UnreadableSource } from '../../../core/packages/scan';
import type { MountMap } from '../../../core/packages/uncPath';
import type { PackageService } from '../../packageService';
import type { FoundSources, ScanView } from '../../../protocol/page/importWizard';

export interface SearchedPlaces {
  readonly method: SearchMethod;
  /** Whole paths. */
  readonly places: readonly string[];
  readonly tenantId?: string;
  readonly mounts: MountMap;
}

/** Has places searched for packages, one after the other. */
export interface PlaceSearch {
  readonly view: ScanView | null;
  readonly packages: readonly ScannedPackage[];
  /** Everything found so far, for a page that begins. */
  readonly all: FoundSources | null;
  /** Places that could not be searched at all. */
  readonly unsearched: readonly { readonly path: string; readonly error: ErrorData }[];
  /** Begins a search in place of an earlier one. Answers as soon as a place is being read: false when none can be. */
  start(wanted: SearchedPlaces): Promise<boolean>;
  /** What was found stays. */
  stop(): void;
  /** Gives up what was found. */
  clear(): void;
  /** The list of packages has changed. @param tenantsWith the tenants that hold a package now */
  update(tenantsWith: (identity: PackageIdentity) => readonly string[]): void;
  dispose(): void;
}

export interface PlaceSearchOptions {
  readonly service: Pick<PackageService, 'request' | 'onEvent'>;
  /** Takes what has been found since the last call. */
  readonly onFound: (found: FoundSources) => void;
  /** The view is another. */
  readonly onChange: () => void;
}

interface Search {
  readonly number: number;
  readonly wanted: SearchedPlaces;
  readonly startedAt: number;
  readonly stop: AbortController;
  readonly packages: Map<string, ScannedPackage>;
  readonly unreadable: Map<string, UnreadableSource>;
  readonly foldersRead: Map<string, number>;
  readonly unsearched: Map<string, ErrorData>;
  state: ScanView['state'];
  seconds?: number;
  /** Something is being read, or the search has ended. */
  readonly setBegun: (began: boolean) => void;
}

export function createPlaceSearch({ service, onFound, onChange }: PlaceSearchOptions): PlaceSearch {
  let number = 0;
  let search: Search | undefined;

  const take = (of: Search, packages: readonly ScannedPackage[], unreadable: readonly UnreadableSource[]): void => {
    // The end of a search tells once more of what its events have told.
    const isNew = <T>(known: T | undefined, now: T): boolean => JSON.stringify(known) !== JSON.stringify(now);
    const added = packages.filter((item) => isNew(of.packages.get(item.source.path), item));
    const refused = unreadable.filter((item) => isNew(of.unreadable.get(item.path), item));
    for (const item of added) of.packages.set(item.source.path, item);
    for (const item of refused) of.unreadable.set(item.path, item);
    if (added.length + refused.length > 0) onFound({ number: of.number, packages: added, unreadable: refused });
  };

  const stopListening = service.onEvent('importScan', ({ path, foldersRead, found, unreadable }) => {
    if (search?.state !== 'searching' || !search.wanted.places.includes(path)) return;
    search.foldersRead.set(path, foldersRead);
    search.setBegun(true);
    take(search, found, unreadable);
    onChange();
  });

  const end = (ended: Search, state: ScanView['state']): void => {
    if (ended.state !== 'searching') return;
    ended.state = state;
    ended.seconds = Math.max(1, Math.round((performance.now() - ended.startedAt) / 1000));
    ended.setBegun(ended.unsearched.size < ended.wanted.places.length);
    onChange();
  };

  const searchPlace = async (of: Search, path: string): Promise<void> => {
    const { method, tenantId, mounts } = of.wanted;
    try {
      const result = await service.request('imports/scan', { method, path, mounts, ...(tenantId !== undefined && { tenant: tenantId }) }, of.stop.signal);
      of.foldersRead.set(path, result.foldersRead);
      take(of, result.packages, result.unreadable);
      // There was more than can be listed.
      if (result.stopped) end(of, 'stopped');
    } catch (error) {
      if (of.state !== 'searching' || isCancelled(error)) return;
      const isBegun = of.foldersRead.has(path);
      if (isBegun || toErrorData(error).code.startsWith('service/')) end(of, 'failed');
      else of.unsearched.set(path, toErrorData(error));
    }
  };

  const run = async (of: Search): Promise<void> => {
    for (const place of of.wanted.places) {
      if (of.state === 'searching') await searchPlace(of, place);
    }
    end(of, 'complete');
  };

  const stop = (): void => {
    if (search === undefined) return;
    // First: what the request answers when it is taken back is no failure.
    end(search, 'stopped');
    search.stop.abort();
  };

  return {
    get view() {
      if (search === undefined) return null;
      const { state, wanted, seconds, foldersRead } = search;
      return {
        number: search.number, state, method: wanted.method, places: wanted.places, foldersRead: [...foldersRead.values()].reduce((sum, n) => sum + n, 0),
        ...(seconds !== undefined && { seconds }), ...(wanted.tenantId !== undefined && { tenantId: wanted.tenantId }),
      };
    },
    get packages() {
      return [...(search?.packages.values() ?? [])];
    },
    get all() {
      return search === undefined ? null : { number: search.number, packages: [...search.packages.values()], unreadable: [...search.unreadable.values()] };
    },
    get unsearched() {
      return [...(search?.unsearched ?? [])].map(([path, error]) => ({ path, error }));
    },
    start: (wanted) => {
      stop();
      const begun = new Promise<boolean>((resolve) => {
        search = {
          number: ++number, wanted, startedAt: performance.now(), stop: new AbortController(), state: 'searching', setBegun: resolve,
          packages: new Map(), unreadable: new Map(), foldersRead: new Map(), unsearched: new Map(),
        };
        void run(search);
      });
      onChange();
      return begun;
    },
    stop,
    clear: () => {
      stop();
      search = undefined;
      onChange();
    },
    update: (tenantsWith) => {
      if (search === undefined) return;
      take(search, [...search.packages.values()].map((item) => ({ ...item, presentIn: tenantsWith(item.identity) })), []);
    },
    dispose: () => {
      stopListening();
      search?.stop.abort();
      search = undefined;
    },
  };
}

/** Finds the tenants that hold a package, from the list of packages. The list is gone through once, however many ask. */
export function createTenantFinder(): (packages: readonly (PackageIdentity & { readonly tenantId: string })[]) => (identity: PackageIdentity) => readonly string[] {
  let of: unknown;
  let holders = new Map<string, string[]>();
  return (packages) => {
    if (of !== packages) {
      of = packages;
      holders = new Map();
      for (const item of packages) {
        const key = identityKey(item);
        const known = holders.get(key);
        if (known === undefined) holders.set(key, [item.tenantId]);
        else known.push(item.tenantId);
      }
    }
    return (identity) => holders.get(identityKey(identity)) ?? [];
  };
}
