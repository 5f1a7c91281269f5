import { isCancelled, toErrorData } from '../../../core/errors';
import type { ArchiveFinding } from '../../../core/packages/inspection';
import type { PackageService } from '../../packageService';

/** Asks the service what files are, as long as a wizard is interested in them. */
export interface ArchiveReader {
  /** What is known now, in the order in which the files were asked for. */
  readonly findings: readonly ArchiveFinding[];
  /** Reads those of these files that are not known yet, and stops reading others. @param again one to be read once more */
  want(paths: readonly string[], again?: string): void;
  stopReading(path: string): void;
  /** Resolves when a file has been opened or could not be: what is wrong with its path is known then. */
  opened(path: string): Promise<void>;
  dispose(): void;
}

interface Reading {
  finding: ArchiveFinding;
  readonly stop: AbortController;
  readonly opened: Promise<void>;
  readonly setOpened: () => void;
}

/** @param onChange called after each change of the findings */
export function createArchiveReader(service: Pick<PackageService, 'request' | 'onEvent'>, onChange: () => void): ArchiveReader {
  const readings = new Map<string, Reading>();
  const stopListening = service.onEvent('importInspection', ({ source: { path }, percent }) => {
    const reading = readings.get(path);
    if (reading?.finding.state !== 'reading') return;
    reading.finding = { path, state: 'reading', percent };
    reading.setOpened();
    onChange();
  });

  const read = (path: string): void => {
    readings.get(path)?.stop.abort();
    let setOpened = (): void => undefined;
    const opened = new Promise<void>((resolve) => (setOpened = resolve));
    const reading: Reading = { finding: { path, state: 'reading' }, stop: new AbortController(), opened, setOpened };
    readings.set(path, reading);
    const end = (finding: ArchiveFinding): void => {
      reading.finding = finding;
      setOpened();
      // A later reading of the same file speaks for it.
      if (readings.get(path) === reading) onChange();
    };
    service.request('imports/inspect', { source: { method: 'archive', path } }, reading.stop.signal).then(
      (found) => end({ path, state: 'recognized', package: found }),
      (error: unknown) => {
        const data = toErrorData(error);
        // Taken back, or the service went: that says nothing of the file.
        const isOfFile = !isCancelled(error) && !data.code.startsWith('service/');
        end(isOfFile ? { path, state: 'refused', error: data } : { path, state: 'notRead' });
      },
    );
  };

  return {
    get findings() {
      return [...readings.values()].map((reading) => reading.finding);
    },
    want: (paths, again) => {
      const wanted = new Set(paths);
      for (const [path, { stop }] of readings) {
        if (wanted.has(path)) continue;
        readings.delete(path);
        stop.abort();
      }
      for (const path of wanted) if (!readings.has(path) || path === again) read(path);
      onChange();
    },
    stopReading: (path) => readings.get(path)?.stop.abort(),
    opened: (path) => readings.get(path)?.opened ?? Promise.resolve(),
    dispose: () => {
      stopListening();
      for (const { stop } of readings.values()) stop.abort();
      readings.clear();
    },
  };
}
