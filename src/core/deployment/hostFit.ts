import type { HostSystem } from '../hosts/model';
import { bitWidths, type PackageIdentity } from '../packages/identity';

/** How a host's system stands to what a package needs. `unknown`: the host was never asked. */
export type HostFit = 'fits' | 'wrong-system' | 'wrong-width' | 'unknown';

/** Compares a host's system, as the repository knows it, with a package's. A 64-bit system runs 32-bit programs too. */
export function hostFit(identity: Pick<PackageIdentity, 'osGroup' | 'computerTypes'>, system: HostSystem | undefined): HostFit {
  if (system === undefined) return 'unknown';
  if (system.osGroup.toLowerCase() !== identity.osGroup.toLowerCase()) return 'wrong-system';
  const widths = bitWidths(identity);
  return widths.length === 0 || widths.includes(system.bits) || (system.bits === 64 && widths.includes(32)) ? 'fits' : 'wrong-width';
}
