import { ProductError } from '../../core/errors';
import { describeIdentity, identityKey, type PackageIdentity } from '../../core/packages/identity';
import type { ImportRecord, ImportStep, PackageSummary } from '../../core/packages/model';
import type { ArchiveLimits } from '../archive/archive';
import type { Repository, StoredContent } from '../repository/repository';
import { openSource } from './sources/openSource';
import type { CheckedPackage, StoredIndex } from './sources/packageSource';

/** What an import tells while it runs. */
export interface ImportProgress {
  readonly step: ImportStep;
  /** 0 to 100 over the whole import, a whole number. */
  readonly percent: number;
  /** Bytes and files of the source that the step has worked on. */
  readonly bytes?: NonNullable<ImportRecord['bytes']>;
  readonly files?: NonNullable<ImportRecord['files']>;
  /** Known from step `description` on. */
  readonly identity?: PackageIdentity;
}

type Shares = Readonly<Record<ImportStep, readonly [number, number]>>;
/** Where the percent of each step begins and ends. Reading and storing take all of the time. */
const shares: Shares = { open: [0, 1], entries: [1, 50], description: [50, 51], templates: [51, 52], store: [52, 99], register: [99, 100] };
/** The same for a folder, whose files are read when they are stored. */
const folderShares: Shares = { open: [0, 1], entries: [1, 2], description: [2, 3], templates: [3, 4], store: [4, 99], register: [99, 100] };

/**
 * Runs one import: the package is checked, then stored, and what was stored is what was checked. When it fails or is
 * stopped, nothing of it stays in the repository.
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
  let share = shares;
  const enter = (step: ImportStep, bytes?: ImportRecord['bytes'], files?: ImportRecord['files']) => {
    const [from, to] = share[step];
    const part = bytes === undefined || bytes.total === 0 ? 0 : Math.min(bytes.done / bytes.total, 1);
    report({ step, percent: Math.floor(from + (to - from) * part), ...(bytes && { bytes }), ...(files && { files }), ...(identity && { identity }) });
  };

  enter('open');
  const source = await openSource(record.located ?? record.source, limits);
  try {
    if (source.size === 0) share = folderShares;
    enter('entries');
    const checked = await source.check(signal, (done) => enter('entries', { done, total: source.size }));

    enter('description');
    identity = checked.identity();
    const present = await repository.findPackage(record.tenantId, identityKey(identity));
    // Told now rather than after everything is stored; the repository asks again when it does replace.
    if (present) await refuseReplacing(present);

    enter('templates');
    const recognized = checked.content();

    enter('store');
    signal.throwIfAborted();
    const { content, index } = await store(checked);
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
        ...checked.archive,
        importMethod: record.source.method,
        fileCount: index.files.filter((file) => file.type === 'file').length,
        unpackedSize: index.unpackedSize,
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

  async function store(checked: CheckedPackage): Promise<{ readonly content: StoredContent; readonly index: StoredIndex }> {
    const writer = await repository.writeContent(checked.size);
    let index: StoredIndex;
    try {
      let written = 0;
      let filesDone = 0;
      for await (const bytes of checked.stream(signal, (done) => (filesDone = done))) {
        await writer.write(bytes);
        written += bytes.length;
        enter('store', { done: written, total: checked.size }, checked.fileCount === undefined ? undefined : { done: filesDone, total: checked.fileCount });
      }
      signal.throwIfAborted();
      index = await checked.finish(writer.sha256());
    } catch (error) {
      await writer.abort();
      throw error;
    }
    return { content: await writer.finish(index.files), index };
  }
}
