import { compareVersions } from './version';

/** A package as people write it: `NAME` or `NAME@VERSION`. */
export interface PackageReference {
  readonly name: string;
  readonly version?: string;
}

/** Splits `NAME@VERSION` at its last `@`; without one, the whole text is the name. */
export function parsePackageReference(text: string): PackageReference {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1) return { name: text.trim() };
  return { name: text.slice(0, at).trim(), version: text.slice(at + 1).trim() };
}

/**
 * The packages that a reference stands for: nickname or full name equal in any case, version equal when one is given.
 * Newest version first.
 */
export function findPackages<P extends { readonly name: string; readonly nickname: string; readonly version: string }>(
  packages: readonly P[], reference: PackageReference,
): readonly P[] {
  const wanted = reference.name.toLowerCase();
  return packages
    .filter((one) => one.nickname.toLowerCase() === wanted || one.name.toLowerCase() === wanted)
    .filter((one) => reference.version === undefined || one.version === reference.version)
    .sort((a, b) => compareVersions(b.version, a.version));
}
