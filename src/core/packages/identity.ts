/**
 * What makes an installation package itself: name, version, locale, operating system group and the set of computer types.
 * The values are those of its `ip_description.xml` (docs/formats/ip_description.md).
 */
export interface PackageIdentity {
  /** `Product/Name/Long`, e.g. `Local Control Agent`. */
  readonly name: string;
  /** `Product/Release/@Version`: four dotted numbers, e.g. `8.5.100.37`. */
  readonly version: string;
  /** `Product/Language/@LocaleId`, e.g. `ENU`. */
  readonly localeId: string;
  /** `Platforms/@OSGroupName`, e.g. `linux`, `windows`. */
  readonly osGroup: string;
  /** `Platforms/Computer/@Type` of every computer, e.g. `Intel EM64T`; sorted, without repeats. */
  readonly computerTypes: readonly string[];
}

/** One text for one identity; two packages are the same exactly when their keys are equal. */
export function identityKey(identity: PackageIdentity): string {
  const computers = [...new Set(identity.computerTypes)].sort();
  return JSON.stringify([identity.name, identity.version, identity.localeId, identity.osGroup, computers]);
}

/** The widths of an identity's computers in bits, ascending: `Intel 32 bit` is 32; `Intel EM64T` and `… 64 bit` are 64. */
export function bitWidths(identity: Pick<PackageIdentity, 'computerTypes'>): readonly number[] {
  const widths = new Set<number>();
  for (const type of identity.computerTypes) {
    if (/64/.test(type)) widths.add(64);
    else if (/32|\bx86\b/i.test(type)) widths.add(32);
  }
  return [...widths].sort((a, b) => a - b);
}

const osNames: Readonly<Record<string, string>> = {
  linux: 'Linux', windows: 'Windows', solaris: 'Solaris', aix: 'AIX', hpux: 'HP-UX', osf: 'Tru64 UNIX', mac: 'macOS',
};

/** The operating system as lists show it: `Linux 64-bit`, `Windows 32/64-bit`. The unit's word comes from the caller's language. */
export function describeOperatingSystem(identity: Pick<PackageIdentity, 'osGroup' | 'computerTypes'>, bit: string): string {
  const name = osNames[identity.osGroup.toLowerCase()] ?? identity.osGroup;
  const widths = bitWidths(identity);
  return widths.length === 0 ? name : `${name} ${widths.join('/')}${bit}`;
}

/** The operating system of a host, in the same words. */
export function describeSystem({ osGroup, bits }: { readonly osGroup: string; readonly bits: number }, bit: string): string {
  return describeOperatingSystem({ osGroup, computerTypes: [`${bits} bit`] }, bit);
}

/** Name, version, locale and system in one line, as messages name a package; a solution definition has but name and version. */
export function describeIdentity(identity: PackageIdentity, bit = '-bit'): string {
  const more = [identity.localeId, describeOperatingSystem(identity, bit)].filter((part) => part !== '').join(', ');
  return `${identity.name} ${identity.version}${more === '' ? '' : ` (${more})`}`;
}
