import { describeError } from '../../../core/errors';
import type { CopyOutcome } from '../../../core/packages/copy';
import { describeOperatingSystem } from '../../../core/packages/identity';
import type { CompareNames } from '../../../core/packages/list/order';
import { listTenants } from '../../../core/packages/list/tenants';
import type { PackageSummary } from '../../../core/packages/model';
import { wholeName, type CopyPackage } from '../../../core/packages/tenantCopy';
import { createText, type Locale } from '../../../core/text/messages';
import { viewText } from '../../../core/text/viewText';
import type { CopyItems, CopyResultRow, CopyView, TenantRow } from '../../../protocol/page/copyToTenants';
import type { ChangedArea } from '../../../protocol/service';
import { isHeld } from '../../access';
import type { RepositorySnapshot } from '../../repositoryState';
import { isOfflineAndEmpty, pageLock } from '../liveView';

/** The lists that the page is made of. */
export const copyAreas: readonly ChangedArea[] = ['tenants', 'packages', 'access'];

/** The packages of a page that are still there, in the order of their names. */
export function presentPackages(items: CopyItems, { packages }: Pick<RepositorySnapshot, 'packages'>, compareNames: CompareNames): readonly PackageSummary[] {
  return items.flatMap(({ id, tenantId }) => packages.find(id, tenantId) ?? []).sort((a, b) => compareNames(a.name, b.name) || compareNames(a.version, b.version));
}

/** What the page shows of the repository. */
export function showCopy(items: CopyItems, snapshot: RepositorySnapshot, locale: Locale, compareNames: CompareNames, isTrusted: boolean): CopyView {
  if (isOfflineAndEmpty(snapshot, ['tenants', 'packages'])) return { kind: 'offline' };
  const packages = presentPackages(items, snapshot, compareNames);
  if (packages.length === 0) return { kind: 'gone' };
  const tenants = listTenants(snapshot.tenants, compareNames).map(({ tenant, depth }): TenantRow => ({
    id: tenant.id, name: tenant.name, depth, ...(tenant.parentId !== undefined && { parentId: tenant.parentId }),
    mayCopy: isHeld(snapshot.access, 'copy', tenant.id),
    held: packages.flatMap(({ id }) => (snapshot.packages.find(id, tenant.id) === undefined ? [] : [id])),
  }));
  const lock = pageLock(snapshot, isTrusted, (error) => describeError(locale, error));
  return {
    kind: 'copy', packages: packages.map((item) => showPackage(item, locale)), gone: items.length - packages.length, tenants,
    ...(lock && { lock }), offline: snapshot.connection === 'offline',
  };
}

/** What was done, in names. @param view what both were called when it began; a tenant that was gone by then is named by its id */
export function showOutcomes(outcomes: readonly CopyOutcome[], view: Extract<CopyView, { kind: 'copy' }>, locale: Locale): readonly CopyResultRow[] {
  const packages = new Map(view.packages.map((item) => [item.id, wholeName(item)]));
  const tenants = new Map(view.tenants.map(({ id, name }) => [id, name]));
  const order = new Map(view.tenants.map(({ id }, index) => [id, index]));
  return outcomes.map(({ id, tenantId, outcome, error }): CopyResultRow => ({
    id, package: packages.get(id) ?? id, tenantId, tenant: tenants.get(tenantId) ?? tenantId, outcome,
    ...(error && { error: { code: error.code, message: describeError(locale, error) } }),
  })).sort((a, b) => (order.get(a.tenantId) ?? 0) - (order.get(b.tenantId) ?? 0));
}

function showPackage(item: PackageSummary, locale: Locale): CopyPackage {
  const { id, name, version } = item;
  return { id, name, version, system: describeOperatingSystem(item, createText(locale, viewText)('bit')) };
}
