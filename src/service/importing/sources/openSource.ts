import { stat } from 'node:fs/promises';
import type { ImportSource } from '../../../core/packages/importSource';
import type { ArchiveLimits } from '../../archive/archive';
import { openArchiveFile } from './archiveFile';
import { openFolder } from './folderSource';
import { unreadable } from './folderTree';
import type { PackageSource } from './packageSource';
import { openParts } from './partsSource';

/**
 * Opens the package of a source.
 * @param located with absolute paths of this machine
 * @throws ProductError `import/file-missing`, `import/not-a-file`, `import/no-description`
 */
export async function openSource(located: ImportSource, limits: ArchiveLimits): Promise<PackageSource> {
  switch (located.method) {
    case 'archive':
      return openArchiveFile(located.path, { limits, mayNest: false });
    case 'support-archives':
      return openArchiveFile(located.path, { limits, mayNest: true });
    case 'parts':
      return openParts(located, limits);
    case 'directory':
    case 'repository': {
      const isFolder = await stat(located.path).then((stats) => stats.isDirectory(), (error: unknown) => {
        throw unreadable(located.path, error);
      });
      return isFolder ? openFolder(located.path, limits) : openArchiveFile(located.path, { limits, mayNest: true });
    }
  }
}
