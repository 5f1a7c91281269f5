import { ProductError } from '../../../core/errors';
import type { NestedPackage, PackageFile } from '../../../core/packages/model';
import type { ArchiveLimits, ArchiveReport } from '../../archive/archive';
import { openFileSource, type FileSource } from '../../archive/fileSource';
import { printableName } from '../../archive/printableName';
import { readArchive } from '../../archive/readArchive';
import { createContentRecognizer } from '../recognizeContent';
import { createBesideCollector, readNested, type BesideTemplate } from './nestedArchive';
import { withTemplates } from './withTemplates';
import type { CheckedPackage, PackageSource } from './packageSource';

export interface ArchiveFileOptions {
  readonly limits: ArchiveLimits;
  /** Whether the package may be an archive inside this one. */
  readonly mayNest: boolean;
}

/**
 * A package in one archive file. It is stored as it is, byte for byte.
 * @throws ProductError `import/file-missing`, `import/not-a-file`
 */
export async function openArchiveFile(path: string, options: ArchiveFileOptions): Promise<PackageSource> {
  const file = await openFileSource(path);
  return { name: file.name, size: file.size, check: (signal, onProgress) => check(file, path, options, signal, onProgress), close: () => file.close() };
}

async function check(
  file: FileSource, path: string, { limits, mayNest }: ArchiveFileOptions, signal: AbortSignal, onProgress: (bytesRead: number) => void,
): Promise<CheckedPackage> {
  const recognizer = createContentRecognizer(file.name);
  const beside = createBesideCollector();
  const visitor = {
    // What a package must have keeps its own limit.
    wantsContent: (entry: PackageFile) => recognizer.wantsContent(entry) ?? beside.wantsContent(entry),
    onContent(entry: PackageFile, content: Uint8Array) {
      recognizer.onContent(entry, content);
      beside.onContent(entry, content);
    },
    onProgress,
  };
  const outer = await readArchive(file, limits, visitor, signal);
  await file.assertUnchanged();

  const archives = recognizer.isNothing() ? beside.archivesIn(outer.files) : [];
  if (archives.length > 0 && !mayNest) {
    throw new ProductError('import/archive-in-archive', { file: file.name, entry: printableName(archives[0]?.path ?? '') });
  }
  if (archives.length === 0) return checked(file, path, outer, { identity: () => recognizer.identity(), content: () => recognizer.result(), index: outer });

  const { nested, recognizer: inner, report } = await readNested(file, outer, archives, { limits, signal });
  await file.assertUnchanged();
  const templates = beside.templates(outer.files);
  return checked(file, path, outer, {
    identity: () => inner.identity(),
    content() {
      const recognized = inner.result();
      refuseOtherContent(file.name, templates, recognized.templates.map(({ path: own }) => own), report);
      return withTemplates(recognized, templates.map(({ reading }) => reading));
    },
    index: report,
    nested: { ...nested, beside: templates.map(({ file: template }) => template) },
  });
}

/** A template may lie in the package and beside it: then it is one and the same. */
function refuseOtherContent(archive: string, templates: readonly BesideTemplate[], own: readonly string[], { files }: Pick<ArchiveReport, 'files'>): void {
  const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  for (const { file } of templates) {
    const same = files.find(({ path }) => own.includes(path) && fileName(path) === fileName(file.path));
    if (same !== undefined && same.sha256 !== file.sha256) {
      throw new ProductError('import/template-changed', { file: printableName(file.path), archive, entry: printableName(same.path) });
    }
  }
}

function checked(
  file: FileSource, path: string, outer: ArchiveReport,
  found: Pick<CheckedPackage, 'identity' | 'content'> & { readonly index: Pick<ArchiveReport, 'files' | 'unpackedSize'>; readonly nested?: NestedPackage },
): CheckedPackage {
  const { identity, content, index, nested } = found;
  return {
    identity, content,
    archive: { archiveName: file.name, archiveFormat: outer.format, ...(nested && { nested }) },
    size: file.size,
    stream: (signal) => file.stream(signal),
    async finish(sha256) {
      await file.assertUnchanged();
      if (sha256 !== outer.sha256) throw new ProductError('import/source-changed', { file: path });
      return { files: index.files, unpackedSize: index.unpackedSize };
    },
  };
}
