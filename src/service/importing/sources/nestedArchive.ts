import { isProductError, ProductError, type ErrorCode } from '../../../core/errors';
import type { NestedPackage, PackageFile } from '../../../core/packages/model';
import type { ArchiveLimits, ArchiveReport, ArchiveSource, ArchiveVisitor } from '../../archive/archive';
import { nestedSource } from '../../archive/nestedSource';
import { printableName } from '../../archive/printableName';
import { readArchive } from '../../archive/readArchive';
import { recognizeFormat } from '../../../core/language/recognizeFormat';
import { decodeText } from '../../../core/text/utf8';
import { readTemplate, templateFormatOf, type TemplateReading } from '../readTemplate';
import { createContentRecognizer, type ContentRecognizer } from '../recognizeContent';

/** Archives inside an archive that are looked into. */
const mostArchives = 20;
const mostTemplates = 100;
const longestTemplate = 16 * 1024 * 1024;
/** Bytes that tell the root of an XML. */
const beginning = 4096;
/** What an archive is refused with that is made to exhaust us. */
const bombs: ReadonlySet<string> = new Set(['archive/ratio', 'archive/too-large', 'archive/too-many-entries', 'archive/overlapping-entries'] satisfies ErrorCode[]);
/** Entries that a message names. */
const mostNamed = 5;

/** A template beside the archive of its package. */
export interface BesideTemplate {
  readonly file: PackageFile;
  readonly reading: TemplateReading;
}

/** What an archive holds that may be a package's archive, or a template beside one. */
export interface BesideCollector extends Required<Pick<ArchiveVisitor, 'wantsContent' | 'onContent'>> {
  archivesIn(files: readonly PackageFile[]): readonly PackageFile[];
  /** The templates, once the archive was read. */
  templates(files: readonly PackageFile[]): readonly BesideTemplate[];
}

export function createBesideCollector(): BesideCollector {
  const found: { readonly path: string; readonly reading: TemplateReading }[] = [];
  return {
    wantsContent: ({ path }) => (templateFormatOf(path) !== undefined && found.length < mostTemplates ? longestTemplate : undefined),
    onContent({ path }, content) {
      const format = templateFormatOf(path);
      if (format === undefined) return;
      // Many a support archive holds XML files that are something else.
      if (format === 'xml' && recognizeFormat('a.xml', decodeText(content.subarray(0, beginning))) !== 'metadataXml') return;
      found.push({ path, reading: readTemplate(path, format, content) });
    },
    archivesIn: (files) => files.filter(({ path, type }) => type === 'file' && /\.(zip|tar\.gz|tgz)$/i.test(path)),
    templates: (files) => {
      const byPath = new Map(files.map((file) => [file.path, file]));
      return found.flatMap(({ path, reading }) => {
        const file = byPath.get(path);
        return file === undefined ? [] : [{ file, reading }];
      });
    },
  };
}

export interface NestedArchive {
  readonly nested: Omit<NestedPackage, 'beside'>;
  readonly recognizer: ContentRecognizer;
  readonly report: ArchiveReport;
}

/**
 * Reads the archives inside an archive, each with all checks, and finds the one that is a package.
 * @throws ProductError `import/no-description`, `import/several-packages`; what reading the archive of the package raises
 */
export async function readNested(
  outer: ArchiveSource, { format }: Pick<ArchiveReport, 'format'>, archives: readonly PackageFile[], { limits, signal }: { readonly limits: ArchiveLimits; readonly signal: AbortSignal },
): Promise<NestedArchive> {
  const packages: NestedArchive[] = [];
  let failure: Error | undefined;
  for (const { path, size, sha256 } of archives.slice(0, mostArchives)) {
    const source = nestedSource(outer, format, { path, size });
    const recognizer = createContentRecognizer(`${outer.name}/${printableName(path)}`);
    try {
      const report = await readArchive({ ...source, name: `${outer.name}/${source.name}` }, limits, recognizer, signal);
      if ((report.format !== 'zip' && report.format !== 'tar.gz') || report.sha256 !== sha256) throw new ProductError('import/source-changed', { file: outer.name });
      if (recognizer.isPackage()) packages.push({ nested: { path, format: report.format, size, sha256 }, recognizer, report });
    } catch (error) {
      signal.throwIfAborted();
      // What is no archive at all is some other file of that name.
      if (isProductError(error, 'archive/not-an-archive') || isProductError(error, 'archive/empty')) continue;
      // The next ones are bombs too, and each costs as much.
      if (isProductError(error) && bombs.has(error.code)) throw error;
      failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }
  const [only] = packages;
  if (packages.length > 1 || archives.length > mostArchives) {
    const entries = packages.slice(0, mostNamed).map(({ nested }) => printableName(nested.path)).join(', ');
    throw new ProductError('import/several-packages', { file: outer.name, n: Math.max(packages.length, archives.length), entries });
  }
  if (only !== undefined) return only;
  throw failure ?? new ProductError('import/no-description', { file: outer.name });
}
