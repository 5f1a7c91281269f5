import { asColumns, type HeldPackage, type SharedPackage } from '../../../src/core/packages/held';
import type { PackageSummary } from '../../../src/core/packages/model';
import type { PackageChanges } from '../../../src/protocol/service/packages';
import type { FakeService } from './fakeService';

/** Answers all that is asked about lists of packages. Which ones have changed it does not know: then all are read anew. */
export function answerPackages(service: FakeService, packages: () => readonly PackageSummary[], pageSize = 2500): void {
  let known: { readonly packages: readonly PackageSummary[]; readonly n: number } | undefined;
  const revision = (): string => {
    const now = packages();
    if (known?.packages !== now) known = { packages: now, n: (known?.n ?? 0) + 1 };
    return `fake/${known.n}`;
  };
  service.answer('packages/groups', () => {
    const groups = new Map<string, { readonly tenantId: string; readonly group: string; n: number }>();
    for (const { tenantId, group } of packages()) {
      const count = groups.get(`${tenantId} ${group}`) ?? { tenantId, group, n: 0 };
      count.n += 1;
      groups.set(`${tenantId} ${group}`, count);
    }
    return { revision: revision(), groups: [...groups.values()] };
  });
  service.answer('packages/held', ({ tenantId, after }) => {
    const held = packages().filter((item) => item.tenantId === tenantId).map(heldOf);
    const from = after === undefined ? 0 : held.findIndex(({ packageId }) => packageId === after.packageId) + 1;
    const page = held.slice(from, from + pageSize);
    const last = page.at(-1);
    return { held: asColumns(page), ...(last && from + pageSize < held.length && { next: { group: last.group, packageId: last.packageId } }) };
  });
  service.answer('packages/shared', ({ ids }) => {
    const wanted = new Set(ids);
    return [...new Map(packages().filter(({ id }) => wanted.has(id)).map((item) => [item.id, sharedOf(item)])).values()];
  });
  service.answer('packages/changes', ({ since }) => (since === revision() ? changesOf(since, [], []) : { revision: revision(), whole: true }));
}

/** The answer that these packages are all that is in these places now. */
export function changesOf(revision: string, places: readonly { readonly id: string; readonly tenantId: string }[], packages: readonly PackageSummary[]): PackageChanges {
  return {
    revision, whole: false, places, packages: packages.map(sharedOf),
    held: packages.map((item) => ({ tenantId: item.tenantId, held: asColumns([heldOf(item)]) })),
  };
}

function heldOf({ id, group, description, updatedAt, lastDeployment }: PackageSummary): HeldPackage {
  return { packageId: id, group, description, updatedAt, ...(lastDeployment && { lastDeployment }) };
}

function sharedOf({ id, name, version, localeId, osGroup, computerTypes, kind, nickname, size, sha256, notes }: PackageSummary): SharedPackage {
  return { id, name, version, localeId, osGroup, computerTypes, kind, nickname, size, sha256, ...(notes && { notes }) };
}
