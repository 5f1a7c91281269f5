import type { DeployPackage } from '../../../core/deployment/draft';
import type { DeployedPackage } from '../../../core/deployment/model';
import { isSameProduct } from '../../../core/deployment/profiles';
import type { Replaceable, ReplacingProfile } from '../../../core/deployment/replaceable';
import { compareVersions } from '../../../core/packages/version';
import { packagePage } from '../../../protocol/service/packages';
import type { PackageService } from '../../packageService';
import type { RepositorySnapshot } from '../../repositoryState';

/** Finds on every host what a package may take the place of. */
export interface ReplaceableReader {
  /** By the id of the host; a host that has nothing of the product is left out. */
  read(snapshot: Pick<RepositorySnapshot, 'deployedPackages'>): Promise<ReadonlyMap<string, readonly Replaceable[]>>;
}

/** @param item the package that is to take the place */
export function createReplaceableReader(service: Pick<PackageService, 'request'>, item: DeployPackage, profile: ReplacingProfile): ReplaceableReader {
  /** Nicknames of packages that have another name; empty: not stored any more. */
  const nicknames = new Map<string, string>();
  /** Whether the package is what a deployed one goes back to, by the id of its record: a deployment makes another record. */
  const goesBack = new Map<string, boolean>();

  const readNicknames = async (deployed: readonly DeployedPackage[]): Promise<void> => {
    const unknown = [...new Set(deployed.filter((one) => one.package.name !== item.name).map(({ packageId }) => packageId))].filter((id) => !nicknames.has(id));
    for (let at = 0; at < unknown.length; at += packagePage) {
      const ids = unknown.slice(at, at + packagePage);
      const found = await service.request('packages/shared', { ids });
      for (const id of ids) nicknames.set(id, found.find((one) => one.id === id)?.nickname ?? '');
    }
  };

  const mayTakeThePlaceOf = async ({ id, package: present }: DeployedPackage): Promise<boolean> => {
    if (profile === 'upgrade') return compareVersions(item.version, present.version) > 0;
    const known = goesBack.get(id);
    if (known !== undefined) return known;
    const { rollBack } = await service.request('deployedPackages/profiles', { id });
    const answer = rollBack.possible && rollBack.packageId === item.id;
    goesBack.set(id, answer);
    return answer;
  };

  return {
    async read({ deployedPackages }) {
      const ofTenant = deployedPackages.filter((one) => one.tenantId === item.tenantId && one.package.localeId === item.localeId && one.package.osGroup === item.osGroup);
      await readNicknames(ofTenant);
      const ofProduct = ofTenant.filter((one) => isSameProduct({ ...one.package, nickname: nicknames.get(one.packageId) }, item));
      const found = await Promise.all(ofProduct.map(async (one) => ({ hostId: one.hostId, replaceable: describe(one, await mayTakeThePlaceOf(one), profile) })));
      const byHost = new Map<string, Replaceable[]>();
      for (const { hostId, replaceable } of found) byHost.set(hostId, [...byHost.get(hostId) ?? [], replaceable]);
      for (const list of byHost.values()) list.sort((a, b) => (a.applicationName < b.applicationName ? -1 : 1));
      return byHost;
    },
  };
}

function describe({ id, applicationId, applicationName, package: { version }, installPath }: DeployedPackage, may: boolean, profile: ReplacingProfile): Replaceable {
  return { applicationId, applicationName, deployedId: id, version, installPath, ...(!may && { barred: profile === 'upgrade' ? 'notHigher' : 'notBefore' }) };
}
