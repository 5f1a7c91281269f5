import { identityKey } from '../../core/packages/identity';
import type { PackageInspection } from '../../core/packages/inspection';
import type { ArchiveLimits } from '../archive/archive';
import { openFileSource } from '../archive/fileSource';
import { readArchive } from '../archive/readArchive';
import type { Repository } from '../repository/repository';
import { createContentRecognizer } from './recognizeContent';

export interface InspectOptions {
  readonly repository: Pick<Repository, 'listPackages'>;
  readonly limits: ArchiveLimits;
  readonly signal: AbortSignal;
  /** Whole percents of the archive that are read; 0 once it is open. */
  readonly report: (percent: number) => void;
}

/**
 * Says what an archive is. It is read whole and refused for the same reasons as by an import, so what is told here is what
 * an import would find; nothing is written.
 * @throws ProductError as the import; `general/cancelled` when `signal` was aborted
 */
export async function inspectArchive(path: string, { repository, limits, signal, report }: InspectOptions): Promise<PackageInspection> {
  const source = await openFileSource(path);
  try {
    let told = 0;
    report(0);
    const recognizer = createContentRecognizer(source.name);
    const onProgress = (bytesRead: number): void => {
      const percent = Math.floor((100 * bytesRead) / source.size);
      if (percent > told) report(told = percent);
    };
    await readArchive(source, limits, { ...recognizer, onProgress }, signal);
    await source.assertUnchanged();
    const identity = recognizer.identity();
    const { kind, nickname, templates, notes } = recognizer.result();
    const key = identityKey(identity);
    signal.throwIfAborted();
    const presentIn = (await repository.listPackages()).filter((item) => identityKey(item) === key).map((item) => item.tenantId);
    return { identity, nickname, kind, templates, size: source.size, presentIn, ...(notes && { notes }) };
  } finally {
    await source.close();
  }
}
