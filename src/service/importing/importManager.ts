import { isCancelled, ProductError, toErrorData } from '../../core/errors';
import type { ImportLimits } from '../../core/packages/importLimits';
import { fileNameOf, type ImportSource } from '../../core/packages/importSource';
import type { ImportRecord } from '../../core/packages/model';
import type { PackageInspection } from '../../core/packages/inspection';
import type { ArchiveLimits } from '../archive/archive';
import { createLimiter } from '../limiter';
import type { NewImport, Repository } from '../repository/repository';
import type { ServiceLog } from '../serviceLog';
import { inspectSource } from './inspectSource';
import { scanPath, type ScanOptions } from './scan/scanPath';
import { runImport, type ImportProgress } from './runImport';

/** The imports of one service. They run on whether or not a client is there. */
export interface ImportManager {
  /** How many imports run at a time from now on. */
  setParallel(limit: number): void;
  /**
   * Stores the record of a new import and answers at once; the import begins when fewer than the limit of others run.
   * @throws ProductError `general/not-found`
   */
  start(added: NewImport): Promise<ImportRecord>;
  /** Says what a source is, as an import would find it; keeps nothing. @param located with absolute paths @throws ProductError as an import fails */
  inspect(located: ImportSource, settings: ImportLimits, signal: AbortSignal, report: (percent: number) => void): Promise<PackageInspection>;
  /** Looks for packages at an absolute path; writes nothing. @throws ProductError `import/file-missing` */
  scan(located: string, options: Pick<ScanOptions, 'method' | 'tenantId' | 'signal' | 'report'>): ReturnType<typeof scanPath>;
  /** All that have not become packages or been dismissed; running ones as they stand now. */
  list(): Promise<readonly ImportRecord[]>;
  /** Resolves with the record once the import has ended, in whatever way. @throws ProductError `general/not-found` */
  wait(id: string): Promise<ImportRecord>;
  /** Stops an import and resolves when nothing of it is left. One that has ended stays as it is. */
  cancel(id: string): Promise<void>;
  /** Begins a failed or stopped import anew, under a new id. @throws ProductError `general/not-found`, `import/still-running` */
  retry(id: string, replaceIn?: readonly string[]): Promise<ImportRecord>;
  /** Takes an import that has ended off the list. @throws ProductError `general/not-found`, `import/still-running` */
  dismiss(id: string): Promise<void>;
  /** Imports that have not ended. */
  readonly running: number;
  /** Tells that progress, which is not stored, has changed. @returns ends the telling */
  onChanged(listener: () => void): () => void;
  /**
   * Begins the imports anew that a service which is gone left running: nothing of them was kept. One that has been taken up
   * often ends as `import/interrupted`: it may be what ended the services. To be called before the first `start`.
   */
  recover(): Promise<void>;
  /** Stops all imports and resolves when nothing works any more; the next service begins them anew. */
  close(): Promise<void>;
}

/** Imports at a time, unless settings say otherwise: one reads while another waits for the disk. */
const parallel = 2;
/** How often an import is begun anew by itself. */
const mostResumed = 3;
/** Ended imports whose record `wait` still knows. */
const remembered = 500;

const notBegun: ImportProgress = { step: 'open', percent: 0 };

interface RunningImport {
  readonly record: ImportRecord;
  readonly replaceIn: readonly string[];
  readonly limits: ArchiveLimits;
  readonly stop: AbortController;
  /** Undefined until its turn has come. */
  progress: ImportProgress | undefined;
  readonly ended: Promise<ImportRecord>;
}

/** Why a signal was aborted: the service ends. A person's stop has no reason of its own. */
const closing = new Error('the service ends');

