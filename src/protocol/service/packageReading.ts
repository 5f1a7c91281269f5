import type { PackagePlace } from '../../core/packages/copy';
import { asTenantPackage, fromColumns, type HeldColumns, type SharedPackage } from '../../core/packages/held';
import type { PackageSummary } from '../../core/packages/model';
import type { ServiceMethodName, ServiceParams, ServiceResult } from '../service';
import { packagePage } from './packages';

/** What requests are made to. */
interface Requests {
  request<N extends ServiceMethodName>(name: N, params: ServiceParams<N>): Promise<ServiceResult<N>>;
}

/** What became of packages: `packages` is all that is left in these places. */
export interface ChangedPackages {
  readonly revision: string;
  readonly places: readonly PackagePlace[];
  readonly packages: readonly PackageSummary[];
}

/** Reads packages tenant by tenant. What tenants share of a package is asked for once, and kept for the tenants that follow. */
export interface PackageReading {
  /** The packages of a tenant, page by page, group after group. */
  pages(tenantId: string): AsyncGenerator<readonly PackageSummary[], void>;
  /** Undefined: all is to be read anew. */
  changesSince(revision: string): Promise<ChangedPackages | undefined>;
}

export function createPackageReading(service: Requests): PackageReading {
  const shared = new Map<string, SharedPackage>();
  const keep = (packages: readonly SharedPackage[]): void => {
    for (const one of packages) shared.set(one.id, one);
  };
  /** A package that is not shared by anybody any more was deleted while its page was on its way. */
  const assemble = (tenantId: string, columns: HeldColumns): readonly PackageSummary[] => fromColumns(columns).flatMap((held) => {
    const one = shared.get(held.packageId);
    return one === undefined ? [] : [asTenantPackage(one, tenantId, held)];
  });

  return {
    async *pages(tenantId) {
      let after: ServiceParams<'packages/held'>['after'];
      do {
        const { held, next } = await service.request('packages/held', { tenantId, ...(after && { after }) });
        const unknown = held.ids.filter((id) => !shared.has(id));
        for (let at = 0; at < unknown.length; at += packagePage) keep(await service.request('packages/shared', { ids: unknown.slice(at, at + packagePage) }));
        yield assemble(tenantId, held);
        after = next && { ...next };
      } while (after !== undefined);
    },
    changesSince: async (since) => {
      const changes = await service.request('packages/changes', { since });
      if (changes.whole) return undefined;
      keep(changes.packages);
      return { revision: changes.revision, places: changes.places, packages: changes.held.flatMap(({ tenantId, held }) => assemble(tenantId, held)) };
    },
  };
}

/** All packages of some tenants, in their order. */
export async function readPackages(service: Requests, tenantIds: readonly string[]): Promise<readonly PackageSummary[]> {
  const reading = createPackageReading(service);
  const all: PackageSummary[] = [];
  for (const tenantId of tenantIds) for await (const page of reading.pages(tenantId)) for (const item of page) all.push(item);
  return all;
}
