import { ProductError, toErrorData } from '../../core/errors';
import type { CopyOutcome } from '../../core/packages/copy';
import { asColumns, type PlacedPackage } from '../../core/packages/held';
import { describeIdentity } from '../../core/packages/identity';
import { packagePage, type packageMethods } from '../../protocol/service/packages';
import type { PackageEdit } from '../repository/repository';
import type { GuardedHandlers } from './handlers';
import { createPackageRevisions } from './packageRevisions';
import type { RequestAccess } from './requestAccess';
import type { ServiceParts } from './serviceParts';

/** As many as are in sight, and more. */
const firstPage = 250;

/** Packages as tenants hold them. */
export function createPackageHandlers({ repository }: Pick<ServiceParts, 'repository'>): Pick<GuardedHandlers, keyof typeof packageMethods> {
  const revisions = createPackageRevisions(repository);
  const tenantIds = (access: RequestAccess): readonly string[] => access.tenants.map(({ id }) => id);
  return {
    // The revision is that of before the reading: what changes meanwhile is told again rather than not at all.
    'packages/groups': async () => ({ revision: revisions.now, groups: await repository.countGroups() }),
    'packages/held': async ({ tenantId, after }) => {
      const limit = after === undefined ? firstPage : packagePage;
      const held = await repository.listHeldPackages(tenantId, limit, after);
      const last = held.length < limit ? undefined : held.at(-1);
      return { held: asColumns(held), ...(last && { next: { group: last.group, packageId: last.packageId } }) };
    },
    'packages/shared': ({ ids }, { access }) => repository.listSharedPackages(ids, tenantIds(access)),
    'packages/changes': async ({ since }, { access }) => {
      const revision = revisions.now;
      const places = revisions.since(since)?.filter(({ tenantId }) => access.sees(tenantId));
      if (places === undefined) return { revision, whole: true };
      const ids = [...new Set(places.map(({ id }) => id))];
      const [packages, held] = await Promise.all([repository.listSharedPackages(ids, tenantIds(access)), repository.listPlaces(places)]);
      return { revision, whole: false, places, packages, held: byTenant(held).map(([tenantId, its]) => ({ tenantId, held: asColumns(its) })) };
    },
    'packages/list': ({ tenantId }) => repository.listPackages(tenantId),
    'packages/get': async ({ id, tenantId }, { access }) => {
      if (tenantId !== undefined) return repository.getPackage(id, tenantId);
      const holder = (await repository.listPackageTenants(id)).find((tenant) => access.sees(tenant.id));
      return repository.getPackage(id, holder?.id);
    },
    'packages/files': async ({ id }) => {
      const { nested } = await repository.getPackage(id);
      return [...await repository.listPackageFiles(id), ...nested?.beside ?? []];
    },
    'templates/list': () => repository.listTemplates(),
    'packages/edit': ({ id, tenantId, known, ...change }, { access }) =>
      repository.editPackage(id, tenantId, given(change), { by: access.user.name, ...(known && { known: given(known) }) }),
    'packages/move': async ({ items, group }, { access }) => {
      await repository.movePackages(items, group, access.user.name);
      return null;
    },
    'groups/rename': async ({ tenantId, group, newName }, { access }) => {
      await repository.renameGroup(tenantId, group, newName, access.user.name);
      return null;
    },
    'packages/copyToTenants': async ({ items, tenantIds }, { access }) => {
      const targets = [...new Set(tenantIds)];
      const allowed = targets.filter((tenantId) => access.may('copy', tenantId));
      const done = allowed.length === 0 ? [] : await repository.copyToTenants(items, allowed);
      const refused = targets.filter((tenantId) => !allowed.includes(tenantId));
      return [...done, ...await refuse(items, refused, access)];
    },
    'packages/uses': ({ id, tenantId }) => repository.packageUses(id, tenantId),
    'packages/delete': async ({ id, tenantId, allTenants = false }, { access }) => {
      const others = allTenants ? (await repository.listPackageTenants(id)).map((tenant) => tenant.id).filter((other) => other !== tenantId) : [];
      if (!others.every((other) => access.may('delete', other))) {
        throw new ProductError('access/held-elsewhere', { what: 'delete', package: describeIdentity(await repository.getPackage(id, tenantId)) });
      }
      await repository.deletePackage(id, tenantId, ...others);
      return null;
    },
  };

  /** A target that one may not see is told like one that does not exist. */
  async function refuse(items: readonly { readonly id: string; readonly tenantId: string }[], tenantIds: readonly string[], access: RequestAccess): Promise<CopyOutcome[]> {
    if (tenantIds.length === 0) return [];
    return Promise.all(items.flatMap(({ id, tenantId: source }) => tenantIds.map(async (tenantId): Promise<CopyOutcome> => {
      const error = access.sees(tenantId)
        ? access.refusal('copy', describeIdentity(await repository.getPackage(id, source)), tenantId)
        : new ProductError('general/not-found', { kind: 'tenant', name: tenantId });
      return { id, tenantId, outcome: 'failed', error: toErrorData(error) };
    })));
  }
}

function given({ group, description }: { readonly group?: string | undefined; readonly description?: string | undefined }): PackageEdit {
  return { ...(group !== undefined && { group }), ...(description !== undefined && { description }) };
}

function byTenant(places: readonly PlacedPackage[]): readonly (readonly [tenantId: string, held: readonly PlacedPackage[]])[] {
  const tenants = new Map<string, PlacedPackage[]>();
  for (const place of places) {
    const held = tenants.get(place.tenantId);
    if (held) held.push(place);
    else tenants.set(place.tenantId, [place]);
  }
  return [...tenants];
}
