import { isCancelled, toErrorData } from '../../../core/errors';
import { isSameSource, type ImportSource } from '../../../core/packages/importSource';
import type { MountMap } from '../../../core/packages/uncPath';
import type { SourceFinding } from '../../../core/packages/inspection';
import type { PackageService } from '../../packageService';

/** Asks the service what sources are, as long as a wizard is interested in them. */
export interface SourceReader {
  /** What is known now, in the order in which the sources were asked for. */
  readonly findings: readonly SourceFinding[];
  /** Reads those of these sources that are not known yet, and stops reading others. @param again the path of those to be read once more */
  want(sources: readonly ImportSource[], again?: string): void;
  stopReading(path: string): void;
  /** Resolves when a source has been opened or could not be: what is wrong with its path is known then. */
  opened(source: ImportSource): Promise<void>;
  dispose(): void;
}

interface Reading {
  finding: SourceFinding;
  readonly stop: AbortController;
  readonly opened: Promise<void>;
  readonly setOpened: () => void;
}

/** @param mounts where network shares are  @param onChange called after each change of the findings */
export function createSourceReader(service: Pick<PackageService, 'request' | 'onEvent'>, mounts: () => MountMap, onChange: () => void): SourceReader {
  const readings = new Map<string, Reading>();
  const keyOf = (source: ImportSource): string => JSON.stringify(source.method === 'parts' ? [source.path, source.xml, source.apd] : [source.path]);
  const ofPath = (path: string): readonly Reading[] => [...readings.values()].filter(({ finding }) => finding.source.path === path);
  const stopListening = service.onEvent('importInspection', ({ source, percent }) => {
    for (const reading of readings.values()) {
      if (reading.finding.state !== 'reading' || !isSameSource(reading.finding.source, source)) continue;
      reading.finding = { source: reading.finding.source, state: 'reading', percent };
      reading.setOpened();
      onChange();
    }
  });

  const read = (source: ImportSource): void => {
    const key = keyOf(source);
    readings.get(key)?.stop.abort();
    let setOpened = (): void => undefined;
    const opened = new Promise<void>((resolve) => (setOpened = resolve));
    const reading: Reading = { finding: { source, state: 'reading' }, stop: new AbortController(), opened, setOpened };
    readings.set(key, reading);
    const end = (finding: SourceFinding): void => {
      reading.finding = finding;
      setOpened();
      // A later reading of the same source speaks for it.
      if (readings.get(key) === reading) onChange();
    };
    service.request('imports/inspect', { source, mounts: mounts() }, reading.stop.signal).then(
      (found) => end({ source, state: 'recognized', package: found }),
      (error: unknown) => {
        const data = toErrorData(error);
        // Taken back, or the service went: that says nothing of the source.
        const isOfSource = !isCancelled(error) && !data.code.startsWith('service/');
        end(isOfSource ? { source, state: 'refused', error: data } : { source, state: 'notRead' });
      },
    );
  };

  return {
    get findings() {
      return [...readings.values()].map((reading) => reading.finding);
    },
    want: (sources, again) => {
      const wanted = new Map(sources.map((source) => [keyOf(source), source]));
      for (const [key, { stop }] of readings) {
        if (wanted.has(key)) continue;
        readings.delete(key);
        stop.abort();
      }
      for (const [key, source] of wanted) if (!readings.has(key) || source.path === again) read(source);
      onChange();
    },
    stopReading: (path) => {
      for (const reading of ofPath(path)) reading.stop.abort();
    },
    opened: (source) => readings.get(keyOf(source))?.opened ?? Promise.resolve(),
    dispose: () => {
      stopListening();
      for (const { stop } of readings.values()) stop.abort();
      readings.clear();
    },
  };
}
