import type { HostSystem } from '../hosts/model';
import { bitWidths, type PackageIdentity } from '../packages/identity';
import type { SupportedSystem } from '../packages/model';
import { windowsVersionOf } from './windowsReleases';

/** How a host's system stands to what a package needs. `unknown`: the host was never asked. */
export type HostFit = 'fits' | 'wrong-system' | 'wrong-width' | 'wrong-release' | 'unknown';

/** What a package says of the systems it runs on. */
export interface SystemNeeds extends Pick<PackageIdentity, 'osGroup' | 'computerTypes'> {
  readonly supportedSystems?: readonly SupportedSystem[] | undefined;
}

/**
 * Compares a host's system with what a package needs: its operating system, then one of its computers, whose processor
 * family is the host's and which is not wider (a 64-bit system runs 32-bit programs too), then the releases listed for
 * these computers. A release that is lower than each of them does not fit; one that is not known does.
 */
export function hostFit(needs: SystemNeeds, system: HostSystem | undefined): HostFit {
  if (system === undefined) return 'unknown';
  if (system.osGroup.toLowerCase() !== needs.osGroup.toLowerCase()) return 'wrong-system';
  const ofFamily = needs.computerTypes.filter((type) => isOfFamily(type, system.architecture));
  if (needs.computerTypes.length > 0 && ofFamily.length === 0) return 'wrong-system';
  if (needs.computerTypes.length > 0 && !ofFamily.some((type) => widthOf(type) <= system.bits)) return 'wrong-width';
  const wanted = neededReleases(needs, system).flatMap((listed) => lowestVersion(listed, needs.osGroup) ?? []);
  const { releaseVersion } = system;
  return releaseVersion !== undefined && wanted.length > 0 && wanted.every((version) => isLower(releaseVersion, version)) ? 'wrong-release' : 'fits';
}

/** The version that a system must have at least; packages for Windows often name the release alone. */
export function lowestVersion({ name, version }: SupportedSystem, osGroup: string): string | undefined {
  return (osGroup.toLowerCase() === 'windows' ? windowsVersionOf(name) : undefined) ?? version;
}

/** The systems that are listed for those computers of a package that the host is; all, where the package does not tell them apart. */
export function neededReleases({ supportedSystems = [] }: SystemNeeds, system: HostSystem): readonly SupportedSystem[] {
  return supportedSystems.filter(({ computerType }) => computerType === undefined || (isOfFamily(computerType, system.architecture) && widthOf(computerType) <= system.bits));
}

/** A package whose programs run on the host as 32-bit ones only: none of its computers is wider there. */
export function needs32Bit({ computerTypes }: Pick<SystemNeeds, 'computerTypes'>, system: HostSystem): boolean {
  const usable = computerTypes.filter((type) => isOfFamily(type, system.architecture) && widthOf(type) <= system.bits);
  return usable.length > 0 && usable.every((type) => bitWidths({ computerTypes: [type] })[0] === 32);
}

const processorFamilies: readonly (readonly [computerType: RegExp, architecture: RegExp])[] = [
  [/intel|em64t|x86|amd/i, /^(x86_64|amd64|i[3-6]86|x86)$/i],
  [/power/i, /^(ppc|powerpc)/i],
  [/sparc/i, /^sparc/i],
  [/arm/i, /^(arm|aarch64)/i],
];

/** Unknown names of computers fit everywhere, and so does a host that did not tell its architecture. */
function isOfFamily(computerType: string, architecture: string): boolean {
  const family = processorFamilies.find(([computer]) => computer.test(computerType));
  return family === undefined || architecture === '' || family[1].test(architecture);
}

function widthOf(computerType: string): number {
  return bitWidths({ computerTypes: [computerType] })[0] ?? 32;
}

/** Whether a dotted version is lower than another; missing parts count as zero. */
function isLower(version: string, than: string): boolean {
  const parts = (text: string) => text.split('.').map((part) => parseInt(part, 10) || 0);
  const a = parts(version);
  const b = parts(than);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
