import { identityKey } from '../../core/packages/identity';
import type { ImportSource } from '../../core/packages/importSource';
import type { PackageInspection } from '../../core/packages/inspection';
import type { ArchiveLimits } from '../archive/archive';
import type { Repository } from '../repository/repository';
import { openSource } from './sources/openSource';

export interface InspectOptions {
  readonly repository: Pick<Repository, 'listIdentityTenants'>;
  readonly limits: ArchiveLimits;
  readonly signal: AbortSignal;
  /** Whole percents of the source that are read; 0 once it is open. */
  readonly report: (percent: number) => void;
}

/**
 * Says what a source is. It is checked as by an import, and refused for the same reasons, so what is told here is what an
 * import would find; nothing is written. Of a folder the files themselves are read by the import alone.
 * @param located with absolute paths of this machine
 * @throws ProductError as the import; `general/cancelled` when `signal` was aborted
 */
export async function inspectSource(located: ImportSource, { repository, limits, signal, report }: InspectOptions): Promise<PackageInspection> {
  const source = await openSource(located, limits);
  try {
    let told = 0;
    report(0);
    const checked = await source.check(signal, (bytesRead) => {
      const percent = Math.floor((100 * bytesRead) / source.size);
      if (percent > told) report(told = percent);
    });
    const identity = checked.identity();
    const { kind, nickname, templates, notes } = checked.content();
    signal.throwIfAborted();
    const presentIn = await repository.listIdentityTenants(identityKey(identity));
    return { identity, nickname, kind, templates, size: checked.size, presentIn, ...(notes && { notes }) };
  } finally {
    await source.close();
  }
}
