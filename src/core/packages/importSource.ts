/** The ways in which Genesys packages come. */
export const importMethodIds = ['archive', 'parts', 'directory', 'repository', 'support-archives'] as const;
export type ImportMethod = (typeof importMethodIds)[number];

/** Where one package comes from. Paths are absolute, on the service's machine. */
export type ImportSource =
  /** One archive with the package and its templates. */
  | { readonly method: 'archive'; readonly path: string }
  /** The archive of a package, and its two templates as files of their own. */
  | { readonly method: 'parts'; readonly path: string; readonly xml: string; readonly apd: string }
  /** The folder that holds the package's installer folder, or an archive that was found there. */
  | { readonly method: 'directory' | 'repository'; readonly path: string }
  /** An archive from support: a package with its templates, or the archive of a package and its templates. */
  | { readonly method: 'support-archives'; readonly path: string };

/** The last part of a path, as people name a file or folder, whatever machine it comes from. */
export function fileNameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** Whether two sources are the same files, brought in the same way. */
export function isSameSource(one: ImportSource, other: ImportSource): boolean {
  return one.method === other.method && one.path === other.path
    && (one.method !== 'parts' || other.method !== 'parts' || (one.xml === other.xml && one.apd === other.apd));
}
