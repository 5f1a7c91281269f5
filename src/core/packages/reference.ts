import type { PackageSummary } from './model';

/** What a person or a file wrote to name a package: `LCA`, `Local Control Agent`, `LCA@8.5.100.37`. */
export interface PackageReference {
  /** Nickname or full name, in any case. */
  readonly name: string;
  readonly version?: string;
}

/** Splits `name@version`; an `@` that no version follows belongs to the name. */
export function parsePackageReference(text: string): PackageReference {
  const match = /^(.+)@(\d[\w.]*)$/s.exec(text.trim());
  return match?.[1] === undefined || match[2] === undefined ? { name: text.trim() } : { name: match[1].trim(), version: match[2] };
}

/** The packages that a reference stands for: those of that nickname or full name, and of that version where one is given. */
export function findPackages<T extends Pick<PackageSummary, 'name' | 'nickname' | 'version'>>(packages: readonly T[], reference: PackageReference): readonly T[] {
  const wanted = fold(reference.name);
  return packages.filter((item) =>
    (fold(item.name) === wanted || fold(item.nickname) === wanted) && (reference.version === undefined || item.version === reference.version));
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
