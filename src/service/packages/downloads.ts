import { createHash, randomBytes } from 'node:crypto';
import { isCancelled, ProductError, toErrorData } from '../../core/errors';
import { describeIdentity } from '../../core/packages/identity';
import type { DownloadRecord } from '../../core/packages/download';
import type { PackageDetails } from '../../core/packages/model';
import { createTargetFile, type TargetFile } from '../files/targetFile';
import type { UnfinishedFiles } from '../files/unfinishedFiles';
import { createLimiter } from '../limiter';
import type { Repository } from '../repository/repository';
import type { ServiceLog } from '../serviceLog';

export interface DownloadRequest {
  readonly id: string;
  readonly tenantId: string;
  /** Absolute path on this machine. */
  readonly target: string;
  readonly overwrite: boolean;
}

/** The downloads of one service. They run on whether or not a client is there. */
export interface Downloads {
  /**
   * Checks the target and answers at once; what was written is the stored archive, byte for byte.
   * @param report told at each whole percent, and at the end
   * @throws ProductError `general/not-found`, `file/…`
   */
  start(request: DownloadRequest, report: (record: DownloadRecord) => void): Promise<DownloadRecord>;
  /** Those that run. */
  list(): readonly DownloadRecord[];
  /** Resolves with the record once the download has ended, in whatever way. @throws ProductError `general/not-found` */
  wait(id: string): Promise<DownloadRecord>;
  /** Stops a download and resolves when nothing of it is left. One that has ended stays as it is. */
  cancel(id: string): Promise<void>;
  readonly running: number;
  /** Stops all and resolves when they have ended. */
  close(): Promise<void>;
}

/** Downloads that write at a time. */
const parallel = 2;
/** Ended downloads whose record `wait` still knows. */
const remembered = 500;

interface RunningDownload {
  record: DownloadRecord;
  readonly stop: AbortController;
  ended: Promise<DownloadRecord>;
}

export function createDownloads(options: { repository: Pick<Repository, 'getPackage' | 'readContent'>; unfinished: UnfinishedFiles; log: ServiceLog }): Downloads {
  const { repository, unfinished, log } = options;
  const running = new Map<string, RunningDownload>();
  const ended = new Map<string, DownloadRecord>();
  const limiter = createLimiter(parallel);
  let closed = false;

  const carryOut = async (entry: RunningDownload, details: PackageDetails, file: TargetFile, report: (record: DownloadRecord) => void): Promise<DownloadRecord> => {
    let leave: (() => void) | undefined;
    try {
      leave = await limiter.enter(entry.stop.signal);
      await copy(details, file, entry.stop.signal, (done) => {
        const percent = Math.floor((100 * done) / Math.max(details.size, 1));
        const isNews = percent > entry.record.percent;
        entry.record = { ...entry.record, bytes: { done, total: details.size }, percent };
        if (isNews) report(entry.record);
      });
      entry.record = { ...entry.record, state: 'complete', percent: 100, endedAt: new Date().toISOString() };
    } catch (error) {
      await file.abort();
      const stopped = isCancelled(error) && entry.stop.signal.aborted;
      if (!stopped) log.error('download', `${entry.record.id}: ${entry.record.target} failed`, error);
      entry.record = { ...entry.record, state: stopped ? 'cancelled' : 'failed', endedAt: new Date().toISOString(), ...(!stopped && { error: toErrorData(error) }) };
    }
    leave?.();
    const { id } = entry.record;
    ended.set(id, entry.record);
    const [oldest] = ended.keys();
    if (ended.size > remembered && oldest !== undefined) ended.delete(oldest);
    running.delete(id);
    report(entry.record);
    return entry.record;
  };

  const copy = async (details: PackageDetails, file: TargetFile, signal: AbortSignal, onDone: (bytes: number) => void): Promise<void> => {
    const hash = createHash('sha256');
    let done = 0;
    for await (const piece of repository.readContent(details.sha256)) {
      signal.throwIfAborted();
      hash.update(piece);
      await file.write(piece);
      done += piece.length;
      onDone(done);
    }
    signal.throwIfAborted();
    if (done !== details.size || hash.digest('hex') !== details.sha256) {
      throw new ProductError('repository/file-damaged', { package: describeIdentity(details), file: details.archiveName });
    }
    await file.finish();
  };

  return {
    async start({ id, tenantId, target, overwrite }, report) {
      const details = await repository.getPackage(id, tenantId);
      const file = await createTargetFile(target, { overwrite, size: details.size, unfinished });
      if (closed) {
        await file.abort();
        throw new ProductError('service/ending', { method: 'packages/download' });
      }
      const { name, version, localeId, osGroup, computerTypes } = details;
      const record: DownloadRecord = {
        id: `download-${randomBytes(10).toString('hex')}`, packageId: id, tenantId, identity: { name, version, localeId, osGroup, computerTypes },
        target, state: 'running', bytes: { done: 0, total: details.size }, percent: 0, startedAt: new Date().toISOString(),
      };
      const entry: RunningDownload = { record, stop: new AbortController(), ended: Promise.resolve(record) };
      running.set(record.id, entry);
      // Begins after the answer: a client knows the id before it is told of progress.
      entry.ended = new Promise<void>((resolve) => setImmediate(resolve)).then(() => carryOut(entry, details, file, report));
      return record;
    },
    list: () => [...running.values()].map(({ record }) => record),
    async wait(id) {
      const record = await running.get(id)?.ended ?? ended.get(id);
      if (record === undefined) throw new ProductError('general/not-found', { kind: 'download', name: id });
      return record;
    },
    async cancel(id) {
      const entry = running.get(id);
      if (entry === undefined && !ended.has(id)) throw new ProductError('general/not-found', { kind: 'download', name: id });
      entry?.stop.abort();
      await entry?.ended;
    },
    get running() {
      return running.size;
    },
    async close() {
      closed = true;
      for (const { stop } of running.values()) stop.abort();
      await Promise.all([...running.values()].map((entry) => entry.ended));
    },
  };
}
