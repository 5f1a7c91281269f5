import { createHash } from 'node:crypto';
import { ProductError } from '../../core/errors';
import { describeIdentity, identityKey, type PackageIdentity } from '../../core/packages/identity';
import type { ImportRecord, ImportStep, PackageSummary } from '../../core/packages/model';
import type { ArchiveLimits } from '../archive/archive';
import { openFileSource, type FileSource } from '../archive/fileSource';
import { readArchive } from '../archive/readArchive';
import type { Repository, StoredContent } from '../repository/repository';
import { createContentRecognizer } from './recognizeContent';

/** What an import tells while it runs. */
export interface ImportProgress {
  readonly step: ImportStep;
  /** 0 to 100 over the whole import, a whole number. */
  readonly percent: number;
  /** Bytes of the archive that the step has worked on. */
  readonly bytes?: { readonly done: number; readonly total: number };
  /** Known from step `description` on. */
  readonly identity?: PackageIdentity;
}

/** Where the percent of each step begins and ends. Reading and storing take all of the time. */
const share: Readonly<Record<ImportStep, readonly [number, number]>> = {
  open: [0, 1], entries: [1, 50], description: [50, 51], templates: [51, 52], store: [52, 99], register: [99, 100],
};

/**
 * Runs one import. The source is read twice: first checked, whole, with nothing written; then stored. Both readings must
 * have the same SHA-256. When it fails or is stopped, nothing of it stays in the repository.
 * @throws ProductError of the step it was in
 */
export async function runImport(
  record: ImportRecord,
  options: {
    repository: Repository; limits: ArchiveLimits; signal: AbortSignal; report: (progress: ImportProgress) => void;
    /** Tenants in which a package of the same identity may be replaced. */
    readonly replaceIn: readonly string[];
  },
): Promise<PackageSummary> {
  const { repository, limits, signal, report, replaceIn } = options;
  let identity: PackageIdentity | undefined;
  const enter = (step: ImportStep, bytes?: { readonly done: number; readonly total: number }) => {
    const [from, to] = share[step];
    const part = bytes === undefined || bytes.total === 0 ? 0 : Math.min(bytes.done / bytes.total, 1);
    report({ step, percent: Math.floor(from + (to - from) * part), ...(bytes && { bytes }), ...(identity && { identity }) });
  };

  enter('open');
  const { path } = record.located ?? record.source;
  const source = await openFileSource(path);
  try {
    const recognizer = createContentRecognizer(source.name);
    enter('entries');
    const visitor = { ...recognizer, onProgress: (done: number) => enter('entries', { done, total: source.size }) };
    const archive = await readArchive(source, limits, visitor, signal);
    await source.assertUnchanged();

    enter('description');
    identity = recognizer.identity();
    const present = await repository.findPackage(record.tenantId, identityKey(identity));
    // Told now rather than after everything is stored; the repository asks again when it does replace.
    if (present) await refuseReplacing(present);

    enter('templates');
    const recognized = recognizer.result();

    enter('store');
    signal.throwIfAborted();
    const content = await store(source, archive.sha256, archive.files);
    try {
      enter('register');
      signal.throwIfAborted();
      return await repository.addPackage({
        ...recognized,
        importId: record.id,
        tenantId: record.tenantId,
        group: record.group,
        content,
        description: recognized.productDescription,
        archiveName: source.name,
        archiveFormat: archive.format,
        fileCount: archive.files.filter((file) => file.type === 'file').length,
        unpackedSize: archive.unpackedSize,
        replaceIn,
      });
    } catch (error) {
      await repository.releaseContent(content.sha256);
      throw error;
    }
  } finally {
    await source.close();
  }

  async function refuseReplacing({ id, ...package_ }: PackageSummary): Promise<void> {
    if (!replaceIn.includes(record.tenantId)) throw new ProductError('import/already-present', { package: describeIdentity(package_) });
    const holders = await repository.listPackageTenants(id);
    if (!holders.every((holder) => replaceIn.includes(holder.id))) throw new ProductError('access/held-elsewhere', { what: 'replace', package: describeIdentity(package_) });
  }

  async function store(from: FileSource, expected: string, files: Parameters<Awaited<ReturnType<Repository['writeContent']>>['finish']>[0]): Promise<StoredContent> {
    const writer = await repository.writeContent(from.size);
    try {
      const hash = createHash('sha256');
      let written = 0;
      for await (const bytes of from.stream(signal)) {
        hash.update(bytes);
        await writer.write(bytes);
        written += bytes.length;
        enter('store', { done: written, total: from.size });
      }
      signal.throwIfAborted();
      await from.assertUnchanged();
      if (hash.digest('hex') !== expected) throw new ProductError('import/source-changed', { file: path });
    } catch (error) {
      await writer.abort();
      throw error;
    }
    return writer.finish(files);
  }
}
