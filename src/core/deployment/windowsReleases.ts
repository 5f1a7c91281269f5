/**
 * Releases of Windows with the version that the system itself tells (`Win32_OperatingSystem.Version`), the newest first.
 * Since version 10.0 only the build tells them apart. Source: Microsoft, "Windows Server release information" and
 * "Operating System Version".
 */
const releases: readonly (readonly [name: string, version: string, kind: 'server' | 'client'])[] = [
  ['Windows Server 2025', '10.0.26100', 'server'],
  ['Windows Server 2022', '10.0.20348', 'server'],
  ['Windows Server 2019', '10.0.17763', 'server'],
  ['Windows Server 2016', '10.0.14393', 'server'],
  ['Windows Server 2012 R2', '6.3', 'server'],
  ['Windows Server 2012', '6.2', 'server'],
  ['Windows Server 2008 R2', '6.1', 'server'],
  ['Windows Server 2008', '6.0', 'server'],
  ['Windows Server 2003', '5.2', 'server'],
  ['Windows 11', '10.0.22000', 'client'],
  ['Windows 10', '10.0.10240', 'client'],
  ['Windows 8.1', '6.3', 'client'],
  ['Windows 8', '6.2', 'client'],
  ['Windows 7', '6.1', 'client'],
  ['Windows Vista', '6.0', 'client'],
  ['Windows XP', '5.1', 'client'],
];

/** The version behind a release that packages name, e.g. `Windows Server 2012 R2`, with or without an edition behind it. */
export function windowsVersionOf(name: string): string | undefined {
  const plain = name.replace(/^microsoft\s+/i, '').replace(/\s+/g, ' ').trim().toLowerCase();
  // The longest that fits: `Windows Server 2012 R2` also begins with `Windows Server 2012`.
  const [found] = releases.filter(([release]) => plain === release.toLowerCase() || plain.startsWith(`${release.toLowerCase()} `)).sort(([a], [b]) => b.length - a.length);
  return found?.[1];
}

/** The release in the words of packages, of the version that a system tells; the version itself where it is none that is known. */
export function windowsReleaseOf(version: string, isServer: boolean): string {
  const numbers = version.split('.').map(Number);
  const found = releases.find(([, lowest, kind]) => (kind === 'server') === isServer && isAtLeast(numbers, lowest.split('.').map(Number)));
  return found?.[0] ?? `Windows ${isServer ? 'Server ' : ''}(${version})`;
}

function isAtLeast(version: readonly number[], lowest: readonly number[]): boolean {
  for (let i = 0; i < lowest.length; i++) {
    const difference = (version[i] ?? 0) - (lowest[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
