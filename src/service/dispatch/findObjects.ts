import { ProductError } from '../../core/errors';
import { describeIdentity } from '../../core/packages/identity';
import type { PackagePlace } from '../../core/packages/copy';
import { fileNameOf } from '../../core/packages/importSource';
import { environmentTenant } from '../../core/packages/model';
import type { OwnedObject, RequestAccess } from './requestAccess';
import type { ServiceParts } from './serviceParts';

/** Finds what a request is about. Rejects with `general/not-found` for what does not exist. */
export interface ObjectFinder {
  /** What belongs to the whole repository: users, roles, the repository itself. */
  environment(name: string): Promise<readonly OwnedObject[]>;
  tenant(id: string): Promise<readonly OwnedObject[]>;
  /** The tenant of that name or id, among those that the person may see; default: the environment. @throws ProductError `import/unknown-tenant` */
  tenantNamed(name: string | undefined, object: string): Promise<readonly OwnedObject[]>;
  /** Something to be made in a tenant. */
  inTenant(tenantId: string, kind: OwnedObject['kind'], name: string): readonly OwnedObject[];
  places(places: readonly PackagePlace[]): readonly OwnedObject[];
  /** A package in each tenant that holds it. */
  holders(packageId: string): Promise<readonly OwnedObject[]>;
  import(id: string): Promise<readonly OwnedObject[]>;
  hosts(ids: readonly string[]): Promise<readonly OwnedObject[]>;
  deployment(id: string): Promise<readonly OwnedObject[]>;
  /** Deployed packages. */
  deployed(ids: readonly string[]): Promise<readonly OwnedObject[]>;
  download(id: string): Promise<readonly OwnedObject[]>;
  /** What a user, or role, of that id is called; the id itself when there is none. */
  userName(id: string): Promise<string>;
  roleName(id: string): Promise<string>;
}

export function createObjectFinder(parts: Pick<ServiceParts, 'repository' | 'imports' | 'downloads'>, access: RequestAccess): ObjectFinder {
  const { repository, imports, downloads } = parts;
  const inTenant = (tenantId: string, kind: OwnedObject['kind'], name: string): readonly OwnedObject[] =>
    [{ kind, id: name, tenantId, name: () => Promise.resolve(name) }];
  const packageName = async ({ id, tenantId }: PackagePlace): Promise<string> =>
    describeIdentity(await repository.getPackage(id, tenantId).catch(() => ({ name: id, version: '', localeId: '', osGroup: '', computerTypes: [] })));

  return {
    inTenant,
    environment: (name) => Promise.resolve(inTenant(environmentTenant.id, 'repository', name)),
    tenant: (id) => Promise.resolve([{ kind: 'tenant', id, tenantId: id, name: () => Promise.resolve(access.tenants.find((tenant) => tenant.id === id)?.name ?? id) }]),
    tenantNamed: (name, object) => {
      const found = findTenant(access, name);
      return Promise.resolve(inTenant(found.id, 'import', object));
    },
    places: (places) => places.map((place) => ({ kind: 'package', ...place, name: () => packageName(place) })),
    holders: async (packageId) => {
      const tenants = await repository.listPackageTenants(packageId);
      if (tenants.length === 0) throw new ProductError('general/not-found', { kind: 'package', name: packageId });
      return tenants.map(({ id }) => ({ kind: 'package', id: packageId, tenantId: id, name: () => packageName({ id: packageId, tenantId: id }) }));
    },
    import: async (id) => {
      // An import that has become a package is known to the one who waits for it.
      const record = (await imports.list()).find((one) => one.id === id) ?? await imports.wait(id);
      return [{ kind: 'import', id, tenantId: record.tenantId, name: () => Promise.resolve(fileNameOf(record.source.path)) }];
    },
    hosts: (ids) => Promise.all(ids.map(async (id): Promise<OwnedObject> => {
      const host = await repository.getHost(id);
      return { kind: 'host', id, tenantId: host.tenantId, serves: true, name: () => Promise.resolve(host.name) };
    })),
    deployment: async (id) => {
      const deployment = await repository.getDeployment(id);
      return [{ kind: 'deployment', id, tenantId: deployment.tenantId, ...(deployment.planHash !== undefined && { planHash: deployment.planHash }), name: () => Promise.resolve(describeIdentity(deployment.package)) }];
    },
    deployed: (ids) => Promise.all(ids.map(async (id): Promise<OwnedObject> => {
      const deployed = await repository.getDeployedPackage(id);
      return { kind: 'deployed', id, tenantId: deployed.tenantId, name: () => Promise.resolve(`${describeIdentity(deployed.package)}, ${deployed.hostName}`) };
    })),
    download: async (id) => {
      // One that has ended is known to the one who waits for it.
      const { tenantId, identity } = downloads.list().find((one) => one.id === id) ?? await downloads.wait(id);
      return [{ kind: 'download', id, tenantId, name: () => Promise.resolve(describeIdentity(identity)) }];
    },
    userName: async (id) => (await repository.listUsers()).find((user) => user.id === id)?.name ?? id,
    roleName: async (id) => (await repository.listRoles()).find((role) => role.id === id)?.name ?? id,
  };
}

/** The tenant that a client names. What it may not see does not exist for it. @throws ProductError `import/unknown-tenant` */
export function findTenant({ tenants }: Pick<RequestAccess, 'tenants'>, name: string | undefined): { readonly id: string; readonly name: string } {
  const wanted = name ?? environmentTenant.id;
  const found = tenants.find((tenant) => tenant.id === wanted) ?? tenants.find((tenant) => tenant.name === wanted)
    ?? tenants.find((tenant) => tenant.name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  throw new ProductError('import/unknown-tenant', { tenant: name ?? environmentTenant.name, tenants: tenants.map((tenant) => tenant.name).join(', ') });
}
