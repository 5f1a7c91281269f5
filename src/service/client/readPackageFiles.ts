import { defaultArchiveLimits } from '../archive/archive';
import { openFileSource } from '../archive/fileSource';
import { readArchive } from '../archive/readArchive';

/** One file of an archive. */
export interface PackageFileContent {
  /** As the archive spells it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads some files of a package archive on disk, with all checks of an import and without a service. `wants` tells which:
 * a number is the most bytes of a file that are read; a longer file refuses the archive.
 * @throws ProductError `archive/…`, `import/file-missing`
 */
export async function readPackageFiles(archive: string, wants: (path: string) => number | undefined): Promise<readonly PackageFileContent[]> {
  const source = await openFileSource(archive);
  const found: PackageFileContent[] = [];
  try {
    await readArchive(source, defaultArchiveLimits, {
      wantsContent: ({ path }) => wants(path),
      onContent: ({ path }, bytes) => void found.push({ path, bytes: bytes.slice() }),
    });
  } finally {
    await source.close();
  }
  return found;
}
