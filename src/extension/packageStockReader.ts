import { isProductError } from '../core/errors';
import type { PackageSummary } from '../core/packages/model';
import { emptyStock, type GrowingStock, type PackageStock } from '../core/packages/stock';
import { createPackageReading } from '../protocol/service/packageReading';
import type { PackageService } from './packageService';

/** Keeps a window's stock of packages equal to the repository. */
export interface PackageStockReader {
  readonly stock: PackageStock;
  /**
   * Brings the stock up to now: first the counts, then tenant by tenant; from the second time on only what has changed.
   * When it rejects, what was read stays, and the next time goes on from there. One call at a time.
   * @param onStep told whenever there is more to show
   * @param isWanted asked between pages: once nobody wants the packages the reading ends
   * @returns whether all is read
   */
  read(onStep: () => void, isWanted?: () => boolean): Promise<boolean>;
  /** Somebody waits for the packages of this tenant: it is read before the others. */
  hurry(tenantId: string): void;
  /** Makes the next reading a whole one. */
  distrust(): void;
}

export function createPackageStockReader(service: Pick<PackageService, 'request'>): PackageStockReader {
  let reading = createPackageReading(service);
  let stock: GrowingStock = emptyStock;
  let revision: string | undefined;
  /** Tenants that are yet to be read, in their order. */
  const pending = new Set<string>();
  const hurried: string[] = [];

  const take = (): string | undefined => {
    for (let wanted = hurried.pop(); wanted !== undefined; wanted = hurried.pop()) if (pending.has(wanted)) return wanted;
    const [next] = pending;
    return next;
  };

  /** From another service, or when too much has changed: nothing of before counts, but it shows until its successor is there. */
  const begin = async (tenantIds: readonly string[]): Promise<void> => {
    reading = createPackageReading(service);
    const counts = await service.request('packages/groups', {});
    revision = counts.revision;
    stock = stock.counted(tenantIds, counts.groups);
    pending.clear();
    const holders = new Set(counts.groups.map(({ tenantId }) => tenantId));
    for (const id of tenantIds) if (holders.has(id) || stock.of(id).length > 0) pending.add(id);
  };

  const applyChanges = async (): Promise<boolean> => {
    const changes = revision === undefined ? undefined : await reading.changesSince(revision);
    if (changes === undefined) return false;
    revision = changes.revision;
    if (changes.places.length > 0) stock = stock.changed(changes.places, changes.packages);
    return true;
  };

  const readTenant = async (tenantId: string, onStep: () => void, isWanted: () => boolean): Promise<void> => {
    const packages: PackageSummary[] = [];
    try {
      for await (const page of reading.pages(tenantId)) {
        if (!isWanted()) return;
        packages.push(...page);
        if (stock.isRead(tenantId)) continue;
        stock = stock.read(tenantId, [...packages], false);
        onStep();
      }
    } catch (error) {
      // It went, or is not to be seen any more; the list of tenants says so with the next change.
      if (!isProductError(error, 'general/not-found')) throw error;
    }
    stock = stock.read(tenantId, packages, true);
    pending.delete(tenantId);
    onStep();
  };

  const readPending = async (onStep: () => void, isWanted: () => boolean): Promise<boolean> => {
    const isLate = pending.size > 0;
    for (let next = take(); next !== undefined; next = take()) {
      if (!isWanted()) return false;
      await readTenant(next, onStep, isWanted);
    }
    if (!isLate) return true;
    // What changed meanwhile is in some of the pages and not in others. When it is too much to be named, the event that
    // tells of it begins a whole reading.
    if (!(await applyChanges())) revision = undefined;
    onStep();
    return true;
  };

  return {
    get stock() {
      return stock;
    },
    read: async (onStep, isWanted = () => true) => {
      const tenantIds = (await service.request('tenants/list', {})).map(({ id }) => id);
      const known = new Set(stock.tenantIds);
      if (!(await applyChanges())) await begin(tenantIds);
      else if (tenantIds.length !== known.size || tenantIds.some((id) => !known.has(id))) {
        stock = stock.tenants(tenantIds);
        for (const id of tenantIds) if (!known.has(id)) pending.add(id);
        for (const id of [...pending]) if (!tenantIds.includes(id)) pending.delete(id);
      }
      onStep();
      return readPending(onStep, isWanted);
    },
    hurry: (tenantId) => {
      if (pending.has(tenantId)) hurried.push(tenantId);
    },
    distrust: () => {
      revision = undefined;
    },
  };
}