/** Creates the imports of one service over its repository. */
export function createImportManager(options: { repository: Repository; limits: ArchiveLimits; log: ServiceLog }): ImportManager {
  const { repository, limits, log } = options;
  const running = new Map<string, RunningImport>();
  /** Records of ended imports, newest last: a complete one is no longer in the repository's list. */
  const ended = new Map<string, ImportRecord>();
  const listeners = new Set<() => void>();
  const limiter = createLimiter(parallel);
  let closed = false;

  function begin(record: ImportRecord, replaceIn: readonly string[]): ImportRecord {
    const stop = new AbortController();
    const entry: RunningImport = { record, replaceIn, limits: withLimits(limits, record.limits ?? {}), stop, progress: undefined, ended: Promise.resolve().then(() => carryOut(entry)) };
    running.set(record.id, entry);
    if (closed) stop.abort(closing);
    return record;
  }

  async function carryOut(entry: RunningImport): Promise<ImportRecord> {
    const { record, replaceIn, stop } = entry;
    let result: ImportRecord;
    let leave: (() => void) | undefined;
    try {
      leave = await limiter.enter(stop.signal);
      log.info('import', `${record.id}: ${record.source.path} begins`);
      const report = (progress: ImportProgress) => {
        const differs = progress.step !== entry.progress?.step || progress.percent !== entry.progress.percent;
        entry.progress = progress;
        if (differs) for (const listener of [...listeners]) listener();
      };
      const added = await runImport(record, { repository, limits: entry.limits, replaceIn, signal: stop.signal, report });
      log.info('import', `${record.id}: ${record.source.path} is package ${added.id}`);
      const { bytes: _, files: __, ...end } = live(entry);
      result = { ...end, state: 'complete', percent: 100, packageId: added.id, endedAt: added.updatedAt, ...(added.notes && { notes: added.notes }) };
    } catch (error) {
      result = await endUnfinished(entry, error);
    }
    leave?.();
    remember(result);
    running.delete(record.id);
    for (const listener of [...listeners]) listener();
    return result;
  }

  /** Writes down how an import ended. When even that fails, the list still shows it, and the next service finds it. */
  async function endUnfinished(entry: RunningImport, thrown: unknown): Promise<ImportRecord> {
    const { record, stop } = entry;
    if (stop.signal.reason === closing) {
      log.info('import', `${record.id}: ${record.source.path} is left to the next service`);
      return { ...record, ...entry.progress, state: 'running' };
    }
    const state = isCancelled(thrown) && stop.signal.aborted ? 'cancelled' : 'failed';
    const { step, percent, identity } = entry.progress ?? notBegun;
    const end = { step, percent, ...(identity && { identity }), ...(state === 'failed' && { error: toErrorData(thrown) }) };
    if (state === 'failed') log.error('import', `${record.id}: ${record.source.path} failed in step ${step}`, thrown);
    else log.info('import', `${record.id}: ${record.source.path} was stopped in step ${step}`);
    try {
      return await repository.endImport(record.id, state, end);
    } catch (error) {
      log.error('import', `${record.id}: its end could not be recorded`, error);
      return { ...record, ...end, state, endedAt: new Date().toISOString() };
    }
  }

  function live(entry: RunningImport): ImportRecord {
    return entry.progress === undefined ? { ...entry.record, waiting: true } : { ...entry.record, ...entry.progress };
  }

  function remember(record: ImportRecord): void {
    ended.set(record.id, record);
    const [oldest] = ended.keys();
    if (ended.size > remembered && oldest !== undefined) ended.delete(oldest);
  }

  /** The record of an import that has ended and is still on the list. */
  async function requireEnded(id: string): Promise<ImportRecord> {
    const entry = running.get(id);
    if (entry) throw new ProductError('import/still-running', { file: fileNameOf(entry.record.source.path) });
    const found = (await repository.listImports()).find((record) => record.id === id);
    if (found) return found;
    throw new ProductError('general/not-found', { kind: 'import', name: id });
  }

  async function list(): Promise<readonly ImportRecord[]> {
    const stored = await repository.listImports();
    return stored.map((record) => {
      const entry = running.get(record.id);
      if (entry) return live(entry);
      // Its end could not be stored.
      return record.state === 'running' ? (ended.get(record.id) ?? record) : record;
    });
  }

  const start = async (added: NewImport): Promise<ImportRecord> => begin(await repository.addImport(added), added.replaceIn ?? []);

  return {
    setParallel: (limit) => limiter.setLimit(limit),
    start,
    inspect: (located, settings, signal, report) => inspectSource(located, { repository, limits: withLimits(limits, settings), signal, report }),
    scan: async (located, scanning) => scanPath(located, { ...scanning, limits, present: await repository.listPackages() }),
    list,
    async wait(id) {
      const entry = running.get(id);
      if (entry) return entry.ended;
      return ended.get(id) ?? requireEnded(id);
    },
    async cancel(id) {
      const entry = running.get(id);
      entry?.stop.abort();
      await entry?.ended;
    },
    async retry(id, replaceIn = []) {
      const { source, located, limits: own, tenantId, group } = await requireEnded(id);
      const record = await start({ source, ...(located && { located }), ...(own && { limits: own }), tenantId, group, replaceIn });
      await repository.removeImport(id);
      return record;
    },
    async dismiss(id) {
      await requireEnded(id);
      await repository.removeImport(id);
    },
    get running() {
      return running.size;
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async recover() {
      for (const record of await repository.listImports()) {
        if (record.state !== 'running' || running.has(record.id)) continue;
        const { record: again, replaceIn, resumed } = await repository.resumeImport(record.id);
        if (resumed <= mostResumed) {
          log.info('import', `${record.id}: ${record.source.path} begins anew, its service is gone`);
          begin(again, replaceIn);
          continue;
        }
        const { step, percent, identity } = record;
        await repository.endImport(record.id, 'failed', { step, percent, ...(identity && { identity }), error: toErrorData(interruption(record)) });
        log.warn('import', `${record.id}: ${record.source.path} was interrupted by the end of ${resumed} services`);
      }
    },
    async close() {
      closed = true;
      for (const entry of running.values()) entry.stop.abort(closing);
      await Promise.all([...running.values()].map((entry) => entry.ended));
    },
  };
}

function withLimits(limits: ArchiveLimits, { maximumUnpackedSize = limits.maximumUnpackedSize, maximumEntries = limits.maximumEntries }: ImportLimits): ArchiveLimits {
  return { ...limits, maximumUnpackedSize, maximumEntries };
}

function interruption(record: ImportRecord): ProductError {
  return new ProductError('import/interrupted', { file: fileNameOf(record.source.path) });
}
