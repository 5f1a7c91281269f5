/** Addresses of files inside stored packages: `gaxpkg://PACKAGE ID/NAME VERSION/PATH`. The name is for people; the id decides. */
export const packageScheme = 'gaxpkg';

export interface PackagePlace {
  readonly packageId: string;
  /** Inside the package, without a leading `/`; empty: its root. */
  readonly path: string;
}

/** The parts of an address. */
export interface PackageAddress {
  readonly authority: string;
  readonly path: string;
}

/** The parts of an address. Stable: the same for the same package, so that tabs come back after a reload. */
export function printPackageAddress(item: { readonly id: string; readonly name: string; readonly version: string }, path: string): PackageAddress {
  // A slash in a name would begin another folder.
  const title = `${item.name} ${item.version}`.replaceAll(/[/\\]/g, '∕');
  return { authority: item.id, path: `/${title}${path === '' ? '' : `/${path}`}` };
}

/** @returns undefined for what is no address of ours */
export function parsePackageAddress({ authority, path }: PackageAddress): PackagePlace | undefined {
  const [empty, title = '', ...parts] = path.split('/');
  const hasPlace = empty === '' && /^[\w-]{1,64}$/.test(authority) && title !== '';
  if (!hasPlace || parts.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  return { packageId: authority, path: parts.join('/') };
}
