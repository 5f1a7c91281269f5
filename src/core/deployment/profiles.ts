import { identityKey, type PackageIdentity } from '../packages/identity';
import type { PackageSummary } from '../packages/model';
import { compareVersions } from '../packages/version';
import type { DeployedPackage, Installation } from './model';

/** What can take the place of a deployed package. Packages that are named are those of its tenant. */
export interface DeployProfiles {
  /** Higher versions of the product, the highest first; empty: the repository has none. */
  readonly upgrades: readonly ProfileTarget[];
  readonly rollBack: RollBackTarget;
}

export interface ProfileTarget {
  readonly packageId: string;
  readonly package: PackageIdentity;
}

/**
 * `nothing-before`: no lower version was ever installed there. `package-gone`: it was, but the repository no longer has the
 * package.
 */
export type RollBackTarget =
  | ProfileTarget & { readonly possible: true; readonly installation: Installation }
  | { readonly possible: false; readonly reason: 'nothing-before' }
  | { readonly possible: false; readonly reason: 'package-gone'; readonly version: string };

/** A package as far as it tells which product it is. */
export type Product = Pick<PackageIdentity, 'name' | 'localeId' | 'osGroup'> & {
  /** Absent where only the identity is known. */
  readonly nickname?: string | undefined;
};

/** Two packages are of one product when name or nickname, language and operating system are the same. A bit width is no other product. */
export function isSameProduct(a: Product, b: Product): boolean {
  const same = (x: string, y: string): boolean => x.toLowerCase() === y.toLowerCase();
  if (!same(a.localeId, b.localeId) || !same(a.osGroup, b.osGroup)) return false;
  return same(a.name, b.name) || (a.nickname !== undefined && b.nickname !== undefined && a.nickname !== '' && same(a.nickname, b.nickname));
}

/** The product of a deployed package; its nickname is known while its package is stored. */
export function productOf(deployed: Pick<DeployedPackage, 'package' | 'packageId'>, packages: readonly PackageSummary[]): Product {
  return { ...deployed.package, nickname: packages.find(({ id }) => id === deployed.packageId)?.nickname };
}

/**
 * What a deployed package can be upgraded to and rolled back to.
 * @param installations of its application object, the newest first
 */
export function profilesOf(deployed: DeployedPackage, installations: readonly Installation[], packages: readonly PackageSummary[]): DeployProfiles {
  const product = productOf(deployed, packages);
  const stored = packages.filter(({ tenantId }) => tenantId === deployed.tenantId);
  const upgrades = stored
    .filter((item) => isSameProduct(item, product) && compareVersions(item.version, deployed.package.version) > 0)
    .sort((a, b) => compareVersions(b.version, a.version) || (identityKey(a) < identityKey(b) ? -1 : 1));
  return { upgrades: upgrades.map(asTarget), rollBack: rollBackOf(deployed, installations, stored) };
}

/**
 * The version that was there before: the last one installed that is lower than the present one, so that rolling back twice
 * goes back twice. After a deployment that did not end well it is the version that this one was to replace.
 * @param installations of its application object, the newest first
 */
export function installationBefore<I extends Pick<Installation, 'package'>>(deployed: Pick<DeployedPackage, 'status' | 'package'>, installations: readonly I[]): I | undefined {
  const highest = deployed.status === 'complete' ? -1 : 0;
  return installations.find((one) => compareVersions(one.package.version, deployed.package.version) <= highest);
}

function rollBackOf(deployed: DeployedPackage, installations: readonly Installation[], stored: readonly PackageSummary[]): RollBackTarget {
  const installation = installationBefore(deployed, installations);
  if (!installation) return { possible: false, reason: 'nothing-before' };
  // It may have been deleted and imported again since.
  const item = stored.find(({ id }) => id === installation.packageId) ?? stored.find((one) => identityKey(one) === identityKey(installation.package));
  return item ? { possible: true, installation, ...asTarget(item) } : { possible: false, reason: 'package-gone', version: installation.package.version };
}

function asTarget({ id, name, version, localeId, osGroup, computerTypes }: PackageSummary): ProfileTarget {
  return { packageId: id, package: { name, version, localeId, osGroup, computerTypes } };
}
